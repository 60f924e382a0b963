"""E-mail → one-time code → tokens."""

import sqlite3
from datetime import timedelta

import grpc
import pytest
from llm_orchestrator.user.v1 import sign_in_pb2

from service_kit.status import RemoteError
from service_kit.trust import Trust
from service_kit.verifier import Verifier
from tests.service.sign_in.conftest import ANNA, NOBODY, refused


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def wrong_tries(sign_in, count: int, email: str = ANNA, code: str = "000000") -> list[RemoteError]:
    return [await refused(sign_in.redeem(code, email)) for _ in range(count)]


async def test_a_code_becomes_tokens_that_the_orchestrator_accepts(sign_in, trust_file):
    tokens = await sign_in.redeem(await sign_in.request())
    caller = await Verifier(Trust(trust_file), "orchestrator").verify(tokens.access_token)
    assert (caller.email, caller.roles, caller.actor) == (ANNA, {"customer"}, None)
    assert tokens.email == ANNA


async def test_an_access_token_lives_fifteen_minutes_and_the_client_is_told_so(sign_in, clock, trust_file):
    tokens = await sign_in.redeem(await sign_in.request())
    caller = await Verifier(Trust(trust_file), "orchestrator").verify(tokens.access_token)
    told = tokens.expires_at.ToDatetime(tzinfo=caller.expires_at.tzinfo)
    assert told == (clock() + timedelta(minutes=15)).replace(microsecond=0)
    assert timedelta(0) <= caller.expires_at - told < timedelta(seconds=10)


async def test_upper_case_and_space_in_an_email_do_not_matter(sign_in):
    code = await sign_in.request("Anna@Example.com")
    assert (await sign_in.redeem(code, " ANNA@example.com ")).email == ANNA


async def test_a_direct_caller_names_the_server_the_token_is_for(sign_in, trust_file):
    tokens = await sign_in.redeem(await sign_in.request(), audience="order")
    assert (await Verifier(Trust(trust_file), "order").verify(tokens.access_token)).email == ANNA
    tokens = await sign_in.refresh(tokens.refresh_token, audience="shipping")
    assert (await Verifier(Trust(trust_file), "shipping").verify(tokens.access_token)).email == ANNA


async def test_support_staff_are_customers_with_one_role_more(sign_in, trust_file):
    sam = "sam@example.com"
    tokens = await sign_in.redeem(await sign_in.request(sam), sam)
    caller = await Verifier(Trust(trust_file), "orchestrator").verify(tokens.access_token)
    assert caller.roles == {"customer", "support"}


async def test_a_code_works_once(sign_in):
    code = await sign_in.request()
    await sign_in.redeem(code)
    error = await refused(sign_in.redeem(code))
    assert (error.code, error.reason) == (grpc.StatusCode.UNAUTHENTICATED, "CODE_WRONG")


async def test_a_new_code_ends_the_one_before(sign_in):
    old, new = await sign_in.request(), await sign_in.request()
    if old != new:  # once in a million they are the same
        assert (await refused(sign_in.redeem(old))).reason == "CODE_WRONG"
    assert (await sign_in.redeem(new)).email == ANNA


async def test_a_code_of_one_customer_is_no_code_of_another(sign_in):
    code = await sign_in.request()
    await sign_in.request("sam@example.com")
    assert (await refused(sign_in.redeem(other_than(code)))).reason == "CODE_WRONG"
    assert (await refused(sign_in.redeem(code, NOBODY))).reason == "CODE_EXPIRED"


async def test_a_code_works_until_its_ten_minutes_are_over(sign_in, clock):
    code = await sign_in.request()
    clock.advance(minutes=9, seconds=59)
    await sign_in.redeem(code)
    code = await sign_in.request()
    clock.advance(minutes=10)
    error = await refused(sign_in.redeem(code))
    assert (error.code, error.reason) == (grpc.StatusCode.UNAUTHENTICATED, "CODE_EXPIRED")


