"""Things that "go back": with the verb in front, as it is declared ("the rope from A-17: back to you")."""

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_IF = lazy(r"\b(?:if|when|unless|otherwise|should)\b")
_YOU = r"(?: to (?:you|ye))?"
_GO = r"(?:go|are going|(?:have|need) to go|(?:can|should|must) go|to go)"
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
        applies=lambda found: not _IF.search(found.string),
    ),
    Rule(
        hints=("back",),
        pattern=lazy(
            r"(?:^|(?<=[.!;\n] ))(?P<frame>)(?:the|my|our) (?:(?:[a-z'-]+|,) ){1,10}?(?:from|in|of) (?:[a-z]+ )?<v> "
            rf"(?P<verb>(?:[:-] )?(?:{_GO} )?back{_YOU})(?= [.,;!\n]|$| please| thanks| and| but)"
        ),
        plain={"frame": "please send back", "verb": ""},
        applies=lambda found: found["verb"] != "back" and not _IF.search(found[0]),
    ),
)


def sent_back(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "send back" for what goes back, where some intent has that verb."""
    is_known = any(verb == "send back" for profile in index.profiles for verb in profile.verbs)
    return respelled(tokens, _RULES) if is_known else tokens
