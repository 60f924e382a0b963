"""Verbs of English that no intent need declare: of showing for what only reads, of changing for what sets a value."""

from collections.abc import Sequence

from orchestrator_server.embedded.english import words
from orchestrator_server.embedded.features import CHANGING_STEMS, SHOWING_STEMS
from orchestrator_server.embedded.profiles import Profile
from orchestrator_server.embedded.shapes import Kind
from orchestrator_server.embedded.text import Token

_MAKING = words("make set use put have")
"""With what it points at these say what something shall be: "make it my new one"."""
_POINTED = words("it that this")


def is_general_verb_of(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Does this word ask for the intent whatever its trade: "show", "tell" for a read, "change", "make it" to set?"""
    word = tokens[at]
    if word.stem in SHOWING_STEMS:
        return not profile.intent.has_effect
    after = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    is_changing = word.stem in CHANGING_STEMS or (word.norm in _MAKING and after in _POINTED)
    return is_changing and (not profile.verbs.isdisjoint(CHANGING_STEMS) or _sets_a_value(profile))


def _sets_a_value(profile: Profile) -> bool:
    """Does the effect take a value that is neither an id nor the name of a thing, to put it in the place of another?"""
    kinds = profile.kinds
    is_value = (k is Kind.LONG or (k is Kind.SHAPED and not name.endswith("_id")) for name, k in kinds.items())
    return profile.intent.has_effect and Kind.NAME not in kinds.values() and any(is_value)
