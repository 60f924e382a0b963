"""The planner that asks a language model: one call for a plan, one more when code found faults in it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.concealing import Hiding
from orchestrator_server.model.answer import AnswerError, AnswerReader
from orchestrator_server.model.answer_schema import Schema, answer_schema
from orchestrator_server.model.client import Message
from orchestrator_server.model.endpoint import ModelEndpoint
from orchestrator_server.model.errors import ModelError, nonsense
from orchestrator_server.model.examples import example_turns
from orchestrator_server.model.handles import Handles
from orchestrator_server.model.memory import Allowance, context_of
from orchestrator_server.model.prompt import repair_message, system_prompt, user_message
from orchestrator_server.model.restoring import restored
from orchestrator_server.model.results import Recalling
from orchestrator_server.plan import Fault, Proposal, Request
from orchestrator_server.planner import PlannerError

K = TypeVar("K")
V = TypeVar("V")

ALLOWANCE = Allowance()
KEPT_PREFIXES = 8
KEPT_ANSWERS = 64

Prefix = tuple[list[Message], Schema]


class ModelPlanner:
    """Plans with a model. The prompt begins with the same bytes for everybody who may call the same intents.

    `allowance` bounds what goes in of this conversation and of others, `examples` the number of example turns,
    `hiding` says what stands there as handles. The last answers are kept in memory for as long as they may have to be
    mended.
    """

    def __init__(
        self,
        endpoint: ModelEndpoint,
        *,
        hiding: Hiding = Hiding.TEXT,
        allowance: Allowance = ALLOWANCE,
        examples: int = 8,
        new_plan_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self._endpoint = endpoint
        self._hiding = hiding
        self._allowance = allowance
        self._examples = examples
        self._new_plan_id = new_plan_id
        self._prefixes: dict[tuple[str, ...], Prefix] = {}
        self._answers: dict[tuple[str, str, str], str] = {}

    @property
    def name(self) -> str:
        """The model's name."""
        return self._endpoint.address.model

    async def propose(
        self, request: Request, intents: Sequence[Intent], catalogue: Catalogue, faults: Sequence[Fault] = ()
    ) -> Proposal:
        """The model's proposal over `intents`; with `faults`, its last one mended. Raises PlannerError."""
        prefix, schema = self._prefix(intents, catalogue)
        handles = Handles()
        reader = AnswerReader(catalogue.intents, plan_id=self._new_plan_id(), planner=self.name)
        try:
            ending = self._ending(request, faults, catalogue, handles)
            text, usage = await self._endpoint.complete([*prefix, *ending], schema)
            decision = restored(reader.read(text), handles)
        except AnswerError as error:
            wrong = nonsense(self._endpoint.address, str(error))
            raise PlannerError(wrong.reason, wrong.message) from error
        except ModelError as error:
            raise PlannerError(error.reason, error.message) from error
        _keep(self._answers, _key(request), text, KEPT_ANSWERS)
        return Proposal(decision=decision, usage=usage)

    def _prefix(self, intents: Sequence[Intent], catalogue: Catalogue) -> Prefix:
        """The stable part of the prompt and the schema; made once per catalogue and set of intents."""
        ordered = sorted(intents, key=lambda intent: intent.name)
        key = (catalogue.etag, *(intent.name for intent in ordered))
        if key not in self._prefixes:
            system: Message = {"role": "system", "content": system_prompt(ordered, catalogue)}
            turns = example_turns(ordered, catalogue, self._examples)
            _keep(self._prefixes, key, ([system, *turns], answer_schema(ordered)), KEPT_PREFIXES)
        return self._prefixes[key]

    def _ending(
        self, request: Request, faults: Sequence[Fault], catalogue: Catalogue, handles: Handles
    ) -> list[Message]:
        """The message with its context; for a repair also the answer that was wrong, and what is wrong with it."""
        recalling = Recalling(catalogue=catalogue, hiding=self._hiding, handles=handles, now=request.now)
        context = context_of(request, recalling, self._allowance)
        said = user_message(recalling.said(request.text), context)
        if not faults:
            return [{"role": "user", "content": said}]
        mended = repair_message([replace(fault, message=recalling.said(fault.message)) for fault in faults])
        answer = self._answers.pop(_key(request), None)
        if answer is None:
            return [{"role": "user", "content": f"{said}\n{mended}"}]
        return [
            {"role": "user", "content": said},
            {"role": "assistant", "content": answer},
            {"role": "user", "content": mended},
        ]


def _key(request: Request) -> tuple[str, str, str]:
    return request.email, request.now.isoformat(), request.text


def _keep(kept: dict[K, V], key: K, value: V, most: int) -> None:
    """Keeps `value`; the oldest makes room."""
    kept.pop(key, None)
    if len(kept) >= most:
        del kept[next(iter(kept))]
    kept[key] = value
