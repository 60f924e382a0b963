"""What opens the name of a thing: its determiner, and how many of it: "2 x the ...", "a pair of ...", "some ..."."""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator_server.embedded.values.naming import (
    ARTICLES,
    COUNTING,
    DETERMINERS,
    FAULTY,
    FEW,
    MEASURES,
    NEVER_HEADS,
    PAIRS,
    SWEARING,
    UNITS,
)
from orchestrator_server.embedded.words.english import FUNCTION
from orchestrator_server.embedded.words.text import Token

_LEADING = DETERMINERS | FEW | COUNTING | SWEARING | FAULTY | {"new", "both"}
_EIGHTEEN = ["dozen", "and", "a", "half"]
"""Is no number that everybody reads alike."""
_TOLD_OF = frozenset(["one", "ones", "thing", "things", "those", "all", "everything", "anything", "something"])
_FEW_HUNDRED = 300
"""A number behind a name counts something else up to here; beyond, it is more likely a part of it."""
_MOST = 99_999
"""A greater number counts nothing: it may be a name itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The words up to `end`: `count` is None where no number was said, `pairs` where the things come in twos."""

    end: int
    count: int | None
    determiner: str
    pairs: bool


class Openings:
    """Reads openings in one stretch of tokens. `counted` are words for the pieces that an intent counts."""

    def __init__(self, tokens: Sequence[Token], counted: frozenset[str], *, shouts: bool) -> None:
        self._tokens, self._shouts = tokens, shouts
        self._leading = _LEADING | counted

    def at(self, at: int) -> Opening:
        """What opens the name that begins at `at` or behind it."""
        count: int | None = None
        determiner = ""
        pairs = False
        while at < len(self._tokens):
            token = self._tokens[at]
            number = self._number(at)
            if token.norm in ("second", "third") and determiner in ("a", "another") and not self._is_hand(at):
                at += 1
                continue
            if unclear := self._unclear_number(at):
                at, determiner = at + unclear, "some"
                continue
            if number is not None and count is None and determiner not in ARTICLES - {"another"}:
                count = number
            elif number is not None and count is not None and self._tokens[at - 1].norm in ("the", "my", "of"):
                pass
            elif not self._leads(at):
                break
            determiner = (
                "some"
                if token.norm in FEW
                else determiner or (token.norm if token.norm in DETERMINERS - {"me", "us"} else "")
            )
            pairs = pairs or token.norm in PAIRS
            at += 1
        return Opening(end=at, count=count, determiner=determiner, pairs=pairs)

    def begins_another(self, at: int) -> bool:
        """Does a number behind a plural count something else ("3 pens 2 rulers"), and is no part of the name?"""
        before, after = self._tokens[at - 1], self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if after is None or before.shape or not before.norm.endswith("s") or before.norm.endswith("ss"):
            return False
        number = self._number(at) if not is_title(before, shouts=self._shouts) else None
        is_noun = after.norm.isalpha() and after.norm not in FUNCTION | NEVER_HEADS | UNITS
        return number is not None and number < _FEW_HUNDRED and is_noun

    def _is_hand(self, at: int) -> bool:
        """Is it "second hand" or "third party", a part of a name?"""
        return at + 1 < len(self._tokens) and self._tokens[at + 1].norm in ("hand", "party", "edition", "generation")

    def _unclear_number(self, at: int) -> int:
        """How many tokens say a number that nobody can tell: "2-3", "a dozen and a half"."""
        said = [token.norm for token in self._tokens[at : at + 4]]
        if said == _EIGHTEEN:
            return 4
        return 3 if len(said) > 2 and said[0].isdigit() and said[2].isdigit() and said[1] in ("-", "to", "or") else 0

    def _leads(self, at: int) -> bool:
        token = self._tokens[at]
        if token.shape or token.norm not in self._leading or (token.norm == "that" and self._is_relative(at)):
            return False
        if token.norm == "of" and at and self._tokens[at - 1].norm not in self._leading | {"all"}:
            return self._number(at - 1) is not None
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        return (
            not (is_title(token, shouts=self._shouts) and after is not None and is_title(after, shouts=self._shouts))
            or token.norm in ARTICLES
        )

    def _is_relative(self, at: int) -> bool:
        """Does "that" begin what is told of "the one", and no name?"""
        return at > 0 and self._tokens[at - 1].norm in _TOLD_OF

    def _number(self, at: int) -> int | None:
        """The number at `at`, where it counts: not in "10-inch", "2kg", "3rd"."""
        token = self._tokens[at]
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if token.shape or not token.norm.isdigit() or int(token.norm) > _MOST or (after and after.norm in MEASURES):
            return None
        is_glued = after is not None and after.start == token.end and after.norm not in ("x", ",", ".", ")", "!", "?")
        return None if is_glued and token.surface[:1].isdigit() else int(token.norm)


def is_title(token: Token, *, shouts: bool) -> bool:
    """Is the word written with a capital within the sentence, as part of a name, where not all is (`shouts`)?"""
    has_capital = token.start > 0 and token.surface[:1].isupper() and not shouts
    return has_capital and token.norm != "i" and not token.shape
