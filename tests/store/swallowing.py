"""A network that loses the answer to a commit: it arrived, and whoever sent it never hears."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

CHUNK = 65_536
COMMIT = b"COMMIT\0"


class Network:
    """Carries bytes between clients on loopback and the socket of a server; loses one answer when it is told to."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._clients: set[asyncio.StreamWriter] = set()
        self.loses_next_commit = False
        self.is_down = False

    @asynccontextmanager
    async def carrying(self) -> AsyncIterator[int]:
        """The port to connect to."""
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()

    async def _carry(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        if self.is_down:
            to_client.close()
            return
        self._clients.add(to_client)
        server, to_server = await asyncio.open_unix_connection(str(self._socket))
        back = asyncio.create_task(self._back(server, to_client))
        try:
            while data := await client.read(CHUNK):
                if self.loses_next_commit and COMMIT in data:
                    self.loses_next_commit = False
                    back.cancel()
                    await asyncio.gather(back, return_exceptions=True)
                    to_server.write(data)
                    await server.read(CHUNK)  # it is committed
                    break
                to_server.write(data)
        except ConnectionError:
            pass
        finally:
            back.cancel()
            to_server.close()
            for each in list(self._clients) if self.is_down else [to_client]:
                self._clients.discard(each)
                each.close()

    async def _back(self, server: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        while data := await server.read(CHUNK):
            to_client.write(data)
        to_client.close()
