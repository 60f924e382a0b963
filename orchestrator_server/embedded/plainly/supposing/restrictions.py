"""Restrictions in a sentence of their own, or with a remark behind them: "... . This only applies if it is open, ok?".

What leads to the condition becomes "only if" (or "unless"), and a remark behind it a sentence of its own.
"""

from collections.abc import Iterator, Sequence

from orchestrator_server.embedded.clauses.sentences import STOPS
from orchestrator_server.embedded.declared.heads import LIGHT, begins_request
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.plainly.supposing.case_words import COMPARED, states_of
from orchestrator_server.embedded.plainly.supposing.supposed_words import THING
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, new_word, norms, token_at

_SO = (
    r"(?:(?:and|but|so|well|oh|also|obviously|naturally|of course|though|mind you|please|note|note that|to be clear|btw"
    r"|by the way|that said|needless to say) (?:, )?)*"
)
_START = rf"(?:(?<=[.!?;\n] )|(?<=[,(-] )){_SO}"
_THIS = r"(?:(?:this|that|it|all (?:of )?(?:this|that)|(?:this|the|my) (?:whole )?(?:request|wish|instruction|thing)) )"
_IF = r"(?:if|when|where|while|provided(?: that)?|as long as|so long as|in case|assuming)"
_VALID = (
    r"(?:valid|relevant|needed|necessary|applicable|wanted|required|meant|intended|true|on|worth (?:it|doing)|the case"
    r"|ok|okay|fine|to be done|to happen)"
)
_HOLDS = r"(?:applies|apply|counts?|holds?|goes|stands?|matters?|makes sense|works)"
_VOID = (
    r"(?:lapses|lapse|expires|(?:falls|goes) away|(?:is|becomes|will be|are|can be|should be) (?:then )?(?:null and )?"
    r"(?:void|off|moot|obsolete|cancelled|withdrawn|invalid|pointless|superfluous|ignored|disregarded|forgotten|dropped)"
    r"|(?:does|do) not (?:apply|count|hold|matter)|no longer (?:applies|counts|holds|stands)"
    rf"|(?:is|are) (?:not|no longer) {_VALID})"
)
_DO = (
    r"(?:(?:do|make|process|carry out|go ahead with|proceed with|action|follow) (?:so|this|that|it|(?:this|that|the)"
    r" (?:change|request|thing))|go ahead|proceed)(?: please| though| for me)*"
)
_CHECK = (
    r"(?:(?<=[.!?;,\n] )|(?<=\bit )|(?<=<v> ))"
    r"(?P<a>(?:(?:and|but|so|please|just|oh|wait|hold on|hang on|first|beforehand|before that|,) )*"
    r"(?:check|verify|confirm)(?: first| beforehand| for me)*"
)
_FIRST = lazy(r"\b(?:wait|hold on|hang on|first|beforehand|before that)\b")
_RULES = (
    Rule(
        hints=(" if ", " when ", " where ", "provided", " long as ", "in case", "assuming", " while "),
        pattern=lazy(
            rf"{_START}(?P<a>{_THIS}?(?:(?:is|are) )?(?:only |just )*(?:{_HOLDS}|{_VALID})(?: only| just"
            rf"| though)* {_IF})(?= )"
        ),
        plain={"a": "only if"},
        applies=lambda found: found["a"].split()[0] not in ("on", "ok", "okay", "fine", "true", "where"),
    ),
    Rule(
        hints=(" if ", " when ", "provided", " long as ", "assuming"),
        pattern=lazy(
            rf"{_START}(?P<a>(?:that|this|it|i mean|which) (?:is )?(?:, )?(?:only |just |of course "
            rf"|obviously )*{_IF})(?= )"
        ),
        plain={"a": "only if"},
        applies=lambda found: found["a"].startswith("i mean") or " is" in found["a"],
    ),
    Rule(
        hints=(" if ", " when "),
        pattern=lazy(
            rf"{_START}(?P<a>(?:i|we) (?:(?:would|do|am|are|will|really|obviously|of course) )*(?:only|just)"
            r" (?:(?:to )?(?:want|need|like|mean|ask|asking|wish) )(?:(?:for )?(?:this|that|it|them|these|those"
            r"|one|any of (?:this|that|them))"
            rf"(?: (?:done|changed|to happen|to be done))? )?(?:only )?{_IF})(?= )"
        ),
        plain={"a": "only if"},
    ),
    Rule(
        hints=("only do", "only make", "only go", "only carry", "only proceed", "only process", " only if", " just if"),
        pattern=lazy(rf"{_START}(?P<a>(?:(?:only|just) {_DO}|{_DO} (?:only|just)) {_IF})(?= )"),
        plain={"a": "only if"},
    ),
    Rule(
        hints=(" if ", " when ", " once ", " should "),
        pattern=lazy(
            rf"{_START}(?P<a>(?:{_THIS}{_VOID}|(?:null and )?(?:void|off|moot"
            rf"|invalid))(?: again)? (?:if|when|once|in case|should"
            r"|as soon as))(?= )"
        ),
        plain={"a": "unless"},
    ),
    Rule(
        hints=("check", "verify", "confirm"),
        pattern=lazy(
            rf"{_CHECK} (?:that|(?:if|whether)(?= {THING} (?:is|are|has|have) (?:still|not)\b)))"
            rf"(?= {THING} (?:is|are|has|have|was|were) [^.?!;,\n]*(?:[.!;\n]|$))"
        ),
        plain={"a": "only if"},
        applies=lambda found: _FIRST.search(found["a"]) is not None,
    ),
    Rule(
        hints=("check", "verify", "confirm"),
        pattern=lazy(
            rf"{_CHECK} (?:if|whether))(?= {THING} (?:is|are|has|have|was|were) [^.?!;,\n]*(?:[.!;\n]|$)"
            r"(?! (?:so |and |but )*(?:if|otherwise|then|in (?:that|which) case|should|when|unless)\b))"
        ),
        plain={"a": "only if checked whether"},
        applies=lambda found: _FIRST.search(found["a"]) is not None,
    ),
    Rule(
        hints=(" have ",),
        pattern=lazy(
            r"(?<=[.!?;\n] )(?P<a>)(?:<v>|it|that|this) (?P<b>(?:must|has to|needs? to|should"
            r"|ought to) have)(?= (?:not )?"
            r"(?:[a-z]+ed|been|gone|left|come)\b)[^.?!;,\n]*?(?P<c>(?: for (?:that|this|it)| first| beforehand"
            r"| though)*)"
            r"(?= [.!;]|$)"
        ),
        plain={"a": "only if", "b": "has", "c": ""},
    ),
    Rule(
        hints=("no need", "not necessary", "not needed", "unnecessary", "not required", "pointless"),
        pattern=lazy(
            rf"{_START}(?P<a>(?:there is )?(?:no need(?: (?:for|to do) (?:it|that|this)| to)?|(?:it is |that is )?"
            r"(?:not (?:necessary|needed|required)|unnecessary|pointless))(?: of course)? (?:if|when|in case))(?= )"
        ),
        plain={"a": "unless"},
    ),
)
_SET = lazy(
    r"(?:^|(?<= ))(?:(?:only|not) (?:if|when)|but only|unless|provided|as long as|so long as|except (?:if|when))(?= )"
)
"""Words of condition that can stand behind what is asked for, each of them a restriction."""
_REMARK = lazy(
    r"(?:(?:because|cause|cos|since|so|and|as) (?:(?:then|otherwise) )?)?"
    r"(?:(?:i|we) (?:(?:really|just|still|also) )*(?:am|are|do not|did not|can not|could not|have|had|was|were|will"
    r"|would (?!like|love|rather|prefer)|might|think|know|already|hate|love|guess|mean|hope|live|work|only have)"
    r"|(?:it|that|this|there|they|he|she) (?:is|was|has|will|would|are|does|have|seems|looks)"
    r"|(?:this|that|the|my|our|his|her|their|those|these) (?:[a-z]+ ){1,3}?(?:is|are|was|were|has|have|will|would|might"
    r"|may|could|does|do|can)"
    r"|(?:[a-z]+er|other|such) ones? (?:[a-z]+ ){1,4}|no point|for (?:my|the|our) )\b"
)
"""What only tells why, or what else is so."""
_ELSE = lazy(r"\b(?:otherwise|else|if|unless|when|in that case|then|instead|only|but)\b")
"""What goes on with the condition, or sets another one."""
_PERSONS = frozenset(["me", "us", "him", "her"])
_MARKS = frozenset([",", "-"])


