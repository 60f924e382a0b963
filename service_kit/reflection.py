"""Server reflection, v1 and v1alpha: the package serves v1alpha only, and the two are the same on the wire."""

from collections.abc import Sequence
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import FileDescriptor
from grpc_reflection.v1alpha import reflection, reflection_pb2, reflection_pb2_grpc

V1_NAME = "grpc.reflection.v1.ServerReflection"
V1ALPHA_NAME = reflection.SERVICE_NAME


def add_reflection(server: grpc.aio.Server, services: Sequence[str]) -> None:
    """Lets `server` describe `services` (fully qualified names) and reflection itself, under both versions."""
    _make_v1_findable()
    servicer = reflection.aio.ReflectionServicer([*services, V1_NAME, V1ALPHA_NAME], _MethodPool())
    add = reflection_pb2_grpc.add_ServerReflectionServicer_to_server
    add(servicer, server)  # type: ignore[no-untyped-call]  # the package's stubs leave it out
    handler = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        request_deserializer=reflection_pb2.ServerReflectionRequest.FromString,
        response_serializer=reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(V1_NAME, {"ServerReflectionInfo": handler}),))


class _MethodPool:
    """The default pool, which also finds the file of a method; Python's finds that of every other kind of symbol."""

    def __init__(self) -> None:
        self._pool = descriptor_pool.Default()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    def FindFileContainingSymbol(self, symbol: str) -> FileDescriptor:
        """The file that declares `symbol`, a fully qualified name. Raises KeyError."""
        try:
            return self._pool.FindFileContainingSymbol(symbol)
        except KeyError:
            return self._pool.FindMethodByName(symbol).containing_service.file


def _make_v1_findable() -> None:
    """Puts a copy of v1alpha's descriptor into the pool under v1's name, so that clients can describe v1."""
    pool = descriptor_pool.Default()
    try:
        pool.FindServiceByName(V1_NAME)
    except KeyError:
        pass
    else:
        return
    file = descriptor_pb2.FileDescriptorProto.FromString(reflection_pb2.DESCRIPTOR.serialized_pb)
    _rename(file)
    pool.AddSerializedFile(file.SerializeToString())


def _rename(file: descriptor_pb2.FileDescriptorProto) -> None:
    file.name = "grpc/reflection/v1/reflection.proto"
    file.package = "grpc.reflection.v1"
    file.ClearField("options")
    for message in file.message_type:
        for field in filter(_has_type_name, message.field):
            field.type_name = field.type_name.replace(".grpc.reflection.v1alpha.", ".grpc.reflection.v1.")
    for service in file.service:
        for method in service.method:
            method.input_type = method.input_type.replace("v1alpha", "v1")
            method.output_type = method.output_type.replace("v1alpha", "v1")


def _has_type_name(field: descriptor_pb2.FieldDescriptorProto) -> bool:
    return field.HasField("type_name")
