"""Roundabout wishes and questions, put into the plain words of a request wherever they stand in a sentence."""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import replaced, respelled
from orchestrator_server.embedded.plainly.wishing.formal import FORMAL
from orchestrator_server.embedded.plainly.wishing.said_oddly import put_plainly
from orchestrator_server.embedded.words.english import TAG
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms

_WH = r"(?=(?:when|how|where|what|which|who|whether|if) )"
_DO = r"(?:(?:do|would|did|really|just|only|so|also|now|still|and|but) )*"
_DONE = r"(?:\w+ed|sent|brought|taken|put) (?:to|at|with|over to) "
_END = r"(?:any ?more|any longer|again|ever again|in (?:the )?future|from now on)"
_CHANCE = (
    r"(?:(?:is|would|might|be|will) )?(?:there )?(?:be )?(?:any|an?|some|still a) (?:\w+ )?(?:chance|way"
    r"|possibility|option)"
    r" (?:(?:of|to|for|you|me|us|that|i|we|can|could|might|be able|still|just) )*(?:have|having|get|getting) "
)
_CALLER = (
    r"(?<![\w>] )(?:(?:hi|hello|hey|it is|this is) )?(?!(?:what|where|who|is|no|nothing|not|i|we|it|the|all|never"
    r"|are)\b)(?:\w+ ){1,2}here (?:from (?:the )?\w+ )?[:,.-] "
)
_SO_MANY_JOBS = (
    r"(?<![\w>] )(?:(?:hi|hello|hey|please|ok|,) )*(?:\d+|a few|some|several|a couple of) (?:small |quick )?"
    r"(?:things|requests|questions|favou?rs|wishes|jobs|tasks|matters)(?: (?!how\b|what\b)\w+){0,4} [:-] "
)
_ALL_TO_KNOW = (
    rf"(?:all|the only thing|what|everything) (?:i|we|that i|that we) {_DO}(?:want|wanted|need|like|wish|am after)"
    r" (?:(?:is|to) )*(?:know|see|find out|learn|check) (?:is )?"
)
_PLAIN = tuple(
    (lazy(rf"(?:(?<=^)|(?<= ))(?P<frame>{frame}){follows}"), plain.split())
    for frame, follows, plain in (
        (_CALLER, r"(?=\S)", ""),
        (_SO_MANY_JOBS, r"(?=\S)", ""),
        (r": was (?:[^\s,;.]+ ){1,6}, (?:now |it )?is (?:now )?", r"(?=<v>)", "is now"),
        (r"how (?:much|many \w+) longer ", "", "how long"),
        (r"what all ", r"(?=(?:i|we) )", "what"),
        (
            r"(?<=\d )more of them ",
            r"(?=(?!please|thanks|also|instead|asap|quick|today|from|with|then)[a-z]{4,} )",
            "more",
        ),
        (r"(?:go and|go ahead and) ", r"(?=\w+ (?:an|the|my|any|it|this|that|<v>))", ""),
        (rf"(?:if only (?:i|we) knew |(?:i|we) {_DO}wish (?:i|we) knew )", _WH, "tell me"),
        (_ALL_TO_KNOW, _WH, "tell me"),
        (
            rf"(?:all|the only thing|what) (?:i|we|that i|that we) {_DO}(?:want|need|like|wish)(?: from you)? is ",
            r"(?=(?:\d+|to) )",
            "i want",
        ),
        (_CHANCE, rf"(?=(?:\w+ ){{0,3}}<v> {_DONE}(?:\w+ ){{0,2}}<v>)", "please have"),
        (
            r"(?:is|would) it (?:(?:still|be|maybe|perhaps) )*possible (?:for (?:me|us) )?to (?:have|get) ",
            rf"(?=(?:\w+ ){{0,3}}<v> {_DONE}(?:\w+ ){{0,2}}<v>)",
            "please have",
        ),
        (r"(?:would|do) you mind (?:awfully |terribly |please )?no longer ", r"(?=\w+ing (?:me|us) )", "please stop"),
        (
            r"(?:would|do) you mind (?:awfully |terribly |please )?not (?:\w+ing )(?:me|us) ",
            rf"(?=(?:(?!<v>)\S+ ){{1,5}}{_END}\b)",
            "please stop",
        ),
        (
            r"(?:do not|never) (?:ever )?(?:send|mail|email|bother|spam|write) (?:to )?(?:me|us) (?:with )?(?!to\b)",
            rf"(?=(?:(?!<v>)\S+ ){{1,5}}{_END}\b)",
            "stop",
        ),
        (
            r"that (?:i|we) (?:should|would) (?:(?:now|also|really|very much) )*(?:like|love) to ",
            r"(?=[a-z]+ (?:\d+|an?|one|another|some|the) )",
            ". i want to",
        ),
    )
)
"""What is said and what must follow it, with the plain words for it."""
_SO = lazy(r"\b(?:so|such)(?: \S+){1,12} that (?:i|we) (?:should|would)\b")
"""What leads to a wish that stands behind "that"."""
_EARLIER = lazy(
    r"\b(?:before|until) (?:i|we) (?:[^\s,.;:!?]+ ){1,7}?(?P<frame>)(?=(?:i|we) (?:(?:just|only"
    r"|really) )?(?:would|want|need|wish)"
    r" |(?:please )?(?:show|tell|let) (?:me|us) |(?:can|could) you )"
)
"""What is still to come, and what is asked for first, without a mark between them."""
_TAG = lazy(
    r"<v> (?:is|are|was|were|has|will|would|should|must) (?:[^\s.;!?]+ ){1,8}?(?P<frame>, (?:right|correct|yes|no|true"
    rf"|or not|{TAG}) )(?=\?)"
)
"""A question behind what is said of a thing."""
_LOOSE = lazy(
    r"<v> (?P<frame>(?:, |: |- ))(?=(?:\w+ed|sent|stopped) (?:, )?(?:please|today|now|asap|immediately|thanks)\b)"
)
"""A mark between a thing and what shall have been done with it: "A-17, stopped, please"."""


