"""Words of a request that are lacking, spare or odd ("me want", "add 2 to a new one"), as what is around them shows."""

import re
from dataclasses import replace

from orchestrator_server.embedded.declared.heads import LIGHT
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import replaced
from orchestrator_server.embedded.plainly.wishing.going_back import takes_back
from orchestrator_server.embedded.words.english import IRREGULAR, stem
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms, token_at

_SIGNS = frozenset(["+", "&", "plus"])
_BEGIN = r"(?:(?<=^)|(?<=[.!?,;] )|(?<=\band ))"
_COUNT = r"(?:\d+|an?|one|another)"
_NEW = r"an? (?:(?:brand )?new|fresh|separate|further) (?P<thing>[a-z]+) "
_RIGHT = r"the (?:correct|right|new|current|actual|real|proper|valid) one "
_NOT_SO_MANY = (
    r"(?:^|[.!?] )(?P<frame>(?:i|we) do not (?:want|need) (?:\d+|one) (?P<what>(?:[a-z]+ )?[a-z]{3,}?)s? [,;.-]"
)
_ODD = tuple(
    (lazy(pattern), plain.split())
    for pattern, plain in (
        (rf"{_BEGIN}(?P<frame>me )(?=(?:no |not )?(?:want|need|have|like|wish|looking)\b)", "i"),
        (r"\bi (?P<frame>(?:no|not) )(?=(?:want|need|like|wish)\b)", "do not"),
        (r"(?:^|[.!?,;] )(?P<frame>(?:i|we) (?:have|got) )(?=how (?:many|much) )", ""),
        (rf"{_BEGIN}(?P<frame>)(?=would (?:like|love) )", "i"),
        (
            rf"{_BEGIN}(?P<frame>)(?=(?:days|weeks|hours) (?:left|to go|remaining|more) (?:till|until|before) )",
            "how many",
        ),
        (r"\bwill <v> (?P<frame>make it )(?=(?:before|by|in time|on time|here|there|to me|until|till)\b)", "arrive"),
        (r"(?P<frame>how long have (?:i|we) been )(?=(?:an?|with|your|at)\b)", "since when am i"),
        (
            (
                r"\b(?:i|we) (?P<frame>would be (?:very |so |only too )?(?:happy|glad|delighted|pleased) to"
                rf" (?:get|have|receive|take) )(?={_COUNT} [a-z])"
            ),
            "would like",
        ),
        (r"\buse <v> (?P<frame>to [a-z]+ (?:me|us) )(?=from now on|in (?:the )?future|instead|now|please)", ""),
        (
            (
                rf"\b{_COUNT} (?P<frame>(?:(?:pieces?|units?|pcs|items) of (?:the|your|this|these|those)|of your) )"
                r"(?=[a-z])"
            ),
            "",
        ),
        (rf"(?P<frame>\b(?:add|put) )(?={_COUNT} (?:[a-z]+ ){{1,4}}?(?:to|in|into|on) {_NEW})", "please give me"),
        (rf"\bgive me {_COUNT} (?:[a-z]+ ){{1,4}}?(?P<frame>(?:to|in|into|on) {_NEW})", ""),
        (
            (
                r"\b\d+ (?:[a-z]+ ){1,4}?(?:please )?(?P<frame>[(,-] not (?:just |only )?\d+"
                r"(?: (?:(?:like|as) )?(?:last|this) time)? (?:\) )?)(?=$|[.!?,;])"
            ),
            "",
        ),
        (
            (
                rf"{_NOT_SO_MANY}"
                r" (?:but )?(?:i|we) (?:only |just |really |do )*(?:want|need) one )(?=(?P=what)s?\b)"
            ),
            "i want 1",
        ),
        (
            (
                rf"{_NOT_SO_MANY}"
                r" (?:but )?)"
                r"(?=(?:i|we) (?:only |just |really |do )*(?:want|need) \d+ (?P=what)s?\b)"
            ),
            "",
        ),
        (
            (
                r"(?P<frame>\b(?:but )?(?:this|next) time (?:round |around )?(?:, )?)"
                r"(?=(?:(?:i|we) (?:would|want|need)|please|(?:can|could) (?:i|we|you))\b)"
            ),
            "",
        ),
        (r"(?P<frame>(?:can|could|would|will) (?:someone|somebody|anyone|anybody) )(?=(?:please )?[a-z]+ )", "can you"),
        (
            (
                r"(?:^|[.!?;] )(?P<frame>(?:my|our|the|his|her|their) (?:[a-z]+ ){0,2}(?:'s )?(?:[a-z]+ )?)"
                r"(?=<v> (?:stays|remains|is fine|is ok)\b)"
            ),
            "",
        ),
        (
            (
                r"[.!?;] (?P<frame>(?:my|the|our) [a-z]+ (?:and|or) (?:my |the |our )?[a-z]+ (?:can |should )?"
                r"(?:stay|remain) (?:(?:just )?as (?:they are|is|before) |the same |put |unchanged )?(?:[.!] )?)"
                r"(?=$|[a-z])"
            ),
            "",
        ),
        (
            (
                r"[a-z>] , (?P<frame>)(?=(?:both|all|all \d+|both of them|all of them) (?:are |were |came |got )?"
                r"(?:(?:very|totally|completely|quite|a bit|a little|too|badly) )?"
                r"(?!please|back|too|now|items|things|thanks|of|the|my)[a-z]+ (?:$|[.!;]))"
            ),
            "because",
        ),
        (
            (
                rf"{_BEGIN}(?P<frame>(?:i|we) (?:would|could) )"
                rf"(?=(?!(?:like|love|use|do|see|find|rather|prefer|be|want|need|appreciate|also"
                r"|really|just|still|very|have|not|never)\b)[a-z]+ (?:[^.!?; ]+ )*?but"
                r" (?:i|it|that|is|the|there|we|they|you|my|our|he|she|what|not)\b)"
            ),
            "i might",
        ),
        (r"(?P<frame>(?:, )?of course )(?=[,.;!?]|$)", ""),
        (
            (
                r"<v> (?:[a-z]+ ){0,3}, (?P<frame>)(?=(?:\d+|one|half|some|most|several|none|part|a few)"
                r" (?:of (?:the|its|my|his|her) (?:[a-z]+ )?[a-z]+|(?:[a-z]+ )?of (?:it|them))"
                r" (?:is|are|was|were|has|have|had|do|does|did|will|can|could|keeps?|fell|came|broke|got|[a-z]{2,}s"
                r"|[a-z]+ed)\b(?! (?:back|please)))"
            ),
            "because",
        ),
    )
)
"""What is around a place, and the plain words for what stands in it."""
_GOES = r"(?:goes|is going|has to go|needs to go|must go|should go|can go|will go)"
_THE_ONE = r"(?:the|my) [a-z]+ (?:(?!<v>)(?:from |in |of )?[a-z]+ )?(?:(?:from|in|of) <v> )?"
_BACK = tuple(
    (lazy(pattern), plain.split())
    for pattern, plain in (
        (
            (
                rf"(?:^|[.,;:!] |\bbut |\band )(?P<frame>)(?={_THE_ONE}{_GOES} back"
                r" (?:$|[.,;!]|please|to you|and(?! forth)|but|regardless|either way|no matter what|anyway|too))"
            ),
            "please send back",
        ),
        (
            (
                r"(?:[.,;] |\bso |\band )(?P<frame>(?:it|they|both|this one|that one) (?:is|are) (?:now )?"
                r"(?:going back|(?:coming|heading) back to you)(?: to you)?(?: guys)? )(?=$|[.,;!])"
            ),
            "please send it back",
        ),
        (rf"\bplease send back {_THE_ONE}(?P<frame>{_GOES} back )", ""),
        (
            (
                rf"\bplease send back {_THE_ONE}(?P<frame>(?:, )?(?:but |and )?{_THE_ONE}"
                r"(?:does not|stays|remains|is fine|is ok)(?: here| with (?:me|us)| at home)? )(?=$|[.,;!])"
            ),
            "",
        ),
    )
)
"""The same where something goes back, and there is a thing with an id that it comes from."""
_DROPPED = r"(?:delete|remove|erase|drop|discard|cross out|strike|get rid of|take out|scrap)"
_CORRECT = tuple(
    (lazy(pattern), plain.split())
    for pattern, plain in (
        (
            (
                rf"(?P<frame>\b{_DROPPED} (?:(?:the|my|our|old) )*(?:<v>|…) (?:, )?(?:and )?(?:then )?"
                r"(?:put|add|enter|save|use|write|note|take)(?: in| down)?(?: instead)? )(?=<v>)"
            ),
            "please change it to",
        ),
        (rf"{_BEGIN}(?P<frame>)(?=<v> (?:is|would be) {_RIGHT}(?:$|[.!,;]))", "it should be"),
        (rf"\bit should be <v> (?P<frame>(?:is|would be) {_RIGHT})", ""),
    )
)
"""The same for a value that is said to be the right one. An id that is the right one is no value to be set."""
_LISTED = lazy(r"\W*<v> [,:-] (?P<frame>)(?:[a-z]+ ){1,3}, (?P<verb>[a-z]+) (?:please |thanks )?\W*$")
"""A thing, what is in it, and what is wanted, side by side."""
_DOES = lazy(
    r"\W*(?P<frame>(?:i|we) )(?P<verb>[a-z]+) (?:\d+|one) (?:(?!(?:each|every|per|a|never|always)\b)[a-z]+ ){1,2}"
    r"(?:please |now |from you )*\W*$"
)
"""What somebody does with so many of something, and is to be done now."""


