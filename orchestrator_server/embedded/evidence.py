"""Is the evidence for an effect strong enough, and is it this one and no other?"""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.fields import stems_of
from orchestrator_server.embedded.index import Index
from orchestrator_server.embedded.matching import SURE, Match
from orchestrator_server.embedded.moods import Mood
from orchestrator_server.embedded.objects import has_object, names_what_is_set, takes
from orchestrator_server.embedded.shapes import Kind
from orchestrator_server.embedded.text import Token, norms

TOLD = 0.70
"""From here on a statement is a request for an effect ("my new number is ...")."""
NAMED = 0.55
"""From here on a value together with the word for it is a request to set it ("my number is now ...")."""
SAME = 0.93
"""From here on it is an example almost word for word."""
_MINE = re.compile(r"\b(?:my|mine|our|i (?:have )?(?:just )?moved|i am moving|we (?:have )?moved|new)\b")
_MAY = re.compile(
    r"\W*(?:(?:so|and|ok|hi|hello|please|also|,) )*(?:can|could|may|should) (?:(?!i\b|we\b|you\b)\w+ ){0,2}<v> "
)
_WANTS = re.compile(r"\b(?:want|need|would like|would love|require) (?:to have )?(?:an?|another|some|\d+|new)\b")
_OF_OTHERS = re.compile(r"\W*(?:(?:and|but|so|because) )*(?:he|she|they|his|her|their)\b")


def is_asked(match: Match, tokens: Sequence[Token], mood: Mood, index: Index) -> bool:
    """Is the evidence strong enough for an effect?"""
    takes_names = Kind.NAME in match.profile.kinds.values()
    by_example = match.likeness >= SURE and not takes_names
    sets = any(t.shape and t.shape not in index.ids and takes(match.profile, t.shape) for t in tokens)
    names_it = sets and match.likeness >= NAMED and names_what_is_set(match.profile, tokens, index)
    if mood is Mood.WISH:
        wants = not takes_names and match.likeness >= NAMED and _WANTS.search(norms(tokens)) is not None
        if wants and has_object(match.profile, tokens, index, by_pronoun=False):
            return True
        may = match.likeness >= NAMED and _MAY.match(norms(tokens)) is not None
        return match.by_verb or by_example or names_it or may
    is_told = names_it or (match.likeness >= TOLD and (by_example or match.by_verb or sets))
    if _OF_OTHERS.match(norms(tokens)):
        return False
    if mood is Mood.STORY:
        return (sets and match.likeness >= SURE) or (
            match.likeness >= SAME and names_what_is_set(match.profile, tokens, index)
        )
    return mood is Mood.STATEMENT and is_told and has_object(match.profile, tokens, index, by_pronoun=False)


def is_vague(best: Match, rival: Match, tokens: Sequence[Token], index: Index) -> bool:
    """Is it open whose value is set: the caller's, or that of a thing which is not named ("change the number to")?"""
    needs_id = any(p.pattern in index.ids for p in rival.profile.required)
    is_own = any(p.pattern in index.ids for p in best.profile.required) or _MINE.search(norms(tokens))
    same = {p.name for p in best.profile.required} & {p.name for p in rival.profile.required}
    named = any(token.stem in {s for name in same for s in stems_of(name)} for token in tokens)
    return needs_id and not is_own and named and rival.by_verb and rival.likeness >= TOLD
