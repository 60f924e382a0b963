"""Looks at the events of a chat."""

from llm_orchestrator.orchestrator.v1 import chat_pb2


def kinds(events: list[chat_pb2.ChatResponse]) -> list[str]:
    """The kinds of events, the pieces of replies left out."""
    return [kind for event in events if (kind := str(event.WhichOneof("event"))) != "reply_delta"]


def reply(events: list[chat_pb2.ChatResponse]) -> str:
    """The reply among the events of a turn."""
    return next(event.reply.text for event in events if event.HasField("reply"))
