"""How something is said: asked for, wondered about, told, or ruled out."""

import re
from collections.abc import Sequence
from enum import Enum

from orchestrator_server.embedded.text import Token, norms


class Mood(Enum):
    """How a clause means what it says."""

    WISH = "wish"
    QUESTION = "question"
    STATEMENT = "statement"
    HYPOTHETICAL = "hypothetical"
    """Asks whether or how something could be done."""
    REFUSAL = "refusal"
    """Asks for something not to be done."""
    STORY = "story"
    """Tells what somebody did or what happened."""


_FILL = r"(?:please |just |so |well |and |also |but |then |now |ok |okay |hi |hello |hey |there |, |\. |! )*"
_REFUSAL = re.compile(
    _FILL + r"(?:do not|never|please not|(?:i|we) (?:do|would) not (?:want|wish|need|like) (?:you )?to(?! (?:receive"
    r"|get|see|have|be))"
    r"|(?:you )?(?:should|must|need|can) not|no need to|not to)\b"
    r"(?! (?:forget|hesitate|mind|know|want (?!to|you)|like (?!to)|see|understand|remember|have|need (?!to)|get))"
)
_HYPOTHETICAL = re.compile(
    _FILL + r"(?:(?:can|could|may|might|should|shall) (?:i|we|one|someone|people|customers?)\b(?! please| have| see"
    r"| get a look)"
    r"|(?:can|could|may|might|will|would|should) (?!you\b)\S+ (?:\w+ ){0,2}be\b|(?:am i|are we|is it"
    r"|would it be|will it be) (?:\w+ )?(?:able|allowed|possible|permitted|ok|okay|too late|free)\b"
    r"|how (?:do|can|could|should|would|to|does|might)\b(?: (?:i|we|one|you))?"
    r"|what (?:happens|would happen|if|do i|must i|should i|can i do)\b|(?:i )?(?:do not|did not) know how"
    r"|what is (?:the|your) (?:policy|process|procedure|way|deadline)|do you (?:let|allow|accept|offer|take|charge)"
    r"|(?:i )?(?:wonder|was wondering|am wondering|wondering|want to know|would like to know|let me know|tell me)"
    r" (?:if|whether|how) (?:i|we|one) (?:can|could|may|should|to|would)|suppose|hypothetically|in theory"
    r"|is there (?:a|any) way"
    r"|(?:are|is) (?:you|there) able|will (?:i|you) (?:charge|be (?:able|charged)))\b"
)
_QUESTION = re.compile(
    _FILL + r"(?:what|which|who|whose|where|when|why|how|is|are|was|were|has|have|had|do|does|did|am|will|would)\b"
    r"(?! you (?:please|kindly|mind)| like)"
)
_STORY = re.compile(
    _FILL + r"(?:i|we|you|they|he|she|it|someone|somebody|my \w+|your \w+|the \w+) "
    r"(?:(?:have|has|had|was|were|am|is|are) )?(?:already |just |also |even |once |never |not |been |only )*"
    r"(?:\w+ed|bought|sent|got|paid|made|put|came|went|said|told|found|lost|left|took|gave|did|forgot|thought)\b"
)
_WONDERING = re.compile(
    r"(?:^|\b(?:know|see|check|tell me|find out|wonder|wondering) )(?:if|whether)\b(?! you (?:can|could|would|will))"
)


def mood_of(tokens: Sequence[Token]) -> Mood:
    """The mood of a clause; a wish where nothing says otherwise."""
    text = norms(tokens)
    is_asked = text.rstrip().endswith("?")
    if _REFUSAL.match(text):
        return Mood.REFUSAL
    if _HYPOTHETICAL.match(text):
        return Mood.HYPOTHETICAL
    if _QUESTION.match(text) or _WONDERING.search(text):
        return Mood.QUESTION
    if _STORY.match(text):
        return Mood.STORY
    if re.match(_FILL + r"(?:i|we) (?:would|want|need|wish|like|am trying|am looking|have to)\b", text):
        return Mood.WISH
    if re.match(_FILL + r"(?:i|we|my|it|the|this|that|they|he|she)\b", text):
        return Mood.QUESTION if is_asked else Mood.STATEMENT
    return Mood.WISH
