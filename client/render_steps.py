"""How the steps of a plan look. Pure.

One line a step: sign, intent (and a count where it runs for each of a list), what it is about, who answered. Below it,
indented, only what needs saying: why it was skipped and what was seen, or what went wrong. A condition that a model
judges stands there too, in whole, because CEL could not say it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from client.call_words import STYLES, answered_by, condition_words, cut, sign_of
from client.events import CallChanged, StepState
from client.glyphs import Glyphs
from client.turn_view import StepView, TurnView

_WIDEST = 96
_NARROW = 72
_LEAST_ABOUT = 4
_WIDEST_ABOUT = 40
_QUIET = {StepState.WAITING, StepState.SKIPPED, StepState.CANCELLED}


@dataclass(frozen=True, slots=True)
class _Columns:
    label: int
    about: int
    server: int


def render_steps(view: TurnView, *, width: int, glyphs: Glyphs, frame: int) -> Iterator[RenderableType]:
    """Draws the steps: all while the turn runs or waits for a yes, afterwards those that something became of."""
    steps = [step for step in view.steps if not view.ended or view.approval or step.calls]
    columns = _fit(steps, width=min(width, _WIDEST) - 6, is_narrow=width < _NARROW, glyphs=glyphs)
    for step in steps:
        sign = sign_of(step.state, glyphs=glyphs, frame=frame, is_over=view.ended is not None)
        yield _line(step, sign, columns, is_narrow=width < _NARROW, glyphs=glyphs)
        for note in _notes(step):
            yield Padding(note, (0, 0, 0, 2))


def _fit(steps: list[StepView], *, width: int, is_narrow: bool, glyphs: Glyphs) -> _Columns:
    server = max((cell_len(_server(s, is_narrow=is_narrow, glyphs=glyphs)) for s in steps), default=0)
    label = min(max((cell_len(_label(s)) for s in steps), default=0), max(8, width - server - 2))
    about = min(_WIDEST_ABOUT, width - label - server - 4, max((cell_len(_about(s)) for s in steps), default=0))
    return _Columns(label, about if about >= _LEAST_ABOUT else 0, server)


def _line(step: StepView, sign: tuple[str, str], columns: _Columns, *, is_narrow: bool, glyphs: Glyphs) -> Text:
    server = _server(step, is_narrow=is_narrow, glyphs=glyphs)
    middle = f"  {cut(_about(step), columns.about, glyphs)}" if columns.about else ""
    return Text.assemble(
        sign,
        (cut(_label(step), columns.label, glyphs), "dim" if step.state in _QUIET else ""),
        (f"{middle}  {set_cell_size(server, columns.server)}".rstrip(), "dim"),
        no_wrap=True,
        overflow="crop",
    )


def _label(step: StepView) -> str:
    if not step.is_fan_out:
        return step.planned.intent
    return f"{step.planned.intent} {step.over}/{step.total}" if step.total else f"{step.planned.intent} (each)"


def _about(step: StepView) -> str:
    if step.state is StepState.WAITING and step.planned.condition and not step.planned.is_judged:
        return condition_words(step.planned)
    values = (value for _, value in step.planned.arguments)
    return ", ".join(value for value in values if not (step.planned.is_repeated and value.startswith("= ")))


def _server(step: StepView, *, is_narrow: bool, glyphs: Glyphs) -> str:
    call = next((call for call in reversed(step.known) if call.server), None)
    return answered_by(call, is_narrow=is_narrow, glyphs=glyphs) if call else ""


def _notes(step: StepView) -> Iterator[Text]:
    if step.state is StepState.WAITING and step.planned.is_judged:
        yield Text(condition_words(step.planned), "dim")
    call = step.latest
    if call is None:
        return
    if step.state is StepState.SKIPPED:
        yield Text(_why_skipped(step, call), "dim")
        for path, value in call.seen:
            yield Text.assemble((f"{path.rpartition('.')[2].replace('_', ' ')}: ", "dim"), value)
    elif step.state is StepState.FAILED:
        yield Text(_among(step, "failed") + (call.message or "It failed."), STYLES[step.state])
    elif step.state is StepState.UNKNOWN:
        many = _among(step, "unclear")
        yield Text(many + (call.message or "Nobody knows whether it happened."), STYLES[step.state])
    elif step.state is StepState.CANCELLED:
        yield Text(call.message or "Not done.", "dim")


def _why_skipped(step: StepView, call: CallChanged) -> str:
    if call.condition or (call.seen and step.planned.condition):
        return f"Left out: {condition_words(step.planned, call.condition)}"
    return call.message or "Left out: it needs a step that was not done."


def _among(step: StepView, word: str) -> str:
    """Says how many of several, for instance `2 of 5 failed: `."""
    count = sum(call.state is step.state for call in step.known)
    return f"{count} of {step.total} {word}: " if step.total > 1 else ""
