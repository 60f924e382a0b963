"""original_names: expressions use the names that servers wrote, whatever the pool calls them."""

import pytest

from evaluation.catalogues import shop_catalogue
from orchestrator_server.expressions import ExpressionError, Expressions
from orchestrator_server.original_names import MOST_READINGS, OriginalNames
from tests.unit.schema.test_pool import vendors

NAMES = OriginalNames(vendors())
STATE = "parcel.v1.State.STATE_GONE"
TYPES = {"s1": "parcel.v1.GetParcelResponse", "s2": "x_b.parcel.v1.GetParcelResponse"}


def test_without_collisions_there_is_one_reading():
    assert list(OriginalNames(shop_catalogue()).readings(STATE)) == [STATE]


def test_a_name_that_two_servers_use_has_two_readings():
    assert list(NAMES.readings(f"s2.parcel.state == {STATE}")) == [
        f"s2.parcel.state == {STATE}",
        f"s2.parcel.state == x_b.{STATE}",
    ]


@pytest.mark.parametrize("text", ["s1.parcel.id == 'parcel.v1.State.X'", 's1.parcel.v1.State == "a"', "s1.x"])
def test_paths_and_texts_in_quotes_are_left_alone(text):
    assert list(NAMES.readings(text)) == [text]


def test_messages_have_original_names_too():
    assert "x_b.parcel.v1.Parcel{locker: 1}" in NAMES.readings("parcel.v1.Parcel{locker: 1}")


def test_readings_are_bounded():
    assert len(list(NAMES.readings(" == ".join([STATE] * 30)))) == MOST_READINGS


def test_an_enum_of_neither_server_is_still_an_error():
    with pytest.raises(ExpressionError):
        Expressions(vendors()).compile("s2.parcel.state == parcel.v1.State.STATE_LOST", TYPES)
