"""Money as people write it: every currency with the digits of its own minor unit."""

from decimal import Decimal

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.amounts import money, units
from orchestrator_server.expressions import Expressions


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (124_050, "EUR", "€1,240.50"),
        (-500, "USD", "-$5.00"),
        (0, "GBP", "£0.00"),
        (1_240, "CHF", "12.40 CHF"),
        (1_240, "JPY", "1,240 JPY"),
        (1_240, "KRW", "1,240 KRW"),
        (1_240, "KWD", "1.240 KWD"),
        (-1, "BHD", "-0.001 BHD"),
        (12_345, "CLF", "1.2345 CLF"),
        (100, "XYZ", "1.00 XYZ"),
        (100, "", "1.00"),
    ],
)
def test_an_amount_has_the_digits_of_its_currency(minor, currency, said):
    assert money(minor, currency) == said


def test_units_are_exact():
    assert units(9_007_199_254_740_993, "EUR") == Decimal("90071992547409.93")
    assert units(1_240, "JPY") == 1_240
    assert units(1_240, "kwd") == Decimal("1.24")


@pytest.mark.parametrize(("currency", "limit"), [("EUR", 12), ("JPY", 1_239), ("KWD", 1)])
def test_a_condition_compares_in_the_units_of_the_currency(currency, limit):
    catalogue = shop_catalogue()
    response = catalogue.message_class("llm_orchestrator.order.v1.GetOrderResponse")()
    response.order.total.amount_minor, response.order.total.currency = 1_240, currency
    types = {"s1": "llm_orchestrator.order.v1.GetOrderResponse"}
    for expression, holds in (
        (f"money(s1.order.total) > {limit}", True),
        (f"money(s1.order.total) > {limit + 1}", False),
    ):
        assert Expressions(catalogue).compile(expression, types).holds({"s1": response}) is holds