def plainly_restricted(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "only if" for what leads to a restriction, and the remark behind it set apart."""
    tokens = respelled(tokens, _RULES)
    if not any(token.norm in _MARKS for token in tokens) or not _SET.search(norms(tokens)):
        return tokens
    return tuple(_with_stops(tokens, index))


def _with_stops(tokens: Sequence[Token], index: Index) -> Iterator[Token]:
    """With a full stop for the comma between a restriction and a remark."""
    start, is_asked = 0, False
    for at, token in enumerate(tokens):
        if token.norm in STOPS and not token.shape:
            is_asked = is_asked or begins_request(tokens[start:at], index.verbs) or _has_act(tokens[start:at], index)
            start = at + 1
        is_mark = token.norm in _MARKS and not token.shape
        if is_mark and _is_remark_next(tokens, start, at, index, is_asked=is_asked):
            yield new_word(".", token)
            start, is_asked = at + 1, True
        else:
            yield token


def _is_remark_next(tokens: Sequence[Token], start: int, at: int, index: Index, *, is_asked: bool) -> bool:
    """Is the restriction before this mark one of something asked for before it, and what follows but a remark?"""
    said = norms(tokens[start:at])
    every = list(_SET.finditer(said))
    found = every[-1] if every else None
    if found is None or "," in said[found.start() :].split():
        return False
    lead = tokens[start : start + token_at(found)]
    if not (_has_act(lead, index) or begins_request(lead, index.verbs) or (is_asked and not _content(lead))):
        return False
    end = next((i for i in range(at + 1, len(tokens)) if tokens[i].norm in STOPS), len(tokens))
    rest = tokens[at + 1 : end]
    text = norms(rest)
    if (
        (found := _REMARK.match(text)) is None
        or _ELSE.search(text[found.end() :])
        or any(token.shape for token in rest)
    ):
        return False
    return not (_has_act(rest, index) or states_of(index).search(text) or COMPARED.search(text))


def _has_act(tokens: Sequence[Token], index: Index) -> bool:
    """Is the verb of an effect among them, and done to anything but "me"?"""
    acts = index.effect_verbs - LIGHT - index.things
    return any(
        token.stem in acts and not token.norm.endswith(("ing", "ed")) and norms(tokens[at + 1 : at + 2]) not in _PERSONS
        for at, token in enumerate(tokens)
    )


def _content(tokens: Sequence[Token]) -> bool:
    """Does more than small words stand there?"""
    small = ("and", "but", "so", "please", "do", "this", "that", "it", "is", "only", "though", "of", "course")
    return any(not token.is_mark and token.norm not in small for token in tokens)
