"""CEL behind its door: what compiles, what it yields, and that an error never counts as true."""

from datetime import UTC, datetime, timedelta

import pytest
from catalogues import shop_catalogue

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
