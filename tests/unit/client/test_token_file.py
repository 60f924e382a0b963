"""The file that keeps who is signed in, its lock, and the outbox beside it."""

import asyncio
import stat
from pathlib import Path

import pytest

from client.credentials import seconds_left
from client.errors import ClientError, NotSignedIn
from client.outbox import Outbox
from client.token_file import SignedIn, TokenFile

ADA = SignedIn(email="ada@example.com", access_token="a", refresh_token="r", obtained_at=1, expires_at=2)


def test_what_is_written_is_read_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = TokenFile(tmp_path / "new" / "session.json")
    file.write(ADA)
    assert file.read() == ADA
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
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
