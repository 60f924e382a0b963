"""The program as scripts see it: what it prints, and how it ends."""

import asyncio
import json
import signal
import sys

import pytest

from tests.service.client import scripts
from tests.service.client.conftest import Desk


@pytest.mark.parametrize(
    ("text", "code", "out"),
    [
        ("points", 0, "You have 1,240 points.\n"),
        ("which one", 3, "Which order do you mean?\n"),
        ("weather", 4, "I cannot do that. I can track orders.\n"),
        ("late", 6, "I could not cancel it: it has shipped already.\n"),
        ("break", 9, ""),
    ],
)
async def test_ask_prints_the_reply_and_its_status_tells_how_it_went(
    desk: Desk, text: str, code: int, out: str
) -> None:
    ran = await desk.run("ask", text)
    assert (ran.code, ran.out) == (code, out)
    assert ran.err == ("The model cannot be reached. Try again in a moment.\n" if code == 9 else "")


async def test_ask_without_a_yes_shows_what_waits_and_changes_nothing(desk: Desk) -> None:
    ran = await desk.run("ask", "cancel A-1042")
    assert ran.code == 5
    assert "Shall I do this?\n  order.cancel on order_server: order_id A-1042\n" in ran.out
    assert ran.err == "Nothing was changed. Say yes in: llm-orchestrator chat --conversation c-1\n"
    assert "approval" not in desk.shop.names()


async def test_ask_with_a_yes_goes_through_with_it(desk: Desk) -> None:
    ran = await desk.run("ask", "cancel A-1042", "--yes", "--json")
    answer = json.loads(ran.out)
    assert ran.code == 0
    assert answer["reply"] == "Order A-1042 is cancelled."
    assert [outcome["step_id"] for outcome in answer["outcomes"]] == ["s1", "s2"]
    assert answer["plan"]["steps"][1]["intent"] == "order.cancel"
    counts = {"model_calls": 4, "prompt_tokens": 1098, "completion_tokens": 80, "rpc_calls": 2}
    assert answer["usage"] == counts | {"judged_conditions": 2}
    assert answer["approval"] is None


async def test_json_has_the_names_of_the_protos(desk: Desk) -> None:
    answer = json.loads((await desk.run("ask", "cancel A-1042", "--json")).out)
    assert list(answer) == [
        *("conversation_id", "turn_id", "reply", "kind", "plan", "outcomes", "usage", "approval", "failure")
    ]
    assert answer["kind"] == "REPLY_KIND_APPROVAL"
    assert answer["approval"]["effects"][0]["arguments"] == [{"name": "order_id", "literal": "A-1042"}]


async def test_ask_goes_on_with_a_conversation(desk: Desk) -> None:
    first = json.loads((await desk.run("ask", "hello", "--json")).out)
    second = json.loads((await desk.run("ask", "again", "--conversation", first["conversation_id"], "--json")).out)
    assert second["conversation_id"] == first["conversation_id"]
    assert second["reply"] == "You said: again"


async def test_ask_says_who_must_sign_in(stranger: Desk) -> None:
    ran = await stranger.run("ask", "hello")
    assert (ran.code, ran.out, ran.err) == (7, "", "You are not signed in. Sign in with: llm-orchestrator login\n")


async def test_ask_says_when_nobody_answers(desk: Desk) -> None:
    await desk.servers.stop()
    ran = await desk.run("ask", "hello")
    await desk.servers.start()
    assert (ran.code, ran.out) == (8, "")
    assert ran.err.startswith(f"Nothing answers at {desk.settings.address}. Start the servers")
    assert "Traceback" not in ran.err


async def test_a_signal_cancels_the_turn_of_ask(desk: Desk) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "client", "ask", "slow", env=desk.env, stderr=asyncio.subprocess.PIPE
    )
    await desk.shop.heard("user_message")
    process.send_signal(signal.SIGINT)
    async with asyncio.timeout(10):
        _, err = await process.communicate()
    assert (process.returncode, err) == (130, b"Stopped.\n")
    assert "cancel" in desk.shop.names()


async def test_settings_that_cannot_be_understood_are_told_at_once(desk: Desk) -> None:
    ran = await desk.run("--address", "nowhere", "--sign-in-address", "x:99999", "ask", "hello")
    assert ran.code == 2
    assert "'nowhere'" in ran.err
    assert "'x:99999'" in ran.err


