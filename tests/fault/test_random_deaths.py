"""Two orchestrators over one database, a shop and its customers, all of which die at random moments and come back.

The seed is printed; `LLM_FAULT_SEED` repeats its choices: who says what, who is killed, and the pauses between.
"""

import asyncio
import os
import random
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tests.fault.customers import Customer, seed_of
from tests.fault.house import House, address_of, house, is_full
from tests.fault.program import Program, eventually
from tests.fault.reckoning import is_quiet, reckon
from tests.fault.talking import Talker

TURNS, CUSTOMERS, PAUSE_SECONDS = (200, 8, 3.0) if is_full() else (12, 4, 0.4)
TURN_TAKES_SECONDS = 0.3
DROP_SHARE = 0.04
"""How often a window breaks, of all events it hears."""

READS = (
    "what are my pending orders",
    "show me order {recent}",
    "where is {shipped} and show me {recent}",
    "how many points do I have",
)
EFFECTS = (
    "cancel {recent}",
    "cancel {made}",
    "cancel {made}",
    "cancel {old} if it is older than two weeks",
    "cancel all my pending orders",
    "cancel all my pending orders that are older than two weeks",
    "order 2 desk lamps",
    "order 3 running socks",
    "order 1 desk lamp",
    "change my phone to +49 30 5550{digits}",
)
MADE = re.compile(r"Order (A-\d+) is placed")


@dataclass(eq=False, kw_only=True)
class Person:
    """A customer who talks, with a will and a connection of their own."""

    customer: Customer
    talker: Talker
    will: random.Random
    speaking: asyncio.Event
    made: list[str] = field(default_factory=list)

    async def talk(self, turns: int) -> None:
        """So many turns; a question of the orchestrator is answered with the next."""
        kinds: set[str] = set()
        for _ in range(turns):
            await asyncio.sleep(self.will.uniform(0, 2 * PAUSE_SECONDS))
            text = self._answer() if "approval_requested" in kinds else self._wish()
            self.speaking.set()
            events = await self.talker.say(text)
            kinds = {str(event.WhichOneof("event")) for event in events}
            for event in events:
                self.made += MADE.findall(event.reply.text)

    def _answer(self) -> str:
        return "yes" if self.will.random() < 0.9 else "no"

    def _wish(self) -> str:
        text = self.will.choice(READS if self.will.random() < 0.3 else EFFECTS)
        made = self.made[-1] if self.made else self.customer.orders["older"]
        return text.format(**self.customer.orders, made=made, digits=self.will.randrange(100, 1_000))


@dataclass(eq=False, kw_only=True)
class Fate:
    """Kills programs at random moments of a turn and starts them again. `kills` counts them by name.

    `speaking` is set by whoever says something.
    """

    programs: Sequence[Program]
    will: random.Random
    speaking: asyncio.Event = field(default_factory=asyncio.Event)
    kills: Counter[str] = field(default_factory=Counter)

    async def strike(self) -> None:
        """Until it is cancelled; whoever is dead then stays so."""
        async with asyncio.TaskGroup() as comebacks:
            while True:
                await asyncio.sleep(self.will.uniform(0.2, 3))
                self.speaking.clear()
                await self.speaking.wait()
                await asyncio.sleep(self.will.uniform(0, TURN_TAKES_SECONDS))
                victim = self.will.choice(self.programs)
                pause = self.will.uniform(0, 1)
                if victim.is_alive:
                    self.kills[victim.name] += 1
                    await victim.kill()
                    assert victim.was_killed, f"{victim.name} died by itself:\n{victim.words()}"
                    comebacks.create_task(_come_back(victim, pause))


async def test_every_turn_is_answered_and_every_effect_happens_once(tmp_path):
    seed = int(os.environ.get("LLM_FAULT_SEED") or random.randrange(1_000_000))
    print(f"LLM_FAULT_SEED={seed}")
    will = random.Random(seed)
    async with house(tmp_path, seed_of(CUSTOMERS)) as built:
        orchestrators = [built.orchestrator(name) for name in ("one", "other")]
        await asyncio.gather(*(program.start() for program in orchestrators))
        likely = [*built.programs, *orchestrators]  # orchestrators twice: they are what this is about
        fate = Fate(programs=likely, will=random.Random(will.random()))
        persons = [_person(built, number, orchestrators, will, fate.speaking) for number in range(CUSTOMERS)]
        striking = asyncio.create_task(fate.strike())
        try:
            await asyncio.gather(*(person.talk(TURNS // CUSTOMERS) for person in persons))
        finally:
            striking.cancel()
            with suppress(asyncio.CancelledError):
                await striking
        await asyncio.gather(*(_up(program) for program in built.programs))
        await eventually(lambda: is_quiet(built.memory), "something is still held")
        reckoning = reckon([built.memory], built.shop_database, built.stock)
    losses = sum(person.talker.losses for person in persons)
    print(f"{reckoning}; killed {dict(fate.kills)}, {losses} windows broke")
    reckoning.check()
    assert len(reckoning.unknown) <= 1 + TURNS // 100  # a server may be away for longer than it is asked again
    assert reckoning.turns == TURNS


def _person(
    built: House, number: int, orchestrators: Sequence[Program], will: random.Random, speaking: asyncio.Event
) -> Person:
    customer, own = Customer(number=number), random.Random(will.random())
    ways = [address_of(program) for program in orchestrators]
    own.shuffle(ways)
    talker = Talker(addresses=ways, token=built.token(customer.email), drops=lambda: own.random() < DROP_SHARE)
    return Person(customer=customer, talker=talker, will=random.Random(own.random()), speaking=speaking)


async def _come_back(program: Program, pause: float) -> None:
    """Does not wait until it serves: it may be killed before."""
    await asyncio.sleep(pause)
    await program.launch()


async def _up(program: Program) -> None:
    """Waits until it serves, whatever became of it last."""
    if not program.is_alive:
        assert program.was_killed, f"{program.name} died by itself:\n{program.words()}"
        await program.launch()
    await program.serving()
