"""Recognises what must not be done: other people's data, and talk about the assistant instead of with it.

This is politeness and not protection: identity is bound and checked at the call (DESIGN.md, promise 4).
"""

import re

from orchestrator_server.embedded.english import FUNCTION, PEOPLE
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.shapes import EMAIL
from orchestrator_server.embedded.text import Token

_PEOPLE = "|".join(sorted(PEOPLE))
_OTHERS = re.compile(
    rf"\b(?:another|other|some other|any other|different|all|every|all the|all of the|random) (?:{_PEOPLE}"
    rf"|customers|users|clients|members|persons|accounts?|people)(?: 's)?\b"
    r"|\b(?:someone|somebody|anyone|anybody) else\b|\bother people(?: 's)?\b|\beverybody(?: 's| else)\b"
    r"|\beveryone(?: 's| else)\b"
    rf"|\b(?:{_PEOPLE}) 's\b|\bof (?:my|a|an|the|our|his|her|their|this|that) (?:\w+ )?(?:{_PEOPLE})\b"
    rf"|\bwhat (?:did|has|does|have) (?:my|our|the) (?:{_PEOPLE})\b|\b(?:{_PEOPLE}) (?:has|have) (?:bought|got)\b"
    r"|\bon behalf of\b|\bnot my own\b|\bbelong(?:s|ing)? to (?!me\b)"
    r"|\b(?:his|her|their) (?:own )?(?:account|data|details|name|number)\b"
)
_PROMPT = re.compile(
    r"\b(?:system|initial|hidden|secret|original|developer|internal) (?:prompts?|instructions?|messages?"
    r"|rules?|configuration)\b"
    r"|\b(?:your|the) (?:prompts?|instructions|guidelines|hidden rules|system message|rules you)\b"
    r"|\b(?:print|repeat|show|reveal|output|dump|tell me|quote) (?:\w+ )*(?:above|verbatim|word for word)\b"
    r"|\b(?:what|which) (?:were|was) you (?:told|instructed|given|prompted)\b|\bprompt injection\b"
    r"|\byou were given (?:initially|before|at the start|above)\b"
    r"|\b(?:api|secret|private) keys?\b|\bwhich (?:model|llm) are you\b|\bwhat (?:model|llm) are you\b"
)
_INJECTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|skip) (?:\w+ ){0,4}(?:instructions?|rules?|guidelines?"
    r"|prompts?|restrictions?|policy|policies|checks?|everything (?:above|before))\b"
    r"|\b(?:you are now|from now on you are|pretend (?:to be|you are|that)|act as|roleplay|role play|jailbreak"
    r"|dan mode|developer mode|admin mode|debug mode|god mode|as (?:an )?(?:admin|administrator|root"
    r"|developer))\b"
    r"|\bi am (?:an? |the )?(?:admin|administrator|developer|root|owner of this|employee|support agent|staff)\b"
    r"|\bimportant message from me\b|\bbefore you (?:can )?(?:solve|complete|do) the task\b"
    r"|\b(?:drop table|select \*|sudo|; rm)\b"
)
_CHATTER = re.compile(
    r"^\W*(?:(?:hi|hello|hey|yo|howdy|greetings|good (?:morning|afternoon|evening|day|night)|thanks|thank you"
    r"|thanks a lot|cheers|bye|goodbye"
    r"|see you|ok|okay|cool|great|nice|perfect|awesome|lol|haha|wow|hmm|sorry|never mind|nevermind|no|yes"
    r"|please|there|again|so much|very much|a lot|all|well done|good bot|good job)\b\W*)+$"
    r"|\bhow are you\b|\bwho are you\b|\bwhat are you\b|\bwhat is your name\b|\bare you (?:a |an )?(?:human"
    r"|robot|bot|real|ai|person|there|alive)\b"
    r"|\bwhat can you do\b|\bwhat do you do\b|\bhow can you help\b|\btell me a joke\b|\bmake me laugh\b"
    r"|\bnice to meet\b"
    r"|\bhow is it going\b|\bwhat is up\b|\bi love you\b|\byou are (?:\w+ )?(?:great|awesome|stupid|useless"
    r"|nice|funny|helpful|the best|dumb|smart)\b"
    r"|\bhave a (?:nice|good|great)\b"
)
_OWN_EMAIL = re.compile(r"\bmy (?:\w+ )?(?:e-mail|email|mail)(?: \w+)? (?:to|is|from)\b")


def out_of_bounds(message: Message, email: str) -> str | None:
    """The reason for which a message must be refused; None where there is none."""
    text = message.norms
    if _INJECTION.search(text):
        return "injection"
    if _PROMPT.search(text):
        return "system_prompt"
    if _is_about_another(message, email.lower(), text):
        return "other_user"
    return None


def is_chatter(message: Message) -> bool:
    """Is this talk for talk's sake?"""
    return bool(_CHATTER.search(message.norms)) or not any(t.norm[:1].isalnum() or t.shape for t in message.tokens)


def _is_about_another(message: Message, email: str, text: str) -> bool:
    foreign = any(token.shape == EMAIL and token.value != email for token in message.tokens)
    if foreign and not _OWN_EMAIL.search(text):
        return True
    return bool(_OTHERS.search(text)) or _names_an_owner(message, email)


def _names_an_owner(message: Message, email: str) -> bool:
    """A name with 's before something that intents know: "erik's number"; a thing has an article before it."""
    tokens = message.tokens
    for at, token in enumerate(tokens[:-1]):
        if at and token.norm == "'s" and _is_name(message, tokens, at - 1, email):
            following = [t for t in tokens[at + 1 : at + 4] if not t.is_mark]
            if any(t.shape or message.index.knows(t.stem) for t in following):
                return True
    return False


def _is_name(message: Message, tokens: tuple[Token, ...], at: int, email: str) -> bool:
    token = tokens[at]
    before = tokens[at - 1].norm if at else ""
    if token.shape or token.norm in FUNCTION or message.index.knows(token.stem) or token.norm in email:
        return False
    return before not in ("the", "a", "an", "my", "our", "this", "that", "your") and token.norm.isalpha()
