"""Things that "go back": with the verb in front, as it is declared ("the rope from A-17: back to you")."""

from functools import lru_cache

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import CONDITION, Rule, is_unconditional, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_YOU = r"(?: to (?:you|ye))?"
_GO = r"(?:go|goes|(?:is|are) (?:(?:both|all|now|also) )?going|(?:have|need) to go|(?:can|should|must) go|to go)"
_RULES = (
    Rule(
        hints=("back ",),
        pattern=lazy(
            r"(?:^|(?<=[.,;:!?\n-] )|(?<=\band )|(?<=\bbut )|(?<=\bso ))(?P<ahead>back )"
            r"(?:it|they|that|this|those|these) (?:goes|go|comes|come)(?P<behind>)(?= |$)"
        ),
        plain={"ahead": "", "behind": "back"},
    ),
    Rule(
        hints=("back",),
        pattern=lazy(
            r"(?:[.,;\n] |\bso |\band )(?:please |then |now )*(?P<frame>(?P<who>it|this one|that one) (?:goes"
            rf"|(?:will|can|must|should|ha(?:s|ve) to|needs? to) go) back{_YOU})(?= [.,;!\n]|$| please| thanks| today"
            r"| now)"
        ),
        plain={"frame": "please send it back"},
        applies=is_unconditional,
    ),
    Rule(
        hints=("back",),
        pattern=lazy(
            r"(?:^|(?<=[.!;\n] ))(?P<frame>)(?:the|my|our) (?:(?:[a-z'-]+|,) ){1,10}?(?:from|in|of) (?:[a-z]+ )?<v> "
            rf"(?P<verb>(?:[:=-] )?(?:{_GO}(?: right| straight)? )?back{_YOU})(?= [.,;!\n]|$| please| thanks| and| but)"
        ),
        plain={"frame": "please send back", "verb": ""},
        applies=lambda found: found["verb"] != "back" and not CONDITION.search(found[0]),
    ),
    Rule(
        hints=("back",),
        pattern=lazy(
            r"(?:^|(?<=[.!;\n] ))(?P<frame>)(?:the|my|our|both the) (?:(?:[a-z'-]+|,) ){1,8}?(?P<verb>"
            rf"(?:both |all |then |now )?{_GO}(?: right| straight)? back{_YOU})"
            r"(?= [.,;!\n]|$| please| thanks| and| but)"
        ),
        plain={"frame": "please send back", "verb": ""},
        applies=lambda found: not CONDITION.search(found[0]),
    ),
)


def sent_back(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "send back" for what goes back, where some intent has that verb."""
    return respelled(tokens, _RULES) if takes_back(index) else tokens


@lru_cache(maxsize=16)
def takes_back(index: Index) -> bool:
    """Has any intent the verb "send back"?"""
    return any(verb == "send back" for profile in index.profiles for verb in profile.verbs)
