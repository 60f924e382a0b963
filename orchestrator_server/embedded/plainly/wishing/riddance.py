"""Wishes to be rid of a thing ("undo it", "I want out of it"), put as stopping it.

They do not say whether all of it shall be stopped or what came of it goes back: their "stop" remembers that, so that
both are offered where nothing else tells.
"""

from dataclasses import replace

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import respelled, rule
from orchestrator_server.embedded.words.text import Token, norms

_LEFT_OPEN = "be rid of"
"""What such a "stop" carries as its value."""
_OWN = r"(?:(?:the|my|our|this|that|your|whole|entire|all|both|of|every|each|any|one|those|these|last|latest|newest) )"
_NAMED = rf"{_OWN}*(?:(?:[a-z]+ )?<t> (?:(?:number|no|nr|#) )?)?<v>"
_SPOKEN_OF = rf"{_OWN}+(?:[a-z]+ )?<t>"
_POINTED = r"(?:it|them|this|those|these|(?:the|this) (?:whole |entire )?thing)"
_OBJECT = rf"(?:{_NAMED}|{_SPOKEN_OF}|{_POINTED})(?= |$)"
"""A thing with an id, a word for such things, or what points at one."""
_CONTRACT = r"(?:contract|agreement|deal|sale)"
_OF_IT = (
    rf"(?: (?:the|my|our|this) (?:[a-z]+ |<t> )?{_CONTRACT}(?: (?:for|of|on|about|over|concerning"
    rf"|regarding))?)?(?= {_OBJECT})"
)
_CONCERNING = (
    r"(?:with (?:regard|respect|reference) to|regarding|concerning|in respect of|for|on|of|from|about|over|to)"
)
_OUT = r"(?:withdraw|step back|pull out|pull back|back out|bow out|step away|walk away|get out|opt out|wriggle out)"
_OUTING = r"(?:withdrawing|stepping back|pulling out|backing out|bowing out|stepping away|walking away)"
_VERBS = (
    r"get rid of|be rid of|do away with|undo|reverse|revert|roll back|rewind|unwind|unmake|unbuy|rid (?:me|us) of"
    r"|(?:get|be) (?:shot|shut) of|(?:release|free|let) (?:me|us) (?:out )?(?:from|of)|(?:get|let) (?:me|us) out of"
    rf"|be out of|be done with|be through with|{_OUT} (?:from|of)|have nothing (?:more |else )?to do with"
)
_END = r"(?= (?:[.,!?;:)-]|please|thanks|now|asap|pls|thank|immediately|today|and|because|but|so)|$)"
_START = r"(?:^|(?<=[.,:;!?\n(-] )|(?<=\band )|(?<=\bbut )|(?<=\bso ))"


