"""Support acts for customers: one at a time, never for staff, and both are named."""

import grpc
import pytest

from service_kit.errors import Unauthenticated
from tests.service.sign_in.conftest import ADA, ANNA, BOB, NOBODY, SAM, refused


async def test_a_token_for_a_customer_names_the_customer_and_the_member_of_support(sign_in, verify):
    sam = await sign_in.signed_in(SAM)
    tokens = await sign_in.refresh(sam.refresh_token, acting_for=" Anna@Example.com ")
    assert (tokens.email, tokens.acting_for) == (SAM, ANNA)
    caller = await verify(tokens)
    assert (caller.email, caller.agent, caller.person) == (ANNA, SAM, SAM)
    assert caller.roles == {"customer", "support"}
    assert (await verify(sam)).email == SAM  # one's own token goes on


async def test_a_customer_acts_for_nobody(sign_in):
    anna = await sign_in.signed_in(ANNA)
    for other in (BOB, NOBODY, ANNA):
        error = await refused(sign_in.refresh(anna.refresh_token, acting_for=other))
        assert (error.code, error.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_MISSING")
    assert (await sign_in.refresh(anna.refresh_token)).email == ANNA  # a refusal costs no token


@pytest.mark.parametrize(
    ("other", "code", "reason"),
    [
        (NOBODY, grpc.StatusCode.NOT_FOUND, "CUSTOMER_NOT_FOUND"),
        (ADA, grpc.StatusCode.PERMISSION_DENIED, "NOT_A_CUSTOMER"),
        (SAM, grpc.StatusCode.PERMISSION_DENIED, "NOT_A_CUSTOMER"),
        ("anna", grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST"),
    ],
)
async def test_support_acts_for_customers_only(sign_in, other, code, reason):
    sam = await sign_in.signed_in(SAM)
    error = await refused(sign_in.refresh(sam.refresh_token, acting_for=other))
    assert (error.code, error.reason) == (code, reason)
    assert (await sign_in.refresh(sam.refresh_token, acting_for=ANNA)).acting_for == ANNA


async def test_who_is_an_administrator_too_is_none_while_acting(sign_in, verify):
    ada = await sign_in.signed_in(ADA)
    assert "admin" in (await verify(ada)).roles
    assert (await verify(await sign_in.refresh(ada.refresh_token, acting_for=ANNA))).roles == {"customer", "support"}


async def test_the_next_customer_ends_the_tokens_for_the_one_before(sign_in, verify):
    sam = await sign_in.signed_in(SAM)
    for_anna = await sign_in.refresh(sam.refresh_token, acting_for=ANNA)
    for_bob = await sign_in.refresh(for_anna.refresh_token, acting_for=BOB)
    await assert_over(verify, for_anna)
    assert (await verify(for_bob)).email == BOB
    again = await sign_in.refresh(for_bob.refresh_token, acting_for=ANNA)
    await assert_over(verify, for_anna)
    await assert_over(verify, for_bob)
    assert (await verify(again)).email == ANNA


async def test_refreshing_for_the_same_customer_ends_nothing(sign_in, verify):
    sam = await sign_in.signed_in(SAM)
    first = await sign_in.refresh(sam.refresh_token, acting_for=ANNA)
    second = await sign_in.refresh(first.refresh_token, acting_for=ANNA)
    assert (await verify(first)).session_id == (await verify(second)).session_id


async def test_going_back_to_oneself_ends_the_tokens_for_the_customer(sign_in, verify):
    sam = await sign_in.signed_in(SAM)
    for_anna = await sign_in.refresh(sam.refresh_token, acting_for=ANNA)
    own = await sign_in.refresh(for_anna.refresh_token)
    assert (own.email, own.acting_for) == (SAM, "")
    await assert_over(verify, for_anna)
    caller = await verify(own)
    assert (caller.email, caller.agent, caller.session_id) == (SAM, "", (await verify(sam)).session_id)


async def test_signing_out_ends_both_kinds_of_tokens(sign_in, verify):
    sam = await sign_in.signed_in(SAM)
    for_anna = await sign_in.refresh(sam.refresh_token, acting_for=ANNA)
    await sign_in.sign_out(for_anna.refresh_token)
    await assert_over(verify, sam)
    await assert_over(verify, for_anna)


async def test_who_has_left_support_acts_no_more(sign_in, customers):
    sam = await sign_in.signed_in(SAM)
    for_anna = await sign_in.refresh(sam.refresh_token, acting_for=ANNA)
    customers.roles[SAM] = frozenset({"customer"})
    assert (await refused(sign_in.refresh(for_anna.refresh_token, acting_for=ANNA))).reason == "ROLE_MISSING"
    assert (await sign_in.refresh(for_anna.refresh_token)).acting_for == ""


async def assert_over(verify, tokens):
    with pytest.raises(Unauthenticated) as caught:
        await verify(tokens)
    assert caught.value.reason == "SESSION_ENDED"
