"""A server made of compiled protos: real channels, reflection and capabilities, no generated stubs.

Its contract can be changed while it runs, as a rolling update would.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, json_format, message_factory
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message import Message
from grpc_reflection.v1alpha import reflection_pb2
from llm_orchestrator.capabilities.v1 import annotations_pb2, capabilities_pb2

from tests.compiling import pool_of

CAPABILITIES = "/llm_orchestrator.capabilities.v1.CapabilitiesService/GetCapabilities"
REFLECTION = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"

Answer = Callable[[Any], Awaitable[dict[str, Any]]]
"""What an RPC does: takes the request, gives the response in protobuf's JSON form."""


@dataclass(frozen=True, kw_only=True)
class Contract:
    """Files in the order of their imports, the service that they serve, and what its RPCs do, by name."""

    files: Mapping[str, bytes]
    service: str
    answers: Mapping[str, Answer]

    def method(self, name: str) -> MethodDescriptor:
        return pool_of(self.files).FindServiceByName(self.service).methods_by_name[name]

    def capabilities(self, server: str) -> capabilities_pb2.GetCapabilitiesResponse:
        found = [
            capabilities_pb2.Capability(intent=_intent(method), method=method.full_name)
            for method in map(self.method, self.answers)
        ]
        etag = str(hash((tuple(self.files.values()), tuple(self.answers))))
        return capabilities_pb2.GetCapabilitiesResponse(server=server, etag=etag, capabilities=found)


@dataclass
class DynamicServer(grpc.GenericRpcHandler):
    """Serves `contract`, whichever it is at the moment; keeps the requests, as JSON by RPC.

    `announced` is what it says about itself where that is something else: it has been replaced and old calls go on.
    """

    name: str
    contract: Contract
    announced: Contract | None = None
    address: str = ""
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    _told: asyncio.Queue[str] = field(default_factory=asyncio.Queue)

    async def read_anew(self) -> None:
        """Returns when somebody has read the files from now on, and done with them asks for capabilities again."""
        while not self._told.empty():
            self._told.get_nowait()
        async with asyncio.timeout(10):
            while await self._told.get() != "files":
                pass
            while await self._told.get() != "capabilities":
                pass

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        path = handler_call_details.method
        if path == CAPABILITIES:
            return grpc.unary_unary_rpc_method_handler(
                self._capabilities, response_serializer=lambda message: message.SerializeToString()
            )
        if path == REFLECTION:
            return grpc.stream_stream_rpc_method_handler(
                self._files,
                request_deserializer=reflection_pb2.ServerReflectionRequest.FromString,
                response_serializer=lambda message: message.SerializeToString(),
            )
        service, _, name = path.lstrip("/").partition("/")
        known = service == self.contract.service and name in self.contract.answers
        return self._rpc(self.contract, name) if known else None

    def _rpc(self, contract: Contract, name: str) -> Any:
        method = contract.method(name)

        async def answer(request: Message, context: Any) -> Message:
            self.requests.append((name, json_format.MessageToDict(request, preserving_proto_field_name=True)))
            values = await contract.answers[name](request)
            return json_format.ParseDict(values, message_factory.GetMessageClass(method.output_type)())

        return grpc.unary_unary_rpc_method_handler(
            answer,
            request_deserializer=message_factory.GetMessageClass(method.input_type).FromString,
            response_serializer=lambda message: message.SerializeToString(),
        )

    async def _capabilities(self, request: bytes, context: Any) -> capabilities_pb2.GetCapabilitiesResponse:
        self._told.put_nowait("capabilities")
        return (self.announced or self.contract).capabilities(self.name)

    async def _files(self, requests: AsyncIterator[Any], context: Any) -> AsyncIterator[Any]:
        async for _ in requests:
            self._told.put_nowait("files")
            files = (self.announced or self.contract).files
            found = reflection_pb2.FileDescriptorResponse(file_descriptor_proto=list(files.values()))
            yield reflection_pb2.ServerReflectionResponse(file_descriptor_response=found)


@asynccontextmanager
async def serving(name: str, contract: Contract) -> AsyncIterator[DynamicServer]:
    """`async with serving("a", contract) as server:` on port 0."""
    handler = DynamicServer(name=name, contract=contract)
    server = grpc.aio.server(handlers=[handler])
    handler.address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    try:
        yield handler
    finally:
        await server.stop(None)


def answering(**values: Any) -> Answer:
    """An RPC that always says the same."""

    async def answer(request: Any) -> dict[str, Any]:
        return values

    return answer


def _intent(method: MethodDescriptor) -> annotations_pb2.Intent:
    options = descriptor_pb2.MethodOptions.FromString(method.GetOptions().SerializeToString())
    return options.Extensions[annotations_pb2.intent]