_RULES = (
    rule(
        "rid of|rid me|rid us|away with|away from|undo|rever|roll back|rewind|unwind|unmake|unbuy|shot of|shut of"
        "|release |free |out of|done with|through with|withdraw|back from|out from|nothing ",
        rf"\b(?P<v>{_VERBS})(?P<w>{_OF_IT})(?= )(?! (?:it|this) (?:to|into|at) )",
        v="stop",
        w="",
    ),
    rule(
        "contract|agreement| deal | sale ",
        rf"\b(?P<a>(?:i|we) (?:hereby |herewith )?)?(?P<v>(?:revoke|rescind|withdraw))(?P<w> (?:the|my|our"
        rf"|this) (?:[a-z]+ |<t> )?{_CONTRACT}"
        rf"(?: {_CONCERNING})?)(?= {_OBJECT})",
        a="i want to",
        v="stop",
        w="",
    ),
    rule("rid of", rf"\b(?P<v>getting rid of)(?= {_OBJECT})", v="stopping"),
    rule(
        "ing from|ing of|ing out|ing back|ing away",
        rf"\b(?:i|we)(?P<v> (?:am|are) (?:hereby |now |herewith )?{_OUTING} (?:from|of))(?P<w>{_OF_IT})(?= )",
        v="want to stop",
        w="",
    ),
    rule(
        "rid of|shot of|shut of|out of|part of|nothing ",
        r"\b(?:want|need|like|wanted)(?P<v> (?:(?:to )?(?:be |get )?(?:rid|shot|shut|out) of|no (?:more )?part of"
        rf"|nothing (?:more |else )?to do with))(?= {_OBJECT})",
        v="to stop",
    ),
    rule(
        "rid of|shot of|want out|need out|like out|to get out|be out",
        rf"(?P<a>){_NAMED}(?: ,)?(?P<b> (?:i|we) (?:just |really |only )?(?:want|need|would like)"
        rf" (?:to (?:be|get) )?(?:rid of|shot of|shut of|out of|out)){_END}",
        a="i want to stop",
        b="",
    ),
    rule(
        "am out|are out|want out",
        rf"^(?:(?:hi|hello|hey|ok|so|sorry|please|well|,) )*{_NAMED} [-.,:;]"
        r" (?P<v>(?:i|we) (?:(?:am|are)|want) out)(?: (?:of (?:it|this|that|here)|now|please|thanks"
        r"|guys))*(?= [.,!;]|$)",
        v="stop it",
    ),
    rule(
        " gone",
        rf"\b(?:want|need|like|have|see) (?:{_NAMED}|{_SPOKEN_OF}|it|this)(?P<v> gone){_END}",
        v="stopped",
    ),
    rule(
        "make ",
        rf"\b(?P<v>make) (?:{_OBJECT}|(?:your|the|these|those|all) [a-z]+)(?P<w> (?:go away|disappear|vanish"
        rf"|be gone|undone))(?! from\b)",
        v="stop",
        w="",
    ),
    rule(
        "undone|reverse|reverted|rolled back|unwound",
        rf"(?:{_NAMED}|\b(?:it|that|this|{_SPOKEN_OF}|(?:the|this) (?:whole |entire )?(?:thing|lot)))"
        r"(?: (?:has|have|needs?|must|should|is|ought|can|could|to|be)){0,3}"
        rf" (?P<v>undone|reversed|reverted|rolled back|unwound){_END}",
        v="stopped",
    ),
    rule(
        "take ",
        rf"\b(?:i|we) (?:(?:hereby|would|like|want|wish|have|need|to|must) )*(?P<v>take back)(?= {_NAMED})",
        v="want to stop",
    ),
    rule(
        "take ",
        rf"\b(?:i|we) (?:(?:hereby|would|like|want|wish|have|need|to|must) )*(?P<v>take) {_NAMED}(?P<w> back)\b",
        v="want to stop",
        w="",
    ),
    rule(
        "off my|off our|off me|off us|off of|it away|this away|<v> away",
        rf"\b(?P<v>take|clear|lift) (?:{_NAMED}|it|this)(?P<w> (?:away|off (?:my|our) (?:hands|back)"
        rf"|off of (?:me|us)|off"
        rf" (?:me|us))){_END}",
        v="stop",
        w="",
    ),
    rule(
        "to go|must go|should go|got go|disappear|vanish|be gone",
        rf"(?:{_NAMED}|{_SPOKEN_OF})(?: (?:just|simply|really|now|definitely))*"
        r" (?:has to|have to|needs to|need to|must|got to|should) "
        r"(?P<v>go away|go|disappear|vanish|be gone)(?= [.,!;]|$| please)",
        v="be stopped",
    ),
    rule(
        "undo|reverse|revert",
        rf"<v> .*{_START}(?:(?:please|just|so|can you|could you|now) )*(?P<v>undo|reverse|revert)"
        r"(?=(?: (?:please|pls|plz|now|asap|thanks|for me))*(?: [.!?])*$)",
        v="stop it",
    ),
    rule(
        "withdraw|revo|resci|cooling",
        r"\b(?P<v>(?:i|we) (?:(?:hereby|herewith|would|like|want|wish|am|are|to|now|will|do|have) )*(?:exercis(?:e|ing)"
        r"|us(?:e|ing)|invok(?:e|ing)|mak(?:e|ing) use of|claim(?:ing)?|assert(?:ing)?) (?:of )?(?:my|our|the|a)"
        r" (?:[a-z]+ )?(?:\d+ (?:- )?days? )?(?:(?:statutory|legal) )?"
        r"(?:rights? (?:of|to) (?:[a-z]+ )?(?:withdraw(?:al)?|revocation|revoke|rescission|rescind)"
        r"|(?:withdrawal|revocation|cooling off|cooling - off) (?:rights?|period)))"
        rf"(?P<w>(?: {_CONCERNING})?)(?= )",
        v="i want to stop",
        w="",
    ),
)
"""What is said, and the plain words for it."""
_HINTS = frozenset(hint for rule in _RULES for hint in rule.hints)
_STOPS = frozenset(["stop", "stopped", "stopping"])


def with_riddance(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "stop" for such wishes; what undoes a deed or a value, and no thing, stays as it was said."""
    text = norms(tokens)
    if not any(hint in text for hint in _HINTS):
        return tokens
    things = index.things | index.id_nouns | frozenset().union(*(whole.things for whole in index.wholes))
    shown = tuple(_shown(token, things, index.ids) for token in tokens)
    plain = respelled(shown, _RULES)
    if plain is shown:
        return tokens
    typed = {id(one): token for one, token in zip(shown, tokens, strict=True)}
    return tuple(typed[id(one)] if id(one) in typed else _marked(one) for one in plain)


def leaves_open(token: Token) -> bool:
    """Is this the "stop" of such a wish?"""
    return token.value == _LEFT_OPEN and not token.shape


def _shown(token: Token, things: frozenset[str], ids: frozenset[str]) -> Token:
    """The token as the patterns see it: a value that is no id is another one, and all words for things are one."""
    if token.shape:
        return token if token.shape in ids else replace(token, norm="<u>")
    return replace(token, norm="<t>") if token.stem in things else token


def _marked(token: Token) -> Token:
    return replace(token, value=_LEFT_OPEN) if token.norm in _STOPS and not token.surface else token
