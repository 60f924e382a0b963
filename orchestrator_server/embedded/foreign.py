"""Verbs that an intent does not have: of making where it only shows, or of something that nobody offers."""

from collections.abc import Sequence

from orchestrator_server.embedded.english import stem
from orchestrator_server.embedded.features import CHANGING_STEMS, DOING_STEMS, is_content
from orchestrator_server.embedded.heads import LIGHT, head_at
from orchestrator_server.embedded.index import Index
from orchestrator_server.embedded.profiles import Profile
from orchestrator_server.embedded.text import Token, norms


def makes_something(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does the clause want something made or changed, where the intent only shows?"""
    at = head_at(tokens)
    if at is None or not is_content(tokens[at]) or tokens[at].stem in profile.verbs:
        return False
    return tokens[at].stem in DOING_STEMS | CHANGING_STEMS and tokens[at].norm not in ("go", "handle")


def is_foreign(index: Index, tokens: Sequence[Token]) -> bool:
    """Does the clause ask for something with a verb that no intent knows?"""
    at = head_at(tokens)
    if at is None or not is_content(tokens[at]) or (at and tokens[at - 1].norm in ("my", "the", "a", "an")):
        return False
    again = tokens[at].norm.removeprefix("re")
    if again != tokens[at].norm and stem(again) in LIGHT:
        return False  # "resend"
    known = LIGHT | index.verbs
    return tokens[at].stem not in known and not index.knows(tokens[at].stem) and "?" not in norms(tokens)
