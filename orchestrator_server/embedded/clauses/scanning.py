"""Walks one sentence from left to right and cuts it into clauses at the small words that tie them."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.clauses.cursor import Cursor
from orchestrator_server.embedded.clauses.introducing import introduces
from orchestrator_server.embedded.clauses.joints import joins
from orchestrator_server.embedded.clauses.linking import is_polite, links
from orchestrator_server.embedded.clauses.remarks import gives_reason, is_bracketed, waits
from orchestrator_server.embedded.clauses.roles import Clause, Link, Role
from orchestrator_server.embedded.clauses.run_ons import ends_condition, runs_on
from orchestrator_server.embedded.words.text import Token

_RULES = (is_polite, links, gives_reason, introduces, waits, is_bracketed, joins, ends_condition, runs_on)
"""What may begin a clause, the most telling first; each moves the cursor and says whether it applied."""
_ADDING = ("and", "also", "plus")


class Scanner:
    """One sentence: the tokens from `first` up to `end`."""

    def __init__(self, tokens: Sequence[Token], first: int, end: int, number: int, verbs: frozenset[str]) -> None:
        self._cursor = Cursor(tokens, first, end, number, verbs)

    def clauses(self) -> list[Clause]:
        """All clauses of the sentence; those without a word are left out."""
        cursor = self._cursor
        while cursor.at < cursor.end:
            for rule in _RULES:
                if rule(cursor):
                    break
            else:
                cursor.at += 1
        cursor.flush()
        return _placed(cursor.found)


def _placed(clauses: Sequence[Clause]) -> list[Clause]:
    """A condition that nothing follows, or only what a comma or "and" adds, belongs to the request before it."""
    found = list(clauses)
    for at, clause in enumerate(found):
        if at and clause.role is Role.CONDITION and clause.leads and _trails(clause, found[at - 1], found[at + 1 :]):
            found[at] = replace(clause, leads=False)
    return found


def _trails(condition: Clause, before: Clause, later: Sequence[Clause]) -> bool:
    """Does a condition belong to what stands before it?"""
    after = next((clause for clause in later if clause.role is Role.REQUEST), None)
    if after is None or (later[0] is after and after.link is Link.OTHERWISE and before.role is Role.REQUEST):
        return True
    return condition.joiner in (",", "but") and before.role is Role.REQUEST and after.joiner in _ADDING
