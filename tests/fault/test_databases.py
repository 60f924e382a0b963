"""A database that is locked, full or restarted under load: what was accepted is answered once, when it is back."""

import asyncio
import resource
import sqlite3
from contextlib import closing
from threading import Event

import psycopg
import pytest

from tests.fault.customers import Customer, seed_of
from tests.fault.house import address_of, house, is_full
from tests.fault.program import eventually
from tests.fault.reckoning import is_quiet, reckon
from tests.fault.talking import Talker
from tests.postgres import postgres_server, postgres_url

__all__ = ["postgres_url"]  # a fixture, used here by name

TALK = ("what are my pending orders", "cancel all my pending orders that are older than two weeks", "yes")
LOCKED_SECONDS = 6.5
"""Longer than a writer waits."""


async def talk(talker: Talker, customer: Customer) -> None:
    for text in TALK:
        events = await talker.say(customer.words(text))
        assert events[-1].HasField("turn_done"), events[-1]


def talker_of(built, customer: Customer, *addresses: str) -> Talker:
    return Talker(addresses=addresses, token=built.token(customer.email))


async def held_locked(path, seconds: float) -> None:
    """Somebody else writes for a long time."""
    pause = Event()

    def hold() -> None:
        with closing(sqlite3.connect(path, timeout=10, check_same_thread=False)) as file:
            file.execute("BEGIN IMMEDIATE")
            pause.wait(seconds)
            file.rollback()

    await asyncio.to_thread(hold)


async def test_a_memory_that_is_locked_for_long_loses_nothing(tmp_path):
    async with house(tmp_path, seed_of(3)) as built:
        one = built.orchestrator("one")
        await one.start()
        customers = [Customer(number=number) for number in range(3)]
        talks = [talk(talker_of(built, customer, address_of(one)), customer) for customer in customers]
        await asyncio.gather(held_locked(built.memory, LOCKED_SECONDS), *talks)
        await eventually(lambda: is_quiet(built.memory), "somebody works on")
        reckon([built.memory], built.shop_database, built.stock).check()


async def test_a_shop_that_is_locked_for_long_is_told_or_waited_for_and_nothing_happens_twice(tmp_path):
    async with house(tmp_path, seed_of(2)) as built:
        one = built.orchestrator("one")
        await one.start()
        customers = [Customer(number=number) for number in range(2)]
        talks = [talk(talker_of(built, customer, address_of(one)), customer) for customer in customers]
        await asyncio.gather(held_locked(built.shop_database, LOCKED_SECONDS), *talks)
        await eventually(lambda: is_quiet(built.memory), "somebody works on")
        reckon([built.memory], built.shop_database, built.stock).check()


async def test_a_full_disk_loses_nothing_that_was_accepted(tmp_path):
    """The files of the orchestrator may not grow for a while."""
    async with house(tmp_path, seed_of(3)) as built:
        one = built.orchestrator("one")
        await one.start()
        customers = [Customer(number=number) for number in range(3)]
        talkers = [talker_of(built, customer, address_of(one)) for customer in customers]
        await asyncio.gather(*(talker.say("what are my pending orders") for talker in talkers))
        pid = one.process.pid
        usual = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, usual[1]))
        talks = [asyncio.create_task(talk(*pair)) for pair in zip(talkers, customers, strict=True)]
        await asyncio.sleep(3)
        assert not any(task.done() for task in talks)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, usual)
        await asyncio.gather(*talks)
        await eventually(lambda: is_quiet(built.memory), "somebody works on")
        reckon([built.memory], built.shop_database, built.stock).check()


@pytest.mark.skipif(not is_full(), reason="takes half a minute; make fault runs it")
async def test_a_postgres_that_is_restarted_under_load_loses_nothing(tmp_path, postgres_url):
    async with house(tmp_path, seed_of(8), LLM_ORCHESTRATOR_MEMORY_URL=postgres_url) as built:
        one, two = built.orchestrator("one"), built.orchestrator("two")
        await asyncio.gather(one.start(), two.start())
        customers = [Customer(number=number) for number in range(8)]
        ways = [(address_of(one), address_of(two)), (address_of(two), address_of(one))]
        talks = [
            asyncio.create_task(talk(talker_of(built, customer, *ways[place % 2]), customer))
            for place, customer in enumerate(customers)
        ]
        for _ in range(2):
            await asyncio.sleep(1.5)
            await asyncio.to_thread(postgres_server().stop)
            await asyncio.sleep(1)
            await asyncio.to_thread(postgres_server().start)
        await asyncio.gather(*talks)
        with psycopg.connect(postgres_url) as memory:
            turns, ended = memory.execute("SELECT COUNT(*), SUM(ended) FROM turns").fetchone()
            assert turns == ended == len(TALK) * len(customers)
            gaps = "SELECT COUNT(*) FROM (SELECT MAX(number) - COUNT(*) AS gap FROM events GROUP BY conversation_id) g"
            assert memory.execute(f"{gaps} WHERE gap <> 0").fetchone()[0] == 0
        with closing(sqlite3.connect(built.shop_database)) as shop:
            twice = "SELECT key FROM _audit WHERE kind = 4 GROUP BY key HAVING COUNT(*) > 1"
            assert shop.execute(twice).fetchall() == []
            cancelled = "SELECT COUNT(*) FROM orders WHERE status = 'CANCELLED'"
            assert shop.execute(cancelled).fetchone()[0] == 2 * len(customers)
