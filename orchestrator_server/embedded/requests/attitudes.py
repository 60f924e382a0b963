"""What somebody feels, thinks or foresees about a deed, and does not ask for ("it would be a shame to stop it")."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import SHOWING_STEMS, STOPPING_STEMS
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_SO = r"(?:(?:really|definitely|certainly|just|still|also|probably|actually|even|ever|absolutely|simply|never) )*"
_BAD = (
    r"(?:shame|pity|stupid|silly|mistake|waste|crazy|sad|mad|foolish|wrong|ridiculous|nonsense|madness|unfair|rude"
    r"|horrible|terrible|awful|disaster|unnecessary|pointless)"
)
_AGAINST = lazy(
    rf"\b(?:i|we) (?:am|are) {_SO}not {_SO}(?:going|about|planning|intending|willing|prepared|trying"
    rf"|asking(?: you)?) to\b"
    rf"|\b(?:i|we|you|they) {_SO}(?:refused?|declined?|forgot|failed) to\b"
    r"|\b(?:decided|chose|voted|am|are|was|were|speaks?|argues?) against \w+ing\b"
    r"|\b(?:is|see|have|be|was|with) no (?:\w+ )?(?:reason|point|sense|intention|desire|plans?|cause) (?:to|in|of) "
    r"|\b(?:wanted|meant|planned|intended|hoped|tempted|about|going) to \w+ .*\bbut "
    r"(?:(?:i|we|then|have|had|now|later|in the end) )*"
    r"(?:decided|changed|chose|opted|kept|keep|keeping|thought better|realised|realized)\b"
    r"|^\W*(?:(?:there is )?no way|over my dead body|not a chance)(?: that)? (?:i|we)\b"
    r"|^\W*no (?:reason|point|sense|intention|desire|plans?|cause) (?:to|in|of) "
    rf"|\b(?:it|that|this|<v>|\w+ing) (?:would|will) be (?:such |an? |too |very |so |quite |totally |really "
    rf"|just )*{_BAD}\b"
    r"|\b(?:is|was) what (?!i\b|we\b|is\b)\w+ (?:\w+ )?(?:says?|said|wants?|wanted|thinks?|would)\b"
)
"""The deed is not wanted, or somebody else wants it."""
_SPOKEN_OF = lazy(
    rf"\b(?:should|could|would|might|must) {_SO}(?:not )?have (?:\w+ed|sent|given|taken|put|stopped)\b"
    rf"|\b(?:i|we) (?:was|were) {_SO}(?:going|about|planning|close|ready|tempted|inclined|meaning) to (?!ask\b"
    rf"|write\b|say\b|tell\b)"
    r"|\b(?:at some point|(?:one|some) ?day|someday|one of these days|sooner or later|eventually"
    r"|in the (?:long run|distant)"
    r"|some time (?:soon|later)|when i (?:am|get) (?:old|older|rich)|next year|in a few years)\b(?! (?:early"
    r"|earlier|late|later|ago))"
    r"|\b(?:in theory|theoretically|hypothetically)\b"
    r"|^\W*(?:(?:and|but|so|hi|hello) )*(?:(?:i|we) (?:am|are|was|were) )?(?:planning|intending|about|thinking)"
    r" (?:to|of|on|about) "
    rf"|\b(?:i|we) (?:have |had )?{_SO}(?:tried|attempted) (?:\w+ )?to (?!reach|contact|call|find|ask|log)\w+ .*"
    r"\b(?:on|in|via|through|using|over|by|yesterday|last|earlier|ago|already|before|twice)\b"
    rf"|\b(?:i|we) could {_SO}(?!use\b|do with\b|need\b|have\b|see\b|get\b)\w+ .*\b(?:but|though|however"
    rf"|instead|just as well)\b"
    rf"|\b(?:hate|hated|glad|happy|relieved|sad|sorry|proud|ashamed|upset|annoyed|surprised"
    rf"|shocked)(?: that)? (?:i|we|you|they) "
    rf"{_SO}(?:had|have|did|could|got)\b"
    rf"|\b(?:i|we|you|they|he|she) {_SO}had to (?!be\b)\w+\b"
    rf"|\b(?:i|we) (?:{_SO}(?:did not|have not|never|do not remember|cannot remember|can not remember))"
    rf" (?:ask|asked|tell|told|want|wanted|request|requested|asking)(?: for)?(?: you| anyone| anybody)?(?: to|ing)\b"
)
"""The deed is looked back on, or put off to some other time."""
_DOING = lazy(
    r"\W*(?P<deed>\w+ing)\b.*\b(?:would|is|was|will|seems|sounds|looks|makes|made|takes|took|costs|cost|did|does)\b"
)
_WELCOME = lazy(
    r"\b(?:would|will) (?:be|help|do)(?! (?:be )?(?:stupid|silly))\b(?: \w+){0,2}? ?(?:great|nice|good|lovely"
    r"|appreciated|perfect"
    r"|fine|ideal|helpful|wonderful|brilliant|fantastic|best|better|useful|kind|super|awesome|cool|amazing)?\b"
    r"|\b(?:is|was) (?:what|all|the only thing|exactly what|my (?:wish|request|plan))\b(?! (?:he|she|they|my|not)\b)"
    r"|\b(?:is|was) (?:\w+ )?(?:needed|required|necessary|requested|due|urgent|wanted|desired|requested)\b"
)
_STOP_DOING = lazy(
    r"\b(?P<stop>[a-z]+) (?:(?:trying|attempting|threatening|wanting) to (?P<verb>[a-z]+)|(?P<deed>[a-z]+ing))\b"
)


def is_against(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does somebody speak against what the effect does?"""
    text = norms(tokens)
    if _AGAINST.search(text):
        return True
    own = profile.verbs - SHOWING_STEMS - STOPPING_STEMS
    return any(
        stem(found["stop"]) in STOPPING_STEMS and stem(found["verb"] or found["deed"]) in own
        for found in _STOP_DOING.finditer(text)
    )


def is_spoken_of(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is what the effect does looked back on, put off, or only judged?"""
    text = norms(tokens)
    if _SPOKEN_OF.search(text):
        return True
    judged = _DOING.match(text)
    return judged is not None and stem(judged["deed"]) in profile.verbs and _WELCOME.search(text) is None
