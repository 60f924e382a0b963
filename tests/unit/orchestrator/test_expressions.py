"""CEL behind its door: what compiles, what it yields, and that an error never counts as true."""

from datetime import UTC, datetime, timedelta

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expressions import ExpressionError, Expressions

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STATUS = "llm_orchestrator.order.v1.OrderStatus"


@pytest.fixture(scope="module")
def catalogue():
    return shop_catalogue()


@pytest.fixture(scope="module")
def expressions(catalogue):
    return Expressions(catalogue)


@pytest.fixture(scope="module")
def types(catalogue):
    return {"s1": catalogue.intents["order.get"].response_type, "s2": catalogue.intents["order.list"].response_type}


def order(catalogue: Catalogue, *, days: float = 0, minor: int = 4_000, shipped: bool = False, status: int = 1):
    response = catalogue.message_class("llm_orchestrator.order.v1.GetOrderResponse")()
    response.order.id = "A-1042"
    response.order.status = status
    response.order.total.amount_minor = minor
    response.order.total.currency = "EUR"
    response.order.placed_at.FromDatetime(NOW - timedelta(days=days))
    if shipped:
        response.order.shipped_at.FromDatetime(NOW)
    return response


@pytest.mark.parametrize(
    ("text", "given", "holds"),
    [
        (f"s1.order.status == {STATUS}.ORDER_STATUS_PENDING", {}, True),
        (f"s1.order.status != {STATUS}.ORDER_STATUS_PENDING", {}, False),
        ("!has(s1.order.shipped_at)", {}, True),
        ("!has(s1.order.shipped_at)", {"shipped": True}, False),
        ("money(s1.order.total) > 40.0", {"minor": 4_000}, False),
        ("money(s1.order.total) > 40.0", {"minor": 4_001}, True),
        ("money(s1.order.total) >= 40.0", {"minor": 4_000}, True),
        ("now - s1.order.placed_at > days(14)", {"days": 14}, False),
        ("now - s1.order.placed_at > days(14)", {"days": 14.01}, True),
        ("now - s1.order.placed_at >= days(14)", {"days": 14}, True),
        ("s1.order.items.size() == 0", {}, True),
        ("s1.order.id in ['A-1042', 'A-1043']", {}, True),
    ],
)
def test_a_condition_holds_or_not(catalogue, expressions, types, text, given, holds):
    assert expressions.compile(text, types).holds({"s1": order(catalogue, **given), "now": NOW}) is holds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("s1.order.bogus == 1", "undefined field 'bogus'"),
        ("s1.order.status == 'PENDING'", "no matching overload"),
        ("money(s1.order.id) > 1.0", "no matching overload"),
        ("s9.order.id == ''", "undeclared reference to 's9"),
        ("s1.order.id ==", "Syntax error"),
        ("x" * 3_000, "longer than"),
    ],
)
def test_what_does_not_fit_the_contract_does_not_compile(expressions, types, text, said):
    with pytest.raises(ExpressionError, match=said):
        expressions.compile(text, types)


@pytest.mark.parametrize("text", ["s2.orders[7].id == 'x'", "{'a': true}['b']", "1 / (s2.orders.size()) == 1"])
def test_an_evaluation_error_is_never_true(catalogue, expressions, types, text):
    empty = catalogue.message_class(types["s2"])()
    with pytest.raises(ExpressionError):
        expressions.compile(text, types).holds({"s2": empty, "now": NOW})


def test_what_is_not_bool_is_no_truth(catalogue, expressions, types):
    with pytest.raises(ExpressionError, match="not true or false"):
        expressions.compile("s1.order.id", types).holds({"s1": order(catalogue), "now": NOW})


def test_runaway_expressions_are_stopped(catalogue, expressions, types):
    response = catalogue.message_class(types["s2"])()
    for _ in range(400):
        response.orders.add(id="x")
    nested = "s2.orders.all(a, s2.orders.all(b, s2.orders.all(c, a.id == b.id && b.id == c.id)))"
    with pytest.raises(ExpressionError, match="budget"):
        expressions.compile(nested, types).holds({"s2": response, "now": NOW})


