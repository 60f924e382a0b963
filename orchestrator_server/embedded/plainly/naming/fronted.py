"""Things that are named before what is to be done with them: "the rope from A-17: send it back" becomes one clause."""

from collections.abc import Sequence

from orchestrator_server.embedded.clauses.sentences import by_sentence
from orchestrator_server.embedded.declared.features import PARTICLES, is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.english import FINITE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms, token_at

_REST = lazy(
    r"(?:please |just |to )*(?P<verb>[a-z]+)(?: (?:it|them|both|that|please|thanks|now|asap|back|off|out|up))*\W*$"
)
_ARTICLES = frozenset(["the", "my", "a", "an", "both", "this", "that", "our"])
_LONGEST = 12
_TELLS = lazy(
    rf"\b(?:{FINITE}|i|we|you|it|not|no|be|if|when|unless|should|had|were|once|while|over|under|above|below|more"
    rf"|less|fewer"
    r"|than|before|after|within|until|still|yet|only|or)\b"
)


def unfronted(tokens: Sequence[Token], index: Index) -> tuple[Token, ...]:
    """The tokens with each such thing behind its verb."""
    return by_sentence(tokens, lambda said: _turned(said, index))


def _turned(said: Sequence[Token], index: Index) -> Sequence[Token]:
    joint = next((at for at, token in enumerate(said) if token.norm in (":", "-", ",") and not token.shape), 0)
    thing, rest = said[:joint], said[joint + 1 :]
    is_loose = joint and said[joint].norm == "," and said[0].norm not in _ARTICLES
    if not 2 < joint <= _LONGEST or is_loose or not index.names_id(thing) or _TELLS.search(norms(thing)):
        return said
    found = _REST.match(norms(rest))
    at = token_at(found, "verb") if found else 0
    if found is None or rest[at].stem not in index.effect_verbs or not _is_named(thing, index):
        return said
    particles = [token for token in rest[at + 1 :] if token.norm in PARTICLES]
    return (rest[at], *particles, *thing)


def _is_named(thing: Sequence[Token], index: Index) -> bool:
    """Is there a word of its own beside the id, and no verb?"""
    content = [token for token in thing if is_content(token) and not token.shape]
    return any(token.stem not in index.named for token in content) and not any(
        token.stem in index.acts for token in content
    )
