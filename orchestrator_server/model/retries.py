"""When a refused or broken request is worth another try, and after how long."""

import email.utils
import time

import openai

from orchestrator_server.model.errors import is_out_of_quota

FIRST_PAUSE = 0.5


def pause_before_retry(error: openai.APIError, attempt: int, longest: float) -> float | None:
    """Seconds to wait before the next try; None when another try makes no sense.

    `attempt` counts from 0. A `Retry-After` is honoured up to `longest`; an endpoint that wants more is given up at
    once, because coming back too early only makes its queue longer. After a time-out no time is left.
    """
    if isinstance(error, openai.APITimeoutError):
        return None
    if isinstance(error, openai.APIConnectionError):
        return _backoff(attempt, longest)
    if not isinstance(error, openai.APIStatusError) or not _is_passing(error):
        return None
    asked = _retry_after(error)
    if asked is None:
        return _backoff(attempt, longest)
    return asked if asked <= longest else None


def _is_passing(error: openai.APIStatusError) -> bool:
    return (error.status_code == 429 or error.status_code >= 500) and not is_out_of_quota(error)


def _backoff(attempt: int, longest: float) -> float:
    return min(FIRST_PAUSE * 2.0**attempt, longest)


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Seconds (RFC 9110, 10.2.3: a number or a date); None when there is none or it cannot be read."""
    value = error.response.headers.get("retry-after", "")
    try:
        return max(0.0, float(value))
    except ValueError:
        date = email.utils.parsedate_tz(value)
        return None if date is None else max(0.0, email.utils.mktime_tz(date) - time.time())
