"""CapabilitiesService from the annotations of the services a server serves: no list is kept by hand."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import FileDescriptor, MethodDescriptor, ServiceDescriptor
from llm_orchestrator.capabilities.v1 import annotations_pb2, capabilities_pb2, capabilities_pb2_grpc

from service_kit.types import Context


class CapabilitiesServicer(capabilities_pb2_grpc.CapabilitiesServiceServicer):
    """Tells what a server can do; the answer is made once, at start."""

    def __init__(self, server: str, services: Sequence[str]) -> None:
        self._response = describe(server, services)

    async def GetCapabilities(
        self, request: capabilities_pb2.GetCapabilitiesRequest, context: Context
    ) -> capabilities_pb2.GetCapabilitiesResponse:
        """Lists the intents of this server."""
        return self._response


def describe(server: str, services: Iterable[str]) -> capabilities_pb2.GetCapabilitiesResponse:
    """The capabilities of `server`, from the options of the methods of `services` (fully qualified names).

    The etag covers the intents and every proto file that their messages come from.
    """
    descriptors = [descriptor_pool.Default().FindServiceByName(name) for name in services]
    found = [
        capabilities_pb2.Capability(intent=intent_of(method), method=method.full_name)
        for descriptor in descriptors
        for method in descriptor.methods
        if intent_of(method).name
    ]
    found.sort(key=lambda capability: capability.intent.name)
    return capabilities_pb2.GetCapabilitiesResponse(server=server, etag=_etag(found, descriptors), capabilities=found)


def intent_of(method: MethodDescriptor) -> annotations_pb2.Intent:
    """The `intent` option of `method`; an empty one where it has none."""
    return method.GetOptions().Extensions[annotations_pb2.intent]


def _etag(capabilities: Iterable[capabilities_pb2.Capability], services: Iterable[ServiceDescriptor]) -> str:
    digest = hashlib.sha256()
    for capability in capabilities:
        digest.update(capability.SerializeToString(deterministic=True))
    for file in sorted({file.name: file for s in services for file in _closure(s.file)}.items()):
        digest.update(file[1].serialized_pb)
    return digest.hexdigest()[:32]


def _closure(file: FileDescriptor) -> Iterator[FileDescriptor]:
    yield file
    for dependency in file.dependencies:
        yield from _closure(dependency)
