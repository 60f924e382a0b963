"""Recognises what must not be done: other people's data, and talk about the assistant instead of with it.

This is politeness and not protection: identity is bound and checked at the call (DESIGN.md, promise 4).
"""

import re

from orchestrator_server.embedded.attacks import is_about_prompt, is_injection
from orchestrator_server.embedded.clauses import Role
from orchestrator_server.embedded.courtesies import is_courteous
from orchestrator_server.embedded.english import FUNCTION, HOURS, PEOPLE, WEEKDAYS, stem, words
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.moods import Mood, mood_of
from orchestrator_server.embedded.shapes import EMAIL, LONG
from orchestrator_server.embedded.text import Token

_PEOPLE = "|".join(sorted(PEOPLE, key=len, reverse=True))
_OWN = r"(?:my|our|the|a|an|his|her|their|this|that|your|some)"
_ANYBODY = r"(?:customers?|users?|clients?|members?|persons?|people|accounts?)"
_EVERYBODY = re.compile(
    rf"\b(?:all|all your|every|each|all the|all of the|random|all other|any other|other|another|different"
    rf"|some other|which)"
    rf" {_ANYBODY}\b|\b(?<!to )(?:another|different|random) (?:guy|man|woman|stranger)\b"
    r"|\b(?:someone|somebody|anyone|anybody|everyone|everybody) else\b|\b(?:everybody|everyone) 's\b"
    r"|\b(?:customer|user|member) (?:base|list|database|records|data)\b|\bon behalf of\b|\bnot my own\b"
    r"|\b(?:account|accounts|data|details) (?:that )?belong(?:s|ing)? to (?!me\b)|\bbelong(?:s"
    r"|ing)? to (?:another|someone)"
    r"|\b(?:for|of) (?:the )?(?:customer|user|client|member) (?:<v>|\d|number|no|id|named|called)"
)
_DATA = words(
    """
    account accounts data details detail info information name number numbers mail email login password history
    records record age everything stuff personal private
    """
)
_POSSESSIVE = re.compile(
    rf"\b{_OWN} (?:\w+ )?(?:{_PEOPLE}) 's|\b(?:mum|mom|dad|grandma|grandpa|mother|father) 's"
    r"|\b(?:someone|somebody|anyone|anybody|everyone|everybody|nobody) 's"
    r"|\b(?:his|her)\b(?! own\b)|\btheir\b(?= (?:\w+ )?(?:account|accounts|data|details|profile|e-mail|email"
    r"|name|number)\b)"
)
_OF = re.compile(rf"(?P<what>[\w-]+) of {_OWN} (?:\w+ )?(?:{_PEOPLE})\b")
_HAS = re.compile(
    rf"\b(?:does|did|do|has|have|is|was|are) {_OWN} (?:\w+ )?(?:{_PEOPLE})\b(?=(?: \w+)? (?:have|has|got"
    rf"|bought|buy|owe"
    rf"|live|spend|spent|own|get|paid|pay|use|used|receive|received|cost)\b)"
    r"|\b(?:what|which|how (?:many|much)) (?:\w+ ){0,3}(?:she|he|they) (?:has|have|had|got|bought|owns?"
    r"|spent)\b"
    rf"|\bwhat (?:did|has|does|have) {_OWN} (?:\w+ )?(?:{_PEOPLE})\b|\b{_OWN} (?:{_PEOPLE}) (?:has"
    rf"|have) (?:bought|got)\b"
)
_DID = re.compile(r"\b(?:what|which|how (?:many|much)) (?:\w+ ){0,3}(?:she|he) (?P<did>\w+ed)\b")
_TOWARDS = re.compile(r"\b(?:to|at|into|in|for|with|near) (?:\w+ ){0,2}$")
_OWN_EMAIL = re.compile(r"\bmy (?:\w+ )?(?:e-mail|email|mail)(?: \w+)? (?:to|is|from)\b|\b(?:i am|me at|my own)\b")
_CALENDAR = words(
    """
    today yesterday tomorrow tonight morning men women ladies gents boys girls baby babies valentine new father mother
    """
)
_NOT_NAMES = _CALENDAR | WEEKDAYS | frozenset(HOURS)
_REACH = 3


