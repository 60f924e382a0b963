"""The door to the orchestrator's database, whichever it is.

A piece of work is a generator: it yields statements and is sent their rows. It holds no connection and awaits nothing,
so the same work runs inside one transaction of SQLite, on one thread beside the event loop, and of PostgreSQL, over an
asynchronous pool.

    def rename(conversation_id: str, title: str) -> Work[bool]:
        rows = yield Statement("UPDATE conversations SET title = ? WHERE id = ? RETURNING id", [title, conversation_id])
        return bool(rows)

    await store.write(conversation_id, lambda: rename(conversation_id, "Lamps"))

The SQL is what both understand. `?` marks values and stands nowhere else. `ON CONFLICT` and `RETURNING` work in both,
and so does comparing row values, but not `IN` for them: SQLite 3.40 finds too little. PostgreSQL also wants
`CAST(? AS TEXT)` where nothing else says the type of a value, and `CAST(SUM(x) AS BIGINT)` where a whole number is
wanted. It cannot keep the character NUL in a text: it comes back as U+FFFD.
"""

from collections.abc import AsyncIterator, Callable, Generator, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from service_kit.errors import Unavailable

T = TypeVar("T")

Row: TypeAlias = Sequence[Any]
"""The columns of one row; times are ISO 8601 UTC text, truth is 0 or 1."""


class Statement(NamedTuple):
    """One SQL statement with its values; True and False are stored as 1 and 0."""

    sql: str
    values: Sequence[object] = ()


Work: TypeAlias = Generator[Statement, Sequence[Row], T]
"""Yields statements, is sent their rows, returns a result."""


class Store(Protocol):
    """Reads and writes. Works may be run again where the database asks for it, so they change nothing but rows.

    An error of the database itself ends a work: it is not thrown into it.
    """

    async def read(self, work: Callable[[], Work[T]]) -> T:
        """What `work` returns, from one snapshot; it must not write. Raises Unavailable where the database is away."""
        ...

    async def write(self, about: str, work: Callable[[], Work[T]]) -> T:
        """What `work` returns, committed; an exception of `work` rolls everything back and is raised.

        Writes about the same thing (the id of a conversation) run one after the other, across all instances. Raises
        Unavailable while the database cannot be had; with the reason `DATABASE_LOST` it went away in the middle of the
        commit, and whether that happened is not known.
        """
        ...

    def changed(self) -> AsyncIterator[frozenset[str]]:
        """Conversations in which events were stored, by this instance or another; empty where any may have changed.

        Begins with an empty set: whatever is stored after that is told. Never ends, also where the database goes away.
        """
        ...

    async def sweep(self) -> None:
        """Lets what was deleted leave the files too, as far as others who read just now allow."""
        ...

    @property
    def clock(self) -> str:
        """An SQL expression for the database's own time in seconds, so that instances need not agree on theirs."""
        ...


def one(rows: Sequence[Row]) -> Row | None:
    """The first row; None where there is none."""
    return rows[0] if rows else None


def value(rows: Sequence[Row], default: Any = None) -> Any:
    """The first column of the first row; `default` where there is none."""
    return rows[0][0] if rows else default


async def answers(store: Store) -> bool:
    """Does the database answer?"""
    try:
        await store.read(_asked)
    except Unavailable:
        return False
    return True


def _asked() -> Work[None]:
    yield Statement("SELECT 1")
