"""Where a request begins: past politeness and wishes, at its verb or its question word."""

import re
from collections.abc import Sequence
from functools import lru_cache

from orchestrator_server.embedded.words.english import CHANGING, DOING, FUNCTION, SHOWING, stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_SMALL = (
    "please|kindly|just|now|so|ok|okay|well|right|and|then|also|but|hi|hello|hey|hiya|heya|yo|gday|howdy|hola|there"
    "|dear|sir|madam|thanks|finally|first|better|quickly|quick|again|simply|directly|actually|maybe|oh|ah|ugh|um|uh|lol|haha|hmm|yes|no|anyway|sorry"
    "|good|morning|evening|afternoon|day|all|guys|team|folks|mate|bro|bruh|dude|buddy|lads|man|people|still|instead|asap"
    "|either|to|listen|look(?! (?:up|into|at|for|through|over) )|btw|by the way|ps"
    "|n|&|plus|secondly|thirdly|lastly|next|two things|one more thing|another thing|in addition|while you are at it"
    "|while your at it|from now on|from today on|in future|in the future"
)
_HELP = (
    r"(?:(?:some|any|a bit of|a little|your|the)\ )?(?:help|assistance|support|aid|(?:a|your)\ hand|guidance)"
    r"(?:\ me)?(?:\ (?:to|with|in|on|for|by|please))*"
)
_TROUBLE = (
    r"(?:(?:some|a|the|any)\ )?(?:troubles?|problems?|issues?|difficulty|difficulties)(?:\ (?:with|in|on|when|while))*"
)
_WISHES = (
    r"(?:want|need|wish|like|love|prefer|would\ like|would\ love|would\ prefer|would\ rather|require|am\ trying|try"
    r"|must|decided|have\ decided"
    r"|was\ trying|am\ going|am\ looking|am\ here|intend|plan|hope|am\ in\ need\ of|are\ in\ need\ of|have\ got|have"
    r"|has\ got|got|ought|request|beg|ask|am\ asking|would\ appreciate|would\ be\ grateful)"
)
_LEAD = lazy(
    rf"""(?:(?:
      {_SMALL.replace(" ", chr(92) + " ")}
    | (?:can|could|would|will)\ (?:you|someone|somebody|u)(?:\ (?:please|kindly|maybe|just|also|possibly|perhaps|guys
        |be\ so\ kind(?:\ as)?(?:\ to)?|be\ able\ to|help\ me(?:\ to|\ with|\ in)?|help|go\ ahead\ and))*
    | (?:(?:i|we)\ (?:(?:really|just|also|only|still|now|do|kindly|therefore|hereby|urgently)\ )*)?{_WISHES}
      (?:\ (?:you|u|your\ team|someone))?(?:\ {_HELP})?(?:\ (?:to|with|for|if\ you\ (?:can|could|would)))?(?=\ )
    | (?:i\ )?(?:have|am\ having|having|had|got|there\ is)\ {_TROUBLE} | {_TROUBLE}(?=\ \w+ing\b)
    | (?:i\ )?(?:was|am)\ (?:wondering|hoping)(?:\ if\ you\ (?:can|could|would))?
    | (?:going|gonna)\ to\ need(?:\ to)? | (?:can|could|may)\ i\ (?:trouble|bother|ask)\ you\ (?:for|to) | any\ idea
    | for\ (?:the\ love\ of\ god|god\ sake|heavens?\ sake|goodness\ sake|crying\ out\ loud) | want(?:ed)?\ to
    | need(?:ed)?\ to | like\ to | going\ to | have\ to | trying\ to | try\ to | looking\ to
    | (?:help|assist)\ (?:me|us)(?:\ to|\ with|\ in|\ out\ with|\ out\ by)? | {_HELP} | let\ me | let\ us | let
    | mind(?:\ awfully|\ terribly)?(?=\ \w+ing\b)
    | (?:can|could|may|might)\ (?:i|we)(?:\ (?:please|just|maybe|also|possibly))* | do\ me\ a\ favou?r(?:\ and)?
    | do\ the\ needful | go\ ahead(?:\ and)? | be\ so\ kind(?:\ as)?(?:\ to)?
    | (?:let\ me\ know|tell\ me|see|check)\ if\ you\ (?:can|could|would)
    | (?:it\ would\ be|would\ be|be)\ (?:great|nice|good|lovely|kind|grateful)\ (?:if\ you\ (?:can|could|would)|to)
    | i\ would\ (?:appreciate|be\ grateful|be\ happy|be\ glad)(?:\ it)?\ if\ you\ (?:can|could|would)
    | (?:is\ there\ )?any\ (?:chance|way)(?:\ (?:of|that|you|u|can|could|i))* | i\ (?:think|guess|suppose)(?:\ i)?
    | you\ (?:should|must|can|could|may|have\ to|need\ to) | (?:is|would)\ it\ (?:be\ )?possible\ (?:for\ you\ )?to
    | is\ it\ possible\ (?:that\ )?you(?:\ (?:can|could))?
    | please\ be | make\ sure\ (?:to|you)
    )\ (?:[,!.:()-]\ )*|[,!.:&()-]\ )*""",
    re.VERBOSE,
)
"""Politeness and wishes before a request."""
_HAVING = lazy(r"(?:(?:please|kindly|also|then) )*(?:have|use) (?:it|them|that|this|<v>|both)\b")
"""A request to have or use what was named."""
_HAVING_A_THING = lazy(r"(?:(?:please|kindly|also|then) )*(?:have|receive|obtain) (?:the|my|a copy)\b")
_ABOUT_A_THING = lazy(
    r"(?:for|from|of|about|regarding|as for|concerning|with) <v> (?:, )?"
    r"(?:i|we|please|can|could|give|send|tell|show|what|when|where|how)\b"
    r"|(?:about |as for )?<v> (?:(?:with|for|containing) (?:\w+ ){1,4})?"
    r"(?:is|are|has|have|needs?|should|can|must|was|goes) "
    r"|<v> (?:, )?(?:when|where|what|how|which) "
    r"|(?:about |as for )?<v> (?:i|we) (?:do not|no longer|never|would|want|need|can|will)\b"
)
_WISH = lazy(
    r"(?:(?:also|then|please|now|so) )?(?:can|could|will|would) (?:you|ye|someone)\b|(?:(?:also|then|please|now"
    r"|so) )?(?:i|we) (?:\w+ )?(?:want|need|would|wish|have to|have got to)\b"
)
"""A wish with its subject."""
_AFTER_VERB = frozenset(["me", "us", "a", "an", "my", "some"])
LIGHT = frozenset(stem(word) for word in SHOWING | CHANGING | DOING)
QUESTION = words(
    """
    what which who whose where when why how is are was were has have do does did am can could
    """
)


