"""Recognises what must not be done: other people's data, and talk about the assistant instead of with it.

This is politeness and not protection: identity is bound and checked at the call (DESIGN.md, promise 4).
"""

from orchestrator_server.embedded.declared.features import is_content
from orchestrator_server.embedded.guarding.attacks import is_about_prompt, is_injection
from orchestrator_server.embedded.guarding.courtesies import is_courteous, is_polite
from orchestrator_server.embedded.guarding.others import is_about_another
from orchestrator_server.embedded.guarding.slips import told
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.english import SHOWING
from orchestrator_server.embedded.words.text import Token


def out_of_bounds(message: Message, email: str) -> str | None:
    """The reason for which a message must be refused; None where there is none."""
    said = told(message.norms)
    if is_injection(message.text, said):
        return "injection"
    if is_about_prompt(said):
        return "system_prompt"
    if is_about_another(message, email.lower()):
        return "other_user"
    return None


def is_chatter(message: Message) -> bool:
    """Is this talk for talk's sake?"""
    if is_courteous(message.norms) or not any(t.norm[:1].isalnum() or t.shape for t in message.tokens):
        return True
    says_nothing = all(not _tells(message, token) for token in message.tokens)
    return says_nothing and "?" not in message.text and is_polite(message.norms)


def _tells(message: Message, token: Token) -> bool:
    """Is this a value, or a word that servers know?"""
    is_known = is_content(token) and token.norm not in SHOWING and message.index.knows(token.stem)
    return bool(token.shape) or is_known
