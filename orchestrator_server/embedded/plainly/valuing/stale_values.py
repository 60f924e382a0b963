"""Values that only are what stands there until now, where another of their kind is to stand there instead.

They stay in their place, but as nothing that any parameter takes.
"""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.words.english import CHANGING
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import DATE, EMAIL
from orchestrator_server.embedded.words.text import Token, norms

STALE = "~stale"
"""The shape of what was a value once."""
_WRONG = (
    r"(?:old|wrong|previous|former|outdated|obsolete|invalid|incorrect|dead|gone|history|disconnected|expired|ancient"
    r"|misspel(?:t|led)|mistyped|(?:a |my )?(?:typo|mistake)|out of (?:date|use|service))"
)
_STAY = r"(?:live|living|stay|staying|reachable|reached|be reached|answer|have|use|own|based|find me)"
_HOW = r"(?: (?:at|in|on|under|by|that|the|to))*"
_BEFORE = lazy(
    rf"\b(?:not|no longer|never) (?:\w+ )?{_STAY}{_HOW}$"
    r"|\b(?:instead of|rather than|(?:moved|away|out|move) from)(?: (?:at|to|on|under|in|my|the))*$"
    r"|\b(?:delete|deleting|remove|removing|erase|erasing|wipe|forget|discard|purge|clear|strike|get rid of)"
    r"(?: (?!(?:and|or|but|to|with|by|for|into|as|then|new|add|put|use|set|save|it|them)\b)[a-z]+){0,4}(?: :)?$"
    rf"|\bused to (?:be|have|live|use|stay){_HOW}$|\b(?:lived|stayed) (?:at|in|on)$"
    r"|\b(?:old|previous|former|outdated)(?: (?!(?:new|to|with|by|for|into|use|please|my)\b)\w+){0,2}"
    r"(?: (?:was|is|:|=|being))*$"
    r"|\b(?:lost|sold|dropped|gave up|got rid of|closed|broke) (?:my |the |our )?(?:\w+ ){0,2}(?:with|on|under"
    r"|number|,|:)(?: the)?$"
    r"|\b(?:was|were|is being|are being) (?:going|addressed|set|headed|sent|delivered|shipped)(?: \w+)?(?: to)?$"
    r"|\bstill (?:lives? (?:at|in)|has|have|shows?|says?|lists?|reads?|is|are|got|goes|going|set|as|with|at|on|under)"
    r"(?: (?:me|us|it|to|at|as|with|on|under|down|set|listed|registered))*$"
)
"""What stands before a value that is not meant any more."""
_HAS_BEEN = lazy(r"\b(?:was|were|had)(?: (?:always|at|:))*$")
_MEANT = lazy(r"\b(?:right|correct|new|meant?|real|actual|supposed|actually|proper|only|all|wanted|asked)\b")
"""Beside "was" this says that the value stands."""
_WHOSE = (
    r"(?:(?:which |that |what )?(?:you|i) (?:have|had|gave|entered|typed)(?: got)?(?: \w+){0,4}? "
    r"|(?:on|in) (?:my |your |the )?\w+ )?"
)
_LATELY = r"(?:(?:just|now|all|so|totally|actually|also|already|simply|sadly|long|only|plain|obviously|been) )*"
_AFTER = lazy(
    rf"(?:[,(-] )*(?:(?:but|and|as|since|because) )?{_WHOSE}(?:(?:which|that|this|it|where) )?"
    rf"(?:is|was|are|has been|had been|seems|looks) {_LATELY}(?:my |the |an? |our )?{_WRONG}\b"
    r"|(?:[,(-] )*(?:but )?(?:(?:which|that|this|it) )?(?:is|was) (?:not|no longer|never) (?!only\b|just\b|a problem)\w"
    r"|(?:[,(-] )*(?:but )?(?:(?:which|that|it) )?(?:no longer|does not|do not|will not|did not|never) (?:work|exist"
    r"|ring|reach|belong|apply|hold|count|answer|stand)"
    rf"|(?:[,(-] )*{_WHOSE}(?:belongs?|belonged) to (?!me\b|us\b)"
    r"|(?:[,(-] )*(?:(?:which|that|it) )?(?:has|have) not (?:been )?(?:work|rung|valid|right|mine|in use|answer"
    r"|exist)\w*"
    r"|(?:[,(-] )*(?:(?:is|was|but|because|as|and|where|in which|which) )*(?:i|we) (?:(?:no longer|never|do not"
    r"|did not)"
    rf" (?:\w+ )?{_STAY}\b|used to\b|lived\b|stayed\b|(?:have )?(?:moved|went) (?:out|away)|(?:have )?left\b)"
    r"|(?:[,(-] )*(?:my|the|our|an|his|her|their) (?:old|previous|former|wrong)(?: \w+){0,2}(?= [,.;!?)\n]|$)"
    r"|(?:any ?more|no more|no longer|by (?:mistake|accident|error)|mistakenly|wrongly)\b"
    r"|(?:has|have) (?:changed|expired|been (?:changed|cut|disconnected|replaced))\b"
    rf"|(?:(?:on|in) (?:my |the |your )?\w+ )?[.,!;?] (?:but |and |so )?(?:that|this|which) (?:(?:one|number"
    rf"|address) )?(?:is|was) (?:not (?:right|correct|mine"
    rf"|true|it)|(?:the |my |an? )?{_WRONG})\b"
)
"""What is said of such a value right behind it."""
_STATED = lazy(
    r"\b(?:you|i|they|she|he|someone|somebody|whoever|week|profile|account|system|label|<v>|it|page|form|file|there"
    r"|which|that|now|who) (?:(?:have|has|had|always|first|just|accidentally|wrongly|stupidly|already|currently) )*"
    r"(?:got|shows?|says?|reads?|lists?|wrote|typed|entered|gave|put|saved|used|have|has|gives|states|sent|directed"
    r"|(?:is|are|was) (?:currently |now |wrongly )?(?:addressed|going|set|headed|registered|listed|saved))"
    r"(?: (?:in|down|as|at|to|me|for|under|on|file|you|that|up|with|my|the|address|number|is|:|<v>))*$"
)
"""How things are said to stand, before the value that stands there."""
_WANTED = lazy(r"\b(?:should|must|please|can|could|would|will|want|need|needs|to) (?:\w+ ){0,3}$")
_CHANGED = lazy(
    rf"(?:\S+ ){{0,6}}?[,.;!?] (?:\S+ ){{0,6}}?(?:{'|'.join(sorted(CHANGING))})(?:d|ed)?\b(?! \S+ to\b| to\b)"
)
"""What is asked for right behind a value that only is said to stand there."""
_SUPPOSED = frozenset(["if", "unless", "whether", "should", "suppose", "provided", "case", "either"])
_BACK, _AHEAD = 9, 14
_ENDS = frozenset(".!?;\n")


