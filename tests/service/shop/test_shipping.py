"""Parcels: tracking by both servers, the rest by the shipping server alone."""

from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf import json_format
from grpc import StatusCode

NEW = "12 Harbour Street, 20457 Hamburg"


def days_from_now(timestamp) -> float:
    return (timestamp.ToDatetime(UTC) - datetime.now(UTC)) / timedelta(days=1)


async def test_a_parcel_on_its_way(parcels):
    shipment = (await parcels("TrackShipment", order_id="A-1043")).shipment
    assert (shipment.order_id, shipment.status) == ("A-1043", 2)
    assert shipment.carrier
    assert shipment.tracking_number
    assert shipment.HasField("shipped_at")
    assert not shipment.HasField("delivered_at")
    assert days_from_now(shipment.estimated_delivery_at) == pytest.approx(2, abs=0.1)


async def test_a_parcel_that_has_not_left(parcels):
    shipment = (await parcels("TrackShipment", order_id="A-1044")).shipment
    assert (shipment.status, shipment.carrier, shipment.tracking_number) == (1, "", "")
    assert not shipment.HasField("shipped_at")
    assert days_from_now(shipment.estimated_delivery_at) == pytest.approx(-15, abs=0.1)


async def test_a_parcel_that_arrived_is_expected_no_more(parcels):
    shipment = (await parcels("TrackShipment", order_id="A-1046")).shipment
    assert shipment.HasField("delivered_at")
    assert not shipment.HasField("estimated_delivery_at")


async def test_both_servers_tell_the_same(start, shop):
    async with start("shipping") as modern, start("legacy") as old:
        for row in shop.query("SELECT id, customer FROM orders"):
            new = await modern.by(row["customer"])("TrackShipment", order_id=row["id"])
            same = await old.by(row["customer"])("TrackShipment", order_id=row["id"])
            told = json_format.MessageToDict(new.shipment)
            assert told.pop("address")
            told.pop("note", None)
            assert told == json_format.MessageToDict(same.shipment)


async def test_address_and_note_are_the_shipping_servers_own(shipping):
    shipment = (await shipping("TrackShipment", order_id="A-1043")).shipment
    assert shipment.address == "7 Mill Lane, 22767 Hamburg"
    assert shipment.note == "Left the sorting centre in Hannover."


@pytest.mark.parametrize("rpc", ["TrackShipment", "ChangeAddress", "EstimateDelivery"])
async def test_anothers_order_is_like_one_that_does_not_exist(shipping, refused, shop, rpc):
    fields = {"address": NEW} if rpc == "ChangeAddress" else {}
    theirs = await refused(shipping(rpc, order_id="A-1050", **fields))
    none = await refused(shipping(rpc, order_id="A-9999", **fields))
    assert theirs.code is none.code is StatusCode.NOT_FOUND
    assert theirs.reason == none.reason == "ORDER_NOT_FOUND"
    assert theirs.message.replace("A-1050", "A-9999") == none.message
    assert shop.table("orders").get("A-1050")["address"] != NEW


async def test_the_monolith_tracks_only_mine(legacy, refused):
    assert (await refused(legacy("TrackShipment", order_id="A-1050"))).reason == "ORDER_NOT_FOUND"


async def test_a_pending_order_goes_elsewhere_and_the_profile_stays(shipping, shop):
    shipment = (await shipping("ChangeAddress", order_id="A-1042", address=NEW)).shipment
    assert shipment.address == NEW
    assert (await shipping("TrackShipment", order_id="A-1042")).shipment == shipment
    assert shop.table("customers").get("dana.fields@example.com")["address"] == "7 Mill Lane, 22767 Hamburg"
    assert shop.table("orders").get("A-1044")["address"] == "7 Mill Lane, 22767 Hamburg"


@pytest.mark.parametrize(
    ("order_id", "stage"),
    [("A-1043", "SHIPPED"), ("A-1046", "DELIVERED"), ("A-1047", "CANCELLED"), ("A-1048", "RETURNED")],
)
async def test_any_other_order_does_not(shipping, refused, shop, order_id, stage):
    error = await refused(shipping("ChangeAddress", order_id=order_id, address=NEW))
    assert (error.code, error.reason) == (StatusCode.FAILED_PRECONDITION, f"ORDER_ALREADY_{stage}")
    assert shop.table("orders").get(order_id)["address"] != NEW


@pytest.mark.parametrize("address", ["", "x", "two\nlines of address", "x" * 201])
async def test_an_address_is_one_line_of_some_length(shipping, refused, address):
    error = await refused(shipping("ChangeAddress", order_id="A-1042", address=address))
    assert error.code is StatusCode.INVALID_ARGUMENT


async def test_the_stored_estimate_is_told(shipping):
    estimate = await shipping("EstimateDelivery", order_id="A-1043")
    assert (estimate.order_id, estimate.status, estimate.days_left) == ("A-1043", 2, 2)
    assert days_from_now(estimate.estimated_delivery_at) == pytest.approx(2, abs=0.1)


async def test_an_overdue_order_is_due_today(shipping):
    estimate = await shipping("EstimateDelivery", order_id="A-1044")
    assert estimate.days_left == 0
    assert estimate.HasField("estimated_delivery_at")


async def test_a_delivered_order_tells_when(shipping):
    estimate = await shipping("EstimateDelivery", order_id="A-1046")
    assert days_from_now(estimate.delivered_at) == pytest.approx(-5, abs=0.1)
    assert not estimate.HasField("estimated_delivery_at")


@pytest.mark.parametrize("order_id", ["A-1047", "A-1048"])
async def test_what_is_not_under_way_has_no_estimate(shipping, refused, order_id):
    error = await refused(shipping("EstimateDelivery", order_id=order_id))
    assert (error.code, error.reason) == (StatusCode.FAILED_PRECONDITION, "ORDER_NOT_UNDER_WAY")
