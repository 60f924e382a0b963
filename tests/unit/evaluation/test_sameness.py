"""Values: what differs only in how it is written, and what is another thing."""

from typing import Any

import pytest

from evaluation.catalogues import shop_catalogue
from evaluation.sameness import is_about, same

SAME: list[tuple[str, Any, Any]] = [
    ("order.get.order_id", "A-1042", "a-1042"),
    ("order.get.order_id", "A-1042", "A1042"),
    ("order.list.status", "PENDING", "pending"),
    ("order.list.status", "PENDING", "ORDER_STATUS_PENDING"),
    ("order.list.status", "CANCELLED", "canceled"),
    ("order.list.limit", 5, "5"),
    ("order.list.limit", 5, 5.0),
    ("order.create.sku", "desk lamp", "“Desk  Lamp”."),
    ("order.create.sku", "t-shirt", "T shirt"),
    ("order.create.sku", "cook's knife", "cook\u2019s knife"),
    ("order.create.sku", "caf\u00e9 cup", "cafe\u0301 cup"),
    ("order.create.sku", "candle", ["candles", "candle"]),
    ("order.create.sku", "anything", "*"),
    ("order.return_items.items", ["teapot"], "Teapot"),
    ("order.return_items.items", ["beanie", "wool socks"], ["wool socks", "beanie"]),
    ("order.return_items.items", ["wool sock"], [["wool socks", "wool sock"]]),
    ("user.update_phone.phone", "+39 051 555 0182", "+39-051/5550182"),
    ("user.update_phone.phone", "0039 051 5550182", "+39 051 5550182"),
    ("user.update_address.address", "12 Harbour Street, 20457 Hamburg", "12 harbour street 20457 Hamburg."),
]
NEAR: list[tuple[str, Any, Any]] = [
    ("user.update_address.address", "27 rue des Tilleuls", "27 rue des Tilleuls, 69003 Lyon"),
    ("order.create.sku", "candles", "candle"),
    ("order.return_items.items", ["socks"], ["wool socks", "beanie"]),
]
OTHER: list[tuple[str, Any, Any]] = [
    ("order.get.order_id", "A-1042", "A-1043"),
    ("order.get.order_id", None, "A-1043"),
    ("order.list.status", "SHIPPED", "pending"),
    ("order.list.limit", 5, 6),
    ("order.create.sku", "desk lamp", "teapot"),
    ("order.return_items.items", ["teapot", "kettle"], ["teapot"]),
    ("user.update_phone.phone", "+39 051 555 0182", "+39 051 555 0183"),
]


def parameter(name: str):
    intent, _, last = name.rpartition(".")
    return shop_catalogue().intents[intent].parameter(last)


@pytest.mark.parametrize(("name", "given", "label"), SAME)
def test_writing_makes_no_difference(name: str, given: Any, label: Any):
    assert same(given, label, parameter(name))


@pytest.mark.parametrize(("name", "given", "label"), NEAR)
def test_other_words_for_a_thing_are_another_value_about_it(name: str, given: Any, label: Any):
    assert not same(given, label, parameter(name))
    assert is_about(given, label, parameter(name))


@pytest.mark.parametrize(("name", "given", "label"), OTHER)
def test_another_thing_is_neither(name: str, given: Any, label: Any):
    assert not same(given, label, parameter(name))
    assert not is_about(given, label, parameter(name))
