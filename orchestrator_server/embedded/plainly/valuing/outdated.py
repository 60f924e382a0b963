"""Values that are named only to say that they hold no more: where one used to live, what is wrong in the account."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import DATE, EMAIL
from orchestrator_server.embedded.words.text import Token, norms, token_at

_BY_FAR = r"(?:(?:now|just|already|all|so|sadly|actually|simply|completely|totally|long) )*"
_OVER = (
    r"(?:old|wrong|previous|former|outdated|out of date|incorrect|obsolete|dead|gone|history|expired|invalid"
    r"|misspel(?:t|led)"
    r"|not (?:right|correct|current|valid|mine|true|in use|up to date|where (?:i|we) live)"
    r"|no longer \w+|not \w+ (?:any ?more|any longer)|where (?:i|we) (?:used to \w+|\w+ed|once \w+))"
)
_IS = rf"(?:is|was|are|has been|has become) {_BY_FAR}(?:(?:my|our|the|an?|from) )?{_OVER}\b"
HELD = lazy(
    rf"\b{_IS}|\bhave (?:\w+ ){{0,3}}wrong\b|\b(?:has|have) (?:\w+ ){{0,2}}changed\b|\bno longer (?:live|have)\b"
    rf"|\b(?:is|are) (?:now )?different\b|\b(?:typo|mistake|error) in (?:my|our|the)\b"
)
"""Says that something holds no more."""
_BEHIND = lazy(
    rf"(?: ,| -| \()?(?: (?:and|but))?(?: (?:which|that|this|it)(?: one)?)? {_IS}"
    r"|(?: ,)? any ?more\b| (?:does|do|will) not (?:work|exist|apply|reach)\b"
    rf"| (?:in|on|of) (?:my|our|the|your) \w+ {_IS}"
    rf"| (?:as|for) (?:my|our|the) \w+(?: \w+)?(?: ,)? (?:and|but) (?:that|this|it)(?: one)? {_IS}"
)
"""What is said of a value right behind it that holds no more."""
_USED_TO = lazy(r"(?: ,)? (?:which|that|this|it) is where (?:i|we) (?:used to|once) \w+")
_NOT_THERE = lazy(
    r"\b(?:(?:do|does|did|am|are|is|must|should|can|may|shall|would|to) not (?:go|come|live|stay|be|use"
    r"|have)(?: \w+ed)?"
    r"|(?:i|we) (?:am |are )?still (?:live|living|at|stay|staying|use|have)|(?:my|our) (?:\w+ ){1,2}was"
    r"|no longer (?:\w+ )?(?:live|living|at|use|have|stay|there)"
    r"|(?:moved|moving|move) (?:away |out )?(?:from|of)|(?:left|leaving|leave)|got rid of|used to (?:be|live|stay"
    r"|have|use)"
    r"|(?:old|previous|former|wrong) (?:one|\w+)(?: \w+){0,2} (?:is|was))(?: (?:to|at|in|on|from|under|any ?more"
    r"|of))*(?: ,)?$"
)
"""What stands before a place that was left, or to which nothing shall go."""
_WAS = lazy(r"\b(?:was|had)(?: still)?(?: :)?$")
_REPLACED = lazy(r"\b(?:replace|swap|exchange|change|switch|update|correct)(?: \w+){0,4}(?<! from)$")
_BY_ANOTHER = lazy(r" (?:by|with|to|for|into|against) <v>")
_NOT = lazy(r"(?: ,| and| -)? not(?: to| at| in)?$")
_ASKED = lazy(
    r"(?:\b(?:please|can you|could you|change|update|set|make|save|use|put|send|want|wish|need|should|must|has to"
    r"|have to|needs to|now|new)\b)(?: (?!which\b|that\b|but\b)\S+){0,8} (?:to|with|as|is|be|by|at|in|into|:)$"
)
"""A value that is asked for, whatever is said of it."""
_ELSEWHERE = lazy(
    r"(?: (?:this time|please|instead|now|only|again|thanks|\w+ time)){0,2}(?: ,)?(?: (?:and|but))? not"
    r" (?:(?:to|at|in) (?:my|our|the) (?:\w+ ){0,2}\w+|(?:to |at |in )?\d+ \w+(?: \w+){0,2})(?= [,.!?;]|$)"
)
"""Where something shall not go, beside where it shall."""
_NOT_THE_OTHER = lazy(
    r"\bto (?:my|our|the|his|her|their|an?) (?:\w+ )?(?:'s )?\w+(?P<other>(?: ,)?(?: (?:and|but))? not (?:to|at|in)"
    r" (?:my|our|the) (?:\w+ )?\w+)(?= [,.!?;]|$)"
)
_REACH = 12
_HIDDEN = "…"


def without_outdated(tokens: Sequence[Token], ids: frozenset[str]) -> tuple[Token, ...]:
    """The tokens with every such value as a plain word, so that nothing is set to it. Ids name things and stay."""
    tokens = _without_other_place(tokens)
    if not any(_is_plain(token, ids) for token in tokens):
        return tuple(tokens)
    found = [_hidden(token) if _is_over(tokens, at, ids) else token for at, token in enumerate(tokens)]
    found = list(_without_contrast(list(_unbroken(found))))
    return _without_elsewhere(found, ids) if any(_is_plain(token, ids) for token in found) else tuple(found)


def _without_other_place(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Without ", not to our flat" behind "to my office"."""
    found = _NOT_THE_OTHER.search(norms(tokens))
    if found is None:
        return tuple(tokens)
    first = token_at(found, "other") + 1
    return (*tokens[:first], *tokens[first + found["other"].count(" ") :])


