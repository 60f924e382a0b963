"""Ways of asking that say nothing of the matter ("I need help seeing when ..."), put into the plainest words.

The rooms behind this one meet one way of asking and not dozens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import CHANGING, DOING, SHOWING, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_I = r"(?:(?:i|we) )?(?:(?:really|just|also|only|still|now|do|urgently|am|are|was|would) )*"
_YOU = r"(?:(?:can|could|will|would) you (?:please )?)?"
_SOME = r"(?:(?:some|any|a bit of|a little|more|further|your|an?|the|constant|\d+) )?"
_HELP = r"(?:help|assistance|supports?|aid|guidance)"
_TROUBLE = r"(?:troubles?|problems?|issues?|errors?|difficulty|difficulties)"
_TRYING = r"(?:to )?(?:(?:try|trying) to )?"
_ABOUT = r"(?:about|on|regarding|concerning)"
_INFO = r"(?:information|info|details|something|more)"
_SEEK = r"(?:want|need|like|looking for|trying to find)(?: to (?:know|find|get|have|ask))?"
_LEARN = (
    r"(?:see|seeing|check|checking|know|find out|finding out|look up|verify|learn|inquire|enquire|ask|remember|recall"
    r"|recollect|figure out|work out|be reminded(?: of)?)(?: about| again)?"
)
_PURPOSE = r"(?:in \w+ )?to "
_UNSURE = (
    r"(?:i )?(?:do not|did not|not) (?:really )?know (?:how|where|what)"
    r"(?: (?:i|we) (?:can|could|may|might|should))?(?: (?:i|we) (?:have|need|ought)| must i)?(?: to)?(?: do to)? "
)
_MUST = r"what (?:do|must|should|can|would|shall) (?:i|we)(?: have to| need to)? do " + _PURPOSE
_WANT_HELP = (
    rf"{_I}(?:(?:need|want|like|love|require|have|could use|looking for|seek) )?(?:to get )?{_SOME}{_HELP} "
    rf"(?:(?:in|with|on|for) )?{_TRYING}"
)
_HAVE_TROUBLE = (
    rf"(?:{_I}(?:have|having|had|got|get|experiencing|facing) |there (?:is|are|was|were) )?{_SOME}{_TROUBLE} "
    rf"(?:(?:with|in|when|while) )?{_TRYING}"
)
_CALL = r"(?:i|we) (?:am |are )?(?:call|calling|writing|texting|write|contacting you) " + _PURPOSE
_HAVE_TO = (
    r"(?:i|we) (?:(?:have )?got to|have to|try to|am trying to"
    r"|tried to(?!(?: [^\s.;!?]+){1,8} (?:yesterday|earlier|ago|before|last \w+|this morning|already)\b)"
    r"(?![^?]*[.!,;] (?:(?:so|and|but) )*(?:did|has|is|was|have) (?:it|that|this|you) [^?.!]*\?)"
    r"(?![^.!?]*[.!] (?:so |and |but |well )*(?:please|can|could|would|what|where|when|how|send|show|tell|give)\b)) "
)
_TELL_HOW = (
    rf"(?:{_I}(?:{_SEEK}|have) |{_YOU}(?:give|tell|send|provide|get|find|show)(?: me| us)? )?{_SOME}"
    rf"(?:{_INFO}|questions?) {_ABOUT} "
)
_TELL_OF = rf"(?:{_I}{_SEEK} |{_YOU}(?:give|tell)(?: me| us)? )?{_SOME}{_INFO} {_ABOUT} "
_WANT_TO_LEARN = (
    rf"(?:{_I}(?:(?:want|need|like|wish|have|try|trying) to|must) {_LEARN}|(?:please |can you |could you )*help (?:me"
    rf"|us) (?:to )?{_LEARN}|(?:(?:i|we) (?:(?:am|was|are|were|just|do) )*)?"
    r"(?:wonder|wondering|curious(?: to know)?|asking(?: myself)?)) "
)
_KINDLY = (
    r"(?:(?:i|we) would (?:be (?:(?:very|so|really|most) )?(?:grateful|obliged|thankful|glad|happy|delighted)"
    r"|(?:really |very much |so )?appreciate(?: it)?|like it)|it would be (?:\w+ )?"
    r"(?:great|nice|good|lovely|kind|helpful))"
    r" if (?:you (?:could|would|can|will)(?: please| kindly)? )?"
)
_SO_MANY_THINGS = (
    r"(?:(?:today|now|this time) )?(?:(?:i|we) )?(?:(?:only|just|also|still) )*(?:need|want|have) "
    r"(?:(?:just|only) )?(?:\d+|an?|one|a few|some|several) (?:small |quick |more )?"
    r"(?:things?|requests?|questions?|favou?rs?|wishes|jobs|tasks|points)"
    r"(?: (?:today|from you|for you|please))* : |(?:i|we) (?:would )?(?:need|want|like"
    r"|have) (?:to have )?the following(?: \w+)? : "
)
_GLAD_OF = (
    r"(?:(?:i|we) (?:would|should) (?:be (?:(?:very|so|most) )?(?:grateful|obliged|thankful|glad|happy) "
    r"(?:for(?: the following :)?|to (?:see|know|learn|have|get|receive))"
    r"|appreciate (?:(?:being|to be) shown|seeing|receiving|getting|knowing|having|to (?:see|know|get|receive)))"
    rf"|{_I}(?:curious|asking|enquiring|inquiring|enquire|inquire) (?:about|for|regarding|after)) "
)
_ALL_I_WANT = (
    r"(?:what|all|the (?:only )?thing) (?:that )?(?:i|we) (?:(?:do|really|actually|would|still|just) )*"
    r"(?:want|need|like|love) is (?:to )?"
)
_KIND_TO = (
    r"(?:it would be (?:(?:very|so|most|really) )?(?:kind|nice|good|great|lovely|helpful) (?:of you )?to"
    r"|(?:(?:would|could) you )?(?:please )?be so (?:kind|good)(?: as to| to| and)) "
)
_WOULD_YOU = r"(?:would it be possible (?:for you )?to|how about you|why do not you|why not) "
_LEARN_HOW = (
    rf"(?:{_I}(?:want|need|like|wish|have|love) to (?:know|learn|understand|see|find out)"
    r"|(?:please )?(?:tell|show) (?:me|us)"
    r"|(?:can|could|would) you (?:please )?(?:tell|show|explain to) (?:me|us)|(?:please )?explain(?: to me)?"
    r"|(?:do|would) you know|i (?:do not|have no idea|am not sure|wonder) (?:know )?) "
    r"how (?:to|(?:i|we|one|you) (?:can|could|should|do|would|may)|exactly to) "
)
_CONTENT_WITH = (
    r"(?:i|we) (?:(?:will|would|can|could|am|are|shall) )?(?:(?:just|then|also) )?"
    r"(?:settle for|make do with|be (?:happy|fine|content|ok|okay) with|content (?:myself|ourselves) with|take just) "
)
_DOING = r"\w+ing |(?<=to )[a-z]+ "
_PLAIN = tuple(
    (lazy(f"(?P<frame>{frame})(?={follows})"), plain.split())
    for frame, follows, plain in (
        (_KINDLY, r"\S", "please"),
        ("but first(?: of all)?(?: ,)? ", r"(?!one\b|\d|of\b)\S", "but"),
        (r"while (?:you are|your|we are) (?:at it|in there|there|on it)(?: ,)? ", r"\S", "also"),
        (_SO_MANY_THINGS, r"\S", "show me"),
        (_ALL_I_WANT, r"(?!know|see)\S", "i want"),
        (_GLAD_OF, r"\S", "show me"),
        (_KIND_TO, r"[a-z]", "please"),
        (_WOULD_YOU, "[a-z]", "can you"),
        (r"my \w+ (?:wants|needs|would like) to (?:know|see) ", r"(?!how to|what to)\S", "show me"),
        ("(?:right|correct|the (?:right|correct|new) one) (?:is|would be|should be) ", "<v>", "please change it to"),
        (_LEARN_HOW, "[a-z]", "how do i"),
        (_CONTENT_WITH, r"(?:the|an?|my|its) ", "give me"),
        ("do ", "(?:show|tell|give|send|let|get|make|have|check) ", "please"),
        ("(?:how|what) about ", r"\w+ing ", "please"),
        ("how about (?:i|we) ", "[a-z]", "i want to"),
        (r"same (?:question|thing|request|again)(?: goes)? (?:for|about|with) ", r"\S", "same for"),
        ("is it (?:ok|okay|fine|alright|all right|possible) (?:if|that|when) (?:i|we) ", "[a-z]", "can i"),
        (_UNSURE, r"(?!i |we |it |do |is )[a-z]+ \S", "how do i"),
        (_MUST, "[a-z]", "how do i"),
        ("(?:where|how) to ", "[a-z]", "how do i"),
        ("where (?:can|do|could|should|may|might) (?:i|we) ", "[a-z]+ ", "how do i"),
        ("is it possible (?:for (?:me|us) )?to ", "[a-z]", "can i"),
        (_WANT_HELP, _DOING, "i want to"),
        (_HAVE_TROUBLE, _DOING, "i want to"),
        (_CALL, "[a-z]", "i want to"),
        (_HAVE_TO, "[a-z]", "i want to"),
        (_TELL_HOW, r"\w+ing ", "how do i"),
        (_TELL_OF, r"\S", "show me"),
        (
            _WANT_TO_LEARN,
            "(?:when|how (?:soon|long|much|many|far)|where|what|which|who|whether|if) ",
            "tell me",
        ),
    )
)
"""What is said, what must follow it, and the plain words for it."""
_DONE = (
    r"(?:(?:and|but) )?(?:only )?(?:once|when|after|as soon as|whenever) (?:that|this|it|you|all that"
    r"|all of that|everything) "
    r"(?:is|are|has|have)(?: been)? (?:all |both )?(?:done|finished|sorted|settled|completed?|through"
    r"|taken care of|in place)"
    r"(?: (?:with )?(?:that|this|it|so))?(?: ,)? "
)
_LOOKING: tuple[tuple[re.Pattern[str], list[str]], ...] = (
    (lazy(f"(?P<frame>{_DONE})(?=[a-z])"), ["then"]),
    (lazy(r"(?P<frame>, (?:every|each)(?: and every)? (?:single )?(?:last )?one(?: of them)? )(?=[.,!?]|$)"), []),
    (lazy(r"(?P<frame>what(?:so)?ever|whichever|what) (?=[a-z]+s (?:have|are|were|had)\b)"), ["which"]),
    (
        lazy(
            r"(?P<frame>(?:take|taking|have|having|get|getting|give|giving) (?:an?|another) (?:\w+ )?"
            r"(?:look|glance|peek) (?:at|into) )"
        ),
        ["see"],
    ),
    (lazy(r"(?P<frame>more of (?:those|these|the|your) )(?=[a-z])"), ["more"]),
    (
        lazy(
            r"(?P<frame>(?:do not|would not|will not|can not|rather not|not) (?:(?:want|wish|like"
            r"|need) to )?keep )(?=the |my |it |this )"
        ),
        ["do", "not", "want"],
    ),
    (lazy(r"(?P<frame>(?:, )?while (?:you are|i am|we are) (?:at|on) (?:it|that) )"), []),
    (
        lazy(
            r"(?P<frame>(?:, )?(?:and )?(?:many )?(?:thanks|thank you)(?: so much| a lot"
            r"| very much)? for (?:all )?(?:your|the|this)"
            r"(?: kind| quick| great)? \w+ )(?=[.!]|$)"
        ),
        [],
    ),
    (
        lazy(
            r"(?P<frame>(?:please|kindly) do )(?=[a-z]+ )(?!(?:it|that|so|this|not|the|my|an?|you|something|for|now)\b)"
        ),
        ["please"],
    ),
    (lazy(r"(?P<frame>(?P<doing>\w+ing) and )(?=(?P=doing) )"), []),
    (lazy(r"(?P<frame>list )(?=which )"), ["show", "me"]),
    (lazy(r"(?P<frame>open(?: up)? )(?=(?:the|my|that|this|<v>) )"), ["show", "me"]),
    (lazy(r"(?P<frame>(?:pull|bring|call|dig) (?:me )?(?:up|out) )(?=\S)"), ["show", "me"]),
)
"""What means no more than to see something, wherever it stands."""
_END = lazy(
    r"(?: [,.])?(?: and)?(?: (?:can|could|will|would|may) (?:you|u) (?:please )?(?:help|assist)(?: me)?"
    r"(?: (?:with|out)(?: (?:this|that|it))?)?"
    rf"| (?:can|could|may) i (?:get|have) (?:some |any )?{_HELP}| (?:i )?(?:need|want) (?:some |your )?{_HELP}"
    r"| help me(?: please)?| (?:how|where) (?:can|do|could|should) i do (?:it|that|this|so)"
    r"| how to do (?:it|this|that))(?: [?!.])*$"
)
"""What follows a request and asks for help with it, or how it goes."""
_LIGHT = SHOWING | CHANGING | DOING
_BEFORE = words("and but so please hello hi hey there also now")
"""Words behind which a way of asking can begin."""


def unended(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens without what merely follows a request ("..., can you help me?")."""
    text = norms(tokens)
    ending = _END.search(text)
    return tuple(tokens[: text[: ending.start()].count(" ") + 1] if ending and ending.start() else tokens)


