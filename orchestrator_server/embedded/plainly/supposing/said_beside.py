"""Remarks that stand in the way of a condition: "if there are 5 I have lost control, so ...", "..., I'd feel bad".

Only what says nothing of a thing is left out: no number, no state, no comparison.
"""

from collections.abc import Iterator

from orchestrator_server.embedded.plainly.respelling import Rule
from orchestrator_server.embedded.plainly.supposing.case_words import COMPARED
from orchestrator_server.embedded.words.patterns import lazy

_START = r"(?:^|(?<=[.!?;\n] ))"
_SOUND = (
    r"(?:hm+|hmm+|erm*|um+|uh+|well|(?:oh |no )?wait|hang on|hold on|oh|actually|although|mind you"
    r"|come to think of it|on second thoughts?|though)"
)
_MUSED = (
    r"(?:i|we) (?:(?:have|am|are|must have|must be|clearly|obviously|really|definitely|probably|just|simply"
    r"|have clearly|have obviously|guess|think|suppose)\b)"
)
_WORD = r"(?!(?:not|no|never|if|unless|when|or|and|but|only|more|less|over|under|above|below|at|than|until|before)\b)"


def said_beside(states: str) -> Iterator[Rule]:
    """The rules; `states` is an alternative of all states."""
    word = rf"{_WORD}(?!{states}\b)(?![^\s]*\d)[^\s.,;:?!<]+"
    yield Rule(
        hints=(" so ", " then "),
        pattern=lazy(
            rf"\b(?:if|when) (?:[^.?!;,\n]*? )?(?:\d+(?: or (?:more|less|fewer))?|{states}|(?:more|less|fewer) than \d+"
            rf"(?: [a-z]+)?)(?P<a>(?: ,)? {_MUSED}(?: {word}){{1,8}}(?: ,)? (?:so then|so|then)(?: ,)?)(?= [a-z])"
        ),
        plain={"a": ","},
    )
    yield Rule(
        hints=("the point", "the use", "the sense"),
        pattern=lazy(
            r"(?P<a>(?:(?<=[,.?!;] )|^)(?:(?:then|so|well) )*what (?:is|would be) the (?:point|use|sense)"
            r"(?: (?:of|in) (?:that|it|this))?(?: \( [a-z]+ \))?(?: (?:then|anyway))*(?: [.,?!;])+)(?= [a-z])"
        ),
        plain={"a": ""},
    )
    yield Rule(
        hints=("not if ", "only if ", "not when ", "unless "),
        pattern=lazy(rf"{_START}(?P<a>{_SOUND}(?: [.,!-]+)*)(?= (?:(?:but|and|only|,) )*(?:not|only|unless)\b)"),
        plain={"a": ""},
    )
    yield Rule(
        hints=(" ones ", " rest ", " others "),
        pattern=lazy(
            rf"(?:{COMPARED.pattern}|\bago|{states})(?: old| ago)?(?P<a> [,-](?: (?:and|but|while))*"
            r" the (?:(?:[a-z]+er|other|remaining|rest of the) ones?|rest|others)"
            r" (?:(?:i|we) (?:(?:would|will|do|still|really|rather|also) )*(?:want|need|like|keep|love)"
            r"(?: (?:to (?:keep|have)|them))*|(?:stays?|remains?|(?:can|may|should|will) (?:stay|remain))))"
            r"(?= [.,;!?]|$)"
        ),
        plain={"a": ""},
    )
