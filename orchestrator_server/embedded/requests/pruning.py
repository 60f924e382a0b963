"""What is left out once all clauses are read: what names a thing only, what another request says better."""

from orchestrator_server.embedded.conditions.handed_on import handed_on
from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.declared.name_parts import stems_of_names
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask, Understood
from orchestrator_server.embedded.requests.choosing import FAINT
from orchestrator_server.embedded.requests.matching import STRONG
from orchestrator_server.embedded.requests.moods import Mood, is_declaring, mood_of
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import norms

_TOLD = lazy(r"\b(?:is|are|has|have|was|were|not|did|does|will)\b")
"""What tells something."""
_OWED = lazy(r"\b(?:is|are) to be\b|\b(?:should|must|has to|have to|needs? to|ought to) (?:now )?(?:be|read|say)\b")
"""What tells how something is to be, and asks for it by that."""
_ASKS = lazy(r"\b(?:what|which|how|when|where|is|are|has|have)\b")
"""What asks something."""
_ASKED = lazy(r"\?|\b(?:what|which|how|when|where|why|who|whether|show|tell)\b")
"""What asks for a thing to be shown or told."""
_CONTENTS = lazy(r"\W*(?:(?:and|so|also|please) )*what (?:is|was|are|were) (?:in|inside)\b")
"""A question of its own: what belongs to a thing."""
_POOR, _GOOD = 0.6, 0.75
"""Of two reads of the same, one below the first score says nothing beside one from the second on."""


def prune(message: Message, result: Understood) -> None:
    """Leaves the requests that are meant, and the doubts that nothing else in the message settles."""
    strong, asked = _strong(result), list(result.asks)
    _drop_settled_doubts(result)
    if strong or result.doubts or result.declined:
        result.asks = strong
    kept = [ask for ask in result.asks if not _only_names(message, ask)]
    if kept:
        result.asks = kept
    result.asks, lost = handed_on(asked, result.asks)
    result.unclear += lost


def _strong(result: Understood) -> list[Ask]:
    """The requests that more than a faint likeness speaks for, and that no other makes needless."""
    doubted = [match.profile for choice in result.doubts for match in choice.matches]
    strong = [ask for ask in result.asks if ask.score > FAINT and (ask.profile in doubted or not _serves(result, ask))]
    return [ask for ask in strong if not any(_says_more(other, ask) or _does_more(other, ask) for other in strong)]


def _serves(result: Understood, ask: Ask) -> bool:
    """Does a statement tell but a value that another request uses?"""
    says_so = ask.profile.intent.has_effect or _TOLD.search(norms(ask.tokens))
    is_owed = ask.profile.intent.has_effect and _OWED.search(norms(ask.tokens)) is not None
    return bool(ask.is_told and says_so and not is_owed) and any(_uses_its_value(other, ask) for other in result.asks)


def _uses_its_value(one: Ask, two: Ask) -> bool:
    """Does an effect that was asked for take the value that a statement told?"""
    mine = {str(value) for value in one.filled.arguments.values()}
    theirs = {str(value) for value in two.filled.arguments.values()}
    return not one.is_told and one.profile.intent.has_effect and bool(mine & theirs)


def _says_more(one: Ask, two: Ask) -> bool:
    """Are both reads of the same thing, of which only the first is well understood?"""
    same = one.filled.arguments == two.filled.arguments and bool(one.filled.arguments)
    reads = not one.profile.intent.has_effect and not two.profile.intent.has_effect
    asks_itself = _CONTENTS.match(norms(two.tokens)) is not None
    return same and reads and not two.governing and not asks_itself and two.score < _POOR and one.score >= _GOOD


def _does_more(one: Ask, two: Ask) -> bool:
    """Is the first an effect upon the thing that the second but mentions, without a question?"""
    mine, theirs = set(map(str, one.filled.arguments.values())), set(map(str, two.filled.arguments.values()))
    is_mention = not two.profile.intent.has_effect and two.score <= STRONG and not _ASKED.search(norms(two.tokens))
    return one.profile.intent.has_effect and is_mention and bool(theirs) and theirs <= mine and not two.governing


def _drop_settled_doubts(result: Understood) -> None:
    """Leaves out doubts about effects of which one is asked for elsewhere in the message ("update both")."""
    asked = [ask.profile for ask in result.asks]
    pairs = zip(result.doubts, result.doubted, strict=True)
    kept = [pair for pair in pairs if not any(match.profile in asked for match in pair[0].matches)]
    result.doubts = [choice for choice, _ in kept]
    result.doubted = [clause for _, clause in kept]


def _only_names(message: Message, ask: Ask) -> bool:
    """Does the clause but name a thing ("file F-17"), so that it is there for the other clauses?"""
    if ask.profile.intent.has_effect:
        return False
    said = norms(ask.tokens).split(" ,")[0]
    if _TOLD.search(said):
        is_of_it = ask.tokens[0].norm not in ("i", "we") and is_declaring(ask.tokens)
        is_told = mood_of(ask.tokens) in (Mood.STORY, Mood.STATEMENT) or is_of_it
        return is_told and not _ASKED.search(norms(ask.tokens))
    has_id = message.index.names_id(ask.tokens)
    own = {*stems_of_names(ask.profile.required)}
    return has_id and not _ASKS.search(said) and all(t.stem in own for t in ask.tokens if is_content(t))
