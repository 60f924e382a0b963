"""Takes a message apart: what is asked for, under which conditions, and what holds either way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from orchestrator_server.embedded.english import words
from orchestrator_server.embedded.heads import begins_request, is_verb
from orchestrator_server.embedded.markers import (
    ANYWAY,
    ASIDE,
    ASKED_IF,
    INTRO,
    JOIN,
    OTHERWISE,
    POINTING,
    POLITE_IF,
    SO,
    TELLING,
    TEMPORAL,
)
from orchestrator_server.embedded.text import Token, norms


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
    before what it governs. `verb` is the place of a verb that it shares
    with the clause before. `joiner` is the word that ties it to the clause before.
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


_STOPS = frozenset(".!?;\n")
_BEFORE_NOUN = words(
    """
    a an the my your our his her their any no some this that another i you we they to not is are was be been than
    of in on at with from has have had does did do will would can could should still
    """
)


def clauses_of(tokens: Sequence[Token], verbs: frozenset[str]) -> tuple[Clause, ...]:
    """The clauses of a message in its order."""
    return tuple(
        clause
        for number, (first, end) in enumerate(_sentences(tokens))
        for clause in _Scanner(tokens, first, end, number, verbs).clauses()
    )


def _sentences(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    first = 0
    for index, token in enumerate(tokens):
        if token.norm in _STOPS and not token.shape:
            yield first, index + (token.norm == "?")
            first = index + 1
    yield first, len(tokens)


class _Scanner:
    """Walks one sentence from left to right."""

    def __init__(self, tokens: Sequence[Token], first: int, end: int, number: int, verbs: frozenset[str]) -> None:
        self._tokens, self._end, self._number, self._verbs = tokens, end, number, verbs
        self._at = self._start = first
        self._role, self._link, self._joiner = Role.REQUEST, Link.PLAIN, ""
        self._fragment = self._negated = self._begins = False
        self._found: list[Clause] = []

    def clauses(self) -> list[Clause]:
        """All clauses of the sentence; those without a word are left out."""
        while self._at < self._end:
            if not (self._marker() or self._joint() or self._verb_after_condition()):
                self._at += 1
        self._flush()
        return self._found

    def _marker(self) -> bool:
        text = norms(self._tokens[self._at : min(self._at + 10, self._end)])
        if found := POLITE_IF.match(text):
            self._open(Role.ASIDE, found)
            self._open(Role.REQUEST, None)
            return True
        for pattern, link in ((ANYWAY, Link.ANYWAY), (OTHERWISE, Link.OTHERWISE), (SO, Link.SO)):
            if (found := pattern.match(text)) and not self._denies(found):
                self._open(Role.REQUEST, found, link=link)
                return True
        return self._condition(text)

    def _denies(self, found: re.Match[str]) -> bool:
        """Is this "if not" the beginning of a condition ("if not sold") and no "otherwise"?"""
        if not found.group().strip().endswith("if not"):
            return False
        rest = self._tokens[self._at + found.group().strip().count(" ") + 1 : self._end]
        return bool(rest) and not rest[0].is_mark and not begins_request(rest, self._verbs)

    def _condition(self, text: str) -> bool:
        if found := ASIDE.match(text):
            self._open(Role.ASIDE, found, joiner=found.group().strip(", "))
            return True
        said = norms(self._tokens[self._start : self._at])
        if found := INTRO.match(text):
            word = found["word"]
            if re.search(r"\bwhat(?: happens| would happen)?$|\bhow about$", said):
                return False
            if word == "if" and self._role is Role.REQUEST and ASKED_IF.search(said):
                return False
            self._begins = found.group().startswith(("and if", "but if", "and unless", ", and if", ", but if"))
            joiner = "but" if "but if" in found.group() else ""
            pointing = POINTING.match(text[found.end() :])
            self._open(Role.CONDITION, found, joiner=joiner, negated=word.startswith(("unless", "except")))
            if pointing and self._goes_on(pointing):
                self._begins = True
                self._open(Role.REQUEST, None)
            return True
        found = TEMPORAL.match(text) if said and self._role is Role.REQUEST and not TELLING.search(said) else None
        if found:
            self._open(Role.TEMPORAL, found)
        return bool(found)

    def _goes_on(self, pointing: re.Match[str]) -> bool:
        """After "if it has" comes a request at once: steps past the pointing words."""
        after = self._at + pointing.group().strip().count(" ") + 1
        rest = self._tokens[after : self._end]
        is_whole = re.search(r"\b(?:is|are|was|were)(?: already| yet)?$", pointing.group().strip()) is None
        begins = bool(rest) and (
            rest[0].norm in (",", "then", "please") or (is_whole and is_verb(rest[0], self._verbs))
        )
        if not begins:
            return False
        self._at = after
        return True

    def _joint(self) -> bool:
        found = JOIN.match(norms(self._tokens[self._at : min(self._at + 5, self._end)]))
        if not found:
            return False
        length = found.group().strip().count(" ") + 1
        rest = self._tokens[self._at + length : self._end]
        word = found["word"] or ","
        if self._role is Role.REQUEST or self._splits(rest, word):
            fragment = self._role is Role.REQUEST and not begins_request(rest, self._verbs)
            self._open(Role.REQUEST, found, joiner=word.split()[-1].strip(", ") or ",", fragment=fragment)
        else:
            self._at += length
        return True

    def _splits(self, rest: Sequence[Token], word: str) -> bool:
        if word == "or":
            return False
        if word == "," and self._role is Role.CONDITION and self._leads():
            return True
        return "then" in word or begins_request(rest, self._verbs, is_condition=True)

    def _verb_after_condition(self) -> bool:
        """In "if it is late stop it" the request begins at a plain verb."""
        if self._role is not Role.CONDITION or not self._leads() or self._at < self._start + 2:
            return False
        if self._tokens[self._at - 1].norm in _BEFORE_NOUN:
            return False
        rest = self._tokens[self._at : self._end]
        if is_verb(rest[0], self._verbs) or re.match(
            r"(?:please|can you|could you|i want to|do not)\b", norms(rest[:4])
        ):
            self._open(Role.REQUEST, None)
            return True
        return False

    def _leads(self) -> bool:
        """Does the condition at hand stand before what it governs ("... and if it is late, ...")?"""
        return self._begins or not any(c.sentence == self._number and c.role is Role.REQUEST for c in self._found)

    def _open(
        self,
        role: Role,
        found: re.Match[str] | None,
        *,
        link: Link = Link.PLAIN,
        joiner: str = "",
        fragment: bool = False,
        negated: bool = False,
    ) -> None:
        """Ends the clause at hand and begins another after the marker that was found."""
        self._flush()
        self._role, self._link, self._joiner = role, link, joiner
        self._fragment, self._negated = fragment, negated
        length = found.group().strip().count(" ") + 1 if found else 0
        self._at = self._start = self._at + length
        if role is Role.REQUEST and not found and self._at < self._end:
            self._at += 1

    def _flush(self) -> None:
        if not any(not token.is_mark for token in self._tokens[self._start : self._at]):
            return
        self._found.append(
            Clause(
                role=self._role,
                first=self._start,
                end=self._at,
                sentence=self._number,
                link=self._link,
                joiner=self._joiner,
                is_fragment=self._fragment,
                leads=self._role is Role.CONDITION and self._leads(),
                negated=self._negated,
            )
        )
