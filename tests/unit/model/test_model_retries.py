"""pause_before_retry: how long, and when not."""

import email.utils
import time

import httpx2
import openai
import pytest

from orchestrator_server.model.retries import pause_before_retry

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1")


def failed(status: int, retry_after: str | None = None, code: str | None = None) -> openai.APIStatusError:
    headers = {} if retry_after is None else {"retry-after": retry_after}
    response = httpx2.Response(status, headers=headers, request=REQUEST)
    return openai.APIStatusError("x", response=response, body={"code": code})


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (failed(429), 0.5),
        (failed(500), 0.5),
        (failed(503, "2.5"), 2.5),
        (failed(429, "0"), 0.0),
        (failed(429, "-5"), 0.0),
        (failed(429, "soon"), 0.5),
        (failed(429, "9"), None),
        (failed(429, "inf"), None),
        (failed(429, code="insufficient_quota"), None),
        (failed(400), None),
        (failed(401), None),
        (openai.APIConnectionError(request=REQUEST), 0.5),
        (openai.APITimeoutError(request=REQUEST), None),
    ],
)
def test_a_pause_has_a_reason_and_a_bound(error: openai.APIError, pause: float | None):
    assert pause_before_retry(error, 0, longest=8.0) == pause


def test_pauses_double_up_to_the_longest():
    assert [pause_before_retry(failed(500), attempt, longest=3.0) for attempt in range(4)] == [0.5, 1.0, 2.0, 3.0]


def test_a_date_is_understood():
    date = email.utils.formatdate(time.time() + 5, usegmt=True)
    pause = pause_before_retry(failed(429, date), 0, longest=8.0)
    assert pause is not None
    assert 2.0 < pause <= 5.0