def _unbroken(tokens: Sequence[Token]) -> Iterator[Token]:
    """Without the commas beside what is hidden, where the sentence goes on with it ("the one you have, X, is old")."""
    for at, token in enumerate(tokens):
        before, after = tokens[at - 1] if at else None, tokens[at + 1] if at + 1 < len(tokens) else None
        follows = tokens[at + 2].norm if at + 2 < len(tokens) else ""
        opens = after is not None and after.norm == _HIDDEN
        closes = before is not None and before.norm == _HIDDEN and after is not None and after.norm in ("is", "was")
        if not (token.norm == "," and (closes or (opens and follows in (",", "is", "was")))):
            yield token


def _is_plain(token: Token, ids: frozenset[str]) -> bool:
    return bool(token.shape) and token.shape not in ids | {DATE, EMAIL}


def _is_over(tokens: Sequence[Token], at: int, ids: frozenset[str]) -> bool:
    """Does the value at `at` hold no more? One of two that come apart by "not" is the other one's old one."""
    if not _is_plain(tokens[at], ids):
        return False
    before, after = norms(tokens[max(0, at - _REACH) : at]), " " + norms(tokens[at + 1 : at + 1 + _REACH])
    if _NOT_THERE.search(before) or _USED_TO.match(after):
        return True
    if _REPLACED.search(before) and _BY_ANOTHER.match(after):
        return True
    others = [token for token in tokens if token.shape == tokens[at].shape and token.value != tokens[at].value]
    if others and (_NOT.search(before) or _WAS.search(before)):
        return True
    return _BEHIND.match(after) is not None and not _ASKED.search(before)


def _without_contrast(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Without "not X but" before the value that is meant."""
    for at, token in enumerate(tokens):
        is_led = token.norm == _HIDDEN and at > 0 and tokens[at - 1].norm in ("not", "to")
        if is_led and norms(tokens[at + 1 : at + 2]) == "but":
            first = next((n for n in range(at - 1, max(-1, at - 3), -1) if tokens[n].norm == "not"), None)
            if first is not None:
                return (*tokens[:first], *tokens[at + 2 :])
    return tuple(tokens)


def _hidden(token: Token) -> Token:
    return replace(token, norm=_HIDDEN, stem=_HIDDEN, shape="", value="")


def _without_elsewhere(tokens: Sequence[Token], ids: frozenset[str]) -> tuple[Token, ...]:
    """Without "and not to my ..." right behind the value that is meant."""
    at = next(at for at, token in enumerate(tokens) if _is_plain(token, ids))
    found = _ELSEWHERE.match(" " + norms(tokens[at + 1 :]))
    return (*tokens[: at + 1], *tokens[at + 1 + found[0].count(" ") :]) if found else tuple(tokens)
