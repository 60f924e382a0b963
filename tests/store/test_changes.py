"""The feed of changes: who waits for events hears of those of every instance."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from tests.postgres import postgres_server
from tests.store.works import add_conversation, add_event


async def heard(feed: AsyncIterator[frozenset[str]], *names: str) -> set[str]:
    """What the feed told until it told of all `names`."""
    told: set[str] = set()
    async with asyncio.timeout(20):
        while not told.issuperset(names):
            told |= await anext(feed)
    return told


async def test_the_feed_begins_with_anything_and_tells_of_own_events(store):
    async with aclosing(store.changed()) as feed:
        assert await anext(feed) == frozenset()
        await store.write("a", lambda: add_conversation("a"))
        await store.write("a", lambda: add_event("a"))
        assert await heard(feed, "a") == {"a"}


async def test_the_feed_tells_of_the_events_of_another_store_and_nothing_else(place):
    async with place.opened() as first, place.opened() as second, aclosing(first.changed()) as feed:
        await anext(feed)
        for name in ("a", "b", "c"):
            await second.write(name, lambda name=name: add_conversation(name))
        await second.write("a", lambda: add_event("a"))
        assert await heard(feed, "a") == {"a"}
        await asyncio.gather(second.write("b", lambda: add_event("b")), first.write("c", lambda: add_event("c")))
        assert await heard(feed, "b", "c") == {"b", "c"}


async def test_what_was_rolled_back_is_not_told(store):
    def failing():
        yield from add_event("a")
        raise ValueError("no")

    async with aclosing(store.changed()) as feed:
        await anext(feed)
        for name in ("a", "b"):
            await store.write(name, lambda name=name: add_conversation(name))
        await asyncio.gather(store.write("a", failing), return_exceptions=True)
        await store.write("b", lambda: add_event("b"))
        assert await heard(feed, "b") == {"b"}


async def test_several_may_listen(store):
    await store.write("a", lambda: add_conversation("a"))
    async with aclosing(store.changed()) as one, aclosing(store.changed()) as other:
        await anext(one)
        await anext(other)
        await store.write("a", lambda: add_event("a"))
        assert await heard(one, "a") == await heard(other, "a") == {"a"}


async def test_after_a_lost_connection_anything_may_have_changed(place, store):
    async with aclosing(store.changed()) as feed:
        await anext(feed)
        if place.is_postgres:
            waiting = asyncio.ensure_future(anext(feed))
            await asyncio.to_thread(postgres_server().stop)
            await asyncio.to_thread(postgres_server().start)
            assert await asyncio.wait_for(waiting, 20) == frozenset()
        await store.write("a", lambda: add_conversation("a"))
        await store.write("a", lambda: add_event("a"))
        assert await heard(feed, "a") == {"a"}
