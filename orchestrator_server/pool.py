"""One descriptor pool for the files of several servers, also where their names collide.

Files that are equal in all servers are shared. A server whose files or symbols contradict what is already there gets
prefixed copies: file `x_<server>/<name>`, package `x_<server>.<package>`. The wire does not notice. Prefixed copies
drop extension declarations. `google/*` is never prefixed: of `google/protobuf` our runtime's own files are taken, of
the rest those of the server that came first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from google.protobuf import (  # the modules put their files into the default pool
    any_pb2,
    descriptor_pb2,
    duration_pb2,
    empty_pb2,
    field_mask_pb2,
    struct_pb2,
    timestamp_pb2,
    wrappers_pb2,
)
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import DecodeError

from orchestrator_server.file_protos import parse_file
from orchestrator_server.prefixing import prefixed, symbols

Files = Mapping[str, bytes]

GOOGLE = "google/"
_RUNTIME = (
    any_pb2,
    descriptor_pb2,
    duration_pb2,
    empty_pb2,
    field_mask_pb2,
    struct_pb2,
    timestamp_pb2,
    wrappers_pb2,
)
OURS: Files = {module.DESCRIPTOR.name: module.DESCRIPTOR.serialized_pb for module in _RUNTIME}


class PoolError(Exception):
    """A server's files make no sense, not even on their own; the message says why."""


@dataclass(slots=True)
class PoolBuilder:
    """Collects files; `pool` holds what was added so far, `prefixes` those that were given."""

    pool: DescriptorPool = field(default_factory=DescriptorPool)
    prefixes: list[str] = field(default_factory=list)
    _files: dict[str, bytes] = field(default_factory=dict)
    _symbols: set[str] = field(default_factory=set)

    def add(self, server: str, files: Files) -> str:
        """Adds the files of `server` and returns the prefix that its symbols got: empty, or `x_<server>.`.

        Raises PoolError, and then the pool is as it was.
        """
        files = {**files, **OURS}
        _built(server, files)
        if not self._collides(files):
            try:
                self._take(server, files)
                return ""
            except PoolError:  # what names do not tell, for instance two extensions with one number
                pass
        prefix = self._free_prefix(server)
        self._take(server, prefixed(files, prefix))
        self.prefixes.append(prefix)
        return prefix

    def _collides(self, files: Files) -> bool:
        own = {name: content for name, content in files.items() if not name.startswith(GOOGLE)}
        if any(name in self._files and _bare(self._files[name]) != _bare(own[name]) for name in own):
            return True
        new = [content for name, content in own.items() if name not in self._files]
        return any(symbol in self._symbols for content in new for symbol in symbols(content))

    def _free_prefix(self, server: str) -> str:
        """A prefix that no package begins with."""
        prefix = f"x_{server}."
        while any(symbol.startswith(prefix) for symbol in self._symbols):
            prefix = f"x_{prefix}"
        return prefix

    def _take(self, server: str, files: Files) -> None:
        together = {**files, **self._files}
        self.pool = _built(server, together)
        self._files = together
        self._symbols = {symbol for content in together.values() for symbol in symbols(content)}


def _built(server: str, files: Files) -> DescriptorPool:
    """A pool of `files`, and of nothing else. Raises PoolError."""
    pool = DescriptorPool()
    try:
        for name in _in_order(files):
            pool.AddSerializedFile(files[name])
    except (TypeError, KeyError, ValueError, DecodeError) as error:
        raise PoolError(f"the proto files of {server} do not fit together: {error}") from error
    return pool


def _in_order(files: Files) -> Iterator[str]:
    """Names with every dependency before what needs it. A cycle ends at the file that closes it."""
    done: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name not in done and name in files:
            done.add(name)
            for dependency in parse_file(files[name]).dependency:
                yield from visit(dependency)
            yield name

    for name in sorted(files):
        yield from visit(name)


def _bare(content: bytes) -> bytes:
    """The content without what differs between runtimes though the meaning is the same."""
    file = parse_file(content)
    file.ClearField("source_code_info")
    return file.SerializeToString(deterministic=True)
