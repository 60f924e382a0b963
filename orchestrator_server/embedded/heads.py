"""Where a request begins: past politeness and wishes, at its verb or its question word."""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.english import CHANGING, DOING, SHOWING, stem, words
from orchestrator_server.embedded.text import Token

_LEAD = re.compile(
    r"""(?:(?:
      please|kindly|just|now|so|ok|okay|well|right|and|then|also|but|hi|hello|hey|there|dear|sir|madam|thanks|finally
    | first
    | (?:can|could|would|will)\ you(?:\ (?:please|kindly|maybe|just|also|possibly|help\ me(?:\ to|\ with)?))*
    | (?:i|we)\ (?:really\ |just\ |also\ |only\ |still\ |now\ )*(?:want|need|wish|have(?=\ to)|like|love|prefer
        |am\ trying|am\ going|would\ like|would\ love|would\ prefer)
      (?:\ (?:you|your\ help|help|assistance|some\ help))?(?:\ (?:to|with))?
    | (?:i\ )?(?:was|am)\ (?:wondering|hoping)(?:\ if\ you\ (?:can|could|would))?
    | i\ am\ looking\ to | want(?:ed)?\ to | need(?:ed)?\ to | like\ to | going\ to | have\ to | trying\ to | try\ to
    | (?:help|assist)\ me(?:\ to|\ with|\ in)? | help\ with | help | let\ me | let\ us | let
    | would\ you\ mind | do\ me\ a\ favou?r | go\ ahead | be\ so\ kind(?:\ as)?(?:\ to)?
    | (?:let\ me\ know|tell\ me|see|check)\ if\ you\ (?:can|could|would)
    | it\ would\ be\ (?:great|nice)\ if\ you\ (?:can|could) | i\ would\ appreciate\ it\ if\ you\ (?:can|could|would)
    | i\ (?:think|guess|suppose)(?:\ i)?
    | you\ (?:should|must|can|could|may|have\ to|need\ to) | to | maybe | please\ be
    | is\ it\ possible\ (?:for\ you\ )?to | by\ the\ way | oh | um | uh | actually | again | simply | directly | quickly
    )\ (?:[,!.:-]\ )*|[,!.:-]\ )*""",
    re.VERBOSE,
)
LIGHT = frozenset(stem(word) for word in SHOWING | CHANGING | DOING)
QUESTION = words(
    """
    what which who whose where when why how is are was were has have do does did am can could
    """
)


def head_at(tokens: Sequence[Token]) -> int | None:
    """The index of the first word past politeness and wishes; None when there is nothing else."""
    text = " ".join(token.norm for token in tokens) + " "
    found = _LEAD.match(text)
    index = text[: found.end()].count(" ") if found else 0
    return index if index < len(tokens) else None


def begins_request(tokens: Sequence[Token], verbs: frozenset[str], *, is_condition: bool = False) -> bool:
    """Do these tokens begin a request of their own: a wish, a question, or a verb that asks for something?

    Within a condition (`is_condition`) "I have ..." goes on with it.
    """
    at = head_at(tokens)
    if at is None:
        return False
    token = tokens[at]
    if token.norm in QUESTION:
        return _asks(tokens, at)
    if token.norm in ("i", "we"):
        return not is_condition
    if token.shape:
        return False
    return is_verb(token, verbs) or (token.norm == "do" and at + 1 < len(tokens) and tokens[at + 1].norm == "not")


def is_verb(token: Token, verbs: frozenset[str]) -> bool:
    """Is this a verb in its plain form that asks for something?"""
    known = token.stem in verbs or token.stem in LIGHT
    return known and not re.search(r"(?:\w{3}(?:ed|ing)|[^s]s)$", token.norm)


def _asks(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].norm in ("what", "which", "who", "whose", "where", "when", "why", "how"):
        return True
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and (
        following.norm in ("my", "the", "it", "i", "you", "there", "this", "that", "they", "not")
        or bool(following.shape)
    )
