"""What can go wrong with a model, in sentences that say what to do.

No sentence holds the key: what an endpoint says is quoted only after the key was taken out, and callers raise
`from None`, because the SDK's own errors carry the request with its headers.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

import openai

OPENAI_URL = "https://api.openai.com/v1"
NO_KEY = "none"
MAX_QUOTE = 300


class ModelError(Exception):
    """The model gave no answer that counts. `reason` is for programs, `message` says what to do.

    Reasons: MODEL_UNREACHABLE, MODEL_OVERLOADED, MODEL_FAILED, MODEL_REFUSED, MODEL_KEY_REFUSED, MODEL_NOT_FOUND,
    MODEL_NONSENSE.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelAddress:
    """Which model is asked, and where. `base_url` ends in the API's version, for instance `http://localhost:11434/v1`.

    An empty `base_url` means OpenAI's own. Local endpoints need no `api_key`.
    """

    base_url: str = field(repr=False)
    model: str
    api_key: str = field(default=NO_KEY, repr=False)

    @property
    def url(self) -> str:
        """The URL to ask, credentials and all."""
        return self.base_url or OPENAI_URL

    @property
    def host(self) -> str:
        """The host without credentials and port."""
        return urlsplit(self.url).hostname or ""

    @property
    def where(self) -> str:
        """The URL as it may be shown: without credentials and query."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def explain(error: Exception, address: ModelAddress) -> ModelError:
    """The sentence for what the SDK raised."""
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return timed_out(address)
    if isinstance(error, openai.APIConnectionError):
        hint = "check OPENAI_BASE_URL and that the endpoint is running"
        return ModelError("MODEL_UNREACHABLE", f"The model at {address.where} cannot be reached; {hint}.")
    if isinstance(error, openai.APIStatusError):
        return _explain_status(error, address)
    if isinstance(error, openai.APIError):
        said = _quote(error, address)
        return ModelError("MODEL_FAILED", f"The model at {address.where} broke off; try again. {said}")
    return nonsense(address, "what it sent is no JSON")


def timed_out(address: ModelAddress) -> ModelError:
    """The deadline passed."""
    return ModelError(
        "MODEL_UNREACHABLE", f"The model at {address.where} did not answer in time; try again or choose a faster model."
    )


def nonsense(address: ModelAddress, what: str) -> ModelError:
    """There was an answer, but it makes no sense."""
    advice = "say it in other words, or choose a stronger model"
    return ModelError("MODEL_NONSENSE", f"The answer of {address.model} makes no sense: {what}; {advice}.")


def is_out_of_quota(error: openai.APIStatusError) -> bool:
    """Is a 429 not about speed but about an account without credit? Waiting does not help then."""
    return error.status_code == 429 and "insufficient_quota" in (error.code, error.type)


def _explain_status(error: openai.APIStatusError, address: ModelAddress) -> ModelError:
    where, status = address.where, error.status_code
    if status in (401, 403):
        return ModelError("MODEL_KEY_REFUSED", f"{where} does not accept the key ({status}); check OPENAI_API_KEY.")
    if status == 404:
        hint = "check the model's name (OPENAI_MODEL) and OPENAI_BASE_URL"
        return ModelError("MODEL_NOT_FOUND", f"There is no model {address.model} at {where}; {hint}.")
    if is_out_of_quota(error):
        return ModelError("MODEL_REFUSED", f"The account at {where} has no credit left; check its plan and billing.")
    if status == 429:
        return ModelError("MODEL_OVERLOADED", f"The model at {where} has too many requests; try again in a minute.")
    if status >= 500:
        return ModelError("MODEL_FAILED", f"The model at {where} failed ({status}); try again, or look at its log.")
    return ModelError("MODEL_REFUSED", f"The model at {where} refused the request ({status}). {_quote(error, address)}")


def _quote(error: openai.APIError, address: ModelAddress) -> str:
    text = " ".join(error.message.split())
    if address.api_key not in ("", NO_KEY):
        text = text.replace(address.api_key, "***")
    return f"It says: {text[:MAX_QUOTE]}"
