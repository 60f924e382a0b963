"""The chat on a real terminal, with real keys."""

import asyncio
import io
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from client.token_file import Place, TokenFile
from tests.service.client import signed_in
from tests.service.client.conftest import Desk
from tests.service.client.pty_child import on_a_terminal

CTRL_C, CTRL_D = "\x03", "\x04"


async def play(desk: Desk, act: Callable[[Any], None], *command: str, env: dict[str, str] | None = None) -> int:
    """Runs the chat on a terminal while `act` works its keyboard; the servers go on meanwhile."""

    def sit() -> subprocess.Popen[bytes]:
        with on_a_terminal(*(command or (sys.executable, "-m", "client", "chat")), env=env or desk.env) as (
            tty,
            process,
        ):
            act(tty)
        return process

    return (await asyncio.to_thread(sit)).returncode


async def test_ctrl_c_stops_the_turn_and_not_the_program_nor_the_make_above_it(desk: Desk, tmp_path: Path) -> None:
    makefile = tmp_path / "Makefile"
    makefile.write_text(f'chat:\n\t@{sys.executable} -m client chat; echo "the chat ended with $$?"\n')

    def act(tty: Any) -> None:
        tty.expect("Signed in as ada@example.com")
        tty.send("slow\r")
        tty.expect("shipping.track")
        tty.send(CTRL_C)
        tty.expect("Stopped")
        tty.send("hello\r")
        tty.expect("You said: hello")
        tty.send(CTRL_C)
        tty.expect("Ctrl-D or /quit leaves")
        tty.send(CTRL_D)
        tty.expect("the chat ended with 0")

    assert await play(desk, act, "make", "-f", str(makefile), env=desk.env | {"MAKEFLAGS": ""}) == 0
    assert desk.shop.names().count("cancel") == 1


async def test_a_yes_and_a_no_and_something_else(desk: Desk) -> None:
    def act(tty: Any) -> None:
        tty.expect("planner: embedded")
        tty.send("cancel A-1042\r")
        tty.expect("order.cancel on order_server")
        tty.expect("Go ahead")
        tty.send("y\r")
        tty.expect("Order A-1042 is cancelled")
        tty.send("cancel A-1043\r")
        tty.expect("Go ahead")
        tty.send("\r")
        tty.expect("Nothing was changed")
        tty.send("cancel A-1044\r")
        tty.expect("Go ahead")
        tty.send("points\r")
        tty.expect("1,240 points")
        tty.send("/quit\r")

    assert await play(desk, act) == 0
    approvals = [request.approval.approved for request in desk.shop.received if request.HasField("approval")]
    assert approvals == [True, False]


async def test_details_shows_each_call_of_the_last_turn(desk: Desk) -> None:
    def act(tty: Any) -> None:
        tty.expect("planner: embedded")
        tty.send("each order\r")
        tty.expect("/details shows each of the 3")
        tty.expect("I cancelled one of three")
        tty.send("/details\r")
        tty.expect("for each of s1.orders")
        tty.expect("cancel order A-3")
        tty.expect("It has shipped already")
        tty.send(CTRL_D)

    assert await play(desk, act) == 0


async def test_what_was_typed_before_the_question_does_not_answer_it(desk: Desk) -> None:
    loop = asyncio.get_running_loop()

    def act(tty: Any) -> None:
        tty.expect("planner: embedded")
        tty.send("slow\r")
        tty.expect("working")
        tty.send("cancel A-1\ry\r")
        loop.call_soon_threadsafe(desk.shop.last_turn().gate.set)
        tty.expect("Go ahead")
        tty.send(CTRL_D)

    assert await play(desk, act) == 0
    assert "approval" not in desk.shop.names()


async def test_a_stranger_signs_in_first(stranger: Desk) -> None:
    def act(tty: Any) -> None:
        tty.expect("E-mail:")
        tty.send("ada@example.com\r")
        tty.expect("code was sent")
        tty.expect("Code:")
        tty.send("1\r")
        tty.expect("six digits")
        tty.expect("Code:")
        tty.send("000000\r")
        tty.expect("tries left: 4")
        tty.expect("Code:")
        tty.send("123456\r")
        tty.expect("Signed in as ada@example.com")
        tty.send("hello\r")
        tty.expect("You said: hello")
        tty.send(CTRL_D)

    assert await play(stranger, act) == 0
    assert stat.S_IMODE(stranger.settings.history_file.stat().st_mode) == 0o600
    typed = stranger.settings.history_file.read_text()
    assert "hello" in typed
    assert "123456" not in typed


