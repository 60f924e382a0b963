"""Idioms of everyday English, put into the plain verbs of stopping, showing, wanting and getting that they stand for.

Each takes its object with it: what has none that could be meant here stays as it was said.
"""

import re
from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.guarding.persons import PERSON
from orchestrator_server.embedded.plainly.respelling import Rule, is_unconditional, respelled, rule
from orchestrator_server.embedded.plainly.wishing.asked_oddly import asked_plainly
from orchestrator_server.embedded.plainly.wishing.booked_as import with_deeds
from orchestrator_server.embedded.plainly.wishing.favours import without_favours
from orchestrator_server.embedded.plainly.wishing.forbidding import plainly_forbidden
from orchestrator_server.embedded.plainly.wishing.left_undone import asked_by_do_it
from orchestrator_server.embedded.plainly.wishing.musing import unmused
from orchestrator_server.embedded.plainly.wishing.never_asked import without_never_asked
from orchestrator_server.embedded.plainly.wishing.riddance import with_riddance
from orchestrator_server.embedded.plainly.wishing.thing_meant import with_thing_meant
from orchestrator_server.embedded.plainly.wishing.withdrawn import unwished
from orchestrator_server.embedded.words.english import stem, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_OBJECT = r"(?:(?:(?:the|my|our|this|that|your|whole) )*(?:[a-z]+ )?<v>|it|them|this|that|those|these)(?= |$)"
"""A thing with an id, or what points at one."""
_SO_MANY = r"(?:\d+|an?|one|another|some|a few) "
_SOMEBODY = rf"(?:he|she|they|(?:my|our|the) (?:(?!of\b)[a-z]+ )?(?:{PERSON}|[a-z]{{4,}}(?:ant|eper|tor|yer|ist)))"


