"""What is said to stay as it is ("A-17 must not be affected", "my number stays the same"): nothing is asked for."""

from collections.abc import Sequence

from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_WHAT = (
    r"(?:(?:but|and|while|whereas|though|however|please|just|as for) )*(?:(?:the|my|our|that|this) )?"
    r"(?:[a-z']+ ){0,3}?(?:<v> |one )?"
)
_MAY = r"(?:should|must|can|may|will|shall|has to|is to|needs to|ought to)"
_OLD = r"(?:the|my|its) (?:old|current|same|original|previous|other) [a-z]+"
_ALIKE = (
    r"(?:the same|as (?:it|they|that) (?:is|are|was|were)|as is|as before|unchanged|untouched|unaffected|alone"
    r"|put|valid"
    rf"|where (?:it|that) (?:is|was)|(?:at|on|with|in|to) {_OLD})"
)
_STAYS = lazy(
    rf"{_WHAT}(?:(?:{_MAY} )?(?:(?:still|just|also|simply) )*(?:stays?|remains?)(?: {_ALIKE})?"
    r"|(?:must|should|shall|may|can|is|are|has|have) (?:not|never)(?: (?:to be|to|be|supposed to be))*"
    r" (?:affected|touched|changed|altered|modified|included|involved|concerned)(?: by (?:this|that|it))?"
    rf"|keeps? (?:going to )?{_OLD}"
    rf"|(?:(?:{_MAY}|is|are) )?(?:(?:still|just|also|be) )*(?:go|goes|going|come|coming|sent|delivered) to {_OLD}"
    rf"|{_MAY} still (?:go|come|arrive|get here|be (?:coming|sent|delivered|kept))(?: (?:to|at|as) [a-z ]{{2,30}})?)"
    r"(?: (?:please|though|thanks|anyway|then|of course|for now|as planned|as well))*"
)
_APPROVED = lazy(
    r"without [a-z]+ing\b.*"
    r"|(?:(?:but|and|while|i am|we are|very|quite|perfectly|really|so|all) )*"
    r"(?:happy|fine|ok|okay|satisfied|pleased|content|delighted|cool|good) with (?:[a-z]+ ){0,2}<v>"
    r"(?: (?:though|thanks|as it is|as is))*"
)
_SEQUENCE = lazy(
    r"(?:(?:all|both|and|exactly|only|just|preferably) )*in (?:exactly )?(?:that|this|the (?:same|given|right|above))"
    r" [a-z]+(?: (?:please|thanks|thank you|lol|haha|too|if possible|ideally|mate|ok|okay))*"
)


def stays(tokens: Sequence[Token]) -> bool:
    """Is nothing said but that something stays as it is, or is all right?"""
    said = norms([token for token in tokens if not token.is_mark])
    return _STAYS.fullmatch(said) is not None or _APPROVED.fullmatch(said) is not None


def is_sequence(tokens: Sequence[Token]) -> bool:
    """Is nothing said but in which turn ("in that sequence please")?"""
    return _SEQUENCE.fullmatch(norms([token for token in tokens if not token.is_mark])) is not None
