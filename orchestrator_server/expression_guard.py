"""Makes an expression fail where it reads something that is not set, instead of reading a stand-in for it.

Plain CEL reads an unset timestamp as 1970, an unset amount as 0 and an unset stage as number 0. Here every read of a
field whose absence can be told becomes `has(x.y) ? x.y : <failure>`: one that `has()` guards never gets there, any
other is a failure that names the field. Why this is not refused when compiling: docs/decisions/0005-unset-values.md.
"""

from collections.abc import Iterator

from google.protobuf import any_pb2
from google.protobuf.descriptor import EnumValueDescriptor, FieldDescriptor
from llm_orchestrator.orchestrator.v1 import checked_expression_pb2 as tree_pb2

from orchestrator_server.expression_tree import Bound, Node, Tree, children, path_of

NOT_SET = "@not_set"
"""The function that fails; its name cannot be written in an expression."""

_KEPT = "@kept"


def guarded(serialized: bytes, tree: Tree) -> bytes | None:
    """The expression as the library serialises it, with its guards; None where nothing needs one."""
    checked = tree_pb2.CheckedExpression()
    checked.CopyFrom(tree.checked)
    reads = list(_unsure(checked.root, {}, tree))
    if not reads:
        return None
    ids = iter(range(max(node.id for node, _ in tree.nodes()) + 1, 1 << 31))
    for node, path in reversed(reads):  # the innermost first: the outer ones take them along
        _rewrite(node, path, ids)
    wrapped = any_pb2.Any.FromString(serialized)
    wrapped.value = checked.SerializeToString()
    return wrapped.SerializeToString()


def absence_shows(field: FieldDescriptor) -> bool:
    """Can it be told that the field is not set: a message, an `optional`, or an enum whose 0 says so?"""
    if field.is_repeated:
        return False
    enum = field.enum_type
    return field.has_presence or (enum is not None and says_unset(enum.values_by_number.get(0)))


def says_unset(constant: EnumValueDescriptor | None) -> bool:
    """Is this the constant that stands for an unset enum (AIP-126)?"""
    return constant is not None and constant.number == 0 and constant.name.endswith("UNSPECIFIED")


def _unsure(node: Node, bound: Bound, tree: Tree) -> Iterator[tuple[Node, str]]:
    """The reads below `node` that may find nothing, parents first, each with its path for people."""
    field = tree.field(node)
    if field is not None and not node.selection.is_test and absence_shows(field):
        yield node, "".join(path_of(node, bound) or (node.selection.field,))
    for child, inner in children(node, bound):
        yield from _tested(child, inner, tree) if node.selection.is_test else _unsure(child, inner, tree)


def _tested(node: Node, bound: Bound, tree: Tree) -> Iterator[tuple[Node, str]]:
    """The way to what `has()` asks for may be unset: then it is not there, which is an answer."""
    follow = _tested if node.WhichOneof("kind") == "selection" else _unsure
    for child, inner in children(node, bound):
        yield from follow(child, inner, tree)


def _rewrite(node: Node, path: str, ids: Iterator[int]) -> None:
    """Turns `x.y` into a guarded read. What is before the point is computed once: a loop over nothing keeps it."""
    operand, field = tree_pb2.Node(), node.selection.field
    operand.CopyFrom(node.selection.operand)
    if operand.WhichOneof("kind") == "identifier":
        guard = _choice(operand.identifier.name, field, path, ids)
        guard.id = node.id
        node.CopyFrom(guard)
        return
    node.ClearField("selection")
    loop = node.comprehension
    loop.element_name = "@unused"
    loop.range.id = next(ids)
    loop.range.list.SetInParent()
    loop.result_name = _KEPT
    loop.start.CopyFrom(operand)
    loop.condition.id = next(ids)
    loop.condition.constant.bool_value = False
    loop.step.CopyFrom(_name(_KEPT, ids))
    loop.result.CopyFrom(_choice(_KEPT, field, path, ids))


def _choice(name: str, field: str, path: str, ids: Iterator[int]) -> Node:
    """`has(name.field) ? name.field : @not_set(path)`."""
    failure = tree_pb2.Node(id=next(ids))
    failure.call.function = NOT_SET
    failure.call.arguments.add(id=next(ids)).constant.string_value = path
    chosen = tree_pb2.Node(id=next(ids))
    chosen.call.function = "_?_:_"
    chosen.call.arguments.extend([_field(name, field, ids, is_test=True), _field(name, field, ids), failure])
    return chosen


def _field(name: str, field: str, ids: Iterator[int], *, is_test: bool = False) -> Node:
    selection = tree_pb2.Selection(operand=_name(name, ids), field=field, is_test=is_test)
    return tree_pb2.Node(id=next(ids), selection=selection)


def _name(name: str, ids: Iterator[int]) -> Node:
    return tree_pb2.Node(id=next(ids), identifier=tree_pb2.Identifier(name=name))