def out_of_bounds(message: Message, email: str) -> str | None:
    """The reason for which a message must be refused; None where there is none."""
    if is_injection(message.text, message.norms):
        return "injection"
    if is_about_prompt(message.norms):
        return "system_prompt"
    if _is_about_another(message, email.lower(), message.norms):
        return "other_user"
    return None


def is_chatter(message: Message) -> bool:
    """Is this talk for talk's sake?"""
    return is_courteous(message.norms) or not any(t.norm[:1].isalnum() or t.shape for t in message.tokens)


def _is_about_another(message: Message, email: str, text: str) -> bool:
    foreign = any(token.shape == EMAIL and token.value != email for token in message.tokens)
    if foreign and not _OWN_EMAIL.search(text):
        return True
    if _EVERYBODY.search(text) or _HAS.search(text) or _has_used(message, text):
        return True
    return _owns(message, text) or _names_an_owner(message, email)


def _has_used(message: Message, text: str) -> bool:
    """Is it about what another did with a declared verb ("what she ...ed")?"""
    return any(stem(found["did"]) in message.index.verbs for found in _DID.finditer(text))


def _owns(message: Message, text: str) -> bool:
    """Is something that servers know said to be another's ("my husband's number"), and not a place to send to?"""
    has_place = any(t.shape == LONG for t in message.tokens)
    for found in _POSSESSIVE.finditer(text):
        following = re.findall(r"[^\W_]+|[^\w\s]", text[found.end() :])[:_REACH]
        goes_there = bool(_TOWARDS.search(text[: found.start()])) and (has_place or "'s" in found.group())
        if (
            not goes_there
            and _is_data(message, _before_small(following))
            and not _is_told(message, text, found.start())
        ):
            return True
    return not has_place and any(_is_data(message, [found["what"]]) for found in _OF.finditer(text))


def _is_told(message: Message, text: str, start: int) -> bool:
    """Does this stand in a story, where nothing is asked for and no value is given ("my wife lost her keys")?"""
    at = text[:start].count(" ")
    clause = next((c for c in message.clauses if c.first <= at < c.end), None)
    tokens = message.of(clause) if clause is not None else ()
    is_telling = clause is not None and (
        clause.role is not Role.REQUEST or mood_of(tokens) in (Mood.STORY, Mood.STATEMENT)
    )
    return is_telling and not any(token.shape for token in tokens)


def _before_small(said: list[str]) -> list[str]:
    """The words up to the next mark or small word, which ends what is owned."""
    end = next((i for i, word in enumerate(said) if not word.isalnum() or (word in FUNCTION - _DATA)), len(said))
    return said[:end]


def _is_data(message: Message, said: list[str]) -> bool:
    stems = {token.stem for word in said for token in message.tokens if token.norm == word}
    return any(word in _DATA for word in said) or bool(stems & message.index.owned)


def _names_an_owner(message: Message, email: str) -> bool:
    """A name with 's before something that intents know: "erik's number"; a thing has an article before it."""
    tokens = message.tokens
    for at, token in enumerate(tokens[:-1]):
        if at and token.norm == "'s" and _is_name(message, tokens, at - 1, email):
            following = tokens[at + 1 : at + _REACH]
            ends = next((i for i, t in enumerate(following) if t.is_mark or t.norm in FUNCTION - _DATA), len(following))
            said = following[:ends]
            if any(t.norm in _DATA or t.stem in message.index.owned for t in said) or (said and said[0].shape):
                return True
    return False


def _is_name(message: Message, tokens: tuple[Token, ...], at: int, email: str) -> bool:
    token = tokens[at]
    before = tokens[at - 1].norm if at else ""
    if token.shape or token.norm in FUNCTION | _NOT_NAMES or message.index.knows(token.stem) or token.norm in email:
        return False
    return before not in ("the", "a", "an", "my", "our", "this", "that", "your") and token.norm.isalpha()
