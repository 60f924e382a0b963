"""Names for types that gRPC and protobuf leave generic."""

from collections.abc import Sequence
from typing import Any, cast

import grpc
from google.protobuf.descriptor import Descriptor, FieldDescriptor

Context = grpc.aio.ServicerContext[Any, Any]
"""What a servicer method gets beside its request."""


def fields_of(descriptor: Descriptor) -> Sequence[FieldDescriptor]:
    """The fields of a message, in the order of the file; the stubs type them as one of two implementations."""
    return cast("Sequence[FieldDescriptor]", descriptor.fields)