def test_the_names_an_expression_uses_are_known_without_its_own_variables(expressions, types):
    text = f"s2.orders.exists(o, o.id == s1.order.id && o.status == {STATUS}.ORDER_STATUS_PENDING)"
    assert expressions.compile(text, types).uses == {"s1", "s2"}


def test_amounts_of_every_server_are_money(catalogue, expressions):
    types = {"s1": "llm_orchestrator.legacy.v1.GetInvoiceResponse"}
    invoice = catalogue.message_class(types["s1"])()
    invoice.invoice.total.amount_minor = 1_250
    assert expressions.compile("money(s1.invoice.total)", types).evaluate({"s1": invoice, "now": NOW}) == 12.5


PLAIN_CEL_READS_A_STAND_IN = [
    "now - s1.order.placed_at > days(14)",
    "money(s1.order.total) == 0",
    "s1.order.total == s1.order.total",
    f"s1.order.status != {STATUS}.ORDER_STATUS_PENDING",
    "s1.order.placed_at.getFullYear() == 1970",
    "s1.order.items.exists(i, i.quantity == 1) && money(s1.order.total) < 40",
    "[s1.order.placed_at].exists(t, now - t > days(14))",
    "(s1.order.id == '' ? s1.order.placed_at : now) <= now",
    "has(s1.order.shipped_at) || now - s1.order.placed_at > days(14)",
    "has(s1.order.shipped_at) ? false : now - s1.order.placed_at > days(14)",
]


@pytest.mark.parametrize("text", PLAIN_CEL_READS_A_STAND_IN)
def test_what_is_not_set_is_not_read(catalogue, expressions, types, text):
    bare = catalogue.message_class(types["s1"])()
    bare.order.items.add(quantity=1)
    with pytest.raises(ExpressionError, match=r"s1\.order\.\w+ is not set") as caught:
        expressions.compile(text, types).holds({"s1": bare, "now": NOW})
    assert caught.value.reason == "NOT_SET"


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("has(s1.order.placed_at) && now - s1.order.placed_at > days(14)", False),
        ("!has(s1.order.placed_at) || now - s1.order.placed_at > days(14)", True),
        ("has(s1.order.placed_at) ? now - s1.order.placed_at > days(14) : true", True),
        ("has(s1.order.total) && money(s1.order.total) > 40", False),
        (f"has(s1.order.status) && s1.order.status != {STATUS}.ORDER_STATUS_PENDING", False),
        ("[1, 2].all(n, !has(s1.order.placed_at) || now - s1.order.placed_at > days(n))", True),
        ("s1.order.id == 'no' && now - s1.order.placed_at > days(14)", False),
        ("s1.order.items.size() == 0", True),
        ("has(s1.order)", True),
    ],
)
def test_what_is_guarded_or_never_reached_does_not_fail(catalogue, expressions, types, text, holds):
    bare = catalogue.message_class(types["s1"])()
    bare.order.SetInParent()
    assert expressions.compile(text, types).holds({"s1": bare, "now": NOW}) is holds


def test_a_way_that_is_not_there_is_no_answer_unless_has_asks_for_it(catalogue, expressions, types):
    nothing = {"s1": catalogue.message_class(types["s1"])(), "now": NOW}
    assert not expressions.compile("has(s1.order.placed_at)", types).holds(nothing)
    for text in ("s1.order.id == ''", "s1.order.items.size() == 0", "s1.order.items.all(i, false)"):
        with pytest.raises(ExpressionError, match=r"s1\.order is not set"):
            expressions.compile(text, types).holds(nothing)


