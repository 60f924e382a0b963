"""Errors of servers: raised where they are known, translated once, in the interceptor.

ServiceError                 anything a caller is told, as google.rpc.Status with ErrorInfo
├── InvalidArgument          the caller's fault: fields are wrong; carries BadRequest violations
├── Unauthenticated          the caller's fault: no token, or one that does not count here
├── PermissionDenied         the caller may not do this
├── NotFound                 does not exist, or belongs to another
│   └── NotYours             belongs to another; told like what does not exist, and recorded
├── FailedPrecondition       the state forbids it; trying again changes nothing
├── Aborted                  somebody else was at it; trying again may help
├── ResourceExhausted        a bound was reached
├── Unavailable              our fault, and passing; trying again may help
└── DeadlineExceeded         it took longer than it may

StartError                   a server cannot start; told on the terminal
"""

from collections.abc import Sequence
from dataclasses import dataclass

import grpc


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldViolation:
    """One field that is wrong: its path as in the request (`items[1]`) and what to do about it."""

    field: str
    description: str


class ServiceError(Exception):
    """What a caller is told.

    `reason` is UPPER_SNAKE_CASE for programs; `message` is one sentence for people and says what to do; the variable
    parts of the message are also in `metadata` (AIP-193).
    """

    code: grpc.StatusCode = grpc.StatusCode.INTERNAL

    def __init__(self, reason: str, message: str, **metadata: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.metadata = metadata
        self.violations: Sequence[FieldViolation] = ()


class InvalidArgument(ServiceError):
    """Fields are wrong; nothing was done."""

    code = grpc.StatusCode.INVALID_ARGUMENT

    def __init__(self, reason: str, message: str, violations: Sequence[FieldViolation] = (), **metadata: str) -> None:
        super().__init__(reason, message, **metadata)
        self.violations = tuple(violations)


class Unauthenticated(ServiceError):
    """There is no token, or one that does not count here."""

    code = grpc.StatusCode.UNAUTHENTICATED


class PermissionDenied(ServiceError):
    """The caller is known and may not do this."""

    code = grpc.StatusCode.PERMISSION_DENIED


class NotFound(ServiceError):
    """It does not exist, or belongs to another: the two look the same."""

    code = grpc.StatusCode.NOT_FOUND


class NotYours(NotFound):
    """It belongs to another. Raise it with the reason, message and metadata of the NotFound of such a thing."""


class FailedPrecondition(ServiceError):
    """The state forbids it; trying again changes nothing."""

    code = grpc.StatusCode.FAILED_PRECONDITION


class Aborted(ServiceError):
    """Somebody else was at it; trying again may help."""

    code = grpc.StatusCode.ABORTED


class ResourceExhausted(ServiceError):
    """A bound was reached."""

    code = grpc.StatusCode.RESOURCE_EXHAUSTED


class Unavailable(ServiceError):
    """Our fault, and passing; trying again may help."""

    code = grpc.StatusCode.UNAVAILABLE


class DeadlineExceeded(ServiceError):
    """It took longer than it may; whether it happened is not known."""

    code = grpc.StatusCode.DEADLINE_EXCEEDED


class StartError(Exception):
    """A server cannot start; the message is one sentence that says what to do. Never crosses the wire."""
