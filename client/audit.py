"""The records of all servers, page after page; a turn may be named by its beginning, as the table shows it."""

from llm_orchestrator.orchestrator.v1 import audit_pb2

from client.errors import RequestRefused
from client.questions import Questions

LONGEST_PAGE = 500

_WHOLE_ID = 36
_MOST_SEARCHED = 5_000


async def listed(
    questions: Questions, chosen: audit_pb2.ListAuditRecordsRequest, count: int
) -> audit_pb2.ListAuditRecordsResponse:
    """The newest records that match, at most `count`. Raises ClientError.

    With a `next_page_token` there are older ones; `missing_servers` are those of the newest page.
    """
    if chosen.turn_id and len(chosen.turn_id) < _WHOLE_ID:
        chosen = _with(chosen, turn_id=await _whole_turn_id(questions, chosen))
    return await _pages(questions, chosen, count)


async def _pages(
    questions: Questions, chosen: audit_pb2.ListAuditRecordsRequest, count: int
) -> audit_pb2.ListAuditRecordsResponse:
    found = audit_pb2.ListAuditRecordsResponse()
    while len(found.records) < count:
        size = min(LONGEST_PAGE, count - len(found.records))
        page = await questions.audit(_with(chosen, page_size=size, page_token=found.next_page_token))
        if not found.records:
            found.missing_servers.extend(page.missing_servers)
        found.records.extend(page.records)
        found.next_page_token = page.next_page_token
        if not page.next_page_token:
            break
    return found


async def _whole_turn_id(questions: Questions, chosen: audit_pb2.ListAuditRecordsRequest) -> str:
    """The one turn that begins so; what was given where none does, for ids of another shape."""
    seen = await _pages(questions, _with(chosen, turn_id=""), _MOST_SEARCHED)
    turns = {record.turn_id for record in seen.records if record.turn_id.startswith(chosen.turn_id)}
    if len(turns) > 1:
        raise RequestRefused(f"{len(turns)} turns begin with {chosen.turn_id}: {', '.join(sorted(turns)[:5])}.")
    return turns.pop() if turns else chosen.turn_id


def _with(chosen: audit_pb2.ListAuditRecordsRequest, **fields: str | int) -> audit_pb2.ListAuditRecordsRequest:
    changed = audit_pb2.ListAuditRecordsRequest()
    changed.CopyFrom(chosen)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed
