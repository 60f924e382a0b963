"""One network address asks so often, and no more."""

from dataclasses import replace

import grpc
from llm_orchestrator.user.v1 import sign_in_pb2

from tests.service.sign_in.conftest import ANNA, NOBODY, refused


async def test_requests_of_one_address_are_counted_together(start, sign_in_files, clock):
    async with start(replace(sign_in_files, codes_per_address=3)) as sign_in:
        tokens = await sign_in.signed_in()
        await refused(sign_in.redeem("000000", NOBODY))
        for email in (ANNA, NOBODY, "no e-mail"):
            error = await refused(sign_in.stub.RequestCode(sign_in_pb2.RequestCodeRequest(email=email)))
            assert (error.code, error.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_REQUESTS")
        assert (await refused(sign_in.redeem("000000"))).reason == "TOO_MANY_REQUESTS"
        tokens = await sign_in.refresh(tokens.refresh_token)
        await sign_in.sign_out(tokens.refresh_token)
        clock.advance(minutes=10)
        assert await sign_in.signed_in()


async def test_zero_counts_nothing(start, sign_in_files):
    async with start(replace(sign_in_files, codes_per_address=0)) as sign_in:
        for number in range(120):
            await refused(sign_in.redeem("000000", f"nobody-{number}@example.com"))


async def test_a_hundred_are_let_through_unless_told_otherwise(sign_in):
    for _ in range(100):
        assert (await refused(sign_in.redeem("000000", NOBODY))).reason == "CODE_EXPIRED"
    assert (await refused(sign_in.redeem("000000", NOBODY))).reason == "TOO_MANY_REQUESTS"