def straightened(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with plain words for what is said in a roundabout way."""
    tokens = put_plainly(respelled(tokens, FORMAL), index)
    text = norms(tokens) + " "
    for pattern, plain in _PLAIN:
        if pattern.search(text) and (plain[:1] != ["."] or _SO.search(text)):
            tokens = tuple(replaced(tokens, pattern, plain))
            text = norms(tokens) + " "
    if _EARLIER.search(text):
        tokens = tuple(replaced(tokens, _EARLIER, (",",)))
        text = norms(tokens) + " "
    if _TAG.search(text):
        tokens = tuple(replaced(tokens, _TAG, ()))
        text = norms(tokens) + " "
    if _LOOSE.search(text):
        tokens = tuple(replaced(tokens, _LOOSE, ()))
    is_listed = any(token.norm in index.closed_lists for token in tokens)
    return tuple(_with_states(tokens, index)) if is_listed else tokens


def _with_states(tokens: tuple[Token, ...], index: Index) -> Iterator[Token]:
    """With "that are" for the name of a closed list before one of its values: "my things, state: lost"."""
    names = index.closed_lists
    at = 0
    while at < len(tokens):
        end = _end_of_name(tokens, at, names, index)
        if end > at:
            yield from (new_word(word, tokens[at]) for word in ("that", "are"))
        else:
            yield tokens[at]
        at = max(end, at + 1)


def _end_of_name(tokens: Sequence[Token], at: int, names: frozenset[str], index: Index) -> int:
    """Where the value begins, if such a name begins at `at` behind the word for things; else `at`."""
    if not at or tokens[at - 1].shape or tokens[at - 1].stem not in index.things:
        return at
    place = at
    while place < len(tokens) and tokens[place].norm in (",", "(", "-", ":", "with", "in", "of", "the", "whose"):
        place += 1
    if place == len(tokens) or tokens[place].norm not in names:
        return at
    place += 1
    while place < len(tokens) and tokens[place].norm in ("=", ":", "is", "of", "-", "being"):
        place += 1
    has_value = place < len(tokens) and tokens[place].stem in index.told | index.states
    return place if has_value else at
