"""Questions about how such things go ("how does stopping work?", "if one stops, do points expire?"): no requests."""

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.words.patterns import lazy

_WORKS = (
    r"\bhow (?:does|do|would|will) (?:(?:an?|the|your|that|this|it) )?(?:[a-z]+ing\b[^.?!,;\n]*?"
    r"|[a-z]+(?: [a-z]+)?|it|that)"
    r" (?:work|go|function)\b"
)
_ANYONE = (
    r"(?:someone|somebody|anyone|anybody|people|one|you|(?:a|the) (?:person|customer|user|member)"
    r"|customers|members|users)"
)
_SO = r"(?:do|does|did|is|are|will|would|can|could|what|how|who|when)"
_IN_GENERAL = (
    rf"\b(?:if|when|once|after|whenever) {_ANYONE} (?!(?:can|could|would|will|have|are|need|want|please|like)\b)[a-z]+"
    rf"(?! (?:me|my|it|that|this|the <v>|<v>)\b)[^.?!;\n]*? (?:, )?(?:then )?{_SO} [^.;!\n]*?(?:\?|$)"
    rf"|(?:^|[.!?\n] )(?:(?:hi|hello|hey|so|and|,) )*{_SO} [^.;!?\n]+ (?:if|when|once|after|whenever) {_ANYONE}"
    r" (?!(?:can|could|would|will|have|are|need|want|please|like)\b)[a-z]+(?! (?:me|my|it|that|this"
    r"|<v>)\b)[^.;!\n]*?(?:\?|$)"
)
_COSTS = (
    r"\b(?:does|will|would|do) (?:it|that|this|[a-z]+ing) cost (?:(?:me|us|you|one) )?(?:anything|something"
    r"|much|extra|money"
    r"|a lot) (?:to|when|if)\b|\bis (?:it|[a-z]+ing) free (?:to|of charge)\b"
)
_GENERAL = lazy(f"{_WORKS}|{_IN_GENERAL}|{_COSTS}")


def asks_how_it_works(message: Message, understood: Understood) -> bool:
    """Is nothing asked but how such things go in general, of no thing of the user's, and no effect wanted?"""
    if message.context.was_asked or message.index.names_id(message.tokens):
        return False
    found = _GENERAL.search(message.norms)
    if found is None or any(ask.profile.intent.has_effect for ask in understood.asks):
        return False
    first, last = (message.norms.count(" ", 0, place) for place in found.span())
    apart = [ask for ask in understood.asks if not ask.missing and not first <= ask.clause.first <= last]
    return all(_belongs(message, ask.clause.first, last) for ask in apart)


def _belongs(message: Message, first: int, last: int) -> bool:
    """Does it go on in the same sentence with what is asked in general?"""
    return first > last and not any(token.norm in (".", "!", "?", "\n", ";") for token in message.tokens[last:first])