@pytest.mark.parametrize(
    ("text", "yields"),
    [
        ("s2.orders.filter(o, has(o.placed_at) && now - o.placed_at > days(14)).map(o, o.id)", ["old"]),
        ("s2.orders.filter(o, !has(o.placed_at)).map(o, o.id)", ["bare"]),
        ("s2.orders.exists(o, now - o.placed_at > days(14))", True),
        ("s2.orders.filter(o, s2.orders.exists(p, p.id == o.id && p.id == 'old')).size()", 1),
        ("s2.orders.filter(o, now - o.placed_at > days(14))", r"s2\.orders\[\]\.placed_at is not set"),
        ("s2.orders.all(o, money(o.total) < 40)", r"s2\.orders\[\]\.total is not set"),
        ("s2.orders.map(o, o.placed_at)[0] < now", r"s2\.orders\[\]\.placed_at is not set"),
        ("s2.orders[1].placed_at < now", r"s2\.orders\[1\]\.placed_at is not set"),
        ("s2.orders.filter(o, o.id == 'bare')[0].placed_at < now", r"s2\.orders\[\]\.placed_at is not set"),
    ],
)
def test_elements_are_guarded_one_by_one(catalogue, expressions, types, text, yields):
    listed = catalogue.message_class(types["s2"])()
    listed.orders.add(id="old").placed_at.FromDatetime(NOW - timedelta(days=20))
    listed.orders.add(id="bare")
    compiled, values = expressions.compile(text, types), {"s2": listed, "now": NOW}
    if isinstance(yields, str):
        with pytest.raises(ExpressionError, match=yields):
            compiled.evaluate(values)
    else:
        assert compiled.evaluate(values) == yields


