"""How it looks when something waits for a yes: each effect in words, exactly, and with what makes it due. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from client.call_words import answered_by, seen_words
from client.events import ApprovalAsked, Effect
from client.glyphs import Glyphs


def render_approval(asked: ApprovalAsked, *, glyphs: Glyphs) -> RenderableType:
    """Draws the question and the effects; several are numbered, by the numbers that an answer may name."""
    lines: list[RenderableType] = []
    if asked.is_changed:
        lines.append(Text("This came out different since your yes, so it is asked again.", "bold magenta"))
    if len(asked.effects) <= 1:
        lines.append(Text(asked.question or "This needs your yes:", "bold yellow"))
        lines.extend(line for effect in asked.effects for line in _exactly(_unsaid(effect, asked.question), glyphs))
    else:
        lines.append(Text(f"These {len(asked.effects)} changes wait for your yes:", "bold yellow"))
        lines.append(_numbered(asked.effects, glyphs))
    if asked.expires_at:
        lines.append(Text(f"A yes is accepted until {asked.expires_at:%H:%M}.", "dim"))
    return Group(*lines)


def _numbered(effects: tuple[Effect, ...], glyphs: Glyphs) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for number, effect in enumerate(effects, start=1):
        table.add_row(Text(f"{number}."), Group(Text(effect.description or effect.intent), *_exactly(effect, glyphs)))
    return table


def _unsaid(effect: Effect, question: str) -> Effect:
    """Without the condition, where the question tells it already."""
    is_told = effect.condition in question or ", since " in question
    return replace(effect, condition="") if is_told else effect


def _exactly(effect: Effect, glyphs: Glyphs) -> Iterator[RenderableType]:
    """What would be called: intent, server, every argument; below it the condition that holds."""
    server = answered_by(effect, is_narrow=False, glyphs=glyphs)
    call = f"{effect.intent} on {server}" if server else effect.intent
    if len(effect.arguments) == 1:
        call += ": " + " ".join(effect.arguments[0])
    yield Text(call, "dim")
    if len(effect.arguments) > 1:
        yield Padding(_arguments(effect), (0, 0, 0, 2))
    if effect.condition:
        seen = f" ({seen_words(effect.seen, ': ')})" if effect.seen else ""
        yield Text(f"\u201c{effect.condition}\u201d holds{seen}", "dim")


def _arguments(effect: Effect) -> RenderableType:
    """One below the other: an address may have commas of its own."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, value in effect.arguments:
        table.add_row(Text(name), Text(value))
    return table
