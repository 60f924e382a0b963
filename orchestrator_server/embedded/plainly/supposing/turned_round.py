"""Sentences whose verb stands before its subject: "only if it is open do I want it", "costs it over 50, so stop it"."""

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_ONLY = r"(?:only|just|solely) (?:if|when|once|after|in case|provided(?: that)?|as long as)"
_WANT = r"(?:(?:really|still|actually) )*(?:want|need|wish|like|love|prefer)\b"
_TELLS = (
    r"(?:says?|costs?|shows?|contains?|includes?|comes?|arrives?|reads?|stands?|takes?|exceeds?|is|has|was|are|have)"
)
_TOLD_FIRST = lazy(
    rf"(?:^|(?<=[.!?;\n] ))(?:(?:and|but|so|well|ok|,) )*(?P<verb>{_TELLS}) (?P<it>it|that|this|<v>)"
    r" (?!ok\b|okay\b|fine\b|possible\b)[^.?!;\n]*?(?P<joint>(?: ,)? (?:so|then)(?: then)?(?: ,)?)"
    r" (?=(?:please|i|we|you|just|kindly)\b|[a-z]+ (?:it|that|the|my)\b)"
)
_HINTS = (" so ", " then ")
TURNED = (
    Rule(
        hints=("do i ", "do we ", "will i ", "shall i "),
        pattern=lazy(rf"\b{_ONLY} [^.?!;,\n]*? (?P<a>(?:, )?(?:do|will|shall)) (?=(?:i|we) {_WANT})"),
        plain={"a": ","},
    ),
    Rule(
        hints=("would i ", "would we "),
        pattern=lazy(rf"\b{_ONLY} [^.?!;,\n]*? (?P<a>(?:, )?would (?:i|we)) (?={_WANT})"),
        plain={"a": ", i would"},
    ),
    Rule(
        hints=("should you", "can you", "may you", "shall you", "must you", "are you to", "do you ", "will you"),
        pattern=lazy(
            rf"\b{_ONLY} [^.?!;,\n]*? (?P<a>(?:, )?(?:should|can|could|may|shall|must|will|do|are) you"
            r"(?: (?:to|please|then))*) (?=[a-z]+ (?:it|that|them|<v>|the|my|me)\b)"
        ),
        plain={"a": ", please"},
    ),
    Rule(
        hints=("should it", "can it", "may it", "shall it", "must it", "is it to", "should <v>", "may <v>", "can <v>"),
        pattern=lazy(
            rf"\b{_ONLY} [^.?!;,\n]*? (?P<a>(?:, )?(?:should|can|may|shall|must|is) (?:it|that|<v>)(?: to)? be)"
            r" (?=[a-z]+ed\b)"
        ),
        plain={"a": ", i want it"},
    ),
)
"""Each with what is wanted behind a comma, in the order of a statement."""


def with_subjects_ahead(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "if it costs over 50, stop it" for "costs it over 50, so stop it"."""
    text = norms(tokens)
    if not any(hint in text for hint in _HINTS) or (found := _TOLD_FIRST.search(text)) is None:
        return tokens
    verb, joint = (token_at(found, name) for name in ("verb", "joint"))
    joint += found["joint"].startswith(" ")
    behind = joint + found["joint"].strip().count(" ") + 1
    said = (new_word("if", tokens[verb]), tokens[verb + 1], tokens[verb], *tokens[verb + 2 : joint])
    return (*tokens[:verb], *said, new_word(",", tokens[joint]), *tokens[behind:])