def unframed(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with plain words for what merely leads to a request."""
    found, text = tuple(tokens), f"{norms(tokens)} "
    for patterns, anywhere in ((_LOOKING, True), (_PLAIN, False)):
        for pattern, plain in patterns:
            if pattern.search(text):
                found = tuple(_replaced(found, pattern, plain, anywhere=anywhere))
                text = f"{norms(found)} "
    return found


def _replaced(
    tokens: Sequence[Token], pattern: re.Pattern[str], plain: Sequence[str], *, anywhere: bool
) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        is_place = anywhere or _begins(tokens, at)
        frame = pattern.match(f"{norms(tokens[at : at + 24])} ") if is_place else None
        if frame:
            yield from (new_word(word, tokens[at]) for word in plain)
            at += frame["frame"].count(" ")
        if at < len(tokens):
            yield _in_base(tokens[at]) if frame else tokens[at]
        at += 1


def _begins(tokens: Sequence[Token], at: int) -> bool:
    return not at or tokens[at - 1].is_mark or tokens[at - 1].norm in _BEFORE


def _in_base(token: Token) -> Token:
    """A light verb without its `-ing`."""
    if token.shape or not token.norm.endswith("ing"):
        return token
    base = next((word for word in bases_of(token.norm) if word in _LIGHT), None)
    return replace(token, norm=base) if base else token
