"""Something that was to be done before, and now if it is not ("was A-17 stopped? if not do that"): said in full."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.message import Message, message_of
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_DO_SO = lazy(
    r"\b(?P<if>(?:if|otherwise)\b[^.;!?,]*?)[ ,]+(?:then |please |just |so |kindly |(?:can|could|would|will) you )*"
    r"(?P<do>do(?: (?:it|that|so|this))?)(?: (?:now|then|please|for me|right away|today|at once|immediately|asap))*\W*$"
)
_IS_NOT = lazy(r"^(?:if|otherwise)\b(?!.*<v>)(?:.*\b(?:not|no|never)\b.*)?$")
"""Is only said of what was spoken of."""
_ASKED = lazy(
    r"^\W*(?:(?:hi|hello|hey|so|and|please|ok|well)\W+)*(?:(?:has|have|had|is|are|was|were|did|does)\b"
    r"|(?:i|we) (?:\w+ )?(?:asked|wanted|told|requested|tried)\b)"
)


_BEFORE_VERBS = frozenset({"to", "you", "they", "we", "i"})


def in_full(message: Message) -> Message | None:
    """The message with the verb and the thing for "do it" at its end; None where it asks for no such thing."""
    said = _DO_SO.search(message.norms) if _ASKED.match(message.norms) else None
    if said is None or not _IS_NOT.match(said["if"]):
        return None
    first = message.norms.count(" ", 0, said.start("if"))
    before = message.tokens[:first]
    ids = list(dict.fromkeys(t.value for t in before if t.shape in message.index.ids))
    acts = list(dict.fromkeys(_acts(message, before)))
    if len(ids) > 1 or len(acts) != 1:
        return None
    do, end = (message.norms.count(" ", 0, at) for at in (said.start("do"), said.end("do") - 1))
    start, stop = message.tokens[do].start, message.tokens[end].end
    text = f"{message.text[:start]}{acts[0]} {ids[0] if ids else 'it'}{message.text[stop:]}"
    return message_of(text, message.index, message.context)


def _acts(message: Message, tokens: Sequence[Token]) -> Iterator[str]:
    """The verbs of effects, where they are told or asked for: no noun that looks like one."""
    verbs = message.index.effect_verbs
    for leads, token in pairwise(tokens):
        base = min((word for word in bases_of(token.norm) if stem(word) in verbs), key=len, default=token.norm)
        is_verb = stem(base) in verbs and (base != token.norm or leads.norm in _BEFORE_VERBS)
        if is_verb and is_content(token):
            yield base
