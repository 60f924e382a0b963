"""Conversations as tables: `> said`, `< replied`, and in the end `said => what comes of it`."""

from orchestrator_server.plan import Clarify, PastTurn, Plan, Recollection
from tests.unit.embedded.asking import decide, line

Talk = tuple[tuple[tuple[str, str], ...], str, str]


def talks(table: str) -> list[Talk]:
    """The conversations of a table, one after each empty line: earlier turns, the last message, what is expected."""
    return [_talk(block.splitlines()) for block in table.strip().split("\n\n")]


def _talk(rows: list[str]) -> Talk:
    turns: list[tuple[str, str]] = []
    for row in rows[:-1]:
        said = row[2:].replace("\\n", "\n")
        if row.startswith("> "):
            turns.append((said, ""))
        else:
            turns[-1] = (turns[-1][0], said)
    text, _, expected = rows[-1].partition(" => ")
    return tuple(turns), text, expected


async def outcome(earlier: tuple[tuple[str, str], ...], text: str) -> str:
    """What comes of `text` after earlier turns with these replies, whatever the planner itself made of them."""
    memory = Recollection()
    for said, reply in earlier:
        decision = await decide(said, memory)
        plan = decision if isinstance(decision, Plan) else None
        asked = decision if isinstance(decision, Clarify) else None
        turn = PastTurn(text=said, reply=reply or getattr(decision, "question", ""), plan=plan)
        memory = Recollection(turns=(*memory.turns, turn), open_question=asked)
    return line(await decide(text, memory))