_RULES = (
    rule(
        "plug on|end to|stop to|halt to|time on",
        r"\b(?P<v>pull the plug on|put (?:an end|a stop|a halt) to|call (?:a halt to|time on))"
        rf" (?={_OBJECT})",
        v="stop",
    ),
    rule(
        "make ",
        rf"\b(?P<v>make) {_OBJECT}(?P<w> not happen)",
        v="stop",
        w="",
    ),
    rule(
        "take ",
        rf"\b(?P<v>take) {_OBJECT}"
        r"(?P<w> (?:out of|off) (?:the|your) (?:system|books?|lists?|records|queue))(?! (?:of|for)\b)",
        v="stop",
        w="",
    ),
    rule(
        "give |knock ",
        rf"\b(?P<v>give|knock) {_OBJECT}(?P<w> (?:the (?:chop|boot|push|heave - ho)|on the head))\b",
        v="stop",
        w="",
    ),
    rule(
        " through| me in on| us in on| up to |my memory| me on",
        r"\b(?P<v>(?:run|walk|talk|take) (?:me|us) through|fill (?:me|us) in on|bring (?:me|us) up to (?:date|speed)"
        r" (?:on|with)|(?:brief|update) (?:me|us) on|(?:jog|refresh) my memory (?:on|of|about|regarding)) (?=\S)",
        v="show me",
    ),
    rule("break ", rf"\b(?P<v>break) {_OBJECT}(?P<w> down)(?: for (?:me|us))\b", v="show me", w=""),
    rule(
        "furnish|supply|provide|present|let me have|let us have",
        r"\b(?P<v>(?:furnish|supply|provide|present) (?:me|us) with|let (?:me|us) have)"
        r" (?=(?:the|my|our|your|\d+|an?|all|some) (?!(?:\w+ )?(?:look|word|think|moment|go|try|rest|chance)\b))",
        v="give me",
    ),
    rule(
        "you ",
        r"\b(?:have|with|from|by|of|at|for) you(?P<w> (?:lot|guys|people|folks|chaps|lads"
        r"|peeps))\b",
        w="",
    ),
    rule("what all", r"\bwhat(?P<w> all)(?= (?:do|did|have|has|is|are|was) )", w=""),
    rule("sleeps|nights", r"\b(?:how many (?:more )?|\d+ (?:more )?)(?P<v>sleeps|nights)\b(?! (?:in|at)\b)", v="days"),
    rule(
        "hence|here on|forward|this day",
        r"\b(?P<v>henceforth|henceforward|from here on(?: in| out)?|going forward|from this day (?:on|forward))\b",
        v="from now on",
    ),
    rule("after", rf"\b(?:i|we)(?P<v> (?:am|are) after)(?= (?:{_SO_MANY}|(?:the|my|your) ))", v="want"),
    rule(
        "after",
        rf"\b{_SOMEBODY}(?P<v> (?:is|are) after)(?= (?:an?|the|my|your) (?!\d|first|last|next)[a-z]+)",
        v="wants",
    ),
    rule("ing ", r"\b(?:i|we)(?P<v> (?:am|are) (?:just |still )?(?:needing|wanting|requiring))\b", v="need"),
    rule(
        "fancy|require|desire|do with|could use|market for|need of",
        r"\b(?:i|we)(?P<v> (?:would )?(?:quite |really )?(?:fancy|require|desire|could (?:really )?(?:do with|use)"
        rf"|(?:am|are) in (?:the market for|need of)|have need of))(?= {_SO_MANY})",
        v="want",
    ),
    rule(
        "treat |up with|out with|grab|snag|nab|deliver|supply|send ",
        r"\b(?P<v>treat (?:me|us) to|(?:hook|set|fix) (?:me|us) up with|sort (?:me|us) out with"
        r"|(?:grab|snag|nab|deliver|supply)(?: (?:me|us)| to (?:me|us))"
        rf"|send (?:over|along|out|round)(?: to (?:me|us))?) (?={_SO_MANY})",
        v="get me",
    ),
    rule(
        "pop |stick |bung |whack |chuck |shove |slap ",
        rf"\b(?P<v>pop|stick|bung|whack|chuck|shove|slap) (?={_SO_MANY})",
        v="put",
    ),
    rule(
        "please |kindly ",
        r"\b(?:please|kindly) (?P<v>(?:state|advise|indicate|specify|communicate|quote)(?: me| us)?(?: of)?)"
        r" (?=(?:the|my|our|when|where|which|how|what) )",
        v="tell me",
    ),
    rule(
        "want|need|require|asking|after|asks|demand|waiting|looking",
        r"(?:^|[.,;!] |\b(?:and|because|since|as) )(?P<v>(?:he|she|they|[a-z]+(?: [a-z]+){0,2}) (?:(?:now|still"
        r"|also|just|really|urgently) )*"
        r"(?:wants|needs|requires|demands|(?:is|are) (?:asking|waiting|looking) for|asks for))"
        r" (?=(?:the|my|our|a copy of the) (?![a-z]{4,}(?:tion|al|ment|ance) )[a-z]+(?: [a-z]+)? (?:for|of|from) "
        r"(?:(?:the|my|our) )?(?:[a-z]+ )?<v>"
        r"(?: (?:please|now|again|urgently|for [a-z ]+))*(?: [.,!?;]|$))",
        v="show me",
    ),
    rule(
        "how much longer",
        r"\bhow much longer(?P<w> (?:do|must|will|shall|should) (?:i|we) (?:(?:have|need|got|still) )*(?:to )?"
        r"(?:wait|be waiting) (?:for|on))(?= )",
        w="until",
    ),
    rule(
        " you | i ",
        r"(?:^|[.,;!] )(?:what|which) (?!do|did|does|have|has|had|can|could|if|else|i|you)[a-z]{3,}(?P<w>)"
        r" (?:you|i) (?:have|got)\b",
        w="do",
    ),
    rule(
        "?",
        r"(?:^|[.!?] )(?P<v>)(?:(?:my|the|our) (?:[a-z]+ ){1,5}|(?:i|we) (?:[a-z]+ ){1,3})<v>(?P<w> , (?:correct|right"
        r"|yes|am i right|is that (?:right|correct|what you have|still right|still correct)))(?= \?)",
        v="confirm that",
        w="",
    ),
    rule(
        "you have|you hold|you keep|you got",
        r"\bwhat (?P<a>is (?:the|my)) (?:[a-z-]+ ){1,3}?(?P<b>(?:(?:that|which) )?you (?:have|hold|keep|got))"
        r"(?= (?:[a-z]+ed|on|got|for|down|in)\b| [.,?!]|$)",
        a="",
        b="do you have",
    ),
    rule(
        "but <v>",
        r"\b(?:any|all|every|each|everything|anything)(?: (?!but\b)[a-z]+){0,5} (?P<a>but)"
        r"(?= <v> (?:can|could|may|should|must|is|are|has|have|to|will)\b)",
        a="except",
    ),
    rule("ed for ", r"\bdo you have (?P<a>[a-z]+ed )for (?:me|us)\b", a=""),
    Rule(
        hints=("number of ", "amount of ", "count of "),
        pattern=lazy(
            r"\b(?P<a>the (?:(?:total|exact|current) )?(?:number|amount|count) of)(?= (?:my |the )?[a-z-]+s\b)"
        ),
        plain={"a": "how many"},
        applies=is_unconditional,
    ),
    rule("ring |buzz |dial ", r"\b(?P<v>ring|buzz|dial)(?= (?:me|us) (?:(?:up|back) )?(?:on|at|under) <v>)", v="call"),
    rule(
        " up",
        r"\b(?P<v>pull|bring|look|call|get|open|fetch) (?:(?:that|this|the|my) (?:[a-z]+ )?(?:[a-z]+|<v>)|it"
        r"|<v>)(?P<w> up)"
        r"(?= (?:for (?:me|us)|on|please|here|again|now|so|and)\b| [.?!,]|$)",
        v="show me",
        w="",
    ),
    rule(
        "another |other |different |new ",
        r"\b(?:another|other|different|new) [a-z]+(?P<w> (?:than|from|to|as) (?:the (?:one|[a-z]+)|what|that|my [a-z]+)"
        r"(?: (?:that |which )?(?:i|we|you) (?:have |had |just |originally |first )*[a-z]+(?: (?:you|me|us|in"
        r"|before|at first"
        r"|earlier|already|on file))*)?(?: (?:on|in|for|of) (?:it|file|record|the [a-z]+"
        r"|my [a-z]+))?)(?= [.,!?]|$| please)",
        w="",
    ),
    rule(
        "somewhere|elsewhere",
        r"\bsomewhere(?P<w> (?:other|different) than (?:the|my|our|what)(?: [a-z]+){1,3}?(?: (?:i|we"
        r"|you) [a-z]+(?: you| me)?)?"
        r"(?: (?:on|in|for|of) (?:it|file|the [a-z]+|my [a-z]+))?)(?= [.,!?]|$| please)",
        w="else",
    ),
    rule(
        "place|spot|location|destination",
        r"\b(?:to|at) (?P<v>(?:an? (?:different|new|other)|another|some other|a whole new) (?:place|spot"
        r"|location|destination))"
        r"(?= [.,!?;]|$| please| now| instead)",
        v="somewhere else",
    ),
    rule(
        "do you have ",
        r"\b(?:what|which) [a-z]+(?: [a-z]+)? do you have(?: (?:for|of|from) (?:me|us)| on (?:file|record))+"
        r"(?P<w> (?:at the moment|right now|currently|at present|now|today|these days))",
        w="",
    ),
    rule(
        "for me|for us",
        r"\b(?:what|which) [a-z]+(?: [a-z]+)? (?P<v>(?:is|are) (?:(?:currently|now|still) )?(?:saved|stored|registered"
        r"|recorded|noted|held|listed|filed|on (?:file|record))(?: with you)?(?= for (?:me|us)\b))"
        r"(?: for (?:me|us))(?P<w>(?: (?:at the moment|right now|currently|at present|now|today))?)",
        v="do you have",
        w="",
    ),
    rule(
        "believed|go by|anything to go",
        r"(?P<a>\bif (?:[^\s.!?;,]+ ){1,9}?(?:is|are) (?:to be believed|anything to go by|right"
        r"|correct)(?: ,)?) (?=[^.!?;]*<v>)"
        r"(?=[^.!?;]*\b(?:has|have|had|was|were|is|are|got)\b[^.!?;]*[.!?;])",
        a="apparently",
    ),
    rule("form <v>", r"[a-z] (?P<v>form) <v>", v="from"),
)
"""What is said, and the plain words for it."""
_ENDING = frozenset(
    stem(word)
    for word in words(
        "nix axe annul rescind revoke nullify retract abort abandon terminate scrap ditch quash scotch scrub"
    )
)
"""Verbs of calling something off that hardly mean anything else."""
_OBJECT_BEHIND = lazy(rf"{_OBJECT}|(?:the|my|our|your|this|that) ")


def unidiomatic(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with plain words for such idioms."""
    tokens = asked_by_do_it(with_deeds(tokens, index), index)
    tokens = unwished(asked_plainly(without_never_asked(with_thing_meant(tokens, index))))
    tokens = plainly_forbidden(unmused(without_favours(tokens, index)), index)
    return tuple(_stopping(respelled(with_riddance(tokens, index), _RULES), index))


def _stopping(tokens: Sequence[Token], index: Index) -> Iterator[Token]:
    """With `stop` for a verb of calling off that nobody declared, where its object follows."""
    for at, token in enumerate(tokens):
        is_ending = token.stem in _ENDING and not token.shape and not index.knows(token.stem)
        is_plain = is_ending and re.search("(?:ed|ing|s)$", token.norm) is None
        has_object = is_plain and _OBJECT_BEHIND.match(norms(tokens[at + 1 : at + 5]) + " ") is not None
        yield new_word("stop", token) if has_object else token
