"""Set phrases that stand for a request of their own: "do it", "the same for ...", "leave it"; and what is quoted."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.clauses import Clause
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.text import Token, norms

_DO = re.compile(r"(?:please |then |just )*(?:do|do it|do that|do so|go ahead|go for it)(?: please)?")
_SAME = re.compile(
    r"\W*(?:(?:and|the|please|do) )*(?:same|ditto|likewise)\b"
    r"|\W*(?:(?:oh|and|also|plus|,) )*<v>(?: (?:and|,) <v>)* (?:too|as well|also)\W*$"
)
_NOTHING = re.compile(
    r"(?:(?:then|just|please|so|ok|okay|you can|i will|i|well) )*(?:do nothing|never mind|forget (?:it|about it|that)"
    r"|do not(?: bother)?|no (?:issues?|problem|worries|need)|leave (?:it|that|them)?.{0,12}|keep (?:it|that|them)?"
    r"|nothing|that is (?:fine|ok|okay)|it is (?:fine|ok|okay)|fine|ignore (?:it|this|that|me))"
    r"(?: (?:please|then|thanks|at all|be|alone))*"
)
_QUOTING = re.compile(r"\b(?:says|said|saying|reads|wrote|writes|told me|states) (?:that )?[:,] ?\W*$")
_SAYING = re.compile(r"\b(?:say|says|said|saying|reads?|write|wrote|writes|told|states|means?|repeat|type|typed)\b")
_LONGEST_QUOTING = 8


def is_do_it(tokens: Sequence[Token]) -> bool:
    """ "Do it", after it was ruled out for another case."""
    return _DO.fullmatch(norms(tokens).strip(" ,!.")) is not None


def is_same(tokens: Sequence[Token]) -> bool:
    """ "The same for ...": the request before for something else."""
    return _SAME.match(norms(tokens)) is not None


def leaves(tokens: Sequence[Token]) -> bool:
    """ "Do nothing", "never mind", "don't": the other branch in which nothing is to happen."""
    return _NOTHING.fullmatch(norms([token for token in tokens if not token.is_mark])) is not None


def is_quoted(message: Message, clause: Clause) -> bool:
    """Is this what somebody or something else says ("the letter says: ...")?"""
    before = message.tokens[max(0, clause.first - _LONGEST_QUOTING) : clause.first]
    if _QUOTING.search(norms(before)):
        return True
    marks = [at for at, token in enumerate(message.tokens) if token.norm == '"']
    said = [at for at in range(clause.first, clause.end) if not message.tokens[at].is_mark]
    inside = [at for at in said if len(marks) == 2 and marks[0] < at < marks[1]]
    if not inside or (inside[0] != said[0] and 2 * len(inside) < len(said)):
        return False
    around = norms([*message.tokens[: marks[0]], *message.tokens[marks[1] + 1 :]])
    return _SAYING.search(around) is not None
