"""How a turn looks: the steps of its plan, what waits for a yes, the reply. Pure; width and frame come from outside."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from client.approval_view import render_approval
from client.events import Failed, ReplyKind, StepState
from client.glyphs import FANCY, Glyphs
from client.render_steps import render_steps
from client.turn_view import TurnView

_SLOW = 3.0


def render_turn(
    view: TurnView,
    *,
    width: int,
    glyphs: Glyphs = FANCY,
    frame: int = 0,
    elapsed: float = 0.0,
    has_details: bool = False,
) -> RenderableType:
    """Draws a turn: with a line that says what is going on while it runs, without when it is over.

    `has_details`: it is shown where `/details` would open it.
    """
    parts: list[RenderableType] = list(render_steps(view, width=width, glyphs=glyphs, frame=frame))
    if view.ended and has_details:
        parts.extend(_hint(view))
    parts.extend(_words(view, gap=1 if parts else 0, glyphs=glyphs))
    if not view.ended:
        parts.append(_status(view, gap=1 if parts else 0, glyphs=glyphs, frame=frame, elapsed=elapsed))
    return Padding(Group(*parts), (0, 2, 0, 2))


def _hint(view: TurnView) -> Iterator[RenderableType]:
    """Says once that there is more to see, where steps ran for each of a list."""
    sizes = dict.fromkeys(str(step.total) for step in view.steps if step.calls and step.total > 1)
    if sizes:
        yield Padding(Text(f"/details shows each of the {' and '.join(sizes)}", "dim"), (0, 0, 0, 2))


def _words(view: TurnView, *, gap: int, glyphs: Glyphs) -> Iterator[RenderableType]:
    if view.approval:
        yield Padding(render_approval(view.approval, glyphs=glyphs), (gap, 0, 0, 0))
    elif view.reply:
        yield Padding(Text(view.reply.rstrip(), "yellow" if view.kind is ReplyKind.REFUSAL else ""), (gap, 0, 0, 0))
    if isinstance(view.ended, Failed):
        yield Padding(Text(view.ended.message or view.ended.reason, "red"), (gap, 0, 0, 0))
    elif view.ended and view.ended.cancelled and not view.reply:
        yield Padding(Text("Stopped.", "yellow"), (gap, 0, 0, 0))


def _status(view: TurnView, *, gap: int, glyphs: Glyphs, frame: int, elapsed: float) -> RenderableType:
    words = [_activity(view)]
    if elapsed >= _SLOW:
        words.append(f"{elapsed:.0f} s")
    if not view.is_stopping:
        words.append("Ctrl-C stops")
    sign = glyphs.of(StepState.RUNNING, frame)
    line = Text.assemble((f"{sign} ", "cyan"), (f" {glyphs.dot} ".join(words), "dim"))
    return Padding(line, (gap, 0, 0, 0))


def _activity(view: TurnView) -> str:
    if view.is_link_lost:
        return "the connection was lost, trying again"
    if view.is_stopping:
        return "stopping"
    if view.ahead:
        return "waiting for the turn before this one" if view.ahead == 1 else f"waiting for {view.ahead} turns"
    if not view.steps and not view.reply:
        return "planning"
    is_working = any(step.state in (StepState.WAITING, StepState.RUNNING) for step in view.steps)
    return "working" if is_working and not view.reply else "answering"
