"""How something is said: asked for, wondered about, told, or ruled out."""

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from orchestrator_server.embedded.words.english import ARRIVED, FINITE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.several import as_one
from orchestrator_server.embedded.words.text import Token, norms


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


ASKING = frozenset({Mood.WISH, Mood.QUESTION, Mood.HYPOTHETICAL})
"""Moods in which something is asked for."""
_FILL = (
    r"(?:(?:please|just|so|well|and|also|but|then|now|ok|okay|hi|hello|hey|hiya|heya|yo|gday|there|yes|no|sorry|oh"
    r"|actually|anyway|dear|sir|madam|thanks|lol|ugh|last (?:time|week|month|year|night)|yesterday|the other day"
    r"|this morning|\( <v> \)|<v> [:,-]|<v>(?= (?:leave|keep|stays))|,|\.|!|:|-) )*"
)
"""What may stand before anything that is said."""
_REFUSAL = lazy(
    _FILL + r"(?:(?:what (?:i|we) (?:do|would|will) not (?:want|need|like|wish)|the last thing (?:i|we) (?:want"
    r"|need)) (?:is )(?:for"
    r" you )?to |do not (?:you )?|never |please not |(?:i|we) (?:do|would) not (?:want|wish|need"
    r"|like) (?:you )?to (?!receive|get |see |have |be )"
    r"|you (?:should|must|need|can) not |you (?:do not (?:need|have) to|need not) |(?:should|must) not "
    r"|no (?=[a-z]+ing(?: (?:of|my|the|it|them|that|anything|though|please|yet|then|for now|<v>)|\W*$))"
    r"|no need to |not to |rather not |better not "
    r"|nothing (?=\S+\W*$|else\b|against\b|for\b|to\b)"
    rf"|(?!{FINITE}\b|(?:why|if|or|but|and|so|just|only|want|need)\b)[a-z]+ not (?=(?:the|my|our|an?) [a-z]+\W*$)"
    r"|not )"
    r"(?!(?:you )?(?:forget|hesitate|mind|know|want(?! to| you)|like(?! to)|see|understand|remember|have|need(?! to)"
    r"|get|got|find|recall|think|mean|recogni[sz]e|receive|believe|came|come|had|been|saw|heard|\w+ed|care"
    r"|sure|only|happy|able|working|yet|even)\b)"
)
"""Something should not be done."""
_KEEPING = lazy(
    _FILL + r"(?:(?:the |my |your )?(?!(?:i|we|that|what|which|if)\b)(?:[a-z]+ ){1,3}(?:i|we) (?:do "
    r"|will )?still (?:want|need|like)\W*$"
    r"|(?:forget|never mind)(?: about)?\b|(?:you can |i want to |(?:i|we) (?:will|would)(?: like to)? )?(?:leave"
    r"|keep)\b(?! me| an eye| us)|.{0,40}\b(?:alone|as it is|as they are|as is|untouched|the way (?:it is"
    r"|they are))\W*$|(?:the )?<v> (?:stays|remains|(?:can|may|must|should|shall|will|has to) (?:stay|remain|come)"
    r"|is fine|is ok|is mine|,? ?(?:i|we) (?:(?:do|still|really|will|would like to) )*(?:want|need|keep))\b(?! to\b)"
    r"|hands off\b|(?:my|the|our) \w+(?: (?:and|or) (?:my |the |our )?\w+)? (?:stays?|remains?|(?:can|may|should"
    r"|must) (?:stay|remain))\b"
    r"|(?:there is )?nothing (?:(?:else|more|further) )?(?:that )?(?:needs?|has|have|to|should|must) (?:to )?(?:be )?"
    r"(?:do\b|[a-z]+(?:ing|ed|ne)\b)|no [a-z]+ (?:is |are )?(?:needed|necessary|required)\b"
    r"|let (?!me\b|us\b).{0,30}(?:go ahead|be(?=\W*$)|alone|run|come|go through|continue|stay|stand)\b)"
)
"""Something should stay as it is."""
_HYPOTHETICAL = lazy(
    _FILL + r"(?:(?:can|could|may|might|should|shall) (?:i|we|one|someone|people|customers?)\b(?! please| have| see"
    r"| get a look| take a look| get (?:an?|\d+)\b| trouble you| bother you| ask you)"
    r"|(?:can|could|may|might|should) (?!you\b)\S+ (?:\w+ ){0,2}be\b|(?:am i|are we|(?:in general "
    r"|generally )?is it(?: generally| in general| usually| normally)?(?! possible (?:for you "
    r"|that you |you ))"
    r"|would it be(?! possible)|will it be) (?:\w+ )?(?:able|allowed|possible|permitted|ok|okay|too late|free)\b"
    r"|(?:and )?how (?:do|can|could|should|would|to|does|might)\b(?: (?:i|we|one|you))?"
    r"|where (?:do|can|could|should|would|to|might)\b(?: (?:i|we|one|you))(?! (?:hide|keep|put|show|list|have))"
    r"|how (?:long|much|many|often) (?:does|do|is|are) (?:an?|the usual|the average) \w+"
    r"|(?:what|how|when) (?:do|does|can) (?:people|one|customers|members|others)|what (?:happens|would happen|if"
    r"|must i|should i|can i do)\b|(?:i )?(?:do not|did not) know how"
    r"|(?:explain|describe)(?: to (?:me|us))? (?:how|what (?:an?|one|people|someone|somebody|customers?|the)\b)"
    r"|what is (?:the|your|ur) (?:\w+ ){0,2}(?:policy|process|procedure|way|deadline|rules?|conditions)"
    r"|(?:(?:what|which) (?:\w+ ){1,3})?do you (?:let|allow|accept|offer|take|have any)"
    r"|(?:i )?(?:wonder|was wondering|am wondering|wondering|want to know|would like to know|let me know|tell me)"
    r" (?:if|whether|how) (?:i|we|one) (?:can|could|may|should|to|would)|suppose|hypothetically|in theory"
    r"|is there (?:a|any) (?:way|fee|charge|deadline|limit)"
    r"|why (?:can|could) (?:not )?(?:i|we)(?: not)?|(?:are|is) (?:you|there) able|will (?:i|you) (?:charge"
    r"|be (?:able|charged)))\b"
)
"""Whether or how something could be done."""
_QUESTION = lazy(
    _FILL
    + r"(?:what|which|who|whose|where|when|why|how|is(?! it possible)|are|was|were|has|have(?= (?:i|you|we|they|it"
    r"|my|the)\b)|had|do(?! not| (?:show|tell|give|send|let|get|keep|please|make|set|put|take|have|check|look)\b"
    r"| (?:that|so|it)(?: (?:please|now|then|for me))*(?: [-.,!;]|$))"
    r"|does|did|am|(?:will|would)(?! you))\b(?! you (?:please|kindly|mind)| like)"
)
"""How questions begin."""
_STORY = lazy(
    _FILL
    + r"(?:(?:(?:i|we|you|they|he|she|it|someone|somebody|nobody|everybody|my \w+|your \w+|the \w+|his \w+|her \w+) "
    r"(?:(?:have|has|had|was|were|am|is|are) )?(?:already |just |also |even |once |never |not |been |only |all |both )*"
    r"(?:(?!need\b|feed\b|speed\b|proceed\b)\w+ed|bought|sent|got(?! to)|paid|made|put|came|went|said|told|found"
    r"|lost|left|took|gave|did|forgot"
    r"|thought|broke|chose|hurt|sold|spent|grew|fell|kept|felt|meant|wrote|read|saw|ate))"
    r"|(?:(?!need\b|feed\b|speed\b|proceed\b)\w{2,}ed(?= (?:an?|the|my|our|your|it|this|that|these|them|some|one|in"
    r"|on|at|with|for|last|yesterday|\d"
    r"|<v>|wrong|twice|him|her|me)\b)|bought|got(?! to)|paid|went|said|told|lost|took|gave|forgot"
    r"|thought)\b(?! (?:by|to|from|off)\b))\b"
)
"""What somebody did or what happened."""
_CHECKING = lazy(
    _FILL + r"(?:(?:can|could|would|will) you )?(?:please |kindly |just )*(?:double )?(?:- )?(?:check|verify|confirm)"
    r"(?: for me| again| once more)? (?:that|if|whether)\b"
)
"""A question whether something is so."""
_STATED = lazy(
    _FILL + r"(?:(?:my|the|your|our) )?(?:\w+ )?<v> (?:(?:is|are|was|were|has|have|will|would|should"
    r"|must)\b(?! still\b| \w* ?please)"
    r"|\w+ed\W*\?)"
)
"""What is said of a thing, and asked by the mark behind it."""
_DONE_TO = lazy(
    _FILL + r"(?:(?:my|the|your|our) )?(?:\w+ )?<v> (?:was|were|has been|had been|got) (?:already |just |then |all )*"
    r"(?:(?!supposed\b)\w{3,}ed|sent|made|bought|taken) (?:\w+ ){0,3}?(?:by (?:me|us|you|my|the|her|him|them)|ago|last"
    r"|yesterday|earlier|before|at the)\b"
)
"""What was done with a thing at some time."""
_WONDERING = lazy(
    r"(?:^|\b(?:know|see|check|tell me|find out|wonder|wondering|sure) )(?:if|whether)\b(?! you (?:can|could|would"
    r"|will))"
)
"""A question that begins with "if"."""
_TELLING = lazy(
    _FILL + r"(?:(?:can|could|would|will) you )?(?:please |first )*(?:tell|show|remind|let me know|say)(?: me"
    r"| us)?(?: please)?"
    r" (?:what|which|who|where|when|how)\b(?! (?:to|i can|can i)\b)"
)
"""A question that is asked for to be told."""
_LACKING = lazy(
    _FILL + r"(?:(?:i|we) )?(?:(?:still|really|just) )*(?:can not (?:find|see|locate|remember|recall|figure)"
    r"|could not (?:find|see|locate)"
    r"|do not (?:know|see|remember|recall)|(?:am|are) not sure|have (?:lost|forgotten|no idea)|forgot|forget|lost"
    r"|(?:have not|never|did not|not) (?:received?|got|gotten|get|seen?)|(?:am|are) (?:still )?(?:waiting|missing"
    r"|looking))\b"
)
"""What somebody does not know or have."""

