"""Lists that are asked for by nothing but a state: "what is still open", "anything delivered yet?"."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.enum_words import enum_value
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.requests.matching import SURE, Match
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_WHICH = lazy(
    r"\W*(?:(?:and|so|but|please|now|show|tell|give|list|me|us|let|see|is|are|do|does|have|has|there|i|we|you|got|still|only"
    r"|just|all|the|my|of|mine) )*"
    r"(?:what|which|anything|any|everything|all|ones|those|list|whatever)\b"
)
"""How a question for a list begins."""


def list_by_state(index: Index, tokens: Sequence[Token], mood: Mood) -> Match | None:
    """The one read of a list that takes the state that is named, where no other thing is named."""
    if mood not in (Mood.WISH, Mood.QUESTION) or any(token.shape for token in tokens):
        return None
    if not (_WHICH.match(norms(tokens)) or " ones" in norms(tokens)):
        return None
    found = [profile for profile in index.profiles if _takes_state(profile, tokens)]
    if len(found) != 1:
        return None
    known = found[0].words.keys() | LIGHT | index.told | index.states | _words_of_states(found[0])
    is_all = all(token.stem in known for token in tokens if is_content(token))
    return Match(profile=found[0], score=SURE, likeness=SURE, by_verb=False) if is_all else None


def _words_of_states(profile: Profile) -> frozenset[str]:
    """The stems of all words that are declared for its states ("called off")."""
    phrases = (phrase for p in profile.intent.askable for words in p.enum_words for phrase in words)
    return frozenset(stem(word) for phrase in phrases for word in phrase.split())


def _takes_state(profile: Profile, tokens: Sequence[Token]) -> bool:
    if profile.intent.has_effect or profile.required or not profile.lists:
        return False
    states = (p for p in profile.intent.askable if profile.kinds[p.name] is Kind.ENUM)
    return any(enum_value(parameter, tokens) is not None for parameter in states)