def head_at(tokens: Sequence[Token]) -> int | None:
    """The index of the first word past politeness and wishes; None when there is nothing else."""
    index = _led(" ".join(token.norm for token in tokens) + " ")
    return index if index < len(tokens) else None


@lru_cache(maxsize=4096)
def _led(text: str) -> int:
    """How many words of politeness and wishes a text begins with."""
    found = _LEAD.match(text)
    return text[: found.end()].count(" ") if found else 0


def begins_request(tokens: Sequence[Token], verbs: frozenset[str], *, is_condition: bool = False) -> bool:
    """Do these tokens begin a request of their own: a wish, a question, or a verb that asks for something?

    Within a condition (`is_condition`) "I have ..." goes on with it.
    """
    at = head_at(tokens)
    if at is None:
        return False
    if _HAVING.match(" ".join(token.norm for token in tokens[:4])):
        return True
    if not is_condition and _ABOUT_A_THING.match(" ".join(token.norm for token in tokens[:9])):
        return True
    if not is_condition and _HAVING_A_THING.match(" ".join(token.norm for token in tokens[:4])):
        return True
    if not is_condition and _WISH.match(" ".join(token.norm for token in tokens[:4])):
        return True
    token = tokens[at]
    if token.norm in QUESTION:
        return _asks(tokens, at)
    if token.norm in ("i", "we"):
        return not is_condition
    if token.shape:
        return False
    return (
        is_verb(token, verbs)
        or _is_imperative(tokens, at)
        or (token.norm == "do" and at + 1 < len(tokens) and tokens[at + 1].norm == "not")
    )


def _is_imperative(tokens: Sequence[Token], at: int) -> bool:
    """Is this a verb that nobody declared, with what it is about after it ("recommend a good restaurant")?"""
    after = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    return tokens[at].norm.isalpha() and tokens[at].norm not in FUNCTION and after in _AFTER_VERB


def is_bare(tokens: Sequence[Token], verbs: frozenset[str]) -> bool:
    """Is there no wish, no question and no verb, but only something named?"""
    at = head_at(tokens)
    return at == 0 and not begins_request(tokens, verbs)


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
