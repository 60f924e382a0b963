"""Questions with their words in another order ("when it will come?") or without a verb ("A-17 here yet or no")."""

from orchestrator_server.embedded.plainly.respelling import respelled, rule
from orchestrator_server.embedded.words.text import Token

_BEGIN = r"(?:^|(?<=[.!?;\n] ))(?:(?:hi|hello|hey|so|and|but|ok|please|then|also|just|only|sorry|,) )*"
_WHO = r"(?:it|they|<v>|this|that|(?:the|my|our) (?:(?!<v>)[a-z]+ )?(?:[a-z]+|<v>))"
_DOES = r"(?!is\b|are\b|was\b|has\b|have\b|had\b|will\b|can\b|does\b|did\b|please\b|if\b|and\b)[a-z]{3,}"
_OR_NOT = r"(?:(?: ,)? (?:yes )?or (?:no|not|nah|nope|what|otherwise|nay))"
_RULES = (
    rule(
        "when ",
        rf"{_BEGIN}(?P<a>when) {_WHO}(?P<b> (?:will|would|shall)) (?:(?:be|get|have|been) )*[a-z]+(?: [a-z]+){{0,4}}"
        r"(?: [?.!]|$)",
        a="when will",
        b="",
    ),
    rule(
        "when ",
        rf"{_BEGIN}(?P<a>when) {_WHO} {_DOES}(?: (?:here|home|there|to me|to us|in|today|then|please|now|at last"
        r"|finally))* \?",
        a="when will",
    ),
    rule(
        "when ",
        rf"{_BEGIN}(?P<a>when) {_WHO}(?P<b> (?:is|are)) (?:[a-z]+ing|due|here|there)(?: [a-z]+){{0,3}} \?",
        a="when is",
        b="",
    ),
    rule(
        "<v> ",
        rf"{_BEGIN}(?:(?:my|the|our|your) (?:[a-z]+ )?)?(?P<a>)<v> (?:still |now |already )?(?:going to|coming"
        rf"|getting|arriving|here|there|due|ready"
        rf"|on (?:its|the) way)\b(?: [a-z0-9]+){{0,6}}?(?P<b>{_OR_NOT})(?= \?|$)",
        a="is",
        b="",
    ),
    rule("or ", rf"{_BEGIN}(?:is|are|will|does|has) [^.!?;\n]*?[a-z>](?P<b>{_OR_NOT})(?= \?|$)", b=""),
    rule(
        "be here|be there|be with ",
        r"\b(?:is|will) (?:(?:the|my) )?(?:[a-z]+ )?<v> (?:(?:really|still|actually"
        r"|going to) )*(?P<v>be (?:here|there|with (?:me|us)))"
        r"(?= (?:by|before|on|in time|tomorrow|today|tonight|this|next|for|at|within|in)\b)",
        v="arrive",
    ),
    rule(
        "at all|in general|generally|ever ",
        r"\b(?P<a>(?:can|could|do|would) you(?: (?:guys|people|even|actually|also|ever"
        r"|generally))*) (?=[a-z]+ (?:[a-z]+s|things?|stuff)"
        r"(?: (?:at all|in general|generally|ever))* \?)",
        a="can i",
    ),
    rule(
        "make it",
        r"\b(?:is|are) (?:the |my )?(?:[a-z]+ )?<v> (?P<a>going to make it)(?= (?:before|by|in time|on time"
        r"|here|there|to me|until)\b)",
        a="going to arrive",
    ),
)


def asked_plainly(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with such questions as they are mostly asked."""
    return respelled(tokens, _RULES)
