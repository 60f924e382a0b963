"""What the CEL compiler says, worded so that a model can mend it; and the one thing that is mended here: `> 40`.

`money(...)` yields a double, people and models write whole numbers beside it, and CEL compares no int with a double.
"""

import re
from collections.abc import Iterator

from google.protobuf import any_pb2
from google.protobuf.descriptor import EnumDescriptor
from google.protobuf.descriptor_pool import DescriptorPool
from llm_orchestrator.orchestrator.v1 import checked_expression_pb2 as tree_pb2

from orchestrator_server.expression_functions import message_types
from orchestrator_server.expression_tree import Node, operands, visit
from orchestrator_server.problems import Problem

FUNCTIONS = (
    "money(), days(), hours(), size(), contains(), startsWith(), endsWith(), matches(), has(), all(), exists(),"
    " filter(), map()"
)
TOO_DEEP = Problem("EXPRESSION_WRONG", "is nested too deeply; say it in fewer parts")
_COMPLAINT = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*?)(?:\n|$)")
_NO_OVERLOAD = re.compile(r"found no matching overload for '([^']+)' applied to '\((.*)\)'")
_MIXED = re.compile(r"\((?:double, int|int, double|double, list\(int\)|list\(double\), list\(int\))\)'")
_WHOLE = re.compile(r"-?\s*\d+(?![\d.xXuU])")
_ADVICE = (
    ("google.protobuf.Duration, int", "write days(14) or hours(6), not a bare number"),
    ("google.protobuf.Duration, string", "write days(14) or hours(6), not a text"),
    ("google.protobuf.Timestamp, string", "write timestamp('2026-01-31T00:00:00Z')"),
    ("google.protobuf.Timestamp, google.protobuf.Duration", "an age is now - s1.order.placed_at > days(14)"),
    ("int, string", "write string(x) for a number, and the constant in full for an enum"),
    ("int, double", "write double(x)"),
    ("double, int", "write double(x)"),
    ("null", "nothing is null here; write has(x) or !has(x)"),
)


def parsed(serialized: bytes) -> tree_pb2.ParsedExpression:
    """An expression that was read and not checked, as the library serialises it."""
    return tree_pb2.ParsedExpression.FromString(any_pb2.Any.FromString(serialized).value)


def free_names(expression: tree_pb2.ParsedExpression) -> frozenset[str]:
    """The names that an unchecked expression mentions, without its own variables."""
    return frozenset(
        node.identifier.name
        for node, bound in visit(expression.root, {})
        if node.WhichOneof("kind") == "identifier" and node.identifier.name not in bound
    )


def with_doubles(text: str, complaint: str, expression: tree_pb2.ParsedExpression) -> str:
    """`text` with a point in the whole numbers that stand beside a double where the compiler complains about it."""
    wrong = {
        _offset(text, int(line), int(column)) for line, column, said in _complaints(complaint) if _MIXED.search(said)
    }
    offsets = expression.positions.offsets
    places = sorted(
        offsets[literal.id]
        for node, _ in visit(expression.root, {})
        if node.WhichOneof("kind") == "call" and offsets.get(node.id) in wrong
        for part in operands(node)
        for literal in _whole_numbers(part)
    )
    for place in reversed(places):
        found = _WHOLE.match(text, place)
        text = f"{text[: found.end()]}.0{text[found.end() :]}" if found else text
    return text