async def test_a_server_that_is_gone_is_a_sentence_and_ctrl_c_leaves_the_wait(desk: Desk) -> None:
    loop = asyncio.get_running_loop()

    def act(tty: Any) -> None:
        tty.expect("planner: embedded")
        asyncio.run_coroutine_threadsafe(desk.servers.stop(), loop).result(10)
        tty.send("hello\r")
        tty.expect("connection was lost, trying again")
        tty.send(CTRL_C)
        tty.expect("You left this turn")
        asyncio.run_coroutine_threadsafe(desk.servers.start(), loop).result(10)
        tty.send("hello again\r")
        tty.expect("You said: hello again")
        tty.send(CTRL_D)

    assert await play(desk, act) == 0


@pytest.mark.parametrize(("variables", "is_coloured"), [({"NO_COLOR": "1"}, False), ({}, True)])
async def test_no_color_means_no_colour(desk: Desk, variables: dict[str, str], is_coloured: bool) -> None:
    seen = io.StringIO()

    def act(tty: Any) -> None:
        tty.logfile_read = seen
        tty.expect("planner: embedded")
        tty.send("points\r")
        tty.expect("1,240 points")
        tty.send(CTRL_D)

    assert await play(desk, act, env=desk.env | variables) == 0
    assert bool(re.search(r"\x1b\[[\d;]*\b(3[1-7]|9[1-7])m", seen.getvalue())) == is_coloured


async def test_support_sees_all_the_time_for_whom_it_acts_until_another_window_takes_over(desk: Desk) -> None:
    desk.shop.is_support = True
    dana, erik = "dana@example.com", "erik@example.com"
    seen = io.StringIO()

    def act(tty: Any) -> None:
        tty.logfile_read = seen
        tty.expect(f"Signed in as ada@example.com.*acting for {dana}")
        tty.expect(f"acting for {dana}.*\u203a")
        tty.send("cancel A-1\r")
        tty.expect(f"Go ahead, for {dana}")
        tty.send("y\r")
        tty.expect("Order A-1042 is cancelled")
        tty.expect(f"acting for {dana}.*\u203a")
        asking = [sys.executable, "-m", "client", "ask", "hello", "--for", erik]
        subprocess.run(asking, env=desk.env, check=True, capture_output=True, timeout=20)
        tty.send("points\r")
        tty.expect("You no longer act for")

    command = (sys.executable, "-m", "client", "chat", "--for", dana)
    assert await play(desk, act, *command) == 7
    assert seen.getvalue().count("You no longer act for") == 1
    assert {request.user_message.text for request in desk.shop.received} == {"", "cancel A-1", "hello"}


async def test_a_yes_to_a_part_by_number_and_in_words(desk: Desk) -> None:
    def act(tty: Any) -> None:
        tty.expect("planner: embedded")
        tty.send("all of them\r")
        tty.expect("These 3 changes wait for your yes")
        tty.expect("or some: 1, 3")
        tty.send("1 and 7\r")
        tty.expect("The numbers go from 1 to 3")
        tty.expect("or some: 1, 3")
        tty.send("1 and 3\r")
        tty.expect("Done in part")
        tty.send("all of them\r")
        tty.expect("or some: 1, 3")
        tty.send("yes to 1\r")
        tty.expect("order.cancel 1/2")
        tty.expect("Done in part")
        tty.send(CTRL_D)

    assert await play(desk, act) == 0
    (decided,) = [request.approval for request in desk.shop.received if request.HasField("approval")]
    assert [(effect.step_id, effect.index) for effect in decided.only] == [("s2", 0), ("s3", 0)]
    said = [request.user_message.text for request in desk.shop.received if request.HasField("user_message")]
    assert said == ["all of them", "all of them", "yes to 1"]


async def test_who_is_signed_in_elsewhere_is_told_before_signing_in_here(desk: Desk) -> None:
    place = Place(address="localhost:1", sign_in_address=desk.settings.sign_in_address)
    TokenFile(desk.settings.token_file, place).write(signed_in.sign_in(desk.shop, desk.settings.token_file))

    def act(tty: Any) -> None:
        tty.expect("your sign-in is.*localhost:1.*Signing in here replaces it")
        tty.expect("E-mail:")
        tty.send(CTRL_D)

    assert await play(desk, act) == 7
    assert desk.shop.spoken_with == []
