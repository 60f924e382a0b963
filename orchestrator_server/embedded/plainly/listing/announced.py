"""What but announces or ends requests ("what i need from you: ...", "need: ...", "before i leave: ...")."""

from orchestrator_server.embedded.plainly.respelling import Rule, respelled
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token

_OPENS = r"(?:^|(?<=[-.,;!?\n] )|(?<=\band )|(?<=\bbut )|(?<=\bso ))"
_WANT = r"(?:want|need|would like|am after|am looking for|ask|am asking|require)"
_RULES = (
    Rule(
        hints=("what ", "all ", "thing"),
        pattern=lazy(
            rf"{_OPENS}(?P<frame>(?:here is |this is )?(?:what|all(?: that)?|the (?:only )?things?(?: that)?) (?:i|we)"
            rf" (?:(?:really|only|still|just|now|actually|do) )*{_WANT}(?: (?:from|of) (?:you|your side|you guys))?"
            r"(?: (?:now|today|then|though|please|done|to do|right now|at the moment))*(?: is)? (?:[:,] |- )+)(?=\S)"
        ),
        plain={"frame": ""},
    ),
    Rule(
        hints=("what ",),
        pattern=lazy(
            rf"{_OPENS}(?P<frame>what (?:i|we) (?:(?:really|only|still|just|now|actually|do) )*{_WANT}"
            r"(?: you)? to do is(?: to)?) (?=[a-z])"
        ),
        plain={"frame": "please"},
    ),
    Rule(
        hints=("need ", "want", "required", "needed"),
        pattern=lazy(
            r"(?:^|(?<=[.!?\n] ))(?P<frame>(?:still |also )?(?:need|needed|want|wanted|required|requesting)"
            r"(?: please)? (?:(?:\d|some|a few|the following)(?: (?:things|items|articles|products|bits|pieces))? )?"
            r"(?:: |- ))(?=\d+ |an? |x \d)"
        ),
        plain={"frame": "i want"},
    ),
    Rule(
        hints=("before ", "while ", "until "),
        pattern=lazy(
            r"(?:^|(?<=[.!?\n] ))(?P<frame>(?:quick(?:ly)? |just )?(?:before|while) (?:my|the|our|this|today's|i|we)"
            r" (?:(?!<v>)[a-z']+ ){1,4}?(?:over|up|out|ends?|ending|starts?|starting|begins?|closes?|on|off|here"
            r"|done|there|away|leaves?|leaving|goes|go)(?: (?:again|for today|for good|to bed|home|out))? : )(?=\S)"
        ),
        plain={"frame": ""},
    ),
    Rule(
        hints=("nothing ", "no other"),
        pattern=lazy(
            r"<v>(?: [a-z]+)*? (?P<frame>[-,.(] (?:and |but )?(?:nothing (?:else|more|other)|no other(?:s| ones?)?)"
            r"(?: (?:please|thanks|for now|for today|today|from you))*)(?= ?[.!?;)\n]|$)"
        ),
        plain={"frame": ""},
    ),
)


def without_announcement(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens without such words, and with "i want" for a mere "need:" before so many pieces."""
    return respelled(tokens, _RULES)
