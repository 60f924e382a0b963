"""Where a condition ends without a comma: at the request or the remark that follows it ("if it is late stop it")."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.heads import is_verb
from orchestrator_server.embedded.words.english import FINITE, FUNCTION, IRREGULAR, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_ASKS = lazy(
    r"(?:please|kindly|can you|could you|would you|will you|you can|you could|you may|have (?:it|that|them|the"
    r"|<v>)|let"
    r"|never mind|forget (?:it|that|about)|ignore|nothing|no (?:issues?|problem|worries|need)|do not"
    r"|just (?!\d|under|over|one\b|an?\b|the\b)"
    r"|i (?:\w+ )?(?:want|wish|need|would|have to|have got to)\b(?! (?:is|was|it to be|it by))|do nothing"
    r"|any chance)\b"
    r"|(?:keep|leave)(?= (?:it|them|that|this|as|my|the|everything|<v>|alone|,)|$)"
)
"""How requests begin behind a condition."""
_TELLS = lazy(
    r"(?:i|we|you) (?:can|will|would|do|am|are|must|shall|should|might|guess|suppose|know|could)\b"
    r"|(?:i|we) keep (?:it|them|that|the|<v>)"
    r"|(?:something|nothing|someone|somebody|nobody) (?:is|'s|has|must|was|will)\b"
    r"|(?:it|its|that|this|they|there|he|she) (?:is|was|will|would|has|are|can|makes?)\b|its (?:not|no|fine|ok"
    r"|okay|alright|good|mine)\b"
)
"""What tells a consequence: "if it is late i can not use it"."""
_GOES_ON = lazy(
    r"(?:,|then|please|just(?! (?:\d|one\b|an?\b|the\b|under\b|over\b))|kindly|so|never mind|forget|do|keep|leave"
    r"|i (?:\w+ )?(?:want|need|would|will|can)"
    r"|can you|could you)"
    r"(?= |$)"
)
"""What follows a condition that only points back ("if it has ..."), or one of a few words."""
_FINITE = lazy(
    rf"\b(?:{FINITE}|am|be|costed|came|comes?|got|gets?|shows?|says?|takes?"
    r"|contains?|includes?|arrives?|not)\b|ed\b"
)
"""Verbs that make a condition complete."""
_IS_TOLD = lazy(r"(?:is|are|was|were|has|had|costs?|costed|came|will)$")
"""What follows a noun and no verb: "... the order was late"."""
_INFLECTED = lazy(r"(?:ed|ing|[^s]s)$")
"""Endings of verbs that do not ask."""
_AFTER_OBJECT = words("and please asap then or i now")
_TAG = lazy(r"that is(?: though| of course| obviously| please)?(?: \W)*")
"""A remark at the end: "if it is late, that is"."""
_DETERMINERS = words("the my a an any its your this our")
_VERB = lazy(
    rf"\b(?:{FINITE}|am|be|been|can|could|costed|came|comes?|got|gets?|shows?|says?"
    r"|takes?|contains?|includes?|not|arrives?|goes|went|left)\b"
    r"|(?<!\bthe )(?<!\bmy )(?<!\ba )(?<!\ban )(?<!\bits )(?<!\bany )\b\w+ed\b"
    r"|[<>≥≤]|'s\b"
)
_COUNTED = lazy(r"\b(?:an?|any|no|some|one|the|more than|at least|\d+) (?:\w+ )?[a-z]+$")
"""A noun to which "that" belongs."""
_LEANING = words("more less fewer older newer later earlier longer shorter cheaper higher lower over under above below")
_BRANCHING = words("else otherwise if please")
"""What follows a request that is but a verb: "if open stop else leave"."""
_SUBJECTS = words("i we you they he she who that which it")
_BEFORE_NOUN = words(
    """
    a an the my your our his her their any no some this that another i you we they to not is are was be been than
    of in on at with from for has have had does did do will would can could should still it were
    since after before until till by than per about around between within during like without
    whole entire total full complete last first second other same latest newest next new old current
    """
)
_POINTED = words("it them em that this")
_ENDING = words("yet already now here there it them that later more less most least again out anymore still all")
"""Small words with which a clause can end."""


def begins_after_condition(tokens: Sequence[Token], first: int, at: int, end: int, verbs: frozenset[str]) -> bool:
    """Does the condition that began at `first` end before `at`, where something is asked for or told?"""
    if at < first + 1 or tokens[at].is_mark:
        return False
    before, rest = tokens[at - 1], tokens[at : min(at + 6, end)]
    said = norms(rest)
    if _TAG.fullmatch(said):
        return False
    if at < first + 2:
        is_asked = len(rest) == 1 or _is_object(rest[1]) or rest[1].is_mark or rest[1].norm in _BRANCHING
        return _is_state_alone(before) and is_plain_verb(rest[0], verbs) and is_asked
    if _ASKS.match(said):
        return before.norm not in _BEFORE_NOUN or before.norm in ("is", "was", "not", "has", "did", "it", "that")
    if _is_unfinished(tokens[first:at]) or (before.norm == "one" and not (len(rest) > 1 and _is_object(rest[1]))):
        return False
    if _TELLS.match(said):
        if said.startswith("that ") and _COUNTED.search(norms(tokens[first:at])):
            return False  # "if I have a file that is older than a month"
        return _is_complete(tokens[first:at]) and not _leads_on(before)
    if before.norm in _BEFORE_NOUN and not _is_pointed(tokens[first:at]):
        return False
    is_noun = len(rest) > 1 and _IS_TOLD.match(rest[1].norm) is not None
    return (is_plain_verb(rest[0], verbs) and not is_noun) or _is_unknown_verb(before, rest)


def goes_on(tokens: Sequence[Token]) -> bool:
    """Do these tokens go on with a request, right after a condition that only points back ("if it has, ...")?"""
    return _GOES_ON.match(norms(tokens[:5])) is not None


def is_plain_verb(token: Token, verbs: frozenset[str]) -> bool:
    """Is this a verb as it is used to ask, and no "sent" or "given"?"""
    return is_verb(token, verbs) and token.norm not in IRREGULAR


def _is_state_alone(token: Token) -> bool:
    """Can one word be all of a condition ("if more stop it", "if open stop it")?"""
    return token.norm in _LEANING or (token.norm not in FUNCTION and token.norm.isalpha())


def _is_object(token: Token) -> bool:
    return bool(token.shape) or token.norm in _POINTED or token.norm in ("my", "the", "me")


def _is_unfinished(said: Sequence[Token]) -> bool:
    """Is only a thing named so far ("the estimated ...")?"""
    return said[0].norm in _DETERMINERS and _VERB.search(norms(said)) is None


def _is_complete(said: Sequence[Token]) -> bool:
    """Has a condition a verb of its own, so that another subject begins something new?"""
    return len(said) > 2 and _FINITE.search(norms(said)) is not None


def _leads_on(token: Token) -> bool:
    """Does this word still need the next: "that it is", "before it was", "and it has"?"""
    return (token.norm in FUNCTION and token.norm not in _ENDING) or token.norm in ("ago", ",") or token.is_mark


def _is_pointed(said: Sequence[Token]) -> bool:
    """Does the condition end in a pronoun that is no subject ("if they have it stop ...")?"""
    return said[-1].norm in _POINTED and len(said) > 2 and said[-2].norm not in ("if", "and", "or", "that")


def _is_unknown_verb(before: Token, rest: Sequence[Token]) -> bool:
    """A word that nobody declared, said like a verb that asks: "... kill it", "... bin them please"."""
    if len(rest) < 2 or rest[1].norm not in ("it", "them", "em") or before.norm in _SUBJECTS:
        return False
    word = rest[0].norm
    if word in FUNCTION or word in IRREGULAR or not word.isalpha() or _INFLECTED.search(word):
        return False
    return len(rest) == 2 or rest[2].is_mark or rest[2].norm in _AFTER_OBJECT
