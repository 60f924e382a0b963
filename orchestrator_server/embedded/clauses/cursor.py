"""The place in a sentence up to which its clauses are found, and the clause that is open there."""

import re
from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.roles import Clause, Link, Role
from orchestrator_server.embedded.declared.heads import begins_request, is_verb
from orchestrator_server.embedded.words.english import FUNCTION
from orchestrator_server.embedded.words.text import Token

_OBJECTS = frozenset(["it", "them", "em", "the", "my", "that", "this", "all", "those"])


class Cursor:
    """Moves over the tokens from `first` up to `end`; `start` is where the open clause begins, `found` those before."""

    def __init__(self, tokens: Sequence[Token], first: int, end: int, number: int, verbs: frozenset[str]) -> None:
        self.tokens, self.end, self.verbs = tokens, end, verbs
        self.at = self.start = first
        self.role = Role.REQUEST
        self.begins = False
        """The open condition or time stands at the beginning, before what it governs."""
        self.found: list[Clause] = []
        self._number = number
        self._norms = [token.norm for token in tokens[:end]]
        self._looked, self._seen = (-1, 0), ""
        self._link, self._joiner = Link.PLAIN, ""
        self._is_fragment = self._negated = False

    def ahead(self, length: int = 10) -> str:
        """The words from here on, not past the end of the sentence."""
        if self._looked != (self.at, length):
            self._looked, self._seen = (self.at, length), " ".join(self._norms[self.at : self.at + length])
        return self._seen

    def after(self, found: re.Match[str]) -> Sequence[Token]:
        """The tokens behind words that were found here."""
        return self.tokens[self.at + length_of(found) : self.end]

    @property
    def own(self) -> Sequence[Token]:
        """The tokens of the open clause so far."""
        return self.tokens[self.start : self.at]

    @property
    def said(self) -> str:
        """The words of the open clause so far."""
        return " ".join(self._norms[self.start : self.at])

    def step(self, found: re.Match[str]) -> None:
        """Steps over words that stay in the open clause."""
        self.at += length_of(found)

    def open(
        self,
        role: Role,
        found: re.Match[str] | None,
        *,
        link: Link = Link.PLAIN,
        joiner: str = "",
        is_fragment: bool = False,
        negated: bool = False,
    ) -> None:
        """Ends the open clause and begins another after the marker that was found, or with the word here."""
        self.flush()
        self.role, self._link, self._joiner = role, link, joiner
        self._is_fragment, self._negated = is_fragment, negated
        self.at = self.start = self.at + (length_of(found) if found else 0)
        if not found and self.at < self.end:
            self.at += 1

    def close_with(self, link: Link) -> bool:
        """Ends the sentence with a request that hangs by `link` on what is before it; False where there is none."""
        if self.role is not Role.REQUEST:
            return False
        if any(not token.is_mark for token in self.own):
            self._link = link
            self.flush()
        elif self.found and self.found[-1].role is Role.REQUEST:
            self.found[-1] = replace(self.found[-1], link=link)
        else:
            return False
        self.at = self.start = self.end
        return True

    def flush(self) -> None:
        """Puts the open clause with those found, where it has a word."""
        if not any(not token.is_mark for token in self.own):
            return
        self.found.append(
            Clause(
                role=self.role,
                first=self.start,
                end=self.at,
                sentence=self._number,
                link=self._link,
                joiner=self._joiner,
                is_fragment=self._is_fragment,
                leads=self.role in (Role.CONDITION, Role.TEMPORAL) and self.leads(),
                negated=self._negated,
            )
        )

    def leads(self) -> bool:
        """Does the open condition stand before what it governs ("... and if it is late, ...")?"""
        if self.begins or self.role is Role.TEMPORAL:
            return self.begins
        return not any(clause.role is Role.REQUEST and self._asks(clause) for clause in self.found)

    def _asks(self, clause: Clause) -> bool:
        """Is something asked for, and not only named or told ("about A-1: if it is late ...")?"""
        said = [token for token in self.tokens[clause.first : clause.end] if not token.is_mark]
        if not said:
            return False
        if begins_request(said, self.verbs) or is_verb(said[0], self.verbs):
            return True
        named = next((at for at, token in enumerate(said) if not (token.shape or token.norm in _NAMING)), len(said))
        if 0 < named < len(said) and begins_request(said[named:], self.verbs):
            return True
        behind = max(
            (at + 1 for at in range(clause.first, clause.end) if self.tokens[at].norm == ":"), default=clause.end
        )
        if begins_request(self.tokens[behind : clause.end], self.verbs):
            return True
        if any(t.stem in self.verbs and t.norm.endswith("ing") for t in said[:3]):
            return True
        return said[0].norm.isalpha() and said[0].norm not in FUNCTION and len(said) > 1 and _is_object(said[1])


_NAMING = frozenset(["about", "regarding", "concerning", "re", "as", "for", "on", "with", "number", "no", "my"])
"""What stands before the name of what is asked about ("about A-1: stop it ...")."""


def length_of(found: re.Match[str]) -> int:
    """How many tokens were found."""
    return found.group().strip().count(" ") + 1


def _is_object(token: Token) -> bool:
    return bool(token.shape) or token.norm in _OBJECTS
