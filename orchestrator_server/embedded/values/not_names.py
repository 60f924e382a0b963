"""Words that make a stretch of text a story and no name: people, and verbs that tell what they did."""

from collections.abc import Sequence

from orchestrator_server.embedded.words.english import PEOPLE, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_RELATED = lazy(rf"(?:ex|step|grand|half|great)-?(?:{'|'.join(sorted(PEOPLE))})")
_HOUSEHOLD = words("hubby missus gran granny nan landlord landlady toddler flatmate housemate parents grandparents")
_DID = words(
    """
    lost went came took gave got bought told said forgot chose wrote ate drank drove threw tore wore woke began hated
    loved wanted needed liked thought knew meant brought became ordered decided tried asked noticed realised realized
    opened used happened refused
    """
)
"""Verbs in the past that are a part of no name ("felt" and "made" may be one)."""


def is_person(word: str) -> bool:
    """Is this a word for somebody?"""
    return word in PEOPLE | _HOUSEHOLD or _RELATED.fullmatch(word) is not None


def tells_a_story(said: Sequence[Token]) -> bool:
    """Do the words tell what somebody did ("grandson lost interest")?"""
    return any(token.norm in _DID for token in said[1:]) or (len(said) > 1 and said[0].norm in ("lost", "went", "got"))
