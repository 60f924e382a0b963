"""Where a sign-in counts and how servers are reached: addresses, TLS, plaintext, tokens from a command."""

import shlex
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import grpc
import pytest

from client.connection import connect
from client.errors import ServerUnreachable
from client.outage import Patience
from service_kit.settings import NO_TLS
from tests.certificates import Authority
from tests.service.client.conftest import Desk
from tests.service.client.servers import Servers
from tests.service.client.shop import Shop
from tests.service.client.signed_in import sign_in

COMMAND = "LLM_ORCHESTRATOR_TOKEN_COMMAND"


def printing(word: str) -> str:
    return shlex.join([sys.executable, "-c", "import sys; print(sys.argv[1])", word])


async def test_a_sign_in_elsewhere_is_not_used_here(desk: Desk) -> None:
    here = desk.settings.address
    words = f"You are not signed in at localhost:1; your sign-in is for {here}."
    assert (await desk.run("ask", "hello")).code == 0  # binds the sign-in to these addresses
    for address in ("--address", "--sign-in-address"):
        for command in (("ask", "hello"), ("usage",), ("chat",)):
            far = await desk.run(address, "localhost:1", *command)
            assert (far.code, far.out) == (7, "")
            assert far.err == f"{words} Sign in with: llm-orchestrator login\n"
    assert (await desk.run("--address", "localhost:1", "logout")).out == f"{words}\n"
    assert (await desk.run("ask", "hello")).code == 0


@pytest.mark.parametrize("address", ["10.255.255.1:50051", "shop.example.com:50051"])
async def test_plaintext_never_leaves_the_machine_unasked(desk: Desk, address: str) -> None:
    for option in ("--address", "--sign-in-address"):
        ran = await desk.run(option, address, "ask", "hello")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"{address} is on another machine and would be called in plaintext; set LLM_ORCH")
        assert "LLM_ORCHESTRATOR_PLAINTEXT=anywhere" in ran.err
    assert desk.shop.spoken_with == []


@pytest.fixture
async def secured(shop: Shop, tmp_path: Path) -> AsyncIterator[Desk]:
    """Somebody who is signed in at a shop that wants TLS."""
    authority = Authority(name="ours", folder=tmp_path)
    issued = authority.issue("shop")
    pair = (issued.key.read_bytes(), issued.certificate.read_bytes())
    servers = Servers(shop, grpc.ssl_server_credentials([pair]))
    await servers.start()
    yield Desk(servers, tmp_path, authority.calling())
    await servers.stop()


async def test_a_conversation_goes_over_tls(secured: Desk) -> None:
    sign_in(secured.shop, secured.settings.token_file)
    assert secured.settings.tls.authorities
    secured.env_more["LLM_ORCHESTRATOR_TLS_AUTHORITIES"] = str(secured.settings.tls.authorities)
    assert (await secured.run("ask", "hello")).out == "You said: hello\n"


async def test_a_server_that_is_not_trusted_is_told_from_one_that_is_not_there(secured: Desk, tmp_path: Path) -> None:
    sign_in(secured.shop, secured.settings.token_file)
    strangers = Authority(name="strangers", folder=tmp_path).calling()
    for tls, words in ((strangers, "is not signed by a CA that is trusted here"), (NO_TLS, "Nothing answers|TLS")):
        settings = replace(secured.settings, tls=tls)
        async with connect(settings, patience=Patience(total=0.1, first=0.01, longest=0.02)) as connection:
            with pytest.raises(ServerUnreachable, match=words):
                await connection.questions.usage()
            with pytest.raises(ServerUnreachable, match=words):
                await connection.session().open()
    assert secured.shop.spoken_with == []


async def test_a_token_from_a_command_is_used_and_nothing_is_kept(stranger: Desk) -> None:
    token = stranger.shop.issue().access_token
    stranger.env_more[COMMAND] = printing(token)
    assert (await stranger.run("ask", "hello")).out == "You said: hello\n"
    assert not stranger.settings.token_file.exists()
    for command in ("login", "logout"):
        ran = await stranger.run(command)
        assert ran.out == f"Signing in is done by the command in {COMMAND}; unset it to sign in or out here.\n"
        assert ran.code == 0
    assert stranger.shop.used_refresh_tokens == []


async def test_a_command_whose_token_is_refused_is_a_sentence(stranger: Desk) -> None:
    stranger.env_more[COMMAND] = printing("nobody-knows-this")
    for command in (("ask", "hello"), ("chat",), ("usage",)):
        ran = await stranger.run(*command)
        assert (ran.code, ran.out) == (7, "")
        assert ran.err.endswith("printed the same token again, which the server does not accept.\n")
        assert "nobody-knows-this" not in ran.err


async def test_a_command_that_always_prints_others_is_a_sentence_too(stranger: Desk) -> None:
    stranger.env_more[COMMAND] = shlex.join([sys.executable, "-c", "import uuid; print(uuid.uuid4())"])
    for command in (("ask", "hello"), ("chat",)):
        ran = await stranger.run(*command)
        assert (ran.code, ran.out) == (7, "")
        assert ran.err == f"The token from the command in {COMMAND} is not accepted: The token has expired.\n"


async def test_a_command_says_itself_for_whom_its_token_speaks(stranger: Desk) -> None:
    stranger.env_more[COMMAND] = printing("x")
    ran = await stranger.run("usage")
    assert ran.code == 7
    ran = await stranger.run("history", "--for", "dana@example.com")
    assert ran.code == 2
    assert "--for needs a sign-in of your own here" in ran.err