async def test_wrong_codes_count_down_and_lock_after_five(sign_in):
    code = await sign_in.request()
    errors = await wrong_tries(sign_in, 5, code=other_than(code))
    assert {(e.code, e.reason) for e in errors} == {(grpc.StatusCode.UNAUTHENTICATED, "CODE_WRONG")}
    assert [e.metadata["tries_left"] for e in errors] == ["4", "3", "2", "1", "0"]
    locked = await refused(sign_in.redeem(code))
    assert (locked.code, locked.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "CODE_LOCKED")


async def test_the_last_of_five_tries_still_opens(sign_in):
    code = await sign_in.request()
    await wrong_tries(sign_in, 4, code=other_than(code))
    assert (await sign_in.redeem(code)).email == ANNA


async def test_a_new_code_opens_after_a_lock(sign_in):
    code = await sign_in.request()
    await wrong_tries(sign_in, 6, code=other_than(code))
    assert (await sign_in.redeem(await sign_in.request())).email == ANNA


async def test_nobody_learns_from_any_answer_who_is_a_customer(sign_in, clock):
    """The same questions, wrong tries and excesses, for one who is a customer and one who is not."""

    async def answers(email: str) -> list[object]:
        request = sign_in_pb2.RequestCodeRequest(email=email)
        found: list[object] = [await refused(sign_in.redeem("000000", email))]
        found.extend([(await sign_in.stub.RequestCode(request)).expires_at for _ in range(5)])
        found.append(await refused(sign_in.stub.RequestCode(request)))
        found.extend(await wrong_tries(sign_in, 7, email, other_than(real)))
        clock.advance(minutes=10)
        found.append(await refused(sign_in.redeem("000000", email)))
        clock.advance(minutes=-10)
        return found

    real = "999999"
    assert await answers(NOBODY) == await answers(ANNA)


async def test_a_code_for_nobody_is_written_nowhere(sign_in, sign_in_files):
    await sign_in.stub.RequestCode(sign_in_pb2.RequestCodeRequest(email=NOBODY))
    await sign_in.request()
    assert [path.name for path in sign_in_files.outbox.iterdir()] == [f"{ANNA}.txt"]


async def test_five_codes_in_ten_minutes_are_enough(sign_in, clock):
    for _ in range(5):
        code = await sign_in.request()
    error = await refused(sign_in.request())
    assert (error.code, error.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "TOO_MANY_CODES")
    assert (await sign_in.redeem(code)).email == ANNA  # the newest still opens
    assert await sign_in.request("sam@example.com")  # the bound is one e-mail's
    clock.advance(minutes=10)
    assert await sign_in.request()


@pytest.mark.parametrize("email", ["", "anna", "@example.com", "anna@", "a b@example.com", "a@b@c", "a\0@b", "a" * 300])
async def test_what_is_no_email_is_refused(sign_in, email):
    error = await refused(sign_in.stub.RequestCode(sign_in_pb2.RequestCodeRequest(email=email)))
    assert (error.code, error.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST")
    assert [v.partition(":")[0] for v in error.violations] == ["email"]


async def test_every_wrong_field_is_named(sign_in):
    error = await refused(sign_in.redeem("12345x", "anna", "Order Server"))
    assert [v.partition(":")[0] for v in error.violations] == ["email", "code", "audience"]
    assert (await refused(sign_in.redeem("١٢٣٤٥٦"))).violations == ("code: is not six digits",)


async def test_neither_codes_nor_refresh_tokens_are_in_the_database(sign_in, sign_in_files):
    code = await sign_in.request()
    tokens = await sign_in.redeem(code)
    secret = tokens.refresh_token.partition(".")[2].encode()
    with sqlite3.connect(sign_in_files.database) as connection:
        rows = [*connection.execute("SELECT * FROM codes"), *connection.execute("SELECT * FROM sessions")]
    connection.close()
    stored = [value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row]
    assert code.encode() not in stored
    assert not any(secret in value for value in stored)
    assert sign_in_files.database.stat().st_mode & 0o777 == 0o600
