"""What a step does, in words: as its server declares it, or by the names that the contract gives."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from orchestrator_server.amounts import MONEY_FIELDS, money
from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.english_forms import listed
from orchestrator_server.message_fields import well_known
from orchestrator_server.plain_text import inserted
from orchestrator_server.templates import rendered


def effect_words(intent: Intent, arguments: Mapping[str, Any]) -> str:
    """What an effect is about to do, for instance `cancel order A-1042`."""
    return rendered(intent.approval_template, _said(intent, arguments)) or plain_words(intent, arguments)


def plain_words(intent: Intent, arguments: Mapping[str, Any]) -> str:
    """A step in words where nothing better is declared: `estimate delivery A-1042`, `track shipping A-1042`."""
    area, _, name = intent.name.rpartition(".")
    verb = name.replace("_", " ")
    words = verb if " " in verb or not area else f"{verb} {area.rpartition('.')[2].replace('_', ' ')}"
    said = ", ".join(flat for value in _said(intent, arguments).values() if (flat := _flat(value)))
    return f"{words} {said}" if said else words


def _said(intent: Intent, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as people write them: enum words small, moments as dates, money with its currency."""
    parameters = {name: intent.parameter(name) for name in arguments}
    return {name: _value(value, parameters[name]) for name, value in arguments.items()}


def _value(value: Any, parameter: Parameter | None) -> Any:
    if isinstance(value, list):
        return [_value(one, parameter) for one in value]
    if isinstance(value, bool) or parameter is None or value is None:
        return value
    if parameter.kind == "enum":
        return str(value).removeprefix(parameter.enum_prefix).lower().replace("_", " ")
    if isinstance(value, Mapping) and set(value) == MONEY_FIELDS:
        return money(int(value["amount_minor"]), str(value["currency"]))
    if isinstance(value, str) and well_known(parameter.message) == "Timestamp":
        return _date(value)
    return str(value) if isinstance(value, int | float) else value


def _date(text: str) -> str:
    """A machine's date as people write it, with its year: what is to be done is said exactly."""
    try:
        when = datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return text
    clock = f" at {when:%H:%M} UTC" if (when.hour, when.minute) != (0, 0) else ""
    return f"{when.day} {when:%B %Y}{clock}"


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        given = ((name, part) for name, part in value.items() if part is not None)
        return ", ".join(f"{name.replace('_', ' ')} {_flat(part)}" for name, part in given)
    if isinstance(value, list):
        return listed([_flat(part) for part in value])
    return ("yes" if value else "no") if isinstance(value, bool) else inserted("" if value is None else str(value))
