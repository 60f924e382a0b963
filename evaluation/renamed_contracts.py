"""A catalogue of the same servers with every word of their trade renamed, numbers and types as they were."""

from collections.abc import Mapping
from dataclasses import replace

from google.protobuf import descriptor_pb2 as pb2
from llm_orchestrator.capabilities.v1 import annotations_pb2, capabilities_pb2

from evaluation.contract_texts import change_texts, enums_of, intent_of, is_money, messages_of
from evaluation.renaming import Renaming
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.snapshot import ServerDescription, build_catalogue

_SHARED_FILES = ("google/", "llm_orchestrator/capabilities/")
_SHARED_TYPES = (".google.", ".llm_orchestrator.capabilities.")


def contracts_of(catalogue: Catalogue) -> list[pb2.FileDescriptorProto]:
    """The contracts behind a catalogue, without those that every server shares."""
    return [file for each in catalogue.descriptions for file in _own_files(each).values()]


def renamed_catalogue(catalogue: Catalogue, renaming: Renaming) -> Catalogue:
    """The catalogue that discovery would build, had the servers been written in the other words."""
    return build_catalogue([_described(each, renaming) for each in catalogue.descriptions])


def _own_files(description: ServerDescription) -> dict[str, pb2.FileDescriptorProto]:
    own = {name: content for name, content in description.files.items() if not name.startswith(_SHARED_FILES)}
    return {name: pb2.FileDescriptorProto.FromString(content) for name, content in own.items()}


def _described(description: ServerDescription, renaming: Renaming) -> ServerDescription:
    own = _own_files(description)
    intents: dict[str, annotations_pb2.Intent] = {}
    for file in own.values():
        _rename(file, renaming)
        intents |= {f"{file.package}.{s.name}.{m.name}": intent_of(m) for s in file.service for m in s.method}
    said = capabilities_pb2.GetCapabilitiesResponse(server=description.name)
    if description.capabilities is not None:
        said.etag = description.capabilities.etag
        for capability in description.capabilities.capabilities:
            method = renaming.dotted(capability.method)
            said.capabilities.add(intent=intents[method], method=method)
    files = dict(description.files) | {name: file.SerializeToString() for name, file in own.items()}
    return replace(description, capabilities=said, files=files)


def _rename(file: pb2.FileDescriptorProto, renaming: Renaming) -> None:
    change_texts(file, renaming)
    file.ClearField("source_code_info")
    file.package = renaming.dotted(file.package)
    for message in messages_of(file.message_type):
        _rename_message(message, renaming)
    for enum in enums_of(file):
        enum.name = renaming.dotted(enum.name)
        for value in enum.value:
            value.name = renaming.dotted(value.name)
    for service in file.service:
        service.name = renaming.dotted(service.name)
        for method in service.method:
            method.name = renaming.dotted(method.name)
            method.input_type, method.output_type = (
                _type(t, renaming.names) for t in (method.input_type, method.output_type)
            )
            if intent_of(method).name:
                intent_of(method).name = renaming.dotted(intent_of(method).name)


def _rename_message(message: pb2.DescriptorProto, renaming: Renaming) -> None:
    if is_money(message):
        return
    message.name = renaming.dotted(message.name)
    for choice in message.oneof_decl:
        choice.name = renaming.dotted(choice.name)
    for field in message.field:
        field.name = renaming.dotted(field.name)
        field.ClearField("json_name")
        if field.type_name:
            field.type_name = _type(field.type_name, renaming.names)


def _type(name: str, names: Mapping[str, str]) -> str:
    if name.startswith(_SHARED_TYPES):
        return name
    return ".".join(names.get(part, part) for part in name.split("."))
