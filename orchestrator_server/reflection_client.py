"""Asks a server what it can do: capabilities for the intents, reflection for the types behind them."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field

import grpc
from grpc_reflection.v1alpha import reflection_pb2
from llm_orchestrator.capabilities.v1 import capabilities_pb2, capabilities_pb2_grpc

from orchestrator_server.file_protos import parse_file

VERSIONS = ("grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection")
MAX_FILES = 500


class ReflectionError(Exception):
    """The server answers and cannot be understood; the message says what it lacks."""


async def get_capabilities(channel: grpc.aio.Channel, seconds: float) -> capabilities_pb2.GetCapabilitiesResponse:
    """The intents of the server behind `channel`. Raises grpc.aio.AioRpcError."""
    stub = capabilities_pb2_grpc.CapabilitiesServiceStub(channel)
    return await stub.GetCapabilities(capabilities_pb2.GetCapabilitiesRequest(), timeout=seconds)


async def get_files(channel: grpc.aio.Channel, services: Iterable[str], seconds: float, token: str) -> dict[str, bytes]:
    """The proto files of `services` and all that they import, by name; `token` is shown where reflection is guarded.

    Tries reflection v1, then v1alpha. Raises ReflectionError where neither is offered or a name is not known there.
    """
    wanted = [reflection_pb2.ServerReflectionRequest(file_containing_symbol=name) for name in sorted(set(services))]
    for version in VERSIONS:
        try:
            return await _collect(_Reflection(channel=channel, version=version, seconds=seconds, token=token), wanted)
        except grpc.aio.AioRpcError as error:
            if error.code() is not grpc.StatusCode.UNIMPLEMENTED:
                raise
    raise ReflectionError("offers no server reflection (v1 or v1alpha); its types cannot be known")


@dataclass(slots=True)
class _Collection:
    files: dict[str, bytes] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def take(self, contents: Iterable[bytes]) -> None:
        for content in contents:
            self.files[parse_file(content).name] = content

    def lacking(self) -> set[str]:
        """Imports that were neither received nor asked for yet."""
        imports: set[str] = set()
        for content in self.files.values():
            imports.update(parse_file(content).dependency)
        return imports - set(self.files) - self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reflection:
    """One version of reflection at one server. `seconds` is the deadline of one asking."""

    channel: grpc.aio.Channel
    version: str
    seconds: float
    token: str

    async def ask(
        self, wanted: list[reflection_pb2.ServerReflectionRequest]
    ) -> AsyncIterator[reflection_pb2.ServerReflectionResponse]:
        """An answer to each of `wanted`."""
        call = self.channel.stream_stream(
            f"/{self.version}/ServerReflectionInfo",
            request_serializer=reflection_pb2.ServerReflectionRequest.SerializeToString,
            response_deserializer=reflection_pb2.ServerReflectionResponse.FromString,
        )
        metadata = (("authorization", f"Bearer {self.token}"),)
        async for answer in call(iter(wanted), timeout=self.seconds, metadata=metadata):
            yield answer


async def _collect(reflection: _Reflection, wanted: list[reflection_pb2.ServerReflectionRequest]) -> dict[str, bytes]:
    found = _Collection()
    while wanted:
        async for answer in reflection.ask(wanted):
            if answer.HasField("error_response"):
                raise ReflectionError(f"reflection says: {answer.error_response.error_message}")
            found.take(answer.file_descriptor_response.file_descriptor_proto)
        if len(found.files) > MAX_FILES:
            raise ReflectionError(f"has more than {MAX_FILES} proto files behind its intents")
        lacking = sorted(found.lacking())
        found.asked.update(lacking)
        wanted = [reflection_pb2.ServerReflectionRequest(file_by_filename=name) for name in lacking]
    return found.files
