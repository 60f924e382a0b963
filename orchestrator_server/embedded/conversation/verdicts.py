"""Answers that say yes or no under a condition, in the plainest way: "if it has gone then no" is "unless ..."."""

import re

from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.words.patterns import lazy

_YES = (
    r"(?:(?:yes|yeah|yep|yup|y|sure|ok|okay|alright|all right|fine|good|go ahead|go for it|go on|please|do"
    r"|of course|definitely|absolutely|do (?:it|that|so)|please do|then do|by all means)(?:[ ,]+(?:please|then|do it"
    r"|do so|do that|go ahead|thanks|with it|and do it))*)"
)
_NO = (
    r"(?:(?:then |please |just )*(?:no|nope|nah|never ?mind|(?:do not|don['\u2019]?t)"
    r"(?: (?:do|touch|bother|go ahead|\w+)(?: with)?(?: (?:it|that|them|this|so|anything))?)?"
    r"|(?:leave|forget|skip|drop|keep|scrap)(?: about)?"
    r" (?:it|that|them|this)(?: (?:alone|be|as it is|there|then))?|let it be|do nothing|stop|not)"
    r"(?:[ ,]+(?:thanks|thank you|please|then|leave it|don['\u2019]?t|do not))*)"
)
_IF = r"(?:if|in case|when|once|should)"
_LEAD = r"(?:(?:well|hm+|ok|okay|so|oh|and|but|but only|only|just|yes|sure|yeah|then)[ ,]+)*"
_STATED = r"(?:(?:it|that|this|they|the \w+(?: \w+)?) )(?:is|are|was|has|have|had|does|did|should|will)\b"

_HINT = lazy(
    r"\b(?:if|unless|provided|providing|as long as|so long as|assuming|in case|when|otherwise|then|once|should)\b|\?",
    re.IGNORECASE,
)
_TAIL = lazy(
    rf"(?<=\w)[\s,.;!-]+(?:and |but )?(?:otherwise|or else|else|if not"
    rf"|if (?:it|that) (?:is|has|does)(?: not|n['\u2019]t)|if (?:it|that)(?: is|['\u2019]s) not"
    rf"|if (?:it|that) (?:isn|hasn|doesn)['\u2019]?t)[ ,]+{_NO}\W*$",
    re.IGNORECASE,
)
"""Says again what "only if" says: nothing is done otherwise."""
_NO_BEHIND = lazy(
    rf"^(?P<head>.*?)(?P<if>\b{_LEAD}{_IF}) (?P<condition>[^.;!?]+?)[\s,]*(?:\bthen\b|[,-]"
    rf"|(?=\s(?:no|nope|do|don|leave|forget|skip|drop|keep|never)\b))\s*{_NO}\W*$",
    re.IGNORECASE | re.DOTALL,
)
_NO_BEFORE = lazy(
    rf"^(?P<head>.*?)(?:[\s,.;-]|\bbut\b|\band\b)*\b{_NO}[ ,]+(?P<if>if|in case|when|once)"
    r" (?P<condition>[^.;!?]+?)[^\w?]*$",
    re.IGNORECASE | re.DOTALL,
)
_NO_UNLESS = lazy(rf"^{_NO}[ ,]+(?:unless|only if) (?P<condition>[^.;!?]+?)[^\w?]*$", re.IGNORECASE)
_YES_BEHIND = lazy(
    rf"^{_LEAD}{_IF} (?P<condition>[^.;!?]+?)[\s,]*(?:\bthen\b|,|(?=\s(?:yes|go|do it|please do)\b))"
    rf"\s*{_YES}(?P<tail>[\s,.;]+(?:otherwise|or else|if not)[ ,]+.+)?\W*$",
    re.IGNORECASE,
)
_YES_BEFORE = lazy(
    rf"^(?:(?:well|oh|hm+) )?{_YES}[ ,.]+(?:but )?(?:only )?(?:provided(?: that)?|providing(?: that)?|as long as"
    rf"|so long as|assuming(?: that)?|supposing(?: that)?|on condition that|in case|only when|only while|only in case)"
    rf" (?P<condition>[^.;!?]+?)[^\w?]*$",
    re.IGNORECASE,
)
_ASKED = lazy(
    rf"^(?:(?:well|hm+|ok|depends|it depends|that depends|first|wait|and)[ ,.:-]+)*(?P<asked>[^.?!]+?)"
    rf"(?: (?:already|yet))?\?+\s*"
    rf"(?:(?P<so>if (?:so|yes|it (?:is|has|was))|in that case|then)|(?P<not>if (?:not|no)|if (?:it|that)"
    rf" (?:isn|hasn|wasn)['\u2019]?t|otherwise))[ ,]+(?:then )?(?:(?P<no>{_NO})|(?P<yes>{_YES}))\W*$",
    re.IGNORECASE,
)
_TOLD = lazy(
    rf"^{_LEAD}(?:i (?:think|guess|believe|suppose) )?(?P<told>(?:it['\u2019]?s|{_STATED})[^.;!?,]*?)"
    rf"(?:,? i (?:think|guess|believe|suppose|hope))?[ ,.;-]+(?:and |but )?(?:if not|otherwise|else)[ ,]+{_NO}\W*$",
    re.IGNORECASE,
)
_YES_IF = lazy(rf"^(?!yes\b){_YES}[ ,.]+(?=(?:but )?(?:only )?(?:if|when|unless|once)\b)", re.IGNORECASE)
_LONE_NO = lazy(rf"^{_NO}\W*$", re.IGNORECASE)
_POINTING = frozenset({"so", "not", "it is", "it has", "that is", "it is so"})
"""Stands for a condition that was said elsewhere."""
_INVERTED = lazy(
    r"^(?P<verb>is|are|was|were|has|have|had|does|did) (?P<who>it|that|this|they|the \w+(?: \w+)??|[a-z]-?\d{3,8})"
    r" (?P<rest>.+)$",
    re.IGNORECASE,
)


