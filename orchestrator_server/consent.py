"""Yes and no in plain words, judged by code and never by a model."""

import re

YES = frozenset(
    {
        "y",
        "yes",
        "yes please",
        "yep",
        "yeah",
        "sure",
        "ok",
        "okay",
        "go ahead",
        "yes go ahead",
        "please do",
        "do it",
        "yes do it",
        "confirm",
        "confirmed",
        "i confirm",
        "approved",
    }
)
NO = frozenset(
    {
        "n",
        "no",
        "no thanks",
        "no thank you",
        "nope",
        "stop",
        "cancel that",
        "never mind",
        "nevermind",
        "don't",
        "do not",
        "please don't",
        "no don't",
        "leave it",
        "abort",
    }
)


def consent(text: str) -> bool | None:
    """True for a yes, False for a no, None for anything else: words must be a yes or a no and nothing more."""
    words = re.sub(r"[^\w' ]+", " ", text.casefold().replace("\u2019", "'"))
    said = " ".join(words.split())
    if said in YES:
        return True
    return False if said in NO else None
