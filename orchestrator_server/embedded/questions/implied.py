"""What is only told and calls for an effect of which nothing is said: "I moved", "I typed the wrong number"."""

from collections.abc import Iterator

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.questions.undoing import match_of
from orchestrator_server.embedded.requests.matching import Match
from orchestrator_server.embedded.requests.objects import names_what_is_set
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, token_at

_WHEN = (
    r"(?:(?:last|this|next|over the) \w+|yesterday|today|tomorrow|recently|just now|already|now|again|\d+ \w+ ago"
    r"|a \w+ ago|soon|by the way|btw|,)"
)
_MOVED = lazy(
    r"^\W*(?:(?:hi|hello|hey|so|well|ok|please note|fyi|by the way|just so you know)\W+)*(?:that )?(?:i|we)"
    r" (?:(?:have|had|am|are|will be|just|recently|already|both) )*(?:moved|moving|relocated|relocating|move)"
    r"(?: (?:to )?(?:an? |the )?(?:new |different |another )?"
    r"(?:house|houses|home|flat|flats|apartment|place|places|city|town|out|away))?"
    rf"(?: {_WHEN})*(?:(?: [,.]| and| so)* (?:(?:please|can you|could you|kindly) )*"
    r"(?:update|change|correct|amend|note)"
    r"(?: (?:it|that|this|everything|my (?:details|data|profile|account|records?)))?"
    r"(?: please| accordingly| thanks)*)?[ .!]*$"
)
"""Somebody who lives elsewhere now, and says no more."""
_AMISS = r"(?:wrong|incorrect|old|outdated|previous|former|mistaken)"
_GOES_WRONG = lazy(
    r"\b(?:going|goes|go|went|headed|heading|coming|sent|on (?:its|the|their) way|[a-z]{3,}ed) (?:off |out )?(?:to|at)"
    rf" (?:the|my|our|an?) (?:\w+ )?(?P<amiss>{_AMISS}) \w+"
)
"""A thing goes where it should not."""
_ELSEWHERE = (
    r"(?:sent|[a-z]{3,}ed) (?:out )?(?:to )?(?:somewhere(?: else| different)?|elsewhere"
    r"|(?:an?|my|the|our) (?:different|other|new) \w+|another \w+)"
)
_SHALL_GO = lazy(
    rf"\b(?:have|get|want|need|like|prefer) (?:it|<v>|(?:my|the|our|this|that) \w+(?: <v>)?) (?:to be )?{_ELSEWHERE}\b"
    rf"|\b(?:needs?|has|have|should|must|ought|can|could) (?:to )?be {_ELSEWHERE}\b"
)
"""A thing shall go elsewhere, and nobody says where."""
_WHERE_IT_GOES = lazy(
    r"\b(?:change|correct|fix|update|edit|alter|adjust|amend) where (?:(?:my|our|the|this|that|an?) )?\w+(?: \w+)?"
    r" (?:goes|is going|go|are going|gets|is sent|is being sent|will go|will be sent|should go|ends up)\b"
)
"""Where a thing goes is to change."""
_GIVEN = lazy(
    r"\b(?:i|we|you) (?:(?:have|had|must|may|might|just|still|all|accidentally|stupidly|by mistake|only|do) )*"
    r"(?:typed|entered|gave|given|put|wrote|used|use|submitted|filled|chose|picked|selected|left|provided|have|got"
    rf"|hold)(?: (?!and\b|but\b)\w+){{0,3}}? (?P<amiss>{_AMISS}) (?P<what>\w+(?: \w+)?)"
)
"""A value is there that is not the right one."""
_COUNTED = lazy(
    r"^\W*(?:(?:hi|hello|hey|ok|okay|so|and|well|yes|oh|please)\W+)*(?:(?:(?:i|we) (?:\w+ )?(?:need|want|like"
    r"|take|have)"
    r"|give me|get me|send me|(?:can|could|may) (?:i|we) (?:please )?(?:have|get|buy)|make it) )?(?:just |only )?"
    r"(?:another )?\d{1,3}(?: more| of (?:them|those|these|it)| pieces)*(?: (?:please|thanks|for me|now|too))*\W*$"
)
"""How many are wanted, and not of what."""
_SENT_OFF = frozenset(words("street road address place town city postcode zip house flat building apartment"))
"""General words for parts of a place."""


def implied(message: Message) -> tuple[Match, ...]:
    """The effects that are called for, best first; none where nothing of the kind is told."""
    if any(token.norm == "?" for token in message.tokens[-1:]) and not _WHERE_IT_GOES.search(message.norms):
        return ()
    found = _moved(message) or _rerouted(message) or _misgiven(message) or _counted(message)
    return tuple(match_of(profile) for profile in found)


def _moved(message: Message) -> list[Profile]:
    """The effect that sets the user's own place."""
    return [own for own, _ in message.index.setters][:1] if _MOVED.match(message.norms) else []


def _rerouted(message: Message) -> list[Profile]:
    """The effect that sends a thing elsewhere."""
    if not any(said.search(message.norms) for said in (_GOES_WRONG, _WHERE_IT_GOES, _SHALL_GO)):
        return []
    index = message.index
    names_it = index.names_id(message.tokens) or any(_is_thing(message, token) for token in message.tokens)
    return [other for _, other in message.index.setters][:1] if names_it else []


def _counted(message: Message) -> list[Profile]:
    """The only effect that takes so many of something."""
    wanted = {Kind.NAME, Kind.NUMBER}
    found = [
        p for p in message.index.profiles if p.intent.has_effect and wanted <= {p.kinds[r.name] for r in p.required}
    ]
    return found if len(found) == 1 and _COUNTED.match(message.norms) else []


def _is_thing(message: Message, token: Token) -> bool:
    return bool({token.stem, token.norm.removesuffix("s")} & message.index.things) and is_content(token)


def _misgiven(message: Message) -> list[Profile]:
    """The effects that set what was given wrongly; both where it may be the user's own or that of a thing."""
    found = _GIVEN.search(message.norms)
    if found is None:
        return []
    first = token_at(found, "what")
    said = message.tokens[first : first + found["what"].count(" ") + 1]
    if any(token.norm in _SENT_OFF for token in said):
        return [profile for pair in message.index.setters for profile in pair][:2]
    if not all(message.index.knows(token.stem) for token in said if is_content(token)):
        return []
    return list(_own_setters(message, said))[:1]


def _own_setters(message: Message, said: tuple[Token, ...]) -> Iterator[Profile]:
    """The effects that set such a value of the user's own."""
    for profile in message.index.profiles:
        kinds = {profile.kinds[p.name] for p in profile.required}
        takes_id = any(p.pattern in message.index.ids for p in profile.required)
        is_setter = profile.intent.has_effect and bool(kinds) and kinds <= {Kind.LONG, Kind.SHAPED} and not takes_id
        if is_setter and names_what_is_set(profile, said, message.index):
            yield profile
