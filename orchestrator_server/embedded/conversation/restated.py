"""A part that was not understood, said another way: put in its place in the message that it belongs to."""

import re

from orchestrator_server.embedded.conversation.context import Context
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import cleaned

_ASKED = lazy(r'I did not understand "(?P<part>[^"]+)"\. Could you say that part another way\?$')
_IF = (
    r"(?:but |and |only |just )*(?:if|unless|when|as long as|so long as|provided(?: that)?|assuming(?: that)?|in case)"
)
_SAID = lazy(
    rf"^(?:(?:i mean|i meant|that is|that means|sorry|well|ok|okay|so|oh|no|basically|simply|just)[ ,:-]+)*"
    rf"(?P<condition>{_IF} [^.;?!]{{3,80}})[.!]?$",
    re.IGNORECASE,
)
_LONGEST = 2_000


def restated(text: str, context: Context) -> str | None:
    """The last message with the condition of `text` for the one that was asked about; None where it gives none."""
    asked = _ASKED.search(context.reply.strip())
    said = _SAID.match(text.strip())
    before = cleaned(context.asked_of[:_LONGEST])
    if asked is None or said is None:
        return None
    part = re.escape(asked["part"].removeprefix("unless ").strip(" ,.?!"))
    place = re.search(rf"\b{_IF} {part}\W*?(?=[,.;!?\s]|$)", before, re.IGNORECASE)
    return f"{before[: place.start()]}{said['condition']}{before[place.end() :]}" if place is not None else None
