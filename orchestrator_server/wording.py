"""Sentences from the templates that servers declare. Templates are data: no partials, no code, bounded output."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pystache
from pystache.parser import ParsingError

from orchestrator_server.catalogue import Intent
from orchestrator_server.plan import SeenValue

MAX_LENGTH = 8_000


def reply_sentence(intent: Intent, response: Mapping[str, Any]) -> str:
    """What the server says in the simple case; where it declares nothing, the values in a row."""
    return _rendered(intent.reply_template, response) or _in_a_row(response)


def effect_words(intent: Intent, arguments: Mapping[str, Any]) -> str:
    """What an effect is about to do, for instance `cancel order A-1042`."""
    return _rendered(intent.approval_template, arguments) or plain_words(intent, arguments)


def plain_words(intent: Intent, arguments: Mapping[str, Any]) -> str:
    """A step in words where nothing better is declared: `estimate delivery A-1042`, `track shipping A-1042`."""
    area, _, name = intent.name.rpartition(".")
    verb = name.replace("_", " ")
    words = verb if " " in verb or not area else f"{verb} {area.rpartition('.')[2]}"
    said = ", ".join(_flat(value) for value in arguments.values())
    return f"{words} {said}" if said else words


def seen_words(seen: Iterable[SeenValue]) -> str:
    """What a condition saw, for instance `status: pending; shipped at: not set`."""
    return "; ".join(f"{value.path.rpartition('.')[2].replace('_', ' ')}: {value.value}" for value in seen)


def _rendered(template: str, values: Mapping[str, Any]) -> str:
    if not template:
        return ""
    renderer = pystache.Renderer(escape=lambda text: text, partials={}, missing_tags="ignore")
    try:
        text = renderer.render(template, dict(values))
    except (ParsingError, RecursionError, ValueError):
        return ""
    return _tidy(text[:MAX_LENGTH])


def _tidy(text: str) -> str:
    """Mends what sections leave behind: a comma before a full stop, double spaces, space at the ends."""
    text = re.sub(r",\s*(?=[.:;]|$)", "", text, flags=re.MULTILINE)
    return re.sub(r"[ \t]{2,}", " ", text).strip()


def _in_a_row(response: Mapping[str, Any]) -> str:
    if not response:
        return "Done."
    return "; ".join(f"{name.replace('_', ' ')}: {_flat(value)}" for name, value in response.items()) + "."


def _flat(value: Any) -> str:
    if isinstance(value, Mapping):
        given = ((name, part) for name, part in value.items() if part is not None)
        return ", ".join(f"{name.replace('_', ' ')} {_flat(part)}" for name, part in given)
    return "; ".join(_flat(part) for part in value) if isinstance(value, list) else str(value)
