"""Copies of proto files under another package, so that two servers' files can stand in one pool."""

from collections.abc import Iterator, Mapping

from google.protobuf import descriptor_pb2

from orchestrator_server.file_protos import parse_file

GOOGLE = "google/"


def prefixed(files: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    """Copies with `prefix` (`x_order.`) before every package and in every reference; `google/*` as it is."""
    parsed = [parse_file(content) for content in files.values()]
    rename = _Renaming(prefix, [file for file in parsed if file.name.startswith(GOOGLE)])
    for file in parsed:
        if not file.name.startswith(GOOGLE):
            rename.file(file)
    return {file.name: file.SerializeToString() for file in parsed}


def symbols(content: bytes) -> Iterator[str]:
    """The full names that a file declares at its top level. Values of an enum stand beside it, not in it."""
    file = parse_file(content)
    dot = f"{file.package}." if file.package else ""
    yield from (dot + message.name for message in file.message_type)
    yield from (dot + enum.name for enum in file.enum_type)
    yield from (dot + value.name for enum in file.enum_type for value in enum.value)
    yield from (dot + service.name for service in file.service)
    yield from (dot + extension.name for extension in file.extension)


class _Renaming:
    def __init__(self, prefix: str, kept: list[descriptor_pb2.FileDescriptorProto]) -> None:
        self._prefix = prefix
        self._folder = prefix.rstrip(".") + "/"
        self._kept = tuple(f".{name}" for file in kept for name in symbols(file.SerializeToString()))

    def file(self, file: descriptor_pb2.FileDescriptorProto) -> None:
        file.name = self._folder + file.name
        file.package = (self._prefix + file.package).rstrip(".")
        file.dependency[:] = [name if name.startswith(GOOGLE) else self._folder + name for name in file.dependency]
        file.ClearField("extension")
        for message in file.message_type:
            self._message(message)
        for service in file.service:
            for method in service.method:
                method.input_type = self._name(method.input_type)
                method.output_type = self._name(method.output_type)

    def _message(self, message: descriptor_pb2.DescriptorProto) -> None:
        message.ClearField("extension")
        for member in message.field:
            if member.type_name:
                member.type_name = self._name(member.type_name)
        for nested in message.nested_type:
            self._message(nested)

    def _name(self, type_name: str) -> str:
        """A reference in full begins with a dot."""
        is_kept = any(type_name == name or type_name.startswith(f"{name}.") for name in self._kept)
        return type_name if is_kept else f".{self._prefix}{type_name.lstrip('.')}"
