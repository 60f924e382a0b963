"""What waits for a yes, through a pipe and for scripts."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.service.client import scripts
from tests.service.client.conftest import Desk
from tests.service.client.shop import Turn


async def test_a_piped_chat_shows_all_that_waits_and_says_yes_to_a_part(desk: Desk) -> None:
    ran = await desk.run("chat", lines="all of them\n9\n1, 3\n")
    assert (ran.code, ran.err) == (0, "")
    assert (
        "  These 3 changes wait for your yes:\n"
        "  1. cancel order A-1\n"
        "     order.cancel on order_server · modern: order_id A-1\n"
        "     \u201colder than two weeks\u201d holds (placed at: 6 November, status: PENDING)\n"
        "  2. cancel order A-2\n"
        "     order.cancel on order_server · legacy: order_id A-2\n"
    ) in ran.out
    assert (
        "  3. send order A-3 elsewhere\n"
        "     shipping.change_address on order_server\n"
        "       order_id  A-3\n"
        "       address   12 Rue de la Paix, 75002 Paris, France\n"
    ) in ran.out
    assert ran.out.count("  Go ahead? [y/N, or some: 1, 3] ") == 2
    assert "  The numbers go from 1 to 3.\n" in ran.out
    assert "  ✓ order.cancel 1/2" in ran.out
    assert "\x1b" not in ran.out
    assert desk.shop.last_turn().only == (("s2", 0), ("s3", 0))


async def test_a_yes_without_numbers_is_for_all(desk: Desk) -> None:
    await desk.run("chat", lines="all of them\nyes\n")
    assert (desk.shop.last_turn().approved, desk.shop.last_turn().only) == (True, ())


async def test_words_are_the_servers_to_judge(desk: Desk) -> None:
    ran = await desk.run("chat", lines="all of them\nall but 2\n")
    assert "approval" not in desk.shop.names()
    assert (await desk.shop.heard("user_message", 2)).user_message.text == "all but 2"
    assert ran.code == 0


def restless(changes: int) -> Any:
    """Asks again after each yes, so many times, because it came out different."""
    asked = [0]

    async def script(turn: Turn) -> AsyncIterator[dict[str, Any]]:
        if turn.text:
            yield scripts.said(turn)
            yield scripts.plan(scripts.step("s2", "order.cancel", effect=True))
        elif asked[0] == changes:
            yield scripts.reply("It is done.")
            yield scripts.done()
            return
        else:
            asked[0] += 1
        cancel = scripts.effect("s2", "order.cancel", f"cancel order A-{asked[0]}", order_id=f"A-{asked[0]}")
        yield scripts.approval(cancel, changed=not turn.text)
        yield scripts.reply("Shall I do this?", "APPROVAL")
        yield scripts.done()

    return script


async def test_what_changed_since_the_yes_says_so_and_is_asked_again(desk: Desk) -> None:
    desk.shop.script = restless(1)
    ran = await desk.run("chat", lines="cancel it\ny\ny\n")
    first, second, last = ran.out.split("Go ahead?")
    words = "  This came out different since your yes, so it is asked again.\n  Shall I do this?\n"
    assert words not in first
    assert words in second
    assert "order_id A-1" in second
    assert "It is done." in last


@pytest.mark.parametrize(("changes", "code", "approvals"), [(1, 0, 2), (3, 0, 4), (4, 5, 4), (99, 5, 4)])
async def test_ask_says_yes_again_but_not_for_ever(desk: Desk, changes: int, code: int, approvals: int) -> None:
    desk.shop.script = restless(changes)
    ran = await desk.run("ask", "--yes", "--json", "cancel it")
    assert ran.code == code
    assert desk.shop.names().count("approval") == approvals
    assert bool(json.loads(ran.out)["approval"]) == (code == 5)


async def test_ask_that_gives_up_says_what_still_waits(desk: Desk) -> None:
    desk.shop.script = restless(99)
    ran = await desk.run("ask", "--yes", "cancel it")
    assert "order_id A-4" in ran.out
    assert ran.err.startswith("It came out different each time, so the last of it still waits. Say yes in: llm-orch")
