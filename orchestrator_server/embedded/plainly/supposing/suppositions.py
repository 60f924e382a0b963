"""Plain words for the rarer ways of setting a condition: "suppose it is late: then", "where still open", "open only".

Like `frames` for requests, so that the rooms behind it meet few ways of saying "if".
"""

import re
from dataclasses import replace
from functools import lru_cache

from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.plainly.supposing.answered_behind import answered_behind
from orchestrator_server.embedded.plainly.supposing.asked_and import with_question_inside
from orchestrator_server.embedded.plainly.supposing.by_acts import by_acts
from orchestrator_server.embedded.plainly.supposing.case_words import COMPARED, first_states, states_of
from orchestrator_server.embedded.plainly.supposing.cases_beside import cases_beside
from orchestrator_server.embedded.plainly.supposing.cases_told import cases_told
from orchestrator_server.embedded.plainly.supposing.do_if import do_if
from orchestrator_server.embedded.plainly.supposing.exceptions import EXCEPTIONS
from orchestrator_server.embedded.plainly.supposing.headed import with_heading_inside
from orchestrator_server.embedded.plainly.supposing.hedged import HEDGED
from orchestrator_server.embedded.plainly.supposing.inverted import INVERTED
from orchestrator_server.embedded.plainly.supposing.looked_up import LOOKED_UP
from orchestrator_server.embedded.plainly.supposing.other_than import OTHER_THAN
from orchestrator_server.embedded.plainly.supposing.said_beside import said_beside
from orchestrator_server.embedded.plainly.supposing.sentences_apart import sentences_apart
from orchestrator_server.embedded.plainly.supposing.set_apart import SET_APART
from orchestrator_server.embedded.plainly.supposing.shown_as import SHOWN
from orchestrator_server.embedded.plainly.supposing.since_done import since_it_was
from orchestrator_server.embedded.plainly.supposing.supposed_days import DAYS, PLAINER, SAID
from orchestrator_server.embedded.plainly.supposing.supposed_words import (
    ADDED,
    BEGINS,
    BRANCHES,
    CONDITION,
    END,
    NEW_SUBJECT,
    NOTHING,
    OR_ELSE,
    SUPPOSED,
    is_told_where,
)
from orchestrator_server.embedded.plainly.supposing.tied import TIED
from orchestrator_server.embedded.plainly.supposing.told_again import TOLD_AGAIN
from orchestrator_server.embedded.plainly.supposing.turned_round import TURNED, with_subjects_ahead
from orchestrator_server.embedded.plainly.supposing.vouched import VOUCHED
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token


def plainly_supposed(tokens: tuple[Token, ...], index: Index) -> tuple[Token, ...]:
    """The tokens with "if" in the place of all that means no more."""
    plain = with_heading_inside(since_it_was(with_subjects_ahead(with_question_inside(tokens))))
    return respelled(plain, _rules(index))


