"""What the conversation so far gives: the thing that was last spoken of, and the lists that were shown."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError, Message

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.embedded.english import ORDINALS
from orchestrator_server.embedded.index import Index
from orchestrator_server.plan import Outcome, PastTurn, Plan, Request, StoredResponse

_ORDINAL = re.compile(rf"\b(?P<word>{'|'.join(ORDINALS)})\b(?= (?:one|of them|please|of those)\b|\W*$)")


class Context:
    """Reads the memory of a request, on demand."""

    def __init__(self, request: Request, catalogue: Catalogue, index: Index) -> None:
        self._turns = request.memory.turns
        self._catalogue = catalogue
        self._index = index

    @cached_property
    def last(self) -> PastTurn | None:
        """The last turn that had a plan."""
        return next((turn for turn in reversed(self._turns) if turn.plan is not None), None)

    @property
    def plan(self) -> Plan | None:
        """The last plan."""
        return self.last.plan if self.last else None

    def focus(self, shape: str) -> str | None:
        """The one thing of `shape` that was last spoken of; None where there are several or none."""
        for turn in reversed(self._turns[-4:]):
            spoken = self._spoken(turn, shape)
            if len(spoken) == 1:
                return spoken[0]
            if spoken:
                return None
        return None

    def listed(self, shape: str) -> list[str]:
        """The ids of the last list that was shown, in its order."""
        for turn in reversed(self._turns[-6:]):
            for outcome in reversed(turn.outcomes):
                values = list(self._ids(outcome, shape))
                if len(values) > 1:
                    return values
        return []

    def ordinal(self, text: str, shape: str) -> str | None:
        """What "the second one" points at."""
        found = _ORDINAL.search(text)
        values = (self.listed(shape) or self._last_said(shape)) if found else []
        place = ORDINALS[found["word"]] if found else 0
        return values[place] if values and -len(values) <= place < len(values) else None

    def other(self, shape: str) -> str | None:
        """The only other thing of `shape` that the conversation knows beside the one in focus."""
        focus = self.focus(shape)
        known = dict.fromkeys(v for turn in reversed(self._turns) for v in self._mentioned(turn, shape))
        others = [value for value in known if value != focus]
        return others[0] if focus and len(others) == 1 else None

    def _last_said(self, shape: str) -> list[str]:
        return next((said for turn in reversed(self._turns) if (said := self._said(turn.reply, shape))), [])

    def _spoken(self, turn: PastTurn, shape: str) -> list[str]:
        planned = list(dict.fromkeys(self._planned(turn.plan, shape)))
        if planned:
            return planned
        made = [value for outcome in turn.outcomes for value in self._ids(outcome, shape)]
        return list(dict.fromkeys(made)) or self._said(turn.text, shape)

    def _mentioned(self, turn: PastTurn, shape: str) -> Iterator[str]:
        yield from self._planned(turn.plan, shape)
        yield from self._said(turn.text, shape)
        for outcome in turn.outcomes:
            yield from self._ids(outcome, shape)

    def _planned(self, plan: Plan | None, shape: str) -> Iterator[str]:
        for step in plan.steps if plan else ():
            profile = self._index.by_name.get(step.intent)
            taker = profile.takes(shape) if profile else None
            value = step.arguments.get(taker.name) if taker else None
            if isinstance(value, str):
                yield value

    def _said(self, text: str, shape: str) -> list[str]:
        return list(dict.fromkeys(t.value for t in self._index.tokens(text[:4000]) if t.shape == shape))

    def _ids(self, outcome: Outcome, shape: str) -> Iterator[str]:
        message = self._decoded(outcome.response)
        if message is not None:
            yield from dict.fromkeys(v for v in _ids_in([message]) if re.fullmatch(shape, v))

    def _decoded(self, response: StoredResponse | None) -> Message | None:
        if response is None:
            return None
        try:
            return self._catalogue.message_class(response.type_name).FromString(response.content)
        except (KeyError, DecodeError):
            return None


def _ids_in(messages: Iterable[Message], depth: int = 4) -> Iterator[str]:
    """The texts in fields called `id` or `..._id`, in the order of the message."""
    for message in messages:
        for field, value in message.ListFields():
            if field.cpp_type == FieldDescriptor.CPPTYPE_STRING and not field.is_repeated:
                if field.name == "id" or field.name.endswith(("_id", "number", "code")):
                    yield value
            elif field.cpp_type == FieldDescriptor.CPPTYPE_MESSAGE and depth:
                yield from _ids_in(value if field.is_repeated else [value], depth - 1)
