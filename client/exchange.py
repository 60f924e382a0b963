"""What was said and what came of it, put together from stored events: old turns, and those of other windows. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from llm_orchestrator.orchestrator.v1 import chat_pb2

from client.events import Said
from client.reading import read_event
from client.turn_view import TurnView, begin, fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One turn: what the user said (empty where a yes or no started it) and how it went."""

    said: str = ""
    view: TurnView = field(default_factory=TurnView)


def exchanges(responses: Iterable[chat_pb2.ChatResponse]) -> list[Exchange]:
    """Puts the turns together, in the order in which they began."""
    turns: dict[str, Exchange] = {}
    for response in responses:
        event = read_event(response)
        if event is None or not response.turn_id:
            continue
        if response.turn_id not in turns:
            last = next(reversed(turns.values()), Exchange())
            turns[response.turn_id] = Exchange(view=begin(last.view))
        turn = turns[response.turn_id]
        said = event.text if isinstance(event, Said) else turn.said
        turns[response.turn_id] = replace(turn, said=said, view=fold(turn.view, event))
    return list(turns.values())
