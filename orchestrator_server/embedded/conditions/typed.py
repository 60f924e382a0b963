"""The last look at what was typed: an "if" or a choice that no condition came of, where an effect runs under none."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy

_FINE = r"(?: all| still)? (?:ok|okay|alright|fine|possible|works)"
_NO_TROUBLE = (
    r"(?:'?s| is| was| would be| will be)?(?: not|n't|n't be| no) (?:too|any|a (?:problem|bother|hassle)|trouble)"
)
_POLITE = (
    r"(?: |')*(?:you|u|ya|yous|poss\w*|need be|need|at all|so|would|could|any|anyone|someone|nobody|memory|anything"
    rf"|(?:it|that)(?:'?s| is| was| would be)?{_FINE}|(?:it|that){_NO_TROUBLE}"
    r"|i (?:may|might|can|could|remember|recall)|we (?:could|can|may)|i'?m (?:honest|not mistaken)"
    r"|not,? (?:please|just|tell|let)|there(?:'?s| is) (?:any|a) (?:way|chance))"
)
"""What follows an "if" of politeness, or of a question."""
_BEFORE = words(
    """
    know check see ask me wonder wondering sure even as what say tell care
    grateful thankful happy glad nice great kind lovely obliged good mind appreciated wonderful
    """
)
"""What stands before one."""
_IF = lazy(
    rf"{''.join(f'(?<!{word} )' for word in sorted(_BEFORE))}(?<!appreciate it )\bif\b"
    rf"(?!{_POLITE}\b)(?P<said>[^.,;!?\n]*)"
)
_SOME_OF = lazy(
    r"\b(?:the \w+ ones?|whatever|whichever|any|anything)\b(?: (?!<v>)\S+){0,6}?"
    r" (?:of|from|among|between) <v>(?= (?:and|or|,|&|/) <v>)"
)
"""Some of the things that are named, and not all."""


def typed(message: Message, asks: Sequence[Ask]) -> Iterator[str]:
    """What follows such an "if"; nothing where any request has a condition."""
    is_open = any(ask.profile.intent.has_effect and not ask.governing and ask.fan is None for ask in asks)
    if not is_open or any(ask.governing for ask in asks):
        return
    if (found := _IF.search(message.text.lower())) is not None:
        yield f"if{found['said']}"
    if (some := _SOME_OF.search(message.norms)) is not None:
        yield some.group().removesuffix(" <v>")
