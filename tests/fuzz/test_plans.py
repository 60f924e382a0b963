"""The plan parser gets what no model should write: it reads, refuses or asks, and never breaks."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.catalogues import shop_catalogue
from orchestrator_server import plan_json
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.event_codec import encode
from orchestrator_server.events import PlanMade, Reply, ReplyKind
from orchestrator_server.expressions import ExpressionError, Expressions
from orchestrator_server.model.answer import AnswerError, AnswerReader
from orchestrator_server.plan import Clarify, Decision, Plan, Refuse, Request
from orchestrator_server.planning import Planning
from orchestrator_server.schedule import World, schedule
from tests.fakes import ScriptedPlanner
from tests.fuzz.conftest import Tally, examples
from tests.fuzz.hostile import TEXTS, mostly

# a hundred thousand characters are wanted here
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAID = (
    "cancel A-1042 and A-1051, change my address to 12 Harbour Road, Plymouth and my phone to +44 7700 900123; 2 lamps"
)
EXPRESSIONS = (
    "s1.order.id",
    "s1.orders",
    "s1.orders[0].id",
    "each.id",
    "each",
    "s1.order.status == llm_orchestrator.order.v1.OrderStatus.ORDER_STATUS_PENDING",
    "has(s1.order.shipped_at)",
    "s1.order.placed_at < now - days(14)",
    "money(s1.order.total) > 50.0",
    "s1",
    "s2.order.id",
    "s99.order.id",
    "now",
    "true",
    "1 == 1",
    "1 / 0 == 1",
    "9223372036854775807 + 1 == 0",
    "9" * 500,
    "1e999 > 0.0",
    "'a' * 3",
    "s1.orders.all(x, x.id.matches('(a+)+$'))",
    "s1.orders.map(x, s1.orders.map(y, s1.orders.map(z, z.id)))",
    "[1, 2, 3].map(a, [1, 2, 3].map(b, [1, 2, 3].map(c, [a, b, c])))",
    "days(99999999999999) == days(1)",
    "duration('1s') == duration('x')",
    "timestamp('nonsense') < now",
    "dyn(s1).x == {'a': [1, {'b': null}]}['a'][1]",
    "google.protobuf.Struct{}",
    "google.protobuf.Any{type_url: 'x', value: b'y'}",
    "b'\\xff' == b''",
    "type(s1) == type(1)",
    "(" * 400 + "s1" + ")" * 400,
    "!" * 3_000 + "true",
    "-" * 300 + "1",
    "s1" + ".order" * 300,
    "s1" + "[0]" * 300,
    "[" * 300 + "]" * 300,
    "true" + " && true" * 2_000,
    "'" + "x" * 5_000 + "' == s1.order.id",
    "__import__('os').system('true')",
    "${s1.order.id}",
    "{{s1.order.id}}",
    "\ud800",
    "s1.order.id == '\udfff'",
    "s1\u200b.order",
)

wild_texts = st.sampled_from(TEXTS) | st.text(st.characters(), max_size=20)
numbers = st.sampled_from([0, -1, 2**31, 2**63, 2**64, 10**400, 0.1, 1e308, float("nan"), float("inf"), -0.0])
wild = st.recursive(
    st.none() | st.booleans() | numbers | wild_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(wild_texts, inner, max_size=3),
    max_leaves=5,
)
expressions = st.sampled_from(EXPRESSIONS)
references = st.builds(lambda text: {"from": text}, mostly(expressions, wild))
choices = st.builds(lambda which, value: {"which": which, "value": value}, wild, wild)
conditions = st.fixed_dictionaries(
    {},
    optional={
        "words": mostly(st.just("if it is so"), wild),
        "expression": mostly(expressions, wild),
        "judge": mostly(st.lists(st.sampled_from(["s1", "s2", "each", ""]), max_size=3), wild),
    },
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return shop_catalogue()


@pytest.fixture(scope="module")
def compiler(catalogue: Catalogue) -> Expressions:
    return Expressions(catalogue)


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


def steps(catalogue: Catalogue) -> st.SearchStrategy[Any]:
    """Steps over the shop's intents, and over none."""
    names = sorted({parameter.name for intent in catalogue.intents.values() for parameter in intent.askable})
    said = st.sampled_from(["A-1042", "a 1051", 2, "2", ["desk lamp"], "PENDING", "12 Harbour Road, Plymouth"])
    arguments = st.dictionaries(
        mostly(st.sampled_from(names), wild_texts), mostly(said, references | choices | wild), max_size=3
    )
    one = st.fixed_dictionaries(
        {"intent": mostly(st.sampled_from(sorted(catalogue.intents)), wild_texts)},
        optional={
            "arguments": mostly(arguments, wild),
            "condition": mostly(conditions, wild),
            "for_each": mostly(expressions, wild),
        },
    )
    return mostly(one, one | wild)


