"""`history --export` and `--delete` through the program: what comes out, where it goes, who is asked."""

import asyncio
import json
import stat
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.service.client.conftest import Desk
from tests.service.client.pty_child import on_a_terminal

CTRL_C = "\x03"


async def on_terminal(desk: Desk, act: Callable[[Any], None], *arguments: str) -> int:
    """Runs the program on a terminal while `act` works its keyboard; its exit status."""

    def sit() -> subprocess.Popen[bytes]:
        with on_a_terminal(sys.executable, "-m", "client", *arguments, env=desk.env) as (tty, process):
            act(tty)
        return process

    return (await asyncio.to_thread(sit)).returncode


@pytest.fixture
async def talked(desk: Desk) -> Desk:
    """Somebody with the conversations c-1 and c-2."""
    await desk.run("ask", "hello grüezi")
    await desk.run("ask", "hello again")
    return desk


async def test_an_export_is_json_on_the_output(talked: Desk) -> None:
    both, one, other = await asyncio.gather(
        talked.run("history", "--export"),
        talked.run("history", "--export", "c-1"),
        talked.run("history", "c-2", "--export", "--json"),
    )
    assert (both.code, both.err) == (0, "")
    first, second = json.loads(both.out)["conversations"]
    assert json.loads(one.out)["conversations"] == [first]
    assert json.loads(other.out)["conversations"] == [second]
    assert [event["user_message"]["text"] for event in first["events"] if "user_message" in event] == ["hello grüezi"]


async def test_an_export_of_nothing_is_json_too(desk: Desk) -> None:
    assert json.loads((await desk.run("history", "--export")).out) == {"conversations": []}
    missing = await desk.run("history", "--export", "c-9")
    assert (missing.code, missing.out, missing.err) == (9, "", "There is no conversation c-9.\n")


async def test_an_export_goes_to_a_private_file_and_overwrites_nothing(talked: Desk) -> None:
    file = talked.folder / "mine.json"
    wrote = await talked.run("history", "--export", "--output", str(file))
    assert (wrote.code, wrote.out, wrote.err) == (0, "", f"Wrote 2 conversations to {file}.\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(json.loads(file.read_text())["conversations"]) == 2

    file.write_text("precious")
    file.chmod(0o644)
    refused = await talked.run("history", "--export", "c-1", "--output", str(file))
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"{file} is there already. Choose another file, or add --force to overwrite it.\n"
    failed = await talked.run("history", "--export", "c-9", "--output", str(file), "--force")
    assert (failed.code, file.read_text()) == (9, "precious")
    forced = await talked.run("history", "--export", "c-1", "--output", str(file), "--force")
    assert (forced.code, forced.err) == (0, f"Wrote 1 conversation to {file}.\n")
    assert len(json.loads(file.read_text())["conversations"]) == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_an_export_that_fails_leaves_no_file(talked: Desk) -> None:
    failed = await talked.run("history", "--export", "c-9", "--output", str(talked.folder / "mine.json"))
    assert (failed.code, failed.err) == (9, "There is no conversation c-9.\n")
    nowhere = await talked.run("history", "--export", "--output", str(talked.folder / "no" / "mine.json"))
    assert (nowhere.code, nowhere.err.endswith("mine.json cannot be written: No such file or directory.\n")) == (
        9,
        True,
    )
    folder = await talked.run("history", "--export", "--output", str(talked.folder), "--force")
    assert (folder.code, folder.err) == (9, f"{talked.folder} cannot be written: Is a directory.\n")
    assert not [each for each in talked.folder.iterdir() if "mine" in each.name or each.name.startswith(".")]


async def test_an_export_fetches_a_fresh_token_where_its_own_is_not_accepted(talked: Desk) -> None:
    talked.shop.tokens.clear()
    ran = await talked.run("history", "--export")
    assert (ran.code, len(json.loads(ran.out)["conversations"])) == (0, 2)


async def test_deleting_with_a_yes_before(talked: Desk) -> None:
    one = await talked.run("history", "--delete", "c-1", "--yes")
    assert (one.code, one.out, one.err) == (0, "Deleted 1 conversation.\n", "")
    assert list(talked.shop.conversations) == ["c-2"]
    gone = await talked.run("history", "--delete", "c-1", "--yes")
    assert (gone.code, gone.out, gone.err) == (9, "", "There is no conversation c-1.\n")
    rest = await talked.run("history", "--delete-all", "--yes", "--json")
    assert (rest.code, json.loads(rest.out)) == (0, {"deleted": 1})
    assert (await talked.run("history", "--delete-all", "--yes")).out == "Deleted 0 conversations.\n"


async def test_a_turn_that_runs_is_told(talked: Desk) -> None:
    talked.shop.conversations["c-2"].running = "t"
    ran = await talked.run("history", "--delete", "c-2", "--yes")
    assert (ran.code, ran.err) == (9, "A turn of it still runs.\n")


async def test_a_person_is_asked(talked: Desk) -> None:
    for question, arguments in (
        ("Delete 1 conversation for good", ("--delete", "c-1")),
        ("Delete 2 conversations for good", ("--delete-all",)),
    ):
        for answer in ("\r", "n\r", "never\r", CTRL_C):

            def refuse(tty: Any, question: str = question, answer: str = answer) -> None:
                tty.expect(question)
                tty.expect("y/N")
                tty.send(answer)
                tty.expect("Nothing was deleted")

            assert await on_terminal(talked, refuse, "history", *arguments) == 130
    assert len(talked.shop.conversations) == 2

    def agree(tty: Any) -> None:
        tty.expect("y/N")
        tty.send("y\r")
        tty.expect("Deleted 2 conversations")

    assert await on_terminal(talked, agree, "history", "--delete-all") == 0
    assert talked.shop.conversations == {}


async def test_all_are_counted_over_pages(desk: Desk) -> None:
    await desk.run("ask", "hello")
    only = desk.shop.conversations["c-1"]
    desk.shop.conversations |= {f"d-{number}": only for number in range(450)}

    def refuse(tty: Any) -> None:
        tty.expect("Delete 451 conversations for good")
        tty.send("n\r")
        tty.expect("Nothing was deleted")

    assert await on_terminal(desk, refuse, "history", "--delete-all") == 130


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--delete", "c-1"), "Nobody is there to be asked; add --yes to delete for good."),
        (("--delete-all",), "Nobody is there to be asked; add --yes to delete for good."),
        (("--delete", "--yes"), "--delete needs the ID of a conversation; --delete-all is for all of them."),
        (("--delete", "", "--yes"), "--delete needs the ID of a conversation; --delete-all is for all of them."),
        (("--delete-all", "c-1", "--yes"), "--delete-all takes no ID; --delete deletes one conversation."),
        (("--delete", "c-1", "--export"), "--export, --delete and --delete-all go one at a time."),
        (("--output", "x"), "--output goes with --export."),
        (("--export", "--force"), "--force goes with --output."),
        (("--yes",), "--yes goes with --delete and --delete-all."),
        (
            ("--export", "--for", "dana@example.com"),
            "--for is for looking; only customers themselves export or delete conversations.",
        ),
    ],
)
async def test_what_does_not_go_together_is_wrong_usage(talked: Desk, arguments: tuple[str, ...], said: str) -> None:
    ran = await talked.run("history", *arguments, lines="y\n")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith(f"Error: {said}\n")
    assert len(talked.shop.conversations) == 2


async def test_help_says_what_deleting_means(desk: Desk) -> None:
    ran = await desk.run("history", "--help")
    assert "history [OPTIONS] [ID]" in ran.out
    assert "What is deleted cannot be brought back." in ran.out