_WANTING = lazy(
    _FILL + r"(?:i|we) (?:\w+ )?(?:would|will have|will take|will need|try to"
    r"|tried to(?!.* (?:yesterday|earlier|ago|before|last \w+|this morning|already)\b)|want|wants|wanted to|need"
    r"|needed to|wish|like|am trying|am looking|have to|have got to|got to)\b"
)
"""A wish with its subject."""
_BACK_THEN = lazy(
    r"^(?:last (?:\w+)|yesterday|once|back then|(?:\w+ ){1,3}ago),? .{0,12}\b(?:wanted|needed|tried|had) to\b"
    r"|\b(?:wanted|needed|tried|had) to\b.{0,60}\b(?:last (?:week|month|year|summer|winter|time)|back then"
    r"|years? ago|months? ago)\b"
)
"""What somebody wanted at another time."""
_THANKING = lazy(
    r"^(?:\w+ \w+ , )?(?:first of all )?(?:,? )?(?:(?:i|we) (?:just )?(?:want|wanted|would like) to )?(?:many "
    r"|a thousand )?"
    r"(?:thank you|thanks|thx|kudos)(?: so much| very much| a lot| again)*(?: to (?:you"
    r"|\w+ \w+))? for (?!(?:.* )?(?:in advance|<v>))"
    r"|^(?:that |it |which |this )?would be (?:(?:an?|very|so|really|just|most|super|quite) )*\w+\W*$"
)
"""Thanks for what was done, and what would be nice."""
_ABOUT = lazy(
    _FILL + r"(?:(?:i|we|my|it|the|this|that|they|he|she|these|those)\b|you (?:people|guys|lot|keep|are|have|always)\b"
    rf"|(?:\w+ )?<v> (?:went|{ARRIVED})\b"
    r"|(?:in|on|at) (?:my|the|your|our) \w+ (?:there )?(?:is|are|stands|has|have) )"
)
"""A clause that says something of its subject."""
_NAMING = lazy(
    _FILL + rf"(?:the|my|our) (?:(?!(?:{FINITE}|{ARRIVED})\b)[a-z'-]+ ){{1,4}}(?:of|for|on) (?:[a-z]+ ){{0,2}}<v>"
    r"(?: (?:please|thanks|too|also|,))*\W*$"
)
"""Nothing but a thing is named."""
_DECLARING = lazy(
    r"\W*(?!(?:please|can|could|will|would|what|which|who|where|when|why|how|if|whether|tell|let|see"
    r"|check)\b)(?:(?!what|which|who|where|when|why"
    r"|how|if|whether|that|to)\S+ ){1,5}(?:will|would|is|are|was|were|has|have|had|did|does|can|could|should)"
    r"(?! you| (?:\w+ )?(?:like|love|prefer|appreciate))\b"
)
"""A noun before a verb that tells something of it."""
_ALL_OF_MINE = lazy(
    r"\W*(?:(?:all|everything|anything|whatever)(?: \w+){0,2}? |(?:the|my|all|any) (?:\w+ ){1,4}?(?:that |which )?)"
    r"(?:i|we) (?:have|had|ever|did|ever did)\b"
)
"""What names things by what was done with them, and tells nothing."""
_PERMISSION = lazy(_FILL + r"(?:can|could|may|might) ")
"""How people ask whether they may."""


