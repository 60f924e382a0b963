"""Tests of states: what has happened, what something is, what is written in it."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from orchestrator_server.embedded.conditions.events import begun, past_events
from orchestrator_server.embedded.conditions.facts import Test, Words, named
from orchestrator_server.embedded.declared.fields import Constant, Field
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy

_STATE = lazy(r"\b(?:still|currently|status|state|stage|marked|shows?|says?|remains|stands at|listed as|being)\b")
_NOT_YET = lazy(r"\bstill (?:\w+ )?not\b|\bnot (?:\w+ )*yet\b|\byet to\b")
"""A state that is still to come."""
_IS = lazy(r"\b(?:is|are)\b")
_GOING_ON = lazy(r"(?:still |out )*on (?:its|their) ")
"""What begins like what is so now, with the verb left out ("on its way")."""
_PERFECT = lazy(r"\b(?:has|have|had|did|got|gotten|already|yet|was|were|been)\b")
"""What has happened."""
_FUTURE = lazy(r"\b(?:will|would|shall|going to|about to|be)\b(?<!been)")
"""What will happen."""
_LINGERS = lazy(r"\bstill (?!not\b)|\bno longer\b")
"""What is said of a state that may be over by now: then not being in it is no being before it."""
_LIMIT = lazy(
    r"\b(?:(?P<least>at least|minimum|above|better than|higher than|more than|no less than|not below|over)"
    r"|(?P<most>at most|maximum|below|lower than|under|less than|up to|no more than|no higher than|worse than))"
    r"(?: (?:a|an|the|in|my|level|status))*$"
)
"""What stands before a state and means all from there on; before anything else it limits something else."""
_TAIL = lazy(
    r"^(?: (?!or\b|and\b)[a-z]+)?(?: at least)? (?:or|and) (?:(?:any|even)thing )?"
    r"(?P<tail>higher|better|above|more|up|upwards|over|beyond|lower|below|less|worse|under)\b(?! than| \W?\d)"
)
_ONLY = lazy(r"(?<!my )(?<!the )(?<!our )\b(?:only|just|merely|nothing but|no more than)(?: (?:a|an|the|in))*$")
"""What adds nothing to a state: "only a ... member"."""


_DULL = frozenset(["date", "dates", "day", "time", "age", "old", "when"])
"""Names of dates that say nothing of what happened."""


def happened(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """Whether something has happened, by the date on which it did. It stays so when other things follow."""
    if _FUTURE.search(words.text):
        return
    for event in past_events(words, fields):
        if all(words.norms[at] in _DULL for at in event.places):
            continue
        is_phrase = len(event.places) > 1 and not event.is_own
        is_told = _STATE.search(words.text) or (
            is_phrase and (_IS.search(words.text) or _GOING_ON.match(words.text)) and not _PERFECT.search(words.text)
        )
        if event.constant is not None and is_told and not _NOT_YET.search(words.text):
            continue
        path = f"has(@{event.field.path})"
        yield Test(positive=path, negative=f"!{path}", used=event.places, value=event.places, quality=4, is_state=True)


def state(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """Which of a closed list of states something is in."""
    for field in fields:
        if field.kind != "enum":
            continue
        said = [(named(words, constant.names), constant) for constant in field.constants]
        for places, constant in sorted(said, key=lambda one: -len(one[0])):
            if places and not _is_to_come(words, places, constant):
                goes_on = len(places) > 1 and not _LINGERS.search(words.text)  # "on its way"
                began = begun(field, constant, fields) if goes_on else None
                yield _is(words, field, constant, places, began)
        for places, constant in _denied(words, field) if not _FUTURE.search(words.text) else ():
            test = _is(words, field, constant, places)
            yield Test(
                positive=test.negative, negative=test.positive, used=test.used, value=places, quality=2, is_state=True
            )


def _is_to_come(words: Words, places: frozenset[int], constant: Constant) -> bool:
    """Is it still to come ("will be shut", "is being shut"), were it not that the state itself is called so?"""
    if _FUTURE.search(words.text) and _FUTURE.search(
        " ".join(n for at, n in enumerate(words.norms) if at not in places)
    ):
        return True
    first = min(places)
    own = {word for name in constant.names for word in name.words}
    goes_on = words.norms[first].endswith("ing") and words.norms[first] not in own
    return goes_on or (first > 0 and words.norms[first - 1] == "being" and "being" not in own)


def flag(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """Whether a yes-or-no field says yes."""
    small = {"is", "was", "has", "be"} | {stem(word) for word in ("is", "was", "has", "be")}
    for field in fields:
        said = set(field.stems) - small
        places = named(words, field.names[1:])
        if field.kind == "boolean" and (places or (said and said <= set(words.stems))):
            used = places | {at for at, one in enumerate(words.stems) if one in said}
            yield Test(positive=f"@{field.path}", negative=f"!@{field.path}", used=used, is_state=True)


def text_is(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """Whether a text is there, or is what was said."""
    for field in fields:
        places = named(words, field.names) if field.kind == "string" else frozenset()
        if not places:
            continue
        if found := re.search(r"\b(?:have|has|there is|got|on file|listed|known|given|set|stored|saved)\b", words.text):
            extra = frozenset(at for at, norm in enumerate(words.norms) if norm in _FILED)
            test = f'@{field.path} != ""'
            yield Test(
                positive=test, negative=f'@{field.path} == ""', used=places | extra | words.places(found), is_state=True
            )
        found = re.search(r"\b(?:is|equals) (?:(?:not|still|currently|now) )*(?P<value>[a-z0-9][\w -]*)$", words.text)
        if found and max(places) + 1 == min(words.places(found)):
            said = "".join(words.surfaces[at] for at in sorted(words.places(found, "value")))
            if (
                (said.islower() and said.isalpha())
                or found["value"].startswith(_WITHIN)
                or _CODED.search(found["value"])
            ):
                continue  # "the name is wrong" and "it is in Berlin" give no whole value, codes are spaced anyhow
            value = json.dumps(f"(?i)^{re.escape(found['value']).replace(chr(92) + ' ', ' ')}$")
            test = f"@{field.path}.matches({value})"
            used = places | words.places(found, "value")
            yield Test(positive=test, negative=f"!{test}", used=used, quality=2, value=words.places(found, "value"))


_CODED = lazy(r"\d.* ")
_WITHIN = ("in ", "at ", "near ", "on ", "not ")
_HIGHER = frozenset(["higher", "better", "above", "more", "up", "upwards", "over", "beyond"])
_FILED = frozenset(["file", "listed", "known", "given", "set", "stored", "saved", "record"])


_BECOME = lazy(
    r"\b(?:made it to|made|(?:upgraded|promoted|moved|bumped) (?:up )?to|(?:reach|reached|become|became)"
    r"|moved up to)(?: (?:a|the))?$"
)
"""How people say that they have come to a state."""
_KINDS = frozenset(
    ["says", "say", "shows", "marked", "listed", "remains", "stands", "status", "state", "level", "tier", "rank"]
)


def _is(words: Words, field: Field, constant: Constant, places: frozenset[int], began: Field | None = None) -> Test:
    """In this state, or not; what has `began` and is over is past it, and no longer before it."""
    before, after = words.around(places)
    found, tail = _LIMIT.search(before), _TAIL.match(after)
    limits = words.places(found) if found else words.places_after(tail, places) if tail else frozenset()
    names = [one.name for one in (_range(field, constant, found, tail) if limits else [constant])]
    extra = None if limits else _ONLY.search(before) or _BECOME.search(before)
    used = places | named(words, field.names) | _saying(words) | (words.places(extra) if extra else frozenset())
    return Test(
        positive=_either(f"@{field.path} == {name}" for name in names),
        negative=f"!has(@{began.path})" if began and not limits else _none(f"@{field.path} != {n}" for n in names),
        used=used | limits,
        value=places,
        is_state=True,
        is_first=constant is field.constants[0],
    )


def _saying(words: Words) -> frozenset[int]:
    """ "It says ...", "it is marked as ...", "my level is ..."."""
    return frozenset(at for at, norm in enumerate(words.norms) if norm in _KINDS)


def _denied(words: Words, field: Field) -> Iterator[tuple[frozenset[int], Constant]]:
    """States that are declared by what they are not ("not gone out"), said without the `not`."""
    for constant in field.constants:
        for name, core in constant.denied:
            if core.first in words.said and (places := words.phrase(core)) and not words.phrase(name):
                yield places, constant


def _range(field: Field, constant: Constant, found: re.Match[str] | None, tail: re.Match[str] | None) -> list[Constant]:
    """All constants from this one upwards or downwards, as the words before or behind it say."""
    least, most = (found["least"], found["most"]) if found else ("", "")
    if least or (tail and tail["tail"] in _HIGHER):
        bound = constant.number + (least in ("above", "better than", "higher than", "more than", "over"))
        return [c for c in field.constants if c.number >= bound]
    bound = constant.number - (most in ("below", "lower than", "under", "less than", "worse than"))
    return [c for c in field.constants if c.number <= bound]


def _none(tests: Iterable[str]) -> str:
    return " && ".join(tests)


def _either(tests: Iterable[str]) -> str:
    parts = list(tests)
    return parts[0] if len(parts) == 1 else f"({' || '.join(parts)})"
