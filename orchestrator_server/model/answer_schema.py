"""The shape of a planner's answer as JSON Schema, within what strict modes take.

Strict means: every object closed, every property required, unions only below the top, no `pattern`. One branch per
intent; every parameter required but nullable, because a model that may leave a field out invents more than one that
has to say null.
"""

from collections.abc import Iterable, Mapping, Sequence

from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.json_schema import VALUE, WHICH, choice_schema, message_schema
from orchestrator_server.json_schema import Schema as Schema
from orchestrator_server.json_schema import object_schema as _object
from orchestrator_server.plan import Json

KINDS: tuple[str, ...] = ("plan", "clarify", "refuse")
REFERENCE_KEY = "from"

_LITERALS = {"integer": "integer", "number": "number", "boolean": "boolean"}


def answer_schema(intents: Sequence[Intent]) -> Schema:
    """The schema of an answer over `intents`; the same for the same intents in the same order."""
    names = sorted({parameter.name for intent in intents for parameter in intent.askable})
    steps: list[Json] = [_step(intent) for intent in intents]
    return _object(
        {
            "kind": {"type": "string", "enum": list(KINDS)},
            "steps": {"type": "array", "items": {"anyOf": steps} if steps else _object({})},
            "question": _nullable("What to ask the user; null unless kind is clarify."),
            "missing": {
                "type": "array",
                "items": {"type": "string", "enum": [*names]} if names else {"type": "string"},
            },
            "reason": _nullable("Why not, and what can be done instead; null unless kind is refuse."),
        }
    )


def describe_parameter(parameter: Parameter) -> str:
    """What a parameter is, with its example and pattern, in one line."""
    parts = [parameter.description]
    if parameter.example:
        parts.append(f"For instance {parameter.example}.")
    if parameter.pattern:
        parts.append(f"Matches {parameter.pattern}")
    return " ".join(part for part in parts if part)


def folded(arguments: Mapping[str, Json], parameters: Iterable[Parameter]) -> dict[str, Json]:
    """Arguments as the schema has them: the members of a `oneof` under its name, null where none is set."""
    result: dict[str, Json] = {}
    for parameter in parameters:
        value = arguments.get(parameter.name)
        if not parameter.choice:
            result[parameter.name] = value
        elif value is None:
            result.setdefault(parameter.choice, None)
        else:
            result[parameter.choice] = {WHICH: parameter.name, VALUE: value}
    return result


def _step(intent: Intent) -> Schema:
    return _object(
        {
            "intent": {"type": "string", "enum": [intent.name]},
            "arguments": _object(_arguments(intent)),
            "condition": {"anyOf": [_condition(), {"type": "null"}]},
            "for_each": _nullable("CEL for a list; null unless the step runs once for each element."),
        }
    )


def _condition() -> Schema:
    judge = "Where CEL cannot say it: the steps to look at, for instance s1; else empty."
    return _object(
        {
            "words": {"type": "string"},
            "expression": _nullable("CEL; null where only a reader could judge."),
            "judge": {"type": "array", "items": {"type": "string"}, "description": judge},
        }
    )


def _arguments(intent: Intent) -> Schema:
    """A property for each parameter; one for all members of a `oneof`."""
    properties: Schema = {}
    for parameter in intent.askable:
        if not parameter.choice:
            properties[parameter.name] = _or_null(_parameter(parameter), describe_parameter(parameter))
        elif parameter.choice not in properties:
            properties[parameter.choice] = _or_null(_choice(intent, parameter.choice), "One of these.")
    return properties


def _choice(intent: Intent, name: str) -> list[Json]:
    members: Schema = {
        parameter.name: {"description": describe_parameter(parameter), "anyOf": _parameter(parameter)}
        for parameter in intent.askable
        if parameter.choice == name
    }
    branches = choice_schema(members)["anyOf"]
    assert isinstance(branches, list)
    return branches


def _or_null(branches: Sequence[Json], description: str) -> Schema:
    return {"description": description, "anyOf": [*branches, {"type": "null"}]}


def _parameter(parameter: Parameter) -> list[Json]:
    """A value, or a reference to one."""
    literal = _literal(parameter)
    value: Json = {"type": "array", "items": literal} if parameter.is_repeated else literal
    return [value, _object({REFERENCE_KEY: {"type": "string"}})]


def _literal(parameter: Parameter) -> Schema:
    """One value; of a map, one key with its value. Bytes are base64."""
    if parameter.message is not None:
        return message_schema(parameter.message)
    if parameter.kind == "enum" and parameter.enum_names:
        return {"type": "string", "enum": [*parameter.enum_names]}
    return {"type": _LITERALS.get(parameter.kind, "string")}


def _nullable(description: str) -> Schema:
    return {"type": ["string", "null"], "description": description}
