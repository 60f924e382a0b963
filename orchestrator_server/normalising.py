"""Brings a planner's arguments into the form that the contracts take, and drops what does not count as given."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from google.protobuf.message import Message

from orchestrator_server.catalogue import Catalogue, Intent, Parameter
from orchestrator_server.grounding import Ground
from orchestrator_server.plan import Json, Plan, Reference, Step


def normalised(plan: Plan, catalogue: Catalogue, ground: Ground) -> Plan:
    """The plan with every literal converted to its parameter's type.

    Nulls, empty texts, values that are not grounded and values that do not match the declared pattern are treated as
    not given. Unknown intents and parameters stay, for the checks to name.
    """
    return replace(plan, steps=tuple(_step(step, catalogue, ground) for step in plan.steps))


def _step(step: Step, catalogue: Catalogue, ground: Ground) -> Step:
    intent = catalogue.intents.get(step.intent)
    if intent is None:
        return step
    request = catalogue.message_class(intent.offers[0].request_type)
    return replace(step, arguments=dict(_arguments(step.arguments, intent, request, ground)))


def _arguments(
    arguments: Mapping[str, Json | Reference], intent: Intent, request: type[Message], ground: Ground
) -> Iterable[tuple[str, Json | Reference]]:
    for name, value in arguments.items():
        parameter = intent.parameter(name)
        if parameter is None or isinstance(value, Reference):
            yield name, value
        elif parameter.kind == "message":
            if value is not None and ground.holds_message(name, value, request):
                yield name, value
        elif parameter.is_subject:
            if value and str(value).casefold() != ground.email:
                yield name, value  # another's: policy refuses it, where leaving it out would act on the caller's own
        elif (kept := _literal(value, parameter, ground)) is not None:
            yield name, kept


def _literal(value: Json, parameter: Parameter, ground: Ground) -> Json:
    """The value as the contract takes it; None where it does not count as given."""
    if value in (None, "", []) or not ground.holds(value, parameter):
        return None
    if parameter.is_repeated:
        elements = value if isinstance(value, list) else [value]
        converted = [_converted(element, parameter) for element in elements]
        return None if any(element is None for element in converted) else converted
    return None if isinstance(value, list) else _converted(value, parameter)


def _converted(value: Json, parameter: Parameter) -> Json:
    match parameter.kind:
        case "enum":
            return _enum(value, parameter)
        case "integer":
            value = _integer(value)
        case "string":
            value = _upper_ids(str(value), parameter)
    if value is None or (parameter.pattern and not re.fullmatch(parameter.pattern, str(value))):
        return None
    return value


def _enum(value: Json, parameter: Parameter) -> Json:
    """The suffix that people see (`PENDING`), for a value given by suffix or full name in any case."""
    said = str(value).upper().replace(" ", "_").replace("-", "_")
    suffix = said.removeprefix(parameter.enum_prefix)
    return suffix if suffix in parameter.enum_names else None


def _integer(value: Json) -> Json:
    try:
        return int(str(value))
    except ValueError:
        return None


def _upper_ids(value: str, parameter: Parameter) -> str:
    """`a-1042` where only `A-1042` matches the pattern."""
    pattern = parameter.pattern
    if pattern and not re.fullmatch(pattern, value) and re.fullmatch(pattern, value.upper()):
        return value.upper()
    return value
