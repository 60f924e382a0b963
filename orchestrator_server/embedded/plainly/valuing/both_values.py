"""Two values that are told first and then set ("PHONE and PLACE are new, update both"): each is set by itself."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.features import CHANGING_STEMS
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import LONG, Kind
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_BOTH = lazy(
    r"(?:^|(?<=[-.!?;,:\n] )|(?<=<v> )|(?<=\band )|(?<=\bso ))"
    r"(?P<asked>(?:(?:please|can you|could you|would you|kindly|just|now|i want you to|i need you to|you can|,) )*"
    r"(?P<do>[a-z]+) "
    r"(?:both(?: of (?:them|those|these))?|(?:them|these|those) (?:both|2)|them|these|those|the 2(?: of them)?)"
    r"(?: (?:in|on|for|to|at|with) (?:my|the|your|our|me|you)(?: [a-z]+)?| please| now| asap| thanks| accordingly"
    r"| right away| today)*)(?= [-.,!?;)\n]|$)"
)
_OLD = lazy(r"\b(?:old|previous|former|used to|do not|never|no longer|if|when|unless)\b")
_NOTING = frozenset(["save", "put", "note", "store", "enter", "record", "add", "register"])
_TWO = 2


def with_both_set(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "update my phone to PHONE. update my place to PLACE" for such words."""
    values = [token for token in tokens if token.shape]
    if len(values) != _TWO or values[0].shape == values[1].shape or index.names_id(values):
        return tokens
    text = norms(tokens)
    found = _BOTH.search(text)
    if found is None or _OLD.search(text) or not (stem(found["do"]) in CHANGING_STEMS or found["do"] in _NOTING):
        return tokens
    setters = [_setter(index, value.shape) for value in values]
    first = token_at(found, "asked")
    end = first + found["asked"].count(" ") + 1
    named = [
        (noun, value) for noun, value in zip(setters, values, strict=True) if noun and value.start < tokens[first].start
    ]
    if len(named) != _TWO:
        return tokens
    return (*tokens[:first], *_said(named, tokens[first]), *tokens[end:])


def _setter(index: Index, shape: str) -> str:
    """The word for what the one effect sets that takes nothing but such a value; empty where there is none."""
    return next((profile.required[0].name for profile in index.profiles if _sets(profile, shape)), "")


def _sets(profile: Profile, shape: str) -> bool:
    if not profile.intent.has_effect or len(profile.required) != 1:
        return False
    one = profile.required[0]
    return one.pattern == shape or (shape == LONG and profile.kinds[one.name] is Kind.LONG)


def _said(named: Sequence[tuple[str, Token]], at: Token) -> Iterator[Token]:
    for place, (noun, value) in enumerate(named):
        if place:
            yield new_word(".", at)
        yield from (new_word(word, at) for word in ("change", "my", *noun.split("_"), "to"))
        yield value
