"""The SQL of remembering: what a planner is told of this conversation and of others."""

from orchestrator_server import plan_json, plan_sql
from orchestrator_server.plan import PastTurn, Recollection, Said
from orchestrator_server.store import Statement, Work, value

TURNS_RECALLED = 12
RECENT_TURNS = 6


def recall(conversation_id: str, turn_id: str, email: str) -> Work[Recollection]:
    """This conversation before `turn_id`, recent other ones of the same person, the open question."""
    earlier = yield Statement(
        "SELECT text, COALESCE(reply, ''), plan_id FROM turns WHERE conversation_id = ? AND id <> ? AND ended = 1"
        " ORDER BY number DESC LIMIT ?",
        [conversation_id, turn_id, TURNS_RECALLED],
    )
    recent = yield Statement(
        # the newest turns are in the conversations that were last talked in; a title comes with the first turn
        "SELECT t.text, COALESCE(t.reply, '') FROM turns t JOIN (SELECT id FROM conversations"
        " WHERE email = ? AND id <> ? AND agent = (SELECT agent FROM conversations WHERE id = ?) AND title <> ''"
        " ORDER BY updated_at DESC LIMIT ?) c ON c.id = t.conversation_id ORDER BY t.created_at DESC LIMIT ?",
        [email, conversation_id, conversation_id, RECENT_TURNS, RECENT_TURNS],
    )
    question = value((yield Statement("SELECT content FROM questions WHERE conversation_id = ?", [conversation_id])))
    turns = []
    for text, reply, plan_id in reversed(earlier):
        turns.append((yield from _past(text, reply, plan_id)))
    return Recollection(
        turns=tuple(turns),
        recent=tuple(said for text, reply in reversed(recent) for said in _both(text, reply)),
        open_question=plan_json.load_question(question) if question else None,
    )


def _past(text: str, reply: str, plan_id: str | None) -> Work[PastTurn]:
    if plan_id is None:
        return PastTurn(text=text, reply=reply, plan=None)
    stored = yield from plan_sql.load(plan_id)
    outcomes = yield from plan_sql.outcomes(plan_id)
    return PastTurn(text=text, reply=reply, plan=stored.plan, outcomes=outcomes)


def _both(text: str, reply: str) -> tuple[Said, Said]:
    return Said(is_user=True, text=text), Said(is_user=False, text=reply)
