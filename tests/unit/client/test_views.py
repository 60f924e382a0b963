"""How the catalogue and conversations look."""

import io
from datetime import UTC, datetime

from llm_orchestrator.capabilities.v1 import annotations_pb2
from llm_orchestrator.orchestrator.v1 import chat_pb2, usage_pb2
from rich.console import Console, RenderableType

from client.catalogue_view import held_by_legacy_alone, render_catalogue
from client.exchange import exchanges
from client.history_view import render_conversation, render_conversations, render_usage
from client.tidy import Tidy

LEGACY, MODERN = annotations_pb2.GENERATION_LEGACY, annotations_pb2.GENERATION_MODERN
NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)


def drawn(shown: RenderableType, width: int = 80) -> str:
    out = Console(file=io.StringIO(), width=width, highlight=False)
    out.print(Tidy(shown))
    return str(out.file.getvalue())  # type: ignore[attr-defined]


def catalogue() -> chat_pb2.GetCatalogueResponse:
    made = chat_pb2.GetCatalogueResponse(findings=["order.get: \x1b[31mthe contracts differ"])
    cancel = made.intents.add(name="order.cancel", has_effect=True)
    cancel.offers.add(server="order", generation=MODERN, available=False)
    cancel.offers.add(server="legacy", generation=LEGACY, available=True)
    made.intents.add(name="invoice.get").offers.add(server="legacy", generation=LEGACY, available=True)
    made.servers.add(name="legacy", target="127.0.0.1:50052", available=True)
    made.servers.add(name="order", target="127.0.0.1:50054", problem="connection refused")
    return made


def test_the_catalogue_tells_who_serves_what() -> None:
    assert drawn(render_catalogue(catalogue())) == (
        "  Intent        Effect   Served by\n"
        "  order.cancel  changes  ✗ order (modern) down, legacy\n"
        "  invoice.get   reads    legacy\n"
        "\n"
        "  Held by legacy alone: invoice.get\n"
        "\n"
        "  Server  At               State\n"
        "  legacy  127.0.0.1:50052  ✓ answers\n"
        "  order   127.0.0.1:50054  ✗ connection refused\n"
        "\n"
        "  Findings\n"
        "  · order.get: [31mthe contracts differ\n"
    )


def test_what_a_modern_server_offers_is_not_held_by_legacy_alone_even_while_it_is_down() -> None:
    assert held_by_legacy_alone(catalogue()) == ["invoice.get"]


def test_an_empty_catalogue_says_so() -> None:
    assert "No server offers anything yet." in drawn(render_catalogue(chat_pb2.GetCatalogueResponse()))


def test_conversations_are_listed_with_their_ids_whole() -> None:
    listed = chat_pb2.ListConversationsResponse()
    listed.conversations.add(id="c" * 36, title="Where is my order? " * 9, message_count=1)
    text = drawn(render_conversations(listed, now=NOW), width=60)
    assert f"  {'c' * 36}  1 message\n" in text
    assert drawn(render_conversations(chat_pb2.ListConversationsResponse(), now=NOW)).strip().startswith("There are no")


def test_a_conversation_shows_who_said_what() -> None:
    shown = chat_pb2.GetConversationResponse(conversation=chat_pb2.Conversation(id="c-1"))
    shown.messages.add(author=chat_pb2.AUTHOR_USER, text="hello")
    shown.messages.add(author=chat_pb2.AUTHOR_ASSISTANT, text="Good day.")
    text = drawn(render_conversation(shown, now=NOW))
    assert text == "  Conversation c-1\n\n  \u203a hello\n    Good day.\n"


def test_what_support_held_says_who() -> None:
    listed = chat_pb2.ListConversationsResponse()
    listed.conversations.add(id="c-1", title="Where is it?", message_count=2, agent="eva@example.com\x1b")
    text = drawn(render_conversations(listed, now=NOW), width=60)
    assert text == "  Where is it?\n    c-1  2 messages\n    by support (eva@example.com)\n"
    shown = chat_pb2.GetConversationResponse(conversation=listed.conversations[0])
    assert drawn(render_conversation(shown, now=NOW)) == "  Conversation c-1, by support (eva@example.com)\n"


def test_usage_tells_what_a_model_had_to_judge() -> None:
    text = drawn(render_usage(usage_pb2.GetUsageResponse(turns=1200, judged_conditions=3)))
    assert text.startswith("  Turns                         1,200\n")
    assert text.endswith("  Conditions judged by a model      3\n")


def test_stored_events_become_exchanges_in_order() -> None:
    def event(turn: str, **parts: object) -> chat_pb2.ChatResponse:
        return chat_pb2.ChatResponse(turn_id=turn, **parts)  # type: ignore[arg-type]

    turns = exchanges(
        [
            event("t1", user_message=chat_pb2.UserMessage(text="one")),
            event("t2", user_message=chat_pb2.UserMessage(text="two")),
            event("t1", reply=chat_pb2.Reply(text="first")),
            event("t2", reply=chat_pb2.Reply(text="second")),
            event("", opened=chat_pb2.Opened()),
        ]
    )
    assert [(turn.said, turn.view.reply) for turn in turns] == [("one", "first"), ("two", "second")]
