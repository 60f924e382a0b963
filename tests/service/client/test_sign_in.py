"""Signing in, staying signed in, signing out."""

import asyncio
import stat
from collections.abc import AsyncIterator
from typing import Any

import pytest
from llm_orchestrator.orchestrator.v1 import chat_pb2

from client.errors import NotSignedIn
from tests.service.client import scripts
from tests.service.client.conftest import Desk
from tests.service.client.shop import Turn
from tests.service.client.signed_in import sign_in


def write_outbox(desk: Desk) -> None:
    """Has the fake put its codes where the demo's sign-in server puts them."""
    desk.settings.outbox.mkdir()

    def write(email: str, code: str) -> None:
        desk.settings.outbox.joinpath(f"{email}.txt").write_text(f"Your code:\n{code}\n")

    desk.shop.on_code = write


async def test_login_from_the_outbox_keeps_a_token_that_only_its_owner_reads(stranger: Desk) -> None:
    write_outbox(stranger)
    ran = await stranger.run("login", "Ada@Example.com", "--from-outbox")
    assert (ran.code, ran.out, ran.err) == (0, "Signed in as ada@example.com.\n", "")
    token_file = stranger.settings.token_file
    assert stat.S_IMODE(token_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(token_file.parent.stat().st_mode) == 0o700
    assert (await stranger.run("ask", "hello")).out == "You said: hello\n"


async def test_login_asks_for_the_code_and_tells_where_it_is(stranger: Desk) -> None:
    write_outbox(stranger)
    ran = await stranger.run("login", lines="ada@example.com\n123456\n")
    assert ran.code == 0
    assert "a six-digit code was sent to it" in ran.out
    assert "ada@example.com.txt" in ran.out.replace("\n  ", "")


async def test_a_wrong_code_is_a_sentence_and_a_status(stranger: Desk) -> None:
    ran = await stranger.run("login", "ada@example.com", "--code", "000000")
    assert (ran.code, ran.out) == (7, "")
    assert ran.err == "The code is wrong; tries left: 4.\n"


async def test_logout_ends_the_session_here_and_there(desk: Desk) -> None:
    ran = await desk.run("logout")
    assert (ran.code, ran.out) == (0, "Signed out ada@example.com.\n")
    assert not desk.settings.token_file.exists()
    assert not desk.shop.refresh_tokens
    assert (await desk.run("logout")).out == "Nobody was signed in.\n"


async def test_a_token_that_is_about_to_expire_is_replaced_before_it_is_used(desk: Desk) -> None:
    old = sign_in(desk.shop, desk.settings.token_file, lives=10, lived=590)
    async with desk.connection() as connection:
        assert await connection.credentials.token() != old.access_token
    assert desk.shop.used_refresh_tokens == [old.refresh_token]


async def test_two_clients_that_refresh_at_once_use_a_refresh_token_once(desk: Desk) -> None:
    old = sign_in(desk.shop, desk.settings.token_file, lives=-1, lived=600)
    async with desk.connection() as here, desk.connection() as there:
        tokens = await asyncio.gather(*(side.credentials.token() for side in (here, there, here, there)))
    assert desk.shop.used_refresh_tokens == [old.refresh_token]
    assert len(set(tokens)) == 1


async def test_a_token_that_the_server_does_not_accept_is_refreshed_once(desk: Desk) -> None:
    desk.shop.tokens.clear()
    async with desk.connection() as connection:
        session = connection.session()
        await session.open()
        await session.close()
        desk.shop.tokens.clear()
        assert (await connection.questions.usage()).turns == 3
    assert len(desk.shop.used_refresh_tokens) == 2


async def test_a_session_that_has_ended_asks_to_sign_in(desk: Desk) -> None:
    desk.shop.tokens.clear()
    desk.shop.refresh_tokens.clear()
    async with desk.connection() as connection:
        with pytest.raises(NotSignedIn, match=r"Your sign-in has ended\. Sign in with: llm-orchestrator login"):
            await connection.session().open()
    assert not desk.settings.token_file.exists()


async def test_fresh_credentials_are_sent_when_the_server_asks_in_mid_stream(desk: Desk) -> None:
    async def script(turn: Turn) -> AsyncIterator[dict[str, Any]]:
        yield {"credentials_needed": chat_pb2.CredentialsNeeded()}
        await turn.fresh_token.wait()
        yield scripts.reply("Thank you.")
        yield scripts.done()

    desk.shop.script = script
    old = sign_in(desk.shop, desk.settings.token_file)
    async with desk.connection() as connection:
        session = connection.session()
        events: list[Any] = [event async for event in session.say("anything")]
        await session.close()
    assert [event.WhichOneof("event") for event in events] == ["reply", "turn_done"]
    assert (await desk.shop.heard("credentials")).credentials.token != old.access_token
    assert desk.shop.used_refresh_tokens == [old.refresh_token]


async def test_fresh_credentials_are_sent_before_the_token_expires(desk: Desk) -> None:
    sign_in(desk.shop, desk.settings.token_file, lives=60.3, lived=540)
    async with desk.connection() as connection:
        session = connection.session()
        await session.open()
        await desk.shop.heard("credentials")
        await session.close()
