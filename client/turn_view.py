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
    """A step and the calls it has made, one for each element of a `for_each`, in order of their index.

    `earlier` are calls that were over before the turn began, where it resumes a plan. `expected` is how many there
    will be, as far as it was told.
    """

    planned: PlannedStep
    calls: tuple[CallChanged, ...] = ()
    earlier: tuple[CallChanged, ...] = ()
    expected: int = 0

    @property
    def state(self) -> StepState:
        """Where the step stands as a whole: the worst of its calls, running while one runs.

        It waits while nothing ran and more is to come, also where elements were left out already.
        """
        states = {call.state for call in self.calls or self.earlier}
        if self.over < self.total and (not self.calls or states == {StepState.SKIPPED}):
            return StepState.WAITING
        if StepState.RUNNING in states:
            return StepState.RUNNING
        worst = next((state for state in _WORST_FIRST if state in states), StepState.SKIPPED)
        return worst if states else StepState.WAITING

    @property
    def over(self) -> int:
        """Counts the elements that are over; all, where one outcome settled the whole step."""
        if any(call.is_whole_step for call in self.known):
            return self.total
        return sum(call.state in _OVER for call in self._of_elements)

    @property
    def total(self) -> int:
        """Counts the elements: as the server tells, else those known so far, also those an approval announced."""
        return max(self.expected, len(self._of_elements))

    @property
    def is_fan_out(self) -> bool:
        """Whether it runs for each of a list."""
        return self.planned.is_repeated or self.total > 1

    @property
    def known(self) -> tuple[CallChanged, ...]:
        """All calls, of this turn and before it, in order of their index."""
        by_index = {call.index: call for call in (*self.earlier, *self.calls)}
        return tuple(by_index[index] for index in sorted(by_index))

    @property
    def latest(self) -> CallChanged | None:
        """The first call of this turn that is in the step's own state."""
        return next((call for call in self.calls if call.state is self.state), None)

    @property
    def _of_elements(self) -> tuple[CallChanged, ...]:
        return tuple(call for call in self.known if not call.is_whole_step)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """A turn so far.

    `paused` is a plan that waits while the user says something: the turn is about it if a call of that plan leaves.
    """

    plan_id: str = ""
    steps: tuple[StepView, ...] = ()
    reply: str = ""
    kind: ReplyKind | None = None
    approval: ApprovalAsked | None = None
    ahead: int = 0
    is_link_lost: bool = False
    is_stopping: bool = False
    ended: Done | Failed | None = None
    paused: "TurnView | None" = None


def begin(previous: TurnView | None = None) -> TurnView:
    """Begins a turn. One that resumes a plan shows the plan of the turn before, and what was over keeps counting."""
    if previous is None or previous.approval is None:
        return TurnView()
    return TurnView(plan_id=previous.plan_id, steps=tuple(_resumed(step) for step in previous.steps))


def begin_with_words(previous: TurnView) -> TurnView:
    """Begins a turn that words begin; only what comes of them shows whether they resume the plan that waits."""
    return TurnView(paused=begin(previous)) if previous.approval else TurnView()


def fold(view: TurnView, event: Event) -> TurnView:
    """Gives the turn as it looks after an event."""
    if isinstance(event, LinkLost):
        return replace(view, is_link_lost=True)
    view = _resuming(replace(view, is_link_lost=False, ahead=0), event)
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


def _resuming(view: TurnView, event: Event) -> TurnView:
    paused = view.paused
    if paused is None or not isinstance(event, CallChanged | ApprovalAsked) or event.plan_id != paused.plan_id:
        return view
    return replace(view, plan_id=paused.plan_id, steps=paused.steps, paused=None)


def _with_words(view: TurnView, event: Delta | Reset | Replied) -> TurnView:
    if isinstance(event, Replied):
        return replace(view, reply=event.text, kind=event.kind)
    return replace(view, reply=view.reply + event.text if isinstance(event, Delta) else "")


def _resumed(step: StepView) -> StepView:
    over = tuple(call for call in step.known if call.state in _OVER)
    return StepView(planned=step.planned, earlier=over, expected=step.expected)


def _announced(steps: tuple[StepView, ...], asked: ApprovalAsked) -> tuple[StepView, ...]:
    """Counts the calls that an approval announces for each step, beside those that are over."""
    ids = [effect.step_id for effect in asked.effects]
    return tuple(replace(s, expected=max(s.expected, s.over + ids.count(s.planned.id))) for s in steps)


def _with_call(steps: tuple[StepView, ...], call: CallChanged) -> tuple[StepView, ...]:
    if all(step.planned.id != call.step_id for step in steps):  # a plan that this window has not seen
        steps = (*steps, StepView(planned=PlannedStep(id=call.step_id, intent=call.step_id)))
    return tuple(_step_with(step, call) if step.planned.id == call.step_id else step for step in steps)


def _step_with(step: StepView, call: CallChanged) -> StepView:
    before = next((known for known in step.calls if known.index == call.index), None)
    if before and not call.server:  # an outcome may leave out what the start said
        call = replace(call, server=before.server, generation=before.generation)
    calls = sorted([known for known in step.calls if known is not before] + [call], key=lambda known: known.index)
    return replace(step, calls=tuple(calls), expected=call.total or step.expected)
