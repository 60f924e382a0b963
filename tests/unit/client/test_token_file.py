"""The file that keeps who is signed in, its lock, and the outbox beside it."""

import asyncio
import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from client.credentials import seconds_left
from client.errors import ClientError, NotSignedIn
from client.outbox import Outbox
from client.private_files import open_private
from client.terminal import Terminal
from client.token_file import Place, SignedIn, TokenFile

ADA = SignedIn(email="ada@example.com", access_token="a", refresh_token="r", obtained_at=1, expires_at=2)
HERE = Place(address="127.0.0.1:1", sign_in_address="127.0.0.1:2")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_written_is_read_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = TokenFile(tmp_path / "new" / "session.json")
    file.write(ADA)
    assert file.read() == ADA
    assert mode(file.path) == 0o600
    assert mode(file.path.parent) == 0o700
    assert [path.name for path in file.path.parent.iterdir()] == ["session.json"]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"email": "x"}', "7"])
def test_a_damaged_file_means_that_nobody_is_signed_in(tmp_path: Path, text: str) -> None:
    file = TokenFile(tmp_path / "session.json")
    file.path.write_text(text)
    assert file.read() is None


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ClientError, match="LLM_ORCHESTRATOR_CONFIG_DIR"):
        TokenFile(tmp_path / "file" / "session.json").write(ADA)


async def test_files_that_others_could_read_are_taken_from_them(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir(mode=0o755)
    file = TokenFile(folder / "session.json")
    file.write(ADA)
    history = folder / "history"
    history.write_text("typed")
    file.path.with_suffix(".lock").write_text("")
    for path in folder.iterdir():
        path.chmod(0o644)
    folder.chmod(0o755)
    assert file.read() == ADA
    async with file.locked():
        Terminal(history)
    assert {path.name: mode(path) for path in folder.iterdir()} == dict.fromkeys(
        ("session.json", "session.lock", "history"), 0o600
    )
    assert mode(folder) == 0o700
    assert history.read_text() == "typed"


def test_what_is_no_file_keeps_its_mode() -> None:
    before = mode(Path("/dev/null"))
    os.close(open_private(Path("/dev/null"), os.O_RDONLY))
    assert mode(Path("/dev/null")) == before


@pytest.mark.parametrize("place", [replace(HERE, address="far:1"), replace(HERE, sign_in_address="far:2")])
async def test_a_sign_in_counts_only_where_it_was_made(tmp_path: Path, place: Place) -> None:
    TokenFile(tmp_path / "session.json", HERE).write(ADA)
    elsewhere = TokenFile(tmp_path / "session.json", place)
    with pytest.raises(
        NotSignedIn, match=r"not signed in at far:\d; your sign-in is for 127\.0\.0\.1:\d\. Sign in with"
    ):
        await elsewhere.bound()
    assert (await TokenFile(tmp_path / "session.json", HERE).bound()).refresh_token == "r"


async def test_a_sign_in_without_addresses_is_bound_where_it_is_first_used(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    old = {"email": "ada@example.com", "access_token": "a", "refresh_token": "r", "obtained_at": 1, "expires_at": 2}
    path.write_text(json.dumps(old))
    bound = await TokenFile(path, HERE).bound()
    assert (bound.address, bound.sign_in_address, bound.refresh_token) == ("127.0.0.1:1", "127.0.0.1:2", "r")
    with pytest.raises(NotSignedIn, match="not signed in at far:1"):
        await TokenFile(path, replace(HERE, address="far:1")).bound()


async def test_the_lock_lets_one_in_at_a_time(tmp_path: Path) -> None:
    inside, most = 0, 0

    async def enter() -> None:
        nonlocal inside, most
        async with TokenFile(tmp_path / "session.json").locked():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(enter() for _ in range(5)))
    assert (inside, most) == (0, 1)


def test_a_short_life_leaves_a_short_margin() -> None:
    long = SignedIn(email="", access_token="", refresh_token="", obtained_at=0, expires_at=900)
    short = SignedIn(email="", access_token="", refresh_token="", obtained_at=0, expires_at=10)
    assert seconds_left(long) - seconds_left(short) == pytest.approx((900 - 60) - (10 - 2), abs=1)


async def test_the_outbox_waits_for_a_code_that_is_new(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, is_near=True)
    place = outbox.place_of("Ada@Example.com")
    assert place == tmp_path / "ada@example.com.txt"
    place.write_text("Your code:\n\n111111\n")
    before = outbox.stamp("ada@example.com")
    reading = asyncio.create_task(outbox.newest_code("ada@example.com", since=before))
    await asyncio.sleep(0)
    place.unlink()
    place.write_text("Your code:\n\n222222\n")
    assert await reading == "222222"


async def test_there_is_no_outbox_where_the_server_is_far(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path, is_near=False)
    assert outbox.place_of("ada@example.com") is None
    with pytest.raises(NotSignedIn, match="No new code"):
        await outbox.newest_code("ada@example.com", since=0)


def test_no_email_leads_out_of_the_outbox(tmp_path: Path) -> None:
    place = Outbox(tmp_path, is_near=True).place_of("../../etc/passwd")
    assert place
    assert place.parent == tmp_path
