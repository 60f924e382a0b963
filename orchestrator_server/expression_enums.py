"""Enums in expressions: for plain CEL they are numbers; here they are compared by name, with their own kind alone."""

from collections.abc import Iterator

from google.protobuf.descriptor import EnumDescriptor

from orchestrator_server.expression_guard import says_unset
from orchestrator_server.expression_tree import Bound, Node, Tree, inside, operands, path_of
from orchestrator_server.problems import Problem

_COMPARING = frozenset({"_==_", "_!=_", "@in"})
_PASSING = frozenset({"_[_]", "size", "@not_strictly_false"})
_SHOWN = 6


def enum_of(node: Node, bound: Bound, tree: Tree) -> EnumDescriptor | None:
    """The enum whose values `node` yields, alone or as the elements of a list."""
    if node.selection.is_test:
        return None
    constant, field = tree.constant(node), tree.field(node)
    if constant is not None:
        return constant.type
    if field is not None:
        entry = field.message_type
        is_map = entry is not None and entry.GetOptions().map_entry
        return entry.fields_by_name["value"].enum_type if is_map and entry else field.enum_type
    return next((enum for enum in _sources(node, bound, tree) if enum is not None), None)


def enum_problems(node: Node, bound: Bound, tree: Tree) -> Iterator[Problem]:
    """What `node` does to enums that has no meaning."""
    constant = tree.constant(node)
    if says_unset(constant):
        yield Problem("ENUM_UNSET", f"{constant and constant.name} means not set; write has(...) or !has(...) instead")
        return
    parts = _compared(node)
    enums = [enum_of(part, bound, tree) for part in parts]
    named = next((enum for enum in enums if enum is not None), None)
    if named is None:
        return
    if node.WhichOneof("kind") == "call" and not _may_take(node, tree):
        yield Problem("ENUM_BY_NUMBER", f"{_text(parts, enums)} is no number; {_advice(parts, bound, tree)}")
    elif node.call.function in _PASSING or _joins_lists(node, tree):
        return
    elif any(enum is None for enum in enums):
        yield Problem("ENUM_BY_NUMBER", f"{_text(parts, enums)} is no number; {_advice(parts, bound, tree)}")
    elif any(enum is not named for enum in enums):
        names = " and ".join(dict.fromkeys(enum.full_name for enum in enums if enum is not None))
        yield Problem("ENUM_MIXED", f"{names} are different enums; {_advice(parts, bound, tree)}")


def _sources(node: Node, bound: Bound, tree: Tree) -> Iterator[EnumDescriptor | None]:
    match node.WhichOneof("kind"):
        case "identifier" if binding := bound.get(node.identifier.name):
            yield enum_of(binding.node, binding.bound, tree)
        case "call" if node.call.function == "_[_]":
            yield enum_of(node.call.arguments[0], bound, tree)
        case "call" if node.call.function == "_?_:_" or _joins_lists(node, tree):
            yield from (enum_of(part, bound, tree) for part in node.call.arguments[-2:])
        case "list":
            yield from (enum_of(element, bound, tree) for element in node.list.elements)
        case "struct":
            yield from (enum_of(entry.value, bound, tree) for entry in node.struct.entries)
        case "selection":  # the key of a map
            yield enum_of(node.selection.operand, bound, tree)
        case "comprehension":
            yield enum_of(node.comprehension.step, inside(node.comprehension, bound), tree)


def _compared(node: Node) -> list[Node]:
    """The parts of `node` that must be of one kind."""
    match node.WhichOneof("kind"):
        case "call":
            return operands(node)[1:] if node.call.function == "_?_:_" else operands(node)
        case "list":
            return list(node.list.elements)
    return []


def _may_take(node: Node, tree: Tree) -> bool:
    """May this function work on enums: does it compare, or hand them on?"""
    return node.call.function in _COMPARING | _PASSING | {"_?_:_"} or _joins_lists(node, tree)


def _joins_lists(node: Node, tree: Tree) -> bool:
    """Does it put lists together, as `filter` and `map` do? An empty one is of no kind."""
    return node.call.function in {"_+_", "_?_:_"} and tree.type_of(node).HasField("list")


def _text(parts: list[Node], enums: list[EnumDescriptor | None]) -> str:
    part, enum = next((part, enum) for part, enum in zip(parts, enums, strict=True) if enum is not None)
    path = path_of(part, {})
    return "".join(path) if path else enum.name


def _advice(parts: list[Node], bound: Bound, tree: Tree) -> str:
    """Names the constants to compare with; the one with the number that was written, where there is one."""
    field = next((part for part in parts if not _is_constant(part, tree) and enum_of(part, bound, tree)), parts[0])
    enum = enum_of(field, bound, tree) or next(e for part in parts if (e := enum_of(part, bound, tree)))
    numbers = [part.constant.int_value for part in parts if part.constant.WhichOneof("kind") == "int_value"]
    meant = enum.values_by_number.get(numbers[0]) if numbers else None
    values = (
        [meant] if meant is not None and meant.number else [value for value in enum.values if value.number][:_SHOWN]
    )
    path = "".join(path_of(field, {}) or ("...",))
    first, *others = [f"{enum.full_name}.{value.name}" for value in values]
    return f"write {path} == {first}{' (or ' + ', '.join(others) + ')' if others else ''}"


def _is_constant(node: Node, tree: Tree) -> bool:
    if node.WhichOneof("kind") == "list":
        return all(tree.constant(element) is not None for element in node.list.elements)
    return tree.constant(node) is not None
