"""Where a condition begins: at "if" and its kin, at "when", and at a bare comparison ("over 40 stop it")."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.clauses.cursor import Cursor, length_of
from orchestrator_server.embedded.clauses.markers import ASKED_IF, BARE, INTRO, POINTING, WHEN
from orchestrator_server.embedded.clauses.openings import goes_on, is_plain_verb
from orchestrator_server.embedded.clauses.remarks import asks_on
from orchestrator_server.embedded.clauses.roles import Role
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_WELCOME = lazy(
    r"\b(?:grateful|thankful|obliged|great|nice|lovely|kind|good|glad|happy|brilliant|helpful|wonderful|wondering"
    r"|appreciate (?:it|that)|appreciated|mind)$"
)
"""What stands before `if` where it is a polite request: "I would be grateful if you ..."."""
_BEGINNING = (", ", "and ", "but ", "so ", "- ")
_JOINED = lazy(r"\b(?:or|nor)$")
_BEFORE_SUPPOSED = lazy(r"\bwhat(?: happens| would happen)?$|\bhow about$|\b(?:as|like|but only|only)$")
"""What stands before an `if` that needs a look at what it makes of it."""
_SUPPOSED = lazy(r"\b(?:what(?: happens| would happen)?|how about|as|like)$")
"""What makes it a mere thought: "what if", "as if"."""
_STATE = lazy(r"\b(?:is|are|was|were|am)(?: already| yet)?$")
_DOES = lazy(r"\b(?:does|do|did)(?: not)?$")
_OBJECTS = frozenset(["it", "them", "that", "the", "my", "me", "a", "an", "all", "everything", "please"])
_POINTED = ("it", "them", "that")
_ADDING = lazy(r"\b(?:then|also|plus|after that|afterwards|next|finally|lastly|secondly|besides)(?: ,)?$")
"""What stands before a condition of the next request."""
_TIES = frozenset([",", "and", "then", ":"])


def introduces(cursor: Cursor) -> bool:
    """Begins a condition, and the request after it where the condition only points back ("if it has ...")."""
    said = cursor.said.strip(" ,-")
    text = cursor.ahead()
    is_begun = bool(said) or cursor.role is Role.CONDITION  # "unless more than 3" is no bare "more than 3"
    found = INTRO.match(text) or (None if is_begun else WHEN.match(text) or BARE.match(text))
    if not found or _WELCOME.search(said) or asks_on(cursor, found):
        return False
    if not _is_condition(cursor, found["word"], said):
        return False
    if cursor.role is Role.CONDITION and _JOINED.search(said):
        cursor.step(found)  # "if it is late or if it is dear" is one
        return True
    _open(cursor, found)
    pointing = POINTING.match(text[found.end() :])
    if pointing and _steps_past(cursor, pointing):
        cursor.begins = True
        cursor.open(Role.REQUEST, None)
    return True


def _open(cursor: Cursor, found: re.Match[str]) -> None:
    """Opens the condition; a bare comparison has no word before it to step over."""
    opening, word = found.group(), found["word"]
    begins = opening.startswith(_BEGINNING) or cursor.role is Role.CONDITION or _is_after_mark(cursor)
    before = norms(cursor.tokens[max(0, cursor.start - 3) : cursor.start])
    begins = begins or (not cursor.own and cursor.found != [] and _ADDING.search(before) is not None)
    cursor.open(
        Role.CONDITION,
        found if word or opening.strip() else None,
        joiner=_joiner(opening),
        negated=word.startswith(("unless", "except", "not ", "but not")),
    )
    cursor.begins = begins


def _joiner(opening: str) -> str:
    """The word or mark that ties a condition to what stands before it; a dash ties like a comma."""
    if re.match(r"(?:[,-] )*(?:but|however) ", opening):
        return "but"
    if re.match(r"(?:[,-] )*and ", opening):
        return "and"
    return "," if opening.startswith((", ", "- ")) else ""


def _is_condition(cursor: Cursor, word: str, said: str) -> bool:
    """Does the word begin a condition here, and no question and no mere thought?"""
    if word in ("should", "had", "were"):
        return not said and cursor.tokens[cursor.end - 1].norm != "?"
    if _BEFORE_SUPPOSED.search(said):
        return not _SUPPOSED.search(said)
    if not word:
        return _is_before_request(cursor)
    return not (word == "if" and cursor.role is Role.REQUEST and ASKED_IF.search(said))


def _is_before_request(cursor: Cursor) -> bool:
    """Does a request follow in the sentence, so that a bare comparison can be its condition?"""
    tokens = cursor.tokens
    for at in range(cursor.at + 2, cursor.end):
        is_tie = tokens[at].norm in _TIES
        if is_tie or tokens[at - 1].norm[:1].isdigit():
            rest = tokens[at + is_tie : cursor.end]
            if rest and (begins_request(rest, cursor.verbs) or goes_on(rest)):
                return True
    return False


def _has_object(rest: Sequence[Token]) -> bool:
    """Does something follow the verb that it is to be done to?"""
    after = rest[1] if len(rest) > 1 else None
    return after is not None and (bool(after.shape) or after.norm in _OBJECTS)


def _is_after_mark(cursor: Cursor) -> bool:
    return bool(cursor.own) and cursor.own[-1].is_mark and cursor.own[-1].norm not in "()"


def _steps_past(cursor: Cursor, pointing: re.Match[str]) -> bool:
    """Steps past the words that point back, where a request follows at once."""
    rest = cursor.after(pointing)
    if not rest:
        return False
    is_whole = _STATE.search(pointing.group().strip()) is None
    if not goes_on(rest) and (_DOES.search(pointing.group().strip()) and not _has_object(rest)):
        return False  # "if it does not arrive before Friday": the verb is its own
    is_asked = is_plain_verb(rest[0], cursor.verbs) and (is_whole or (len(rest) > 1 and rest[1].norm in _POINTED))
    if not goes_on(rest) and not is_asked:
        return False
    cursor.at += length_of(pointing)
    return True
