"""What a field says, as the part of a sentence: `was returned on 5 March`, `its total is €40.00`, `has 3 days left`.

Only the field's name and its value are known, so the words follow from how contracts call things: `*_at` and `*_on` for
moments, `is_*` for yes or no, plurals for counts, `status` for what something is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orchestrator_server.english_forms import bounded, is_participle, is_plural, listed, past, singular
from orchestrator_server.moments import Moment, Span
from orchestrator_server.plain_text import inserted

STATES = frozenset(["status", "state", "stage", "phase"])
NAMING = ("id", "number", "name", "title", "code", "reference", "label")
MOST_LISTED = 5
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})*|-?\d+(?:\.\d+)?")
_MOMENTS = frozenset(["at", "on", "time"])
_SINCE = frozenset(["since", "until"])
_AUXILIARIES = frozenset(["is", "was", "has", "can", "will"])
_ADJECTIVE = re.compile(r".{2,}(?:ed|able|ible|ive|al|ent|ant|ing|ful|ete|ue|ady|pen)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a sentence is about: `it`, `you`, `they`, or a name; empty for what nothing names."""

    words: str

    def be(self, verb: str) -> str:
        """The form of `is`, `was` or `has` that goes with it, with the subject before it."""
        several = {"is": "are", "was": "were", "has": "have"}
        return f"{self.words or 'it'} {several[verb] if self.words in ('you', 'they') else verb}"

    def own(self, noun: str) -> str:
        """Its noun: `its total`, `your total`, `the total of A-1042`."""
        owner = {"it": "its", "you": "your", "they": "their"}.get(self.words)
        if owner or not self.words:
            return f"{owner or 'the'} {noun}"
        return f"the {noun} of {self.words}"


IT = Subject(words="it")
NOBODY = Subject(words="")
YOU = Subject(words="you")


def clause(name: str, value: Any, who: Subject) -> str:
    """What the field `name` says of `who` when it holds `value`, formatted for people."""
    words = name.split("_")
    if isinstance(value, Moment):
        return _dated(words, value, who)
    if isinstance(value, bool):
        return _flag(words, who, holds=value)
    if isinstance(value, list):
        return _many(words, value, who)
    if isinstance(value, Span):
        return f"{who.own(' '.join(words))} is {value.said}"
    text = label(value) if isinstance(value, Mapping) else inserted(str(value))
    if words[-1] in STATES and len(words) == 1:
        return f"{who.be('is')} {text}"
    if _NUMBER.fullmatch(text) and any(is_plural(word) for word in words):
        return f"{who.be('has')} {counted(text, words)}"
    noun = words[:-1] if words[-1] == "id" and len(words) > 1 else words
    return f"{who.own(' '.join(noun))} {'are' if is_plural(noun[-1]) else 'is'} {text}"


def lacking(name: str, who: Subject, *, is_moment: bool) -> str:
    """What an unset field says of `who`: `has not been returned`, `has no phone`."""
    words = name.split("_")
    if is_moment:
        base = _base(words)
        if len(base) == 1 and is_participle(base[0]):
            return f"{who.be('has')} not been {base[0]}"
        noun = " ".join(base if base[-1] in ("date", "day") else [*base, "date"])
        return f"{who.be('has')} no {noun}"
    return f"{who.be('has')} no {' '.join(words)}"


def short(name: str, value: Any) -> str:
    """The same in a row of several, without a subject: `€40.00`, `pending`, `returned on 5 March`, `3 days left`."""
    words = name.split("_")
    if isinstance(value, Moment):
        base = _base(words)
        return f"{' '.join(words)} {value}" if words[-1] in _SINCE else f"{' '.join(base)} {value.said}"
    if isinstance(value, bool):
        said = " ".join(words[1:] if words[0] in _AUXILIARIES and len(words) > 1 else words)
        return said if value else f"not {said}"
    if isinstance(value, list):
        return listed(bounded([label(one) for one in value], MOST_LISTED))
    text = value.said if isinstance(value, Span) else label(value)
    if _NUMBER.fullmatch(text):
        return counted(text, words) if any(is_plural(word) for word in words) else f"{' '.join(words)} {text}"
    return text


def counted(number: str, words: list[str]) -> str:
    """`1 point`, `3 days left`."""
    one = number.lstrip("-") == "1"
    return f"{number} {' '.join(singular(word) if one else word for word in words)}"


def label(value: Any) -> str:
    """What a thing is called: by the field that names it, else by all that is said of it, in short."""
    if not isinstance(value, Mapping):
        return inserted(("yes" if value else "no") if isinstance(value, bool) else str(value))
    named = naming(value)
    if named:
        return inserted(str(value[named]))
    return ", ".join(short(name, part) for name, part in list(value.items())[:MOST_LISTED])


def naming(value: Mapping[str, Any]) -> str:
    """The field that names the thing; empty where there is none."""
    texts = [name for name, part in value.items() if type(part) is str]
    return next((name for kind in NAMING for name in texts if name.rpartition("_")[2] == kind), "")


def _dated(words: list[str], value: Moment, who: Subject) -> str:
    base = _base(words)
    if words[-1] in _SINCE:
        article = "" if _ADJECTIVE.fullmatch(words[0]) else "an " if words[0][0] in "aeiou" else "a "
        return f"{who.be('has')} been {article}{' '.join(words)} {value}"
    if len(base) == 1 and (is_participle(base[0]) or base[0] == "due"):
        return f"{who.be('is' if value.days > 0 or base[0] == 'due' else 'was')} {base[0]} {value.said}"
    if len(base) == 1 and is_plural(base[0]) and words != base:
        verb = singular(base[0])
        form = past(verb) if value.days < 0 else verb if who.words in ("you", "they") else base[0]
        return f"{who.words or 'it'} {form} {value.said}"
    return f"{who.own(' '.join(base))} is {value.said}"


def _base(words: list[str]) -> list[str]:
    """The field's words without the ending that says that it is a moment."""
    return words[:-1] if words[-1] in _MOMENTS and len(words) > 1 else words


def _flag(words: list[str], who: Subject, *, holds: bool) -> str:
    no = "" if holds else "not "
    if words[0] in ("is", "was") and len(words) > 1:
        return f"{who.be(words[0])} {no}{' '.join(words[1:])}"
    if words[0] == "has" and len(words) > 1:
        if is_participle(words[1]):
            return f"{who.be('has')} {no}{' '.join(words[1:])}"
        return f"{who.be('has')} {'' if holds else 'no '}{' '.join(words[1:])}"
    if words[0] in _AUXILIARIES and len(words) > 1:
        return f"{who.words or 'it'} {words[0]} {no}{' '.join(words[1:])}"
    if _ADJECTIVE.fullmatch(words[-1]) or is_participle(words[-1]):
        return f"{who.be('is')} {no}{' '.join(words)}"
    return f"{who.own(' '.join(words))} is {'on' if holds else 'off'}"


def _many(words: list[str], value: list[Any], who: Subject) -> str:
    said = listed(bounded([label(one) for one in value], MOST_LISTED))
    if len(value) == 1:
        return f"{who.own(' '.join([*words[:-1], singular(words[-1])]))} is {said}"
    return f"{who.own(' '.join(words))} are {said}"
