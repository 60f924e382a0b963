"""Waits for servers that a plan needs: whoever takes a turn over may have come up before they did."""

import asyncio
import time
from collections.abc import Callable, Sequence

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.plan import Plan
from orchestrator_server.plan_sql import Reservation

LOOK_SECONDS = 0.1


async def come_up(
    plan: Plan, reserved: Sequence[Reservation], catalogue: Callable[[], Catalogue], limit: float
) -> None:
    """Returns once the newest `catalogue` has every intent of `plan` and every server that was asked something.

    After `limit` seconds at the latest: what is not there by then is gone.
    """
    last = time.monotonic() + limit
    while not _is_up(plan, reserved, catalogue()) and time.monotonic() < last:  # noqa: ASYNC110 - discovery tells nobody
        await asyncio.sleep(LOOK_SECONDS)


def _is_up(plan: Plan, reserved: Sequence[Reservation], catalogue: Catalogue) -> bool:
    offered = {(offer.server, offer.method) for intent in catalogue.intents.values() for offer in intent.offers}
    asked = {(one.server, one.method) for one in reserved}
    return asked <= offered and all(step.intent in catalogue.intents for step in plan.steps)
