"""Recognises what belongs to other people: what somebody owns, has done, or is to have done for them."""

import re

from orchestrator_server.embedded.clauses.roles import Role
from orchestrator_server.embedded.declared.features import PARTICLES
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.guarding.persons import ANYBODY, OWN, PERSON, STRANGER
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.values.destinations import is_destination
from orchestrator_server.embedded.words.english import FUNCTION, HOURS, IRREGULAR, WEEKDAYS, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import EMAIL, Kind
from orchestrator_server.embedded.words.text import Token, norms

_ANYONE = r"(?:someone|somebody|anyone|anybody|everyone|everybody)"
_DOES = r"(?:\w+ing|\w+ed|bought|got|took|gave|made|found|wants?|needs?|takes|buys|gets|gives|brings?|pays)"
"""What somebody does, as a story tells it."""
_EVERYBODY = lazy(
    rf"\b(?:all|all your|every|each|all the|all of the|random|all other|any other|other|another|different"
    rf"|some other|which)"
    rf" {ANYBODY}\b|\b(?<!to )(?:another|different|random) (?:guy|man|woman|stranger)\b"
    rf"|\b(?:(?:what|which|has|have|did|does|all|everything|anything) |(?:all|everything|anything) that )"
    rf"{_ANYONE} else\b|\b{_ANYONE} else\b(?! (?:(?:is|was|has|had|have|will|would|may|might|could|can|just|already"
    rf"|also|now|then) )*{_DOES}\b)|\b(?:everybody|everyone) 's\b"
    r"|\b(?:customer|user|member) (?:base|list|database|records|data)\b|\bon behalf of\b|\bnot my own\b"
    r"|\b(?:account|accounts|data|details) (?:that )?belong(?:s|ing)? to (?!me\b)|\bbelong(?:s"
    r"|ing)? to (?:another|someone)"
    r"|\b(?:for|of) (?:the )?(?:customer|user|client|member) (?:<v>|\d|number|no|id|named|called)"
    r"|\bnot (?:on |in |from |for )?(?:mine|my own)\b(?= to\b|\W*$|\W* (?:to|and|please)\b)"
)
_DATA = words(
    """
    account accounts data details detail info information name number numbers mail email login password history
    records record age everything stuff personal private profile profiles membership
    """
)
_SMALL = FUNCTION - _DATA
_POSSESSIVE = lazy(
    rf"\b{OWN} (?:\w+ )?{PERSON}(?: 's|s(?= (?!is\b|are\b|was\b|were\b|has\b|have\b|and\b|or\b|who\b)\w))"
    r"|\b(?:mum|mom|dad|grandma|grandpa|mother|father|mr|mrs|ms|dr) (?:\w+ )?'s"
    r"|\b(?:someone|somebody|anyone|anybody|everyone|everybody) 's(?! (?:home|here|in|at|on|out|there|not|been|gone)\b)"
    r"|\b(?:his|her)\b(?! own\b)|\btheir\b(?= (?:\w+ )?(?:account|accounts|data|details|profile|e-mail|email"
    r"|name|number)\b)"
)
_OF = lazy(rf"(?P<what>[\w-]+) of {OWN} (?:\w+ )?{PERSON}\b")
_HAS = lazy(
    rf"\b(?:does|did|do|has|have|is|was|are) {OWN} (?:\w+ )?{PERSON}\b(?=(?: \w+)? (?:have|has|got"
    rf"|bought|buy|owe"
    rf"|live|spend|spent|own|get|paid|pay|use|used|receive|received|cost)\b)"
    r"|\b(?:what|which|how (?:many|much)) (?:\w+ ){0,3}(?:she|he|they) (?:has|have|had|got|bought|owns?"
    r"|spent)\b"
    rf"|\bwhat (?:did|has|does|have) {OWN} (?:\w+ )?{PERSON}\b|\b{OWN} {PERSON} (?:has"
    rf"|have) (?:bought|got)\b"
)
_DID = lazy(r"\b(?:what|which|how (?:many|much)) (?:\w+ ){0,3}(?:she|he) (?P<did>\w+ed)\b")
_DOING = lazy(
    rf"\b(?:what|which|how (?:many|much)) (?:\w+ ){{0,3}}(?:did|does|has|have) {OWN} (?:\w+ )?{PERSON} (?P<did>\w+)\b"
)
_YOU_HAVE = lazy(r"\W*(?:(?:but|and|so|because) )*you (?:\w+ )?(?:have|got|use|keep)\b")
_OWN_EMAIL = lazy(r"\bmy (?:\w+ )?(?:e-mail|email|mail)(?: \w+)? (?:to|is|from)\b|\b(?:i am|me at|my own)\b")
_TAKEN_OFF = lazy(
    rf"\b(?!(?:for|to|with|by|from|of|and|that|at|because|as|is|was)\b)\w+ {OWN} (?:\w+ )?{PERSON}"
    r" (?:off|from|out of)\b"
)
"""Somebody is what an effect is done to: "take my husband off ..."."""
_MADE = lazy(
    rf"\b(?P<what>[\w-]+) (?:(?:that|which) )?{STRANGER} (?:has |have |had |just )*(?:\w+ed|bought|made|got)\b"
)
_FOR_THEM = lazy(rf"\bfor {OWN} (?:\w+ )?{PERSON}\b(?! 's)")
_NAMED = lazy(r"\b(?:what|which|how (?:many|much)|where|when)\b.*\b(?:do|does|did|has|have|had|is|was)$")
_NAMED_VERB = words("have has got own owns live lives spend spent buy bought get paid pay owe use used receive")
_CALENDAR = words(
    """
    today yesterday tomorrow tonight morning men women ladies gents boys girls baby babies valentine new father mother
    nobody somebody someone everybody everyone anybody anyone
    """
)
_NO_NAMES = FUNCTION | _CALENDAR | WEEKDAYS | frozenset(HOURS)
_REACH = 3
_SHORTEST_DONE = 4


