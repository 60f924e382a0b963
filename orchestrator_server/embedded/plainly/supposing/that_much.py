"""Limits that are pointed at: "I have 90 euros. If it costs more than that, ...", "any longer than that"."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.conditions.dates import DAY_OF_WEEK
from orchestrator_server.embedded.conditions.saying import as_plain
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.english import CURRENCY, UNIT
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_THAT_MUCH = lazy(
    r"\b(?P<way>more|less|fewer|higher|lower|dearer|cheaper|pricier|bigger|smaller|longer|shorter|later|earlier|sooner"
    r"|older|newer|(?:more|less) expensive|over|above|below|under|beyond|past)(?P<than> than)? (?P<that>that|this|it)"
    r"(?= (?:in (?:total|all)|altogether|by now|already|old|ago|i|we|please|now)\b| [.,;!?]|$)"
)
_BARE = lazy(
    r"(?:^(?:it )?|\b(?:is|are|was|costs?|comes?(?: (?:in|to|out))?|takes?|needs?|gets?|lasts?|arrives?|due|be"
    r"|goes|shows up"
    r"|turns up"
    r"|expected|here|any|even)(?: (?:even|any|much|still|clearly|in fact|actually|really|a bit|a little))* )"
    r"(?P<way>more(?: expensive)?|less(?: expensive)?|fewer|higher|lower|dearer|cheaper|pricier|longer|shorter|later"
    r"|sooner|earlier|older|newer|over|above|below|under|beyond)(?P<than>)(?P<that>)(?= [.,;!?]|$)"
)
"""The same with nothing behind it: "if it needs longer"."""
_PLAIN_WAYS = {
    "dearer": "more",
    "pricier": "more",
    "more expensive": "more",
    "cheaper": "less",
    "less expensive": "less",
}
_TIMED = frozenset(["longer", "shorter", "later", "earlier", "sooner", "older", "newer"])
_THAN = ("more", "less", "fewer", "higher", "lower")
_LASTING = lazy(r"\b(?:take|takes|taking|need|needs|older|newer|ago|since|was|old)\b")
_AMOUNT = lazy(
    rf"(?<![\w.,])(?:(?:{CURRENCY}) \d+(?:[.,]\d+)*|\d+(?:[.,]\d+)* (?:{CURRENCY})(?=\W|$)"
    r"|(?P<bare>\d+[.,]\d\d)(?![\w.,]))"
)
_DAY = lazy(
    rf"\b(?:the day after tomorrow|today|tomorrow|(?:(?:this|next|coming) )*(?:{'|'.join(sorted(DAY_OF_WEEK))}))\b"
)
_STRETCH = lazy(rf"(?<![\w.,])(?:\d+|a|an|one) (?:{UNIT})\b(?! (?:ago|longer|later|more|older)\b)")


def with_limit(message: Message, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The condition with the one limit that was named before in the place of "that"; else the same."""
    text = norms(tokens)
    found = (_THAT_MUCH.search(text) or _BARE.search(text)) if tokens else None
    if found is None:
        return tokens
    limit = _named(message, tokens[0].start, found["way"])
    if not limit:
        return tokens
    first, end = text[: found.start("way")].count(" "), text[: found.end()].count(" ") + 1
    ahead = [new_word(word, tokens[first]) for word in ("from", "now")] if _is_to_come(text, limit) else []
    return (
        *_lead(tokens[:first], tokens[first], limit),
        *_way(found, tokens[first], limit),
        *limit,
        *ahead,
        *tokens[end:],
    )


def _lead(said: tuple[Token, ...], at: Token, limit: Sequence[Token]) -> tuple[Token, ...]:
    """What stands before it; that something "is later" than a day means that it comes later."""
    if _DAY.fullmatch(norms(limit)) is None or (said and said[-1].norm not in ("is", "be", "it")):
        return said
    kept = said[:-1] if said and said[-1].norm != "it" else said
    return (*(kept or (new_word("it", at),)), new_word("arrives", at))


def _way(found: re.Match[str], at: Token, limit: Sequence[Token]) -> list[Token]:
    """Which way it is compared, in words that go with any number."""
    way = _PLAIN_WAYS.get(found["way"], found["way"])
    if way in ("later", "longer", "sooner", "earlier", "shorter") and _STRETCH.search(norms(limit)):
        way = "more" if way in ("later", "longer") else "less"
    than = " than" if found["than"] or way in _THAN or (not found["that"] and way in _TIMED) else ""
    return [new_word(word, at) for word in f"{way}{than}".split()]


def _is_to_come(text: str, limit: Sequence[Token]) -> bool:
    """Does the stretch begin now?"""
    return _STRETCH.search(norms(limit)) is not None and not _LASTING.search(text)


def _named(message: Message, start: int, way: str) -> tuple[Token, ...]:
    """The tokens of the only limit of its kind that is named before; none where there are none or several."""
    before = as_plain([token for token in message.tokens if token.start < start], message.index.ids)
    text = norms(before)
    kinds = (_STRETCH, _DAY) if way in _TIMED else (_AMOUNT, _STRETCH)
    for kind in kinds:
        every = list(kind.finditer(text))
        if len({one.group() for one in every}) > 1:
            return ()
        if every:
            first = text[: every[0].start()].count(" ")
            return tuple(before[first : first + every[0].group().count(" ") + 1])
    return ()
