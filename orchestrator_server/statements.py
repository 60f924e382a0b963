"""A test of a condition that came out one way or the other, in words: `it was returned on 5 March`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from orchestrator_server.amounts import SYMBOLS, marked
from orchestrator_server.clauses import NAMING, clause, counted, lacking
from orchestrator_server.condition_scene import Scene
from orchestrator_server.condition_tests import Test
from orchestrator_server.declared import enum_prefix
from orchestrator_server.english_forms import listed, plural, singular
from orchestrator_server.expression_tree import ELEMENTS
from orchestrator_server.message_fields import well_known
from orchestrator_server.moments import Moment, read_moment
from orchestrator_server.plain_text import inserted
from orchestrator_server.values import NOT_SET

_NONE = "none"
_CUT = "… ("
_AMOUNT = re.compile(r"(?P<sign>-?)(?P<symbol>[^\d\s-]?)(?P<number>\d[\d,]*(?:\.\d+)?)(?: (?P<code>[A-Z]{3}))?")
_VERDICTS = {
    (">", True): "more than",
    (">", False): "not more than",
    ("<", True): "less than",
    ("<", False): "not less than",
    (">=", True): "at least",
    (">=", False): "less than",
    ("<=", True): "at most",
    ("<=", False): "more than",
    ("==", False): "not",
    ("!=", True): "not",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A test, what it saw, and whether it held."""

    test: Test
    seen: str
    holds: bool


def is_true(test: Test, seen: str, scene: Scene) -> bool | None:
    """Did the test hold, as far as what it saw tells? None where that is too coarse to say."""
    if test.operator in ("set", "unset"):
        return (seen != NOT_SET) == (test.operator == "set")
    if test.operator in ("true", "false"):
        return seen == {"true": "yes", "false": "no"}[test.operator]
    if test.operator in ("has", "lacks"):
        return None if _CUT in seen else (_word(test, scene) in seen.casefold().split("; ")) == (test.operator == "has")
    if seen == NOT_SET:
        return test.operator == "!=" or (test.operator == "==" and not test.against)
    if test.unit in ("day", "hour"):
        return _is_long_enough(test, read_moment(seen, scene.now))
    said, against = amount_in(seen), amount_in(test.against)
    if said is None or against is None:
        return (seen.casefold() == _word(test, scene)) == (test.operator == "==")
    return _compare(said, test.operator, against)


def worded(statement: Statement, scene: Scene) -> str:
    """The statement as a part of a sentence."""
    test, seen = statement.test, statement.seen
    who, name = scene.subject(test.path), _name(test.path)
    if ELEMENTS in test.path:
        return _of_elements(statement, scene)
    if test.unit == "size":
        if seen == "0":
            return f"{who.be('has')} no {name.replace('_', ' ')}"
        return f"{who.be('has')} {_sized(name, seen)}{_verdict(statement, scene)}"
    if seen == NOT_SET:
        return lacking(name, who, is_moment=_is_moment(test, scene))
    if seen in ("yes", "no") and _is_flag(test, scene):
        return clause(name, seen == "yes", who)
    said = read_moment(seen, scene.now) if _is_moment(test, scene) else None
    told = clause(name, said if said is not None else seen, who)
    return f"{told}{_verdict(statement, scene)}"


def amount_in(text: str) -> Decimal | None:
    """The number in a count or an amount (`1,240`, `€24.90`); None where there is none, or anything else."""
    found = _AMOUNT.fullmatch(text)
    try:
        return Decimal(f"{found['sign']}{found['number'].replace(',', '')}") if found else None
    except InvalidOperation:
        return None


def _verdict(statement: Statement, scene: Scene) -> str:
    """`, which is not more than €40`, `, not open`; empty where the value says it all."""
    test = statement.test
    said = _VERDICTS.get((test.operator, statement.holds), "")
    if not said or not test.against:
        return ""
    if test.unit in ("day", "hour"):
        away = "from now" if test.is_ahead else "ago"
        return f", which is {said} {_sized(plural(test.unit), test.against)} {away}"
    if amount_in(test.against) is None or amount_in(statement.seen) is None:
        return f", {said} {inserted(_word(test, scene))}"
    return f", which is {said} {_like(statement.seen, test.against)}"


def _of_elements(statement: Statement, scene: Scene) -> str:
    test, seen = statement.test, statement.seen
    owner, _, name = test.path.rpartition(ELEMENTS)
    who, things = scene.subject(owner), _name(owner)
    if seen == _NONE:
        return f"{who.be('has')} no {things.replace('_', ' ')}"
    if name.rpartition(".")[2].rpartition("_")[2] in (*NAMING, ""):
        return clause(things, [part for part in seen.split("; ") if _CUT not in part], who)
    is_there = (test.operator == "has") == statement.holds
    return f"{'one' if is_there else 'none'} of {who.own(things.replace('_', ' '))} is {inserted(_word(test, scene))}"


def _word(test: Test, scene: Scene) -> str:
    """What the test compares with, as people write it."""
    field = scene.field(test.path)
    enum = field.enum_type if field is not None else None
    if enum is not None:
        return test.against.rpartition(".")[2].removeprefix(enum_prefix(enum)).lower().replace("_", " ")
    return test.against.casefold()


def _name(path: str) -> str:
    return re.sub(r"\[[^\]]*\]", "", path).rpartition(".")[2]


def _is_moment(test: Test, scene: Scene) -> bool:
    field = scene.field(test.path)
    return test.unit in ("day", "hour") or (field is not None and well_known(field.message_type) == "Timestamp")


def _is_flag(test: Test, scene: Scene) -> bool:
    field = scene.field(test.path)
    return test.operator in ("true", "false") or (field is not None and field.type == field.TYPE_BOOL)


def _sized(noun: str, number: str) -> str:
    words = noun.split("_")
    return counted(number, [*words[:-1], plural(singular(words[-1]))])


def _like(seen: str, against: str) -> str:
    """A number written like the value that it is compared with: `€40`."""
    found, number = _AMOUNT.fullmatch(seen), Decimal(against).normalize()
    if found is None or not (found["symbol"] or found["code"]):
        return f"{number:,f}"
    behind = len(found["number"].partition(".")[2])
    shown = number if number == number.to_integral_value() else number.quantize(Decimal(1).scaleb(-behind))
    code = found["code"] or next((code for code, symbol in SYMBOLS.items() if symbol == found["symbol"]), "")
    return marked(shown, code)


def _is_long_enough(test: Test, seen: Moment | None) -> bool | None:
    """Days are counted, hours are not seen: where it is close, nobody can tell."""
    if seen is None or test.unit == "hour":
        return None
    days, limit = seen.days if test.is_ahead else -seen.days, amount_in(test.against)
    if limit is None or abs(days - limit) < 2:
        return None
    return _compare(Decimal(days), test.operator, limit)


def _compare(one: Decimal, operator: str, other: Decimal) -> bool:
    match operator:
        case "<" | "<=":
            return one < other or (operator == "<=" and one == other)
        case ">" | ">=":
            return one > other or (operator == ">=" and one == other)
    return (one == other) == (operator == "==")


def joined(statements: Sequence[str]) -> str:
    """Several statements in one sentence; what one value is not, said once: `it is pending, not open or closed`."""
    heads: dict[str, list[str]] = {}
    for one in statements:
        head, _, other = one.partition(", not ")
        heads.setdefault(head, []).extend([other] if other else [])
    return listed([f"{head}, not {listed(others, 'or')}" if others else head for head, others in heads.items()])
