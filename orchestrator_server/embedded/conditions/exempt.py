"""Things that are named only to be left out of an effect: "stop them all, A-1 excluded", "stop all, keep A-1"."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_LEFT_OUT = lazy(
    r"<v> (?:(?:to be|being|is|are|gets?|will be|may|can|should) )*(?:excluded|excepted|exempt(?:ed)?|aside|apart"
    r"|left out|not included|stays?|spared|kept|remains?|excluding|omitted)\b"
)
"""What is said behind a thing that is not meant."""
_BUT = lazy(
    r"\b(?:bar|barring|save|save for|save only|excluding|minus|sans|other than|apart from|leaving out|without"
    r"|not counting|aside from|besides|except|except for|exception of|spare|keep|leave)(?: for)? $"
)
"""What is said before it."""
_ONLY = lazy(r"(?:\W|and |but |so )*(?:only <v>|<v> only)\W*$")
"""Nothing but a thing that is meant in some case alone."""
_NOT = lazy(
    r"\b(?:not|no|never|instead of|rather than|than|for|of|with|to|in|from|like|except|was|is|replaces?|keep|leave) $"
)
"""What is said before a thing that is named beside another."""
_ALL = lazy(r"\b(?:all|every|everything|any|them all|each|both|my \w+s)\b")


def exempt(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words of an effect that is planned for such a thing, or for many among which it could be."""
    for ask in (ask for ask in asks if ask.profile.intent.has_effect):
        mine = {str(value) for value in ask.filled.arguments.values()}
        for at, token in enumerate(message.tokens):
            if token.shape not in message.index.ids:
                continue
            before, behind = norms(message.tokens[max(0, at - 4) : at]), norms(message.tokens[at : at + 6])
            is_out = _LEFT_OUT.match(behind) is not None or _BUT.search(f"{before} ") is not None
            if not is_out or (ask.fan is None and token.value not in mine) or _is_known(ask, token.value):
                continue
            is_one_of_all = _ALL.search(norms(message.tokens[:at])) and not _is_named_again(message, token.value)
            if ask.fan is not None or is_one_of_all:
                yield message.words(message.of(ask.clause))


def lost(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words behind "but" about a thing by its id that ended up in nothing, beside an effect."""
    effects = [ask for ask in asks if ask.profile.intent.has_effect]
    if not effects:
        return
    known = {str(value) for ask in asks for value in ask.filled.arguments.values()}
    known |= {token.value for ask in asks for one in ask.governing for token in one.tokens}
    for clause in message.clauses:
        ids = {token.value for token in message.of(clause) if token.shape in message.index.ids}
        is_left = ids and ids.isdisjoint(known) and _ONLY.search(norms(message.of(clause))) is not None
        if is_left and any(ask.clause.sentence == clause.sentence for ask in effects):
            yield message.words(message.of(clause))
    for ask in (ask for ask in effects if ask.fan is None):
        for at in range(ask.clause.first, ask.clause.end):
            token = message.tokens[at]
            is_other = token.shape in message.index.ids and token.value not in known
            if is_other and not _NOT.search(f"{norms(message.tokens[max(0, at - 3) : at])} "):
                yield message.words(message.tokens[at : at + 1])


def _is_known(ask: Ask, value: str) -> bool:
    """Does the plan leave it out already?"""
    if ask.fan is None:
        return bool(ask.governing)
    return any(f'"{value}"' in test.positive for test in ask.fan.tests) or any(
        token.value == value for said in ask.fan.waiting for token in said.tokens
    )


def _is_named_again(message: Message, value: str) -> bool:
    return sum(token.value == value for token in message.tokens) > 1
