"""What limits an effect that nothing governs, wherever it stands: a question, a limit or a case that nobody took up.

The last net before a plan: it looks at whole clauses, and at what stands in none. The user is asked about each.
"""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.clauses import Clause, Role
from orchestrator_server.embedded.conditions.own_limits import STORY, is_narrowed
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.plainly.supposing.case_words import COMPARED, states_of
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.english import FINITE, WEEKDAYS
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_DAYS = "|".join([*sorted(WEEKDAYS), "today", "tomorrow", "tonight", "then", "that", "this", "noon", "christmas"])
_BARE = lazy(
    r"(?:(?:you|i|please|just|then|so|and|but|ok|well|also|simply|kindly|you can|you may|i want|i would like|i want to"
    r"|can you|could you|should|must|to|be|is|gets?|right|now|out with|off with|away with) |\W)*"
    r"(?:<v>[ ,:]*)?[a-z]+(?: (?:it|that|them|this|<v>|the \w+|that \w+|one|off|out|up))*"
    r"(?: (?:please|then|now|right away|at once|for me|too|again|thanks|thank you|for good|immediately|asap"
    r"|instead))*\W*"
)
"""An effect that says no more than what is to be done."""
_LIMIT = lazy(
    rf"^(?=.*(?:\d|\b(?:{_DAYS})\b)).*\b(?:latest|tops|max|maximum|minimum|limit|deadline|ceiling|budget|at most"
    r"|at least|no later|not later|any later|any more than|in time|on time)\b"
    r"|\b(?:after|before|past|beyond|above|over|under|below|than) (?:that|then|this)\b| [=<>] "
)
"""What sets a limit, or points at one."""
_BARELY = lazy(
    rf"^(?!.*\b(?:{FINITE}|be|do|would|can|could|got)\b).*"
    rf"(?:\b(?:by|until|till|before|after|past|within) (?:{_DAYS})\b|\b(?:in the next|within|more than|less than) \d)"
)
"""What sets one without telling anything."""
_UPWARDS = lazy(r"\b\d[\d.,]*(?: \S+)? (?:and|or) (?:up|upwards?|over|above|more|beyond|below|under|less)\b")
_LOOKED_AT = lazy(
    r"\b(?:check|checking|make sure|making sure|ensure|ensuring|verify|verifying|confirm|confirming|see to it|granted"
    r"|(?:see|look|find out) (?:if|whether))(?: (?:first|that|if|whether|for me))*(?P<said>(?: \S+){1,9})"
)
"""What is to be looked at, or to be made sure of."""
_IS = lazy(r"(?:^| )(?:is|has|are|not|still|was|has been|its)\b")
_TO_US = lazy(
    r"\b(?:you|your|please|possible|ok|okay|right|(?:may|can|could|should|shall|do|must) (?:i|we)|is that|is this|how"
    r"|what|which|why|who|whom|when|where|allowed|anybody|anyone|somebody|someone|seriously|really)\b"
)
"""A question to the one who is asked, or for something that a yes or no does not tell."""
_REQUEST = lazy(r"(?:\W|and |so )*(?:(?:can|could|would|will) you|please)\b")
_FIRST = lazy(r"\b(?:first|before|beforehand)\b")
_ONLY = lazy(r"(?:\W|and |but |so )*(?:only|just|not|never) (?:(?:the|an?|as|for|in|still|yet|while|with) )*")
_VERBAL = lazy(rf"\b(?:{FINITE}|am|be|been|do|would|got)\b")
_VERB = lazy(rf"\b(?:{FINITE}|please|me)\b")
_ONLY_AFTER = lazy(
    r"(?:\W|and |but |so )*(?:only|not) (?:after|if|when|once|while|as|where|before|until|unless|for|with)\b"
)
_NO = lazy(
    r"(?:\W|and |but |so )*(?:(?:has|is|have|does|did) not|none|without \S+|no (?!longer|more)\S+(?: \S+)? :)[ ,:]*"
)
_SHOULD = lazy(
    r"(?:\W|and |but |so )*should (?:it|they|<v>|that|there|the \w+|my \w+) (?:have|be|not|cost|come|turn)\b"
)
_IF_YOU = lazy(
    r"\bif you (?:(?:do|still|really|even|happen to|ever) )*(?:need|get|know|remember|care"
    r"|are (?:able|willing|nice|kind|free))\b(?P<rest>[^.?!]*)"
)
_COURTEOUS = lazy(
    r"(?:\W|(?:any|anything|something|more|further|other|info|information|details|detail|know|me|it|that|this|them|help"
    r"|proof|my|the|your|enough|so|to|and|about|for|a|an|moment|minute|time|be|as|of|what|which|one|i|mean|else|do|good"
    r"|please|number|id|name|confirmation|chance|round|around|there|<v>)\b)*"
)
"""What goes on with a mere courtesy."""
_OPENS = lazy(r"(?:if|unless|otherwise|else|only|until)(?: (?:not|so|no|yes))?(?:\W|and |but |or |then |so )*")
_NAMES = lazy(r"(?:<v>|hey|hi|hello|so|and|about|regarding|my|the|ok|okay|\W)*")


