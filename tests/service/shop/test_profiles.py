"""Profiles, as both the user server and the monolith serve them."""

import pytest
from google.protobuf import json_format
from grpc import StatusCode

NEW = "12 Harbour Street, 20457 Hamburg"


async def test_my_profile(users):
    profile = (await users("GetProfile")).profile
    assert (profile.email, profile.name, profile.membership) == ("dana.fields@example.com", "Dana Fields", 3)
    assert (profile.phone, profile.address) == ("+49 40 5550142", "7 Mill Lane, 22767 Hamburg")
    assert profile.member_since.ToJsonString() == "2021-03-15T00:00:00Z"


async def test_both_servers_tell_the_same(start, shop):
    async with start("user") as modern, start("legacy") as old:
        for row in shop.query("SELECT email FROM customers"):
            new = await modern.by(row["email"])("GetProfile")
            assert json_format.MessageToDict(new) == json_format.MessageToDict(await old.by(row["email"])("GetProfile"))


async def test_my_phone_number_changes_and_nothing_else(users):
    before = (await users("GetProfile")).profile
    after = (await users("UpdatePhone", phone="+49 30 5550199")).profile
    assert after.phone == "+49 30 5550199"
    before.phone = after.phone
    assert after == before == (await users("GetProfile")).profile


async def test_my_address_changes_and_orders_keep_theirs(users, shop):
    assert (await users("UpdateAddress", address=NEW)).profile.address == NEW
    assert (await users("GetProfile")).profile.address == NEW
    assert shop.table("orders").get("A-1042")["address"] != NEW


@pytest.mark.parametrize("phone", ["", "call me", "12", "+49 30 5550199 ext 5"])
async def test_a_phone_number_looks_like_one(users, refused, phone):
    assert (await refused(users("UpdatePhone", phone=phone))).code is StatusCode.INVALID_ARGUMENT


@pytest.mark.parametrize("rpc", ["GetProfile", "UpdatePhone", "UpdateAddress"])
async def test_nobody_reaches_anothers_profile(users, refused, shop, rpc):
    fields = {"UpdatePhone": {"phone": "+49 30 5550199"}, "UpdateAddress": {"address": NEW}}.get(rpc, {})
    before = shop.table("customers").get("erik.holm@example.com")
    error = await refused(users(rpc, email="erik.holm@example.com", **fields))
    assert error.code is StatusCode.PERMISSION_DENIED
    assert before == shop.table("customers").get("erik.holm@example.com")


@pytest.mark.parametrize("rpc", ["GetProfile", "UpdatePhone", "UpdateAddress"])
async def test_somebody_who_is_no_customer_is_told(users, refused, rpc):
    fields = {"UpdatePhone": {"phone": "+49 30 5550199"}, "UpdateAddress": {"address": NEW}}.get(rpc, {})
    error = await refused(users.by("new@example.com")(rpc, **fields))
    assert (error.code, error.reason) == (StatusCode.NOT_FOUND, "CUSTOMER_NOT_FOUND")
