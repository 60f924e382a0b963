"""What a language model is not shown: personal data, and free text that anybody may have written.

Fields with protobuf's `debug_redact` hold personal data. Free text is what no id, code, date or amount looks like: a
parcel's note, a name, the message of an error. A model can pass such a value on without having read it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError

from orchestrator_server.catalogue import Catalogue, Intent

TOKEN = re.compile(r"[A-Za-z0-9\-/.:+#@_]{1,40}")
"""What an id, a code, an enum word, a number or a machine's date looks like."""

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
OURS = re.compile(
    rf"not set|none|\d{{1,2}} (?:{_MONTHS})(?: \d{{4}})?|-?[€$£]?\d{{1,3}}(?:,\d{{3}})*(?:\.\d{{2,4}})?(?: [A-Z]{{3}})?"
    r"|(?:-?\d+ days?, )?\d+:\d\d:\d\d(?:\.\d+)?|\d+ bytes|… \(\d+ in all\)|…"
)
"""How the orchestrator itself writes dates, amounts, durations and counts."""

Give = Callable[[str, str], str]
"""Gives the handle that stands for a value, from what it is (`phone`, `text`) and the value."""


class Hiding(Enum):
    """What is replaced on the way to a model: free text and personal data, personal data alone, or nothing."""

    TEXT = "text"
    PERSONAL = "personal"
    NOTHING = "nothing"


def is_plain(text: str) -> bool:
    """Can this hold no sentence? Values in a row count one by one."""
    return all(TOKEN.fullmatch(part) or OURS.fullmatch(part) for part in text.split("; "))


def concealed(value: Any, personal: frozenset[str], hiding: Hiding, give: Give, name: str = "") -> Any:
    """A value formatted for people with handles for what is hidden. `personal` names fields; `name` is its own."""
    if isinstance(value, Mapping):
        return {_key(key, hiding, give): concealed(value[key], personal, hiding, give, key) for key in value}
    if isinstance(value, list | tuple):
        return [concealed(element, personal, hiding, give, name) for element in value]
    if not isinstance(value, str) or not value or hiding is Hiding.NOTHING:
        return value
    if name in personal:
        return give(name, value)
    return value if hiding is Hiding.PERSONAL or is_plain(value) else give("text", value)


def personal_results(intent: Intent, catalogue: Catalogue) -> frozenset[str]:
    """The names of the fields with personal data in what `intent` answers."""
    return _personal(catalogue.descriptor(intent.response_type))


def personal_parameters(intent: Intent, catalogue: Catalogue) -> frozenset[str]:
    """The same for what it takes."""
    return _personal(catalogue.descriptor(intent.offers[0].request_type))


def personal_anywhere(intents: Iterable[Intent], catalogue: Catalogue) -> frozenset[str]:
    """The names that hold personal data in an answer of any of `intents`."""
    return frozenset().union(*(personal_results(intent, catalogue) for intent in intents))


@lru_cache(maxsize=1024)
def _personal(message: Descriptor) -> frozenset[str]:
    found: dict[str, Descriptor] = {}
    waiting = [message]
    while waiting:
        one = waiting.pop()
        if one.full_name not in found:
            found[one.full_name] = one
            waiting += [field.message_type for field in one.fields if field.message_type is not None]
    return frozenset(field.name for one in found.values() for field in one.fields if _is_redacted(field))


def _is_redacted(field: FieldDescriptor) -> bool:
    try:
        options = descriptor_pb2.FieldOptions.FromString(field.GetOptions().SerializeToString())
    except DecodeError:  # the server means something else by our numbers
        return False
    return options.debug_redact


def _key(key: str, hiding: Hiding, give: Give) -> str:
    """The key of a map may be anybody's text too; names of fields are plain."""
    return key if hiding is not Hiding.TEXT or is_plain(key) else give("text", key)
