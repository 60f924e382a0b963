"""What to ask before an effect is planned, where people corrected themselves or left open which thing they mean."""

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.requests.partly import only_in_part
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_POINTING = frozenset({"it", "that", "this", "one"})
_CORRECTION = lazy(
    r"\b(no (, )?(wait|sorry|actually|rather)|wait (, )?no|(scratch|scrap) that|i meant? (?!it\b|that\b|what\b|[,.;!?])"
    r"|correction)\b|[?.!,] (hold on |sorry |wait |oops )?no , "
    r"|[,.!] (?:no|sorry|wait|oops|actually|rather)(?: ,)? (?:the|an?|my"
    r"|\d+) (?!too\b)\w+(?: \w+)?(?: (?:i mean|please|instead))?(?: [.,!?]|$)"
)
"""Words with which people take back what they just said; which half stands is not for us to guess."""
_ONE_MORE = lazy(
    r"\b(?:and|plus|also|,) (?:also |too )?(?:that|the|my) other (?:one )?"
    r"(?:too|as well|also|[,.!?;]|$|please|i forgot|whose)"
)
"""One more thing is meant that is not named; the rest alone is not what was asked for."""
_I_MEAN = lazy(r"\bi mean (?:to |please )?(?P<verb>[a-z]+)\b|\b(?P<ahead>[a-z]+) (?:it|them|that|both) i mean\b")


def unclear_effect(message: Message, understood: Understood) -> str:
    """What to ask before an effect is planned from words that leave open which thing is meant; empty when clear."""
    behind = min((a.clause.first for a in understood.asks if a.profile.intent.has_effect), default=0)
    corrects = _CORRECTION.search(norms(message.tokens[behind:])) is not None
    if corrects and not understood.retracted and not _says_it_plainly(message, understood):
        return "You corrected yourself; please say once more, in one sentence, what I shall do."
    if _ONE_MORE.search(message.norms) and not message.context.other_of_any():
        return "Which other one do you mean? Please name it."
    if in_part := only_in_part(message, understood):
        return in_part
    triples = zip(message.tokens, message.tokens[1:], message.tokens[2:], strict=False)
    if any(one.norm in _POINTING and joint.norm == "and" and other.shape for one, joint, other in triples):
        return "Please name each one that you mean, so that I get the right ones."
    return ""


def _says_it_plainly(message: Message, understood: Understood) -> bool:
    """Does "i mean" only lead to the plain word for what was asked for ("get rid of both, i mean stop them")?"""
    meant = _I_MEAN.search(message.norms)
    verbs = [ask.profile.verbs for ask in understood.asks if ask.profile.intent.has_effect]
    return meant is not None and all(stem(meant["verb"] or meant["ahead"]) in own for own in verbs)
