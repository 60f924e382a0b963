"""What sign-in writes down."""

from llm_orchestrator.user.v1 import sign_in_pb2

from service_kit.audit import AuditKind
from tests.service.sign_in.conftest import ANNA, BOB, NOBODY, SAM, refused


async def written(records, start=0):
    return [(e.action, e.actor, e.subject, e.result, e.reason) for e in (await records())[start:]]


async def test_signing_in_and_out(sign_in, records):
    tokens = await sign_in.signed_in()
    tokens = await sign_in.refresh(tokens.refresh_token)
    await sign_in.sign_out(tokens.refresh_token)
    await sign_in.sign_out(tokens.refresh_token)
    assert await written(records) == [
        ("sign_in.request_code", ANNA, ANNA, "SUCCEEDED", ""),
        ("sign_in.redeem_code", ANNA, ANNA, "SUCCEEDED", ""),
        ("sign_in.end_session", ANNA, ANNA, "SUCCEEDED", "SIGNED_OUT"),
    ]
    assert {entry.kind for entry in await records()} == {AuditKind.SIGN_IN}


async def test_wrong_codes_and_a_locked_one(sign_in, records):
    await sign_in.request()
    for _ in range(6):
        await refused(sign_in.redeem("000000"))
    assert [reason for *_, reason in await written(records, 1)] == ["CODE_WRONG"] * 5 + ["CODE_LOCKED"]
    assert {entry[:4] for entry in await written(records, 1)} == {("sign_in.redeem_code", ANNA, ANNA, "REFUSED")}


async def test_a_stranger_is_recorded_without_the_email(sign_in, records):
    await sign_in.stub.RequestCode(sign_in_pb2.RequestCodeRequest(email=NOBODY))
    await refused(sign_in.redeem("000000", NOBODY))
    assert await written(records) == [
        ("sign_in.request_code", "", "", "SUCCEEDED", ""),
        ("sign_in.redeem_code", "", "", "REFUSED", "CODE_WRONG"),
    ]


async def test_a_refresh_token_used_again(sign_in, records):
    tokens = await sign_in.signed_in()
    await sign_in.refresh(tokens.refresh_token)
    await refused(sign_in.refresh(tokens.refresh_token))
    assert await written(records, 2) == [
        ("sign_in.end_session", ANNA, ANNA, "SUCCEEDED", "REFRESH_TOKEN_REUSED"),
    ]


async def test_a_customer_who_is_gone(sign_in, records, customers):
    tokens = await sign_in.signed_in()
    del customers.roles[ANNA]
    await refused(sign_in.refresh(tokens.refresh_token))
    assert await written(records, 2) == [("sign_in.end_session", ANNA, ANNA, "SUCCEEDED", "CUSTOMER_GONE")]


async def test_support_begins_and_stops_to_act(sign_in, records):
    tokens = await sign_in.signed_in(SAM)
    for customer in (ANNA, ANNA, BOB, "", "", ANNA):
        tokens = await sign_in.refresh(tokens.refresh_token, acting_for=customer)
    await sign_in.sign_out(tokens.refresh_token)
    assert await written(records, 2) == [
        ("sign_in.act_for", SAM, ANNA, "SUCCEEDED", ""),
        ("sign_in.stop_acting", SAM, ANNA, "SUCCEEDED", ""),
        ("sign_in.act_for", SAM, BOB, "SUCCEEDED", ""),
        ("sign_in.stop_acting", SAM, BOB, "SUCCEEDED", ""),
        ("sign_in.act_for", SAM, ANNA, "SUCCEEDED", ""),
        ("sign_in.stop_acting", SAM, ANNA, "SUCCEEDED", "SIGNED_OUT"),
        ("sign_in.end_session", SAM, SAM, "SUCCEEDED", "SIGNED_OUT"),
    ]


async def test_who_may_not_act_for_somebody_is_a_denial(sign_in, records):
    tokens = await sign_in.signed_in()
    await refused(sign_in.refresh(tokens.refresh_token, acting_for=BOB))
    assert await written(records, 2) == [("sign_in.act_for", ANNA, BOB, "REFUSED", "ROLE_MISSING")]
    assert (await records())[-1].kind == AuditKind.DENIAL
