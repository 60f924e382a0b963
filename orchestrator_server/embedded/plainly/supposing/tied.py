"""Requests that hang on a condition by other words than "if so", and wishes that only a condition makes wishes."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.plainly.supposing.hedged import POINTING
from orchestrator_server.embedded.plainly.supposing.supposed_words import BEGINS, THING
from orchestrator_server.embedded.words.english import UNIT, WEEKDAYS
from orchestrator_server.embedded.words.patterns import lazy

_DAYS = "|".join(["today", "tomorrow", *sorted(WEEKDAYS)])
_YOURS = (
    r"(?:(?:at|in|with) (?:your (?:own )?(?:place|side|end|warehouse|depot|hands|building|store|shop|premises|house)"
    r"|yours)|with you(?: (?:guys|lot|people|all))?)"
)
_COMES = (
    r"(?:comes?|arrives?|gets (?:here|in|to me)|get here|turns? up|shows? up|lands?|reaches (?:me|us)"
    r"|makes it)"
    r"(?: (?:here|to me|in|home|at mine))*"
)
TIED = (
    Rule(
        hints=("just ", "merely ", "simply "),
        pattern=lazy(
            r"\b(?:if|unless|when|while|provided|as long as|assuming)\b[^.?!;,\n]*?\b(?:is|are|has"
            r"|have)(?: still| already| only)*"
            r" (?P<a>just|merely|simply)(?= (?:still |being |been |not )*[a-z]+ing\b)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("not if", "not when"),
        pattern=lazy(
            r"(?:^|(?<=[.!?;\n] ))(?:(?:but|and|well|only|just) )*(?P<a>not) (?:if|when) [^.?!;\n]+?"
            r"(?P<b>(?: ,)?(?: but| and)?) (?:otherwise|if not|else)\b"
        ),
        plain={"a": "", "b": ", do nothing ,"},
    ),
    Rule(
        hints=("accordingly", "correspondingly"),
        pattern=lazy(
            rf"{BEGINS}(?P<a>)(?:please |so |then )*(?!act\b)[a-z]+ (?:it|that|this|them|<v>)(?P<b> (?:accordingly"
            r"|correspondingly))(?= [.,;!?]|$)"
        ),
        plain={"a": "if so ,", "b": ""},
    ),
    Rule(
        hints=("would it", "would that", "would this", "would <v>"),
        pattern=lazy(r"\b(?P<a>would) (?:it|that|this|<v>) (?P<b>be) (?=[^.?!;]*\?)"),
        plain={"a": "is", "b": ""},
    ),
    Rule(
        hints=("better ", "should ", "ought ", "must ", "might ", "may ", "could "),
        pattern=lazy(
            r"(?:^|(?<=[.!?;\n] ))(?P<a>)(?:<v>|it|this|that) (?P<b>(?:had |has )?better|should|ought to"
            r"|must|might|may|could) (?:well |still |already )*be (?:(?!(?:if|unless"
            r"|when)\b)[^.?!;\n ]+ )*?(?:(?!(?:if|unless|when)\b)[^.?!;\n ]+)"
            r"(?P<c> [.,])" + POINTING
        ),
        plain={"a": "is", "b": "", "c": "?"},
    ),
    Rule(
        hints=("your ", "yours", "with you"),
        pattern=lazy(
            r"(?P<a>\b(?:is|are|has been|be) )?(?P<b>still (?:(?:sitting|lying|standing|stuck|waiting|being"
            r"|there|around"
            rf"|just) )*{_YOURS})(?= [.,:;?!]|$| (?:then|please|i|you|and)\b"
            r"| [a-z]+ (?:it|that|them|this|<v>)\b)"
        ),
        plain={"a": "has", "b": "not left yet"},
        applies=lambda found: found["a"] is not None and not found.string.startswith(found["a"].strip()),
    ),
    Rule(
        hints=("your ", "yours", "with you"),
        pattern=lazy(
            r"(?:^|(?<=[.!?;\n] ))(?P<a>is) (?:<v>|it|this|that) (?P<b>still (?:(?:sitting|lying|standing|stuck"
            r"|waiting"
            rf"|being|there|around|just) )*{_YOURS})(?= [.,:;?!]|$)"
        ),
        plain={"a": "has", "b": "not left yet"},
    ),
    Rule(
        hints=("your ", "yours", "with you"),
        pattern=lazy(
            rf"{BEGINS}(?P<b>still (?:(?:sitting|lying|standing|stuck|waiting|being|there|around"
            rf"|just) )*{_YOURS})(?= [:=?,])"
        ),
        plain={"b": "not left yet"},
    ),
    Rule(
        hints=(" within ", " in "),
        pattern=lazy(
            r"\b(?:if|unless|when|provided(?: that)?|as long as|so long as|only if|only when"
            rf"|either) {THING} (?P<a>{_COMES})"
            rf" (?P<b>(?:within|in)(?: the next)?)(?= (?:\d+|an?|one) (?:{UNIT})\b(?! (?:of|after|from|since)\b))"
        ),
        plain={"a": "will arrive", "b": "within"},
    ),
    Rule(
        hints=("suffice", "will do", "is enough", "be enough", "would do"),
        pattern=lazy(
            r"(?P<a>)\b(?:the|its|just the|only the) (?:[a-z]+ ){1,3}?(?P<b>(?:will|would|shall) (?:suffice|do"
            r"|be (?:enough"
            r"|sufficient|fine))|suffices?|is enough)(?= [.,;!?]|$)"
        ),
        plain={"a": "show me", "b": ""},
    ),
    Rule(
        hints=(" send",),
        pattern=lazy(
            r"\b(?:is|are|was|were|been|has|have|be|get|got)(?: not| yet| already| been)* (?P<a>send)(?= (?:yet"
            r"|out|already"
            r"|off|[.,;!?])|$)"
        ),
        plain={"a": "sent"},
    ),
    Rule(
        hints=("'s ",),
        pattern=lazy(
            r"\b(?:if|unless|when|provided(?: that)?|as long as) (?:the|its|my|your"
            r"|that) [a-z]+ (?P<a>'s)(?= (?:an? )?(?:over|under"
            r"|above|below|more|less|fewer|at|still|not|already|yet|older|newer|later|exactly|only|just|below|\d"
            r"|[€$£]))"
        ),
        plain={"a": "is"},
    ),
    Rule(
        hints=("later than", "sooner than", "earlier than"),
        pattern=lazy(
            rf"(?:<v>|\bit)(?P<a>) (?:later|sooner|earlier) than (?=(?:{_DAYS}"
            r"|the day after tomorrow)\b)"
        ),
        plain={"a": "arrives"},
    ),
    Rule(
        hints=("thing later", "thing sooner", "thing earlier"),
        pattern=lazy(
            rf"\b(?P<a>(?:if )?(?:anything|everything)) (?:later|sooner|earlier) than (?=(?:{_DAYS}"
            r"|the day after tomorrow)\b)"
        ),
        plain={"a": "if it arrives"},
    ),
    Rule(
        hints=("shows up", "turns up", "show up", "turn up", "pops up", "rolls up", "makes it", "make it"),
        pattern=lazy(
            rf"\b(?:if|unless|when|provided(?: that)?|as long as|should|in case) {THING} (?:(?:will|does|can|would"
            r"|could)(?: not)? )?"
            r"(?P<a>(?:shows?|turns?|pops?|rolls?) up(?: here| at mine| at home)?|makes? it(?: here"
            r"| to me)?(?! into| in\b))(?= (?!as\b|in (?:my|the)\b|under\b|on\b))"
        ),
        plain={"a": "arrives"},
    ),
    Rule(
        hints=(
            "accept",
            "take",
            "want",
            "need",
            "fine with",
            "ok with",
            "okay with",
            "happy with",
            "live with",
            "keep",
        ),
        pattern=lazy(
            r"(?:^|(?<=[.!?;,\n] ))(?P<a>(?:i|we) (?:(?:will|would|can|do|am|are|only|still|just|gladly"
            r"|quite) )*(?:accept|take|want|need"
            r"|keep|fine with|ok with|okay with|happy with|live with)) (?:<v>|it|this"
            r"|that)(?P<b>(?: ,)? (?:only |but only |just )?"
            r"(?:when|if|as long as|so long as|provided(?: that)?"
            r"|in case)) (?=[^.?!;\n]+?(?: [.,;:!])+ (?P<c>(?:and |but )?(?:otherwise|afterwards|after that"
            r"|later|beyond that|if not|else)"
            r"(?: (?:(?:i|we) (?:do not|will not|can not|would not|no longer)(?: (?:accept|want|need|take|like"
            r"|keep))?(?: it| that| this)?|no|not|it is not))*)"
            r"(?: [.,:;-]| then| so| and)+ (?:please )?[a-z]+)"
        ),
        plain={"a": "i keep", "b": "if", "c": "otherwise"},
    ),
    Rule(
        hints=("anything ", "everything "),
        pattern=lazy(
            r"\b(?:if|when|unless|should)\b[^.?!;\n]*?(?P<a>[,;.]? (?:and |but )?(?:anything"
            r"|everything) (?:under|over|below|above|less"
            r"|more|cheaper|dearer|else)(?: (?:than )?(?:that|this|it))? (?:(?:i|we) (?:will |would "
            r"|can )?(?:keep|accept|take|live"
            r" with)|(?:is|stays|can stay)(?: (?:fine|ok|okay|alright))?)(?: (?:it|that))?)(?= [.,;!]|$)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=(", not ", " not even ", " and not "),
        pattern=lazy(
            r"(?P<a>(?:, |\band )(?:but )?not (?:even )?(?:a|an|one|1) (?:single )?(?:day|minute|hour|second"
            r"|cent|penny|euro|week)"
            r" (?:longer|more|later)(?: than that)?)(?= [.,;!]|$)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=(" there ",),
        pattern=lazy(
            r"(?:^|(?<=[.!?;,\n] )|(?<=whether )|(?<=hi )|(?<=so )|(?<=and ))(?:is|are|was"
            r"|were) (?P<a>there(?: (?:still|also|even|actually"
            r"|any))*)(?= [^.?!;\n]*? (?:in|inside|among|on|within) (?:<v>|(?:it|that|this|my|the)\b))"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("if you ",),
        pattern=lazy(
            r"(?<=if )(?P<a>you (?:can )?(?:see|find(?: out)?|notice|discover|realise|realize|learn"
            r"|establish)(?: that)?)"
            r"(?= (?:it|that|they|<v>|the|this|my)\b)"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("any later", "any sooner", "any earlier"),
        pattern=lazy(rf"{BEGINS}(?P<a>any)(?= (?:later|sooner|earlier) than\b)"),
        plain={"a": "if it arrives"},
    ),
    Rule(
        hints=("one of ",),
        pattern=lazy(
            r"(?<=[.!;] )(?P<a>(?:if )?(?:just|only) (?:one|1) of (?:them|those|these|the 2|the two"
            r"|both)(?: (?:is|being))?"
            r"(?: (?:true|so|the case|met|given))? [,:=-] (?:then )?(?:keep|leave|do nothing|nothing|hands off"
            r"|no|let)[^.!?;\n]*)(?=$|[.!?;\n])"
        ),
        plain={"a": ""},
        applies=lambda found: " and " in found.string[: found.start()] and " or " not in found.string[: found.start()],
    ),
    Rule(
        hints=("check ", "look at "),
        pattern=lazy(
            r"\b(?:check|look at|check on|look up|have a look at|see about) (?:(?:my "
            r"|the )?[a-z]+ )?<v>(?: for me| please| then)*"
            r"(?P<a>(?: ,)?(?: and)?)(?= (?:if|should) [^.?!;\n]+ (?:it|that)\b)"
        ),
        plain={"a": "."},
    ),
)
"""Each with the plain words for it."""
