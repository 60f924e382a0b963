"""Words in conditions that say more or less than they seem to: "unless it comes tomorrow" means by then."""

import re

from orchestrator_server.embedded.conditions.dates import DAY_OF_WEEK, MONTH
from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_DAY = rf"(?:today|tomorrow|(?:(?:this|next|coming|the) )*(?:{'|'.join(sorted(DAY_OF_WEEK))}))(?= [.,;!?)]|$| [a-z@<])"
_SUBJECT = r"(?:it|they|<v>|that|this|(?:my|the) [a-z]+(?: <v>)?)"
_NO_RELATION = (
    r"(?<!\bby )(?<!before )(?<!after )(?<!until )(?<!till )(?<!than )(?<!from )(?<!since )(?<!\bof )"
    r"(?<!this )(?<!next )(?<!only )(?<!exactly )(?<!later )"
)
_COMING = r"(?:due|here|coming|expected|arriving|going|supposed|scheduled|likely|set|with (?:me|us)|there)"
_LATER = r"(?:has|have|is|are|was|does|did|not|still|only|costs?|will)"
DAYS = (
    Rule(
        hints=("unless",),
        pattern=lazy(
            rf"\bunless {_SUBJECT} (?:(?:will|would|can|could|is|are) (?:(?:be|still|to|definitely|really) )*"
            rf"(?:{_COMING} )?(?:[a-z]+ ){{0,4}}?|(?!is\b|was\b|has\b|does\b|costs?\b)[a-z]+s (?:(?:here|in|to me) )?)"
            rf"{_NO_RELATION}(?P<a>on |)(?={_DAY})"
        ),
        plain={"a": "by"},
        applies=lambda found: re.search(r"\bis (?!(?:\w+ )*?" + _COMING + r"\b)", found.group()) is None,
    ),
    Rule(
        hints=(" not ",),
        pattern=lazy(
            rf"\bif {_SUBJECT} (?:(?:will|does|do|can|would|could) not [a-z]+ (?:(?:here|in|to me|with me|be|to) )*"
            rf"|(?:is|are) not (?:going to be )?{_COMING} (?:[a-z]+ ){{0,3}}?){_NO_RELATION}(?P<a>on |)(?={_DAY})"
        ),
        plain={"a": "by"},
    ),
)
"""A day by which something comes is meant, not the very day."""
SAID = (
    Rule(
        hints=("i . e",),
        pattern=lazy(
            r"\bif (?P<a>(?:(?:it|that|this) is )?(?:still )?(?:possible|not too late) (?:, "
            r"|\( )?i \. e(?: \.)?(?: ,)?)"
            r"(?= )"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=("if , ", "unless , ", "when , "),
        pattern=lazy(
            r"\b(?:if|unless|when) (?P<a>, (?:that is|of course|by (?:any )?chance|for (?:some|any|whatever) reason"
            r"|and only if|as (?:i|we) (?:hope|think|believe)|on the other hand|indeed|say) ,)(?= )"
        ),
        plain={"a": ""},
    ),
    Rule(
        hints=(" but ",),
        pattern=lazy(
            rf"\b(?:if|provided|as long as|assuming|unless|only when|in case|so long as|when|given that"
            rf"|presuming) [^.?!;:,\n]+?(?: ,)? (?P<b>but)(?= {_LATER}\b"
            r"(?! (?:if|when|unless)\b))"
        ),
        plain={"b": "and"},
        applies=lambda found: " then " not in found.group(),
    ),
)
"""What is put between "if" and what it says, and a second case behind "but"."""
_LIMITING = r"(?:than|least|most|over|under|above|below|about|within|after|before)"
PLAINER = (
    Rule(
        hints=(" of ",),
        pattern=lazy(
            rf"\b(?:if|unless|provided|as long as|should) [^.?!;\n]*?\b\d{{1,2}} (?:st|nd|rd|th) (?P<b>of)"
            rf"(?= (?:{'|'.join(sorted(MONTH))})\b)"
        ),
        plain={"b": ""},
    ),
    Rule(
        hints=("unless",),
        pattern=lazy(
            r"(?:^|(?<=[.!?;:,\n] )|(?<=\bso )|(?<=\bbut ))(?P<a>(?:please |just )*(?:leave|keep|let|do not"
            r" (?:touch|change|do anything (?:to|with|about)))) (?:my |the )?(?:[a-z]+ )?<v>(?P<b>(?: (?:alone|be"
            r"|as it is|as is|running|open|on|come|there|please))*(?: ,)?) (?P<c>unless)(?= [^.?!;\n]+? (?:then"
            r"|in (?:that|which|such) case) )"
        ),
        plain={"a": "about", "b": ":", "c": "if"},
    ),
    Rule(
        hints=("the moment", "the minute", "the second", "the instant", "the day"),
        pattern=lazy(
            r"\b(?P<a>the (?:very )?(?:moment|minute|second|instant|day)(?: that)?)(?= (?:it|they|<v>|the|my|i|we)"
            r" (?:is|are|has|have|[a-z]+s|get|become|hit)\b)"
        ),
        plain={"a": "as soon as"},
    ),
    Rule(
        hints=(", say ,", ", like ,", "than say "),
        pattern=lazy(rf"\b{_LIMITING}(?P<a> , (?:say|like|let us say|for example) ,| say)(?= \d)"),
        plain={"a": ""},
    ),
    Rule(
        hints=("( if ",),
        pattern=lazy(r"(?P<a>\( if (?:(?:at all|still|it is|that is) )*(?:possible|feasible|doable) \))"),
        plain={"a": ""},
    ),
    Rule(
        hints=("period", "full stop", "end of story", ", mind "),
        pattern=lazy(r"(?P<a>, (?:period|full stop|end of story|that is that|mind))(?= [.;!,]|$)"),
        plain={"a": ""},
    ),
    Rule(
        hints=("check", "look", "see "),
        pattern=lazy(
            r"(?P<a>, (?:so )?(?:please )?(?:check|look|see)(?: (?:that|it|this|first))* and)(?= )[^.?!;\n]+?"
            r"(?P<b>(?: ,)? if (?:so|it is|that is (?:so|true|the case)))(?= [.,!]|$)"
        ),
        plain={"a": ",", "b": ""},
        applies=lambda found: re.search(r"\b(?:if|with)\b", found.string[: found.start()]) is not None,
    ),
    Rule(
        hints=("one more ", "1 more ", "another ", "one additional ", "one extra ", "1 extra "),
        pattern=lazy(
            r"(?:\b|^)(?:one|1) (?P<a>more|additional|extra|further)(?= (?!than\b|times?\b|things?\b|questions?\b|of\b"
            r"|days?\b|weeks?\b|if\b|please\b|hours?\b|months?\b|and\b|or\b|in\b|on\b|go\b|try\b|chance\b)[a-z])"
        ),
        plain={"a": ""},
        applies=lambda found: (
            re.search(r"\b(?:if|has|have|least|is|are|was)\b[^.,;!?]*$", found.string[: found.start()]) is None
        ),
    ),
)
"""Words that add nothing to what they stand with, or that have a plainer one."""
