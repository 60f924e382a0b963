"""The small words that tie clauses together, as expressions over normalised words."""

import re

ASKED_IF = re.compile(
    r"(?:(?:tell|show|inform|remind) (?:me|us)|let (?:me|us) know|check|see|know|find out|find|wonder|wondering|ask"
    r"|confirm|verify|look|sure|say|curious|determine)$"
)
POLITE_IF = re.compile(
    r"if (?:(?:it|that|this) is )?(?:at all )?(?:still )?(?:possible|okay|ok|alright|fine|convenient)"
    r"(?: (?:with|for) (?:you|me))?(?= [,.?!]|$| and| then| ,)"
    r"|if you (?:do not mind|would not mind|please|would|could|can|may|have (?:time|a moment"
    r"|a minute))(?= [,.?!]|$| and )"
    r"|if i (?:may|can|could)(?: ask)?(?= [,.?!]|$)|if you would be so kind"
)
ANYWAY = re.compile(
    r"(?:and |but |, )*(?:either way|in (?:either|any) case|regardless(?: of that)?|no matter what"
    r"|whatever happens|anyway"
    r"|anyhow|in both cases|whatever the (?:case|outcome))\b(?: ,)?"
)
OTHERWISE = re.compile(
    r"(?:and |but |, )*(?:otherwise|or else|else|failing that|if not)\b(?= ,| \w| <|$)(?: ,)?(?: then)?"
)
SO = re.compile(r"(?:and |but |, )*if (?:so|yes|that is the case|true)\b(?: ,)?(?: then)?")
ASIDE = re.compile(
    r"(?:, )?(?:even if|even though|although|though|whether or not|no matter (?:if|whether)|because"
    r"|since(?= i )|as(?= i )|due to)\b"
)
INTRO = re.compile(
    r"(?:and |but |, )*(?P<word>(?:only |but )?(?:if|unless|as long as|so long as|provided(?: that)?"
    r"|providing(?: that)?"
    r"|assuming(?: that)?|on (?:the )?condition that|in case|except (?:if|when)|only when|only while))\b"
)
TEMPORAL = re.compile(
    r"(?:and |but |, )*(?:(?:only )?(?:once|as soon as|until|whenever)(?! more| again)"
    r"|(?:only )?(?:after|before|when) (?=(?:it|they|my|the|this|<v>) (?!that)))"
)
POINTING = re.compile(
    r" (?:it|they|that) (?:is|has|does|did|was|were|are|have)(?: not)?(?: already| yet)?(?= [^\W\d]| ,)"
)
JOIN = re.compile(
    r"(?:, )?(?P<word>and then|and also|and afterwards|and|then|plus|also|but|as well as|after that|afterwards"
    r"|, then|or)\b(?: ,)?|,|-(?= |$)|:"
)
TELLING = re.compile(r"\b(?:tell|show|know|see|check|say|ask|find out|remind|what|where|how|when|which)\b")
"""In such a request "when it ..." is what is asked, and nothing to wait for."""
