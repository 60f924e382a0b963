"""Ways to say what must not be done ("anything but stop A-17", "i do not want A-17 stopped"), put as "do not stop"."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import respelled, rule
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_BEGIN = r"(?:^|(?<=[.,!?;:\n-] )|(?<=\band )|(?<=\bbut )|(?<=\bso ))"
_BUT = r"(?:but|except(?: for)?|other than|apart from|aside from|besides|short of|save(?: for)?|bar|only not|just not)"
_ALL = (
    r"(?:anything|everything|whatever|what|all)(?: else)?(?: (?:that )?(?:you (?:want|like|please|can|wish)|possible))?"
)
_NEVER = (
    r"(?:under no circumstances?|on no account|by no means|in no (?:case|event)|at no (?:time|point)"
    r"|not (?:under|in) any circumstances?|not on any account|not for anything|whatever (?:you do|happens)"
    r"|no matter what(?: (?:happens|you do))?|by all means|for (?:god|heaven|goodness) 's sake|god forbid)"
)
_YOU_MAY = r"(?:(?:(?:are|should|must|may|shall|can|will) you|you (?:are|should|must|may|shall|can|will)) )?"
_MUST_NOT = (
    r"(?:you (?:must|should|may|can|shall|are) (?:not|never) (?:allowed to |supposed to |to )?(?:ever )?do"
    r"|(?:i|we) (?:do not|never|would not)(?: ever)? want(?: you to do)?)"
)
A_THING = r"(?:(?:the|my|our|that|this) )?(?:(?!to\b|you\b|me\b)[a-z'-]+ ){0,4}?(?:(?:from|in|of) )?<v>"
_RULES = (
    rule(
        "thing |what you |what i |what we ",
        rf"(?P<a>(?:the (?:one|only|last|single) thing|one thing|what) (?:that )?{_MUST_NOT} is(?: for you)?(?: to)?) "
        r"(?=[a-z]+ )",
        a="do not",
    ),
    rule(
        "last thing ",
        r"(?P<a>(?:(?:the|my) )?(?:very )?last thing (?:(?:that )?(?:i|we) (?:want|need|would want|wanted))?"
        rf"(?: (?:now|right now|today))? ?is(?: for| to have| to see)?) (?={A_THING} (?:to be |being )?[a-z]+ed\b)",
        a="i do not want",
    ),
    rule(
        "anything|everything|all |any of|whatever",
        rf"{_BEGIN}(?P<a>(?:(?:anything|everything|whatever|all|any of (?:them|those)|all of (?:them|those)) {_BUT}) )"
        rf"(?:{A_THING})(?: (?:and|or|,) <v>)*(?P<b> (?:can|may|should|must|could)) be [a-z]+ed\b",
        a="",
        b="should not",
    ),
    rule(
        "worst|forbid|hate |dare|afford",
        r"(?P<a>(?:the )?worst(?: thing)? (?:that )?(?:you|anybody|anyone|they) (?:could|can"
        r"|might) (?:possibly )?do(?: now)? "
        r"(?:is|would be)(?: to)?|(?:i|we) forbid(?: you| anyone| anybody)?(?: to)?"
        r"|(?:god|heaven|heavens) forbid (?:that )?(?:you|anyone|anybody|someone)|(?:i|we) would hate(?: for)? you to"
        r"|do not (?:you )?(?:ever )?dare(?: to)?|(?:i|we) (?:can not|could not) afford (?:for )?you to|"
        r"(?:i|we) would hate (?:it )?if you) (?=[a-z]+ )",
        a="do not",
    ),
    rule(
        "make sure|ensure|see to it",
        r"(?P<a>(?:please |just |and |do )*(?:make sure|ensure|see to it)(?: that)?) (?:(?:the|my|our) )?(?:[a-z]+ )?"
        r"<v> (?P<b>(?:is|are|does|do) not(?: be| get)?|will not be|never gets)(?= [a-z]+ed\b(?! (?:yet|by now"
        r"|already)))",
        a="",
        b="should not be",
    ),
    rule(
        "not to be|no account|no means|no case|circumstance|must never",
        r"<v> (?P<b>(?:is|are) not to be|must (?:on no account|by no means|in no case|under no circumstances?"
        r"|never) be)"
        r"(?= [a-z]+ed\b)",
        b="should not be",
    ),
    rule(
        "hate ",
        rf"(?P<a>(?:i|we) would hate(?: for| to have| to see)?) (?={A_THING} (?:to be |being )?[a-z]+ed\b)",
        a="i do not want",
    ),
    rule(
        "anything|everything|whatever|what |all ",
        rf"{_BEGIN}(?P<a>(?:please )?(?:you (?:can|may|could|should) |feel free to |just )?(?:do|try) {_ALL}"
        rf"(?: ,)? {_BUT}(?: to)?) (?=(?!the\b|my\b|an?\b|that\b|this\b)[a-z]+)",
        a="do not",
    ),
    rule("anything|everything", rf"{_BEGIN}(?P<a>(?:anything|everything) {_BUT}) (?=[a-z]+ing\b)", a="no"),
    rule(
        "whatever|no matter|circumstance|account|no means|no case|no event|at no |by all means|sake|forbid",
        rf"{_BEGIN}(?P<a>{_NEVER}(?: ,)? (?:please )?{_YOU_MAY}(?:(?:do not|never|not)(?: ever)?|ever)(?: to)?) "
        r"(?=[a-z]+ )",
        a="do not",
    ),
    rule(
        "no circumstance|no account|no means|no case|no event|at no ",
        rf"{_BEGIN}(?P<a>(?:under no circumstances?|on no account|by no means|in no (?:case|event)"
        rf"|at no (?:time|point))"
        rf"(?: ,)? (?:please )?{_YOU_MAY}(?:to )?)(?=(?!is\b|are\b|was\b|should\b|must\b|can\b|may\b|will\b|i\b|we\b"
        r"|the\b|my\b|it\b|do\b|has\b)[a-z]+ (?:<v>|it|them|the|my|our|this|that|any))",
        a="do not",
    ),
    rule(
        "as if ",
        rf"{_BEGIN}(?P<a>as if (?:i|we) (?:would|will|wanted to|want to|were going to|could)(?: ever)?) (?=[a-z]+ )",
        a="do not",
    ),
    rule(
        " say| said | tell| told | ask| write | wrote ",
        r"\b(?P<a>(?:i|we) (?:did not|never|have not|had not|do not|am not|was not)(?: ever)? (?:say(?:ing)?"
        r"|said|tell(?:ing)? you"
        r"|told you|ask(?:ing)? you|asked you|write|wrote)(?: (?:that )?(?:you|to|should|must"
        r"|please))*) (?=(?:(?!if\b|when\b|what\b"
        r"|where\b|how\b|that\b|anything\b|so\b|it\b)[a-z]+) (?:<v>|it\b|them\b|the\b|my\b|that\b|this\b|any))",
        a="do not",
    ),
    rule(
        "do not ",
        r"\bdo not [a-z]+ [^.!?;]*?[-,.;] (?:but )?(?P<a>(?:i|we) (?:said|asked(?: you)?(?: to)?|wrote|meant"
        r"|told you(?: to)?"
        r"|(?:am|was) (?:saying|asking(?: you)?(?: to)?))) (?=[a-z]+ (?:<v>|it\b|them\b|the\b|my\b|that\b|this\b))",
        a="please",
    ),
    rule(
        "neither|none of",
        r"\b(?:i|we) (?P<a>(?:want|need|would like|wish)(?: to (?:have|see))? (?:neither|none)(?: of)?) (?=<v>)",
        a="do not want",
    ),
    rule(
        " list",
        r"\b(?P<a>scratch|strike|take|cross|remove|drop|leave|keep) <v>(?P<b> (?:off|from|out of|off of) (?:the"
        r"|my|your) list"
        r"(?: of [a-z]+(?: to (?:be )?[a-z]+)?)?)",
        a="leave",
        b="alone",
    ),
    rule(
        "stop |halt |wait ",
        r"^(?P<a>(?:please )?(?:stop|halt|wait|hey)(?: [!,.])+) (?=(?:please )?(?:do not|never)\b)",
        a="",
    ),
    rule(
        "not to |refrain",
        r"\b(?P<a>(?:(?:would|could|can|will) you (?:please )?|please )?(?:be so (?:kind|good)(?: as)?"
        r"|be (?:kind|good) enough"
        r"|be sure|take care|be careful|make sure|see) not to) (?=[a-z]+ )",
        a="please do not",
    ),
    rule(" mind to", r"\b(?P<a>(?:i|we) have (?:half )?a (?:good |great )?mind to) (?=[a-z]+ )", a="i might"),
    rule(
        ": no",
        r"(?:^|(?<=[,.;\n] )|(?<=\band ))(?P<a>)(?!do\b|never\b)[a-z]+ (?:(?!<v>)[a-z]+ ){0,4}<v>(?P<b> : no)"
        r"(?= [.,;!\n]|$)",
        a="do not",
        b="",
    ),
    rule(": yes", r"<v>(?P<b> : yes)(?= [.,;!\n]|$)", b=""),
    rule("refrain", r"\b(?P<a>(?:please |kindly |you (?:can|may|should) )*refrain from) (?=[a-z]+ing )", a="no"),
    rule(
        "if you ",
        r"(?P<a>\b(?:i|we) would (?:really |very much )?(?:appreciate|like|prefer)(?: it)? if you (?:did|would"
        r"|could|do) not) (?=[a-z]+ )",
        a="please do not",
    ),
)
"""What must not be done."""
_WORD = r"(?!(?:i|we|you|he|she|they|it|that|which|was|is)\b)[a-z]+"
_NOUN = rf"(?:{_WORD} )?{_WORD}"
_UNWANTED = lazy(
    r"\b(?P<frame>(?:i|we) (?:(?:really|certainly|definitely|just|surely) )*(?:do not|would not|never|no longer)"
    r"(?: (?:really|actually|ever|even))* (?:want|need|wish|like)(?: (?:to (?:have|see|get)|for))?) "
    rf"(?P<what>{A_THING}(?: (?:and|or|nor|,) <v>)*|(?:the|my|our|that|this) {_NOUN}|it|them|that|this) "
    r"(?P<be>(?:(?:to|be|being) )*[a-z]+ed)\b"
)
_NEITHER = lazy(
    r"(?:^|(?<=[.!?,;:\n] )|(?<=\band )|(?<=\bplease )|(?<=\bbut ))(?P<neither>neither) (?P<one>[a-z]+) "
    r"(?:[^\s.!?;,]+ ){0,4}?(?P<joint>nor) [a-z]+"
)
_OR = lazy(
    r"\b(?:do not|never|(?:i|we) (?:do not|no longer) (?:want|need|wish|like)(?: you)? to|no need to) [a-z]+ "
    r"(?:(?!if\b|unless\b|when\b)[^\s.!?;,]+ ){0,4}?(?P<joint>or)(?: to)? (?P<two>[a-z]+)\b"
)


def plainly_forbidden(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "do not" where something is not to be done, and for each of two deeds of its own."""
    tokens = respelled(tokens, _RULES)
    text = norms(tokens)
    if ("not " in text or "never " in text or " longer " in text) and (found := _UNWANTED.search(text)) is not None:
        tokens = _with_verb_ahead(tokens, index, [token_at(found, g) for g in ("frame", "what", "be")])
        text = norms(tokens)
    if " nor " in text and (found := _NEITHER.search(text)) is not None and stem(found["one"]) in index.acts:
        return _said_of_each(tokens, token_at(found, "joint"), token_at(found, "neither"))
    if " or " in text and (found := _OR.search(text)) is not None and stem(found["two"]) in index.acts:
        return _said_of_each(tokens, token_at(found, "joint"), None)
    return tokens


