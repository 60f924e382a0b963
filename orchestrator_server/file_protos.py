"""Proto files as data, parsed without any option of ours: a server may mean something else by the same numbers."""

from typing import TYPE_CHECKING, cast

from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.descriptor_pool import DescriptorPool

if TYPE_CHECKING:
    from google.protobuf.descriptor_pb2 import FileDescriptorProto


def parse_file(content: bytes) -> "FileDescriptorProto":
    """The file. Raises DecodeError."""
    return _FILE.FromString(content)


def _plain_class() -> "type[FileDescriptorProto]":
    """The class of files in a pool that knows no extensions."""
    pool = DescriptorPool()
    pool.AddSerializedFile(descriptor_pb2.DESCRIPTOR.serialized_pb)
    name = descriptor_pb2.FileDescriptorProto.DESCRIPTOR.full_name
    return cast("type[FileDescriptorProto]", message_factory.GetMessageClass(pool.FindMessageTypeByName(name)))


_FILE = _plain_class()
