"""CEL behind one small door: compiled against the very messages that reflection gave us, evaluated within bounds.

Rules of this file: an expression sees nothing but the responses it names, `now` and, in a `for_each` step, `each`; a
result counts only if it is what was asked for (an evaluation error comes back from the library as a truthy value);
money is compared in the units people say, through `money(...)`; durations are written `days(14)` or `hours(6)`.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel
from google.protobuf import any_pb2
from google.protobuf.descriptor import Descriptor
from llm_orchestrator.orchestrator.v1 import checked_expression_pb2

from orchestrator_server.catalogue import Catalogue
from orchestrator_server.plan import NOW

MAX_LENGTH = 2_000
MONEY_FIELDS = frozenset({"amount_minor", "currency"})


class ExpressionError(Exception):
    """The expression does not compile, or its evaluation failed; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A checked expression: `uses` are the names it refers to, `type_name` what it yields (`BOOL`, `LIST<...>` ...)."""

    text: str
    uses: frozenset[str]
    type_name: str
    program: Any

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """The plain value for `values` (messages by name, `now` as aware datetime). Raises ExpressionError."""
        try:
            result = self.program.eval(data={name: values[name] for name in self.uses})
        except KeyError as error:
            raise ExpressionError(f"{error.args[0]} has no response") from error
        except Exception as error:  # the library raises plain RuntimeError for exceeded budgets and more
            raise ExpressionError(_first_line(error)) from error
        if result.type().name() in {"ERROR", "UNKNOWN"}:
            raise ExpressionError(_first_line(result.value()))
        return _plain(result)

    def holds(self, values: Mapping[str, Any]) -> bool:
        """The truth of a condition. Raises ExpressionError where the result is no bool."""
        result = self.evaluate(values)
        if not isinstance(result, bool):
            raise ExpressionError(f"the condition yields {type(result).__name__}, not true or false")
        return result


class Expressions:
    """Compiles expressions against the responses of one catalogue. Compiled ones are kept."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._functions = _functions(catalogue)
        self._environments: dict[tuple[tuple[str, str], ...], Any] = {}
        self._compiled: dict[tuple[tuple[tuple[str, str], ...], str], Compiled] = {}

    def compile(self, text: str, types: Mapping[str, str]) -> Compiled:
        """Checks `text`; `types` maps the names it may use to CEL types (message names, `timestamp` ...).

        Raises ExpressionError with what the compiler says.
        """
        scope = tuple(sorted({**types, NOW: "google.protobuf.Timestamp"}.items()))
        key = (scope, text)
        if key not in self._compiled:
            if len(self._compiled) > 10_000:
                self._compiled.clear()
            self._compiled[key] = self._compile(text, scope)
        return self._compiled[key]

    def element_type(self, list_type: str) -> str:
        """The type of the elements of `LIST<...>`. Raises ExpressionError where it is no list."""
        if not (list_type.startswith("LIST<") and list_type.endswith(">")):
            raise ExpressionError(f"yields {list_type}, not a list")
        return list_type[len("LIST<") : -1]

    def _compile(self, text: str, scope: tuple[tuple[str, str], ...]) -> Compiled:
        if len(text) > MAX_LENGTH:
            raise ExpressionError(f"is longer than {MAX_LENGTH} characters")
        try:
            program = self._environment(scope).compile(text)
        except Exception as error:  # the library raises plain RuntimeError
            raise ExpressionError(_first_line(error)) from error
        uses = frozenset(_names(program.serialize())) & {name for name, _ in scope}
        return Compiled(text=text, uses=uses, type_name=program.return_type().name(), program=program)

    def _environment(self, scope: tuple[tuple[str, str], ...]) -> Any:
        if scope not in self._environments:
            variables = {name: _type(kind) for name, kind in scope}
            self._environments[scope] = cel.NewEnv(
                descriptor_pool=self._catalogue.pool, variables=variables, functions=self._functions
            )
        return self._environments[scope]


def is_money(message: Descriptor | None) -> bool:
    """Is this message an amount: smallest units and an ISO code, and nothing else?"""
    return message is not None and {field.name for field in message.fields} == MONEY_FIELDS


def message_types(root: Descriptor) -> Iterator[Descriptor]:
    """`root` and every message reachable from it, each once."""
    seen: dict[str, Descriptor] = {}
    waiting = [root]
    while waiting:
        message = waiting.pop()
        if message.full_name not in seen:
            seen[message.full_name] = message
            waiting += [field.message_type for field in message.fields if field.message_type is not None]
    yield from seen.values()


def _functions(catalogue: Catalogue) -> list[Any]:
    declared = [
        cel.FunctionDecl("days", [_duration("days", lambda n: dt.timedelta(days=n))]),
        cel.FunctionDecl("hours", [_duration("hours", lambda n: dt.timedelta(hours=n))]),
    ]
    kinds = sorted(
        {
            message.full_name
            for type_name in catalogue.response_types.values()
            for message in message_types(catalogue.descriptor(type_name))
            if is_money(message)
        }
    )
    return [*declared, cel.FunctionDecl("money", [_money(kind, index) for index, kind in enumerate(kinds)])]


def _duration(name: str, make: Any) -> Any:
    return cel.Overload(id=f"{name}_int", return_type=cel.Type.DURATION, parameters=[cel.Type.INT], impl=make)


def _money(kind: str, index: int) -> Any:
    """One overload a message type, so that the checker knows them; the runtime tells no structs apart and takes one."""
    given = {"impl": _units} if index == 0 else {}
    return cel.Overload(id=f"money_{index}", return_type=cel.Type.DOUBLE, parameters=[cel.Type(kind)], **given)


def _units(amount: Any) -> float:
    return float(amount.amount_minor) / 100


def _type(kind: str) -> Any:
    return cel.Type.TIMESTAMP if kind == "google.protobuf.Timestamp" else cel.Type(kind)


def _names(serialized: bytes) -> Iterator[str]:
    """The variables that an expression names: references with neither overloads nor a constant value."""
    wrapped = any_pb2.Any.FromString(serialized)
    checked = checked_expression_pb2.CheckedExpression.FromString(wrapped.value)
    for reference in checked.reference_map.values():
        if not reference.overload_ids and not reference.HasField("value"):
            yield reference.name


def _plain(result: Any) -> Any:
    value = result.value()
    if isinstance(value, list):
        return [_plain(element) if isinstance(element, cel.Value) else element for element in value]
    return value


def _first_line(error: object) -> str:
    text = str(error).split(" [", 1)[0]
    return text.splitlines()[0].removeprefix("INVALID_ARGUMENT: ").removeprefix("ERROR: ") if text else repr(error)
