"""Where "and", "then", a comma or a colon begins another clause, and where it only goes on with the one at hand."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.clauses.cursor import Cursor
from orchestrator_server.embedded.clauses.markers import JOIN
from orchestrator_server.embedded.clauses.roles import Role
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.words.english import FINITE, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_PURPOSE = lazy(
    r"(?:that |i |we |it |they |he |she |you |(?:the|my|our) [a-z]+ (?=can|could|will|would|may|knows"
    r"|gets))(?!want|need|would|wish|have (?:to|got)|only (?:if|when)|if )"
)
"""What follows `so` where it says what for, or how it is, and asks for nothing."""
_STATES = lazy(
    r"(?:(?:clearly|obviously|apparently|evidently|honestly|frankly|seriously|presumably|probably|maybe|hopefully) )?"
    r"(?:(?:i|we|he|she|it|they|that|this|there) (?!one\b|and\b|,|too\b|as well\b)[a-z]+\b"
    r"|(?:nobody|somebody|someone|everybody|everyone|nothing|something) (?:\S+ ){0,4}(?:is|are|was|were|has|have|had"
    r"|will|would|can|'s)\b)"
    r"|(?:that|this) one (?:(?:has|have|had|already|just|only|also|really) )*(?:is|was|came|has|will|went|got"
    r"|looks|can|should"
    r"|must|i|we|\w+ed)\b"
    r"|(?:was|were|am|been|got|had)(?= (?:a|an|the|so|too|very|just|not|only|in|on|at|really|my|over)\b)"
    r"|(?:my|our|the|his|her|those|these|your) (?:[^\s,.;!?]+ ){1,7}?(?:is|are|was|were|has|have|had|will|would"
    r"|can|may"
    r"|does|do|did|goes|needs|must|should)\b"
    r"|(?:my|our|the|his|her|those|these|this|that) (?:[^\s,.;!?]+ ){1,4}?(?:i|we) (?:(?:will|would|am|are"
    r"|want to|can|just) )*"
    r"(?:keep|keeping|hold|need|like|love|kept)\b"
)
"""What follows a comma or "and" where something is told."""
_TELLING = lazy(r"(?:i|we|my|our|he|she|because|cause|since|thanks|sorry|please)\b")
"""What follows a comma after a condition where a story goes on."""
_REMARKS = lazy(
    r"(?:(?:that|this|which) (?:is|was|would|will|makes|means|does|can)\b(?! (?:still|over|under|more|less|older"
    r"|not yet|if)\b)"
    r"|for (?:less|more|that|the [a-z]+\W*$|my [a-z]+\W*$)|whichever\b|(?:any|either|one) of (?:the|them"
    r"|those)\b|either (?:one )?(?:is|will)\b"
    r"|so (?:that )?(?:(?:the|my|our) [a-z]+|i|we|he|she|they|it) (?:can|could|will|would|may|knows?|gets?)\b)"
)
"""What follows a comma behind a condition at the end, and says only why or what for."""
_OBLIGES = lazy(
    r"<v> (?:[:,-] |please |(?:can|could|would|will) you )(?!<v>)|<v> (?:both |all )?(?:should|must|need|needs"
    r"|have to|has to|are|can|may|will)\b"
)
"""What goes on with the last of several things: "A-1 and A-2 should both go to ..."."""
_DETERMINERS = words("the my our this that these those both")
_AUXILIARIES = words("should must needs is are was were has have had will would can could may do does did not")
_BEFORE_THEN = words("by until till since before from than after around about")
_BEFORE_ALSO = words("i we would will do am are have can could you please")
"""Behind these "also" is but a part of the request that they begin ("i also want ...")."""
_AFTERWARDS = ("after that", "afterwards")
_CONSEQUENCES = ("so", "therefore", "hence")
_LONGEST_SUBJECT = 6
_MORE = lazy(
    r"(?:any |even |much )?(?:more|less|fewer|older|newer|higher|lower|above|below|up|upwards|longer|shorter|later"
    r"|earlier|sooner|onwards?|over|under|cheaper)\b"
)
_TELLING_ON = lazy(
    r"(?:(?:still|also|already|yet|not|never|only|now) )*(?:is|are|has|have(?! (?:it|them|that|this|the|my|a|an"
    r"|<v>)\b)"
    r"|had|was|were|does|did|will|costs?|contains?)\b(?! (?:(?:it|they|there|my|i|you|the|this|that)\b|<v>))"
)
"""What goes on with a condition whose subject was said: "... and still has not come"."""
_STATED = lazy(
    r"(?:(?:the|its|my|this|that) )?(?!i\b|we\b|you\b|what|where|when|how|who|which|why)[a-z]+(?: <v>)?"
    r" (?:(?:is|are|was|were)(?! (?:to|you|it|there|they|i)\b)|has (?!to\b)|costs?\b|contains?\b)"
)
"""Something else of which something is told: "... and the ... is more than 10 days off"."""
_RELATIVE = lazy(
    r"\b(?:all|every|each|any|anything|everything|those|ones?|my|the)\b.*\b(?:that|which|who|older|newer|over|under"
    r"|above|below"
    r"|placed|from)\b"
)
_RESTRICTS = lazy(
    r"(?:(?:that|which|still|also|already|not|never|yet|have|has|are|is|were|was) )*"
    r"(?:(?:is|are|were|was|has|have|had)(?! (?:you|it|they|there|my|i)\b)|costs?|costed|costing|contain|worth"
    r"|placed|older"
    r"|newer|over \W?\d|under \W?\d|above|below|more than|less than|at least|cheaper)\b"
)
"""What goes on with "all ... that are open": "and cost more than 20"."""
_CASE = lazy(
    r"(?:<v> (?:[-:,] )?)?(?:(?:still|already|not|over|under|more than|less than|older than)(?: [^\s?]+){1,4}"
    r"|\w{3,}(?:ed|ing))"
)
_LEAVES = lazy(r"(?:please |just |then )*(?:keep|leave) (?:it|them|that|this|everything|as|<v>|the|my)\b")
"""A request to leave something as it is."""
_SUBJECT = lazy(r"(?:i|we|you|it|they|that|this|there) [a-z]+")
"""A subject with its verb."""
_FINITE = lazy(rf"\b(?:{FINITE}|be|came|got|contains?|\w+ed)\b")
_THAN = words(
    "more less fewer older newer higher lower longer shorter later earlier sooner rather cheaper bigger other"
)


def joins(cursor: Cursor) -> bool:
    """Steps over a joining word or mark; begins another clause where one follows."""
    found = JOIN.match(cursor.ahead(5))
    if not found or _is_time(cursor, found):
        return False
    rest, word = cursor.after(found), found["word"] or ","
    if word in _AFTERWARDS and cursor.role is Role.CONDITION and not found.group().startswith(","):
        cursor.at += word.count(" ") + 1  # "if it arrives after that, ..."
        return True
    if found.group() == ":" and _is_case(cursor) and begins_request(rest, cursor.verbs):
        cursor.role, cursor.begins = Role.CONDITION, True  # "open: stop it, closed: show it"
        cursor.open(Role.REQUEST, found)
        return True
    is_remark = found.group() == "," and cursor.role is Role.CONDITION and _REMARKS.match(norms(rest[:9])) is not None
    if is_remark or (word in _CONSEQUENCES and len(cursor.own) > 1 and _PURPOSE.match(norms(rest[:3]))):
        cursor.open(Role.ASIDE, found, joiner="so")
    elif _goes_on(cursor, found, rest, word):
        cursor.step(found)
    else:
        _open(cursor, found, rest, word)
    return True


def _goes_on(cursor: Cursor, found: re.Match[str], rest: Sequence[Token], word: str) -> bool:
    """Does the clause at hand go on behind the joint?"""
    is_request = cursor.role is Role.REQUEST
    if word == "also" and is_request and all(token.norm in _BEFORE_ALSO for token in cursor.own):
        return bool(cursor.own)
    if found.group() == "also" and cursor.own and cursor.own[-1].norm in _AUXILIARIES:
        return True
    if word == "or" and cursor.own and _MORE.match(norms(rest[:2])):
        return True
    if word in _CONSEQUENCES and not begins_request(rest, cursor.verbs):
        return True
    if found.group().strip() == ":" and is_request and not _introduces(cursor, rest):
        return True
    if not is_request and not _splits(cursor, rest, word):
        return True
    if word in ("and", "or", "but") and _RELATIVE.search(cursor.said) and _RESTRICTS.match(norms(rest[:4])):
        return True
    if word == "and" and _NAMED.fullmatch(cursor.said) and _NAMED_TOO.match(norms(rest[:12])):
        return True
    return word in ("and", ",", "or") and _is_subject(cursor) and _is_told_of(cursor, rest)


def _open(cursor: Cursor, found: re.Match[str], rest: Sequence[Token], word: str) -> None:
    """Begins a request, which is a fragment where it neither asks nor tells anything by itself."""
    text = norms(rest[:9])
    is_whole = (_STATES.match(text) or _LEAVES.match(text)) is not None or begins_request(rest, cursor.verbs)
    is_fragment = cursor.role is Role.REQUEST and not is_whole
    cursor.open(Role.REQUEST, found, joiner=word.split()[-1].strip(", ") or ",", is_fragment=is_fragment)


def _is_time(cursor: Cursor, found: re.Match[str]) -> bool:
    """Is this the `then` of "by then", or a `than`?"""
    if found["word"] != "then" or not cursor.own:
        return False
    return cursor.own[-1].norm in _BEFORE_THEN or is_than(cursor.own[-1], cursor.after(found))


def is_than(before: Token, after: Sequence[Token]) -> bool:
    """Is this `then` a `than` ("more then 14")?"""
    return before.norm in _THAN and bool(after) and (after[0].norm[:1].isdigit() or after[0].norm in ("a", "an", "€"))


def _is_subject(cursor: Cursor) -> bool:
    """Is the clause so far nothing but the first of several things of which something is told?"""
    own = [token.norm for token in cursor.own if not token.is_mark]
    is_noun = 1 < len(own) <= _LONGEST_SUBJECT and own[0] in _DETERMINERS and _AUXILIARIES.isdisjoint(own)
    is_noun = is_noun or (len(own) == 2 and own[0].endswith("s") and own[1] == "<v>")
    return is_noun or (bool(own) and set(own) <= {"<v>", "and", "both", "either", "or"})


_NAMED = lazy(r"\W*(?:(?:the|my|our|both|a) )?(?:[a-z-]+ ){1,4}(?:from|of|in|out of) <v>\W*")
_NAMED_TOO = lazy(
    r"(?:the |my |our )?(?:[a-z-]+ ){1,4}(?:from|of|in|out of) <v> (?:(?:both|all|please) )?"
    r"(?:should|must|need|has|have|go|goes|are|can|both|all)\b"
)
"""Things of two ids, of which the same is said."""


def _is_told_of(cursor: Cursor, rest: Sequence[Token]) -> bool:
    """Is something told of what stands before, and nothing asked for?"""
    if _OBLIGES.match(norms(rest[:4])):
        return True
    return _STATES.match(norms(rest[:9])) is not None and not begins_request(rest, cursor.verbs)


def _introduces(cursor: Cursor, rest: Sequence[Token]) -> bool:
    """Is a colon followed by a request of its own, and not by the value or the verb of what stands before it?"""
    return begins_request(rest, cursor.verbs) and not any(token.shape for token in cursor.own)


def _splits(cursor: Cursor, rest: Sequence[Token], word: str) -> bool:
    """Does a joint within a condition, a time or an aside end it?"""
    if word == "or":
        return False
    if word == "," and cursor.leads():
        return not (cursor.role is Role.CONDITION and _TELLING_ON.match(norms(rest[:5])))
    if word == "," and cursor.role is Role.CONDITION and _TELLING.match(norms(rest[:2])):
        return True
    if word == "and" and cursor.role is Role.CONDITION and _is_verbless(cursor) and _SUBJECT.match(norms(rest[:2])):
        return True
    if word == "and" and cursor.role is Role.CONDITION and _TELLING_ON.match(norms(rest[:5])):
        return False
    if word == "and" and cursor.role is Role.CONDITION and _STATED.match(norms(rest[:6])):
        return False
    is_left = cursor.role is Role.CONDITION and _LEAVES.match(norms(rest[:6])) is not None
    return "then" in word or is_left or begins_request(rest, cursor.verbs, is_condition=True)


def _is_case(cursor: Cursor) -> bool:
    """Does the clause so far name but a state, before a colon behind which it says what to do then?"""
    is_verb = any(token.norm.endswith("ing") and token.stem in cursor.verbs for token in cursor.own)
    return cursor.role is Role.REQUEST and not is_verb and _CASE.fullmatch(cursor.said.strip(" ,-")) is not None


def _is_verbless(cursor: Cursor) -> bool:
    """Is the condition a bare comparison so far ("any earlier and I keep it")?"""
    return cursor.leads() and len(cursor.own) < 5 and _FINITE.search(cursor.said) is None
