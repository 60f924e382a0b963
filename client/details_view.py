"""How a turn looks when it is opened: every step with its condition, every call with who answered or why not. Pure.

The words of a condition stand once, at the step; below each call stand the values that it saw there. A step that runs
for each of a list has a line for each element, numbered from 1; a plain step is its own line.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from client.call_words import STYLES, answered_by, condition_words, cut, seen_words, sign_of
from client.events import CallChanged, StepState
from client.glyphs import FANCY, Glyphs
from client.turn_view import StepView, TurnView

_WIDEST = 96
_NARROW = 72
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Page:
    """What is drawn on: cells between the margins, and how much of a server's name fits."""

    width: int
    is_narrow: bool
    glyphs: Glyphs


@dataclass(frozen=True, slots=True)
class _Row:
    """A line: a step, or one element of it."""

    state: StepState
    head: str
    words: str
    server: str


def render_details(view: TurnView, *, width: int, glyphs: Glyphs = FANCY) -> RenderableType:
    """Draws every step of a turn, also what an approval announces and what was over before it resumed."""
    if not view.steps:
        return Padding(Text("The last turn had no steps.", "dim"), (0, 2))
    page = _Page(min(width, _WIDEST) - 4, width < _NARROW, glyphs)
    steps = (Group(*_step(step, view, page)) for step in view.steps)
    return Group(*(Padding(step, (1 if number else 0, 2, 0, 2)) for number, step in enumerate(steps)))


def _step(step: StepView, view: TurnView, page: _Page) -> Iterator[RenderableType]:
    calls = _calls(step, view)
    elements = [call for call in calls if step.is_fan_out and not call.is_whole_step]
    own = None if elements else next(iter(calls), None)
    count = f" {step.over}/{step.total}" if elements else ""
    words = "" if step.is_fan_out else _what(step, own)
    server = answered_by(own, is_narrow=page.is_narrow, glyphs=page.glyphs) if own else ""
    yield from _lines([_Row(step.state, f"{step.planned.intent}{count}", words, server)], page.width, page.glyphs)
    if step.planned.for_each:
        yield _below(f"for each of {step.planned.for_each}", "dim")
    if step.planned.condition:
        yield _below(f"if {condition_words(step.planned)}", "dim")
    if own:
        yield from _note(step, own, indent=2)
    yield from _elements(step, elements, page)


def _elements(step: StepView, calls: list[CallChanged], page: _Page) -> Iterator[RenderableType]:
    digits = max((len(str(call.index + 1)) for call in calls), default=0)
    rows = [
        _Row(
            call.state,
            f"{call.index + 1:>{digits}}",
            _what(step, call),
            answered_by(call, is_narrow=page.is_narrow, glyphs=page.glyphs),
        )
        for call in calls
    ]
    for call, line in zip(calls, _lines(rows, page.width - 2, page.glyphs), strict=True):
        yield _below(line)
        yield from _note(step, call, indent=6 + digits)


def _calls(step: StepView, view: TurnView) -> tuple[CallChanged, ...]:
    """The calls that are known, then those that wait for a yes."""
    effects = view.approval.effects if view.approval else ()
    made = {call.index for call in step.known}
    waiting = (
        CallChanged(
            plan_id=view.plan_id,
            step_id=effect.step_id,
            index=effect.index,
            state=StepState.WAITING,
            server=effect.server,
            generation=effect.generation,
            description=effect.description,
            seen=effect.seen,
        )
        for effect in effects
        if effect.step_id == step.planned.id and effect.index not in made
    )
    return tuple(sorted((*step.known, *waiting), key=lambda call: call.index))


def _lines(rows: list[_Row], width: int, glyphs: Glyphs) -> Iterator[Text]:
    """Lines with their parts one below the other; the words give way where there is no room."""
    head = min(max((cell_len(row.head) for row in rows), default=0), max(1, width - 2))
    server = max((cell_len(row.server) for row in rows), default=0)
    words = min(width - head - server - 6, max((cell_len(row.words) for row in rows), default=0))
    for row in rows:
        parts = [cut(row.words, words, glyphs)] if words >= _LEAST_WORDS else []
        line = Text.assemble(sign_of(row.state, glyphs=glyphs, is_over=True), cut(row.head, head, glyphs))
        line.append("".join(f"  {part}" for part in parts))
        line.append(f"  {row.server}".rstrip(), "dim")
        line.no_wrap, line.overflow = True, "crop"
        yield line


def _what(step: StepView, call: CallChanged | None) -> str:
    """The call in words; where the server did not tell, the arguments that the plan gave."""
    if call and call.description:
        return call.description
    return ", ".join(value for _, value in step.planned.arguments if not value.startswith("= "))


def _note(step: StepView, call: CallChanged, *, indent: int) -> Iterator[RenderableType]:
    words = _why(step, call)
    if words:
        yield _below(words, STYLES[call.state] if call.state is not StepState.DONE else "dim", indent)


def _why(step: StepView, call: CallChanged) -> str:
    """What there is to say of a call beside its line."""
    match call.state:
        case StepState.SKIPPED if call.seen:
            return f"Left out: {seen_words(call.seen)}"
        case StepState.SKIPPED if call.condition:
            who = "the model judged that it does not hold" if step.planned.is_judged else "the condition does not hold"
            return f"Left out: {who}."
        case StepState.SKIPPED:
            return call.message or "Left out: it needs a step that was not done."
        case StepState.FAILED:
            return call.message or "It failed."
        case StepState.UNKNOWN:
            return call.message or "Nobody knows whether it happened."
        case StepState.CANCELLED:
            return call.message or "Not done."
        case _:
            return seen_words(call.seen)


def _below(words: str | Text, style: str = "", indent: int = 2) -> RenderableType:
    return Padding(words if isinstance(words, Text) else Text(words, style), (0, 0, 0, indent))
