"""What a stretch of text is compared by: content stems, the way it asks, and the shapes of its values."""

from collections.abc import Callable, Sequence

from orchestrator_server.embedded.words.english import CHANGING, DOING, FUNCTION, SHOWING, STOPPING, TIME_UNITS, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

SHOW = "~show"
CHANGE = "~change"
STOP = "~stop"
NAME = "~name"
COUNT = "~count"
PARTICLES = frozenset(["back", "up", "off", "out", "down", "away", "over"])
SHOWING_STEMS = frozenset(stem(word) for word in SHOWING)
CHANGING_STEMS = frozenset(stem(word) for word in CHANGING)
DOING_STEMS = frozenset(stem(word) for word in DOING)
STOPPING_STEMS = frozenset(stem(word) for word in STOPPING)
_GENERAL = SHOWING_STEMS | CHANGING_STEMS | DOING_STEMS | STOPPING_STEMS | {stem("use")}
_LIGHT, _SMALL, _PARTICLE, _VALUE, _OWNED, _TURN = 0.2, 0.3, 0.4, 0.5, 0.6, 0.7
"""What features weigh beside a word of content, which weighs 1: light verbs, counts and verbs that a turn stands for,
particles, values and names, what the user did, turns like `when` or "no longer want"."""
_ASKING = lazy(r"\b(how (?:much|many|long|soon|far)|where|why|who)\b")
"""Question words that say what is asked for."""
_WHEN = lazy(
    r"\b(?:(?<!since )when|what (?:day|date|time)|which day|how (?:long|soon|many (?:more )?days))\b"
    r"(?P<rest>(?: \S+){0,4})"
)
_PAST = lazy(r"\b(?:did|was|were|has|have|had|\w{3,}ed)\b")
"""What tells of the past."""
UNWANTED = lazy(
    r"\b(?:(?:never|not ever) (?:again )?(?:want|wish)|(?:do|does|did|will|would) not (?:want|need|require|wish)"
    r"|(?:wish|want|prefer|like|love|glad|happy|rather)"
    r" not to (?:receive|get|be sent)|no longer (?:want|need|require|wish)|(?:to|please|rather|would"
    r"|should) no longer (?:receive|get)"
    r"|not (?:want|need)(?:ed)?|(?:rather|better) not (?:get|receive|have)|want not (?:any )?more"
    r"|no (?:longer |more )?need (?:for|of)|no more(?! than)|no (?!idea|clue|way|one)\w+ any ?more"
    r"|(?:take|get|remove|delete|strike|kick|drop) (?:me|my \w+) (?:off|from|out of)"
    r"|(?:want|wish|like|need) (?:off|out of)|(?:^|[,.!;] )(?:that is |i had |i have had )?enough (?:with|of)"
    r" (?:the|your|these|this|that)"
    r"|no \w+ (?:for (?:me|us) )?(?:from now on|in (?:the )?future|ever again)"
    r"|opt (?:me )?out|sign me off|^(?:(?:the|my|your|please|hi|hello|,) )*\w+ (?:- )?(?:off|out)"
    r"(?= please\W*$| now\W*$|\W*$))\b"
    r"(?! to (?!receive|get|see|have|be))"
)
_MAKING = lazy(r"\b(?:make|set|use|put|have|save) (?:it|that|this|them)(?: one)? (?:the|my|as|on my|in my|to)\b")
_MINE = lazy(
    r"\b(?:what|which|everything|anything|all)\b(?: \S+){0,4}? i (?:have |had |did |ever |already )*(?:\w+ed|buy"
    r"|bought|get|got)\b"
    r"|\bwhat (?:did|have|had) i\b"
)


_OF_ONESELF = lazy(
    r"\b(?:what|which|everything|anything|all|whatever)\b(?: (?!think|thought|say|said)\S+){0,8}?"
    r" (?:about|on) (?:me|us|myself)\b"
)
"""What is asked about oneself."""
_SINCE = lazy(r"\bsince (?:when|which|what)\b|\bhow long (?:am|are|have) (?:i|we)\b")
"""What is asked of how long something has been so."""


def is_content(token: Token) -> bool:
    """Does this word say what the message is about?"""
    return not token.shape and token.norm[:1].isalpha() and token.norm not in FUNCTION


def features(tokens: Sequence[Token], light: frozenset[str] = frozenset()) -> dict[str, float]:
    """The features with what each weighs before anything is known of how many intents share it.

    `light` are stems that the examples of many intents begin with.
    """
    found: dict[str, float] = {}
    for at, token in enumerate(tokens):
        if token.shape:
            found[token.shape] = _VALUE
        elif token.stem in SHOWING_STEMS and not _gives_away(tokens, at):
            found[SHOW] = _LIGHT
            found.setdefault(token.stem, _LIGHT)
        elif token.stem in CHANGING_STEMS:
            found[CHANGE] = _TURN
            found.setdefault(token.stem, _SMALL)
        elif token.stem in STOPPING_STEMS and not _ends_up(tokens, at):
            found[STOP] = _TURN
            found.setdefault(token.stem, _SMALL)
        elif is_content(token):
            found[token.stem] = _LIGHT if token.stem in light else _PARTICLE if token.norm in PARTICLES else 1.0
        elif token.norm.isdigit() and not (at + 1 < len(tokens) and tokens[at + 1].norm in TIME_UNITS):
            found[COUNT] = _SMALL
    return found | _manner(norms(tokens))


def _gives_away(tokens: Sequence[Token], at: int) -> bool:
    """Does `send` send a thing somewhere, and shows nothing ("send it to ...")?"""
    after = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    return tokens[at].norm in ("send", "bring", "sent", "sending") and after not in ("me", "us", "over")


def _ends_up(tokens: Sequence[Token], at: int) -> bool:
    """Does `end` tell where somebody or something got to ("where did it end up"), and stops nothing?"""
    return tokens[at].stem == "end" and at + 1 < len(tokens) and tokens[at + 1].norm == "up"


def with_names(said: dict[str, float], knows: Callable[[str], bool]) -> dict[str, float]:
    """The same, with the mark of a name where there are words that nobody knows: names of things are such words.

    A light verb that no intent declares is English and no such word; `SHOW` and the like stand for it.
    """
    said = {f: weight for f, weight in said.items() if f not in _GENERAL or knows(f)}
    if NAME not in said and any(f[0] != "~" and not knows(f) for f in said):
        return {**said, NAME: _VALUE}
    return said


def _manner(text: str) -> dict[str, float]:
    """How it asks."""
    found: dict[str, float] = {}
    if UNWANTED.search(text):
        found[STOP] = _TURN
    if _MAKING.search(text):
        found[CHANGE] = _TURN
    if _MINE.search(text):
        found["~mine"] = _OWNED
    if _OF_ONESELF.search(text):
        found["~oneself"] = _TURN
    if _SINCE.search(text):
        found["~since"] = _TURN
    if asking := _ASKING.search(text):
        found[f"~{asking.group(1)}"] = _TURN
    if when := _WHEN.search(text):
        found["~past" if _PAST.search(when["rest"]) else "~future"] = _TURN
    return found