def _with_verb_ahead(tokens: tuple[Token, ...], index: Index, places: Sequence[int]) -> tuple[Token, ...]:
    """With "do not stop A-17" for "i do not want A-17 to be stopped", where an effect has the verb."""
    frame, what, be = places
    done = be
    while tokens[done].norm in ("to", "be", "being"):
        done += 1
    bases = [base for base in bases_of(tokens[done].norm) if stem(base) in index.effect_verbs]
    if not bases:
        return tokens
    base = min(bases, key=len)
    ruled = (
        *(new_word(word, tokens[frame]) for word in ("do", "not")),
        replace(tokens[done], norm=base, stem=stem(base)),
    )
    return (*tokens[:frame], *ruled, *tokens[what:be], *tokens[done + 1 :])


def _said_of_each(tokens: tuple[Token, ...], joint: int, neither: int | None) -> tuple[Token, ...]:
    """With ", do not" for the "or" between two deeds that are ruled out, and "do not" for the "neither" before them."""
    behind = joint + 1 + (tokens[joint + 1].norm == "to")
    ruled = [new_word(word, tokens[joint]) for word in (",", "do", "not")]
    ahead = tokens[:joint]
    if neither is not None:
        ahead = (*ahead[:neither], *(new_word(w, tokens[neither]) for w in ("do", "not")), *ahead[neither + 1 :])
    return (*ahead, *ruled, *tokens[behind:])
