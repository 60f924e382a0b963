"""The tests that a condition is made of, read from its expression: what is looked at, and what it is compared with.

Only what can be told in a few plain words is read; a condition with anything else in it has no tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeAlias

from cel_expr_python import cel
from google.protobuf import descriptor_pool

from orchestrator_server.expression_mending import free_names, parsed
from orchestrator_server.expression_tree import ELEMENTS, Node, operands, path_of
from orchestrator_server.plan import NOW, Reference, Step

MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_SPANS = {"days": "day", "hours": "hour"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """`operator` is a comparison with `against`, `set`, `unset`, `true` or `false`, or `has` and `lacks` of lists.

    `unit` says what `against` counts: `money`, `size`, `day` and `hour` ago (`ahead` for those to come), or nothing.
    """

    path: str
    operator: str
    against: str = ""
    unit: str = ""
    is_ahead: bool = False

    def negated(self) -> "Test":
        """The test that holds where this one does not."""
        others = {"set": "unset", "unset": "set", "true": "false", "false": "true", "has": "lacks", "lacks": "has"}
        return replace(self, operator={**OPPOSITE, **others}[self.operator])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tests:
    """Several tests, of which all must hold, or any."""

    parts: tuple["Test | Tests", ...]
    is_any: bool

    def negated(self) -> "Tests":
        """What holds where these do not."""
        return Tests(parts=tuple(part.negated() for part in self.parts), is_any=not self.is_any)


_Read: TypeAlias = "Test | Tests"


class _Unread(Exception):
    """There is something in it that has no plain words."""


def read_tests(expression: str) -> Tests | None:
    """The tests of an expression, or None where not all of it is understood."""
    try:
        root = parsed(_reader().compile(expression, disable_check=True).serialize()).root
        read = _read(root)
    except (_Unread, RuntimeError, TypeError, RecursionError):
        return None
    return read if isinstance(read, Tests) else Tests(parts=(read,), is_any=False)


def list_of(expression: str) -> str:
    """The path of the list that a `for_each` goes over; empty where it is computed."""
    try:
        path = path_of(parsed(_reader().compile(expression, disable_check=True).serialize()).root, {})
    except (RuntimeError, TypeError, RecursionError):
        return ""
    return "".join(path or ())


def names_in(step: Step) -> frozenset[str]:
    """The names of steps that the expressions of `step` mention."""
    given = [one.expression for one in step.arguments.values() if isinstance(one, Reference)]
    texts = [*given, step.condition.expression if step.condition else "", step.for_each or ""]
    judged = step.condition.judged_over if step.condition else ()
    return frozenset(name for text in texts if text for name in _mentioned(text)) | frozenset(judged)


def _mentioned(text: str) -> frozenset[str]:
    try:
        return free_names(parsed(_reader().compile(text, disable_check=True).serialize()))
    except (RuntimeError, TypeError):
        return frozenset()


@cache
def _reader() -> Any:
    """Reads without knowing any type: macros are expanded, nothing is checked."""
    return cel.NewEnv(descriptor_pool=descriptor_pool.DescriptorPool(), variables={})


def _read(node: Node) -> _Read:
    call = node.call.function if node.WhichOneof("kind") == "call" else ""
    if call in ("_&&_", "_||_"):
        return Tests(parts=tuple(_read(part) for part in node.call.arguments), is_any=call == "_||_")
    if call == "!_":
        return _read(node.call.arguments[0]).negated()
    if call.strip("_") in MIRRORED:
        left, right = node.call.arguments
        return _compared(left, right, call.strip("_"))
    if call == "matches" and node.call.HasField("target"):
        path, pattern = _path(node.call.target), _text(node.call.arguments[0])
        return Test(path=path, operator="has" if ELEMENTS in path else "==", against=pattern)
    if node.WhichOneof("kind") == "selection":
        if node.selection.is_test:
            base = _path(node.selection.operand)
            return Test(path=f"{base}.{node.selection.field}", operator="set")
        return Test(path=_path(node), operator="true")
    if node.WhichOneof("kind") == "comprehension":
        return _exists(node)
    raise _Unread


def _compared(left: Node, right: Node, operator: str) -> Test:
    if _constant(left) is not None:
        left, right, operator = right, left, MIRRORED[operator]
    against = _constant(right)
    if against is None:
        raise _Unread
    call = left.call.function if left.WhichOneof("kind") == "call" else ""
    if call == "money":
        return Test(path=_path(left.call.arguments[0]), operator=operator, against=against, unit="money")
    if call == "size":
        return Test(path=_path(operands(left)[0]), operator=operator, against=against, unit="size")
    if call == "_-_":
        return _timed(left, right, operator, against)
    if against in ("true", "false") and operator in ("==", "!="):
        return Test(path=_path(left), operator=str((against == "true") == (operator == "==")).lower())
    return Test(path=_path(left), operator=operator, against=against)


def _timed(left: Node, right: Node, operator: str, against: str) -> Test:
    """`now - x > days(14)`, `x - now < days(3)`."""
    one, two = left.call.arguments
    unit = _SPANS.get(right.call.function)
    is_ahead = two.identifier.name == NOW
    if unit is None or not (is_ahead or one.identifier.name == NOW):
        raise _Unread
    return Test(path=_path(one if is_ahead else two), operator=operator, against=against, unit=unit, is_ahead=is_ahead)


def _exists(node: Node) -> Test:
    """`items.exists(x, x.name.matches("..."))`, as the macro writes it: false at first, or-ed with the test of each."""
    loop = node.comprehension
    tried = loop.step.call.arguments
    if loop.start.constant.WhichOneof("kind") != "bool_value" or loop.step.call.function != "_||_" or len(tried) != 2:
        raise _Unread
    inner = _read(tried[1])
    if not isinstance(inner, Test) or inner.path.partition(".")[0] != loop.element_name or inner.unit:
        raise _Unread
    if inner.operator not in ("==", "true"):
        raise _Unread
    path = f"{_path(loop.range)}{ELEMENTS}{inner.path.removeprefix(loop.element_name)}"
    return Test(path=path, operator="has", against=inner.against)


def _path(node: Node) -> str:
    """A way into the responses that is no computed list."""
    path = path_of(node, {})
    if not path or any(True for part in _filters(node) if part):
        raise _Unread
    return "".join(path)


def _filters(node: Node) -> Iterator[bool]:
    yield node.WhichOneof("kind") == "comprehension"
    if node.WhichOneof("kind") == "selection":
        yield from _filters(node.selection.operand)


def _constant(node: Node) -> str | None:
    """A literal, an enum constant by its name, or the number in `days(14)`; None for anything else."""
    match node.WhichOneof("kind"):
        case "constant":
            value = getattr(node.constant, node.constant.WhichOneof("kind") or "null_value")
            return str(value).lower() if isinstance(value, bool) else str(value)
        case "selection":
            path = path_of(node, {})
            return path[-1][1:] if path and path[-1][1:].isupper() else None
        case "call" if node.call.function in _SPANS and node.call.arguments:
            return _constant(node.call.arguments[0])
        case "call" if node.call.function == "-_":
            inner = _constant(node.call.arguments[0])
            return inner and f"-{inner}"
    return None


def _text(node: Node) -> str:
    """What a pattern of plain words looks for."""
    pattern = node.constant.string_value.removeprefix("(?i)").removeprefix("^").removesuffix("$")
    plain = pattern.replace("\\", "")
    if not plain or any(sign in plain for sign in "^$*+?()[]{}|"):
        raise _Unread
    return plain
