"""Asks a server for its health: `python -m service_kit.probe ADDRESS [SERVICE]`.

For those who cannot ask by themselves: a container's health check, or Kubernetes where a server speaks TLS. Without
SERVICE it asks whether the server is ready; `liveness` asks whether it lives. The exit status is 0 for SERVING, 1 for
everything else, with a sentence.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import Any

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from service_kit.errors import StartError
from service_kit.settings import Environment, SettingsError, tls_settings
from service_kit.transport import open_channel

SECONDS = 3.0
USAGE = "python -m service_kit.probe HOST:PORT [SERVICE]"


async def ask(address: str, service: str = "") -> str:
    """The health of `service` at `address` in one word, or why there is none."""
    environment = Environment.read()
    tls = tls_settings(environment)
    environment.check()
    async with open_channel(address, tls) as channel:
        try:
            request = health_pb2.HealthCheckRequest(service=service)
            stub: Any = health_pb2_grpc.HealthStub(channel)  # the package's stubs leave its methods out
            answer = await stub.Check(request, timeout=SECONDS)
        except grpc.aio.AioRpcError as error:
            return f"{error.code().name}: {error.details()}"
    return health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)


def main(arguments: Sequence[str]) -> int:
    """Asks and tells; the exit status."""
    if not 1 <= len(arguments) <= 2 or arguments[0].startswith("-"):
        print(USAGE, file=sys.stderr)  # noqa: T201  # a command prints
        return 2
    try:
        word = asyncio.run(ask(*arguments))
    except (SettingsError, StartError) as error:
        word = str(error)
    print(word)  # noqa: T201  # a command prints
    return 0 if word == "SERVING" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
