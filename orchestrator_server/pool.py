"""One descriptor pool for the files of several servers, also where their names collide.

Files that are equal in all servers are shared. A server whose files or symbols contradict what is already there gets
prefixed copies: file `x_<server>/<name>`, package `x_<server>.<package>`. The wire does not notice. Prefixed copies
drop extension declarations; `google/*` is never prefixed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from google.protobuf import descriptor_pb2
from google.protobuf.descriptor_pool import DescriptorPool

Files = Mapping[str, bytes]


class PoolError(Exception):
    """A server's files make no sense, not even on their own; the message says why."""


@dataclass(slots=True)
class PoolBuilder:
    """Collects files; `pool` holds what was added so far."""

    pool: DescriptorPool = field(default_factory=DescriptorPool)
    _files: dict[str, bytes] = field(default_factory=dict)
    _symbols: dict[str, str] = field(default_factory=dict)

    def add(self, server: str, files: Files) -> str:
        """Adds the files of `server` and returns the prefix that its symbols got: empty, or `x_<server>.`.

        Raises PoolError, and then the pool is as it was.
        """
        _check_alone(server, files)
        prefix = f"x_{server}." if self._collides(files) else ""
        chosen = _prefixed(files, prefix) if prefix else files
        for name in _in_order(chosen):
            if name not in self._files:
                self._add_file(name, chosen[name])
        return prefix

    def _collides(self, files: Files) -> bool:
        for name, content in files.items():
            known = self._files.get(name)
            if known is not None and _canonical(known) != _canonical(content):
                return True
            if known is None and any(symbol in self._symbols for symbol in _symbols(content)):
                return True
        return False

    def _add_file(self, name: str, content: bytes) -> None:
        self.pool.AddSerializedFile(content)
        self._files[name] = content
        self._symbols |= dict.fromkeys(_symbols(content), name)


def _check_alone(server: str, files: Files) -> None:
    trial = DescriptorPool()
    try:
        for name in _in_order(files):
            trial.AddSerializedFile(files[name])
    except (TypeError, KeyError) as error:
        raise PoolError(f"the proto files of {server} do not fit together: {error}") from error


def _in_order(files: Files) -> Iterator[str]:
    """Names with every dependency before what needs it. A cycle ends at the file that closes it."""
    done: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name not in done and name in files:
            done.add(name)
            for dependency in descriptor_pb2.FileDescriptorProto.FromString(files[name]).dependency:
                yield from visit(dependency)
            yield name

    for name in sorted(files):
        yield from visit(name)


def _symbols(content: bytes) -> Iterator[str]:
    """The full names that a file declares at its top level."""
    file = descriptor_pb2.FileDescriptorProto.FromString(content)
    dot = f"{file.package}." if file.package else ""
    yield from (dot + message.name for message in file.message_type)
    yield from (dot + enum.name for enum in file.enum_type)
    yield from (dot + service.name for service in file.service)
    yield from (dot + extension.name for extension in file.extension)


def _canonical(content: bytes) -> bytes:
    """The content without what differs between runtimes though the meaning is the same."""
    file = descriptor_pb2.FileDescriptorProto.FromString(content)
    file.ClearField("source_code_info")
    return file.SerializeToString(deterministic=True)


def _prefixed(files: Files, prefix: str) -> Files:
    own = [descriptor_pb2.FileDescriptorProto.FromString(content) for content in files.values()]
    for file in own:
        if not file.name.startswith("google/"):
            _rename(file, prefix)
    return {file.name: file.SerializeToString() for file in own}


def _rename(file: descriptor_pb2.FileDescriptorProto, prefix: str) -> None:
    folder = prefix.rstrip(".") + "/"
    file.name = folder + file.name
    file.package = (prefix + file.package).rstrip(".")
    file.dependency[:] = [name if name.startswith("google/") else folder + name for name in file.dependency]
    file.ClearField("extension")
    for message in file.message_type:
        _rename_message(message, prefix)
    for service in file.service:
        for method in service.method:
            method.input_type = _renamed(method.input_type, prefix)
            method.output_type = _renamed(method.output_type, prefix)


def _rename_message(message: descriptor_pb2.DescriptorProto, prefix: str) -> None:
    message.ClearField("extension")
    for member in message.field:
        if member.type_name:
            member.type_name = _renamed(member.type_name, prefix)
    for nested in message.nested_type:
        _rename_message(nested, prefix)


def _renamed(type_name: str, prefix: str) -> str:
    return type_name if type_name.startswith(".google.") else f".{prefix}{type_name.lstrip('.')}"
