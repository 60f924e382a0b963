"""How long ago something was done, with a doer: "has it been 3 weeks since I opened it?" asks of when it was opened."""

from orchestrator_server.embedded.words.english import UNIT
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_SINCE = lazy(
    rf"\b(?:has it|it has|it is|is it|been)\b[^.?!;,\n]*?\b(?:{UNIT})\b[^.?!;,\n]*? since (?P<who>i|we)"
    r"(?: (?:first|last|actually|originally|initially))* (?P<did>[a-z]+(?:ed|ought|ot|ent))"
    r" (?P<what>it|that|this|them|<v>)(?= |$)"
)
_HINTS = (" since i ", " since we ")


def since_it_was(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with "since it was opened" for "since I opened it"."""
    text = norms(tokens)
    if not any(hint in text for hint in _HINTS) or (found := _SINCE.search(text)) is None:
        return tokens
    who, did, what = (token_at(found, name) for name in ("who", "did", "what"))
    return (*tokens[:who], tokens[what], new_word("was", tokens[what]), tokens[did], *tokens[what + 1 :])
