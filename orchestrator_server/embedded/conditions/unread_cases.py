"""Cases that ended up in no condition: a state or a comparison that stands before an effect, and was read by nobody.

The user is asked about them: an effect is never done where something beside it says that it depends.
"""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Link, Role
from orchestrator_server.embedded.conditions.own_limits import has_only_ids
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.case_words import (
    COMPARED,
    is_bare,
    is_fragment_of_case,
    is_lone_state,
)
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.english import FINITE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_WITHOUT = lazy(
    r"without (?:(?:an?|the|my) )?(?:(?!i\b|we\b|you\b|please\b)\S+ ){1,5}?(?:before|by|until|till|within|after"
    r"|over|under|above|below)\b"
)
"""What an effect is wanted for, should it be missing: "without news before Friday ..."."""
_LEANING = lazy(
    r"with (?:enough|sufficient)\b|(?:for|any|anything|even|much) (?:much |any |even )?"
    r"(?:more|less|longer|later|earlier|higher|over|above|below|under|beyond)\b(?! (?:than )?(?:once|information"
    r"|info|details))"
)
"""How an effect begins whose limit was said before: "for more I want it stopped"."""
_HEAD = lazy(r"(?:for|from|at|beyond|past|on|without) (?:(?!i\b|we\b|you\b|please\b|can\b|,)\S+ ?){2,9}")
"""What an effect begins with before somebody wants it: "for a total over 80 I want it stopped"."""
_LIMITED = lazy(
    r"^(?:(?:please|just|kindly|now|also|and|can you|could you) )*(?!i\b|we\b|my\b"
    r"|the\b)[a-z]+ (?:\S+ ){0,3}<v> (?!ordered|placed|bought)"
)
"""What asks for something to be done with a thing, and says more behind it."""
_RELATED = lazy(
    r"^(?!.*\b(?:i|we|you|how|what|which|when|where|can|could|may)\b).*\b(?:before|after|since"
    r"|within|until|over|under)\b.*\d"
)
"""A question without a verb that names a limit: "date before November 1?"."""
_INSERTED = lazy(r"\band \( (?:only )?(?:if|when|unless) [^()]* \) <v>")
"""A condition in brackets over the last of several things alone."""
_SHOULD = lazy(r"<v> (?:, )?should (?:[a-z]+day|it|they|the|my|there|this|that|no|any|i|we)\b")
"""An "if" that only its order tells ("stop it, should Friday pass without it")."""
_FINITE = lazy(rf"\b(?:{FINITE}|would|can|must|should|gets?|comes?|goes)\b")
_SHORT = 4
_CONSEQUENCE = lazy(r"\W*(?:i|we|you|thanks|thank|please|that is|then|not|no|it is (?:fine|ok|okay))\b")
"""What tells what comes of it, and limits nothing."""


def unread_cases(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words of such cases."""
    effects = [ask for ask in asks if ask.profile.intent.has_effect]
    if not effects:
        return
    if found := _INSERTED.search(norms(message.tokens)):
        yield found.group()
    taken = {(ask.clause.first, ask.clause.end) for ask in asks}
    for ask in effects:
        if not ask.governing and ask.fan is None and _is_limited(message, ask):
            yield message.words(message.of(ask.clause))
    for at, clause in enumerate(message.clauses):
        if clause.role is Role.REQUEST and _is_next_case(message, clause, effects):
            yield message.words(message.of(clause))
        if clause.role is not Role.REQUEST or (clause.first, clause.end) in taken:
            continue
        before = message.clauses[at - 1] if at else None
        if _is_case(message, clause, effects) or (before and _goes_on(message, before, clause)):
            yield message.words(message.of(clause))


def _is_limited(message: Message, ask: Ask) -> bool:
    """Does it begin with a limit, or does it stand for the case in which what was said before is not so?"""
    text = norms(message.of(ask.clause))
    if _LEANING.match(text) or _WITHOUT.match(text) or _SHOULD.search(text):
        return True
    if _LIMITED.search(text) and COMPARED.search(text, text.rindex("<v>")) and has_only_ids(message, ask):
        return True
    head = _HEAD.match(text)
    if head is not None and COMPARED.search(head.group()) and has_only_ids(message, ask):
        return True
    before = [c for c in message.clauses if c.end <= ask.clause.first and c.sentence == ask.clause.sentence]
    if any(_WITHOUT.match(norms(message.of(clause))) for clause in before):
        return True
    return ask.clause.joiner == "or" and bool(before) and before[-1].role is Role.REQUEST


def _is_next_case(message: Message, clause: Clause, effects: Sequence[Ask]) -> bool:
    """Is it nothing but another case, between what one case asks for and an effect ("..., later, stop it")?"""
    later = next((a.clause for a in effects if a.clause.first == clause.end + 1), None)
    said = [token for token in message.of(clause) if not token.is_mark]
    if later is None or later.sentence != clause.sentence or len(said) > _SHORT:
        return False
    return is_bare(said) or is_lone_state(said, message.index)


def _is_case(message: Message, clause: Clause, effects: Sequence[Ask]) -> bool:
    """Is it but a state or a comparison, right before an effect that nothing governs?"""
    later = next(
        (a.clause for a in effects if a.clause.first >= clause.end and not a.governing and a.fan is None), None
    )
    if later is None or clause.link is not Link.PLAIN:
        return False
    said = message.of(clause)
    is_near = later.sentence == clause.sentence or (said[-1].norm == "?" and later.sentence == clause.sentence + 1)
    between = [c for c in message.clauses if clause.end <= c.first < later.first]
    is_limit = said[-1].norm == "?" and _RELATED.search(norms(said)) and not _FINITE.search(norms(said))
    return is_near and not between and (is_limit or is_fragment_of_case(said, message.index))


def _goes_on(message: Message, before: Clause, clause: Clause) -> bool:
    """Does it go on with a condition that stands behind its request ("... if it is late, and it is still open")?"""
    if before.role is not Role.CONDITION or before.leads or clause.joiner not in ("and", "or", "nor"):
        return False
    text = norms(message.of(clause))
    return _FINITE.search(text) is not None and not _CONSEQUENCE.match(text)
