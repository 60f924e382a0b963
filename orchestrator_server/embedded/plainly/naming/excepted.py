"""Things that a request names only to leave them out ("..., but not for A-17"): said in a sentence of its own."""

from collections.abc import Sequence

from orchestrator_server.embedded.clauses.sentences import sentences_of
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word

_CASE = lazy(r"\b(?:if|when|unless|otherwise|once|until|while)\b")
_OUT = lazy(
    r"(?:[-,(;] )*(?:(?:and|but|just|only|please) )*"
    r"(?:(?:do not|never) (?!forget|miss|mind|hesitate)[a-z]+(?: with)?|(?:not|never)(?! (?:only|just)\b)"
    r"|except(?:ing)?|excluding|apart from|aside from|other than|besides"
    r"|without [a-z]+ing|with the exception of|leav(?:e|ing)|keep(?:ing)?)"
    r"(?: (?:for|on|with|to|in|of|from|about|that|those|the|my|where|address|one|place|<t>))* <v>"
)
_STAYS = lazy(
    r"(?:[-,(;] )*(?:(?:and|but|while|whereas|though) )*(?:the |my )?(?:<t> )?(?:number )?<v> (?:, )?"
    r"(?:(?:that|this)(?: one)? )?"
    r"(?:(?:is|was|can|should|must|may|will|does|has|to|still|already|just|not|be|also|on its way|on the way) )*"
    r"(?:(?:stays?|remains?|keeps?|stay|remain|go|goes|going|come|comes|coming|sent|delivered|left|affected|touched|changed"
    r"|fine|ok|okay|different|unchanged|as it is)\b(?! (?:there|here|with it|along|too|as well)\b))"
)
"""A thing with which nothing is to happen, or only what happens anyway."""


def with_exceptions_apart(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with a full stop before each such thing, where the request itself names a value and no id."""
    if not any(token.shape and token.shape not in index.ids for token in tokens) or not index.names_id(tokens):
        return tokens
    found: list[Token] = []
    done = 0
    for first, end in sentences_of(tokens):
        at = _place(tokens[first:end], index)
        if at:
            found += [*tokens[done : first + at], new_word(".", tokens[first + at])]
            done = first + at
            if tokens[done].norm == "(" and (close := _closing(tokens, done, end)):
                found += [*tokens[done + 1 : close], new_word(".", tokens[close])]
                done = close + 1
    return (*found, *tokens[done:])


def _closing(tokens: Sequence[Token], at: int, end: int) -> int:
    return next((i for i in range(at, end) if tokens[i].norm == ")"), 0)


def _place(said: Sequence[Token], index: Index) -> int:
    """Where the exception begins; 0 where there is none."""
    own = next((at for at, token in enumerate(said) if token.shape in index.ids), 0)
    if not any(token.shape and token.shape not in index.ids for token in said[:own]):
        return 0
    words = [
        ("<v>" if t.shape in index.ids else "<x>") if t.shape else "<t>" if t.stem in index.things else t.norm
        for t in said
    ]
    text = " ".join(words)
    if _CASE.search(text):
        return 0
    starts = ((at, len(" ".join(words[:at])) + 1) for at in range(1, own + 1))
    return next((at for at, place in starts if _OUT.match(text, place) or _STAYS.match(text, place)), 0)