def put_plainly(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with such words put right."""
    tokens = _with_and(tokens)
    text = norms(tokens) + " "
    patterns = _ODD if index.names_id(tokens) else (*_ODD, *_CORRECT)
    if index.names_id(tokens) and "back" in text and takes_back(index):
        patterns = (*_ODD, *_BACK)
    for pattern, plain in patterns:
        found = pattern.search(text)
        if found is not None and _is_of_a_thing(found, index):
            tokens = tuple(replaced(tokens, pattern, plain))
            text = norms(tokens) + " "
    for pattern, words in ((_LISTED, ["the"]), (_DOES, ["i", "want", "to"])):
        found = pattern.match(text)
        if found is not None and _is_verb(tokens[token_at(found, "verb")], index):
            return tuple(replaced(tokens, pattern, words))
    return tokens


def _is_of_a_thing(found: re.Match[str], index: Index) -> bool:
    """Where the pattern asks for it: is it a thing that ids stand for?"""
    return "thing" not in found.re.groupindex or stem(found["thing"]) in index.things


def _with_and(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """With "and" for a sign of it between two plain words; names with capitals keep theirs."""
    return tuple(
        replace(token, norm="and", stem="and")
        if token.norm in _SIGNS and 0 < at < len(tokens) - 1 and _is_plain(tokens[at - 1]) and _is_plain(tokens[at + 1])
        else token
        for at, token in enumerate(tokens)
    )


def _is_plain(token: Token) -> bool:
    return not token.shape and token.surface.isalpha() and token.surface.islower()


def _is_verb(token: Token, index: Index) -> bool:
    is_past = token.norm in IRREGULAR or token.norm.endswith("ed")
    return token.stem in index.effect_verbs - LIGHT and not is_past
