"""Comparisons in longer words ("anything other than 20", "the same or less")."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

OTHER_THAN = (
    Rule(
        hints=("other than ", "but exactly ", "different from "),
        pattern=lazy(
            r"\b(?:is|was|are|be|comes to|shows|says)(?: still| now)? (?P<a>(?:anything|something)(?: at all)?"
            r" (?:other than|but exactly|different from))(?= )"
        ),
        plain={"a": "not"},
    ),
    Rule(
        hints=("same ", "equal ", "exactly "),
        pattern=lazy(
            r"\b(?P<a>(?:the )?(?:same|equal|exactly)(?: amount)? or (?:less|fewer|lower|below|under)(?: than| of)?)"
            r"(?= (?:[€$£] ?)?\d)"
        ),
        plain={"a": "at most"},
    ),
    Rule(
        hints=("same ", "equal ", "exactly "),
        pattern=lazy(
            r"\b(?P<a>(?:the )?(?:same|equal|exactly)(?: amount)? or (?:more|higher|above|over)(?: than| of)?)"
            r"(?= (?:[€$£] ?)?\d)"
        ),
        plain={"a": "at least"},
    ),
)
"""What is said, and the plain words for it."""
