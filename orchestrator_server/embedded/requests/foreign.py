"""Verbs that an intent does not have: of making where it only shows, or of something that nobody offers."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, DOING_STEMS, is_content
from orchestrator_server.embedded.declared.heads import LIGHT, head_at
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.values.naming import OBJECT_AHEAD
from orchestrator_server.embedded.words.english import stem, words
from orchestrator_server.embedded.words.text import Token, norms

_LEADING = words("to please and")
"""Words right before a verb that asks."""
_BEFORE_OBJECT = OBJECT_AHEAD | {"several", "that", "it", "them"}
"""Words behind which the verb has its object."""


_HOW = words(
    "current exact present precise complete full whole entire overall expected estimated actual updated remaining"
)
"""How what is to be shown is meant: no verbs."""


def makes_something(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does the clause want something made or changed, where the intent only shows?"""
    at = head_at(tokens)
    if at is None or not is_content(tokens[at]) or tokens[at].stem in profile.verbs:
        return False
    return tokens[at].stem in DOING_STEMS | CHANGING_STEMS and tokens[at].norm not in ("go", "handle")


def is_of_another(profile: Profile, index: Index, tokens: Sequence[Token]) -> bool:
    """Is the verb none of its own, but that of another effect, or a word that can only be a verb here?"""
    at = head_at(tokens)
    if at is None or not is_content(tokens[at]):
        return False
    said = {tokens[at].stem, stem(tokens[at].norm.removeprefix("re"))}
    if said & (LIGHT | profile.verbs | profile.words.keys()):
        return False
    after = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    is_led = bool(at) and tokens[at - 1].norm in _LEADING
    is_verb = is_led and (tokens[at - 1].norm == "to" or tokens[at].stem in index.effect_verbs)
    return after in _BEFORE_OBJECT or is_verb or (tokens[at].norm.endswith("ing") and len(tokens[at].norm) > 5)


def is_unknown(profile: Profile, index: Index, tokens: Sequence[Token]) -> bool:
    """Is what should be shown called by a noun that no intent knows ("my account password", "the pin of it")?"""
    content = [at for at, token in enumerate(tokens) if is_content(token) and token.stem not in LIGHT]
    if not content or index.names_id(tokens):
        return False
    end = next((at for at in content if at + 1 >= len(tokens) or not is_content(tokens[at + 1])), content[-1])
    return not index.knows(tokens[end].stem) and tokens[end].stem not in profile.words


def is_foreign(index: Index, tokens: Sequence[Token]) -> bool:
    """Does the clause ask for something with a verb that no intent knows?"""
    at = head_at(tokens)
    if at is None or not is_content(tokens[at]) or (at and tokens[at - 1].norm in ("my", "the", "a", "an")):
        return False
    again = tokens[at].norm.removeprefix("re")
    if again != tokens[at].norm and stem(again) in LIGHT - CHANGING_STEMS:
        return False  # "resend"
    known = LIGHT | index.verbs | _HOW
    return tokens[at].stem not in known and not index.knows(tokens[at].stem) and "?" not in norms(tokens)