def answers(catalogue: Catalogue) -> st.SearchStrategy[str]:
    """Texts: plans, nearly plans, any JSON, no JSON."""
    one = steps(catalogue)
    plans = st.fixed_dictionaries(
        {"kind": mostly(st.sampled_from(["plan", "plan", "plan", "clarify", "refuse"]), wild)},
        optional={
            "steps": mostly(st.lists(one, max_size=3), one.map(lambda step: [step] * 40) | wild),
            "question": mostly(st.just("Which order?"), wild),
            "reason": wild,
            "missing": mostly(st.lists(wild_texts, max_size=2), wild),
        },
    )
    noise = st.binary(max_size=60).map(lambda raw: raw.decode(errors="replace"))
    return mostly(mostly(plans, wild).map(json.dumps), noise | st.sampled_from(NO_JSON))


NO_JSON = (
    "",
    "{",
    "{" * 50_000,
    '{"a":' * 50_000,
    "[" * 50_000,
    '{"kind":' + "9" * 5_000 + "}",
    '{"kind":"plan","steps":[{"intent":"order.get","arguments":{"order_id":' + "[" * 500 + "]" * 500 + "}}]}",
    '{"kind":"plan","steps":[{"intent":"order.get","arguments":{"order_id":' + '{"a":' * 500 + "1" + "}" * 500 + "}}]}",
    '{"kind":"clarify","question":"\\ud800"}',
    '{"kind":"refuse","reason":"\\udfff\\ud800"}',
    '{"kind":"plan","steps":[{"intent":"\\ud800"}]}',
    "<think>" * 5_000,
    "```json\n{}\n```",
)


def test_no_answer_of_a_model_breaks_the_parser_or_the_checks(
    catalogue: Catalogue, compiler: Expressions, runner: asyncio.Runner, tally: Tally
) -> None:
    reader = AnswerReader(catalogue.intents, plan_id="p1", planner="wild")
    request = Request(text=SAID, email="dana.fields@example.com", now=NOW)
    read = 0

    @examples(2_000)
    @given(answers(catalogue))
    def in_any_case(text: str) -> None:
        nonlocal read
        tally.add(1)
        try:
            proposed = reader.read(text)
        except AnswerError:
            return
        read += 1
        planning = Planning(planner=ScriptedPlanner(proposed, proposed))
        decided = runner.run(planning.decide(request, catalogue, compiler, frozenset({"customer"})))
        _tell(decided.decision)
        if isinstance(decided.decision, Plan):
            schedule(decided.decision, (), World(catalogue=catalogue, expressions=compiler, now=NOW))

    in_any_case()
    assert read > 500


def _tell(decision: Decision) -> None:
    """What is kept and sent of a decision."""
    match decision:
        case Plan():
            assert plan_json.load_plan(plan_json.dump_plan(decision)).id == decision.id
            encode(PlanMade(plan=decision, effects=frozenset()), "t1").SerializeToString()
        case Clarify():
            plan_json.dump_question(decision).encode()
            encode(Reply(text=decision.question, kind=ReplyKind.CLARIFICATION), "t1").SerializeToString()
        case Refuse():
            encode(Reply(text=decision.message, kind=ReplyKind.REFUSAL), "t1").SerializeToString()


def test_no_expression_breaks_the_compiler(catalogue: Catalogue, compiler: Expressions, tally: Tally) -> None:
    known = {"s1": catalogue.response_types["order.get"], "s2": catalogue.response_types["order.list"]}

    @examples(1_000)
    @given(
        st.text(st.characters(), max_size=30)
        | st.builds("{} {} {}".format, expressions, st.sampled_from(OPERATORS), expressions)
    )
    def in_any_case(text: str) -> None:
        tally.add(1)
        with suppress(ExpressionError):
            compiler.compile(text, known)

    in_any_case()


OPERATORS = ("==", "&&", "||", "+", "-", "in", "?", "? 1 :", ".", "[", "(", "\n", "//", "\x00", "<", "%")
