"""A "do" that takes up what was ruled out: "do not stop it if it has left. Do if it has not", "except ..., then do"."""

from collections.abc import Iterator

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.words.patterns import lazy

_NOT = r"(?:do not|never|please do not)"
_DO = r"do(?: (?:so|it|that|this))?(?: (?:please|then))?"
_WAY = r"(?:less|more|fewer|over|under|above|below|newer|older|cheaper|earlier|later|sooner|longer|shorter)"
_POINTED = (
    r"(?:if|when) (?:it|that|this|they) (?:(?:is|has|was|does|did|have|are|were) not(?: (?:yet|been))?"
    rf"|(?:is|was|has been|costs?|are|were) {_WAY}(?: than (?:that|this))?)"
)


def do_if(acts: str) -> Iterator[Rule]:
    """The rules; `acts` is an alternative of stems of what can be done."""
    ruled_out = rf"\b{_NOT} (?:{acts})[a-z]*\b"
    yield Rule(
        hints=("do if ", "do so if ", "do it if ", "do that if ", "do this if "),
        pattern=lazy(
            rf"\b(?P<a>{_NOT}) (?:{acts})[a-z]*\b [^.?!;\n]*?(?P<if>\bif) [^.?!;\n]+?"
            rf"(?P<b>(?: [.,;])+ (?:(?:and|but|please|only|just) )*{_DO} {_POINTED})(?= [.,;!?]|$)"
        ),
        plain={"a": "", "if": "unless", "b": ""},
    )
    yield Rule(
        hints=("case do", "then do", "so do"),
        pattern=lazy(
            rf"{ruled_out}[^.?!;\n]*? (?P<e>unless|except(?: if| when)?|only if) [^.?!;\n]+?"
            rf"(?P<a>(?: [.,;-])* (?:in (?:which|that) case|then|if so)(?: ,)?(?: (?:please|you can|you may))* {_DO})"
            r"(?= [.,;!?]|$)"
        ),
        plain={"a": "", "e": "unless"},
    )
