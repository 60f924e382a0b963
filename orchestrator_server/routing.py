"""Which server is asked: modern before legacy, available before not, and never one that cannot say what is needed."""

import re
from collections.abc import Iterable

from orchestrator_server.catalogue import Intent, Offer
from orchestrator_server.plan import Plan, Reference


def candidates(intent: Intent, needed_words: frozenset[str]) -> tuple[Offer, ...]:
    """The offers that may be asked, the best first; empty where no server that offers the intent answers.

    `needed_words` are the field names that expressions of the plan use: an offer that lacks one of them is left out,
    since a missing field would read as unset.
    """
    return tuple(
        offer
        for offer in intent.offers
        if offer.is_available and offer.is_compatible and not _lacks(offer, needed_words)
    )


def words_of(plan: Plan) -> frozenset[str]:
    """Every name that the plan's expressions use."""
    return frozenset(word for text in _expressions(plan) for word in re.findall(r"[A-Za-z_]\w*", text))


def _lacks(offer: Offer, needed_words: frozenset[str]) -> bool:
    return any(path.split("=")[-1].rpartition(".")[2] in needed_words for path in offer.missing_fields)


def _expressions(plan: Plan) -> Iterable[str]:
    for step in plan.steps:
        yield from (value.expression for value in step.arguments.values() if isinstance(value, Reference))
        yield from (text for text in (step.condition and step.condition.expression, step.for_each) if text)
