"""Which steps of a report are told in one sentence, and how words that differ in one place are put together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from orchestrator_server.catalogue import Intent
from orchestrator_server.english_forms import bounded, listed, past, plural
from orchestrator_server.plan import OutcomeStatus
from orchestrator_server.report import StepReport

MOST_NAMED = 10
MOST_REASONS = 5
OTHERS = "others"
SHARED = ("it is ", "it was ", "it has ")
"""Reasons that several elements of one list can have in common."""
_SILENT = frozenset({OutcomeStatus.SUCCEEDED, OutcomeStatus.SKIPPED, OutcomeStatus.CANCELLED})


@dataclass(slots=True, kw_only=True)
class Group:
    """Steps with one outcome, for one reason."""

    key: tuple[object, ...]
    steps: list[StepReport] = field(default_factory=list)

    @property
    def first(self) -> StepReport:
        """The step that was asked for first."""
        return self.steps[0]


def grouped(steps: Iterable[StepReport]) -> list[Group]:
    """The steps that are told, in the order in which they were asked for.

    A step joins the group before it, or one of the same intent when nothing else came between. Supporting reads are
    told only when they went wrong.
    """
    groups: list[Group] = []
    for step in steps:
        if step.is_supporting and step.status in _SILENT:
            continue
        key = _key(step)
        found = next((group for group in _near(groups, step) if group.key == key), None)
        if found is None:
            groups.append(found := Group(key=key))
        found.steps.append(step)
    return _bounded(groups)


def together(words: Sequence[str], intent: Intent, joint: str = "and") -> str:
    """`renew loans L-1 and L-2`; empty where the words differ in more than one place."""
    split = [one.split(" ") for one in dict.fromkeys(words)]
    if len(split) == 1:
        return words[0]
    shortest = min(len(one) for one in split)
    head = next((at for at in range(shortest) if len({one[at] for one in split}) > 1), shortest)
    tail = next((at for at in range(shortest - head) if len({one[-1 - at] for one in split}) > 1), shortest - head)
    middles = [" ".join(one[head : len(one) - tail]) for one in split]
    if not head or not all(middles):
        return ""
    before, after = split[0][:head], split[0][len(split[0]) - tail :]
    if f"{before[-1]}_id" in {parameter.name for parameter in intent.parameters}:
        before = [*before[:-1], plural(before[-1])]
    return " ".join([*before, listed(bounded(middles, MOST_NAMED), joint), *after])


def in_one(steps: Sequence[StepReport], joint: str) -> str:
    """What several steps do, in one phrase: `renew loans L-1 or L-2, or stop the letters`."""
    by_intent: dict[str, list[StepReport]] = {}
    for step in steps:
        by_intent.setdefault(step.intent.name, []).append(step)
    parts = [part for same in by_intent.values() for part in _parts(same, joint)]
    return listed(bounded(parts, MOST_NAMED), joint)


def done(words: str) -> str:
    """`renew loans L-1 and L-2` → `I renewed loans L-1 and L-2`; empty where no verb comes first."""
    verb, _, rest = words.partition(" ")
    return f"I {past(verb)} {rest}".strip() if verb.isalpha() and verb.islower() else ""


def _parts(steps: Sequence[StepReport], joint: str) -> list[str]:
    words = [step.words for step in steps]
    one = together(words, steps[0].intent, joint)
    return [one] if one else list(dict.fromkeys(words))


def _bounded(groups: Sequence[Group]) -> list[Group]:
    """Of many elements that went another way each for its own reason, the first with theirs, the others together."""
    kept: list[Group] = []
    counts: dict[tuple[str, OutcomeStatus], int] = {}
    rest: dict[tuple[str, OutcomeStatus], Group] = {}
    for group in groups:
        place = (group.first.step_id, group.first.status)
        counts[place] = counts.get(place, 0) + 1
        if counts[place] <= MOST_REASONS or group.first.status is OutcomeStatus.SUCCEEDED:
            kept.append(group)
        elif place in rest:
            rest[place].steps.extend(group.steps)
        else:
            kept.append(rest.setdefault(place, Group(key=(*place, OTHERS), steps=list(group.steps))))
    return kept


def _near(groups: Sequence[Group], step: StepReport) -> list[Group]:
    """The last group, and those before it as long as all that came since is of the step's intent."""
    near = list(groups[-1:])
    for group in reversed(groups):
        if any(one.intent.name != step.intent.name for one in group.steps):
            break
        near.append(group)
    return near


def _key(step: StepReport) -> tuple[object, ...]:
    match step.status:
        case OutcomeStatus.SUCCEEDED:
            return step.status, step.intent.name if step.intent.has_effect else step.step_id
        case OutcomeStatus.SKIPPED:
            because = step.because if step.things and step.because.startswith(SHARED) else step.because_named
            return step.status, step.reason, step.condition, because, step.blocked_by, step.things
        case OutcomeStatus.FAILED if step.reason in ("NOT_ALLOWED", "ARGUMENT_FAILED", "CONDITION_FAILED"):
            return step.status, step.reason, step.condition
    return step.status, step.message
