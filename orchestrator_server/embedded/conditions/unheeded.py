"""Limits that stand in no condition, and still say that an effect depends: "no sign of it by Friday? stop it".

They are shapes of whole clauses, whatever was taken from them; the user is asked about each.
"""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.case_words import states_of
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.english import CURRENCY
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_NOT_ONE = lazy(r"\b(?:neither|nor)\b")
_NEVER = lazy(
    r"\b(?:(?:in|under|on|at) no (?:case|circumstances?|conditions?|account|event|way|time)|by no means"
    r"|(?:do not|never) you dare|not under any|not in any (?:case|way))\b"
)
"""What rules an effect out, in words that no refusal is made of."""
_UNREAL = lazy(r"^(?:\W|and |but |then )*(?:i|we) (?:would|could) have (?:[a-z]+ )?[a-z]+(?:ed|en) ")
"""What would have been asked for, had things been otherwise."""
_FOR_EACH = lazy(r"\b(?:for (?:every|each)|per) \d")
_TO = lazy(
    r"^(?:\W|and |but )*(?:<v>|it|this|that) (?![:,-] )[a-z]+ (?:[^\s:]+ ){0,5}?(?:after|before|by|within|over"
    r"|under|above"
    r"|below|than|least|most)\b[^:]*: "
)
"""What depends, in the same clause as what is to be done ("it comes after Friday -> stop it")."""
_PRICED = lazy(
    r"^(?!.*<v>).*\b(?:under|below|over|above|at most|at least|(?:no |not )?(?:more|less) than|up to|max|maximum"
    rf"|cheaper than) (?:(?:{CURRENCY}) \d|\d[\d.,]* (?:{CURRENCY})(?=\W|$))"
)
"""What something may cost, beside the wish for it."""
_THEN = lazy(r"then(?: please)?\W*")
_NOT_BEFORE = lazy(r"(?:\bbut|\band|,) not$")
_EXCEPT = lazy(r"\b(?:save|bar|barring|excepting|minus)$")
"""What turns the condition behind it round, where nobody read it."""
_BEYOND_THAT = lazy(
    r"^(?:\W|and |but |anything |everything )*(?:over|above|beyond|past|under|below|more than|less than|after"
    r"|before) that\b"
)
"""A limit that points at what was only told."""
_ALONE = (_BEYOND_THAT, _UNREAL, _FOR_EACH, _TO, _PRICED, _NOT_BEFORE)
_NONE_BY = lazy(
    r"(?:\W|and |but |so |with |given )*(?:no|nothing|none)\b.* (?:by|before|within|until|till)\b(?! the way\b)"
)
"""What is missing at some time ("no sign of it by Friday")."""
_SUPPOSED = lazy(
    r"(?:(?:and|but|so|ok|well) |\W)*(?:<v>|it|this|that|they|there) (?:(?:is|are|has|have|was|were|will|would"
    r"|does|did|can"
    r"|could|might) )?(?:still )?(?:not |no |only |(?:\S+ ){0,3}?(?:after|before|by|within|over|under|above"
    r"|below|than)\b)"
    r"(?!.*\b(?:right|correct|true|yes|ok|okay) \?).*\?"
)
"""A question in the order of a statement, which supposes something ("it is not coming before Friday?")."""
_ASKED = lazy(r"(?:\W|and |so )*(?:is|are|has|have|was|did|does|will) (?:<v>|it|that|this|they|the|my) (?!.*\?)")
"""A question that goes on, without its mark, with what is to be done ("is it still open, stop it")."""
_WHETHER = lazy(r"(?:\W|and |so )*(?:is|are|has|have|was|did|does) (?:<v>|it|that|this|they) .*\?")
_BARE = lazy(r"(?:(?:please|just|so) )*[a-z]+(?: (?:it|that|them))?(?: please)?\W*")
"""A question about a state, and nothing behind it but what is to be done ("is it open? stop it")."""
_COMPARED = lazy(r"<v>(?: (?!than\b)\S+){1,5} than (?:the )?<v>")
_POINTS = lazy(r"\b(?:it|that|this|that one|this one)\b")
_OTHER_COUNT = lazy(r"(?:(?:or|but|maybe|even|rather|make it) |\W)*\d+ (?:with|at|from|over|under|above|below)\b")
"""Another number for another case ("..., or 5 with 1000 of them")."""
_ADDED = lazy(
    r"(?:it|they|that|this|<v>|there) (?:is|has|are|have|was|does|costs?|can|will|would)\b(?! (?:fine|ok|okay|all"
    r"|good)\b)"
)
_BROKEN = lazy(r"\b(?:if|unless) , (?!(?:and|then|please)\b)\S+(?: \S+){0,6}")
_OF_ANOTHER = lazy(r"(?:it|they|that|this)\b.* <v>(?: (?:too|also|as well|likewise))?|.+ , <v>.*")
_BRACKET = lazy(r"<v> [(/[] (?:(?:only|just|still|not|yet|if) )*(?P<said>(?:[^\s?)\]]+ ?){1,3})[?)\] ]*$")
_ONE_OF = lazy(
    r"(?:(?:at least|only|just) )?(?:one|1|either|any)(?: of (?:them|these|those|the 2))? (?:is|are|has|have|was)\b.*"
)
_SUMMED = lazy(
    r"\b(?:their (?:total|sum|value|price|cost|worth)|(?:taken |put |added )?together|combined|the sum|in sum"
    r"|jointly)\b"
)
"""What is said of several things as one."""
_HOW_MANY = lazy(r"(?:there (?:is|are)|(?:i|we) have(?: got)?) (?:still )?(?:.* )?\d+(?: left)?")
_LONE = lazy(
    r"(?:(?:and|but|as for|for) |\W)*<v>(?: [:,-])*(?: (?:the )?(?:same|also|too|likewise"
    r"|ditto))?(?:\W)*"
)
"""Nothing but what a condition is about: "A-2: only if it is open"."""


