"""The shape of a planner's answer as JSON Schema, within what strict modes take.

Strict means: every object closed, every property required, unions only below the top, no `pattern`. One branch per
intent; every parameter required but nullable, because a model that may leave a field out invents more than one that
has to say null.
"""

from collections.abc import Sequence

from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.plan import Json

Schema = dict[str, Json]

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


def _step(intent: Intent) -> Schema:
    arguments: Schema = {parameter.name: _parameter(parameter) for parameter in intent.askable}
    return _object(
        {
            "intent": {"type": "string", "enum": [intent.name]},
            "arguments": _object(arguments),
            "condition": {"anyOf": [_condition(), {"type": "null"}]},
            "for_each": _nullable("CEL for a list; null unless the step runs once for each element."),
        }
    )


def _condition() -> Schema:
    return _object({"words": {"type": "string"}, "expression": {"type": "string"}})


def _parameter(parameter: Parameter) -> Schema:
    literal = _literal(parameter)
    value: Json = {"type": "array", "items": literal} if parameter.is_repeated else literal
    reference = _object({REFERENCE_KEY: {"type": "string"}})
    return {"description": describe_parameter(parameter), "anyOf": [value, reference, {"type": "null"}]}


def _literal(parameter: Parameter) -> Schema:
    """One value. Messages are JSON text for now, bytes are base64, times RFC 3339."""
    if parameter.kind == "enum" and parameter.enum_names:
        return {"type": "string", "enum": [*parameter.enum_names]}
    return {"type": _LITERALS.get(parameter.kind, "string")}


def _nullable(description: str) -> Schema:
    return {"type": ["string", "null"], "description": description}


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
