"""Tokens that a command prints: real commands, no shell."""

import base64
import json
import shlex
import sys
import time
from pathlib import Path

import pytest

from client.errors import ClientError, TokenCommandFailed
from client.token_command import CommandCredentials


def jwt_of(name: str, expires_at: object) -> str:
    parts = ({"alg": "none"}, {"sub": name, "exp": expires_at})
    return ".".join([*(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts), "eA"])


class Printer:
    """A command that prints what stands in a file, and counts its runs in another."""

    def __init__(self, folder: Path) -> None:
        self._told, self._runs = folder / "told", folder / "runs"
        program = (
            "import sys, pathlib; t, r = map(pathlib.Path, sys.argv[1:]); r.open('a').write('x'); print(t.read_text())"
        )
        self.command = (sys.executable, "-c", program, str(self._told), str(self._runs))

    def says(self, token: str) -> str:
        self._told.write_text(token)
        return token

    @property
    def runs(self) -> int:
        return len(self._runs.read_text())


@pytest.fixture
def printer(tmp_path: Path) -> Printer:
    return Printer(tmp_path)


async def test_a_token_is_kept_until_shortly_before_its_end(printer: Printer) -> None:
    credentials = CommandCredentials(printer.command)
    token = printer.says(jwt_of("ada", time.time() + 600))
    assert await credentials.token() == token
    assert await credentials.token() == token
    assert printer.runs == 1
    assert 500 < credentials.seconds_left() <= 600


async def test_a_token_that_was_refused_is_replaced_once_for_all_who_ask(printer: Printer) -> None:
    credentials = CommandCredentials(printer.command)
    old = printer.says(jwt_of("ada", time.time() + 600))
    assert await credentials.token() == old
    new = printer.says(jwt_of("ada", time.time() + 900))
    assert await credentials.replace(old) == new
    assert await credentials.replace(old) == new
    assert printer.runs == 2
    with pytest.raises(TokenCommandFailed, match="printed the same token again, which the server does not accept"):
        await credentials.replace(new)


async def test_a_token_at_its_end_is_asked_for_again(printer: Printer) -> None:
    credentials = CommandCredentials(printer.command)
    printer.says(jwt_of("ada", time.time() - 1))
    await credentials.token()
    new = printer.says(jwt_of("ada", time.time() + 900))
    assert await credentials.token() == new


@pytest.mark.parametrize("token", ["opaque-token", jwt_of("ada", "soon"), "a.b.c"])
async def test_a_token_that_tells_no_end_is_kept(printer: Printer, token: str) -> None:
    credentials = CommandCredentials(printer.command)
    printer.says(token)
    assert await credentials.token() == token
    assert credentials.seconds_left() > 3600


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("/no/such/program", "cannot be run: No such file or directory"),
        ("sh -c 'echo TOP-SECRET; echo log in first >&2; exit 3'", "ended with 3 and said: log in first"),
        ("true", "printed no token"),
        ("printf 'two\\nlines'", "printed no token"),
        ("printf 'caf\\303\\251'", "printed no token"),
    ],
)
async def test_a_command_that_fails_is_a_sentence_without_secrets(command: str, words: str) -> None:
    with pytest.raises(ClientError, match=words) as caught:
        await CommandCredentials(tuple(shlex.split(command))).token()
    assert "LLM_ORCHESTRATOR_TOKEN_COMMAND" in str(caught.value)
    assert "TOP-SECRET" not in str(caught.value)


async def test_a_command_that_hangs_is_ended_with_what_it_started() -> None:
    credentials = CommandCredentials(("sh", "-c", "sleep 600 | sleep 600"), timeout=0.2)
    with pytest.raises(TokenCommandFailed, match=r"did not end within 0\.2 s"):
        await credentials.token()


async def test_nothing_of_the_command_is_for_a_shell(tmp_path: Path) -> None:
    credentials = CommandCredentials(("echo", f"$(touch${{IFS}}{tmp_path}/made)"))
    assert "touch" in await credentials.token()
    assert not (tmp_path / "made").exists()