def problem_of(complaint: str, text: str, scope: dict[str, str], pool: DescriptorPool) -> Problem:
    """What the compiler complains about first, with what to write instead."""
    said = next((said for _, _, said in _complaints(complaint)), complaint.split(" [", 1)[0]).strip()
    said = said.removesuffix(" [INVALID_ARGUMENT]")
    if found := re.search(r"undefined field '([^']+)' not found in struct '([^']+)'", said):
        return _unknown_field(found[1], found[2], pool)
    if found := re.search(r"undeclared reference to '([^']+)'", said):
        return _unknown_name(found[1], text, scope, pool)
    if "operand of a select" in said:
        return _no_fields(said)
    if found := _NO_OVERLOAD.search(said):
        advice = next((advice for kinds, advice in _ADVICE if kinds in found[2]), "both sides must be of one type")
        return Problem("TYPES_DIFFER", f"{said}; {advice}")
    if "Syntax error" in said or "reserved identifier" in said:
        return Problem("SYNTAX_WRONG", f"{said.split(' expecting ')[0]}; CEL is written like s1.x == 'a' && !has(s1.y)")
    if "recursion" in said:
        return TOO_DEEP
    if "must be a" in said:
        message = f"{said}; write has(s1.order.shipped_at), s1.orders.size() > 0, s1.orders.exists(o, o.id == 'A-1042')"
        return Problem("SYNTAX_WRONG", message)
    return Problem("EXPRESSION_WRONG", said.splitlines()[0] if said else "cannot be read")


def _complaints(complaint: str) -> list[tuple[str, str, str]]:
    return _COMPLAINT.findall(complaint)


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(before) + 1 for before in text.split("\n")[: line - 1]) + column - 1


def _whole_numbers(node: Node) -> Iterator[Node]:
    """Whole numbers that stand there as text, alone, in a list or in a sum."""
    match node.WhichOneof("kind"):
        case "constant" if node.constant.WhichOneof("kind") == "int_value":
            yield node
        case "list":
            yield from (element for part in node.list.elements for element in _whole_numbers(part))
        case "call" if node.call.function in {"_+_", "_-_", "_*_", "-_"}:
            yield from (element for part in node.call.arguments for element in _whole_numbers(part))


def _unknown_field(field: str, message_name: str, pool: DescriptorPool) -> Problem:
    fields = ", ".join(known.name for known in pool.FindMessageTypeByName(message_name).fields)
    return Problem("UNKNOWN_FIELD", f"undefined field '{field}'; {message_name} has: {fields}")


def _no_fields(said: str) -> Problem:
    if "'list(" in said:
        message = "a list has no fields; write s1.orders[0].id, or s1.orders.exists(o, o.id == 'A-1042')"
        return Problem("UNKNOWN_FIELD", message)
    if "type(" in said:
        return Problem("UNKNOWN_NAME", "there is no such enum constant; write its full name as listed")
    return Problem("UNKNOWN_FIELD", said)


def _unknown_name(name: str, text: str, scope: dict[str, str], pool: DescriptorPool) -> Problem:
    root, last = name.split(".", 1)[0], name.rpartition(".")[2]
    if root not in scope and (full := _constant(last, scope, pool)):
        return Problem("UNKNOWN_NAME", f"undeclared reference to '{name}'; enum constants are written in full: {full}")
    if re.search(rf"\b{re.escape(name)}\s*\(", text):
        return Problem("UNKNOWN_FUNCTION", f"there is no function {name}(); there are {FUNCTIONS}")
    known = ", ".join(sorted(scope))
    return Problem("UNKNOWN_NAME", f"undeclared reference to '{name}'; it may use: {known}", root)


def _constant(name: str, scope: dict[str, str], pool: DescriptorPool) -> str:
    """The full name of the constant that is called `name`, or ends with it, among what the scope can reach."""
    for enum in _enums(scope, pool):
        for value in enum.values:
            if value.name == name or value.name.endswith(f"_{name.upper()}"):
                return f"{enum.full_name}.{value.name}"
    return ""


def _enums(scope: dict[str, str], pool: DescriptorPool) -> Iterator[EnumDescriptor]:
    for kind in sorted(scope.values()):
        if "." in kind and "<" not in kind and not kind.startswith("google."):
            for message in message_types(pool.FindMessageTypeByName(kind)):
                yield from (field.enum_type for field in message.fields if field.enum_type is not None)
