"""Does what an expression yields fit the parameter that it is for? Known before anything runs."""

from google.protobuf.descriptor import Descriptor

from orchestrator_server.catalogue import Catalogue, Parameter
from orchestrator_server.declared import enum_suffixes
from orchestrator_server.expressions import Compiled

_TAKEN = {
    "string": frozenset({"STRING"}),
    "integer": frozenset({"INT", "UINT"}),
    "number": frozenset({"DOUBLE", "INT", "UINT"}),
    "boolean": frozenset({"BOOL"}),
    "bytes": frozenset({"BYTES"}),
}
_WELL_KNOWN = {"google.protobuf.Timestamp": "TIMESTAMP", "google.protobuf.Duration": "DURATION"}


def misfit(compiled: Compiled, parameter: Parameter, catalogue: Catalogue) -> str:
    """What is wrong between the two; empty where it fits, or where only running can tell."""
    kind = compiled.type_name
    if parameter.is_repeated and not parameter.is_map:
        if not kind.startswith("LIST<"):
            return f"takes a list, and this yields {kind}; write [...] around it"
        kind = kind[len("LIST<") : -1]
    if kind == "DYN" or _fits(kind, compiled, parameter, catalogue):
        return ""
    advice = "; write string(...)" if parameter.kind == "string" and kind in {"INT", "UINT", "DOUBLE"} else ""
    return f"takes {_name(parameter)}, and this yields {_yielded(kind, compiled)}{advice}"


def _fits(kind: str, compiled: Compiled, parameter: Parameter, catalogue: Catalogue) -> bool:
    if parameter.is_map:
        return kind.startswith("MAP<")
    if compiled.enum is not None:
        return parameter.kind == "enum" and set(enum_suffixes(compiled.enum)) <= set(parameter.enum_names)
    if parameter.kind == "enum":
        return kind == "STRING"
    if parameter.kind == "message":
        return _message_fits(kind, parameter.message, catalogue)
    return kind in _TAKEN.get(parameter.kind, frozenset({kind}))


def _message_fits(kind: str, wanted: Descriptor | None, catalogue: Catalogue) -> bool:
    """Messages of different servers fit by the names of their fields."""
    if wanted is None or kind == wanted.full_name:
        return True
    if wanted.full_name.startswith("google.protobuf."):
        return kind == _WELL_KNOWN.get(wanted.full_name, kind)
    if "." not in kind or "<" in kind:
        return False
    return {field.name for field in catalogue.descriptor(kind).fields} <= {field.name for field in wanted.fields}


def _name(parameter: Parameter) -> str:
    if parameter.kind == "enum":
        return f"one of {', '.join(parameter.enum_names)}"
    return parameter.message.full_name if parameter.message is not None else parameter.kind


def _yielded(kind: str, compiled: Compiled) -> str:
    return compiled.enum.full_name if compiled.enum is not None else kind
