"""The one value that is meant where another is named that it replaces: "from X to Y", "my old one was X"."""

import re
from collections.abc import Sequence

from orchestrator_server.catalogue import Parameter
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import DATE
from orchestrator_server.embedded.words.text import Token, norms

_OLD = lazy(r"\b(?:from|not|instead of|rather than|no longer|(?:old|previous|former|wrong)(?: \w+){0,2})(?: \w+)?$")
_LEADS_TO_NEW = lazy(r"\b(?:by|with|to|for|into|:)$")
_OLD_AFTER = lazy(
    r"(?:is|was) (?:my |the |an )?(?:old|wrong|previous|outdated)|or still|(?:is )?no longer|does not work"
)


def lone_value(tokens: Sequence[Token], shape: str) -> str | None:
    """The only value of `shape` that is not said to be an old one; None where two are left."""
    said = {t.value for at, t in enumerate(tokens) if t.shape == shape and not _is_old(tokens, at)}
    return next(iter(said)) if len(said) == 1 else None


def lone_date(parameter: Parameter, tokens: Sequence[Token]) -> str | None:
    """The only date, where the parameter takes dates."""
    dates = {t.value for at, t in enumerate(tokens) if t.shape == DATE and not _is_old(tokens, at)}
    value = next(iter(dates)) if len(dates) == 1 else ""
    return value if value and re.fullmatch(parameter.pattern, value) else None


def _is_old(tokens: Sequence[Token], at: int) -> bool:
    """Is this the value that another replaces: "from X to Y", "Y, not X", "my old one was X", "X is gone"?"""
    after = norms(tokens[at + 1 : at + 7])
    before = norms(tokens[max(0, at - 5) : at])
    is_led = _LEADS_TO_NEW.search(before) is not None
    return (not is_led and _OLD.search(before) is not None) or _OLD_AFTER.match(after) is not None