def plain_verdict(message: Message) -> Message | None:
    """The answer with "only if ..." or "unless ..." for its yes or no under a condition; None where it has none."""
    if not _HINT.search(message.text):
        return None
    text = _stated(message.text.strip())
    return None if text == message.text.strip() else message_of(text, message.index, message.context)


def _stated(text: str) -> str:
    if (found := _TOLD.match(text)) is not None:
        return f"only if {found['told']}"
    if (found := _ASKED.match(text)) is not None:
        is_wanted = (found["yes"] is None) == (found["not"] is not None)
        return f"{'only if' if is_wanted else 'unless'} {_whole(turned(found['asked']))}"
    text = (
        _TAIL.sub("", text) if re.search(r"\b(?:if|unless|provided|as long as)\b", text[:-1], re.IGNORECASE) else text
    )
    return _only_if(text)


def _only_if(text: str) -> str:
    if (found := _YES_BEHIND.match(text)) is not None and found["condition"].lower() not in _POINTING:
        return f"yes, only if {_whole(found['condition'])}{found['tail'] or ''}"
    if (found := _NO_UNLESS.match(text)) or (found := _YES_BEFORE.match(text)):
        return f"yes, only if {_whole(found['condition'])}"
    if (found := _NO_BEHIND.match(text)) or (found := _NO_BEFORE.match(text)):
        head = "" if _LONE_NO.match(found["head"]) else found["head"].strip()
        return f"{head} unless {_whole(found['condition'])}".strip()
    return _YES_IF.sub("yes, ", text)


def _whole(condition: str) -> str:
    """The condition as a clause: "pending" is "it is pending"."""
    words = condition.split()
    return f"it is {condition}" if len(words) == 1 or (len(words) == 2 and words[0] in ("still", "not")) else condition


def turned(asked: str) -> str:
    """A yes-or-no question as a statement."""
    found = _INVERTED.match(asked)
    return f"{found['who']} {found['verb'].lower()} {found['rest']}" if found is not None else asked
