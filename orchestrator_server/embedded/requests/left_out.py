"""Things beside an id that an effect would leave out: "stop A-17 and the other one", "stop A-17 through A-19"."""

from collections.abc import Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_LEFT_OUT = lazy(
    r"<v> (?:, )?(?:through|thru|until|till|up to|to|up until) (?:and including )?(?:the )?(?:<t> )?(?:number )?<v>"
    r"|<v> (?:, )?(?:and|plus|as well as|along with) (?:also |all )?(?:the|my|that) (?:(?:other|remaining|last|latest"
    r"|previous|newest|oldest|second|first|next) (?:ones?|\d|<t>)|others|rest|one)"
    r"(?= [,.!?;]|$| (?:that|which|i|we|please|too|as well|from (?:yesterday|last|this|today))\b)"
    r"|\bboth <v> and (?:the|my) [a-z]+(?: one)?(?= [,.!?;]|$)"
)


def leaves_out(message: Message, asks: Sequence[Ask], said: Sequence[Token]) -> bool:
    """Do the words of an effect name more than it takes?"""
    first = said[0] if said else None
    mine = [ask for ask in asks if ask.profile.intent.has_effect and ask.fan is None and first in ask.tokens]
    if not mine:
        return False
    text = " ".join(_word(message, token) for token in said)
    return _LEFT_OUT.search(text) is not None


def _word(message: Message, token: Token) -> str:
    if token.shape:
        return "<v>" if token.shape in message.index.ids else "<x>"
    return "<t>" if token.stem in message.index.things else token.norm
