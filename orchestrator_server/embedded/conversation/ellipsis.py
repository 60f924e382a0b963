"""The small words of answers and follow-ups: agreement, refusal, and words that only point at what was said before."""

from collections.abc import Iterable, Sequence

from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.words.english import FUNCTION, words
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_SMALL = words(
    """
    and or ok okay now then also so what how about do it the same thing for with to please too as well my that
    this one ones again can you could i mean meant need sorry no not but yes other others another of them those
    these want would like it's is <v> first second third fourth fifth last latter former next again actually
    perfect great lovely brilliant awesome nice cool excellent wonderful super oops ta good hi hello
    rather instead oh thanks sure exactly right which a an by on from in me cheers wait hmm both all just only
    almost nearly question merci danke gracias grazie obrigado obrigada tack takk bedankt dank bitte super star you
    are
    """
)
_NO = lazy(
    r"^\W*(?:(?:oh|ah|hm+|well|actually|sorry|ok|okay|uh|um|wait|wow)\W+)*(?:no(?! (?:idea|clue|problem))|nah"
    r"|nope|naw|never mind|nevermind"
    r"|(?:i|we) do not want (?:that|you to)\b"
    r"|i do not (?:want|need|wish) to \w+ (?:anything|it|them|that|this|one|any)(?: (?:any ?more|at all|now"
    r"|after all))*\W*$"
    r"|forget (?:it|that|about it)|nothing|none|neither|leave (?:it|that|them)|stop|do not|don't|not now|hang on"
    r"|not (?:that|those"
    r"|these|it)|scrap (?:that|it)|scratch that|drop it|no thanks?|no thank you|i changed my mind|changed my mind"
    r"|on second thou?ghts?|better not|rather not|i would rather not|hold on|let it be|skip (?:it|that))\b"
)
_GIVEN_UP = lazy(
    r"^\W*(?:(?:ah|well|actually|sorry|ok|okay|wait|no) (?:, )?)*(?:never mind|nevermind|(?:forget|skip|scrap|drop"
    r"|leave|scratch)"
    r" (?:about )?(?:it|that|this|them)|(?:it|that) does not matter|not (?:that )?important|does not matter)\b"
)
_FORGET = lazy(
    r"\b(?:decided|prefer|going|want|like|choose|chosen) to keep (?:it|them|that|this|everything|all)\b"
    r"|^\W*(?:it|that) is (?:fine|ok|okay|sorted|alright|all right)\b[^?]*\b(?:do not|no longer|not) (?:need|want)\b"
    r"|\b(?:i|we) (?:will|would|am|are|think|can|should|shall)(?: (?:i|we) (?:will|would|should))?(?: (?:just|rather"
    r"|simply|now|then))*"
    r" (?:keep|keeping) (?:it|them|that|this|everything|all)\b(?: (?:then|now|after all|please|thanks|instead))*\W*$"
    r"|\b(?:forget (?:it|about it)|never mind|leave it)\b(?: then| please| thanks)*\W*$"
)
_YES = lazy(
    r"^\W*(?:(?:oh|ah|hm+|well|great|perfect|sorry|uh|um)\W+)*(?:yes|ya|yea|sure|ok|okay|please do|do (?:it|that|so)"
    r"|go (?:ahead|for it)|exactly|right|correct|that one|that is (?:it|the one|right|correct)|please|of course"
    r"|definitely|absolutely|certainly|indeed|both|precisely|fine|sounds good|looks good|perfect|great|why not"
    r"|affirmative|go on|crack on|carry on"
    r"|by all means|it is|that would be (?:great|nice|good|lovely)|i do|you got it|confirmed?|agreed|true)\b"
)


_ASKS = lazy(
    r"(?:^|[-,.;:?!]) ?(?:(?:and|but|so|ok|well|oh|wait|hm+) (?:, )?)*"
    r"(?:where|when|which|who|whose|why"
    r"|(?:how|what)(?! about| an? | \w+ (?:of (?:me|us)\b|[-.!,]))|(?:can|could|may) i still)\b"
    r"|^\W*(?:(?:and|but|so|ok|well|oh|hm+) (?:, )?)*(?:is|are|was|were|has|have|had|does|did|will)"
    r" (?:it\b|that\b|they\b|<v>(?=.*\?)|the\b|my\b|this\b|these\b)"
)
"""Wants to know something; nothing is answered by it."""


def asks_for_itself(text: str) -> bool:
    """Do the normalised words want to know something of their own, so that they are no answer?"""
    return _ASKS.search(text) is not None


def refuses(message: Message) -> bool:
    """Do the words begin with a no, or end with "forget it"?"""
    return _NO.match(message.norms) is not None or _FORGET.search(message.norms) is not None


def gives_up(message: Message) -> bool:
    """Do the words begin with giving up what was spoken of ("forget that, ...")?"""
    return _GIVEN_UP.match(message.norms) is not None


def agrees(message: Message) -> bool:
    """Do the words begin with a yes?"""
    return _YES.match(message.norms) is not None


def says_no_more(message: Message, known: Iterable[str] = (), tokens: Sequence[Token] | None = None) -> bool:
    """Is there no word of content in `tokens` (the whole message), but for the stems that are `known`?"""
    stems = frozenset(known)
    said = message.tokens if tokens is None else tokens
    return all(t.stem in stems or t.norm in FUNCTION or is_small(message, t) for t in said)


def names_ids(message: Message) -> bool:
    """Does the message name anything by its id?"""
    return message.index.names_id(message.tokens)


def is_small(message: Message, token: Token) -> bool:
    """Does the word only point? Nouns that stand in the names of ids' parameters do too ("my other file")."""
    small = token.norm in _SMALL or not token.norm[:1].isalnum()
    return small or bool({token.norm, token.stem, token.norm.removesuffix("s")} & message.index.id_nouns)
