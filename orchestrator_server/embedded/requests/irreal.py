"""Words with the verb of an effect that ask for none: what was done, would have been, is undone, or is thanked for."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.english import ARRIVED, PEOPLE, STOPPING, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.several import as_one
from orchestrator_server.embedded.words.text import Token, norms

_SO_FAR = r"(?:already |just |then |never |not |now |being |currently )*"
_GUESSED = (
    r"(?:(?:(?:i|we) (?:just |also )?(?:think|believe|guess|assume|heard|hear|saw|suspect|reckon|fear|suppose|noticed)"
    r"(?: that)?|apparently|maybe|perhaps|probably|looks like|it (?:seems|looks|appears)(?: like| that| as if)?) )*"
)
_TOLD = lazy(
    rf"\W*{_GUESSED}(?:(?!(?:make|ensure|see|have|get|want|sure)\b)\w+ ){{0,2}}<v> (?:went|{ARRIVED}|got here"
    rf"|(?:is|are|was|were|has been|have been|had been|got) {_SO_FAR}"
    r"(?:(?!(?:supposed|needed|wanted|related|required|meant)\b)\w{3,}ed|sent|made|bought|taken|withdrawn)\b"
    r"(?! to be| for me please)"
    r"|\w{3,}ed (?:already |now )?(?:yet|already|or not|by now)?\W*\?"
    r"|(?:will|would) (?:not )?(?:be|have been) \w+ed\b|(?:should|must|ought to|needs? to|has to) have been\b"
    r"|(?:should|must) (?:already |by now )?be \w+ed(?: \w+)? (?:by now|already)\b|should already be\b)"
    r"|\W*(?:(?:and|but|so|because|then|well|hi|hello|,) )*you (?:guys |people )?"
    r"(?:have |had |just |already |also |once )*"
    r"(?:\w{3,}ed|sent|put|took|gave|made|set|brought)\b"
    r"|\W*(?:i|we) (?:so |really |do )*wish (?:i|we|he|she|they|you) (?:had|have|never|did)\b|\W*if only\b"
)
"""What tells what became of a thing, what is to become of it anyway, or what did not happen."""
_THANKED = lazy(
    r"\W*(?:(?:many|ok|great|and|so|hi|hello) )*(?:thanks|thank you|cheers|sorry|apologies|i am sorry|(?:i"
    r"|we) (?:apologi[sz]e|regret))"
    r" (?:(?:so|very|much|a lot|again|guys|all) )*(?:for )?(?:not |having )?(?P<deed>\w+ing)\b"
)
"""What was done already, as it is thanked for or regretted."""
_LONG_DONE = lazy(
    r"\b(?:so|very|that|really|super) (?:quick(?:ly)?|fast|prompt(?:ly)?|smooth(?:ly)?|swift(?:ly)?|soon"
    r"|speedily|well|nicely|easily)"
    r"|\b(?:yesterday|last (?:week|month|year|night|time)|the other day|\d+ \w+ ago|already|(?:right"
    r"|straight) away|promptly"
    r"|quickly|swiftly|this morning|earlier|in no time|on (?:monday|tuesday|wednesday|thursday|friday|saturday"
    r"|sunday))\b"
)
"""When or how something was done that is thanked for."""
_ADVISED = lazy(
    rf"\W*(?:(?:and|but|so|because|since|even) )*(?:(?:(?:my|the|our|a) )?(?:\w+ )?(?:{'|'.join(sorted(PEOPLE))}"
    rf"|neighbou?rs?|parents)"
    r"|everyone|everybody|people|they|he|she) "
    r"(?:keeps? |kept |just |also )*(?:says?|said|saying|thinks?|thought|suggests?|suggested|recommends?"
    r"|recommended|advises?|advised"
    r"|tells?|told|telling|reckons?|insists?|insisted)(?: me| us| that| i| we)* (?:to|should|must|ought|can"
    r"|could|might|\w+ing)\b"
)
"""What somebody else advises."""
_TO_ME = lazy(
    r"\bback to (?:me|us|my|our)\b"
    r"|\b(?:send|give|bring|get|mail|hand) (?:me|us) (?:back|(?:my|the) (?:\w+ )?back)\b"
)
"""Where something comes to that the caller would give back."""
_UNDOING = frozenset(stem(word) for word in (*STOPPING, "reverse", "revert", "retract", "undo", "pause", "reinstate"))
_DETERMINERS = frozenset(["the", "my", "our", "this", "that", "a", "any"])
_DEED = lazy(r"\w{4}(?:tion|al|ment|ance|ence)s?$")


def tells_what_was_done(tokens: Sequence[Token]) -> bool:
    """Does it only tell what became of a thing that has an id, or what did not happen?"""
    return _TOLD.match(as_one(norms(tokens))) is not None


def is_thanked_or_advised(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it thanked for, regretted, or advised by somebody else? Then it is for the caller to say."""
    text = norms(tokens)
    thanked = _THANKED.match(text)
    is_thanked = thanked is not None and "in advance" not in text and stem(thanked["deed"]) in profile.verbs
    return is_thanked or is_advised(tokens)


def was_thanked(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is it thanked for as something that was done some time ago?"""
    text = norms(tokens)
    thanked = _THANKED.match(text)
    return thanked is not None and stem(thanked["deed"]) in profile.verbs and _LONG_DONE.search(text) is not None


def is_advised(tokens: Sequence[Token]) -> bool:
    """Is it what somebody else says or thinks should be done?"""
    return _ADVISED.match(norms(tokens)) is not None


def comes_back(tokens: Sequence[Token]) -> bool:
    """Shall something come back to the caller?"""
    return _TO_ME.search(norms(tokens)) is not None


def is_undone(index: Index, tokens: Sequence[Token]) -> bool:
    """Is the deed itself what shall be stopped ("undo the cancellation of ...", "cancel the return")?"""
    stopping = _UNDOING.union(*(p.verbs for p in index.wholes))
    for at, token in enumerate(tokens[:-1]):
        if token.stem not in stopping or not is_content(token) or tokens[at + 1].norm not in _DETERMINERS:
            continue
        deed = tokens[at + 2] if at + 2 < len(tokens) else None
        if deed is not None and _is_deed(index, deed):
            return True
    return False


def _is_deed(index: Index, token: Token) -> bool:
    """Is it a noun for what an effect does?"""
    if _DEED.search(token.norm) and any(token.stem in p.verbs for p in index.wholes):
        return True
    return any(token.stem in p.verbs & p.named for p in index.partial) and token.norm not in index.areas
