"""What users say, taken apart by the embedded planner over the beginning of what servers declare.

Of an intent's name, description and examples only as much counts as an honest one needs: words that a server heaps up
win it nothing.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from orchestrator_server.catalogue import Catalogue, Intent
from orchestrator_server.embedded.conversation.answers import CHOICE
from orchestrator_server.embedded.conversation.context import Context
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.words.english import words
from orchestrator_server.plan import Clarify, Decision, Plan, Refuse, Request

LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_EXAMPLE = 64, 160, 80
MOST_EXAMPLES = 8
MOST_CHARACTERS = 4_000
KEPT_INDEXES = 8

UNHEEDED = frozenset({"injection", "system_prompt", "other_user"})
"""Refusals of the embedded planner after which no effect counts as asked for."""

_YES = words("ja oui si sí sim da да tak ano evet hai はい 是 是的 好 好的 네 yes ok okay")
"""How people agree, in languages that the embedded planner does not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asks for: `own` is what the embedded planner makes of the same words."""

    request: Request
    own: Decision
    message: Message

    @property
    def plan(self) -> Plan | None:
        """What the embedded planner would do or asks about; what was agreed to where the answer is a yes."""
        question = self.request.memory.open_question
        if question is not None and not question.missing and _is_yes(self.request.text):
            return question.partial
        if isinstance(self.own, Clarify) and self.own.missing != (CHOICE,):
            return self.own.partial
        return self.own if isinstance(self.own, Plan) else None

    @property
    def is_chatter(self) -> bool:
        """Do the words ask for nothing at all?"""
        return self.plan is None and isinstance(self.own, Refuse) and self.own.reason == "chatter"

    @property
    def allows_effects(self) -> bool:
        """Is there nothing about the words for which effects are out of the question?"""
        return not (isinstance(self.own, Refuse) and self.own.reason in UNHEEDED)


def bounded(intents: Sequence[Intent]) -> tuple[Intent, ...]:
    """The intents with the beginning of what they declare: as much as an honest one needs."""
    return tuple(
        replace(
            intent,
            description=intent.description[:LONGEST_DESCRIPTION],
            examples=tuple(example[:LONGEST_EXAMPLE] for example in intent.examples[:MOST_EXAMPLES]),
        )
        for intent in intents
        if len(intent.name) <= LONGEST_NAME
    )


class WordReader:
    """Takes users' words apart, over intents as `bounded` leaves them; what it learns of them is kept."""

    def __init__(self) -> None:
        self._indexes: dict[tuple[str, ...], Index] = {}

    async def read(self, request: Request, own: Decision, intents: Sequence[Intent], catalogue: Catalogue) -> Asked:
        """What `request` asks for; `own` is what the embedded planner makes of it."""
        return await asyncio.to_thread(self._read, request, own, intents, catalogue)

    def _read(self, request: Request, own: Decision, intents: Sequence[Intent], catalogue: Catalogue) -> Asked:
        index = self._index(intents, catalogue)
        text = request.text[:MOST_CHARACTERS]
        return Asked(request=request, own=own, message=message_of(text, index, Context(request, catalogue, index)))

    def _index(self, intents: Sequence[Intent], catalogue: Catalogue) -> Index:
        key = (catalogue.etag, *(intent.name for intent in intents))
        if key not in self._indexes:
            if len(self._indexes) >= KEPT_INDEXES:
                self._indexes.clear()
            self._indexes[key] = Index(intents, catalogue)
        return self._indexes[key]


def _is_yes(text: str) -> bool:
    return text.casefold().strip(" .!,") in _YES
