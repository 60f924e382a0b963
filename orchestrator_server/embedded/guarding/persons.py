"""Patterns for how people speak of other people: "my ex-wife", "my flatmate", "another customer"."""

from orchestrator_server.embedded.words.english import PEOPLE, words

_MORE = words(
    """
    housemate housemates landlord landlady lodger tenant hubby missus gran granny nan stepson stepdaughter godmother
    godfather twin employee employer buddy pal carer mummy daddy widow parents grandparents siblings sibling relative
    """
)
OWN = r"(?:my|our|the|a|an|his|her|their|this|that|your|some)"
PERSON = (
    rf"(?:(?:ex|step|grand|half)-?)?(?:{'|'.join(sorted(PEOPLE | _MORE, key=len, reverse=True))})(?:[ -]in[ -]laws?)?"
)
ANYBODY = r"(?:customers?|users?|clients?|members?|persons?|people|accounts?)"
_STRANGERS = (
    r"(?:neighbou?rs?|flatmates?|room-?mates?|housemates?|colleagues?|coworkers?|co-workers?|boss|landlord|landlady|lodger"
    r"|tenant|ex|ex-\w+|friends?|buddy|pal)"
)
STRANGER = rf"{OWN} (?:\w+ )?{_STRANGERS}"
"""Somebody who hardly shares an account with the user."""
