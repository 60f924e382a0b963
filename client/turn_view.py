"""What a turn looks like so far: a value, and how each event changes it. Pure."""

from dataclasses import dataclass, replace

from client.events import (
    ApprovalAsked,
    CallChanged,
    Delta,
    Done,
    Event,
    Failed,
    LinkLost,
    Planned,
    PlannedStep,
    Replied,
    ReplyKind,
    Reset,
    Said,
    StepState,
    Waiting,
)

_OVER = {StepState.DONE, StepState.SKIPPED, StepState.FAILED, StepState.UNKNOWN, StepState.CANCELLED}
_WORST_FIRST = (StepState.UNKNOWN, StepState.FAILED, StepState.RUNNING, StepState.CANCELLED, StepState.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step and the calls it has made, one for each element of a `for_each`, in order of their index."""

    planned: PlannedStep
    calls: tuple[CallChanged, ...] = ()
    expected: int = 0

    @property
    def state(self) -> StepState:
        """Where the step stands as a whole: the worst of its calls, running while one runs."""
        states = {call.state for call in self.calls}
        if StepState.RUNNING in states:
            return StepState.RUNNING
        worst = next((state for state in _WORST_FIRST if state in states), StepState.SKIPPED)
        return worst if states else StepState.WAITING

    @property
    def over(self) -> int:
        """Counts the calls that are over."""
        return sum(call.state in _OVER for call in self.calls)

    @property
    def total(self) -> int:
        """Counts the calls known so far, also those an approval announced."""
        return max(self.expected, len(self.calls))

    @property
    def latest(self) -> CallChanged | None:
        """The call that tells most: the first of the step's own state, else the last."""
        return next((call for call in self.calls if call.state is self.state), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """A turn so far."""

    plan_id: str = ""
    steps: tuple[StepView, ...] = ()
    reply: str = ""
    kind: ReplyKind | None = None
    approval: ApprovalAsked | None = None
    ahead: int = 0
    is_link_lost: bool = False
    is_stopping: bool = False
    ended: Done | Failed | None = None

    @property
    def is_good(self) -> bool:
        """Whether the turn was answered: neither failed nor cancelled."""
        return self.ended == Done()


def begin(previous: TurnView | None = None) -> TurnView:
    """Begins a turn. One that resumes a plan shows the plan of the turn before, with nothing done yet."""
    if previous is None or previous.approval is None:
        return TurnView()
    steps = tuple(StepView(planned=step.planned, expected=step.expected) for step in previous.steps)
    return TurnView(plan_id=previous.plan_id, steps=steps)


def fold(view: TurnView, event: Event) -> TurnView:
    """Gives the turn as it looks after an event."""
    if isinstance(event, LinkLost):
        return replace(view, is_link_lost=True)
    view = replace(view, is_link_lost=False, ahead=0)
    match event:
        case Said():
            return view
        case Waiting(ahead):
            return replace(view, ahead=ahead)
        case Planned(plan_id=plan_id, steps=steps):
            return replace(view, plan_id=plan_id, steps=tuple(StepView(planned=step) for step in steps))
        case CallChanged():
            return replace(view, steps=_with_call(view.steps, event))
        case ApprovalAsked():
            return replace(view, approval=event, steps=_announced(view.steps, event))
        case Delta() | Reset() | Replied():
            return _with_words(view, event)
        case Done() | Failed():
            return replace(view, ended=event)


def stopping(view: TurnView) -> TurnView:
    """The user has asked for the turn to stop."""
    return replace(view, is_stopping=True)


def _with_words(view: TurnView, event: Delta | Reset | Replied) -> TurnView:
    if isinstance(event, Replied):
        return replace(view, reply=event.text, kind=event.kind)
    return replace(view, reply=view.reply + event.text if isinstance(event, Delta) else "")


def _announced(steps: tuple[StepView, ...], asked: ApprovalAsked) -> tuple[StepView, ...]:
    """Counts the calls that an approval announces for each step."""
    ids = [effect.step_id for effect in asked.effects]
    return tuple(replace(step, expected=ids.count(step.planned.id)) for step in steps)


def _with_call(steps: tuple[StepView, ...], call: CallChanged) -> tuple[StepView, ...]:
    if all(step.planned.id != call.step_id for step in steps):  # a plan that this window has not seen
        steps = (*steps, StepView(planned=PlannedStep(id=call.step_id, intent=call.step_id)))
    return tuple(_step_with(step, call) if step.planned.id == call.step_id else step for step in steps)


def _step_with(step: StepView, call: CallChanged) -> StepView:
    before = next((known for known in step.calls if known.index == call.index), None)
    if before and not call.server:  # an outcome may leave out what the start said
        call = replace(call, server=before.server, generation=before.generation)
    calls = sorted([known for known in step.calls if known is not before] + [call], key=lambda known: known.index)
    return replace(step, calls=tuple(calls))
