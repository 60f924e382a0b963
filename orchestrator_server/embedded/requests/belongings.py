"""What belongs to a thing and is shown by another intent ("the bill for A-17"): where that goes, the thing does not."""

from collections.abc import Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.words.shapes import LONG
from orchestrator_server.embedded.words.text import Token

_OF = frozenset(["for", "of", "from", "about", "on"])


def is_belonging(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Is it such a thing that should go to a place, and not what the intent would send there?"""
    at = next((at for at, token in enumerate(tokens) if token.shape in index.ids), None)
    if at is None or not any(token.shape == LONG for token in tokens[at + 1 :]):
        return False
    others = index.shown_by_others(profile) - index.things - profile.things
    before = [token for token in tokens[:at] if token.stem not in index.things and token.norm not in ("the", "my")]
    after = [token for token in tokens[at + 1 : at + 3] if token.norm != "'s"][:1]
    is_before = len(before) > 1 and before[-1].norm in _OF and before[-2].stem in others
    return is_before or any(token.stem in others for token in after)
