"""The functions that expressions have beside CEL's own: money in the units people say, durations in days and hours."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, NoReturn

from cel_expr_python import cel
from google.protobuf.descriptor import Descriptor

from orchestrator_server.amounts import is_money, units
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expression_guard import NOT_SET


def functions_for(catalogue: Catalogue) -> list[Any]:
    """The declarations, for every message of the catalogue that is money."""
    kinds = sorted(
        {
            message.full_name
            for type_name in catalogue.response_types.values()
            for message in message_types(catalogue.descriptor(type_name))
            if is_money(message)
        }
    )
    return [
        cel.FunctionDecl("days", [_duration("days", lambda n: dt.timedelta(days=n))]),
        cel.FunctionDecl("hours", [_duration("hours", lambda n: dt.timedelta(hours=n))]),
        cel.FunctionDecl("money", [_money(kind, index) for index, kind in enumerate(kinds)]),
        cel.FunctionDecl(NOT_SET, [_failing()]),
    ]


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


def _duration(name: str, make: Callable[[int], dt.timedelta]) -> Any:
    return cel.Overload(id=f"{name}_int", return_type=cel.Type.DURATION, parameters=[cel.Type.INT], impl=make)


def _money(kind: str, index: int) -> Any:
    """One overload a message type, so that the checker knows them; the runtime tells no structs apart and takes one."""
    given = {"impl": _units} if index == 0 else {}
    return cel.Overload(id=f"money_{index}", return_type=cel.Type.DOUBLE, parameters=[cel.Type(kind)], **given)


def _units(amount: Any) -> float:
    return float(units(amount.amount_minor, amount.currency))


def _failing() -> Any:
    return cel.Overload(id="not_set", return_type=cel.Type.DYN, parameters=[cel.Type.STRING], impl=_fail)


def _fail(path: str) -> NoReturn:
    raise ValueError(f"{path} is not set")
