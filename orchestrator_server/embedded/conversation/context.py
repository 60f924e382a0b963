"""What the conversation so far gives: the thing that was last spoken of, the lists that were shown, what was asked."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.embedded.conversation.pointing import kept, place_of, pointed
from orchestrator_server.embedded.conversation.replies import Shown, counted_things, question_in, shown_in, spoken
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.longs import with_longs
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.plan import Outcome, OutcomeStatus, PastTurn, Plan, Request
from orchestrator_server.stored_responses import UnreadableResponse, read_response

_NEAR, _FAR = 4, 6
"""How many turns back a pronoun reaches, and a list."""


class Context:
    """Reads the memory of a request, on demand. `was_asked`: the planner itself asked something last."""

    def __init__(self, request: Request, catalogue: Catalogue, index: Index) -> None:
        self.now = request.now
        self._turns = request.memory.turns
        self.was_asked = request.memory.open_question is not None
        self._catalogue = catalogue
        self._index = index
        self._shown: dict[tuple[str, str], tuple[Shown, ...]] = {}

    @cached_property
    def last(self) -> PastTurn | None:
        """The last turn that had a plan."""
        return next((turn for turn in reversed(self._turns) if turn.plan is not None), None)

    @property
    def plan(self) -> Plan | None:
        """The last plan."""
        return self.last.plan if self.last else None

    @property
    def reply(self) -> str:
        """What the assistant said last."""
        return self._turns[-1].reply if self._turns else ""

    @cached_property
    def question(self) -> str:
        """The question that the assistant's last words end with; empty where they end otherwise."""
        return question_in(self.reply)

    @property
    def asked_of(self) -> str:
        """What the user said before the assistant's last words."""
        return self._turns[-1].text if self._turns else ""

    @property
    def waiting(self) -> Plan | None:
        """The plan of the last turn, where nothing of it has been done yet but reads that it needs itself."""
        turn = self._turns[-1] if self._turns else None
        if turn is None or turn.plan is None:
            return None
        asked = {step.id for step in turn.plan.steps if not step.is_supporting}
        is_done = any(o.status is OutcomeStatus.SUCCEEDED and o.step_id in asked for o in turn.outcomes)
        return None if is_done else turn.plan

    def focus(self, shape: str) -> str | None:
        """The one thing of `shape` that was last spoken of; None where there are several or none."""
        for turn in reversed(self._turns[-_NEAR:]):
            found = self._spoken(turn, shape)
            if len(found) == 1:
                return found[0]
            if found:
                return None
        return None

    def listed(self, shape: str) -> list[str]:
        """The ids of the last list that was shown, in its order."""
        for turn in reversed(self._turns[-_FAR:]):
            for outcome in reversed(turn.outcomes):
                values = list(self._ids(turn, outcome, shape))
                if len(values) > 1:
                    return values
            shown = [thing.value for thing in self._lines(turn.reply, shape)]
            if len(shown) > 1:
                return shown
        return []

    def ordinal(self, text: str, shape: str) -> str | None:
        """What "the second one", "the newer one" and "the blue one" point at in the last list."""
        place = place_of(kept(text))
        values = self.listed(shape)
        if place is not None and values:
            return values[place] if -len(values) <= place < len(values) else None
        return pointed(text, self.things(shape))

    def things(self, shape: str) -> tuple[Shown, ...]:
        """The last list that was shown, with the words of its lines."""
        lists = (self._lines(turn.reply, shape) for turn in reversed(self._turns[-_FAR:]))
        return next((things for things in lists if len(things) > 1), ())

    def other(self, shape: str) -> str | None:
        """The only other thing of `shape` beside the one in focus: of the last list, else of the conversation."""
        focus = self.focus(shape)
        known = dict.fromkeys(v for turn in reversed(self._turns) for v in self._mentioned(turn, shape))
        for values in (self.listed(shape), list(known)):
            others = [value for value in values if value != focus]
            if focus and len(others) == 1:
                return others[0]
        return None

    def other_of_any(self) -> bool:
        """Is there just one other thing of any kind that "the other one" can mean?"""
        return any(self.other(shape) is not None for shape in self._index.ids)

    def focus_ids(self, text: str) -> dict[str, list[str]]:
        """The ids that a text of the assistant's names, by shape."""
        found = {shape: self._said(text, shape) for shape in self._index.ids}
        return {shape: values for shape, values in found.items() if values}

    @cached_property
    def long(self) -> str | None:
        """The one long value that the user last gave, a place for instance."""
        for turn in reversed(self._turns[-_FAR:]):
            values = list(dict.fromkeys(self._longs(turn.plan))) or self._typed_longs(turn.text)
            if values:
                return values[0] if len(values) == 1 else None
        return None

    def counted(self) -> tuple[str, ...]:
        """The names of the things that were last counted for the user."""
        found = (counted_things(turn.reply) for turn in reversed(self._turns[-_NEAR:]))
        return next((names for names in found if names), ())

    def _lines(self, reply: str, shape: str) -> tuple[Shown, ...]:
        if (reply, shape) not in self._shown:
            self._shown[reply, shape] = shown_in(reply, shape, self._index.tokens)
        return self._shown[reply, shape]

    def _spoken(self, turn: PastTurn, shape: str) -> list[str]:
        if asked := self._said(question_in(turn.reply), shape):
            return asked
        planned = list(dict.fromkeys(self._planned(turn.plan, shape)))
        if planned:
            return planned
        made = [value for outcome in turn.outcomes for value in self._ids(turn, outcome, shape)]
        return list(dict.fromkeys(made)) or self._replied(turn, shape) or self._said(turn.text, shape)

    def _replied(self, turn: PastTurn, shape: str) -> list[str]:
        return [thing.value for thing in self._lines(turn.reply, shape)]

    def _mentioned(self, turn: PastTurn, shape: str) -> Iterator[str]:
        yield from self._planned(turn.plan, shape)
        yield from self._said(turn.text, shape)
        for outcome in turn.outcomes:
            yield from self._ids(turn, outcome, shape)
        yield from self._replied(turn, shape)

    def _planned(self, plan: Plan | None, shape: str) -> Iterator[str]:
        for step in plan.steps if plan else ():
            profile = self._index.by_name.get(step.intent)
            taker = profile.takes(shape) if profile else None
            value = step.arguments.get(taker.name) if taker else None
            if isinstance(value, str):
                yield value

    def _longs(self, plan: Plan | None) -> Iterator[str]:
        for step in plan.steps if plan else ():
            profile = self._index.by_name.get(step.intent)
            for name, value in step.arguments.items():
                if profile is not None and profile.kinds.get(name) is Kind.LONG and isinstance(value, str):
                    yield value

    def _typed_longs(self, text: str) -> list[str]:
        said = spoken(text)
        tokens = with_longs(self._index.tokens(said), said, self._index.ids, self._index.verbs, self._index.knows)
        return list(dict.fromkeys(token.value for token in tokens if token.shape == LONG))

    def _said(self, text: str, shape: str) -> list[str]:
        return list(dict.fromkeys(t.value for t in self._index.tokens(spoken(text)) if t.shape == shape))

    def _ids(self, turn: PastTurn, outcome: Outcome, shape: str) -> Iterator[str]:
        message = self._decoded(turn, outcome)
        if message is not None:
            yield from dict.fromkeys(v for v in _ids_in([message]) if re.fullmatch(shape, v))

    def _decoded(self, turn: PastTurn, outcome: Outcome) -> Message | None:
        """The response, also where it was stored under an older contract; None where it cannot be read any more."""
        step = next((step for step in turn.plan.steps if step.id == outcome.step_id), None) if turn.plan else None
        intent = self._catalogue.intents.get(step.intent) if step else None
        if outcome.response is None or intent is None:
            return None
        try:
            return read_response(outcome.response, intent, self._catalogue)
        except UnreadableResponse:
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
