"""Support acts for a customer: whose token is sent, what is kept, what the screen says."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from client.connection import Connection, connect
from client.errors import ActingEnded, NotAllowed, NotSignedIn
from client.token_file import SignedIn, TokenFile
from tests.service.client.conftest import QUICK, Desk

DANA, ERIK = "dana@example.com", "erik@example.com"


@pytest.fixture
def support(desk: Desk) -> Desk:
    desk.shop.is_support = True
    return desk


def kept(desk: Desk) -> SignedIn:
    signed_in = TokenFile(desk.settings.token_file).read()
    assert signed_in
    return signed_in


@contextmanager
def says_why(words: str) -> Iterator[None]:
    with pytest.raises(ActingEnded, match=words):
        yield


async def acts(connection: Connection) -> str:
    """Asks something; the token that was accepted."""
    assert (await connection.questions.usage()).turns == 3
    return await connection.credentials.token()


async def test_the_customers_token_is_sent_and_ones_own_stays_in_the_file(support: Desk) -> None:
    before = kept(support)
    async with connect(support.settings, acting_for=DANA, patience=QUICK) as connection:
        token = await acts(connection)
        opened = await connection.session().open()
    after = kept(support)
    assert support.shop.acting == {token: DANA}
    assert (opened.email, opened.agent) == (DANA, "ada@example.com")
    assert set(support.shop.spoken_with) == {token}
    assert after.access_token == before.access_token
    assert after.refresh_token in support.shop.refresh_tokens
    assert token not in support.settings.token_file.read_text()


async def test_ones_own_windows_never_speak_with_a_customers_token(support: Desk) -> None:
    own = kept(support).access_token
    async with connect(support.settings, acting_for=DANA) as acting, support.connection() as mine:
        acted = await acts(acting)
        assert await mine.credentials.token() == own
        assert await acting.credentials.token() == acted
        fresh = await mine.credentials.replace(own)  # ends the acting on the server
        assert fresh not in (own, acted)
        again = await acts(acting)
    assert again not in (own, acted, fresh)
    assert support.shop.acting[again] == DANA
    assert kept(support).access_token == fresh


async def test_a_second_window_for_another_customer_ends_the_first(support: Desk) -> None:
    async with (
        connect(support.settings, acting_for=DANA) as first,
        connect(support.settings, acting_for=ERIK) as second,
    ):
        stale = await acts(first)
        await acts(second)
        used = len(support.shop.used_refresh_tokens)
        for ask in (first.credentials.token, lambda: first.credentials.replace(stale), first.questions.usage):
            with says_why(f"no longer act for {DANA}: another window of yours acts for {ERIK} now"):
                await ask()
        with says_why(f"chat --for {DANA}"):
            first.credentials.check()
        assert len(support.shop.used_refresh_tokens) == used
        await acts(second)


async def test_two_windows_for_the_same_customer_live_side_by_side(support: Desk) -> None:
    async with (
        connect(support.settings, acting_for=DANA) as first,
        connect(support.settings, acting_for=DANA) as second,
    ):
        await acts(first)
        await acts(second)
        await acts(first)


async def test_who_signs_in_meanwhile_ends_the_acting_of_somebody_else(support: Desk) -> None:
    async with connect(support.settings, acting_for=DANA) as connection:
        await acts(connection)
        tokens = support.shop.issue("bob@example.com")
        file = TokenFile(support.settings.token_file)
        bob = SignedIn(
            email="bob@example.com",
            access_token=tokens.access_token,
            refresh_token=tokens.refresh_token,
            obtained_at=0,
            expires_at=9e9,
        )
        file.write(bob)
        with says_why(r"bob@example\.com signed in meanwhile"):
            await connection.credentials.token()
        file.delete()
        with pytest.raises(NotSignedIn):
            await connection.credentials.token()


async def test_who_is_no_support_is_told_and_stays_signed_in(desk: Desk) -> None:
    ran = await desk.run("ask", "--for", "Dana@Example.com", "hello")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == f"Acting for {DANA}.\nYou cannot act for {DANA}: This needs the role support.\n"
    assert (await desk.run("ask", "hello")).out == "You said: hello\n"


async def test_a_sign_in_server_that_knows_no_acting_lends_nobody_ones_own_token(support: Desk) -> None:
    support.shop.knows_acting = False
    async with connect(support.settings, acting_for=DANA) as connection:
        for _ in range(2):
            with pytest.raises(NotAllowed, match="does not offer it"):
                await connection.credentials.token()
    assert support.shop.spoken_with == []
    assert kept(support).refresh_token in support.shop.refresh_tokens


async def test_a_token_that_is_about_to_expire_is_renewed_for_the_same_customer(support: Desk) -> None:
    support.shop.token_life = 0
    async with connect(support.settings, acting_for=DANA) as connection:
        first = await connection.credentials.token()
        second = await connection.credentials.token()
    assert first != second
    assert set(support.shop.acting.values()) == {DANA}


async def test_a_piped_chat_says_all_the_time_for_whom(support: Desk) -> None:
    ran = await support.run("chat", "--for", DANA, lines="cancel A-1\ny\npoints\n")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Signed in as ada@example.com · acting for {DANA} · planner: embedded\n")
    assert f"\nacting for {DANA} \u203a cancel A-1\n" in ran.out
    assert f"  Go ahead, for {DANA}? [y/N] y\n" in ran.out
    assert f"\nacting for {DANA} \u203a points\n" in ran.out


async def test_ask_and_history_act_and_say_so_beside_their_output(support: Desk) -> None:
    asked = await support.run("ask", "--json", "--for", DANA, "cancel A-1")
    hint = f"llm-orchestrator chat --for {DANA} --conversation c-1"
    assert json.loads(asked.out)["conversation_id"] == "c-1"
    assert (asked.code, asked.err) == (5, f"Acting for {DANA}.\n")
    assert hint in (await support.run("ask", "--conversation", "c-1", "--for", DANA, "cancel A-1")).err
    listed = await support.run("history", "--for", DANA)
    assert "c-1" in listed.out
    assert listed.err == f"Acting for {DANA}.\n"
    assert all(token in support.shop.acting for token in support.shop.spoken_with)


@pytest.mark.parametrize("email", ["dana", "a b@c", "@"])
async def test_whom_one_acts_for_is_an_email(desk: Desk, email: str) -> None:
    ran = await desk.run("chat", "--for", email)
    assert ran.code == 2
    assert "it must be an e-mail" in ran.err
