"""Who brings codes to their owners."""

from contextlib import AbstractContextManager
from typing import Protocol

from user_server.codes import Code


class Courier(Protocol):
    """Brings codes; the mail of a real shop, or the development outbox."""

    def place(self) -> AbstractContextManager[None]:
        """Keeps a place for one code, before it is known whether there will be one. Raises Unavailable when full."""

    async def bring(self, email: str, code: Code) -> None:
        """Takes `code` for delivery; to be called while a place is kept."""
