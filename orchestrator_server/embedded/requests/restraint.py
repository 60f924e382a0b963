"""Finds words that limit an effect in a way its plan would not say: then the user is asked, and nothing is dropped."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import verb_at
from orchestrator_server.embedded.values.fan import Fan
from orchestrator_server.embedded.words.english import WEEKDAYS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind
from orchestrator_server.embedded.words.text import Token, norms

_DAYS = "|".join([*sorted(WEEKDAYS), "week", "weekend", "month", "year", "day", "morning"])
_LATER = lazy(
    rf"\b(?:tomorrow|tonight|later|(?<!from )(?<!since )(?<!of )(?:next|coming|this) (?:{_DAYS})"
    r"|(?<!\d )in (?:\d+|a|an|one) (?:minute|hour|day|week|month)s?"
    rf"|on (?:{_DAYS})|after (?:the )?(?:{_DAYS})|not before (?:{_DAYS})|at \d+|until \w+|every (?:{_DAYS}))\b"
)
_DONE_THEN = lazy(r"(?:(?:that|which) )?(?:i|we) (?:have |had |only |just )*(?:\w+ed|made|bought|put)\b[^,.;]*")
"""What was done then: "the one that I made on Monday"."""
_SOME = lazy(
    r"\b(?:\d+|some|few|most|several|many|other|others|next|first|second|third|last|latest|oldest|newest"
    r"|earliest|recent"
    r"|half|biggest|largest|smallest|cheapest|expensive)\b"
)
_BUT_FOR = lazy(
    r"\bonly (?:with|after|against|under|upon|through)\b(?: \S+){0,4}"
    r"|\b(?:except|apart from|excluding|other than|save for)(?: for)? (?!<v>)(?:the|my|that|one|\d)(?: \w+)?"
    r"|\b(?:some|few|half|part|several|most|couple) of (?:the|my|those|these|them|it)\b"
)
"""What narrows one thing down in a way that no plan says."""
_SAYS = lazy(r"\b(?:is|are|was|were|has|have|whichever)\b")
_WITHIN = frozenset({"of", "in", "from", "on", "within"})
_WHOLE = frozenset({"whole", "entire", "complete", "full", "damn", "bloody", "stupid", "fucking", "freaking"})


def limit_in(index: Index, profile: Profile, tokens: Sequence[Token], fan: Fan | None) -> str | None:
    """The words that limit the effect; None where there are none."""
    restrictions = fan.waiting if fan is not None else ()
    told = {token.start for said in restrictions for token in said.tokens}
    tokens = _announced(tokens)
    if found := _LATER.search(_DONE_THEN.sub("", norms([token for token in tokens if token.start not in told]))):
        return found.group()
    is_named = profile.takes_names
    if fan is None and not is_named and (found := _BUT_FOR.search(norms(tokens))):
        return found.group()
    if fan is not None:
        return None if fan.edge else _part_of_many(fan, tokens)
    return _state_of(index, profile, tokens) or _part_of_one(index, profile, tokens)


def _announced(tokens: Sequence[Token]) -> Sequence[Token]:
    """What stands behind a colon, where more than a value does: before it something is only told."""
    at = next((at for at, token in enumerate(tokens) if token.norm == ":"), -1)
    return tokens[at + 1 :] if any(is_content(token) for token in tokens[at + 1 :]) else tokens


def _part_of_many(fan: Fan, tokens: Sequence[Token]) -> str | None:
    """ "my two oldest ...": before the noun, only some of them are named."""
    names = {*fan.listed.field.stems}
    noun = max((i for i, token in enumerate(tokens) if token.stem in names), default=0)
    found = _SOME.search(norms(tokens[:noun]))
    return norms(tokens[1 : noun + 1]) if found else None


def _state_of(index: Index, profile: Profile, tokens: Sequence[Token]) -> str | None:
    """ "... whichever is late": a state is told of the thing, without a word like `if`."""
    if not _SAYS.search(norms(tokens)):
        return None
    own = {verb.split()[0] for verb in profile.verbs}
    return next(
        (norms(tokens) for token in tokens if token.stem in index.told and token.stem not in own and not token.shape),
        None,
    )


def _part_of_one(index: Index, profile: Profile, tokens: Sequence[Token]) -> str | None:
    """ "the key in A-1": the effect is wanted for a part, and the intent takes the whole."""
    verb = verb_at(profile, tokens)
    if {Kind.NAME, Kind.LONG} & set(profile.kinds.values()) or verb is None:
        return None
    for at, token in enumerate(tokens):
        if token.shape in index.ids and any(t.norm in _WITHIN for t in tokens[max(0, at - 3) : at]):
            before = [t for t in tokens[verb:at] if is_content(t) and t.norm not in _WHOLE]
            unknown = [t.norm for t in before if t.stem not in profile.words and not _is_verb(profile, t)]
            if unknown:
                return " ".join(unknown)
    return None


def _is_verb(profile: Profile, token: Token) -> bool:
    return token.stem in {part for verb in profile.verbs for part in verb.split()}
