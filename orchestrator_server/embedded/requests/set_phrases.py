"""Set phrases that stand for a request of their own: "do it", "the same for ...", "leave it"; and what is quoted."""

from collections.abc import Sequence

from orchestrator_server.embedded.clauses.clauses import Clause
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_DO = lazy(
    r"(?:(?:please|then|just|so|ok|okay|yes|in that case|if so|well|now|kindly|could you|can you) )*"
    r"(?:do|do it|do that|do so|do this|go ahead|go for it|proceed|get it done|make it happen|make it so|see to it"
    r"|go ahead and do (?:it|so|that))(?: (?:please|for me|now|asap|right away|then|thanks|already))*"
)
_SAME = lazy(
    r"\W*(?:(?:and|the|please|do|also|just|then|exactly|kindly|(?:can|could|would|will) you|to|i (?:want|need"
    r"|would like)"
    r"(?: you)?) )*(?:(?:same|ditto|likewise)\b|do (?:that|this|it) (?:also |too )?(?:for|with|on"
    r"|to) (?:[a-z]+ ){0,4}<v>)"
    r"|\W*(?:(?:and|,) )*<v> (?:ditto|likewise|(?:the )?same)(?: (?:please|thanks))?\W*$"
    r"|\W*so (?:is|are|was|were|does|do|did|has|have|should|must|can|will|goes|go) (?:the )?<v>(?: (?:and|,) <v>)*\W*$"
    r"|\W*(?:(?:and|also|plus|sorry|please|,) )*<v>(?: (?:and|,) <v>)* (?:too|as well|also)\W*$"
    r"|\W*(?:(?:sorry|please|,) )*(?:and|also|plus) (?:also |please )?<v>(?: (?:and|,) <v>)*(?: (?:please|thanks))?\W*$"
)
_ARRANGE = lazy(
    r"(?:(?:please|so|and|kindly|just|can you|could you|would you|i want you to|do) )*"
    r"(?:register|arrange|process|sort|organi[sz]e|handle|set|log|put|see|action|book|note|record|file|initiate"
    r"|take care of|deal with|arrange for|get) (?:to )?(?:it|that|this|them|both|all of (?:it|that|this)|those)"
    r"(?: (?:up|out|in|through|down|for me|for us|done|sorted|going|rolling|please|thanks|now|asap|too|as well))*"
)
_RELATIVE = lazy(
    r"(?:which|who|that) (?:\w+ )?(?:is|are|was|were|has|have|had|should|must|will|came|contains?|holds?)\b"
)
_NOTHING = lazy(
    r"(?:(?:then|just|please|so|ok|okay|you can|i will|i|well) )*(?:do nothing|never mind|forget (?:it|about it|that)"
    r"|do not(?: bother)?|no (?:issues?|problem|worries|need)|leave (?:it|that|them)?.{0,12}|keep (?:it|that|them)?"
    r"|nothing|that is (?:fine|ok|okay)|it is (?:fine|ok|okay)|fine"
    r"|(?:ignore|disregard) (?:it|this|that|me|all (?:this|that)|(?:this|my) (?:message|mail|email|request|note|text))"
    r"|(?:i am|we are|i will be) keeping (?:it|that|them)|too late(?: i guess| i suppose)?|so be it)"
    r"(?: (?:please|then|thanks|at all|be|alone))*"
)
_NEEDLESS = lazy(
    r"(?:(?:then|just|please|so|ok|okay|you (?:can|need)|i|we|well|really|,) )*(?:never mind|forget (?:it"
    r"|about it|that)"
    r"|(?:do )?not bother|no need|skip (?:it|that)|ignore (?:it|this|that|me)|(?:do )?not (?:need|want) (?:it|that|one"
    r"|them|these|those|any(?: of (?:it|them))?|to know)|not (?:needed|necessary|interested))"
    r"(?: (?:any ?more|at all|then|thanks|please|with (?:it|that)|for (?:it|that)|in (?:it|that)|now|any longer))*"
)
"""What says that something that was asked for is not wanted at all."""
_BACK = lazy(
    r"(?:(?:actually|well|but|so|and|wait|sorry|no|nope|nah|please|then|just|ok|okay|hold on|you know what|stop"
    r"|(?:on|having had) (?:a )?(?:second|2nd) thoughts?|thinking about it|come to think of it|better) )*"
    r"(?:(?:leave|keep) (?:it|that|them|that one|this|this one|everything)(?: on| alone| be| for now| then"
    r"| running| please"
    r"|(?: all)? (?:as|the way) (?:it|they|that) (?:is|are|was|were))?"
    r"|forget (?:it|that|i asked|i said (?:anything|it|that)|about that|the whole thing)|never mind(?: that"
    r"| it)?|ignore that"
    r"|(?:i|we) (?:think |guess |have decided |decided |am going |are going |would |will |do |want |rather "
    r"|better |should "
    r"|may as well |might as well |to |just |not )*keep (?:it|them|that|this)(?: after all| then| anyway)?"
    r"|(?:please )?do not(?: do (?:it|that|so))?"
    r"|(?:please )?(?:do not|never) (?:change|do|update|touch|process|send|start|make|set|save|place|action|submit) "
    r"(?:it|that|this|them|anything|those) (?:yet|just yet|right now|right away|today|so soon|without asking)"
    r"|let (?:it|that|them) (?:come|be|go|go ahead|stand|run|stay)"
    r"|(?:scrap|scratch|strike|undo|drop) that|better not|rather not|i (?:take|took) (?:that|it) back"
    r"|i (?:have )?(?:just )?changed my mind again)"
    r"(?: (?:please|thanks|thank you|sorry|after all|for now|then))*"
)
_HOW_MANY = lazy(r"\bhow (?:many|much)(?: (?:do |have )?(?:i|we)(?: have| got)*)?(?: (?:left|now|so far|then))*\W*$")
_PLACE = lazy(
    r"(?:and |so |hi |please )*(?:in|on|under|within|inside|for|to|as for) (?:my|our|the"
    r"|your) [a-z]+(?: [a-z]+)? ?[,:]?"
)
_QUOTING = lazy(r"\b(?:says|said|saying|reads|wrote|writes|told me|states) (?:that )?[:,] ?\W*$")
_SAYING = lazy(
    r"\b(?:say|says|said|saying|reads?|write|wrote|writes|told|states|means?|repeat|type|typed|note|card|sticker"
    r"|label|message|notice|letter|sms)\b"
)
_LONGEST_QUOTING = 8