async def test_a_piped_chat_takes_lines_and_answers_to_questions(desk: Desk) -> None:
    ran = await desk.run("chat", lines="points\ncancel A-1042\ny\ncancel A-1043\nrather not now\n/quit\n")
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.startswith(
        "Signed in as ada@example.com · planner: embedded\n\n\u203a points\n\n  ✓ loyalty.get_points"
    )
    assert "  Go ahead? [y/N] y\n" in ran.out
    assert "Order A-1042 is cancelled." in ran.out
    assert "You said: rather not now" in ran.out
    assert "\x1b" not in ran.out
    assert not any(line != line.rstrip() for line in ran.out.splitlines())


async def test_details_opens_the_last_turn_of_a_piped_chat(desk: Desk) -> None:
    ran = await desk.run("chat", lines="/details\neach order\n/details\n/help\n")
    assert (ran.code, ran.err) == (0, "")
    before, turn, details, shown_help = ran.out.split("\u203a ")[1:]
    assert before == "/details\n  The last turn had no steps.\n\n"
    assert "  order.cancel 3/3" in turn.replace("\u2717", "")
    assert turn.count("    /details shows each of the 3\n") == 1
    assert details == (
        "/details\n"
        "  \u2713 order.list  list orders  legacy_server · legacy\n"
        "\n"
        "  \u2717 order.cancel 3/3\n"
        "    for each of s1.orders\n"
        "    if \u201cit is late\u201d\n"
        "    \u2713 1  cancel order A-1  order_server · modern\n"
        "    \u2013 2  cancel order A-2\n"
        "         Left out: delay is 0 days\n"
        "    \u2717 3  cancel order A-3  order_server · modern\n"
        "         It has shipped already.\n"
        "\n"
        "  \u2013 order.return  return order A-1\n"
        "    if \u201cshe sounds unhappy\u201d (judged by the model)\n"
        "    Left out: the model judged that it does not hold.\n"
        "\n"
    )
    assert "  /details       opens the last turn" in shown_help


async def test_details_at_a_question_shows_what_waits_and_asks_again(desk: Desk) -> None:
    ran = await desk.run("chat", lines="cancel A-1042\n/details\ny\n/details\n")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("Go ahead?") == 2
    waiting, resumed = ran.out.split("/details\n")[1:]
    assert "  · order.cancel  Cancel order A-1042  order_server\n" in waiting
    assert "  \u2713 order.get  A-1042  order_server · modern\n\n  \u2713 order.cancel" in resumed
    assert desk.shop.names().count("user_message") == 1


async def test_details_opens_the_last_turn_of_a_conversation_that_goes_on(desk: Desk) -> None:
    first = json.loads((await desk.run("ask", "each order", "--json")).out)
    ran = await desk.run("chat", "--conversation", first["conversation_id"], lines="/details")
    assert ran.out.count("/details shows each of the 3") == 1
    assert "    \u2713 1  cancel order A-1  order_server · modern\n" in ran.out


async def test_a_piped_chat_whose_last_turn_failed_ends_with_status_one(desk: Desk) -> None:
    ran = await desk.run("chat", lines="hello\nbreak")
    assert ran.code == 1
    assert "The model cannot be reached." in ran.out


async def test_what_only_looks_prints_tables_and_json(desk: Desk) -> None:
    await desk.run("ask", "hello there")
    intent = desk.shop.catalogue.intents.add(name="loyalty.get_points")
    intent.offers.add(server="legacy_server", generation=scripts.LEGACY, available=True)
    listed, shown, served, usage, failed = await asyncio.gather(
        desk.run("history", "--json"),
        desk.run("history", "c-1"),
        desk.run("capabilities"),
        desk.run("usage"),
        desk.run("history", "c-99"),
    )
    assert json.loads(listed.out)["conversations"][0]["title"] == "hello there"
    assert "\u203a hello there\n    You said: hello there\n" in shown.out
    assert "Held by legacy alone: loyalty.get_points" in served.out
    assert "1,234" in usage.out
    assert "  Conditions judged by a model      8\n" in usage.out
    assert (failed.code, failed.err) == (9, "There is no conversation c-99.\n")


async def test_help_lists_the_exit_statuses(desk: Desk) -> None:
    ran = await desk.run("ask", "--help")
    assert "    5  waits for your yes (see --yes); nothing was changed" in ran.out
