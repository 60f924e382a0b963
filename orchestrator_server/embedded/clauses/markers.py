"""The small words that tie clauses together, as expressions over normalised words."""

from orchestrator_server.embedded.words.english import IRREGULAR, PEOPLE
from orchestrator_server.embedded.words.patterns import lazy

ASKED_IF = lazy(
    r"(?:(?:tell|show|inform|remind) (?:me|us)|let (?:me|us) know|check|see|know|find out|find|wonder|wondering|ask"
    r"|confirm|verify|look|sure|say|curious|determine|remember|recall|unsure|certain|idea|clue|matter|care|forgot"
    r"|forgotten)$"
)
POLITE_IF = lazy(
    r"if (?:(?:it|that|this) is )?(?:at all )?(?:still )?(?:possible|poss|feasible|doable|not too late|okay|ok"
    r"|alright|fine|convenient)"
    r"(?: (?:with|for) (?:you|me))?(?= [,.?!]|$| and| then| ,)"
    r"|if you (?:do not mind|would not mind|please|would|could|can|may|have (?:time|a moment"
    r"|a minute))(?= [,.?!]|$| and )"
    r"|if (?:it|that|this) (?:is|would be) not (?:too much |much |a )?(?:trouble|bother|problem|hassle)"
    r"|if i (?:may|can|could)(?: ask)?(?= [,.?!]|$)|if you would be so kind"
    r"|if you (?![^,.?!]*(?:\b(?:more than|less than|longer|later than|over|under|until|by)\b|\d))"
    r"(?:(?:do |still |really |even |happen to )*(?:know|need|want|like|wish|care|fancy|feel|mind|remember|get)"
    r"|are (?:feeling|able|willing|nice|kind|free|interested|curious|wondering))\b(?: (?!<v>|and\b|then\b)[^\s,.?!]+)*"
)
_THAT = r"(?:that|this|that one|this one|the former|the latter|either|it|one)(?: one)?"
ANYWAY = lazy(
    r"(?:and |but |, |- )*(?:either way|in (?:either|any) case|regardless(?: of (?:that|this|it|which|the outcome))?"
    r"|no matter what|whatever happens|whatever you find|anyway|anyhow|in both cases|whatever the (?:case|outcome)"
    r"|whether (?:or not )?(?:that|this|it|they) (?:is|are|has|have|does|do|was|were)(?: the case| so"
    r"| true)?(?: or not)?"
    r"(?= ,| (?:i|we|please|just|also|still|can|could|would|you|<v>)\b| \w+ (?:me|the|my|it)\b))\b"
    rf"(?: (?:with|to) {_THAT}(?= ,| \w))?(?: ,)?"
)
_WHO = rf"(?:that|this|it|he|she|they|you|i|we|so|(?:my|your|the|our) (?:{'|'.join(sorted(PEOPLE))}))"
_TRUE = r"(?:true|right|correct|the case|so|accurate|what happened)"
OTHERWISE = lazy(
    r"(?:and |but |, |- )*(?:otherwise|or else|else|failing that|(?:if|when|in case) not(?: so)?|in the other case"
    rf"|if {_WHO} (?:is|are|am|was|were) (?:not {_TRUE}|wrong|mistaken|false|untrue)(?! that\b))\b(?= ,| :| \w| <"
    rf"|$)(?: ,"
    rf"| :)?(?: then)?"
)
SO = lazy(
    rf"(?:and |but |so |, |- )*(?:if (?:so|yes|true|it does turn out that way|{_WHO} (?:is|are|am|was|were)"
    rf" (?:still |indeed |really |in fact |actually )*{_TRUE})|in (?:that|this|which|such an?) (?:case"
    rf"|event))\b(?: ,"
    rf"| :)?(?: then)?"
)
ASIDE = lazy(
    r"(?:, )?(?:even if|even though|although|though(?! ,)|whether or not|no matter (?:if|whether)"
    r"|regardless of (?:if|whether)|because|(?:now|seeing|considering|given(?! (?:that|as) (?:it|<v>|they"
    r"|the)\b)) (?:that|as)(?= (?:i|we|<v>|it|the"
    r"|my|they|he|she|this|her|his|our|an?) (?!is (?:not |still |more|less|over|under|older))"
    r"(?:\S+ ){0,3}(?:is|are|was|were|has|have|had|came|arrived|got|turned)\b)|since(?= i )"
    r"|since(?= <v> (?:already |also )?(?:has|contains|had"
    r"|includes|is an?|is the) (?!been|shipped|arrived|left))"
    r"|as(?= (?:i|we|<v>|it is (?:an?|too|not|no|the)|they are|my \w+ (?:is|was|has|had|are|were|will|can|does"
    r"|did|\w+ed)) )|due to"
    r"|no (?:issues?|problems?|worries|rush|hurry|big deal|biggie)(?= ?(?:[,.!]|$)))\b"
)
INTRO = lazy(
    r"(?:and |but |however (?:, )?|so |, |- )*(?P<word>(?:only |but |not )*(?:if|unless|as long as|so long as"
    r"|provided(?: that)?"
    r"|providing(?: that)?|given(?: that)?(?= (?:it|they|the|that|this|my|its|i|we|<v>) )"
    r"|supposing(?: that)?|suppose(?: that)?(?= (?:it|they|the|that|this|my|its|i|<v>) )"
    r"|assuming(?: that)?|on (?:the )?condition that|under the condition that|in the event(?: that)?"
    r"|on the off chance(?: that)?"
    r"|(?:in|for) the case(?: that)?(?= (?:it|they|the|that|my|i|<v>) )|on the assumption(?: that)?|presuming(?: that)?"
    r"|with the proviso that|while(?= (?:it|they|my|the|that|this|<v>) (?:\S+ ){0,3}(?:still|not)\b)"
    r"|in case(?! not\b)|except (?:if|when|where)|only when|only while|not when"
    r"|should(?= (?:(?:it|they|the|that|this|my|there|its|<v>) (?!i\b)|(?:i|we) (?:be|have|still)\b"
    r"|(?!i\b|we\b|you\b|be\b|have\b|not\b)\S+ (?:\S+ ){0,4}(?:be|have|still|turn|prove|happen|cost|contain)\b))"
    r"|were(?= (?:it|they|the|that|this|my|<v>) (?:\S+ ){0,3}(?:to|still|not|already)\b)"
    r"|had(?= (?:it|they|the|that|this|my|<v>) (?:\S+ ){0,4}(?:been|\w+ed|gone|left)\b)))\b"
)
WHEN = lazy(
    r"(?:and |but |so |, )*(?P<word>when)"
    r"(?= (?:it|they|my|the|this|that|<v>) (?:\S+ ){0,3}(?:has|have|is|are|was|were|gets|got|costs?|contains?)\b)"
)
"""At the beginning of a sentence `when` tells under which circumstances, as they are now."""
_COMPARED = (
    r"(?:over|under|above|below|more than|less than|fewer than|at least|at most|up to|older than|newer than|later than"
    r"|earlier than|cheaper than)"
)
BARE = lazy(
    rf"(?:and |but |so |or |, |- )*(?P<word>)(?=(?:any(?:thing)? )?(?:{_COMPARED} (?:[€$£] )?\d"
    rf"|(?:later|earlier|sooner|newer|older|longer|shorter|more|less) than|(?:any|even"
    rf"|much) (?:more|less"
    r"|fewer|older|newer|earlier|later|longer|higher|lower)\b))"
)
"""A comparison with nothing before it, at the beginning of a sentence: "over 40 stop it", "fewer than 500 and ..."."""
THEN = lazy(r"\W*(?:so |and |ok |okay )?then\b")
DO_THAT = lazy(
    r"(?:(?:and|but|so|well|ok|okay|please|only|just|though|obviously|of course|that is|that is to say|i mean"
    r"|mind you) ?"
    r"|(?:do|go ahead with) (?:that|so|it|this)(?: only)? ?)*"
)
"""What stands before a condition in a sentence of its own: "that is, unless ...", "only do that if ..."."""
TO_ME = lazy(r"(?:can|could|will|would) you\b|what|which|who|where|when|why|how\b|(?:is|are) you\b|do you\b")
"""Questions whose answer is more than yes or no."""
_AUX = r"(?:has|have|had|is|are|am|was|were|gets?|got|arrives?|comes?|reach(?:es)?|leaves?)"
_PAST = "|".join([*IRREGULAR, "said"])
_DOES = (
    r"(?:it|this|<v>|(?:my|the|this) [a-z]*[^\W\ds]) [a-z]{2,}[^\W\ds]s\b"
    rf"|they (?!\w+ed\b|(?:{_PAST})\b)[a-z]{{3,}}\b"
)
"""A verb of any kind that tells what is still to come: "it opens", "they open"."""
TEMPORAL = lazy(
    r"(?:and |but |, )*(?:(?:only )?(?:once|as soon as|until|whenever)(?! more| again| possible| you can\b)"
    r"|(?:only )?(?:after|before|when) (?=(?:it|they|my|the|this|i|we|you|he|she|<v>) "
    r"(?!that|\d|first|beginning|end|weekend|(?:week|month|year|morning|afternoon|evening|quarter|season)\b)))"
)
BEFORE = lazy(r"(?:and |but |, |so )*before (?=(?:you|we|i|it|they|<v>) [a-z])")
"""What is still to come, and therefore asks for nothing by itself: "before you send it, ..."."""
WAITING = lazy(
    r"(?:and |but |, |so )*(?:only )?(?:once|as soon as|whenever|the (?:moment|minute|second)|after|when"
    rf")(?= (?:that )?(?:(?:it|they|my|the|this|i|we|you|he|she|<v>) (?:\S+ ){{0,3}}{_AUX}\b|{_DOES}))"
)
"""What must come first, at the beginning of a sentence: "once it has arrived, ..."."""
POINTING = lazy(
    r" (?:it|they|that|i|we|you|<v>) (?:is|has|does|do|did|was|were|are|have|am)(?: not)?(?: already"
    r"| yet)?(?= [^\W\d]| ,)"
)
JOIN = lazy(
    r"(?:, )?(?P<word>and then|and also|and afterwards|and|then|plus|also|but|whereas|as well as|after that|afterwards"
    r"|so|therefore|hence|, then|or)\b(?: ,)?|,|-(?= |$)|:"
)
TELLING = lazy(
    r"^(?:did|is|was|has|have|does|do|will|are|were)\b|\b(?:idea|clue|tell|show|know|see|check|say|ask|find out|remind"
    r"|what|where|how|when|which)\b"
)
"""In such a request "when it ..." is what is asked, and nothing to wait for."""
