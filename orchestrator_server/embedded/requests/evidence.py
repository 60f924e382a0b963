"""Is the evidence for an effect strong enough, and is it this one and no other?"""

from collections.abc import Sequence
from itertools import pairwise

from orchestrator_server.embedded.declared.features import SHOWING_STEMS, STOP, UNWANTED
from orchestrator_server.embedded.declared.fields import stems_of
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import verb_at
from orchestrator_server.embedded.guarding.persons import PERSON
from orchestrator_server.embedded.requests.irreal import comes_back, is_undone, tells_what_was_done
from orchestrator_server.embedded.requests.matching import SURE, Match
from orchestrator_server.embedded.requests.moods import Mood
from orchestrator_server.embedded.requests.objects import has_object, names_what_is_set, takes
from orchestrator_server.embedded.words.english import PEOPLE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

TOLD = 0.70
"""From here on a statement is a request for an effect ("my new number is ...")."""
NAMED = 0.55
"""From here on a value together with the word for it is a request to set it ("my number is now ...")."""
SAME = 0.93
"""From here on it is an example almost word for word."""
_NOW = lazy(r"\b(?:now|from now on|these days|in future|from today)\b")
"""Something is so from now on."""
_HABIT = lazy(r"\b(?:keep|keeps|kept|always|usually|often|sometimes|every (?:time|day|week|month|year))\b")
"""What somebody does again and again is told, and not asked for."""
_LATER = lazy(
    r"\b(?:i|we) (?:almost|nearly)\b|\b(?:will|going to|planning to)\b.*"
    r"\b(?:(?:in|from|as of|starting|until) (?:january|february|march|april"
    r"|may|june|july"
    r"|august|september|october|november|december|spring|summer|autumn|winter|a few)|next (?:week|month|year)"
    r"|one day)\b"
)
"""What did not come to pass, or will only be so at some later time."""
_GETS_IT_AWAY = lazy(
    r"\bget (?:it|them|that|this|those) (?:down|off|out|over|through|under|up|in|into|on|onto|working|sorted"
    r"|done|right)\b"
)
"""What people get somewhere, and do not get by its name."""
_OF_A_PERSON = lazy(
    rf"(?<!to )(?<!for )(?<!with )(?<!by )\b(?:my (?:{'|'.join(sorted(PEOPLE))})|him|her|them) (?:on|at|under|via) <v>"
)
"""How somebody else is reached."""
_DUE = 0.75
"""From here on it is wanted where somebody says that it must be done, or that it is going to be."""
_OWED = lazy(r"\b(?:(?:is|are|am) going|goes|(?:has|have|needs?|ought) to|should|must)\b(?! not)")
"""Something must be done, or is going to be."""
_MINE = lazy(r"\b(?:my|mine|our|i (?:have )?(?:just )?moved|i am moving|we (?:have )?moved|new)\b")
"""The value is that of who writes."""
_MAY = lazy(
    r"\W*(?:(?:so|and|ok|hi|hello|please|also|,) )*(?:can|could|may|should) (?:(?!i\b|we\b|you\b)\w+ ){0,2}<v> "
)
"""Whether a thing may be or go somewhere, without who does it."""
_WANTS = lazy(r"\b(?:want|need|would like|would love|require) (?:to have )?(?:an?|another|some|\d+|new)\b")
"""A new thing is wanted."""
_NEW = frozenset(["new", "fresh", "additional"])
_NEW_ONE = lazy(
    r"\W*(?:(?:hi|hello|hey|and|also|please|now|just|,) )*(?:(?:an?|one|1|another) )?(?:new|fresh|additional) "
)
"""A new one is named at once: "new booking: ..."."""
_SAID_OF_IT = lazy(
    r"\b(?<!should )(?<!must )(?<!to )(?:says?|shows?|thinks?|believes?|states|lists?|claims?|displays?|reads)"
    r"(?: [^\s,.;:]+){0,4} <v>"
    r"|\b(?:old|former|previous) (?:\w+ ){1,3}(?:had|was|used to be)\b[^,.;]* <v>"
)
"""What is told of the value that stands somewhere."""
_OF_OTHERS = lazy(
    r"\W*(?:(?:and|but|so|because|from now on|now|these days|,) )*(?:he|she|they|his|her|their|nobody|no one|somebody"
    r"|someone|everybody|everyone"
    rf"|(?:my|our) (?:\w+ )?{PERSON}(?! (?:and|,) (?:i|me|we)\b)(?! 's\b))\b"
)
"""A clause about somebody else."""
_THEIRS = lazy(rf"\b(?:my|our) (?:\w+ )?{PERSON} 's\b")
"""What belongs to somebody else."""


