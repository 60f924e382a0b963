"""Memory in SQLite: what a turn is and was, so that it survives restarts. Takes values and gives values."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from orchestrator_server import approval_sql, memory_sql, plan_json
from orchestrator_server.condition_judge import Opinion
from orchestrator_server.memory_values import StoredEvent, StoredPlan, TurnStatus, WaitingApproval
from orchestrator_server.plan import Clarify, Outcome, Recollection, Usage
from service_kit.database import Database


class Memory:
    """Conversations of all users; every method names whose it asks for where that matters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_conversation(self, conversation_id: str, email: str, now: datetime, agent: str = "") -> int:
        """Makes the conversation if it is new and returns the number of its last event.

        `agent` is the member of support who holds it for the customer. Raises NotFound where it is another's: the two
        look the same.
        """
        return await self._database.write(
            lambda db: memory_sql.open_conversation(db, conversation_id, email, agent, now)
        )

    async def owns(self, conversation_id: str, email: str) -> bool:
        """Is there such a conversation of this user?"""
        return await self._database.read(lambda db: memory_sql.owner(db, conversation_id) == email)

    async def begin_turn(self, turn_id: str, conversation_id: str, text: str, now: datetime) -> bool:
        """Stores a turn as received. False where a turn with this id is already there: nothing is stored then."""
        return await self._database.write(lambda db: memory_sql.begin(db, turn_id, conversation_id, text, now))

    async def turn_conversation(self, turn_id: str) -> str | None:
        """The conversation of a turn, None where there is no such turn."""
        sql = "SELECT conversation_id FROM turns WHERE id = ?"
        row = await self._database.read(lambda db: db.execute(sql, [turn_id]).fetchone())
        return None if row is None else str(row[0])

    async def end_turn(self, turn_id: str, status: TurnStatus, reply: str, usage: Usage) -> None:
        """Stores how a turn ended and what it took."""
        sql = (
            "UPDATE turns SET status = ?, reply = ?, model_calls = ?, prompt_tokens = ?, completion_tokens = ?,"
            " rpc_calls = ?, judged_conditions = ? WHERE id = ?"
        )
        spent = [
            usage.model_calls,
            usage.prompt_tokens,
            usage.completion_tokens,
            usage.rpc_calls,
            usage.judged_conditions,
        ]
        await self._database.write(lambda db: memory_sql.run(db, sql, [status.value, reply, *spent, turn_id]))

    async def unfinished_turns(self) -> Sequence[tuple[str, str]]:
        """Turns that were received and never ended, as (turn, conversation): this process died in the middle."""
        sql = "SELECT id, conversation_id FROM turns WHERE status = 'received' ORDER BY created_at"
        return await self._database.read(lambda db: [(str(a), str(b)) for a, b in db.execute(sql).fetchall()])

    async def recall(self, conversation_id: str, turn_id: str, email: str) -> Recollection:
        """What a planner is told: this conversation before `turn_id`, recent other ones, the open question."""
        return await self._database.read(lambda db: memory_sql.recall(db, conversation_id, turn_id, email))

    async def keep_question(self, conversation_id: str, question: Clarify | None) -> None:
        """Keeps what the user was asked; None forgets it."""
        await self._database.write(lambda db: memory_sql.keep_question(db, conversation_id, question))

    async def store_plan(self, turn_id: str, conversation_id: str, stored: StoredPlan) -> None:
        """Stores a plan before anything of it runs."""
        await self._database.write(lambda db: memory_sql.store_plan(db, turn_id, conversation_id, stored))

    async def resume_plan(self, turn_id: str, plan_id: str) -> StoredPlan:
        """The stored plan, which from now on `turn_id` works off. Raises NotFound."""
        return await self._database.write(lambda db: memory_sql.resume(db, turn_id, plan_id))

    async def record(self, plan_id: str, outcome: Outcome) -> None:
        """Stores what became of a call. The first word stands."""
        row = {
            "plan_id": plan_id,
            "step_id": outcome.step_id,
            "element": outcome.index,
            "content": plan_json.dump_outcome(outcome),
        }
        await self._database.write(lambda db: memory_sql.insert_first(db, "outcomes", row))

    async def outcomes(self, plan_id: str) -> tuple[Outcome, ...]:
        """What became of the calls of a plan so far."""
        return await self._database.read(lambda db: memory_sql.outcomes(db, plan_id))

    async def forget(self, plan_id: str, steps: Sequence[str]) -> None:
        """Forgets what became of `steps`, so that they are decided anew."""
        await self._database.write(lambda db: memory_sql.forget(db, plan_id, steps))

    async def keep_opinion(self, plan_id: str, opinion: Opinion) -> None:
        """Stores what was judged of a condition, in place of an opinion on other values."""
        row = {
            "plan_id": plan_id,
            "step_id": opinion.step_id,
            "element": opinion.index,
            "holds": int(opinion.holds),
            "digest": opinion.digest,
        }
        await self._database.write(lambda db: memory_sql.replace(db, "opinions", row))

    async def opinions(self, plan_id: str) -> tuple[Opinion, ...]:
        """What was judged of the conditions of a plan so far."""
        sql = "SELECT step_id, element, holds, digest FROM opinions WHERE plan_id = ?"
        rows = await self._database.read(lambda db: db.execute(sql, [plan_id]).fetchall())
        return tuple(
            Opinion(step_id=step, index=element, holds=bool(holds), digest=digest)
            for step, element, holds, digest in rows
        )

    async def ask_approval(self, conversation_id: str, waiting: WaitingApproval) -> None:
        """Keeps what waits for a yes. A newer request of the same conversation ends the older one."""
        await self._database.write(lambda db: approval_sql.ask(db, conversation_id, waiting))

    async def withdraw_approvals(self, conversation_id: str) -> None:
        """Ends what waits for a yes: the user talked on, and a later yes would be about something else."""
        await self._database.write(lambda db: approval_sql.withdraw(db, conversation_id))

    async def waiting_approval(self, conversation_id: str) -> WaitingApproval | None:
        """What waits for a yes in this conversation, expired or not."""
        return await self._database.read(lambda db: approval_sql.waiting(db, conversation_id))

    async def answer_approval(
        self, plan_id: str, conversation_id: str, said: Mapping[str, bool], now: datetime
    ) -> bool:
        """Consumes the approval by compare-and-set and keeps what was said of each fingerprint.

        False where it was consumed before, expired or never there: nothing is kept then.
        """
        return await self._database.write(lambda db: approval_sql.answer(db, plan_id, conversation_id, said, now))

    async def answers(self, plan_id: str) -> Mapping[str, bool]:
        """What was said so far about the effects of a plan, by fingerprint."""
        return await self._database.read(lambda db: approval_sql.answers(db, plan_id))

    async def append_event(self, conversation_id: str, turn_id: str, content: bytes, now: datetime) -> int:
        """Stores an event and returns its number: one more than the last of the conversation."""
        return await self._database.write(lambda db: memory_sql.append(db, conversation_id, turn_id, content, now))

    async def events_after(self, conversation_id: str, number: int) -> list[StoredEvent]:
        """The events behind `number`, in order."""
        sql = "SELECT number, turn_id, content FROM events WHERE conversation_id = ? AND number > ? ORDER BY number"
        rows = await self._database.read(lambda db: db.execute(sql, [conversation_id, number]).fetchall())
        return [StoredEvent(number=row[0], turn_id=row[1], content=row[2]) for row in rows]
