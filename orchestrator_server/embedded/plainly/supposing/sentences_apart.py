"""What is asked for within another sentence, set apart: a case in brackets, "or if ...", "same for A-2"."""

from collections.abc import Iterator

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_IF = r"(?:if|unless|when)"
_AGAIN = (
    r"(?:(?:do |and )*(?:the )?(?:exact )?(?:same|ditto|likewise)(?: thing| deal| story| rule)?"
    r"(?: (?:goes|applies|holds))?(?: (?:for|with|to))?)"
)


def sentences_apart(acts: str, verbs: str) -> Iterator[Rule]:
    """The rules that set them apart; `acts` and `verbs` are alternatives of stems of what can be asked for."""
    asked = rf"(?![a-z]*(?:ed|ing)\b)(?:{acts}|{verbs})[a-z]*\b"
    follows = rf"(?:[,:-]|then) (?:(?:please|just|then|i want) )*{asked}|{asked} (?:it|that|them|the|my|me|<v>)\b"
    yield Rule(
        hints=("( ",),
        pattern=lazy(rf"(?<= )(?P<a>\() (?=(?:but )?(?:if|when|in case|should)\b[^()]* (?:{follows}))[^()]*(?P<b>\))"),
        plain={"a": ".", "b": "."},
    )
    yield Rule(
        hints=(" or if ", " or when ", " or in case "),
        pattern=lazy(
            rf"(?:^|(?<=[.!?;\n] ))(?:(?!(?:if|unless|when|either|case)\b)[^.?!;\n ]+ )+?(?P<a>(?:, )?or)"
            rf" (?=(?:if|when|in case) [^.?!;:,\n]+?(?: [,:-]| then| please)* {asked})"
        ),
        plain={"a": ", but"},
    )
    yield Rule(
        hints=(" <v> ",),
        pattern=lazy(
            rf"(?:^|(?<=[.!?;\n] ))(?:[a-z]+ ){{0,2}}<v> (?:[,:-] )?{_IF} [^.!?;\n]*?(?P<a>(?:, )?(?:and|but|while)|,)"
            rf" (?=<v> (?:[,:-] )?{_IF} )"
        ),
        plain={"a": "."},
    )
    yield Rule(
        hints=(" ; ",),
        pattern=lazy(
            rf"\b{_IF} [^.!?;:\n]*(?::|then :?)[^.!?;:\n]*(?P<a>;)"
            rf" (?=(?:please |and )*{asked} (?![^.!?;\n]*\b(?:{_IF}|otherwise|else)\b))"
        ),
        plain={"a": ", and"},
    )
    yield Rule(
        hints=("when ",),
        pattern=lazy(
            r"(?:^|(?<=[.!?;\n] ))(?:when|if) [^.!?;\n]*?(?:, |and |but )(?P<a>when)"
            r"(?= (?:it|they|that|this|<v>) (?:is|are|has|have|was|were)\b)"
        ),
        plain={"a": "if"},
    )
    yield Rule(
        hints=("same ", "ditto", "likewise"),
        pattern=lazy(
            rf"\b(?:if|unless|when|provided|as long as|only)\b[^.?!;\n]*?[a-z\d](?P<a> ,(?: and)?| and)"
            rf" (?={_AGAIN} (?:(?:the|my) [a-z -]+? )?<v>(?: [.,;!?)]|$| (?:and|too|as well|please)\b))"
        ),
        plain={"a": "."},
    )
