"""What a test does not account for: where anything that tells is left over, the condition was not understood."""

from collections.abc import Sequence
from functools import lru_cache

from orchestrator_server.embedded.conditions.dates import DAY_OF_WEEK, MONTH
from orchestrator_server.embedded.conditions.facts import Test, Words
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.weights import DECLARED
from orchestrator_server.embedded.words.english import NEGATIONS
from orchestrator_server.embedded.words.text import Token, norms

_STRICT = frozenset(
    [
        "before",
        "after",
        "until",
        "till",
        "since",
        "than",
        "between",
        "except",
        "next",
        "last",
        "first",
        "second",
        "third",
        "latest",
        "newest",
        "recent",
        "most",
        "more",
        "less",
        "fewer",
        "almost",
        "nearly",
        "another",
        "other",
        "others",
        "both",
        "during",
        "within",
        "half",
        "each",
        "only",
        "all",
        "some",
        "every",
        "few",
        "many",
        "may",
        "might",
        "could",
        "instead",
        "then",
        "whether",
        "rather",
        "later",
        "earlier",
        "sooner",
        "ago",
        "enough",
        "unless",
        "if",
        "nothing",
        "nobody",
        "none",
        "hardly",
        "barely",
        "scarcely",
        "without",
    ]
)
"""Small words that limit: none of them may be left over."""
_CALENDAR = frozenset([*DAY_OF_WEEK, *MONTH, "today", "tomorrow", "yesterday", "tonight", "week", "weekend", "month"])


def is_left(index: Index, tokens: Sequence[Token], words: Words, profile: Profile, test: Test) -> bool:
    """Is something left that the test does not account for: content, numbers, limits, values other than ids?"""
    known = _known_words(index, profile.intent.name)
    return any(
        _is_quantifier(tokens[at : at + 2]) or (token.norm not in words.nouns and _tells(index, token, known))
        for at, token in enumerate(tokens)
        if at not in test.used
    )


def _tells(index: Index, token: Token, known: frozenset[str]) -> bool:
    if token.shape:
        return token.shape not in index.ids
    return (
        token.norm[:1].isdigit()
        or token.norm in _STRICT | _CALENDAR
        or (is_content(token) and not _is_known(token, known) and token.norm not in NEGATIONS)
    )


@lru_cache(maxsize=256)
def _known_words(index: Index, intent: str) -> frozenset[str]:
    """The words of a response and of the intent that gives it, which add nothing: all but those of states and dates."""
    profile = index.by_name[intent]
    every = [f for field in profile.fields for f in (field, *field.elements)]
    telling = [n for f in every if f.kind == "timestamp" for n in f.names]
    telling += [n for f in every for c in f.constants for n in c.names]
    known = {word for word, weight in profile.words.items() if weight >= DECLARED}
    known |= {s for field in profile.fields for s in (*field.stems[-1:], field.owner.lower())}
    return frozenset(known - {s for name in telling for s in name.stems})


def _is_known(token: Token, known: frozenset[str]) -> bool:
    """Is this one of the source's words, or what one of them is made from?"""
    return token.stem in known or (len(token.stem) > 4 and any(word.startswith(token.stem) for word in known))


def _is_quantifier(tokens: Sequence[Token]) -> bool:
    """Is this the `no` that counts, and not that of "no longer"?"""
    return tokens[0].norm == "no" and norms(tokens) not in ("no longer", "no more")
