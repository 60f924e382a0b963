"""What plain CEL lets through and must not run: found by walking the typed tree, worded so that a model can mend it."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from cel_expr_python import cel

from orchestrator_server.amounts import MINOR, is_money
from orchestrator_server.expression_enums import enum_problems
from orchestrator_server.expression_tree import Node, Tree, operands, path_of
from orchestrator_server.problems import Problem

MAX_PATTERN = 200
_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})", re.IGNORECASE)
_DURATION = re.compile(r"(\d+)\s*(d|days?|w|weeks?|h|hours?)", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 24 * 7}
_STRING = 5


def problems(tree: Tree) -> Iterator[Problem]:
    """Every trap that the expression walks into; none for one that may run."""
    for node, bound in tree.nodes():
        match node.WhichOneof("kind"):
            case "constant":
                yield from _null(node)
            case "selection":
                yield from _minor_units(node, tree)
            case "list":
                yield from _mixed_list(node, tree)
            case "struct":
                yield from _built_message(node)
            case "call":
                yield from _call(node, tree)
        yield from enum_problems(node, bound, tree)


def _null(node: Node) -> Iterator[Problem]:
    if node.constant.WhichOneof("kind") == "null_value":
        yield Problem(
            "NULL_COMPARED", "nothing is null here; write has(s1.order.shipped_at) or !has(s1.order.shipped_at)"
        )


def _minor_units(node: Node, tree: Tree) -> Iterator[Problem]:
    """An amount's smallest units may be handed on as they are; nothing is to be worked out with them."""
    field = tree.field(node)
    if field is None or field.name != MINOR or not is_money(field.containing_type):
        return
    if node.id == tree.checked.root.id and not node.selection.is_test:
        return
    path = "".join(path_of(node.selection.operand, {}) or ("...",))
    instead = f"has({path})" if node.selection.is_test else f"money({path})"
    yield Problem(
        "MONEY_IN_MINOR_UNITS", f"{MINOR} counts cents; write {instead}, which is in whole units such as euros"
    )


def _mixed_list(node: Node, tree: Tree) -> Iterator[Problem]:
    kinds = [tree.type_of(element).HasField("dynamic") for element in node.list.elements]
    if kinds and tree.type_of(node).list.element.HasField("dynamic") and not all(kinds):
        yield Problem("MIXED_LIST", "a list holds values of one kind, for instance ['A-1042', 'A-1043']")


def _built_message(node: Node) -> Iterator[Problem]:
    if node.struct.message_name:
        message = f"messages such as {node.struct.message_name} are read, not built; name a field of a response instead"
        yield Problem("MESSAGE_BUILT", message)


def _call(node: Node, tree: Tree) -> Iterator[Problem]:
    match node.call.function:
        case "dyn" | "type":
            yield Problem(
                "TYPE_ESCAPED", f"{node.call.function}() is not there; compare the field itself, with its own type"
            )
        case "duration":
            yield Problem("DURATION_AS_TEXT", f"a duration is written {_as_days(operands(node)[0])}")
        case "timestamp":
            yield from _timestamp(operands(node)[0], tree)
        case "matches":
            yield from _pattern(operands(node)[1])


def _as_days(text: Node) -> str:
    found = _DURATION.fullmatch(text.constant.string_value.strip())
    if found is None:
        return "days(14) or hours(6)"
    hours = int(found[1]) * _HOURS[found[2][0].lower()]
    return f"hours({hours})" if hours % 24 else f"days({hours // 24})"


def _timestamp(argument: Node, tree: Tree) -> Iterator[Problem]:
    kind = argument.constant.WhichOneof("kind")
    is_text = kind == "string_value" or (kind is None and tree.type_of(argument).primitive == _STRING)
    if not is_text or (kind == "string_value" and not _is_rfc3339(argument.constant.string_value)):
        yield Problem("TIMESTAMP_WRONG", "a moment is written timestamp('2026-01-31T00:00:00Z'), or now - days(14)")


def _is_rfc3339(text: str) -> bool:
    try:
        return bool(_RFC3339.fullmatch(text)) and datetime.fromisoformat(re.sub(r"\.\d+", "", text.upper())) is not None
    except ValueError:
        return False


def _pattern(argument: Node) -> Iterator[Problem]:
    if argument.constant.WhichOneof("kind") != "string_value":
        yield Problem(
            "PATTERN_WRONG", "matches() takes a pattern that stands there as text; for a field write contains()"
        )
    elif len(argument.constant.string_value) > MAX_PATTERN:
        yield Problem("PATTERN_WRONG", f"a pattern has at most {MAX_PATTERN} characters; write contains('...')")
    elif _try_pattern().eval(data={"pattern": argument.constant.string_value}).type() != cel.Type.BOOL:
        yield Problem("PATTERN_WRONG", "the pattern is no RE2 regular expression; write contains('...')")


@cache
def _try_pattern() -> Any:
    return cel.NewEnv(variables={"pattern": cel.Type.STRING}).compile("''.matches(pattern)")