def untaken(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """The words of what limits such an effect."""
    effects = [ask for ask in asks if ask.profile.intent.has_effect]
    free = [ask for ask in effects if not ask.governing and ask.fan is None]
    if not free:
        return
    yield from _unused(message, asks, effects)
    done = {(ask.clause.first, ask.clause.end) for ask in effects}
    for ask in free:
        own = norms(message.of(ask.clause))
        if is_narrowed(message, ask):
            yield message.words(message.of(ask.clause))
        yield from (message.words(message.of(clause)) for clause in _looked_at(message, ask))
        yield from _broken_off(message, ask)
        yield from _dropped(message, ask)
        if _BARE.fullmatch(own):
            yield from (message.words(message.of(clause)) for clause in _before(message, ask, done))


def _unused(message: Message, asks: Sequence[Ask], effects: Sequence[Ask]) -> Iterator[str]:
    """Conditions that govern nothing at all, where the effect that is nearest to them is free."""
    taken = {token.start for ask in asks for one in ask.governing for token in one.tokens}
    for clause in message.clauses:
        if clause.role is Role.ASIDE and _ONLY_AFTER.match(norms(message.of(clause))):
            yield message.words(message.of(clause))
        if clause.role is Role.CONDITION and not any(t.start in taken for t in message.of(clause)):
            nearest = next((ask for ask in effects if ask.clause.first >= clause.end), effects[-1])
            if not nearest.governing:
                yield message.words(message.of(clause))


def _broken_off(message: Message, ask: Ask) -> Iterator[str]:
    """A word of condition right behind the effect with which none begins, or a case that is told after a stop."""
    after = next((c for c in message.clauses if c.first >= ask.clause.end), None)
    between = message.tokens[ask.clause.end : after.first if after else len(message.tokens)]
    if (
        (after is None or after.role is Role.REQUEST)
        and between
        and _OPENS.fullmatch(norms(between).lstrip(" ,") + " ")
    ):
        yield message.words(between)
    if after is not None and after.role is Role.REQUEST and _SHOULD.match(norms(message.of(after))):
        yield message.words(message.of(after))
    said = message.of(after) if after is not None and after.role is Role.REQUEST else ()
    if said and (only := _ONLY.match(norms(said))):
        rest = norms(said)[only.end() :]
        is_said = states_of(message.index).match(rest) and not _VERB.search(rest)
        if is_said or (after and after.joiner == "but" and states_of(message.index).search(rest)):
            yield message.words(said)


def _looked_at(message: Message, ask: Ask) -> Iterator[Clause]:
    """What someone is to make sure of before the effect is done: in it, before it, or "first" behind it."""
    for clause in message.clauses:
        said = norms(message.tokens[clause.first : clause.end + 3])
        is_before = clause.end <= ask.clause.first and clause.sentence >= ask.clause.sentence - 1
        is_behind = clause.first >= ask.clause.end and (clause.joiner == "but" or _FIRST.search(said) is not None)
        is_own = clause.first == ask.clause.first
        found = _LOOKED_AT.search(said) if is_before or is_behind or is_own else None
        if found is None or clause.sentence > ask.clause.sentence + 1:
            continue
        ids = {token.value for token in message.of(clause) if token.shape in message.index.ids}
        if ids and ids.isdisjoint(map(str, ask.filled.arguments.values())):
            continue
        if is_own and "<v>" not in said[: found.start()]:
            continue
        if states_of(message.index).search(found["said"]) or (_IS.search(found["said"]) and not is_own):
            yield clause


def _dropped(message: Message, ask: Ask) -> Iterator[str]:
    """What stands beside the effect in no clause, and is more than a courtesy ("if you need another week")."""
    before = max((c.end for c in message.clauses if c.end <= ask.clause.first), default=0)
    after = min((c.first for c in message.clauses if c.first >= ask.clause.end), default=len(message.tokens))
    for first, end in ((before, ask.clause.first), (ask.clause.end, after)):
        said = message.tokens[first:end]
        text = norms(said)
        found = _IF_YOU.search(text) if said else None
        is_case = bool(said) and (states_of(message.index).search(text) or COMPARED.search(text))
        if is_case or (found is not None and not _COURTEOUS.fullmatch(found["rest"])):
            yield message.words(said)


def _before(message: Message, ask: Ask, done: set[tuple[int, int]]) -> Iterator[Clause]:
    """The clauses right before a bare effect that set it a limit, back to the last effect."""
    last = max((end for _, end in done if end <= ask.clause.first), default=0)
    own = [c for c in message.clauses if c.first >= last and c.sentence == ask.clause.sentence]
    if own[0].role is Role.REQUEST and _UPWARDS.search(norms(message.tokens[own[0].first : ask.clause.first])):
        yield own[0]
    is_more = ask.clause.joiner in ("and", "also", "plus")
    earlier = [c for c in message.clauses if c.end <= ask.clause.first]
    for clause, after in zip(reversed(earlier), [ask.clause, *reversed(earlier)], strict=False):
        said = norms(message.tokens[clause.first : after.first]).rstrip(" .!,;:")
        if (clause.first, clause.end) in done or clause.sentence < ask.clause.sentence - 2:
            return
        if clause.first == 1 and clause.joiner == "and" and states_of(message.index).search(said):
            yield clause  # its "if" went with a courtesy
        is_near = clause.sentence >= ask.clause.sentence - 1 and not is_more
        if is_near and said.endswith("?") and not (_TO_US.search(said) or _NAMES.fullmatch(said)):
            yield clause
        if clause.end == after.first - 1 and _NO.fullmatch(norms(message.tokens[clause.first : after.first])):
            yield clause
        is_told = clause.role in (Role.REQUEST, Role.TEMPORAL) and not STORY.search(said) and not _REQUEST.match(said)
        is_bare = clause.role is Role.TEMPORAL or _VERBAL.search(said) is None
        if is_told and (_LIMIT.search(said) or _BARELY.search(said) or (is_bare and COMPARED.search(said))):
            yield clause
