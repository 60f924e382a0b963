"""What was just done and shall be taken back: nothing may do it a second time."""

from orchestrator_server.embedded.conversation.ellipsis import names_ids
from orchestrator_server.embedded.conversation.proposals import LEFT
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Understood
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.plan import Refuse

_LEAD = (
    r"^\W*(?:(?:oh|no|ok|okay|wait|sorry|oops|actually|and|please|pls|now|then|hey|hm+|well|can|could|would|will|you"
    r"|i|we|want|need|like|to|is there a way|it possible|how do|just|quickly) (?:, |[.!] )?)*"
)
_UNDO = lazy(
    _LEAD
    + r"(?:undo|revert|reverse|roll back|rollback|take back)\b(?: (?:it|that|this|them|the last (?:thing|one|step|1)"
    r"|what you (?:did|have done)|everything|all of it))?(?: back)?"
    r"(?: (?:please|again|now|for me|if you can|at once))*\W*$"
)
_BACK = lazy(
    _LEAD + r"(?:(?:bring|put|change|turn|set|take|roll) (?:it|that|this|them|everything) back(?: to \w+ it was)?"
    r"|(?:reinstate|restore|reactivate|uncancel|revive|reopen) (?:it|that|this|them))\b"
    r"(?: (?:please|again|now|as it was))*\W*$"
)
_REGRETS = lazy(
    r"\b(?:i|we) (?:did not|didn['\u2019]?t) (?:want|mean|ask for) (?:that|this|it|you to)\b"
    r"|\b(?:that|it) was (?:a|my|by) (?:mistake|accident)\b"
)
_CANNOT = Refuse(reason="out_of_scope", message="I cannot take back what has been done. What else can I do for you?")


def not_undone(message: Message, understood: Understood) -> Refuse | None:
    """The answer to "undo that" after an effect, where it would only be done again or something else in its place."""
    plan = message.context.plan
    if names_ids(message):
        return None
    if message.context.question:
        return LEFT if _UNDO.match(message.text.lower()) else None
    if plan is None:
        return None
    known = message.index.by_name
    done = {s.intent for s in plan.steps if (p := known.get(s.intent)) is not None and p.intent.has_effect}
    text = message.text.lower()
    if not done:
        return _CANNOT if _UNDO.match(text) else None
    if not (_UNDO.match(text) or _BACK.match(text) or _REGRETS.search(text)):
        return None
    asked = {ask.profile.intent.name for ask in understood.asks if ask.profile.intent.has_effect}
    asked |= {choice.best.profile.intent.name for choice in understood.doubts}
    whole = {profile.intent.name for profile in message.index.wholes}
    is_other = bool(asked) and not asked & done
    return None if is_other and not (done & whole) else _CANNOT
