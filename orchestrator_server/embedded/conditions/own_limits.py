"""What narrows an effect down in its own words: "stop it bar it being late", "stop <it> with no key in it"."""

from collections.abc import Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.case_words import COMPARED, is_bare_count, states_of
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.english import WEEKDAYS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_DAYS = "|".join(sorted(WEEKDAYS))
STORY = lazy(
    r"\b(?:i|we|he|she|they|who|nobody|somebody) (?:have |had |has |only |just |already |also )*(?:\w+ed|made|bought"
    r"|put|got|was|were|waited|paid|gave|told|said|saw|thought|found|took|went)\b|\b(?:because|since|ago|yesterday)\b"
)
"""What was, and limits nothing."""
_NARROWED = lazy(
    r"\b(?:barring|bar (?:it|that|this|they|if|when)|save (?:if|when|where|only|in case|that it)|conditional"
    r"|conditionally|contingent|subject to|permitting|only where|where only|albeit|excepting"
    r"|meaning (?:not|still|it|that)"
    r"|only (?:with|as|for|from|after|under|over|at|when|once)|on condition"
    rf"|(?:from|as of|starting|effective|beginning)(?: on| from)? (?:{_DAYS}|next \w+|the \d)"
    r"|at best|(?<!as )long as|so far as)\b"
    r"|\bwhere ,"
)
"""What narrows anything down."""
_BEHIND = lazy(
    r"(?:[,({[-] )*(?:where (?!i\b|we\b|you\b)|past|as of"
    r"|not (?:before|until|till|unless|if|yet|by)|yet to|were (?:it|they|that)"
    r"|containing|having|without (?!delay|further|hesitation|fail|any (?:delay|further))"
    r"|with (?:no|more|less|fewer|over|under|at)"
    r"|granted|(?:when|while|whilst) (?!you\b|u\b|i\b|we\b|possible|able|convenient)"
    r"|(?:after|on) (?:checking|making|confirming|verifying)|only (?:a|an|the|in|still)"
    r"|(?:\d+|an?|one) (?:day|week|month|year)s?)\b"
    r"|\S+(?: \S+)? only\W*$"
)
"""What narrows an effect down right behind the thing that it is done to."""
_BEING = lazy(r"\b(?:as|being|when|while|once|at|on) (?:an? |still )?$")
"""How somebody is, at whose wish it is done."""
_WITH = lazy(r"\b(?:when|once|as|at|from|with|over|under|above|below|having|beyond|past)$")


def is_narrowed(message: Message, ask: Ask) -> bool:
    """Does the effect say itself when it is wanted?"""
    own = norms(message.of(ask.clause))
    kinds = set(ask.profile.kinds.values())
    if Kind.NAME in kinds:
        return _has_count(message, message.of(ask.clause)) or _is_of_caller(message, own)
    if _NARROWED.search(own) or (not own.endswith("<v>") and _BEHIND.match(own.rpartition("<v> ")[2])):
        return True
    if Kind.LONG in kinds:
        return _ends_in_state(message, ask)
    return has_only_ids(message, ask) and (_is_case(message, own) or _is_of_caller(message, own))


def has_only_ids(message: Message, ask: Ask) -> bool:
    """Is no value but ids given, which could look like a limit?"""
    return all(token.shape in message.index.ids for token in message.of(ask.clause) if token.shape)


def _is_case(message: Message, own: str) -> bool:
    """Does it compare, or does a sign stand behind a state of the thing ("<v> open : stop it")?"""
    if COMPARED.search(own) and not STORY.search(own):
        return True
    head, sign, _ = own.partition(" : ")
    return bool(sign) and states_of(message.index).search(head.partition("<v>")[2]) is not None


def _is_of_caller(message: Message, own: str) -> bool:
    """ "... as a gold member": does it end with how somebody is?"""
    found = next(iter(states_of(message.index).finditer(own)), None)
    return found is not None and _BEING.search(own[: found.start()]) is not None


def _has_count(message: Message, said: Sequence[Token]) -> bool:
    """ "... from 500 points on": is a number of what somebody has named beside the thing?"""
    numbers = (at for at in range(1, len(said) - 1) if said[at].norm[:1].isdigit() and not said[at].shape)
    return any(_WITH.search(said[at - 1].norm) and is_bare_count(said[at : at + 2], message.index) for at in numbers)


def _ends_in_state(message: Message, ask: Ask) -> bool:
    """Has a state become the end of a value ("... to 3 Short Street open only")?"""
    given = (str(value).lower() for name, value in ask.filled.arguments.items() if ask.profile.kinds[name] is Kind.LONG)
    return any(states_of(message.index).search(" ".join(value.split()[-2:])) for value in given)