_INTENDED = lazy(
    _FILL + r"(?:i|we) (?:just |only |first )*(?:wanted|was going|were going|meant|had wanted|planned|intended) to\b"
)
"""What somebody wanted at some time."""


def is_keeping(tokens: Sequence[Token]) -> bool:
    """Does it say that something should stay as it is ("hands off it")?"""
    return _KEEPING.match(norms(tokens)) is not None


def is_intended(tokens: Sequence[Token]) -> bool:
    """Does somebody tell what was wanted at some time ("i wanted to ..."), which may be what is wanted now?"""
    return _INTENDED.match(norms(tokens)) is not None


def is_lacking(tokens: Sequence[Token]) -> bool:
    """Does it tell what somebody lacks ("i lost my key"), which only sounds like a question?"""
    text = norms(tokens)
    return _LACKING.match(text) is not None and not (_QUESTION.match(text) or text.endswith("?"))


def is_permission(tokens: Sequence[Token]) -> bool:
    """Does it begin with "can I", which asks for something when everything else is said, and not with "how do I"?"""
    return _PERMISSION.match(norms(tokens)) is not None


def is_declaring(tokens: Sequence[Token]) -> bool:
    """Does a noun come before a verb that tells something of it ("no courier will find it")?"""
    text = norms(tokens)
    return _DECLARING.match(text) is not None and _ALL_OF_MINE.match(text) is None


def mood_of(tokens: Sequence[Token]) -> Mood:
    """The mood of a clause; a wish where nothing says otherwise."""
    return _mood_of(norms(tokens))


@lru_cache(maxsize=1024)
def _mood_of(text: str) -> Mood:
    text = as_one(text)
    is_asked = text.rstrip().endswith("?")
    if _REFUSAL.match(text) or _KEEPING.match(text):
        return Mood.REFUSAL
    if _HYPOTHETICAL.match(text):
        return Mood.WISH if _PERMISSION.match(text) and " please" in text else Mood.HYPOTHETICAL
    if _CHECKING.match(text) or (is_asked and _STATED.match(text)):
        return Mood.QUESTION
    if _QUESTION.match(text) or _TELLING.match(text) or _WONDERING.search(text) or _LACKING.match(text):
        return Mood.QUESTION
    if _BACK_THEN.search(text) or _THANKING.match(text):
        return Mood.STORY
    if _WANTING.match(text):
        return Mood.WISH
    if _STORY.match(text) or (not is_asked and _DONE_TO.match(text)):
        return Mood.STORY
    if _ABOUT.match(text) and not _NAMING.match(text):
        return Mood.QUESTION if is_asked else Mood.STATEMENT
    return Mood.WISH
