"""What a clause is: its part in the message, and how it hangs on what stands before it."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a clause does in the message."""

    REQUEST = "request"
    CONDITION = "condition"
    TEMPORAL = "temporal"
    """Something to wait for ("once it arrives"), which a plan cannot."""
    ASIDE = "aside"
    """Concessions and reasons: "even if", "although"."""


class Link(Enum):
    """How a request hangs on the condition before it."""

    PLAIN = "plain"
    OTHERWISE = "otherwise"
    SO = "so"
    ANYWAY = "anyway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A part of a sentence: `first` up to `end` of the message's tokens.

    `is_fragment`: it has no verb of its own and may belong to the clause before it. `leads`: a condition that stands
    before what it governs. `verb` is the place of a verb that it shares with the clause before, `joiner` the word that
    ties it to that.
    """

    role: Role
    first: int
    end: int
    sentence: int
    link: Link = Link.PLAIN
    joiner: str = ""
    is_fragment: bool = False
    verb: int | None = None
    leads: bool = False
    negated: bool = False
