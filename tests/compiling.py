"""Proto files of the tests' own, compiled when they are needed: bytes by name, as reflection would give them."""

import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import grpc_tools
from google.protobuf import descriptor_pb2, message_factory
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from grpc_tools import protoc

ROOT = Path(__file__).parents[1]
PROTOS = ROOT / "tests" / "protos"


@cache
def compiled(folder: str = "", *names: str) -> Mapping[str, bytes]:
    """The files `names` below `tests/protos/<folder>`, with everything that they import."""
    with tempfile.NamedTemporaryFile(suffix=".pb") as out:
        code = protoc.main(
            [
                "protoc",
                *(f"-I{path}" for path in (PROTOS / folder, ROOT / "protos", Path(grpc_tools.__path__[0]) / "_proto")),
                "--include_imports",
                f"--descriptor_set_out={out.name}",
                *names,
            ]
        )
        assert code == 0, names
        files = _PLAIN_SET.FromString(Path(out.name).read_bytes()).file
    return {file.name: file.SerializeToString() for file in files}


def compiled_text(**sources: str) -> Mapping[str, bytes]:
    """The same for sources in the test itself: `compiled_text(order="message Order { ... }")` makes `order.proto`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in sources.items():
            head = "" if text.lstrip().startswith(("syntax", "edition")) else 'syntax = "proto3";\n'
            Path(folder, f"{name}.proto").write_text(head + text)
        return compiled.__wrapped__(folder, *(f"{name}.proto" for name in sources))


def pool_of(files: Mapping[str, bytes]) -> DescriptorPool:
    """A pool of `files`, which stand in the order of their imports."""
    pool = DescriptorPool()
    for content in files.values():
        pool.AddSerializedFile(content)
    return pool


def message_class(pool: DescriptorPool, name: str) -> type[Message]:
    """The class of a message by its full name."""
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))


# without our options: a test may mean something else by their numbers
_PLAIN_SET = message_class(
    pool_of({"descriptor": descriptor_pb2.DESCRIPTOR.serialized_pb}), "google.protobuf.FileDescriptorSet"
)
