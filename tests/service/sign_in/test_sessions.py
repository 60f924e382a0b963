"""Refresh tokens rotate; an old one ends the session."""

import asyncio

import grpc
import pytest
from llm_orchestrator.user.v1 import sign_in_pb2

from service_kit.status import from_rpc_error
from service_kit.trust import Trust
from service_kit.verifier import Verifier
from tests.service.sign_in.conftest import ANNA


async def assert_ended(call):
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    error = from_rpc_error(caught.value)
    assert (error.code, error.reason) == (grpc.StatusCode.UNAUTHENTICATED, "SESSION_ENDED")


@pytest.fixture
async def tokens(sign_in) -> sign_in_pb2.Tokens:
    return await sign_in.redeem(await sign_in.request())


async def test_each_refresh_gives_the_next_pair(sign_in, tokens, trust_file):
    first = await sign_in.refresh(tokens.refresh_token)
    second = await sign_in.refresh(first.refresh_token)
    assert len({tokens.refresh_token, first.refresh_token, second.refresh_token}) == 3
    assert len({tokens.access_token, first.access_token, second.access_token}) == 3
    assert (await Verifier(Trust(trust_file), "orchestrator").verify(second.access_token)).email == ANNA


async def test_a_refresh_token_used_again_ends_the_whole_session(sign_in, tokens):
    fresh = await sign_in.refresh(tokens.refresh_token)
    await assert_ended(sign_in.refresh(tokens.refresh_token))
    await assert_ended(sign_in.refresh(fresh.refresh_token))


async def test_of_two_refreshes_at_once_one_wins_and_the_session_ends(sign_in, tokens):
    results = await asyncio.gather(*(sign_in.refresh(tokens.refresh_token) for _ in range(2)), return_exceptions=True)
    winners = [r for r in results if isinstance(r, sign_in_pb2.Tokens)]
    assert len(winners) == 1
    await assert_ended(sign_in.refresh(winners[0].refresh_token))


async def test_one_session_ends_without_the_other(sign_in, tokens):
    other = await sign_in.redeem(await sign_in.request())
    await sign_in.sign_out(tokens.refresh_token)
    assert (await sign_in.refresh(other.refresh_token)).email == ANNA


async def test_signing_out_ends_the_session_and_repeating_it_changes_nothing(sign_in, tokens):
    await sign_in.sign_out(tokens.refresh_token)
    await assert_ended(sign_in.refresh(tokens.refresh_token))
    await sign_in.sign_out(tokens.refresh_token)
    await sign_in.sign_out("never issued")


async def test_a_session_lives_thirty_days(sign_in, tokens, clock):
    clock.advance(days=29, hours=23)
    fresh = await sign_in.refresh(tokens.refresh_token)
    clock.advance(hours=1)
    await assert_ended(sign_in.refresh(fresh.refresh_token))


@pytest.mark.parametrize("token", ["x", "x.y", "....", "é"])
async def test_a_refresh_token_that_was_never_issued_is_refused(sign_in, token):
    await assert_ended(sign_in.refresh(token))


async def test_who_is_no_customer_any_more_is_signed_out(sign_in, tokens, customers):
    everyone, customers.roles = customers.roles, {}
    await assert_ended(sign_in.refresh(tokens.refresh_token))
    customers.roles = everyone
    await assert_ended(sign_in.refresh(tokens.refresh_token))


async def test_roles_are_those_of_now(sign_in, tokens, customers, trust_file):
    customers.roles[ANNA] = frozenset({"customer", "admin"})
    fresh = await sign_in.refresh(tokens.refresh_token)
    assert (await Verifier(Trust(trust_file), "orchestrator").verify(fresh.access_token)).roles == {"customer", "admin"}


@pytest.mark.parametrize("token", ["", "x" * 201])
async def test_an_impossible_refresh_token_is_a_wrong_field(sign_in, token):
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await sign_in.sign_out(token)
    error = from_rpc_error(caught.value)
    assert error.code == grpc.StatusCode.INVALID_ARGUMENT
    assert [v.partition(":")[0] for v in error.violations] == ["refresh_token"]
