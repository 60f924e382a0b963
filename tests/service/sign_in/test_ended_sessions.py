"""Ended sessions are published at once, until no token can carry them any more."""

import asyncio
import hashlib
import json
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import grpc
import pytest

from service_kit.database import connect
from service_kit.errors import StartError, Unauthenticated
from service_kit.migrations import migrate
from service_kit.times import to_text
from tests.service.sign_in.conftest import ANNA, refused
from user_server.sign_in import sign_in_service
from user_server.sign_in_schema import m001_codes, m002_sessions


def listed(files) -> dict[str, int]:
    return json.loads(files.ended_sessions.read_text())["ended"]


async def assert_over(verify, tokens):
    with pytest.raises(Unauthenticated) as caught:
        await verify(tokens)
    assert caught.value.reason == "SESSION_ENDED"


async def test_a_server_that_starts_publishes_an_empty_list(sign_in, sign_in_files):
    assert listed(sign_in_files) == {}


async def test_signing_out_ends_the_access_token(sign_in, sign_in_files, verify, clock):
    tokens = await sign_in.signed_in()
    session_id = (await verify(tokens)).session_id
    await sign_in.sign_out(tokens.refresh_token)
    await assert_over(verify, tokens)
    until = clock() + timedelta(days=1, minutes=1)
    assert listed(sign_in_files) == {session_id: int(until.timestamp())}


async def test_a_refresh_token_used_again_ends_the_access_tokens(sign_in, verify):
    first = await sign_in.signed_in()
    second = await sign_in.refresh(first.refresh_token)
    await refused(sign_in.refresh(first.refresh_token))
    await assert_over(verify, first)
    await assert_over(verify, second)


async def test_who_is_no_customer_any_more_has_no_access_token(sign_in, verify, customers):
    tokens = await sign_in.signed_in()
    del customers.roles[ANNA]
    await refused(sign_in.refresh(tokens.refresh_token))
    await assert_over(verify, tokens)


async def test_another_session_of_the_same_person_goes_on(sign_in, verify):
    first, second = await sign_in.signed_in(), await sign_in.signed_in()
    await sign_in.sign_out(first.refresh_token)
    assert (await verify(second)).email == ANNA


async def test_the_id_in_an_access_token_ends_no_session(sign_in, verify):
    tokens = await sign_in.signed_in()
    session_id = (await verify(tokens)).session_id
    await sign_in.sign_out(session_id)
    await refused(sign_in.refresh(f"{session_id}.guess"))
    assert (await sign_in.refresh(tokens.refresh_token)).email == ANNA


async def test_the_list_forgets_what_no_token_can_carry(sign_in, sign_in_files, verify, clock):
    first, second = await sign_in.signed_in(), await sign_in.signed_in()
    second_id = (await verify(second)).session_id
    await sign_in.sign_out(first.refresh_token)
    clock.advance(days=1, minutes=1)
    await sign_in.sign_out(second.refresh_token)
    assert list(listed(sign_in_files)) == [second_id]
    with closing(connect(sign_in_files.database)) as db:
        assert [row["id"] for row in db.table("ended_sessions").rows] == [second_id]


async def test_what_another_process_ended_is_published_too(start, sign_in_files):
    async with start(replace(sign_in_files, publish_every=timedelta(milliseconds=1))) as sign_in:
        await sign_in.signed_in()
        with closing(connect(sign_in_files.database)) as db, db.conn:
            db.execute("INSERT INTO ended_sessions VALUES ('elsewhere', '9999-01-01T00:00:00.000000+00:00')")
        async with asyncio.timeout(20):
            while "elsewhere" not in await asyncio.to_thread(listed, sign_in_files):
                pass


async def test_a_sign_out_that_nobody_can_be_told_of_is_not_confirmed(sign_in, sign_in_files, verify):
    tokens = await sign_in.signed_in()
    path = sign_in_files.ended_sessions
    path.unlink()
    path.mkdir()
    for _ in range(2):
        error = await refused(sign_in.sign_out(tokens.refresh_token))
        assert (error.code, error.reason) == (grpc.StatusCode.UNAVAILABLE, "SIGN_OUT_UNKNOWN")
    path.rmdir()
    await sign_in.sign_out(tokens.refresh_token)
    await assert_over(verify, tokens)


async def test_a_list_that_cannot_be_kept_is_told_in_a_sentence(sign_in_files, customers, audit):
    sign_in_files.ended_sessions.mkdir(parents=True)
    with pytest.raises(StartError, match=str(sign_in_files.ended_sessions)):
        async with sign_in_service(sign_in_files, "127.0.0.1:0", customers, audit):
            pass


async def test_sessions_from_before_the_list_was_kept_go_on(start, sign_in_files, clock):
    with closing(connect(sign_in_files.database)) as db:
        migrate(db, (m001_codes, m002_sessions))
        digest = hashlib.sha256(b"secret").digest()
        row = ["old", ANNA, digest, to_text(clock()), to_text(clock() + timedelta(days=1))]
        with db.conn:
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", row)
    async with start(sign_in_files) as sign_in:
        tokens = await sign_in.refresh("old.secret")
        await sign_in.sign_out(tokens.refresh_token)
        assert len(listed(sign_in_files)) == 1
