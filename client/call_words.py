"""The few words and the sign for a call, the same on every screen that shows one. Pure."""

from rich.cells import cell_len, set_cell_size

from client.events import CallChanged, Effect, Generation, PlannedStep, StepState
from client.glyphs import Glyphs

STYLES = {
    StepState.WAITING: "dim",
    StepState.RUNNING: "cyan",
    StepState.DONE: "green",
    StepState.SKIPPED: "dim",
    StepState.FAILED: "red",
    StepState.UNKNOWN: "yellow",
    StepState.CANCELLED: "dim",
}


def sign_of(state: StepState, *, glyphs: Glyphs, frame: int = 0, is_over: bool) -> tuple[str, str]:
    """The sign and its style. What still ran when the turn was left is unclear, not running."""
    shown = StepState.UNKNOWN if is_over and state is StepState.RUNNING else state
    return f"{glyphs.of(shown, frame)} ", STYLES[shown]


def answered_by(call: CallChanged | Effect, *, is_narrow: bool, glyphs: Glyphs) -> str:
    """Who was asked, or would be, and which side that is; a narrow screen has room for the side alone."""
    generation = call.generation.value
    if is_narrow or call.server == generation:
        return generation or call.server
    return f"{call.server} {glyphs.dot} {generation}" if call.generation is not Generation.UNKNOWN else call.server


def condition_words(step: PlannedStep, words: str = "") -> str:
    """The condition as the user said it, here or in an event, and whether a model judges it."""
    judged = " (judged by the model)" if step.is_judged else ""
    return f"\u201c{words or step.condition}\u201d{judged}"


def seen_words(seen: tuple[tuple[str, str], ...], link: str = " is ") -> str:
    """The values that a condition saw, under the last part of their names, or the whole where two are alike."""
    short = [path.rpartition(".")[2].replace("_", " ") for path, _ in seen]
    names = [path if short.count(name) > 1 else name for name, (path, _) in zip(short, seen, strict=True)]
    return ", ".join(f"{name}{link}{value}" for name, (_, value) in zip(names, seen, strict=True))


def cut(text: str, width: int, glyphs: Glyphs) -> str:
    """Makes the text exactly so many cells wide."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - len(glyphs.more)) + glyphs.more
