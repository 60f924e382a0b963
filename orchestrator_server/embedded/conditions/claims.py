"""What somebody says is so, which a later condition can point at: "my wife says it left. If she is right, ..."."""

from collections.abc import Sequence

from orchestrator_server.embedded.clauses.clauses import Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Governing
from orchestrator_server.embedded.words.english import FINITE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_SAYING = lazy(
    r"\b(?:says?|said|saying|thinks?|thought|told (?:me|us)|claims?|claimed|reckons?|reckoned|believes?|believed|heard"
    r"|hear|apparently|supposedly|seems?|guess|suspect|sure|pretty sure|mentioned|insists?|swears?|assume)"
    r"(?: (?:yesterday|today|last \w+|this \w+|earlier|just now|me|us|to me))*(?: that)?(?: ,)?"
)
"""Who says it, before what is claimed."""
_BEHIND = lazy(r"(?: ,)?(?: by now)? (?:i|we) (?:think|guess|believe|assume|suppose|reckon|suspect|hear)(?: [.!?])*$")
"""The same behind it ("..., I think")."""
_FINITE = lazy(rf"\b(?:{FINITE}|would|came|gone|\w+ed|not)\b")
"""Verbs that tell something which can be so or not."""


_CLAIMS = lazy(
    r"(?:(?:and|but|so|well|ok|hi|hello|,|i|we|am|are|is|was|it|now|just|really|do|also) )*(?:(?:my|our|the"
    r"|your) [a-z]+ )?"
    rf"(?:(?:also|still|now|just) )?{_SAYING.pattern}"
)
"""How a claim begins."""


def claim_before(message: Message, end: int) -> Governing | None:
    """What was last claimed before the token at `end`, were it in a remark ("..., so I suspect it has left")."""
    for clause in reversed(message.clauses):
        said = message.of(clause)
        if clause.end <= end and clause.role in (Role.REQUEST, Role.ASIDE) and _CLAIMS.match(norms(said)):
            return claim_in(message, said)
    return None


def claim_in(message: Message, tokens: Sequence[Token]) -> Governing | None:
    """What a statement claims, without who says it; None where it tells nothing that can be so or not."""
    text = norms(tokens)
    if behind := _BEHIND.search(text):
        tokens, text = tokens[: text.count(" ", 0, behind.start()) + 1], text[: behind.start()]
    found = None if behind else _SAYING.search(text)
    first = text[: found.end()].count(" ") + 1 if found else 0
    rest = tuple(token for token in tokens[first:] if token.norm not in ("?", "!", "."))
    if len(rest) < (2 if message.index.names_id(rest) else 3) or not _FINITE.search(norms(rest)):
        return None
    return Governing(tokens=rest, words=message.words(rest), negated=False)
