"""Requests that hang on what stands before them ("otherwise ...", "if so ..."), and "if" that is only polite."""

import re

from orchestrator_server.embedded.clauses.cursor import Cursor
from orchestrator_server.embedded.clauses.markers import ANYWAY, OTHERWISE, POLITE_IF, SO
from orchestrator_server.embedded.clauses.openings import goes_on
from orchestrator_server.embedded.clauses.roles import Link, Role
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_AND = lazy(r"(?:, )?and (?!if\b|only\b|please\b|then\b|also\b)")
_POLITE = lazy(rf"(?:, |- |\( )?(?:(?:and|but|so) )*(?:{POLITE_IF.pattern})")
_POSSIBLE = lazy(
    r"if (?:(?:it|that|this) is )?(?:at all |still )*(?:possible|poss|feasible|doable)\b(?! (?:to|that)\b)"
)
_ELSE = lazy(r"(?:where|body|one|thing|what|who)$")
_LINKS = ((ANYWAY, Link.ANYWAY), (OTHERWISE, Link.OTHERWISE), (SO, Link.SO))


def links(cursor: Cursor) -> bool:
    """Begins a request at a word that links it, or ends the one before with it ("... stop it if not")."""
    text = cursor.ahead()
    for pattern, link in _LINKS:
        if (found := pattern.match(text)) and not _denies(cursor, found):
            if not (_is_last(cursor, found) and cursor.close_with(link)):
                cursor.open(Role.REQUEST, found, link=link)
            return True
    return False


def is_polite(cursor: Cursor) -> bool:
    """Steps over "if you please" and the like, behind which the request goes on."""
    found = _POLITE.match(cursor.ahead()) or _possible(cursor)
    if not found:
        return False
    cursor.open(Role.ASIDE, found)
    goes_on = _AND.match(cursor.ahead())
    if goes_on and not begins_request(cursor.after(goes_on), cursor.verbs, is_condition=True):
        cursor.open(Role.CONDITION, goes_on)
    else:
        cursor.open(Role.REQUEST, None)
    return True


def _possible(cursor: Cursor) -> re.Match[str] | None:
    """ "If possible" with the request right behind it."""
    found = _POSSIBLE.match(cursor.ahead())
    return found if found and begins_request(cursor.after(found), cursor.verbs) else None


def _denies(cursor: Cursor, found: re.Match[str]) -> bool:
    """Is this "if not" the beginning of a condition ("if not sold"), or "else" the end of a word ("somewhere else")?"""
    if found.group().strip().startswith("else") and _ELSE.search(
        norms(cursor.tokens[max(0, cursor.at - 1) : cursor.at])
    ):
        return True
    if not found.group().strip().endswith(("if not", "when not")):
        return False
    rest = cursor.after(found)
    if not rest or rest[0].is_mark or begins_request(rest, cursor.verbs):
        return False
    return not goes_on(rest)


def _is_last(cursor: Cursor, found: re.Match[str]) -> bool:
    """Does nothing follow in the sentence?"""
    return all(token.is_mark or token.norm in ("please", "thanks") for token in cursor.after(found))
