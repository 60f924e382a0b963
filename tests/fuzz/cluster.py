"""All servers as they are deployed, in this process on port 0, and a way to send them anything at all."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import grpc
from google.protobuf.descriptor import Descriptor, MethodDescriptor
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection_pb2

from legacy_server.__main__ import main as legacy
from legacy_server.admin import main as admin
from orchestrator_server.bootstrap import serve_orchestrator
from order_server.__main__ import main as order
from service_kit.keys import load_or_create_key
from service_kit.settings import Environment
from service_kit.tokens import Signer
from shipping_server.__main__ import main as shipping
from user_server.__main__ import main as user

SERVERS: dict[str, Callable[[Environment], Awaitable[None]]] = {
    "legacy": legacy,
    "user": user,
    "order": order,
    "shipping": shipping,
    "orchestrator": serve_orchestrator,
}
PATIENCE = 20.0
REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
HEALTH = "/grpc.health.v1.Health/Check"

Metadata = tuple[tuple[str, str | bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rpc:
    """An RPC: `service` in full, its `name`, the type it takes, and what streams."""

    service: str
    name: str
    takes: Descriptor
    streams_up: bool
    streams_down: bool

    @classmethod
    def of(cls, method: MethodDescriptor) -> "Rpc":
        """The RPC that a contract declares."""
        return cls(
            service=method.containing_service.full_name,
            name=method.name,
            takes=method.input_type,
            streams_up=method.client_streaming,
            streams_down=method.server_streaming,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the status, everything it carries, and the messages before it."""

    code: grpc.StatusCode
    details: str
    trailing: bytes
    responses: tuple[bytes, ...]


LOST = Answer(code=grpc.StatusCode.INTERNAL, details="Internal error from Core", trailing=b"", responses=())
"""What gRPC says on this side where the server ended a stream before all was written: its own word is lost then."""


