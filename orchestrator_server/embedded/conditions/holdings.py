"""Tests of what a list holds by name: "if it has the blue key in it", "if the map is part of it"."""

import json
import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.conditions.facts import Test, Words, named
from orchestrator_server.embedded.declared.fields import Field, Name
from orchestrator_server.embedded.words.english import FUNCTION, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.singulars import singular

_THING = r"(?:(?:it|them|there|that|this|these|those|the \w+(?: <v>)?|my \w+(?: <v>)?|<v>|\w+ <v>)(?= |$))"
_ARTICLES = ("a", "an", "the", "any", "some", "my", "one", "that", "those")
_ARTICLE = f"(?:(?:{'|'.join(_ARTICLES)}) )?"
_VALUE = r"(?P<value>[^\W\d_][\w'&-]*(?: (?!and |or |in |on |that )[\w'&-]+){0,5}?)"
_INSIDE = r"(?:in|inside|among|amongst|on|within|part of|included in|one of|contained in)"
_LIMITS = frozenset(
    [
        "nor",
        "both",
        "neither",
        "either",
        "among",
        "amongst",
        "but",
        "more",
        "less",
        "fewer",
        "than",
        "at",
        "most",
        "only",
        "one",
        "two",
        "exactly",
        "enough",
        "nothing",
    ]
)
_TELLING = frozenset(["i", "we", "you", "which", "who", "that"])
"""What tells more of a thing than its name."""
_VERBS = frozenset(
    [
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "not",
        "no",
        "never",
        "made",
        "got",
        "there",
        "still",
        "also",
    ]
)
"""What no name of a thing holds."""
_PATTERNS = (
    lazy(rf"\b(?:contain(?:s|ed|ing)?|includ(?:es?|ed|ing)) {_ARTICLE}{_VALUE}(?: {_INSIDE} {_THING})?$"),
    lazy(rf"\bthere (?:is|are|was|were) (?:not |no )?{_ARTICLE}{_VALUE} {_INSIDE} {_THING}$"),
    lazy(rf"\b(?:(?:has|have|had)(?: not)?(?: got)?|got|with) (?:not |no )?{_ARTICLE}{_VALUE} (?:in|inside) {_THING}$"),
    lazy(rf"^(?:is |are |does )?(?:either |neither )?{_ARTICLE}{_VALUE} (?:is|are|was"
        rf"|were) (?:not )?{_INSIDE} {_THING}$"),
    lazy(rf"^(?:is|are|was|were) (?:either )?{_ARTICLE}{_VALUE} {_INSIDE} {_THING}$"),
)  # fmt: skip


def contains(words: Words, fields: Sequence[Field]) -> Iterator[Test]:
    """Whether a list holds something by that name."""
    for field in fields:
        key = _naming(field)
        if field.kind != "list" or key is None:
            continue
        for pattern in _PATTERNS:
            if (found := pattern.search(words.text)) and (test := _holds(words, field, key, found)):
                yield test


def _naming(field: Field) -> Field | None:
    """What the elements of a list go by: the text that replies show of them, and no id."""
    texts = [e for e in field.elements if e.kind == "string" and e.name != "id" and not e.name.endswith("_id")]
    shown = (e for e in texts if e.is_shown)
    return next(shown, None) or next((e for e in texts if {"name", "title"} & set(e.name.split("_"))), None)


def _holds(words: Words, field: Field, key: Field, found: re.Match[str]) -> Test | None:
    places = sorted(words.places(found, "value"))
    while places and words.norms[places[0]] in _ARTICLES:
        places.pop(0)
    noun = Name(words=(field.element_name.lower(),), stems=(stem(field.element_name.lower()),))
    own = named(words, [*field.names, noun])
    if own & set(places) or any(words.norms[at] in _LIMITS or words.norms[at][:1].isdigit() for at in places):
        return None
    norms = {words.norms[at] for at in places}
    if norms <= FUNCTION or norms & _TELLING or norms & _VERBS:
        return None
    said = [words.surfaces[at].lower() for at in places]
    said[-1] = singular(said[-1].removesuffix("'s"))
    value = json.dumps(rf"(?i)\b{'[ -]'.join(re.escape(word) for word in said)}(?:e?s)?\b")
    test = f"@{field.path}.exists(x, x{key.path}.matches({value}))"
    denied = frozenset(at for at in words.places(found) if words.norms[at] in ("not", "neither"))
    is_none = any(words.norms[at] == "no" for at in words.places(found))
    return Test(
        positive=f"!{test}" if is_none else test,
        negative=test if is_none else f"!{test}",
        used=(words.places(found) | own) - denied,
        quality=2,
        value=frozenset(places),
    )
