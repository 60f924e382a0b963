"""The door to user_server's own database: codes that become sessions, sessions that go on and end."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import sqlite_utils

from service_kit.database import Database
from service_kit.errors import ServiceError
from user_server import codes, sessions
from user_server.codes import Code
from user_server.sessions import Ended, Living, Session

Clock = Callable[[], datetime]
T = TypeVar("T")


def utc_now() -> datetime:
    """The clock of servers; tests pass their own."""
    return datetime.now(UTC)


class SignInStore:
    """Codes and sessions. E-mails come in lower case; each method is one transaction."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    async def new_code(self, email: str, *, is_customer: bool) -> Code:
        """A code for `email` that ends the one before; nothing matches it where `email` is no customer's.

        Raises ResourceExhausted (`TOO_MANY_CODES`) after five in ten minutes.
        """
        now = self._clock()
        code = codes.fresh_code(now)
        return await self._write(lambda db: codes.keep(db, email, code, is_customer, now) or code)

    async def redeem(self, email: str, digits: str) -> Session:
        """A new session for the code in force. Raises Unauthenticated or FailedPrecondition; see `CODE_...` reasons."""
        now = self._clock()

        def work(db: sqlite_utils.Database) -> Session | ServiceError:
            return codes.spend(db, email, digits, now) or sessions.start(db, email, now)

        return await self._write(work)

    async def owner(self, refresh_token: str) -> str:
        """Whose session it is. Raises Unauthenticated (`SESSION_ENDED`); RefreshTokenReused where that ended it."""
        now = self._clock()
        return await self._write(lambda db: sessions.owner(db, refresh_token, now))

    async def refresh(self, refresh_token: str, acting_for: str) -> Session:
        """The session with its next refresh token, acting for `acting_for` (empty: oneself); raises as `owner` does."""
        now = self._clock()
        return await self._write(lambda db: sessions.rotate(db, refresh_token, acting_for, now))

    async def end(self, refresh_token: str) -> Ended | None:
        """Ends the session that `refresh_token` names; None where none lives."""
        now = self._clock()
        return await self._database.write(lambda db: sessions.end(db, refresh_token, now))

    async def end_all(self, email: str) -> list[Ended]:
        """Ends every session of `email`."""
        now = self._clock()
        return await self._database.write(lambda db: sessions.end_all(db, email, now))

    async def living(self, email: str) -> list[Living]:
        """The sessions of `email`, the oldest first."""
        now = self._clock()
        return await self._database.read(lambda db: sessions.living(db, email, now))

    async def ended(self) -> dict[str, datetime]:
        """The ids of ended sessions that tokens may still carry, each with the time until which it matters."""
        now = self._clock()
        return await self._database.read(lambda db: sessions.ended(db, now))

    async def _write(self, work: Callable[[sqlite_utils.Database], T | ServiceError]) -> T:
        """What `work` returns; a refusal is raised here, because raised in there it would undo what was counted."""
        result = await self._database.write(work)
        if isinstance(result, ServiceError):
            raise result
        return result