@lru_cache(maxsize=16)
def _rules(index: Index) -> tuple[Rule, ...]:
    """All rules, with those for which one must know what states there are: "open only", "with gold you may ..."."""
    states = states_of(index).pattern
    only_as = rf"(?<=[,(-] )(?P<a>only)(?= (?:as |for |with |while )?(?:an? )?{states}(?: [a-z]+)?{END})"
    only = (
        rf"(?:^|(?<=[.!?;:,\n(-] ))(?P<a>)(?:still |not yet |not )?{states}(?P<b> (?:only"
        rf"|permitting))(?= [).,;!?\n]| please| i | you |$)"
    )
    having = (
        rf"{BEGINS}(?P<a>with)(?= (?:a (?:[a-z]+ )?of )?(?:{COMPARED.pattern}|{states}))"
        rf"(?:(?: [^\s,.;!?]+){{1,12}}? (?P<c>)(?={NEW_SUBJECT}))?"
    )
    while_so = rf"\b(?P<a>while|whilst)(?= (?:(?:it|they|that|this|<v>) (?:is|are) )?(?:still |only )*(?:{states})\b)"
    acts = "|".join(sorted(map(re.escape, index.effect_verbs), key=len, reverse=True))
    either_way = rf"(?:^|(?<=[.;,] ))(?!if )[^?:.;\n]*\? (?:please )?(?:{acts})[a-z]*\b[^?:.;\n]* (?P<a>:)(?= [a-z])"
    open_now = (
        r"\b(?P<a>when)(?= (?:(?:it|they|that|this|<v>) (?:is|are|has|have) )?"
        rf"(?:still|(?:only |just )*(?:{first_states(index)}))\b)"
    )
    own: tuple[Rule, ...] = (
        Rule(hints=("only ",), pattern=lazy(only_as), plain={"a": "only if"}),
        Rule(hints=(" only", " permitting"), pattern=lazy(only), plain={"a": "only if", "b": ""}),
        Rule(hints=("with ",), pattern=lazy(having), plain={"a": "if", "c": ","}),
        Rule(hints=("while ", "whilst "), pattern=lazy(while_so), plain={"a": "if"}, applies=is_told_where),
        Rule(hints=(" : ",), pattern=lazy(either_way), plain={"a": ". otherwise ,"}),
        Rule(
            hints=("when ",),
            pattern=lazy(rf"\b(?P<a>when)(?= (?:still )?(?:{COMPARED.pattern}))"),
            plain={"a": "if"},
            applies=is_told_where,
        ),
        Rule(hints=("when ",), pattern=lazy(open_now), plain={"a": "if"}, applies=is_told_where),
    )
    verbs = "|".join(sorted(map(re.escape, index.effect_verbs | index.verbs), key=len, reverse=True))
    asking = "|".join(sorted(map(re.escape, index.verbs - index.effect_verbs), key=len, reverse=True))
    own += (
        *do_if(acts),
        *said_beside(states),
        *cases_beside(states, asking),
        *sentences_apart(acts, verbs),
        *answered_behind(acts, verbs),
        *by_acts(acts, verbs),
        *cases_told(acts, states),
    )
    unless = (
        rf"{BEGINS}(?:please )?(?P<a>(?:please )?(?:do not|never|no)) (?:{acts})[a-z]*\b[^.?!;\n]*? (?P<b>unless)(?= )"
    )
    unless_then = rf"\b(?:{acts})[a-z]*\b[^.?!;\n]* (?:unless|except if) [^.?!;,\n]+? (?:, )?(?P<a>then)(?= [a-z])"
    fine = rf"\b(?:if|when) [^.?!;,\n]*?{states}(?P<a>) (?:fine|great|good|ok|okay|perfect|brilliant|lovely)(?= [.,;!])"
    listed = rf"\b(?:{states})(?P<a> ,) (?:already |been )?(?:{states}) or (?:already |been )?(?:{states})"
    own += (
        Rule(hints=("unless",), pattern=lazy(unless), plain={"a": "", "b": "only if"}),
        Rule(hints=(" then",), pattern=lazy(unless_then), plain={"a": "in that case"}),
        Rule(
            hints=(" fine ", " great ", " good ", " ok ", " okay ", " perfect ", " lovely "),
            pattern=lazy(fine),
            plain={"a": ","},
        ),
        Rule(hints=(" or ",), pattern=lazy(listed), plain={"a": "or"}),
    )
    or_else = (replace(r, pattern=lazy(r.pattern.pattern.replace("@", rf"(?:{acts})[a-z]*\b"))) for r in OR_ELSE)
    return (
        *INVERTED,
        *TURNED,
        *LOOKED_UP,
        *SHOWN,
        *TOLD_AGAIN,
        *OTHER_THAN,
        *VOUCHED,
        *HEDGED,
        *EXCEPTIONS,
        *TIED,
        *SET_APART,
        *PLAINER,
        *SAID,
        *DAYS,
        *SUPPOSED,
        *CONDITION,
        *BRANCHES,
        *or_else,
        *ADDED,
        *NOTHING,
        *own,
    )
