"""Clauses that name a thing by its id and say little of it: then the thing is shown, if nothing else is asked for."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import SHOWING_STEMS, is_content
from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.requests.matching import WEAK, Match
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_ASKS = lazy(
    r"\b(?:what|which|how|when|where|why|who|has|have|did|does|do|will|would|not|no longer|longer|want|need|without"
    r"|any more)\b"
)
_NAMING = frozenset(stem(word) for word in ("number", "ref", "reference", "id", "code", "named", "called"))


def only_a_thing(index: Index, tokens: Sequence[Token], matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The read that shows a thing, where nothing but the thing is named."""
    given = [token.shape for token in tokens if token.shape in index.ids]
    others = {t.stem for t in tokens if is_content(t)} - index.things - SHOWING_STEMS - _NAMING
    if not given or others:
        return ()
    return tuple(m for m in matches if not m.profile.intent.has_effect and given[0] in m.profile.shown)[:1]


def only_names(index: Index, tokens: Sequence[Token]) -> bool:
    """Is nothing said but what the thing is called ("it's file A-1042")?"""
    given = index.names_id(tokens)
    content = [token for token in tokens if is_content(token)]
    named = index.things | _NAMING
    return given and all(t.stem in named for t in content) and not _ASKS.search(norms(tokens))


def about_a_thing(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The read that shows a thing, for a question about it that nothing else fits well."""
    given = {token.shape for token in tokens if token.shape in index.ids}
    if mood is not Mood.QUESTION or not given:
        return ()
    shows = (m for m in matches if not m.profile.intent.has_effect and m.score >= WEAK)
    return tuple(m for m in shows if any(m.profile.takes(shape) and shape in m.profile.shown for shape in given))[:1]


def says_more(profile: Profile, index: Index, tokens: Sequence[Token]) -> bool:
    """Does the clause name things that the intent does not know, and no value or state that says which are meant?"""
    if any(token.shape or token.norm.isdigit() or token.stem in index.states for token in tokens):
        return False
    said = {token.stem for token in tokens if is_content(token)}
    return not said <= profile.words.keys() | LIGHT
