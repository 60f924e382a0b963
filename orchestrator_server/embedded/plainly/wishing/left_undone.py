"""What was to be done and was not, and is asked for with "do it" ("he said he would stop A-17. do it now")."""

from dataclasses import replace

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_TOLD = (
    r"(?:promised|said|claimed|offered|agreed|swore|tried|wanted|meant|attempted|failed|forgot|refused|unable"
    r"|(?:was|were|is|are|am) (?:going|supposed|meant|about|asked|told|not able|unable)|can not|could not"
    r"|(?:will|would|does|did) not let me|not managed)"
)
_BETWEEN = r"(?: (?:that|he|she|they|you|it|we|i|to|would|will|could|had|it would be|somebody|someone|me|us))*"
_DO_IT = (
    r"(?:(?:so|and|then|now|please|just|kindly|but|ok|well|,) )*"
    r"(?:(?:can|could|would|will) you(?: (?:please|just|kindly))*"
    r"(?: do (?:it|that|so|this))?|you (?:please )?do (?:it|that|so)|do (?:it|that|so|this)|get it done)"
    r"(?: (?:now|please|for me|instead|then|today|yourself|asap|right away|thanks))*"
)
_UNDONE = lazy(
    rf"(?:^|(?<=[.!?\n] ))(?P<story>[^.!?;\n]*?\b{_TOLD}{_BETWEEN} )(?P<verb>[a-z]+) "
    rf"(?P<what>(?:(?:the|my|our) )?(?:(?!<v>)[a-z]+ ){{0,3}}<v>)(?P<rest>[^;\n]*?(?:[.!?,;] |\bso ))(?P<do>{_DO_IT})"
    r"(?=(?: [.!?,])*$)"
)
_ENDINGS = (" do it", " do that", " do so", " do this", " can you", " could you", " would you", " will you", "it done")
"""Of these one is in all that asks so."""
_NOT_PLAIN = lazy(
    r"\b(?:if|unless|when|otherwise|until|provided|(?:not|never|longer) (?:want|need|like)|glad)\b|<v>|\?"
)


def asked_by_do_it(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with the deed itself in the place of its story, where nothing but "do it" asks for it."""
    text = norms(tokens)
    if not any(hint in text for hint in _ENDINGS):
        return tokens
    found = _UNDONE.search(text)
    if found is None or _NOT_PLAIN.search(found["story"] + found["rest"]):
        return tokens
    bases = [base for base in bases_of(found["verb"]) if stem(base) in index.effect_verbs]
    if not bases:
        return tokens
    first, verb, what = (token_at(found, name) for name in ("story", "verb", "what"))
    base = min(bases, key=len)
    deed = replace(tokens[verb], norm=base, stem=stem(base))
    end = what + found["what"].count(" ") + 1
    behind = text.count(" ", 0, found.end()) + 1
    return (*tokens[:first], new_word("please", tokens[first]), deed, *tokens[what:end], *tokens[behind:])
