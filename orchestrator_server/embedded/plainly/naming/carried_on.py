"""More things of another id in a sentence without a verb ("... And the map and the key from A-18"): it is put there."""

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.naming.masked import masked
from orchestrator_server.embedded.plainly.respelling import CONDITION
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, token_at

_ONE = r"(?:(?:the|my|an?|one|our) )?(?:(?!and\b|the\b|my\b|if\b|is\b|are\b|stays?\b|not\b)[a-z'-]+ ){1,3}?"
_ASKED = lazy(
    r"(?:^|(?<=[.!?;,\n] ))(?:(?:please|hi|hello|hey|i (?:want|would like|need|have) to|can you|could you|would you"
    r"|i am|kindly|now|,) )*(?P<verb>[a-z]+)(?P<back> back)? (?:(?:only|just|both) )*(?:the|my|an?|our|that|one) "
    r"(?:(?!if\b|when\b|unless\b)[^.!?;\n<]+? )?(?:from|of|in|out of) (?:(?:the|<t>|number) )*<v>(?P<behind> back)?"
    r"(?: (?:too|as well|please|thanks|thank you|,))* (?:[.!;\n] ?)+ "
    r"(?P<lead>(?:(?:and|also|plus|likewise|ditto|then|same|the same|for|with|goes|,) )*)"
    rf"(?P<more>{_ONE}(?:(?:, |and )+{_ONE})+(?:from|of|in|out of) (?:(?:the|<t>|number) )*<v>"
    r"(?= (?:[.,;!\n]|too|as well|please|thanks|back)|$))"
)


def with_verbs_repeated(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with the verb of the sentence before ahead of such things."""
    if sum(token.shape in index.ids for token in tokens) < 2:
        return tokens
    text = masked(tokens, index)
    found = _ASKED.search(text)
    takers = [p for p in index.profiles if p.takes_names and p.intent.has_effect and p.needed & index.ids]
    if found is None or CONDITION.search(text):
        return tokens
    back = "back" if found["back"] or found["behind"] else ""
    verb = f"{stem(found['verb'])} back" if back else stem(found["verb"])
    if not any(verb in profile.verbs for profile in takers):
        return tokens
    at = tokens[token_at(found, "more")]
    said = (new_word(word, at) for word in (found["verb"], back) if word)
    first = token_at(found, "lead") if found["lead"] else token_at(found, "more")
    return (*tokens[:first], *said, *tokens[token_at(found, "more") :])
