"""How people say that a thing is unwanted or amiss, or that they want what they gave for it back."""

from orchestrator_server.embedded.words.patterns import lazy

_OBJECT = (
    r"(?:(?:the |my |this )?(?:\w+ )?<v>|(?:it|this|that|them|these|those)"
    r"(?= [-.,!?;]| any ?(?:more|longer)| no more| at all| now| because| since| and| so| but| after all|$))"
)
UNWANTED = lazy(
    r"\b(?:(?:do|does|did) not (?:want|need|like)|no longer (?:(?:want|need)(?:ed)?|like|required)|not (?:want"
    r"|need)(?:ed)?"
    r"|hardly need|have no (?:\w+ )?(?:use|need) for|not (?:really |at all )?interested in|no longer interested in"
    r"|(?:have|am|are) gone off|(?:have|had) (?:no|lost) (?:\w+ )?interest in)\b"
)
"""A thing is no longer wanted."""
GONE_OFF = lazy(
    r"\b(?:(?:(?:do|does|did) not|no longer|hardly) (?:really |even |actually )?(?:want|need|require)"
    r"|have no (?:\w+ )?(?:use|need) for|not (?:really |at all )?interested in|no longer interested in"
    rf"|(?:have|am|are) gone off|(?:have|had) (?:no|lost) (?:\w+ )?interest in) {_OBJECT}"
    r"|<v>(?: [,:-])? (?:(?:is|are) )?(?:no longer|not) (?:needed|wanted|required|interesting)\b"
)
"""The whole of it is not wanted any more, which may be on its way or here."""
NOT_YET = lazy(r"\b(?:do not|no need to|not have to|never) (?!want|need|like|forget)\w+ (?:the |my )?(?:\w+ )?<v>")
"""What would be done with it is ruled out, so that it cannot be here yet."""
WANTS_BACK = lazy(r"\b(?:want|need|like|have|get|getting|expect) (?:\w+ ){0,4}back\b(?! (?:to|on|in|at|from|up)\b)")
"""Something is wanted back."""
_PAID = (
    r"(?:(?:my|our|the|all) (?:\w+ )?)(?:money|payment|cash|dosh|funds|\d+ (?:[€$£]|euros?|dollars|pounds"
    r"|quid|bucks)|[€$£] \d+)"
)
MONEY_BACK = lazy(
    rf"\b(?:want|need|have|get|getting|expect|give|like|send|pay|transfer|return|demand|claim|for|request) (?:me |us )?"
    rf"(?:to (?:have|get|see) )?(?:back )?{_PAID}"
    r"(?: (?:for|on|of|from) (?:\w+ ){0,2}<v>)? (?:(?:to )?be )?(?:(?:given|paid|sent|handed|transferred|put) )?"
    r"(?:back|returned|reimbursed|refunded)\b"
    rf"|\b(?:give|pay|send|hand|transfer|return) (?:me |us )?(?:back )?{_PAID} (?:back )?(?:for|on|from"
    rf"|of) (?:\w+ ){{0,2}}<v>"
    r"|(?:^|[-.,:;!?] |\band )(?:(?:please|full|all|just|only|my) )*money back\b(?! guarantee)"
    r"|\breimburse (?:me|us)\b"
)
"""What was paid is wanted back."""
AMISS = lazy(
    r"\b(?:changed (?:my|our) minds?|(?:is|was) not what (?:i|we) \w+|(?:problem|issue|trouble|wrong) with"
    r"|not (?:quite )?right|(?:i|we) (?:really |do )*regret"
    r"|(?:not|un)(?: at all)? ?(?:happy|satisfied) with)\b"
)
"""Something is the matter with a thing, and nobody says what should become of it."""
SET_RIGHT = lazy(
    r"\b(?:fix|solve|resolve|sort|mend) (?:it|this|that|everything)\b|\b(?:put|make|set) (?:it|this|that) right\b"
)
"""Somebody shall see to it, and nobody says how."""
