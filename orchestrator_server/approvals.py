"""What a yes is bound to: the very effects that were shown, by a fingerprint of server, method and exact arguments."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from orchestrator_server.catalogue import Offer
from orchestrator_server.memory_values import WaitingEffect
from orchestrator_server.plan import Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the user said so far about the effects of a plan, as fingerprints.

    `asked` are the effects of the request that this turn answers with a yes, in whole or in part; else empty.
    """

    approved: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def differ_from(self, needed: Iterable[str]) -> bool:
        """Are the effects that need a yes now others than those that the user saw?"""
        return bool(self.asked) and frozenset(needed) - self.denied != self.asked - self.denied


def fingerprint(call: Call, offers: Sequence[Offer]) -> str:
    """Stands for the call as the first of `offers` would get it; another where no server would."""
    server, method = (offers[0].server, offers[0].method) if offers else ("", "")
    said = [call.key, call.step.intent, server, method, dict(call.arguments)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def asked_in(effects: Iterable[WaitingEffect]) -> frozenset[str]:
    """The fingerprints of what changes something; reads that wait for a yes are not repeated after it."""
    return frozenset(effect.fingerprint for effect in effects if effect.has_effect)
