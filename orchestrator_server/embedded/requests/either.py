"""Two effects of which "or" offers the second instead of the first, so that only one is wanted."""

from dataclasses import replace

from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.matching import Match


def is_alternative(result: Understood, choice: Choice, clause: Clause) -> bool:
    """Is this the other of two effects, of which only one is wanted ("stop it or send it to ...")?"""
    before = result.asks[-1] if result.asks else None
    if clause.joiner != "or" or choice.verdict is not Verdict.CHOSEN or before is None:
        return False
    one, other = before.profile, choice.best.profile
    is_near = before.clause.sentence == clause.sentence
    return is_near and one is not other and one.intent.has_effect and other.intent.has_effect


def doubt_both(result: Understood, choice: Choice, clause: Clause) -> None:
    """Leaves open which of the last two effects is wanted."""
    other = result.asks.pop()
    match = Match(profile=other.profile, score=other.score, likeness=0.0, by_verb=True)
    result.doubts.append(Choice(verdict=Verdict.UNSURE, matches=(match, choice.best)))
    result.doubted.append(replace(clause, first=other.clause.first))
