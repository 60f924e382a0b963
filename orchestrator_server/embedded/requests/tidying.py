"""What the requests of a message say about one another, once all clauses are read."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.conditions.attaching import spare_overtaken
from orchestrator_server.embedded.conditions.loose_ends import loose_ends
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.background import without_background
from orchestrator_server.embedded.requests.clashing import without_clashes
from orchestrator_server.embedded.requests.divided import divided
from orchestrator_server.embedded.requests.mismatched import without_mismatched
from orchestrator_server.embedded.requests.misplaced import set_right
from orchestrator_server.embedded.requests.said_twice import without_repeats, without_wishes


def tidy(message: Message, result: Understood) -> None:
    """Leaves out what clashes, is said twice or belongs to another id, and sets right what was put to the wrong one."""
    result.asks = without_clashes(message, without_repeats(without_mismatched(message, result.asks)))
    result.asks = without_wishes(result.asks)
    set_right(message, result)
    result.asks = without_background(result.asks, message.norms)
    spare_overtaken(message, result.asks)


def unread(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words that ended up in no condition and no request, beside an effect."""
    yield from loose_ends(message, asks)
    yield from divided(message, asks)
