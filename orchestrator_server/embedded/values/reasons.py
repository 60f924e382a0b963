"""Finds why something is asked for, in the words of who asks: "because ...", "reason: ..."."""

from collections.abc import Sequence

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.declared.heads import begins_request
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import fits
from orchestrator_server.embedded.words.text import Token, norms

_WHY = lazy(
    r"^(?:because(?: of)?|due to|on account of|reason(?: is| being| :| -)(?: that)?|the reason :"
    r"|(?:since|as|cause)(?= (?:i|we|it|my|our|the|they|there|he|she)\b))"
)


def reason_in(parameter: Parameter, message: Message, tokens: Sequence[Token]) -> str | None:
    """The reason that `tokens` give; None where there is none or it does not fit the parameter."""
    for at in range(len(tokens)):
        found = _WHY.match(norms(tokens[at : at + 5])) if not tokens[at].shape else None
        if found:
            said = _until_next(tokens[at + found.group().count(" ") + 1 :], message.index.verbs)
            value = message.words(said).strip(" .,!:-") if said else ""
            return value if value and fits(parameter, value) else None
    return None


def _until_next(tokens: Sequence[Token], verbs: frozenset[str]) -> Sequence[Token]:
    """Up to the end of the sentence or the next request."""
    for at, token in enumerate(tokens):
        if token.norm in STOPS and not token.shape:
            return tokens[:at]
        if token.norm in (",", "and", "so") and at and begins_request(tokens[at + 1 :], verbs, is_condition=True):
            return tokens[:at]
    return tokens
