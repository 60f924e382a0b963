"""The dates of a response: which of them the words name, and whether they speak of what was or of what is to come."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.conditions.facts import Words, covered, named
from orchestrator_server.embedded.declared.fields import Constant, Field, Name
from orchestrator_server.embedded.words.english import CREATED, stem
from orchestrator_server.embedded.words.patterns import lazy

CREATED_STEMS = frozenset(stem(word) for word in CREATED)
MADE_STEMS = CREATED_STEMS - {"old", "from", stem("dated")}
FUTURE_STEMS = frozenset(
    stem(word) for word in ["estimated", "expected", "due", "planned", "scheduled", "eta", "expires", "expiry", "until"]
)
_PAST = lazy(r"\b(?:has|have|had|was|were|did|got|been|ago|last|past)\b")
_AHEAD = lazy(
    r"\b(?:will|would|shall|should|can|could|going to|due|expected|estimated|scheduled|planned|supposed|takes?"
    r"|taking|needs?"
    r"|from now|away"
    r"|to go|(?:days?|weeks?|hours?) left|be|to (?:get|be|come|reach))\b"
)
_MADE = lazy(
    r"(?:i|we) (?:have |had |only |just |first )*(?P<verb>[a-z]+) (?P<made>(?:the|my|that|those|these|this"
    r"|our)(?: (?!than\b)"
    r"[a-z]+){1,4}?)(?= (?:<v> )?(?:before|after|on|in|within|over|under|at|less|more|longer|no|last|since|by|between"
    r"|during|yesterday|today|this|earlier|later|\d))"
)
"""What somebody brought into being, up to when that was."""
_GOES_ON = lazy(r"^(?!gone$|done$).*\w(?:ing|[^s]s|[^r]e)$")
"""Forms of a verb that tell of what is still going on or to come: "arrives", "arriving", "(should it) arrive"."""
_EXPECTED = lazy(r"\b(?:will|going to|expected|supposed|scheduled|due|estimated)\b")
"""What is still to come."""
_PRESENT = lazy(r"\b(?:is|are|does|do|gets?)\b")
"""What is so now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A date that words name. `places` are those of the words, none where it is but the likeliest.

    `constant` is the state that begins with it, `is_own` tells that its own name was said.
    """

    field: Field
    places: frozenset[int]
    constant: Constant | None = None
    is_own: bool = False

    @property
    def quality(self) -> int:
        """3 where it was named, 2 where it was not."""
        return 3 if self.places else 2


def is_past(words: Words) -> bool:
    """Is it said of what has been?"""
    return _PAST.search(words.text) is not None and not _EXPECTED.search(words.text)


def is_ahead(words: Words) -> bool:
    """Is it said of what is to come?"""
    return _AHEAD.search(words.text) is not None and not is_past(words)


def is_present(words: Words) -> bool:
    """Is it said in the present tense, which tells of what is to come where a date stands beside it?"""
    return _PRESENT.search(words.text) is not None and not is_past(words)


def past_events(words: Words, fields: Sequence[Field]) -> list[Event]:
    """The dates of what has been that the words name, those with the longest names first."""
    found = [event for field in fields if _is_past(field) and (event := _event(words, field)).places]
    found = [
        event for event in found if _PAST.search(words.text) or not _GOES_ON.search(words.norms[min(event.places)])
    ]
    return sorted(found, key=lambda event: -len(event.places))


def created(fields: Sequence[Field]) -> Event | None:
    """The date on which the thing came to be."""
    stamps = [field for field in fields if _is_past(field)]
    first = next((field for field in stamps if field.stems[0] in CREATED_STEMS), next(iter(stamps), None))
    return Event(field=first, places=frozenset()) if first is not None else None


def created_places(words: Words) -> frozenset[int]:
    """The places of the general words for coming to be."""
    return frozenset(at for at, said in enumerate(words.stems) if said in CREATED_STEMS)


def made_by_caller(words: Words, event: Event) -> frozenset[int]:
    """The places of what the user brought into being, as told ("I opened the long file after Friday")."""
    found = _MADE.match(words.text)
    made = {words.stems[at] for at in event.places}
    return words.places(found, "made") if found and words.stems[_verb(found)] in CREATED_STEMS | made else frozenset()


def coming(words: Words, fields: Sequence[Field]) -> Iterator[Event]:
    """The dates that are to come: those that the words name, then the others."""
    stamps = [field for field in fields if field.kind == "timestamp" and is_to_come(field)]
    found = [Event(field=field, places=covered(words, _future_names(field))) for field in stamps]
    yield from sorted(found, key=lambda event: -len(event.places))


def is_to_come(field: Field) -> bool:
    """Is this the date of something that is still ahead?"""
    return field.is_ahead or bool(set(field.stems) & FUTURE_STEMS)


def done_of(field: Field, fields: Sequence[Field]) -> Field | None:
    """The date on which it happened, for a date on which it should (`opened_at`, `expected_opening_at`)."""
    return next((f for f in fields if _is_past(f) and f.stems[0] in field.stems and _near(f, field)), None)


def begun(state: Field, constant: Constant, fields: Sequence[Field]) -> Field | None:
    """The date on which a state began, where the response tells it beside the state."""
    return next((f for f in fields if _is_past(f) and f.stems[:1] == constant.stems and _near(f, state)), None)


def _verb(found: re.Match[str]) -> int:
    return found.string[: found.start("verb")].count(" ")


def _near(one: Field, two: Field) -> bool:
    return one.path.rpartition(".")[0] == two.path.rpartition(".")[0]


def _is_past(field: Field) -> bool:
    return field.kind == "timestamp" and not is_to_come(field)


def _event(words: Words, field: Field) -> Event:
    """What the words say of a date: by its own names, or by those of the state that begins with it."""
    constant = field.begins
    names = [*field.names, *(n for n in (constant.names if constant else ()) if n.words[0] != "not")]
    places = named(words, names)
    own = named(words, (name for name in field.names if name.is_own))
    if not own and field.stems[0] in words.stems:
        own = words.phrase(Name(words=field.names[0].words[:1], stems=field.stems[:1], is_own=True))
    return Event(field=field, places=places or own, constant=constant, is_own=bool(own) and len(places) <= len(own))


def _future_names(field: Field) -> Iterator[Name]:
    yield from field.names
    own = [s for s in field.names[0].stems if s in FUTURE_STEMS]
    yield from (Name(words=(s,), stems=(s,)) for s in own)
    if field.names[0].stems[-1] not in FUTURE_STEMS and len(field.names[0].stems) > 1:
        yield Name(words=field.names[0].words[-1:], stems=field.names[0].stems[-1:])
