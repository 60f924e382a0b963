"""What a message asks for: one value for each call, with the conditions over it."""

from dataclasses import dataclass, field, replace

from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.conditions.conditions import Tested, is_negated
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.choices import Choice
from orchestrator_server.embedded.values.fan import Fan
from orchestrator_server.embedded.values.slots import Filled
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token

_OPENING = frozenset(["is", "are", "has", "have", "was", "were", "did", "does", "do", "am"])


_SO_NOT = "otherwise, so not: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Governing:
    """A condition as it stands in the message, and whether its opposite is meant."""

    tokens: tuple[Token, ...]
    words: str
    negated: bool

    def flipped(self, flip: bool = True) -> "Governing":
        """The opposite, or the same where `flip` is false."""
        return replace(self, negated=self.negated != flip)

    def otherwise(self) -> "Governing":
        """The opposite, in the words that make it clear to a reader; that of an opposite in plain ones."""
        said = self.words.removeprefix(_SO_NOT)
        return replace(self.flipped(), words=said if said != self.words else f"{_SO_NOT}{said}")

    def pointed_at(self, holds: bool) -> "Governing":
        """What "if it has" and "if it has not" mean by it: the words without their own negation, or the opposite."""
        return replace(self, negated=is_negated(self.tokens) == holds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One call that is asked for (or one for each element of `fan`), under all of `governing`."""

    profile: Profile
    filled: Filled
    clause: Clause
    tokens: tuple[Token, ...]
    score: float = 1.0
    fan: Fan | None = None
    governing: tuple[Governing, ...] = ()
    condition: Tested | None = None
    is_told: bool = False
    """It was read from a statement ("the number is ...") and no verb asks for it."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The required parameters that nothing gives."""
        names = self.filled.missing(self.profile)
        return names if self.fan is None else tuple(n for n in names if not is_by_element(self.profile, n))


@dataclass(slots=True, kw_only=True)
class Understood:
    """What a message asks for, and what stands in the way. Filled while the clauses are walked."""

    asks: list[Ask] = field(default_factory=list)
    doubts: list[Choice] = field(default_factory=list)
    doubted: list[Clause] = field(default_factory=list)
    declined: int = 0
    unclear: list[str] = field(default_factory=list)
    ambiguous: bool = False
    retracted: bool = False
    """Something was taken back in the message itself, and is out of `asks`."""


def question_in(message: Message, tokens: tuple[Token, ...]) -> Governing | None:
    """What a yes-or-no question asks: "has it ...", "tell me whether it ..."."""
    words = [token.norm for token in tokens]
    at = next((i for i, w in enumerate(words) if w in ("if", "whether")), None)
    rest = tuple(t for t in tokens[at + 1 :] if not t.is_mark) if at is not None else ()
    if at is None and words[:1] and words[0] in _OPENING:
        rest = tuple(t for t in tokens if not t.is_mark)
    return Governing(tokens=rest, words=message.words(rest), negated=False) if rest else None


def is_by_element(profile: Profile, name: str) -> bool:
    """Is this the parameter that a fan's elements fill: the first that takes an id?"""
    parameter = next((p for p in profile.required if profile.kinds[p.name] is Kind.SHAPED), None)
    return parameter is not None and parameter.name == name
