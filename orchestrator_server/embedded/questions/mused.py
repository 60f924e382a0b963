"""Effects that somebody only thinks about, or that others advise, beside a question: the question is answered first."""

from collections.abc import Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.irreal import is_advised
from orchestrator_server.embedded.requests.moods import Mood, mood_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_MUSED = lazy(
    r"\b(?:thinking|think) (?:about|of) (?:\w+ing|whether|if)\b|\b(?:considering|pondering"
    r"|contemplating) (?:\w+ing|whether|if)\b"
    r"|\b(?:tempted|inclined) to\b|\bnot sure (?:if|whether)\b|\b(?:might|may) (?:just |still |also |have to )*\w+"
    r"|\b(?:almost|nearly) \w+ed\b"
)
"""It is only thought of."""


def drop_mused(message: Message, understood: Understood) -> None:
    """Leaves out the doubts about what is only thought of, where something else is asked by a question or a wish."""
    reads = [ask for ask in understood.asks if not ask.profile.intent.has_effect and not ask.governing]
    if len(reads) < len(understood.asks) or not any(_is_asked(ask.tokens) for ask in reads):
        return
    pairs = zip(understood.doubts, understood.doubted, strict=True)
    kept = [(choice, clause) for choice, clause in pairs if not _is_mused(choice, message.of(clause))]
    understood.doubts = [choice for choice, _ in kept]
    understood.doubted = [clause for _, clause in kept]


def _is_asked(tokens: Sequence[Token]) -> bool:
    return mood_of(tokens) is Mood.QUESTION or (mood_of(tokens) is Mood.WISH and not tokens[0].shape)


def _is_mused(choice: Choice, tokens: Sequence[Token]) -> bool:
    is_wondered = choice.verdict is Verdict.WONDERED and choice.best.profile.intent.has_effect
    return is_wondered and (is_advised(tokens) or _MUSED.search(norms(tokens)) is not None)
