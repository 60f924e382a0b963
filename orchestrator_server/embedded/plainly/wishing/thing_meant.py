"""What only says again which thing is meant ("i mean the file, not the account"): it asks for nothing more."""

import re
from functools import lru_cache

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_BEHIND_MARK = r"(?<=[.!?,;:-] )(?:(?:[-.,;!:(]|and|but|so) )*"
_BEHIND_WORD = r"(?<=[a-z] )(?:(?:and|but|so) )*"
_MEAN = r"(?:(?:i|we) (?:do )?(?:mean|meant|am talking about|am speaking of|refer to) )"
_ONE = r"(?:(?:just|only) )?(?:the|an?|my|our|one|one of (?:the|my|our)|a single|this|that)"
_OTHER = (
    r"not (?:(?:about|for) )?(?:(?:the|my|our|an?|all(?: of)?(?: the| my)?|both|any|every) (?:of )?[a-z]+|all|both)"
)
_OF_ALL = lazy(r"\bnot (?:\w+ )?(?:all|both|any|every)\b")
_PLEASE = r"(?:(?: ,)? (?:please|mind you|though|of course|thanks|obviously))*"
_BEHIND = r"(?: [),.;!]|$| -)"
_THING = rf"{_ONE} (?P<thing>[a-z]+){_PLEASE}"
_BUT_NOT = rf"(?: [,.(-])* (?:and |but )?{_OTHER}{_PLEASE}"
_PATTERNS = tuple(
    lazy(pattern)
    for pattern in (
        rf"{_BEHIND_MARK}(?P<frame>{_OTHER}{_PLEASE}(?: [,.-])* (?:but )?{_MEAN}?{_THING})(?={_BEHIND})",
        rf"{_BEHIND_MARK}(?P<frame>{_MEAN}?{_THING}{_BUT_NOT})(?={_BEHIND})",
        rf"{_BEHIND_WORD}(?P<frame>{_MEAN}{_THING}{_BUT_NOT})(?={_BEHIND})",
        rf"(?:{_BEHIND_MARK}|{_BEHIND_WORD})(?P<frame>{_MEAN}{_THING})(?={_BEHIND})",
        rf"^(?P<frame>{_MEAN}{_THING}{_BUT_NOT} [-:,.;]) ",
        rf"\b{_ONE} (?P<thing>[a-z]+)(?P<frame>(?: only)?{_PLEASE}{_BUT_NOT})(?={_BEHIND})",
    )
)


def with_thing_meant(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens without such words, where no thing is named by its id, so that which one is meant is asked anyway."""
    if not any(token.norm in ("not", "mean", "meant") for token in tokens) or index.names_id(tokens):
        return tokens
    plain = respelled(tokens, _rules(index))
    return plain if any(not token.is_mark for token in plain) else tokens


@lru_cache(maxsize=16)
def _rules(index: Index) -> tuple[Rule, ...]:
    def is_thing(found: re.Match[str]) -> bool:
        is_of_one = not found["thing"].endswith("s") or "one of" in found["frame"]
        is_plain = is_of_one or _OF_ALL.search(found["frame"]) is None
        return is_plain and bool({stem(found["thing"]), found["thing"].removesuffix("s")} & index.things)

    return tuple(Rule(hints=("not ", "mean"), pattern=p, plain={"frame": ""}, applies=is_thing) for p in _PATTERNS)
