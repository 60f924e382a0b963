"""What only hangs on a thing with an id ("the insurance for F-17"), and is not the thing that shall be stopped."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import STOPPING_STEMS, is_content
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import verb_at
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_ABOUT = words("for about against regarding concerning with on to towards")
"""What stands between something and the thing that it hangs on."""
_FOR_A_WHILE = lazy(
    r"\b(?:for (?:\d+|an?|the next|some|a few|a couple of) (?:\w+ )?(?:days?|weeks?|hours?|months?|while|bit|moment)"
    r"|until|till|temporarily|in the meantime)\b"
)
"""Something shall rest, and go on later."""


def is_not_the_whole(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Is something about the thing to be stopped, or the thing for a while, where the effect ends it altogether?"""
    if profile not in index.wholes:
        return False
    at = verb_at(profile, tokens)
    at = head_at(tokens) if at is None else at
    if at is None:
        return False
    if tokens[at].stem in STOPPING_STEMS and _FOR_A_WHILE.search(norms(tokens[at + 1 :])):
        return True
    return _hangs_on_it(profile, tokens[at + 1 :], index)


def _hangs_on_it(profile: Profile, behind: Sequence[Token], index: Index) -> bool:
    """Does something that the effect does not go by stand before "for" and the id?"""
    place = next((at for at, token in enumerate(behind) if token.shape in index.ids), None)
    if place is None:
        return False
    link = next((at for at, token in enumerate(behind[:place]) if token.norm in _ABOUT), None)
    if link is None:
        return False
    known = index.things | profile.things | {verb for verb in profile.verbs if " " not in verb}
    meant = [token for token in behind[:link] if is_content(token)]
    rest = [token for token in behind[link + 1 : place] if is_content(token)]
    return bool(meant) and meant[-1].stem not in known and all(token.stem in known for token in rest)
