"""An effect that is taken back in the same breath ("A-17 ... no wait, don't"): nothing of it is left."""

from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.patterns import lazy

_LEADS = (
    r"(?:(?:and|but|oh|ok|okay|actually|sorry|wait|well|hm+|just kidding|kidding|joking|on second thou?ghts?|please|so"
    r"|i mean|rather|maybe|perhaps) (?:, )?)*"
)
_NO = (
    r"(?:no|nope|nah|not yet|not now|hold on|wait|do not(?: do)?(?: (?:it|that|this|so))?|forget (?:about )?(?:it|that)"
    r"|never mind|nevermind|leave (?:it|that)(?: (?:alone|be|as it is))?|(?:rather|better) not"
    r"|i (?:have )?changed my mind|i take (?:it|that) back|(?<=no , )stop|(?<=wait , )stop|(?<=no )stop)"
)
_CASES = lazy(r"\b(?:if|unless|otherwise|else|should|in case|provided|when|then|whether|as long as)\b")
"""Tells cases apart, one of which the end may be about."""
_TAKEN_BACK = lazy(
    rf"(?:[-,.;:?!\u2026]+|\b(?:but|actually|sorry)) {_LEADS}{_NO}(?: (?:[-,.;:!]+ )*{_LEADS}{_NO})*"
    r"(?: (?:now|then|yet|after all|please|thanks|thank you|for now|[-,.;:!]+))*$"
)


def is_taken_back(message: Message) -> bool:
    """Does the message end with taking back what it says? Not where that is one of two cases."""
    is_case = any(clause.role is Role.CONDITION or clause.joiner == "otherwise" for clause in message.clauses)
    is_case = is_case or _CASES.search(message.norms) is not None
    return not is_case and _TAKEN_BACK.search(message.norms) is not None
