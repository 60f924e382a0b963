"""How a day is compared: the small words that stand before and after it."""

import re

from orchestrator_server.embedded.conditions.facts import Words
from orchestrator_server.embedded.words.patterns import lazy

_ONWARDS = lazy(r"^ (?:onwards?|on)\b")
_AT_LAST = lazy(r"^ at the (?P<end>latest|earliest)\b")
_AFTER_DAY = lazy(r"^ (?:or|and) (?:(?:any )?(?P<tail>later|after|afterwards|earlier|before|sooner|onwards?|on))\b")
_RELATIONS = (
    (lazy(r"\bnot (?:\w+ )?(?:until|till|before)(?: the)?$"), ">="),
    (lazy(r"\b(?:no|not any) later than$|\bat the latest(?: by| on)?$|\b(?:on|by) or before$"), "<="),
    (lazy(r"\b(?:no|not any) (?:earlier|sooner) than$|\b(?:on or after|as of|since|starting)$"), ">="),
    (lazy(r"\b(?:later than|after|past|beyond|newer than|more recent than)$"), ">"),
    (lazy(r"\b(?:earlier than|sooner than|before|prior to|older than|ahead of)$"), "<"),
    (lazy(r"\b(?:by|until|till|up to|within)$"), "<="),
    (lazy(r"\b(?:on|in|during|at|from|of|for|dated|over)$"), "=="),
)


def relation_of(words: Words, found: re.Match[str]) -> tuple[str, frozenset[int], frozenset[int]]:
    """The operator that stands around a day, and the places of its words."""
    before, after = words.text[: found.start()].rstrip(), words.text[found.end() :]
    first = words.places(found)
    if at_last := _AT_LAST.match(after):
        followed = frozenset(range(max(first) + 1, max(first) + 4))
        said = re.search(r"\b(?:by|on|until)$", before)
        return "<=" if at_last["end"] == "latest" else ">=", words.places(said) if said else frozenset(), followed
    tail = _AFTER_DAY.match(after)
    ended = len(tail[0].split()) if tail else 0
    followed = frozenset(range(max(first) + 1, max(first) + 1 + ended))
    if tail:
        operator = "<=" if tail["tail"] in ("earlier", "before", "sooner") else ">="
        before = re.sub(r" (?:by|on|in|until|till)$", "", before)
        if said := re.search(r"\bnot (?:\w+ )?(?:until|till)$", words.text[: found.start()].rstrip()):
            return ">=", words.places(said), followed
        return operator, frozenset(), followed
    if (onwards := _ONWARDS.match(after)) and before.endswith("from"):
        places = frozenset(range(max(first) + 1, max(first) + 1 + len(onwards[0].split())))
        return ">=", places | frozenset([min(first) - 1]), places
    for pattern, operator in _RELATIONS:
        if said := pattern.search(before):
            return operator, words.places(said), followed
    return "==", frozenset(), followed
