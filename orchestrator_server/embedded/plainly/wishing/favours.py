"""Polite ways round a request ("you would do me a favour by stopping it"), put as the request itself."""

import re
from dataclasses import replace

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.common import bases_of
from orchestrator_server.embedded.words.english import stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_ANY = r"(?:(?:is|are|would|might|could|was) )?(?:there )?(?:be )?(?:any|an?|some|the|even the slightest)"
_CHANCE = r"(?:\w+ )?(?:chance|way|possibility|hope|option)"
_RULES = (
    Rule(
        hints=("chance", "way", "possibility", "hope", "option"),
        pattern=lazy(
            rf"(?:^|(?<=[.,!?;:\n-] )|(?<=\band )"
            rf"|(?<=\bbut ))(?P<frame>{_ANY} {_CHANCE}(?: at all)? (?:that )?(?:for you to"
            r"|you (?:guys |people )?(?:could|can|would|will|might|may)(?: be able to| maybe| perhaps"
            r"| kindly)?) )(?=[a-z]+ )"
        ),
        plain={"frame": "please"},
    ),
    Rule(
        hints=("chance", "way", "possibility", "option"),
        pattern=lazy(
            rf"(?:^|(?<=[.,!?;:\n-] ))(?P<frame>{_ANY} {_CHANCE} (?:to (?:have|get)|of (?:having|getting)) )"
            r"(?=(?:(?:my|the|our) )?(?:[a-z]+ )?<v> [a-z]+ed\b)"
        ),
        plain={"frame": "please have"},
    ),
    Rule(
        hints=("too much", "no trouble", "no bother", "kind", "do not mind", "okay with you", "ok with you", "ever so"),
        pattern=lazy(
            r"(?P<frame>(?: ,)? if (?:it is|that is|this is) (?:not too much (?:trouble|bother|work|hassle"
            r"|to ask)|no (?:trouble"
            r"|bother|problem|hassle)|ok(?:ay)? (?:with|for) you|all right with you))(?= [.,!?;]|$)"
        ),
        plain={"frame": ""},
    ),
    Rule(
        hints=(" back",),
        pattern=lazy(
            r"\b(?:i|we)(?P<frame> (?:would like|would love|want|would prefer)(?: for)? you to (?:have|get|take))"
            r"(?= (?:[^\s.,;!?]+ ){1,6}back\b)"
        ),
        plain={"frame": "want to give"},
    ),
    Rule(
        hints=(" back",),
        pattern=lazy(
            r"(?:^|(?<=[.,;!\n-] )|(?<=\band )|(?<=\bso ))(?P<frame>(?:you (?:can|may|could|should)|please) have)"
            r"(?= (?:[^\s.,;!?]+ ){1,6}back\b)"
        ),
        plain={"frame": "i want to give"},
    ),
)
_GLAD = r"(?:(?:great|big|huge|real|massive|very|so|really|super|extremely|the world|a|an|immense|small|little|tiny) )*"
_BY_DOING = lazy(
    r"(?:^|(?<=[.,!?;:\n-] )|(?<=\band ))(?P<frame>(?:you|it) would (?:(?:really|truly"
    r"|also) )?(?:be )?(?:do(?:ing)? (?:me|us) "
    rf"{_GLAD}(?:favou?r|kindness|service)|make (?:me|us) {_GLAD}(?:happy|glad)|help (?:me|us) (?:a lot|out"
    rf"|very much|greatly"
    r"|so much|enormously)?|make my (?:day|week|life (?:easier|much easier))) by )(?P<deed>[a-z]+ing)\b"
)
_IF_DONE = lazy(
    r"(?:^|(?<=[.,!?;:\n-] )|(?<=\band ))(?P<frame>(?:it|that|this|i|we) would (?:(?:really|truly|also) )?(?:be )?"
    rf"{_GLAD}(?:help|favou?r|relief|kindness|happy|glad|grateful|delighted|pleased|thankful|obliged"
    rf"|appreciate it)(?: to me"
    r"| for me)? if you )(?P<deed>[a-z]+ed|sent|got)\b"
)
"""What is around a deed that is asked for."""


def without_favours(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "please ..." for such requests."""
    tokens = respelled(tokens, _RULES)
    text = norms(tokens)
    for pattern in (_BY_DOING, _IF_DONE) if " would " in text else ():
        found = pattern.search(text)
        if found is not None:
            return _asked(tokens, found, index)
    return tokens


def _asked(tokens: tuple[Token, ...], found: re.Match[str], index: Index) -> tuple[Token, ...]:
    """With "please" and the verb in its plain form for the frame and the deed; as it was if no intent has that verb."""
    first, deed = (token_at(found, name) for name in ("frame", "deed"))
    verb = min((word for word in bases_of(found["deed"]) if stem(word) in index.verbs), key=len, default=None)
    if verb is None:
        return tokens
    plain = replace(tokens[deed], norm=verb, stem=stem(verb))
    return (*tokens[:first], new_word("please", tokens[deed]), plain, *tokens[deed + 1 :])
