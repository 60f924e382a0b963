"""The pieces of text of which one is in everything that an expression matches: without them there is no need to look.

Found in the parsed expression, as indexes for searching code do it (Cox, "Regular Expression Matching with a Trigram
Index", 2012). The parser is that of `re`, which is not public: a test holds it to the pieces that are expected.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MOST = 24
"""With more pieces than this looking for them costs as much as the expression."""
_SPELLINGS = 16
"""So many spellings of one stretch are written out."""
_SHORTEST = 2
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

Pieces = frozenset[str]
_NOTHING: Pieces = frozenset([""])


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a part: all that it matches, where that is little, and the pieces that it needs, if any."""

    spellings: Pieces | None = None
    needed: Pieces | None = None


def required(pattern: str, flags: int = 0) -> tuple[str, ...]:
    """The pieces, at most MOST; none where nothing can be said, as of expressions for any case of letters."""
    parsed = _parser.parse(pattern, flags)
    if parsed.state.flags & re.IGNORECASE:
        return ()
    pieces = _sequence(parsed).needed or frozenset()
    least = [one for one in pieces if not any(other != one and other in one for other in pieces)]
    return tuple(sorted(least, key=len)) if len(least) <= MOST else ()


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Part:
    """A sequence needs the most telling of what its items need, or of the stretches that they spell together."""
    found: list[Pieces] = []
    run, letters, is_whole = _NOTHING, "", True
    for kind, value in items:
        if kind is op.LITERAL:
            letters += chr(value)
            continue
        run, letters = _joined(run, frozenset([letters])), ""
        part = _part(kind, value)
        if part.needed is not None:
            found.append(part.needed)
        if part.spellings is not None and len(run) * len(part.spellings) <= _SPELLINGS:
            run = _joined(run, part.spellings)
        else:
            found.append(run)
            run, is_whole = _NOTHING, False
    run = _joined(run, frozenset([letters]))
    telling = [one for one in (*found, run) if len(min(one, key=len)) >= _SHORTEST]
    best = telling[0] if len(telling) == 1 else min(telling, key=_commonness, default=None)
    return _Part(run if is_whole else None, best)


def _part(kind: Any, value: Any) -> _Part:
    """One item; what has no width spells nothing."""
    if kind is op.IN:
        return _Part(_letters(value))
    if kind in (op.AT, op.ASSERT_NOT):
        return _Part(_NOTHING)
    if kind is op.ASSERT:
        return _Part(_NOTHING, _sequence(value[1]).needed)
    if kind is op.SUBPATTERN and not value[1] & re.IGNORECASE:
        return _sequence(value[3])
    if kind is op.BRANCH:
        return _branches([_sequence(branch) for branch in value[1]])
    if kind in _REPEATS and (value[0] or value[1] == 1):
        return _repeated(_sequence(value[2]), *value[:2])
    return _Part()


def _letters(choice: Sequence[tuple[Any, Any]]) -> Pieces | None:
    """The letters of a class, where they are few."""
    letters: set[str] = set()
    for kind, value in choice:
        first, last = (value, value) if kind is op.LITERAL else value if kind is op.RANGE else (0, _SPELLINGS)
        if last - first >= _SPELLINGS:
            return None
        letters.update(map(chr, range(first, last + 1)))
    return frozenset(letters) if len(letters) <= _SPELLINGS else None


def _branches(branches: Sequence[_Part]) -> _Part:
    spelled = [one.spellings for one in branches if one.spellings is not None]
    needed = [one.needed for one in branches if one.needed is not None]
    known = frozenset[str]().union(*spelled)
    is_known = len(spelled) == len(branches) and len(known) <= _SPELLINGS
    return _Part(
        known if is_known else None,
        frozenset[str]().union(*needed) if len(needed) == len(branches) else None,
    )


def _repeated(once: _Part, least: int, most: Any) -> _Part:
    spelled = once.spellings if most == 1 else None
    if least:
        return _Part(spelled, once.needed)
    return _Part(None if spelled is None else spelled | _NOTHING)


def _joined(one: Pieces, two: Pieces) -> Pieces:
    if two == _NOTHING or one == _NOTHING:
        return one if two == _NOTHING else two
    return frozenset([before + after for before in one for after in two])


def _commonness(pieces: Pieces) -> float:
    """How often one of them will be there for no reason, roughly: short ones are."""
    return sum([4.0 ** -min(len(piece), 6) for piece in pieces])