@pytest.mark.parametrize(
    ("text", "minor", "holds"),
    [
        ("money(s1.order.total) > 40", 4_001, True),
        ("money(s1.order.total) > 40", 4_000, False),
        ("40 < money(s1.order.total)", 4_001, True),
        ("money(s1.order.total) == 40", 4_000, True),
        ("money(s1.order.total) != -40", 4_000, True),
        ("money(s1.order.total) >= 40 && money(s1.order.total) <= 50", 5_000, True),
        ("money(s1.order.total) * 2 + 1 > 80", 4_000, True),
        ("money(s1.order.total) in [40, 50]", 5_000, True),
        ("s1.order.items.size() == 0 && money(s1.order.total) > 40", 4_001, True),
        ("s1.order.id == '€ 40 > 3' || money(s1.order.total) > 40", 4_001, True),
        ("money(s1.order.total)\n  > 40", 4_001, True),
        ("money(s1.order.total) > 40.5", 4_051, True),
        ("money(s1.order.total) == 0.29", 29, True),
    ],
)
def test_amounts_are_compared_with_numbers_as_people_write_them(catalogue, expressions, types, text, minor, holds):
    assert expressions.compile(text, types).holds({"s1": order(catalogue, minor=minor), "now": NOW}) is holds


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("s1.order.status == 1", "ENUM_BY_NUMBER"),
        ("1 == s1.order.status", "ENUM_BY_NUMBER"),
        ("s1.order.status - 1 == 0", "ENUM_BY_NUMBER"),
        ("-s1.order.status == 1", "ENUM_BY_NUMBER"),
        ("string(s1.order.status) == '1'", "ENUM_BY_NUMBER"),
        ("days(s1.order.status) > days(1)", "ENUM_BY_NUMBER"),
        ("1 in s2.orders.map(o, o.status)", "ENUM_BY_NUMBER"),
        ("s2.orders.map(o, o.status)[0] == 1", "ENUM_BY_NUMBER"),
        ("s2.orders.map(o, o.status).exists(s, s == 1)", "ENUM_BY_NUMBER"),
        ("s2.orders.filter(o, true).map(o, o.status).filter(s, s > 1).size() > 0", "ENUM_BY_NUMBER"),
        ("(true ? s1.order.status : 1) == 1", "ENUM_BY_NUMBER"),
        ("{'now': s1.order.status}['now'] == 1", "ENUM_BY_NUMBER"),
        ("[[s1.order.status]][0][0] == 1", "ENUM_BY_NUMBER"),
        (f"[{STATUS}.ORDER_STATUS_PENDING, 2].exists(s, s == s1.order.status)", "ENUM_BY_NUMBER"),
        (f"{STATUS}.ORDER_STATUS_PENDING == 1", "ENUM_BY_NUMBER"),
        ("s1.order.status == llm_orchestrator.legacy.v1.OrderStatus.ORDER_STATUS_PENDING", "ENUM_MIXED"),
        ("s1.order.status in [llm_orchestrator.user.v1.Membership.MEMBERSHIP_GOLD]", "ENUM_MIXED"),
        (f"s1.order.status == {STATUS}.ORDER_STATUS_UNSPECIFIED", "ENUM_UNSET"),
        ("s1.order.items.exists(i, i.unit_price.amount_minor > 100)", "MONEY_IN_MINOR_UNITS"),
        ("has(s1.order.total.amount_minor)", "MONEY_IN_MINOR_UNITS"),
        ("s1.order.placed_at != null", "NULL_COMPARED"),
        ("null == s1.order.total", "NULL_COMPARED"),
        ("s1.order.placed_at + duration(s1.order.id) < now", "DURATION_AS_TEXT"),
        ("google.protobuf.Timestamp{seconds: 0} < now", "MESSAGE_BUILT"),
        ("dyn(1) == 'a'", "TYPE_ESCAPED"),
        ("[1, 'a'].size() == 2", "MIXED_LIST"),
        ("@not_set('x')", "SYNTAX_WRONG"),
        ("!has(s2.orders[0])", "SYNTAX_WRONG"),
        ("(" * 400 + "true" + ")" * 400, "EXPRESSION_WRONG"),
        ("\ud800", "EXPRESSION_WRONG"),
    ],
)
def test_every_trap_of_plain_cel_is_refused_with_its_reason(expressions, types, text, reason):
    with pytest.raises(ExpressionError) as caught:
        expressions.compile(text, types)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "text",
    [
        f"[{STATUS}.ORDER_STATUS_PENDING, {STATUS}.ORDER_STATUS_SHIPPED].exists(s, s == s1.order.status)",
        f"s2.orders.map(o, o.status).filter(s, s == {STATUS}.ORDER_STATUS_PENDING).size() > 1",
        f"{STATUS}.ORDER_STATUS_PENDING in s2.orders.map(o, o.status)",
        "s2.orders.exists(o, o.status == s1.order.status)",
        "s2.orders.map(o, o.status).size() == 3",
        "s1.order.total.currency in ['EUR', 'USD']",
        "timestamp('2026-11-22T12:00:00.5+01:00') < now",
        "{'A-1042': true}[s1.order.id]",
        "s1.order.total == s1.order.items[0].unit_price",
        "size(s1.order.id) > 2 && s1.order.id.startsWith('A-')",
    ],
)
def test_what_is_safe_compiles(expressions, types, text):
    assert expressions.compile(text, types).type_name == "BOOL"


def test_smallest_units_may_be_handed_on_as_they_are(catalogue, expressions, types):
    compiled = expressions.compile("s1.order.total.amount_minor", types)
    assert compiled.evaluate({"s1": order(catalogue), "now": NOW}) == 4_000


def test_an_expression_sees_nothing_that_it_does_not_name(catalogue, expressions, types):
    compiled = expressions.compile("s1.order.id == 'A-1042'", types)
    assert compiled.uses == {"s1"}
    assert compiled.holds({"s1": order(catalogue), "s2": object(), "now": object()})
    with pytest.raises(ExpressionError, match="s1 has no response"):
        compiled.holds({"s2": object()})


def test_what_does_not_compile_is_remembered_too(expressions, types):
    said = []
    for _ in range(2):
        with pytest.raises(ExpressionError) as caught:
            expressions.compile("s1.order.bogus == 1", types)
        said.append((str(caught.value), caught.value.reason))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("s9.order.id == s1.order.id", {"s9", "s1"}),
        ("s9.orders.exists(o, o.id == s1.order.id)", {"s9", "s1"}),
        ("s9.orders.exists(", set()),
    ],
)
def test_names_are_found_before_they_are_known(expressions, text, names):
    assert expressions.mentioned(text) == names
