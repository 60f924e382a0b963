"""Text of others, fit to stand within a sentence of ours: one line, bounded, and quoted where it talks itself."""

import re
import unicodedata

MAX_LENGTH = 300
MAX_UNQUOTED = 120
JOINERS = "\u200c\u200d"
_TALKING = re.compile(r"[^\W\d_]{4,}[.!?…:]+[^\w\s]*\s+\S|[^\W\d_]{4,}[.!?…]$")
"""A sentence that ends, or a word with a colon before more: what makes a value read as if the assistant said it."""


def one_line(text: str) -> str:
    """The text without line breaks, control characters and our own marks (Unicode's private use)."""
    kept = (" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in text if not _is_dropped(one))
    return re.sub(r"\s+", " ", "".join(kept)).strip()


def inserted(text: str) -> str:
    """A value as it stands in a sentence: on one line, cut where it is long, in quotation marks where it talks."""
    said = one_line(text)
    cut = said if len(said) <= MAX_LENGTH else said[: MAX_LENGTH - 1] + "…"
    is_talking = len(said) > MAX_UNQUOTED or _TALKING.search(said) is not None
    return quoted(cut) if is_talking else cut


def quoted(text: str) -> str:
    """In quotation marks that nothing within it closes."""
    return f"“{re.sub('[“”„]', chr(34), text)}”"


def _is_dropped(one: str) -> bool:
    return unicodedata.category(one) in ("Cf", "Co", "Cs", "Cn") and one not in JOINERS