def is_do_it(tokens: Sequence[Token]) -> bool:
    """ "Do it", after it was ruled out for another case."""
    return _DO.fullmatch(norms(tokens).strip(" ,!.")) is not None


def arranges(tokens: Sequence[Token]) -> bool:
    """ "Please register that": what was just asked for shall be done, and nothing else."""
    return _ARRANGE.fullmatch(norms([token for token in tokens if not token.is_mark])) is not None


def is_relative(message: Message, clause: Clause) -> bool:
    """Does it but tell something of the thing right before it ("A-17, which has not left yet, ...")?"""
    before = [token for token in message.tokens[max(0, clause.first - 2) : clause.first] if not token.is_mark]
    said = message.of(clause)
    return bool(before and before[-1].shape and said) and _RELATIVE.match(norms(said)) is not None


def is_same(tokens: Sequence[Token], joiner: str = "") -> bool:
    """ "The same for ...", "and A-17": the request before for something else."""
    return _SAME.match(f"{joiner} {norms(tokens)}") is not None


def leaves(tokens: Sequence[Token]) -> bool:
    """ "Do nothing", "never mind", "don't": the other branch in which nothing is to happen."""
    return _NOTHING.fullmatch(norms([token for token in tokens if not token.is_mark])) is not None


def is_needless(tokens: Sequence[Token]) -> bool:
    """ "Don't bother", "I don't need it": what was asked for is not wanted at all, were it but to see something."""
    return _NEEDLESS.fullmatch(norms([token for token in tokens if not token.is_mark])) is not None


def takes_back(tokens: Sequence[Token]) -> bool:
    """ "No, leave it": what was asked for just now is not wanted any more."""
    return _BACK.fullmatch(norms([token for token in tokens if not token.is_mark])) is not None


def is_how_many(tokens: Sequence[Token]) -> bool:
    """ "... tell me how many i have", with no word for what."""
    return _HOW_MANY.search(norms(tokens)) is not None


def is_place(tokens: Sequence[Token]) -> bool:
    """ "In my account, ...": only where something is to be done."""
    return _PLACE.fullmatch(norms(tokens)) is not None


def is_quoted(message: Message, clause: Clause) -> bool:
    """Is this what somebody or something else says ("the letter says: ...")?"""
    before = message.tokens[max(0, clause.first - _LONGEST_QUOTING) : clause.first]
    if _QUOTING.search(norms(before)):
        return True
    marks = [at for at, token in enumerate(message.tokens) if token.norm == '"']
    said = [at for at in range(clause.first, clause.end) if not message.tokens[at].is_mark]
    inside = [at for at in said if len(marks) == 2 and marks[0] < at < marks[1]]
    if not inside or (inside[0] != said[0] and 2 * len(inside) < len(said)):
        return False
    around = norms([*message.tokens[: marks[0]], *message.tokens[marks[1] + 1 :]])
    return _SAYING.search(around) is not None
