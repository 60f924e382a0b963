"""What stands beside a request and asks for nothing: reasons, times to wait for, remarks in brackets."""

import re

from orchestrator_server.embedded.clauses.cursor import Cursor
from orchestrator_server.embedded.clauses.markers import ASIDE, BEFORE, TELLING, TEMPORAL, WAITING
from orchestrator_server.embedded.clauses.openings import is_plain_verb
from orchestrator_server.embedded.clauses.roles import Role
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_LASTED = lazy(
    r"\b(?:day|week|month|hour|year|fortnight)s?(?: (?:have|has|had|not|already|now|yet|been|passed|elapsed"
    r"|gone(?: by)?|went by|past))*$"
)
"""What stands before `since` where it tells how long ago something was."""
_WANTS_TO_KNOW = lazy(r"\b(?:tell|know|show|say|see|check|remind|find out)\b.*\b(?:when|where|what|how|which|who)\b")
"""A question within a request, which may go on with another one."""
_FOR = lazy(r"\b(?:for|of|on|about|regarding)$")
"""What stands before `when` where the time itself is asked for ("the date for when it comes")."""
_HARMLESS = lazy(r"(?!.*(?:\d|\b(?:and|or|but|only|not|unless|except|if|when|max|min|over|under)\b))")

_DOING = lazy(
    r", (?P<doing>(?!(?:except|exclud|barr|provid|assum|suppos|presum|depend)ing\b)[a-z]+ing) (?=(?:my"
    r"|our|some|the|a) )"
)


def gives_reason(cursor: Cursor) -> bool:
    """Begins a reason or a concession."""
    found = ASIDE.match(cursor.ahead()) or _doing_something(cursor)
    if found is None or (found.group().strip() == "since" and _LASTED.search(cursor.said)):
        return False
    cursor.open(Role.ASIDE, found, joiner=found.group().strip(", "))
    return True


def _doing_something(cursor: Cursor) -> re.Match[str] | None:
    """What somebody does that nobody offers, behind a comma: "show me ..., doing my taxes"."""
    found = _DOING.match(cursor.ahead()) if cursor.role is Role.REQUEST and cursor.own else None
    is_offered = found is not None and any(stem(base) in cursor.verbs for base in bases_of(found["doing"]))
    return None if is_offered else found


def waits(cursor: Cursor) -> bool:
    """Begins what must come first: "once it has arrived ..."."""
    text = cursor.ahead()
    timed = TEMPORAL.match(text)
    if cursor.role is not Role.REQUEST or not (timed or BEFORE.match(text) or WAITING.match(text)):
        return False
    said = cursor.said.strip(" ,-")
    if not said and (found := WAITING.match(text)) and not asks_on(cursor, found):
        cursor.begins = True
        cursor.open(Role.TEMPORAL, found)
        return True
    found = BEFORE.match(text) or (timed if said and not TELLING.search(said) else None)
    if found and _FOR.search(said):
        return False
    if found:
        cursor.begins = not said and "before" in found.group()
        cursor.open(Role.TEMPORAL, found, joiner="before" if "before" in found.group() else "")
    return bool(found)


def asks_on(cursor: Cursor, found: re.Match[str]) -> bool:
    """Does "when" go on with what the clause before wants to know ("tell me where A-1 is and when A-2 is due")?"""
    before = cursor.found[-1] if cursor.found else None
    if before is None or before.role is not Role.REQUEST or not found.group().rstrip().endswith("when"):
        return False
    return _WANTS_TO_KNOW.search(norms(cursor.tokens[before.first : before.end])) is not None


_OF_ANOTHER = lazy(
    r"(?:but |and |as |because |since )?(?:(?:i|we) (?:(?:already|still|also|do|will|would|am|are|have) )*(?:have"
    r"|got|keep"
    r"|keeping|kept|want|need|like|love)\b|(?:the )?(?:<v>|other(?: one)?(?: [,:] <v> ,?)?) (?:is|was|has|stays"
    r"|remains|can|should|may|must|will|came"
    r"|arrived|i|we|to)\b)"
)
"""Something is told of another thing."""


def is_bracketed(cursor: Cursor) -> bool:
    """Steps over a remark in brackets at the end of a condition, or one that tells of another thing in a request."""
    tokens = cursor.tokens
    if cursor.role is Role.ASIDE or tokens[cursor.at].norm != "(":
        return False
    if cursor.role is not Role.REQUEST and not cursor.own:
        return False  # the condition itself stands in the brackets
    close = next((at for at in range(cursor.at, cursor.end) if tokens[at].norm == ")"), None)
    if close is None:
        return False
    is_told = _OF_ANOTHER.match(norms(tokens[cursor.at + 1 : close])) is not None
    if not (is_told if cursor.role is Role.REQUEST else _is_harmless(cursor, close)):
        return False
    begins = cursor.begins
    cursor.open(Role.ASIDE, None)
    cursor.at = close + 1
    cursor.open(Role.REQUEST, None)
    cursor.begins = begins
    return True


def _is_harmless(cursor: Cursor, close: int) -> bool:
    """Does the condition end with the bracket, and does that say nothing more about it?"""
    inside = cursor.tokens[cursor.at + 1 : close]
    if any(token.shape for token in inside):
        return False
    after = cursor.tokens[close + 1] if close + 1 < cursor.end else None
    is_end = after is None or after.is_mark or is_plain_verb(after, cursor.verbs)
    return is_end and _HARMLESS.match(norms(inside)) is not None
