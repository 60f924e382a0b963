"""The typed tree of a compiled expression: its nodes, what its names stand for, and the paths that it reads.

Macros are gone by now: `has(x.y)` is a selection that tests, `filter` and its like are comprehensions with a variable
for the element and one for the result. Nodes are therefore visited together with what such variables stand for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from google.protobuf import any_pb2
from google.protobuf.descriptor import EnumValueDescriptor, FieldDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from llm_orchestrator.orchestrator.v1 import checked_expression_pb2 as tree_pb2

Node: TypeAlias = tree_pb2.Node
Path: TypeAlias = tuple[str, ...]
"""A way into the responses, in parts that make its text: `("s1", ".orders", "[0]", ".id")`; `[]` is every element."""

ELEMENTS = "[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What a comprehension's variable stands for: `node`, or an element of it; `bound` is what `node` itself sees."""

    node: Node
    bound: "Bound"
    is_element: bool


Bound: TypeAlias = Mapping[str, Binding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A checked expression beside the pool that its message types come from."""

    checked: tree_pb2.CheckedExpression
    pool: DescriptorPool

    def nodes(self) -> Iterator[tuple[Node, Bound]]:
        """Every node, parents first, with the comprehension variables that it sees."""
        return visit(self.checked.root, {})

    def type_of(self, node: Node) -> tree_pb2.NodeType:
        """What `node` yields; empty where the checker did not say."""
        return self.checked.type_map.get(node.id) or tree_pb2.NodeType()

    def field(self, node: Node) -> FieldDescriptor | None:
        """The field that a selection reads or tests; None for other nodes and for keys of maps."""
        if node.WhichOneof("kind") != "selection" or self.constant(node) is not None:
            return None
        message_name = self.type_of(node.selection.operand).message_name
        message = self.pool.FindMessageTypeByName(message_name) if message_name else None
        return message.fields_by_name.get(node.selection.field) if message else None

    def constant(self, node: Node) -> EnumValueDescriptor | None:
        """The enum constant that `node` names, if it names one."""
        reference = self.checked.reference_map.get(node.id)
        if reference is None or not reference.HasField("value"):
            return None
        enum_name, _, name = reference.name.rpartition(".")
        return self.pool.FindEnumTypeByName(enum_name).values_by_name[name]

    def names(self) -> frozenset[str]:
        """The variables that the expression refers to, those of its comprehensions among them."""
        references = self.checked.reference_map.values()
        return frozenset(ref.name for ref in references if not ref.overload_ids and not ref.HasField("value"))


def tree_of(serialized: bytes, pool: DescriptorPool) -> Tree:
    """The tree of what the library serialises: an `Any` around a `cel.expr.CheckedExpr`."""
    wrapped = any_pb2.Any.FromString(serialized)
    return Tree(checked=tree_pb2.CheckedExpression.FromString(wrapped.value), pool=pool)


def visit(node: Node, bound: Bound) -> Iterator[tuple[Node, Bound]]:
    """`node` and everything below it, parents first."""
    yield node, bound
    for child, inner in children(node, bound):
        yield from visit(child, inner)


def children(node: Node, bound: Bound) -> Iterator[tuple[Node, Bound]]:
    """The nodes directly below `node`."""
    match node.WhichOneof("kind"):
        case "selection":
            yield node.selection.operand, bound
        case "call":
            yield from ((part, bound) for part in operands(node))
        case "list":
            yield from ((element, bound) for element in node.list.elements)
        case "struct":
            for entry in node.struct.entries:
                yield from ((part, bound) for part in (entry.key, entry.value) if part.WhichOneof("kind"))
        case "comprehension":
            yield from _parts(node.comprehension, bound)


def operands(node: Node) -> list[Node]:
    """What a call works on: what stands before the point, then the arguments."""
    return [*([node.call.target] if node.call.HasField("target") else []), *node.call.arguments]


def inside(loop: tree_pb2.Comprehension, bound: Bound) -> Bound:
    """What the step of a comprehension sees."""
    element = Binding(node=loop.range, bound=bound, is_element=True)
    result = Binding(node=loop.start, bound=bound, is_element=False)
    return {**bound, (loop.second_element_name or loop.element_name): element, loop.result_name: result}


def path_of(node: Node, bound: Bound) -> Path | None:
    """The way into the responses that `node` stands for; None where it computes something."""
    match node.WhichOneof("kind"):
        case "identifier":
            return _named(node.identifier.name, bound)
        case "selection":
            base = path_of(node.selection.operand, bound)
            return base and (*base, f".{node.selection.field}")
        case "call" if node.call.function == "_[_]":
            base = path_of(node.call.arguments[0], bound)
            return base and (*base, _index(node))
        case "comprehension" if _keeps_elements(node.comprehension):
            return path_of(node.comprehension.range, bound)
    return None


def read_paths(tree: Tree) -> tuple[Path, ...]:
    """The longest paths that the expression reads or tests, each once, in the order in which they stand there."""
    return tuple(dict.fromkeys(_reads(tree.checked.root, {}, tree)))


def _reads(node: Node, bound: Bound, tree: Tree) -> Iterator[Path]:
    if tree.constant(node) is not None:
        return
    path = path_of(node, bound)
    kind = node.WhichOneof("kind")
    is_chain = path is not None and kind != "comprehension"
    if path and is_chain and not (kind == "identifier" and tree.type_of(node).message_name):
        yield path
    for child, inner in children(node, bound):
        yield from _below(child, inner, tree) if is_chain else _reads(child, inner, tree)


def _below(node: Node, bound: Bound, tree: Tree) -> Iterator[Path]:
    """What is read within a chain that is itself told by its longest path."""
    if node.WhichOneof("kind") == "comprehension" or path_of(node, bound) is None:
        yield from _reads(node, bound, tree)
        return
    for child, inner in children(node, bound):
        yield from _below(child, inner, tree)


def _parts(loop: tree_pb2.Comprehension, bound: Bound) -> Iterator[tuple[Node, Bound]]:
    inner = inside(loop, bound)
    yield loop.range, bound
    yield loop.start, bound
    yield loop.condition, inner
    yield loop.step, inner
    yield loop.result, {**bound, loop.result_name: inner[loop.result_name]}


def _named(name: str, bound: Bound) -> Path | None:
    binding = bound.get(name)
    if binding is None:
        return (name,)
    base = path_of(binding.node, binding.bound)
    return (*base, ELEMENTS) if base and binding.is_element else base


def _index(node: Node) -> str:
    """`[0]` or `['key']`; `[]` where it is computed, or counts what a filter left over."""
    of, index = node.call.arguments
    if of.WhichOneof("kind") == "comprehension":
        return ELEMENTS
    match index.constant.WhichOneof("kind"):
        case "int_value":
            return f"[{index.constant.int_value}]"
        case "string_value":
            return f"[{index.constant.string_value!r}]"
    return ELEMENTS


def _keeps_elements(loop: tree_pb2.Comprehension) -> bool:
    """Is this a `filter`: does its result hold elements as they are?"""
    if loop.step.call.function != "_?_:_":
        return False
    kept = loop.step.call.arguments[1].call
    added = kept.arguments[1].list.elements if kept.function == "_+_" else []
    return len(added) == 1 and added[0].identifier.name == loop.element_name
