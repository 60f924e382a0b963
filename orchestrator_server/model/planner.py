"""The planner that asks a language model: one call for a plan, one more when code found faults in it."""

import uuid
from collections.abc import Callable, Sequence
from typing import TypeVar

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.model.answer import AnswerError, AnswerReader
from orchestrator_server.model.answer_schema import Schema, answer_schema
from orchestrator_server.model.client import Message
from orchestrator_server.model.endpoint import ModelEndpoint
from orchestrator_server.model.errors import ModelError, nonsense
from orchestrator_server.model.examples import example_turns
from orchestrator_server.model.memory import context_of
from orchestrator_server.model.prompt import repair_message, system_prompt, user_message
from orchestrator_server.plan import Fault, Proposal, Request
from orchestrator_server.planner import PlannerError

K = TypeVar("K")
V = TypeVar("V")

KEPT_PREFIXES = 8
KEPT_ANSWERS = 64

Prefix = tuple[list[Message], Schema]


class ModelPlanner:
    """Plans with a model. The prompt begins with the same bytes for everybody who may call the same intents.

    `conversation_tokens` and `recent_tokens` bound what goes in of this conversation and of others, `examples` the
    number of example turns. The last answers are kept in memory for as long as they may have to be mended.
    """

    def __init__(
        self,
        endpoint: ModelEndpoint,
        *,
        conversation_tokens: int = 2_000,
        recent_tokens: int = 500,
        examples: int = 8,
        new_plan_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self._endpoint = endpoint
        self._conversation_tokens = conversation_tokens
        self._recent_tokens = recent_tokens
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
        reader = AnswerReader(catalogue.intents, plan_id=self._new_plan_id(), planner=self.name)
        try:
            text, usage = await self._endpoint.complete([*prefix, *self._ending(request, faults)], schema)
            decision = reader.read(text)
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

    def _ending(self, request: Request, faults: Sequence[Fault]) -> list[Message]:
        """The message with its context; for a repair also the answer that was wrong, and what is wrong with it."""
        context = context_of(request, conversation_tokens=self._conversation_tokens, recent_tokens=self._recent_tokens)
        said = user_message(request.text, context)
        if not faults:
            return [{"role": "user", "content": said}]
        answer = self._answers.pop(_key(request), None)
        if answer is None:
            return [{"role": "user", "content": f"{said}\n{repair_message(faults)}"}]
        return [
            {"role": "user", "content": said},
            {"role": "assistant", "content": answer},
            {"role": "user", "content": repair_message(faults)},
        ]


def _key(request: Request) -> tuple[str, str, str]:
    return request.email, request.now.isoformat(), request.text


def _keep(kept: dict[K, V], key: K, value: V, most: int) -> None:
    """Keeps `value`; the oldest makes room."""
    kept.pop(key, None)
    if len(kept) >= most:
        del kept[next(iter(kept))]
    kept[key] = value
