"""What can be wrong with an expression, and the error that says so."""

from typing import NamedTuple


class Problem(NamedTuple):
    """`reason` is for programs; `message` is worded so that a model can mend it; `name` is what nobody knows."""

    reason: str
    message: str
    name: str = ""


class ExpressionError(Exception):
    """The expression does not compile, or its evaluation failed; the message says why.

    `reason` tells the kinds apart (`UNKNOWN_FIELD`, `NOT_SET` ...); `name` is what nobody knows, if that is wrong.
    """

    def __init__(self, message: str, *, reason: str = "EXPRESSION_WRONG", name: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.name = name
