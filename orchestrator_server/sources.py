"""Where the value of an expression stems from: the fields of earlier responses that it passes on, unchanged.

A value that is computed, or written into the expression, stems from no field: it may be anything a planner invents.
"""

from collections.abc import Sequence

from llm_orchestrator.orchestrator.v1 import checked_expression_pb2 as tree_pb2

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expression_guard import NOT_SET
from orchestrator_server.expression_tree import ELEMENTS, Bound, Node, Path, inside, operands, tree_of
from orchestrator_server.expressions import Compiled
from orchestrator_server.plan import EACH


def sources(compiled: Compiled, catalogue: Catalogue, for_each: Compiled | None = None) -> tuple[Path, ...] | None:
    """The ways to the fields whose values come out; None where something else can come out too.

    `for_each` is what `each` runs over, where the step has one.
    """
    each = None if for_each is None else sources(for_each, catalogue)
    tree = tree_of(compiled.program.serialize(), catalogue.pool)
    found = _ways(tree.checked.root, {})
    if found is None:
        return None
    expanded = [_expanded(way, each) for way in found]
    return tuple(way for ways in expanded for way in ways) if all(expanded) else None


def names_of(way: Path) -> tuple[str, ...]:
    """The fields on a way, the one with the value last."""
    return tuple(part[1:] for part in way if part.startswith("."))


def corresponds(parameter: str, names: Sequence[str]) -> bool:
    """Does the field at the end of `names` hold what `parameter` takes, going by what both are called?

    `order_id` takes `order.id` and `order_id`, `address` takes `home_address`, `items` takes what stands in `items`.
    """
    if not names:
        return False
    last = names[-1]
    return parameter in names or parameter.endswith(f"_{last}") or last.endswith(f"_{parameter}")


def _expanded(way: Path, each: tuple[Path, ...] | None) -> list[Path]:
    """The way, from `each` on to what it is an element of; nothing where that is not known."""
    if way[0] != EACH:
        return [way]
    return [(*begin, ELEMENTS, *way[1:]) for begin in each or ()]


def _ways(node: Node, bound: Bound) -> list[Path] | None:
    match node.WhichOneof("kind"):
        case "identifier":
            return _named(node.identifier.name, bound)
        case "selection" if not node.selection.is_test:
            return _with(_ways(node.selection.operand, bound), f".{node.selection.field}")
        case "call" if node.call.function == "_[_]":
            return _with(_ways(node.call.arguments[0], bound), ELEMENTS)
        case "call" if node.call.function == "_?_:_":
            return _either(node.call.arguments[1:], bound)
        case "call" if node.call.function == "string":
            return _ways(node.call.arguments[0], bound)
        case "list":
            return _all(node.list.elements, bound)
        case "comprehension":
            return _kept(node.comprehension, bound)
    return None


def _named(name: str, bound: Bound) -> list[Path] | None:
    binding = bound.get(name)
    if binding is None:
        return [(name,)]
    ways = _ways(binding.node, binding.bound)
    return _with(ways, ELEMENTS) if binding.is_element else ways


def _with(ways: list[Path] | None, part: str) -> list[Path] | None:
    return None if ways is None else [(*way, part) for way in ways]


def _either(branches: Sequence[Node], bound: Bound) -> list[Path] | None:
    """What either branch gives; a guard for unset values gives nothing."""
    return _all([branch for branch in branches if branch.call.function != NOT_SET], bound)


def _all(nodes: Sequence[Node], bound: Bound) -> list[Path] | None:
    found: list[Path] = []
    for node in nodes:
        ways = _ways(node, bound)
        if ways is None:
            return None
        found += ways
    return found


def _kept(loop: tree_pb2.Comprehension, bound: Bound) -> list[Path] | None:
    """What a `filter` or a `map` puts into its list."""
    step = loop.step
    added = operands(step)[1] if step.call.function == "_?_:_" else step
    if added.call.function != "_+_" or loop.start.WhichOneof("kind") != "list":
        return None
    return _ways_of_elements(added, inside(loop, bound))


def _ways_of_elements(added: Node, seen: Bound) -> list[Path] | None:
    """The ways of the elements in `result + [element]`."""
    return _all(list(operands(added)[1].list.elements), seen) or None
