"""Which of several ids is meant by what was told of it: "the rug one" after "A has the lamp, B the rug"."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.english import NEGATIONS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_ONE = lazy(
    r"\b(?:the|that|this) (?!(?:same|first|second|third|last|latter|former|other|new|old|latest|only)\b)"
    r"(?P<before>\w+ (?:'s )?(?:\w+ )?)?ones?\b(?: (?:with|that|which|who|for|in|of|i|we|he|she|from|my|costing)\b)?"
    r"|\bones? (?:with|that|which|who|for|in|i|we|he|she|costing)\b"
)
"""One of several is meant by how it is."""


def is_told_apart(text: str) -> bool:
    """Do the words point at one of several by what it is like?"""
    found = _ONE.search(text)
    return found is not None and (found["before"] is not None or not found.group().endswith(("one", "ones")))


def told_apart(message: Message, tokens: Sequence[Token], shape: str) -> str | None:
    """The one id of which the same is told elsewhere in the message; None where nobody can say."""
    found = _ONE.search(norms(tokens))
    if found is None:
        return None
    text = norms(tokens)
    first, end = (text.count(" ", 0, place) for place in (found.start(), found.end()))
    telling = tokens[first:] if found["before"] is None else tokens[first : end + 1]
    stems = {token.stem for token in telling if is_content(token)}
    if not stems or NEGATIONS & {token.norm for token in tokens}:
        return None
    told = [(value, part) for value, part in _parts(message, tokens, shape)]
    fitting = {value for value, part in told if stems & {token.stem for token in part}}
    denied = any(NEGATIONS & {token.norm for token in part} for _, part in told)
    return next(iter(fitting)) if len(fitting) == 1 and not denied else None


def _parts(message: Message, tokens: Sequence[Token], shape: str) -> Iterator[tuple[str, Sequence[Token]]]:
    """Each id with what stands between it and the next one, before the request."""
    start = tokens[0].start if tokens else 0
    said = [token for token in message.tokens if token.start < start]
    places = [at for at, token in enumerate(said) if token.shape == shape]
    for at, end in zip(places, [*places[1:], len(said)], strict=True):
        yield said[at].value, said[at:end]
