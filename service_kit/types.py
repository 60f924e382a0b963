"""Names for types that gRPC and protobuf leave generic."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import grpc
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

Context = grpc.aio.ServicerContext[Any, Any]
"""What a servicer method gets beside its request."""

if TYPE_CHECKING:
    Handler: TypeAlias = grpc.RpcMethodHandler[Any, Any]
else:  # generic in the stubs only
    Handler: TypeAlias = grpc.RpcMethodHandler


def fields_of(message: Message) -> Sequence[FieldDescriptor]:
    """The fields that a message can have, in the order of the file."""
    descriptor = cast("Descriptor", message.DESCRIPTOR)  # the stubs say: one of two implementations
    return descriptor.fields
