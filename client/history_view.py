"""How conversations look: a list of them, one of them, and what they took. Pure."""

from datetime import datetime

from llm_orchestrator.orchestrator.v1 import chat_pb2, usage_pb2
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from client.glyphs import FANCY, Glyphs
from client.text import clean, how_long_ago, local_time, one_line


def render_conversations(listed: chat_pb2.ListConversationsResponse, *, now: datetime) -> RenderableType:
    """Draws a list, newest first. The id comes first and whole, to be copied."""
    if not listed.conversations:
        return Padding(Text("There are no conversations yet.", "dim"), (0, 2))
    rows: list[RenderableType] = []
    for conversation in listed.conversations:
        when = how_long_ago(local_time(conversation.updated_at), now)
        count = conversation.message_count
        many = f"{count} message{'' if count == 1 else 's'}"
        rows.append(Text(one_line(conversation.title) or "(nothing said)", no_wrap=True, overflow="ellipsis"))
        below = [conversation.id, *filter(None, (when, many))]
        rows.append(Text("  ".join(["", *below]), "dim", no_wrap=True, overflow="ellipsis"))
        if conversation.agent:
            rows.append(Text(f"  {_by(conversation)}", "magenta"))
    if listed.next_page_token:
        rows.append(Text("There are older ones; --limit shows more.", "dim"))
    return Padding(Group(*rows), (0, 2))


def render_conversation(
    shown: chat_pb2.GetConversationResponse, *, now: datetime, glyphs: Glyphs = FANCY
) -> RenderableType:
    """Draws what was said, oldest first."""
    conversation = shown.conversation
    began = how_long_ago(local_time(conversation.created_at), now)
    head = [f"Conversation {conversation.id}", f"begun {began}" if began else "", _by(conversation)]
    rows: list[RenderableType] = [Text(", ".join(filter(None, head)), "dim")]
    for message in shown.messages:
        if message.author == chat_pb2.AUTHOR_USER:
            rows.append(Padding(Text(f"{glyphs.prompt} {clean(message.text)}", "bold"), (1, 0, 0, 0)))
        else:
            rows.append(Padding(Text(clean(message.text)), (0, 0, 0, 2)))
    return Padding(Group(*rows), (0, 2))


def counted(count: int) -> str:
    """So many conversations, in words."""
    return f"{count:,} conversation{'' if count == 1 else 's'}"


def _by(conversation: chat_pb2.Conversation) -> str:
    """Who held it, where it was not the customer."""
    return f"by support ({one_line(conversation.agent)})" if conversation.agent else ""


def render_usage(usage: usage_pb2.GetUsageResponse) -> RenderableType:
    """Draws the sums."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(justify="right")
    for words, number in (
        ("Turns", usage.turns),
        ("Calls to the model", usage.model_calls),
        ("Tokens sent to it", usage.prompt_tokens),
        ("Tokens it sent", usage.completion_tokens),
        ("Calls to servers", usage.rpc_calls),
        ("Conditions judged by a model", usage.judged_conditions),
    ):
        table.add_row(words, f"{number:,}")
    return Padding(table, (0, 2))
