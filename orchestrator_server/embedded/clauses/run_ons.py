"""Where another clause begins with no word or mark before it: "if it is late stop it i do not need it"."""

from collections.abc import Sequence

from orchestrator_server.embedded.clauses.cursor import Cursor
from orchestrator_server.embedded.clauses.openings import begins_after_condition
from orchestrator_server.embedded.clauses.roles import Role
from orchestrator_server.embedded.declared.heads import is_verb
from orchestrator_server.embedded.words.english import FUNCTION, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_BEFORE = frozenset(["it", "that", "them", "me", "please", "<v>", "now", "asap", "thanks"])
_RUN_ON = lazy(
    r"(?:i|we) (?:am|are|will|do|can|was|were|need|want|would|no|just|\w+ing)\b|(?:it|its|they|he|she|someone) (?:is"
    r"|are|was|takes?|has)\b"
    r"|its (?:too|not|been|for|the|an?|no|so|just|only|way|still|already|never|my|his|her|very|really|wrong)\b"
    r"|(?:my|our) \w+ (?:is|was|has|wants|needs|does|did|bought|got|already)\b|keep (?:the|my) "
)
_TOPIC = lazy(r"(?:all|every|each|any|everything|anything|whatever)\b.*\b(?:that|which|older|over|under|from|is|are)\b")
_AT_THEM = lazy(r"(?:just|please|kindly) (?!the\b|my\b|be\b)[a-z]+ (?:them|em|it|those)\b")
"""What is to be done with many things that were named: "every file that is open just stop them"."""
_YOU = lazy(r"(?:can|could|would|will) you\b")
"""Begins a request wherever it stands: "i moved last month can you update ..."."""
_WISH = lazy(r"(?:i|we) (?:want|need|wish|would) (?:to|like)\b")
"""Begins a wish."""
_PLACING = frozenset(["from", "of", "in", "out", "for", "with", "about", "on"])
_NOT_BEFORE = words(
    "if whether how when what which where who why and or so but that i we you to is are not maybe also then hi hello"
)
_OBJECTS = frozenset(["my", "the", "me", "a", "it"])


def ends_condition(cursor: Cursor) -> bool:
    """In "if it is late stop it" the request begins at a plain verb."""
    if cursor.role is Role.REQUEST or not cursor.leads():
        return False
    if not begins_after_condition(cursor.tokens, cursor.start, cursor.at, cursor.end, cursor.verbs):
        return False
    cursor.open(Role.REQUEST, None)
    return True


def runs_on(cursor: Cursor) -> bool:
    """In "stop it i do not need it" a new clause begins without a comma."""
    if cursor.role is not Role.REQUEST or len(cursor.own) < 2:
        return False
    ahead = cursor.tokens[cursor.at : cursor.at + 3]
    if len(cursor.own) == 2 and cursor.own[0].norm in _PLACING and cursor.own[1].shape:
        return False
    text, before = cursor.ahead(3), cursor.own[-1].norm
    is_next = len(cursor.own) > 2 and before not in _NOT_BEFORE
    is_wish = is_next and ((before not in FUNCTION and _WISH.match(text)) or _YOU.match(text))
    is_done = _AT_THEM.match(text) and _TOPIC.match(cursor.said)
    is_more = before in _BEFORE and (_RUN_ON.match(text) or _is_next_verb(cursor, ahead))
    if not (is_wish or is_done or is_more):
        return False
    cursor.open(Role.REQUEST, None)
    return True


def _is_next_verb(cursor: Cursor, ahead: Sequence[Token]) -> bool:
    """Does another request begin right after a value: "show A-1042 stop A-1043"?"""
    has_object = len(ahead) > 1 and (bool(ahead[1].shape) or ahead[1].norm in _OBJECTS)
    return bool(cursor.own[-1].shape) and has_object and is_verb(ahead[0], cursor.verbs)
