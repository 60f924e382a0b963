"""The few signs that the screens are made of, with a plain set for terminals that cannot show them."""

from dataclasses import dataclass

from client.events import StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """One sign for each thing; `spinner` holds the frames of one that moves."""

    prompt: str
    waiting: str
    done: str
    skipped: str
    failed: str
    unknown: str
    cancelled: str
    dot: str
    more: str
    spinner: tuple[str, ...]

    def of(self, state: StepState, frame: int) -> str:
        """The sign of a state; a running one moves with the frame."""
        if state is StepState.RUNNING:
            return self.spinner[frame % len(self.spinner)]
        return {
            StepState.WAITING: self.waiting,
            StepState.DONE: self.done,
            StepState.SKIPPED: self.skipped,
            StepState.FAILED: self.failed,
            StepState.UNKNOWN: self.unknown,
            StepState.CANCELLED: self.cancelled,
        }[state]


FANCY = Glyphs(
    prompt="\u203a",
    waiting="·",
    done="✓",
    skipped="\u2013",
    failed="✗",
    unknown="?",
    cancelled="\u2013",
    dot="·",
    more="…",
    spinner=tuple("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"),
)
PLAIN = Glyphs(
    prompt=">",
    waiting=".",
    done="+",
    skipped="-",
    failed="x",
    unknown="?",
    cancelled="-",
    dot="-",
    more="...",
    spinner=tuple("|/-\\"),
)


def glyphs_for(encoding: str) -> Glyphs:
    """Chooses the set that an encoding can carry."""
    return FANCY if encoding.lower().replace("-", "").startswith("utf") else PLAIN
