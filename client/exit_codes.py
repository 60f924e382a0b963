"""The exit statuses, for scripts."""

from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """How the program ended; `meaning` says it in a few words."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> Self:
        """Keeps the meaning beside the number."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    ANSWERED = 0, "answered"
    FAILED = 1, "the last turn of a piped chat failed, or the client itself broke"
    USAGE = 2, "wrong usage or settings"
    CLARIFICATION_NEEDED = 3, "something is missing; the reply asks for it"
    REFUSED = 4, "refused; the reply says what can be done instead"
    APPROVAL_NEEDED = 5, "waits for your yes (see --yes); nothing was changed"
    STEP_FAILED = 6, "a step failed, or nobody knows whether it happened"
    NOT_SIGNED_IN = 7, "not signed in"
    UNREACHABLE = 8, "the server cannot be reached"
    TURN_FAILED = 9, "the turn could not be answered"
    CANCELLED = 130, "cancelled"


def epilog() -> str:
    """Lists the statuses for `--help`. The `\\b` keeps click from joining the lines."""
    lines = [f"  {code.value:>3}  {code.meaning}" for code in ExitCode]
    return "\n".join(["\b", "Exit status:", *lines])
