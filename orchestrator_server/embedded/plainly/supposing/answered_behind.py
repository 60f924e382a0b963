"""Answers to a question that stand behind what they decide: "has it left? stop it if not, show it if so"."""

import re
from collections.abc import Iterator

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_IT = r"(?:it|they|that|this|those|these|there|i)"
_IS = r"(?:is|are|am|has|have|was|were|did|does|do|will|would)"
_IF = r"(?:only )?(?:if|when|in case)"
_BEGINS = r"(?:(?<=[.?!;:,\n(-] )|(?<=\band )|(?<=\bbut )|(?<=\botherwise )|(?<=\bthen ))"
_ENDS = r"(?= [.?!;:,\n)-]| (?:and|but|otherwise|else|or)\b| please\b| thanks\b| thank you\b|$)"
_POLITE = r"(?:(?:please|just|then|so|you can|i want to|do) )*"
_ANSWERS = (
    ("if so ,", "(?:so|yes|yep|yeah)"),
    ("if not ,", "(?:not|no|nope)"),
    ("if it is ,", rf"{_IT} {_IS}(?: so| indeed| already)?"),
    ("if it is not ,", rf"{_IT} {_IS} not(?: yet)?"),
)
"""What is said instead, in front of the request; "it is" says outright what is so, also where a "not" was asked."""


def answered_behind(acts: str, verbs: str) -> Iterator[Rule]:
    """The rules for both answers; `acts` and `verbs` are alternatives of stems of what can be asked for."""
    asked = rf"(?![a-z]*(?:ed|ing)\b)(?:{acts}|{verbs})[a-z]*\b"
    words = r"(?:(?!(?:if|unless|when)\b)[^.?!;:,\n ]+ )+?"
    for answer, said in _ANSWERS:
        yield Rule(
            hints=(" if ", " when ", " in case "),
            pattern=lazy(rf"{_BEGINS}(?P<a>)(?={_POLITE}{asked}){words}(?P<b>{_IF} {said}){_ENDS}"),
            plain={"a": answer, "b": ""},
            applies=_is_behind,
        )
    for answer, said in (("if so ,", "(?:yes|yep|yeah)"), ("if not ,", r"(?:no|nope|not(?! so\b))")):
        yield Rule(
            hints=("if yes", "if yep", "if yeah", "if no"),
            pattern=lazy(rf"\b(?P<a>if {said}) (?={_POLITE}{asked})"),
            plain={"a": answer},
            applies=_is_behind,
        )


def _is_behind(found: re.Match[str]) -> bool:
    """Does anything stand before it that may be answered, and is it about no other thing than that?"""
    before = found.string[: found.start("a")]
    said = found.string[found.start("a") : found.start("b")] if "b" in found.re.groupindex else ""
    return any(character.isalpha() for character in before) and not ("<v>" in before and "<v>" in said)