@dataclass(slots=True, kw_only=True)
class Cluster:
    """The running servers. `services` are those of each, as its reflection lists them."""

    folder: Path
    channels: dict[str, grpc.aio.Channel] = field(default_factory=dict)
    services: dict[str, frozenset[str]] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Starts one server after the other, the orchestrator last: it is told where the others are."""
        admin(["--database", str(self.folder / "shop.db"), "init"], standalone_mode=False)
        trust = {name: {"jwks": f"public/{name}.jwks.json"} for name in ("user", "orchestrator")}
        trust["user"]["may_delegate"] = trust["orchestrator"]["may_delegate"] = ["server", "support"]
        (self.folder / "trust.json").write_text(json.dumps(trust))
        values = {
            "LLM_ORCHESTRATOR_VAR": str(self.folder),
            "LLM_ORCHESTRATOR_TRUST_FILE": str(self.folder / "trust.json"),
            "LLM_ORCHESTRATOR_PLANNER": "embedded",
            "LLM_ORCHESTRATOR_MAX_STREAMS_PER_USER": "40",
            **{f"{name.upper()}_SERVER_ADDRESS": "127.0.0.1:0" for name in SERVERS},
        }
        found: list[str] = []
        for name, main in SERVERS.items():
            address = await self._started(main(Environment({**values, "LLM_ORCHESTRATOR_SERVERS": ",".join(found)})))
            found.append(f"{name}={address}")
            self.channels[name] = grpc.aio.insecure_channel(address)
            self.services[name] = await self._listed(name)

    async def stop(self) -> None:
        """Stops them all."""
        for channel in self.channels.values():
            await channel.close()
        for task in reversed(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def token(self, server: str, email: str, *roles: str, lifetime: timedelta = timedelta(hours=1)) -> str:
        """A token of sign-in that `server` accepts."""
        signer = Signer(issuer="user", key=load_or_create_key(self.folder / "keys" / "user.pem"))
        return signer.sign(subject=email, audience=server, lifetime=lifetime, roles=["customer", *roles])

    async def send(self, server: str, rpc: Rpc, frames: Sequence[bytes], metadata: Metadata = ()) -> Answer:
        """One call with the bytes of `frames`, whatever they are."""
        path = f"/{rpc.service}/{rpc.name}"
        async with asyncio.timeout(PATIENCE):
            if rpc.streams_up:
                answer = LOST
                while answer == LOST:
                    answer = await _stream(self.channels[server].stream_stream(path)(metadata=metadata), frames)
                return answer
            if rpc.streams_down:
                return await _first_of(self.channels[server].unary_stream(path)(frames[0], metadata=metadata))
            return await _only(self.channels[server].unary_unary(path)(frames[0], metadata=metadata))

    async def drop(self, server: str, rpc: Rpc, frames: Sequence[bytes], metadata: Metadata = ()) -> None:
        """Says something on a stream and hangs up without waiting for an answer."""
        call = self.channels[server].stream_stream(f"/{rpc.service}/{rpc.name}")(metadata=metadata)
        with suppress(grpc.aio.AioRpcError, asyncio.InvalidStateError):
            for frame in frames:
                await call.write(frame)
        call.cancel()

    async def is_healthy(self, server: str) -> bool:
        """Does the server answer, as if nothing had been?"""
        check = self.channels[server].unary_unary(
            HEALTH, response_deserializer=health_pb2.HealthCheckResponse.FromString
        )
        return bool((await check(b"", timeout=PATIENCE)).status == health_pb2.HealthCheckResponse.SERVING)

    async def _started(self, serving: Awaitable[None]) -> str:
        """The address that a server tells when it serves."""
        listening = _Listening()
        logger = logging.getLogger("service_kit.server")
        logger.addHandler(listening)
        logger.setLevel(logging.INFO)
        task = asyncio.ensure_future(serving)
        self._tasks.append(task)  # type: ignore[arg-type]  # a coroutine becomes a task
        try:
            await asyncio.wait({task, listening.address}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            return await listening.address
        finally:
            logger.removeHandler(listening)

    async def _listed(self, server: str) -> frozenset[str]:
        call = self.channels[server].stream_stream(REFLECTION)()
        await call.write(reflection_pb2.ServerReflectionRequest(list_services="").SerializeToString())
        await call.done_writing()
        answer = reflection_pb2.ServerReflectionResponse.FromString(await call.read())
        return frozenset(service.name for service in answer.list_services_response.service)


class _Listening(logging.Handler):
    """Waits for the line in which a server says where it listens."""

    def __init__(self) -> None:
        super().__init__()
        self.address: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() == "serving" and not self.address.done():
            self.address.set_result(vars(record)["address"])


async def _only(call: "grpc.aio.UnaryUnaryCall[bytes, bytes]") -> Answer:
    responses: tuple[bytes, ...] = ()
    with suppress(grpc.aio.AioRpcError):
        responses = (await call,)
    return await _answer(call, responses)


async def _first_of(call: "grpc.aio.UnaryStreamCall[bytes, bytes]") -> Answer:
    """A stream down may go on for ever: its first message is enough."""
    response = None
    with suppress(grpc.aio.AioRpcError):
        response = await call.read()
    if not isinstance(response, bytes):
        return await _answer(call, ())
    call.cancel()
    return Answer(code=grpc.StatusCode.OK, details="", trailing=b"", responses=(response,))


async def _stream(call: "grpc.aio.StreamStreamCall[bytes, bytes]", frames: Sequence[bytes]) -> Answer:
    with suppress(grpc.aio.AioRpcError, asyncio.InvalidStateError):  # the server may have ended it by then
        for frame in frames:
            await call.write(frame)
        await call.done_writing()
    responses = []
    with suppress(grpc.aio.AioRpcError):
        while isinstance(response := await call.read(), bytes):
            responses.append(response)
    answer = await _answer(call, tuple(responses))
    return LOST if (answer.code, answer.details) == (LOST.code, LOST.details) else answer


async def _answer(call: grpc.aio.Call, responses: tuple[bytes, ...]) -> Answer:
    trailing = b"".join(
        value if isinstance(value, bytes) else value.encode() for _, value in await call.trailing_metadata() or ()
    )
    return Answer(code=await call.code(), details=await call.details() or "", trailing=trailing, responses=responses)