def without_stale(tokens: tuple[Token, ...], ids: frozenset[str]) -> tuple[Token, ...]:
    """The tokens, where no value stands for a parameter that another one is to replace. Ids name things and stay."""
    places = [at for at, t in enumerate(tokens) if t.shape and t.shape not in ids | {EMAIL, DATE}]
    if not places:
        return tokens
    out = {at for at in places if _is_stale(tokens, at)}
    out |= _stated(tokens, [at for at in places if at not in out], ids)
    return tuple(replace(token, shape=STALE) if at in out else token for at, token in enumerate(tokens))


def _is_stale(tokens: Sequence[Token], at: int) -> bool:
    before, after = _before(tokens, at), norms(tokens[at + 1 : at + _AHEAD])
    if _SUPPOSED.intersection(before.split()):
        return False
    if _HAS_BEEN.search(before) and not _MEANT.search(before):
        return True
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None


def _stated(tokens: Sequence[Token], places: Sequence[int], ids: frozenset[str]) -> set[int]:
    """The values that are only said to stand somewhere, where another of their kind is named as well."""
    if len({token.value for token in tokens if token.shape in ids}) > 1:
        return set()
    stated = {at for at in places if _STATED.search(_before(tokens, at)) and not _is_wanted(tokens, at)}
    if len(places) == 1 and stated and _CHANGED.match(norms(tokens[places[0] + 1 :])):
        return stated
    kinds = {(tokens[at].shape, tokens[at].value) for at in places if at not in stated}
    return {at for at in stated if any(k == tokens[at].shape and v != tokens[at].value for k, v in kinds)}


def _is_wanted(tokens: Sequence[Token], at: int) -> bool:
    return _WANTED.search(" ".join(_before(tokens, at).split()[:-1]) + " ") is not None


def _before(tokens: Sequence[Token], at: int) -> str:
    """The words before a value, in its own sentence."""
    first = at
    while first > max(0, at - _BACK) and not (tokens[first - 1].norm in _ENDS and not tokens[first - 1].shape):
        first -= 1
    return norms(tokens[first:at])
