"""The words that a bare case is made of: states, comparisons and days, and the small words between them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from orchestrator_server.embedded.clauses.openings import is_plain_verb
from orchestrator_server.embedded.conditions.dates import DAY_OF_WEEK, MONTH
from orchestrator_server.embedded.conditions.quantities import COMPARE
from orchestrator_server.embedded.declared.fields import Name
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.english import (
    COSTING,
    CREATED,
    CURRENCIES,
    FINITE,
    FUNCTION,
    TIME_UNITS,
    stem,
    words,
)
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

WEAK = words(", and")
"""Joints that stand behind a case only where it compares, or says that something still is or is not so."""
_LONGEST = 10
_DIRECTIONS = (
    r"(?:more|less|fewer|older|newer|longer|shorter|later|earlier|sooner|higher|lower|above|below|over|under|beyond"
    r"|cheaper|dearer|pricier|bigger|smaller|better|worse)"
)
_NUMBER = rf"(?:[€$£] )?(?:\d[\d.,]*(?: (?:[€$£]|[a-z]+))?|(?:an?|one) (?:single )?(?:{'|'.join(sorted(TIME_UNITS))}))"
COMPARED = lazy(
    rf"\b{COMPARE} {_NUMBER}\b|\b\d[\d.,]*(?: (?:[€$£]|[a-z]+)){{0,2}} (?:or|and) (?:any )?{_DIRECTIONS}\b"
    rf"|(?:^|(?<= ))[<>≥≤] (?:= )?(?:[€$£] )?\d[\d.,]*|\b{_DIRECTIONS} (?:expensive )?than (?:that|this|it|<v>)\b"
    rf"|\bfrom \d[\d.,]*(?: (?:[€$£]|[a-z]+))? (?:on|onwards?|upwards?|up)\b|\b(?:at least|at most|up to"
    rf"|no more than|no less than) {_NUMBER}"
)
"""A comparison with a number or with what was named before."""
_BARE = lazy(rf"(?:(?:for|if|anything|any|even|much|a lot|a bit|it is) )*{_DIRECTIONS}(?: than (?:that|this|it))?")
"""A comparison with nothing but what was said before it."""
_RANGED = lazy(rf"(?:(?:at least|up to) )?[a-z]+ (?:or|and) {_DIRECTIONS}")
_STILL = lazy(r"\b(?:still|not|already|yet|never|no longer)\b")
_MANY = lazy(
    r"(?:(?:and|but|or|so|please|also) )*(?:all|every|each|both|everything|whichever|my|the ones|those|these"
    r"|an?y? (?!(?:more|less|fewer|older|newer|longer|later|earlier|sooner|higher|lower)\b)[a-z]+)\b"
)
"""What names many things, and is no case."""
_TELLS = lazy(r"\b(?:i|we|he|she|they|you|who|which|because|since)\b")
"""What tells something of its own, and is no case."""
_VERB = lazy(rf"\b(?:{FINITE}|would|can|must|should)\b")
_DAY = (
    rf"(?:today|yesterday|tomorrow|the day before yesterday|(?:last |next "
    rf"|this )?(?:{'|'.join(sorted(DAY_OF_WEEK))})|(?:last|next|this) (?:week|month|year))"
)
_DAYS = lazy(
    rf"(?:(?:it is|it was|is|was|only|just|if|anything|any) )*"
    rf"(?:(?:not )?(?:before|after|since|on|by|until|(?:older|newer|earlier|later|sooner) than|from) )?{_DAY}"
    rf"(?: (?:or|and) (?:even )?(?:{_DAY}|earlier|before(?: that)?|later|after|sooner|older))*"
)
"""A day, or a stretch before or after it, and nothing else."""
_WAY_OF_BEING = lazy(r"\w+(?:ed|ing)|stuck|shown|currently|still")
"""How something may be in a state: "stuck in", "marked as"."""
_COUNT = lazy(r"\d[\d.,]* [a-z]{3,}")
_CALENDAR = frozenset([*DAY_OF_WEEK, *MONTH, "today", "yesterday", "tomorrow"]) - {"may", "mon", "sat", "sun"}
_NO_STATES = FUNCTION | words("age date old")
"""No states: small words, and names of times that tell nothing by themselves."""
_SIGNS = frozenset("<>≥≤=")
_SMALL = (
    words(
        """a an the in on of at from by within to for is are it its that this there here still already not yet no longer
        more less fewer over under above below than least most and or up higher lower better worse just only even now so
        far away out off ago old back later earlier sooner before after today yesterday tomorrow any anything much
        dearer cheaper pricier bigger smaller shorter beyond has been was be gets got comes came said says else worth
        minimum maximum max min exactly between hopefully maybe perhaps"""
    )
    | TIME_UNITS
    | frozenset(CURRENCIES)
    | COSTING
    | CREATED
)


def is_telling(said: Sequence[Token], index: Index) -> bool:
    """Is a state, a comparison or a day among these words, and are they no more than a few?"""
    text = norms(said)
    if len(said) > _LONGEST or _MANY.match(text):
        return False
    return _names_state(text, index) or COMPARED.search(text) is not None or _is_day(text)


def is_case(said: Sequence[Token], index: Index, *, is_sure: bool, is_fresh: bool) -> bool:
    """Are these words nothing but a case? Where its sign is weak (`is_sure` false), it must stand out by itself."""
    kept = [token for token in said if not token.is_mark or token.norm in _SIGNS]
    if kept and kept[-1].norm in ("though", "however"):
        kept, is_sure = kept[:-1], True
    while kept and kept[0].norm in ("and", "but", "so", "or", "well", "ok"):
        kept = kept[1:]
    if is_sure and len(kept) > 2 and kept[1].norm in ("in", "as") and _names_state(norms(kept[2:]), index):
        kept = kept[2:] if _WAY_OF_BEING.fullmatch(kept[0].norm) else kept
    text = norms(kept)
    if not kept or len(kept) > _LONGEST or not (is_sure or is_fresh) or _MANY.match(text) or _TELLS.search(text):
        return False
    if _BARE.fullmatch(text):
        return True
    strange = sum(not _is_plain(token, index) for token in kept)
    if is_plain_verb(kept[0], index.verbs) or strange > (2 if is_sure else 0) or "'s" in text:
        return False
    if COMPARED.search(text):
        return is_sure or _VERB.search(text) is None
    stands_out = (_STILL.search(text) and not _VERB.search(text)) or _RANGED.fullmatch(text)
    if strange or not (is_sure or stands_out):
        return False
    return _names_state(text, index) or (is_sure and _is_day(text))


def is_lone_state(said: Sequence[Token], index: Index) -> bool:
    """Is it nothing but the name of a state, or with the id of what is in it?"""
    kept = [token for token in said if not (token.is_mark or token.shape)]
    return bool(kept) and states_of(index).fullmatch(norms(kept)) is not None


def is_bare(said: Sequence[Token]) -> bool:
    """Is it a comparison with nothing but what was said before it?"""
    return _BARE.fullmatch(norms(said)) is not None


def is_bare_count(said: Sequence[Token], index: Index) -> bool:
    """Is it a number of what is had, and no number of things in a list ("500 points = ...")?"""
    if not _COUNT.fullmatch(norms(said)):
        return False
    every = [f for profile in index.profiles for top in profile.fields for f in (top, *top.elements)]
    numbers = {name.words for f in every if f.kind in ("number", "integer") for name in f.names}
    return any((said[1].norm[:end],) in numbers for end in (None, -1)) or (said[1].norm,) in numbers


def _is_plain(token: Token, index: Index) -> bool:
    is_number = token.norm[:1].isdigit() or token.norm in ("€", "$", "£")
    return (
        is_number
        or bool(token.shape)
        or token.norm in _SIGNS
        or token.norm in _SMALL
        or token.norm in _CALENDAR
        or token.norm in _words(index)
    )


def _names_state(text: str, index: Index) -> bool:
    return states_of(index).search(text) is not None


def _is_day(text: str) -> bool:
    return _DAYS.fullmatch(text) is not None


@lru_cache(maxsize=16)
def states_of(index: Index) -> re.Pattern[str]:
    """All that servers declare for states and for what has happened, and that asks for nothing."""
    said = {" ".join(name.words) for name in _names(index) if name.words[0] != "not"}
    kept = [one for one in said if not (is_plain_verb(_token(one), index.verbs) or one in _NO_STATES)]
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, kept), key=len, reverse=True))})\b")


@lru_cache(maxsize=16)
def _words(index: Index) -> frozenset[str]:
    every = [f for profile in index.profiles for top in profile.fields for f in (top, *top.elements)]
    listed = {word for f in every if f.kind in ("list", "money") for name in f.names for word in name.words}
    said = listed | {word for name in _names(index) for word in name.words}
    return frozenset(said | {f"{word}s" for word in listed} | {f"{word}s" for word in index.things} | index.things)


def _names(index: Index) -> Iterator[Name]:
    every = [f for profile in index.profiles for top in profile.fields for f in (top, *top.elements)]
    yield from (name for f in every for c in f.constants for name in c.names)
    yield from (name for f in every if f.kind == "timestamp" for name in f.names)


def _token(word: str) -> Token:
    return Token(surface=word, norm=word, stem=stem(word), start=0, end=0)


def is_fragment_of_case(said: Sequence[Token], index: Index) -> bool:
    """Are these words without a verb of their own that tell a state, or compare with a number?"""
    kept = [token for token in said if not token.is_mark]
    text = norms(kept)
    if not kept or len(kept) > _LONGEST or _MANY.match(text) or _TELLS.search(text) or _VERB.search(text):
        return False
    if COMPARED.search(text) or _BARE.fullmatch(text):
        return True
    strange = sum(not _is_plain(token, index) for token in kept)
    is_known = kept[0].norm in _SMALL or kept[0].norm in _words(index)
    return strange <= 1 and is_known and _ongoing(index).search(text) is not None


@lru_cache(maxsize=16)
def _ongoing(index: Index) -> re.Pattern[str]:
    """The states in which something can be, without what was done to it."""
    every = [f for profile in index.profiles for top in profile.fields for f in (top, *top.elements)]
    done = {c.stems[:1] for f in every for c in f.constants} & {f.stems[:1] for f in every if f.kind == "timestamp"}
    own = {" ".join(n.words) for f in every for c in f.constants if c.stems[:1] not in done for n in c.names}
    kept = [one for one in own if not (is_plain_verb(_token(one), index.verbs) or one in _NO_STATES)]
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, kept), key=len, reverse=True))})\b")


def first_states(index: Index) -> str:
    """The states in which things begin, as an alternative: nobody waits for them."""
    every = [f for profile in index.profiles for top in profile.fields for f in (top, *top.elements)]
    names = {" ".join(n.words) for f in every if f.constants for n in f.constants[0].names}
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"
