"""Compiles the words of a condition to a test over responses. What is not understood in full is not compiled at all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestrator_server.embedded.english import NEGATIONS
from orchestrator_server.embedded.facts import Finder, Test, Words
from orchestrator_server.embedded.fields import Field
from orchestrator_server.embedded.index import Index, Profile, is_content
from orchestrator_server.embedded.measures import age, ahead, count, money
from orchestrator_server.embedded.states import contains, flag, happened, state, text_is
from orchestrator_server.embedded.text import Token, norms

_NEGATED = re.compile(r"\b(?:not|never|no longer|yet to|no|nor|neither|without)\b(?! only)")
_ELLIPSIS = re.compile(
    r"(?:(?:it|they|that|this|so) )?(?:(?:is|are|has|have|does|do|was|were|did) ?)?(?:the case )?"
    r"(?P<no>not|no)?(?: ?(?:yet|already|the case|so|yes))?"
)
FINDERS: tuple[Finder, ...] = (age, money, contains, count, ahead, happened, state, flag, text_is)
"""All kinds of tests, the particular before the general."""

_JOINTS = re.compile(
    r"(?:, )?\b(and|or|but)\b(?! (?:more|less|older|newer|higher|lower|above|below|better|fewer|up)\b)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A compiled condition: for true and for not true. `sources` are the intents whose responses it reads.

    A response is written as its source's root until steps have ids.
    """

    words: str
    positive: str
    negative: str
    sources: tuple["Source", ...]

    def negated(self) -> "Tested":
        """The opposite."""
        return replace(self, positive=self.negative, negative=self.positive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A response that a condition may read: its fields, as they are reached from `root`, and how to get it."""

    profile: Profile
    fields: tuple[Field, ...]
    root: str
    arguments: tuple[tuple[str, str], ...] = ()


def ellipsis_of(tokens: Sequence[Token]) -> bool | None:
    """Does the condition only point at the one before ("if it is", "if not")? True for yes, False for its opposite."""
    found = _ELLIPSIS.fullmatch(norms([t for t in tokens if not t.is_mark]).strip())
    return None if found is None else not found["no"]


def is_negated(tokens: Sequence[Token]) -> bool:
    """Do the words deny something?"""
    return len(_NEGATED.findall(norms(tokens))) % 2 == 1


def test_of(index: Index, tokens: Sequence[Token], sources: Sequence[Source], words: str) -> Tested | None:
    """The condition over the first of the best `sources`; None where a part of it is not understood."""
    parts = _parts([token for token in tokens if not (token.is_mark and token.norm not in "'s")])
    whole: Tested | None = None
    previous: Test | None = None
    for joint, part in parts:
        one = _one(index, part, sources, words, prefers_state=previous is not None and "==" in previous.positive)
        if one is None:
            return None
        tested, previous = one
        whole = tested if whole is None else _joined(whole, tested, joint)
    return whole


def _parts(tokens: list[Token]) -> list[tuple[str, list[Token]]]:
    """The parts between and/or; "2 weeks or older" stays whole."""
    parts: list[tuple[str, list[Token]]] = [("and", [])]
    for at, token in enumerate(tokens):
        joint = _JOINTS.match(norms(tokens[at : at + 2]))
        if joint and parts[-1][1]:
            parts.append(("or" if joint[1] == "or" else "and", []))
        elif not joint:
            parts[-1][1].append(token)
    return [part for part in parts if part[1]]


def _one(
    index: Index, tokens: Sequence[Token], sources: Sequence[Source], words: str, *, prefers_state: bool
) -> tuple[Tested, Test] | None:
    best: tuple[Source, Test] | None = None
    for source in sources:
        test = _tested(index, tokens, source, prefers_state=prefers_state)
        if test is not None and (best is None or test.quality > best[1].quality):
            best = source, test
    if best is None:
        return None
    source, test = best
    flips = (len(_NEGATED.findall(norms(tokens))) - test.says_no) % 2 == 1
    one = Tested(
        words=words,
        positive=_rooted(test.negative if flips else test.positive, source.root),
        negative=_rooted(test.positive if flips else test.negative, source.root),
        sources=(source,),
    )
    return one, test


def _tested(index: Index, tokens: Sequence[Token], source: Source, *, prefers_state: bool) -> Test | None:
    text = norms([token for token in tokens if token.norm not in ("really", "actually", "just", "even", "already")])
    words = Words(text=text, stems=tuple(token.stem for token in tokens if token.norm not in NEGATIONS))
    finders = (state, *FINDERS) if prefers_state else FINDERS
    tests = (finder(words, source.fields) for finder in finders)
    whole = next((test for test in tests if test and not _left(index, tokens, source, test)), None)
    return whole or _both(index, tokens, source, words)


def _both(index: Index, tokens: Sequence[Token], source: Source, words: Words) -> Test | None:
    """Two tests in one breath: "pending for more than 3 days"."""
    one, two = state(words, source.fields), age(words, source.fields)
    if one is None or two is None or _NEGATED.search(words.text):
        return None
    both = Test(
        positive=f"{one.positive} && {two.positive}",
        negative=f"({one.negative} || ({two.negative}))",
        used=one.used | two.used,
    )
    return None if _left(index, tokens, source, both) else both


def _left(index: Index, tokens: Sequence[Token], source: Source, test: Test) -> list[Token]:
    """The words that the test does not account for: content, numbers, and values other than ids."""
    states = {s for field in source.fields for constant in field.constants for s in constant.stems}
    known = {word for word, weight in source.profile.words.items() if weight >= 0.5} - states
    known |= {s for field in source.fields for s in (*field.stems[-1:], field.owner.lower())}
    return [
        token
        for token in tokens
        if token.stem not in test.used
        and token.norm not in test.used
        and (
            (bool(token.shape) and token.shape not in index.ids)
            or (token.norm[:1].isdigit() and not token.shape)
            or (is_content(token) and not _is_known(token, known) and token.norm not in NEGATIONS)
        )
    ]


def _is_known(token: Token, known: set[str]) -> bool:
    """Is this one of the source's words, or what one of them is made from?"""
    return token.stem in known or (len(token.stem) > 4 and any(word.startswith(token.stem) for word in known))


def _joined(one: Tested, two: Tested, joint: str) -> Tested:
    sign, opposite = ("||", "&&") if joint == "or" else ("&&", "||")
    return Tested(
        words=one.words,
        positive=f"({one.positive}) {sign} ({two.positive})",
        negative=f"({one.negative}) {opposite} ({two.negative})",
        sources=one.sources + tuple(s for s in two.sources if s not in one.sources),
    )


def _rooted(expression: str, root: str) -> str:
    return expression.replace("@", root)
