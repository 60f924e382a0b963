"""The orchestrator dies at every place where it writes, once before and once after; the next one goes on from there.

A write is where one thing that is true ends and the next begins: received, claimed, begun, planned, a call reserved,
its outcome recorded, a yes asked for, answered, the turn ended. Between a reservation and its outcome the call is made.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fault.customers import Customer, seed_of
from tests.fault.house import House, free_port, house, is_full
from tests.fault.nursery import Mortal, Nursery
from tests.fault.program import Program, eventually
from tests.fault.reckoning import is_quiet, reckon
from tests.fault.talking import Talker

pytestmark = pytest.mark.asyncio(loop_scope="module")

AT_ONCE = 3
CUSTOMERS = 400
DEATH_SECONDS = 10
AWAY_SECONDS = 3
TALKS = {
    "read": ("what are my pending orders",),
    "reads": ("where is {shipped} and show me {recent}",),
    "effect": ("cancel {recent}", "yes"),
    "condition": ("cancel {old} if it is older than two weeks", "yes"),
    "fan out": ("cancel all my pending orders that are older than two weeks", "yes"),
    "refused": ("cancel {shipped}", "yes"),
    "no": ("cancel {recent}", "no"),
}
BRIEF = {
    "fan out": ["before answered", "after reserved", "before recorded", "after recorded"],
    "effect": ["after receive", "after ask", "before recorded", "before ended"],
}
"""What is tried where not everything is: the last of the writes of that name."""


@dataclass(eq=False)
class Field:
    """Where orchestrators die: one shop, a memory for each of them, a customer for each."""

    house: House
    nursery: Nursery
    customers: itertools.count = field(default_factory=itertools.count)
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @property
    def memories(self) -> list[Path]:
        return sorted(self.house.folder.glob("*.memory.db"))


@dataclass(frozen=True, slots=True)
class Told:
    """What a customer was told in a talk, and which writes there were."""

    replies: list[str]
    writes: list[str]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def field_of(tmp_path_factory) -> AsyncIterator[Field]:
    async with house(tmp_path_factory.mktemp("house"), seed_of(CUSTOMERS)) as built:
        async with Nursery.opened(built.folder) as nursery:
            yield Field(built, nursery)


@pytest.mark.parametrize("talk", TALKS if is_full() else BRIEF)
async def test_whatever_is_half_done_when_it_dies_is_done_once(field_of, talk):
    calm = await hold(field_of, talk, "never:0")
    points = [f"{when}:{at}" for at in range(1, len(calm.writes) + 1) for when in ("before", "after")]
    if not is_full():
        points = [brief(calm.writes, words) for words in BRIEF[talk]]
    print(f"{talk}: {len(points)} deaths around {calm.writes}")
    told = await asyncio.gather(*(hold(field_of, talk, point) for point in points))
    wrong = {point: one.replies for point, one in zip(points, told, strict=True) if one.replies != calm.replies}
    assert wrong == {}, calm.replies
    reckoning = reckon(field_of.memories, field_of.house.shop_database, field_of.house.stock)
    print(reckoning)
    reckoning.check()
    assert reckoning.unknown == {}


def brief(writes: list[str], words: str) -> str:
    when, name = words.split()
    return f"{when}:{max(place for place, write in enumerate(writes, 1) if write == name)}"


@pytest.mark.parametrize("point", ["before recorded", "after reserved"])
async def test_the_server_that_was_asked_dies_with_it_and_comes_back_later(field_of, point):
    calm = await hold(field_of, "effect", "never:0")
    order = field_of.house.shop["order"]

    async def come_back() -> None:
        await asyncio.sleep(AWAY_SECONDS)
        await order.start()

    dying = brief(calm.writes, point)
    told, _ = await asyncio.gather(hold(field_of, "effect", dying, order.kill), _after(order, come_back))
    reckoning = reckon(field_of.memories, field_of.house.shop_database, field_of.house.stock)
    print(reckoning)
    reckoning.check()
    assert told.replies == calm.replies


async def _after(program: Program, work: Callable[[], Awaitable[None]]) -> None:
    """Does `work` once the program is dead."""
    await program.death(DEATH_SECONDS)
    await work()


async def nothing() -> None:
    """Nobody else dies."""


async def hold(field_of: Field, talk: str, point: str, and_then: Callable[[], Awaitable[None]] = nothing) -> Told:
    """Holds a talk with an orchestrator that dies at `point`, and with the one that comes after it."""
    async with field_of.places:
        customer = Customer(number=next(field_of.customers))
        name = f"{talk}-{point}-{customer.number}".replace(" ", "-").replace(":", "-")
        memory, trace = (field_of.house.folder / f"{name}.{last}" for last in ("memory.db", "writes"))
        talker = Talker(addresses=[], token=field_of.house.token(customer.email))
        talker.addresses = [f"127.0.0.1:{free_port()}"]
        environment = field_of.house.environment | {
            "ORCHESTRATOR_SERVER_ADDRESS": talker.addresses[0],
            "LLM_ORCHESTRATOR_MEMORY_DATABASE": str(memory),
            "FAULT_CONVERSATION": talker.conversation_id,
            "FAULT_TRACE": str(trace),
        }
        mortal = Mortal(nursery=field_of.nursery, name=name, environment=environment)
        await mortal.start(point)
        talking = asyncio.create_task(_talk(talker, customer, talk))
        try:
            if point != "never:0":
                await _outlive(mortal, talking, and_then)
            replies = await talking
            await eventually(lambda: is_quiet(memory), f"{name}: something is still held")
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"{name}: {error}\n{trace.read_text()}\n{mortal.words()}") from error
        finally:
            talking.cancel()
            await mortal.kill()
    return Told(replies, trace.read_text().split())


async def _outlive(mortal: Mortal, talking: "asyncio.Task[list[str]]", and_then: Callable[[], Awaitable[None]]) -> None:
    """Waits for the death of the first orchestrator, then starts another one in its place."""
    dying = asyncio.create_task(mortal.death())
    await asyncio.wait({dying, talking}, return_when=asyncio.FIRST_COMPLETED)
    async with asyncio.timeout(DEATH_SECONDS):  # its last write comes after the last word
        await dying
    await and_then()
    await mortal.start("never:0")


async def _talk(talker: Talker, customer: Customer, talk: str) -> list[str]:
    replies = []
    for text in TALKS[talk]:
        events = await talker.say(customer.words(text))
        replies += [customer.anonymous(event.reply.text) for event in events if event.HasField("reply")]
    return replies