def is_about_another(message: Message, email: str) -> bool:
    """Is what is asked for somebody else's, or about what somebody else has done? `email` is the caller's own."""
    text = message.norms
    foreign = any(token.shape == EMAIL and token.value != email for token in message.tokens)
    if foreign and not _OWN_EMAIL.search(text):
        return True
    if _EVERYBODY.search(text) or _HAS.search(text) or _TAKEN_OFF.search(text) or _has_used(message, text):
        return True
    is_made = any(_is_data(message, [found["what"]]) for found in _MADE.finditer(text))
    return is_made or _owns(message, text) or _names_an_owner(message, email) or _asks_of_a_name(message, email)


def is_for_another(profile: Profile, text: str, ids: frozenset[str]) -> bool:
    """Is an effect upon the caller's own account wanted for somebody else ("set the number for my wife to ...")?"""
    takes_things = any(p.pattern in ids or profile.kinds[p.name] is Kind.NAME for p in profile.required)
    return profile.intent.has_effect and not takes_things and _FOR_THEM.search(text) is not None


def _has_used(message: Message, text: str) -> bool:
    """Is it about what another did with a declared verb ("what she ...ed")?"""
    said = (*_DID.finditer(text), *_DOING.finditer(text))
    return any(stem(found["did"]) in message.index.verbs for found in said)


def _owns(message: Message, text: str) -> bool:
    """Is something that servers know said to be another's ("my husband's number"), and not a place to send to?"""
    for found in _POSSESSIVE.finditer(text):
        following = re.findall(r"[^\W_]+|[^\w\s]", text[found.end() :])[:_REACH]
        owned = _before_small(following)
        if (
            _is_data(message, owned)
            and not is_destination(message, found, owned)
            and not _is_told(message, text, found.start(), owned)
        ):
            return True
    return any(
        _is_data(message, [found["what"]]) and not is_destination(message, found, [found["what"]])
        for found in _OF.finditer(text)
    )


def _is_told(message: Message, text: str, start: int, owned: list[str]) -> bool:
    """Does this stand in a story, where nothing is asked for and no value is given ("my wife lost her keys")?

    What tells that a named thing has somebody's value ("A-17 still has my ex's number") is no more than a story either.
    """
    at = text[:start].count(" ")
    clause = next((c for c in message.clauses if c.first <= at < c.end), None)
    tokens = message.of(clause) if clause is not None else ()
    is_telling = clause is not None and (
        clause.role is not Role.REQUEST
        or mood_of(tokens) in (Mood.STORY, Mood.STATEMENT)
        or _YOU_HAVE.match(norms(tokens)) is not None
    )
    shaped = [token for token in tokens if token.shape]
    is_of_named = not any(stem(word) in message.index.id_nouns | message.index.areas for word in owned)
    ahead = [t for t in shaped if t.shape in message.index.ids and t.start < message.tokens[at].start]
    return is_telling and (not shaped or (is_of_named and len(ahead) == len(shaped)))


def _before_small(said: list[str]) -> list[str]:
    """The words up to the next mark or small word, which ends what is owned."""
    ends = (i for i, word in enumerate(said) if not word.isalnum() or word in _SMALL or _is_done(word, i))
    return said[: next(ends, len(said))]


def _is_done(word: str, place: int) -> bool:
    """Is this what somebody did ("his came first"), or what is happening ("... birthday coming up"), and not owned?"""
    is_doing = place > 0 and (word.endswith("ing") or word in PARTICLES)
    return is_doing or word in IRREGULAR or (word.endswith("ed") and len(word) > _SHORTEST_DONE)


def _is_data(message: Message, said: list[str]) -> bool:
    stems = {token.stem for word in said for token in message.tokens if token.norm == word}
    return any(word in _DATA for word in said) or bool(stems & message.index.owned)


def _names_an_owner(message: Message, email: str) -> bool:
    """A name with 's before something that intents know: "erik's number"; a thing has an article before it."""
    tokens = message.tokens
    for at, token in enumerate(tokens[:-1]):
        if at and token.norm == "'s" and _is_name(message, tokens, at - 1, email):
            following = tokens[at + 1 : at + _REACH]
            ends = (i for i, t in enumerate(following) if t.is_mark or t.norm in _SMALL or (i and _is_done(t.norm, i)))
            said = following[: next(ends, len(following))]
            if any(t.norm in _DATA or t.stem in message.index.owned for t in said) or (said and said[0].shape):
                return True
    return False


def _asks_of_a_name(message: Message, email: str) -> bool:
    """Is it asked what somebody has who goes by a name ("how many ... does Erik have")?"""
    tokens = message.tokens
    for at, token in enumerate(tokens):
        if (
            not token.surface[:1].isupper()
            or not token.surface[1:].islower()
            or not _is_name(message, tokens, at, email)
        ):
            continue
        asked = _NAMED.search(" ".join(t.norm for t in tokens[max(0, at - 8) : at]))
        if asked and any(t.norm in _NAMED_VERB for t in tokens[at + 1 : at + _REACH]):
            return True
    return False


def _is_name(message: Message, tokens: tuple[Token, ...], at: int, email: str) -> bool:
    token = tokens[at]
    before = tokens[at - 1].norm if at else ""
    if token.shape or token.norm in _NO_NAMES or message.index.knows(token.stem) or token.norm in email:
        return False
    return before not in ("the", "a", "an", "my", "our", "this", "that", "your") and token.norm.isalpha()