def unheeded(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words of such limits."""
    yield from _over_many(asks)
    effects = [ask for ask in asks if ask.profile.intent.has_effect and ask.fan is None]
    if not effects:
        return
    for ask in effects:
        yield from _in_effect(message, ask)
    for ask in asks:
        if not ask.profile.intent.has_effect and ask.governing and _LONE.fullmatch(norms(message.of(ask.clause))):
            yield f"{message.words(message.of(ask.clause))} {ask.governing[0].words}".strip()
    free = [ask for ask in effects if not ask.governing]
    if free and (broken := _BROKEN.search(message.norms)):
        yield broken.group()
    for ask in free:
        yield from (message.words(message.of(clause)) for clause in _around(message, ask, effects))


def _over_many(asks: Sequence[Ask]) -> Iterator[str]:
    """Conditions that count, over effects of which each would be decided by itself."""
    for ask in (ask for ask in asks if ask.profile.intent.has_effect):
        for one in ask.governing:
            said = norms([token for token in one.tokens if not token.is_mark])
            is_shared = sum(one in other.governing for other in asks) > 1
            if (is_shared and (_ONE_OF.fullmatch(said) or _SUMMED.search(said))) or (
                ask.fan is not None and _HOW_MANY.fullmatch(said)
            ):
                yield one.words


def _in_effect(message: Message, ask: Ask) -> Iterator[str]:
    """In what an effect itself says, or in a condition over it that is about something else as well."""
    said = norms(message.of(ask.clause))
    if (
        _NOT_ONE.search(said)
        or _NEVER.search(f"{_head(message, ask.clause)} {said}")
        or (ask.governing and _EXCEPT.search(said))
        or (not ask.governing and (any(p.search(said) for p in _ALONE)))
    ):
        yield message.words(message.of(ask.clause))
    bracket = _BRACKET.search(said)
    if bracket and not ask.governing and states_of(message.index).match(bracket["said"]):
        yield message.words(message.of(ask.clause))
    mine = {str(value) for value in ask.filled.arguments.values()}
    for one in ask.governing:
        others = {token.value for token in one.tokens if token.shape in message.index.ids} - mine
        if others and _OF_ANOTHER.fullmatch(norms(one.tokens)):
            yield one.words


def _head(message: Message, clause: Clause) -> str:
    """The clause right before, in the same sentence."""
    ends = (clause.first, clause.first - 1)
    before = next((c for c in message.clauses if c.end in ends and c.sentence == clause.sentence), None)
    return norms(message.of(before)) if before is not None else ""


def _around(message: Message, ask: Ask, effects: Sequence[Ask]) -> Iterator[Clause]:
    """The clauses right before an effect, or right behind it, that limit it."""
    at = next((i for i, c in enumerate(message.clauses) if (c.first, c.end) == _place(ask.clause)), 0)
    before = message.clauses[at - 1] if at else None
    after = message.clauses[at + 1] if at + 1 < len(message.clauses) else None
    done = {_place(effect.clause) for effect in effects}
    if after and after.role is Role.REQUEST and _OTHER_COUNT.match(norms(message.of(after))):
        yield after
    if after and after.role is Role.CONDITION and after.leads and after.first == ask.clause.end + 1:
        yield after
    told = [c for c in message.clauses[:at] if c.role is Role.CONDITION and c.sentence < ask.clause.sentence]
    if told and _THEN.fullmatch(norms(message.tokens[ask.clause.end : ask.clause.end + 2])):
        yield told[-1]
    cases = [c for c in message.clauses[:at] if c.role is Role.CONDITION and c.sentence == ask.clause.sentence]
    behind = message.tokens[ask.clause.end : ask.clause.end + 1]
    if cases and ((behind and behind[0].norm == "then") or _is_left_alone(message, at, done)):
        yield cases[-1]
    if before is None or before.role is not Role.REQUEST or _place(before) in done:
        return
    said = norms(message.of(before))
    is_near = before.sentence == ask.clause.sentence or said.endswith("?")
    if before.sentence == ask.clause.sentence and ask.clause.joiner in ("", ",", "so") and _ASKED.match(said):
        yield before
    if is_near and before.sentence >= ask.clause.sentence - 1 and (_NONE_BY.match(said) or _SUPPOSED.fullmatch(said)):
        yield before
    own = norms(message.of(ask.clause))
    if _WHETHER.fullmatch(said) and _BARE.fullmatch(own) and message.index.told & {t.stem for t in message.of(before)}:
        yield before
    if _COMPARED.search(said) and "<v>" not in own and _POINTS.search(own):
        yield before
    lead = message.clauses[at - 2] if at > 1 else None
    is_led = lead is not None and lead.role is Role.CONDITION and lead.leads and lead.sentence == before.sentence
    if is_led and before.joiner == "and" and _ADDED.match(said):
        yield before


def _is_left_alone(message: Message, at: int, done: set[tuple[int, int]]) -> bool:
    """Is an effect what comes of the exception to doing nothing ("leave it unless it is late, then stop it")?"""
    if at < 2 or message.clauses[at].joiner not in ("then", "and") or not message.clauses[at - 1].negated:
        return False
    lead = message.clauses[at - 2]
    return lead.sentence == message.clauses[at].sentence and _place(lead) not in done


def _place(clause: Clause) -> tuple[int, int]:
    return clause.first, clause.end