def is_asked(match: Match, tokens: Sequence[Token], mood: Mood, index: Index) -> bool:
    """Is the evidence strong enough for an effect?"""
    takes_names = match.profile.takes_names
    by_example = match.likeness >= SURE and not takes_names
    sets = any(t.shape and t.shape not in index.ids and takes(match.profile, t.shape) for t in tokens)
    names_it = sets and match.likeness >= NAMED and names_what_is_set(match.profile, tokens, index)
    goes_back = takes_names and _has_particle(match.profile, tokens)
    if _is_something_else(match, tokens, index) or (sets and _is_no_value_of_mine(match, tokens)):
        return False
    is_owed = match.likeness >= (NAMED if goes_back else _DUE) and _OWED.search(norms(tokens)) is not None
    if mood in (Mood.WISH, Mood.STATEMENT) and is_owed and has_object(match.profile, tokens, index):
        return True
    if mood is Mood.WISH:
        is_named = match.likeness >= NAMED and (not takes_names or _names_its_deed(match.profile, tokens))
        wants = is_named and (_WANTS.search(norms(tokens)) or _NEW_ONE.match(norms(tokens))) is not None
        if wants and has_object(match.profile, tokens, index, by_pronoun=False):
            return True
        may = match.likeness >= NAMED and _MAY.match(norms(tokens)) is not None
        return match.by_verb or by_example or names_it or may or _is_unwanted(match, tokens, index)
    if mood in (Mood.STATEMENT, Mood.STORY) and (_HABIT.search(norms(tokens)) or _LATER.search(norms(tokens))):
        return False
    if _is_unwanted(match, tokens, index):
        return True
    is_told = names_it or (match.likeness >= TOLD and (by_example or match.by_verb or sets))
    if _OF_OTHERS.match(norms(tokens)) or _only_gets(match.profile, tokens):
        return False
    if mood is Mood.STORY:
        if names_it and match.likeness >= TOLD and _NOW.search(norms(tokens)):
            return True
        return (sets and match.likeness >= SURE) or (
            match.likeness >= SAME and names_what_is_set(match.profile, tokens, index)
        )
    return mood is Mood.STATEMENT and is_told and has_object(match.profile, tokens, index, by_pronoun=False)


def _is_something_else(match: Match, tokens: Sequence[Token], index: Index) -> bool:
    """Is it told of, or turned round, so that the verb asks for nothing here?"""
    takes_names = match.profile.takes_names
    return (
        is_undone(index, tokens)
        or (_has_particle(match.profile, tokens) and comes_back(tokens))
        or tells_what_was_done(tokens)
        or (takes_names and _GETS_IT_AWAY.search(norms(tokens)) is not None)
        or _turns_otherwise(match.profile, tokens)
    )


def _is_no_value_of_mine(match: Match, tokens: Sequence[Token]) -> bool:
    """Is the value somebody else's, or the one that stands there already?"""
    text = norms(tokens)
    is_told = _OF_A_PERSON.search(text) or _SAID_OF_IT.search(text)
    return is_told is not None or (not match.by_verb and (_OF_OTHERS.match(text) or _THEIRS.search(text)) is not None)


def _is_unwanted(match: Match, tokens: Sequence[Token], index: Index) -> bool:
    """Does somebody no longer want what the effect ends ("take me off the list", "i no longer wish to get it")?"""
    ends = any(STOP in example for example in match.profile.examples)
    if not ends or match.likeness < NAMED or not UNWANTED.search(norms(tokens)):
        return False
    return has_object(match.profile, tokens, index, by_pronoun=False)


def _names_its_deed(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is what should be done named by a noun: "a return", "an exchange"?"""
    deeds = {verb for verb in profile.verbs if " " not in verb} - SHOWING_STEMS
    return any(
        b.stem in deeds and (a.norm in ("a", "an", "another") or (a.norm in _NEW and b.stem in profile.things))
        for a, b in pairwise(tokens)
    )


def _turns_otherwise(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is a verb of the intent there without the particle that makes it one ("turn it on" where it turns things off)?"""
    at = head_at(tokens)
    if at is None or tokens[at].stem in profile.verbs or not any(token.norm == "on" for token in tokens[at + 1 :]):
        return False
    needed = {verb.split()[1] for verb in profile.verbs if verb.startswith(f"{tokens[at].stem} ")}
    return bool(needed) and not any(token.norm in needed for token in tokens[at + 1 :])


def _has_particle(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is a particle there that makes verbs of the intent ("it goes back" where "send back" is declared)?"""
    particles = {verb.split()[1] for verb in profile.verbs if " " in verb}
    return any(token.norm in particles for token in tokens)


def _only_gets(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Is the only verb a light one, which in a statement tells anything ("i am getting nervous")?"""
    at = verb_at(profile, tokens)
    return at is not None and tokens[at].stem in SHOWING_STEMS & profile.verbs and profile.takes_names


def is_vague(best: Match, rival: Match, tokens: Sequence[Token], index: Index) -> bool:
    """Is it open whose value is set: the caller's, or that of a thing which is not named ("change the number to")?"""
    needs_id = any(p.pattern in index.ids for p in rival.profile.required)
    is_own = any(p.pattern in index.ids for p in best.profile.required) or _MINE.search(norms(tokens))
    same = {p.name for p in best.profile.required} & {p.name for p in rival.profile.required}
    named = any(token.stem in {s for name in same for s in stems_of(name)} for token in tokens)
    return needs_id and not is_own and named and rival.by_verb and rival.likeness >= TOLD
