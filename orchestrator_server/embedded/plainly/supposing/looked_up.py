"""What is to be looked up before something is done: "before you stop it, have a look whether it has left"."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.plainly.supposing.supposed_words import BEGINS
from orchestrator_server.embedded.words.patterns import lazy

_POLITE = r"(?:(?:please|first|just|kindly|then|can you|could you|would you|will you) )*"
_LOOK = (
    r"(?:(?:have|take|get) (?:an?|another) (?:(?:quick|brief|short|close|little|good) )?(?:look|peek|glance|check)"
    r"(?: (?:for me|first|please|at it|at that|to see|and see|and tell me))*"
    r"|(?:do|make|run) (?:a|an) (?:(?:quick|brief|short) )?check"
    r"|satisfy yourself|convince yourself|make certain)"
)
LOOKED_UP = (
    Rule(
        hints=("look", "peek", "glance", "check", "yourself", "certain"),
        pattern=lazy(rf"{BEGINS}{_POLITE}(?P<a>{_LOOK})(?= (?:if|whether)\b)"),
        plain={"a": "check"},
    ),
)
"""Each with "check"."""
