"""Forms of English words, by rule and the exceptions that every text has: plurals, past tenses, lists."""

import re
from collections.abc import Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLURALS = {"person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet", "half": "halves"}
_SINGULARS = {plural: singular for singular, plural in _PLURALS.items()}
_NO_PLURALS = _words(
    """
    status address access process news series always this his its is was has as bus gas
    """
)
_PAST = {
    **dict.fromkeys(("cut", "hit", "let", "put", "set", "reset", "shut", "split", "quit", "spread", "bet"), ""),
    "begin": "began",
    "bring": "brought",
    "build": "built",
    "buy": "bought",
    "catch": "caught",
    "choose": "chose",
    "come": "came",
    "deal": "dealt",
    "do": "did",
    "draw": "drew",
    "drive": "drove",
    "eat": "ate",
    "fall": "fell",
    "feed": "fed",
    "find": "found",
    "fly": "flew",
    "forget": "forgot",
    "get": "got",
    "give": "gave",
    "go": "went",
    "grow": "grew",
    "hang": "hung",
    "have": "had",
    "hear": "heard",
    "hide": "hid",
    "hold": "held",
    "keep": "kept",
    "know": "knew",
    "lay": "laid",
    "lead": "led",
    "leave": "left",
    "lend": "lent",
    "lose": "lost",
    "make": "made",
    "mean": "meant",
    "meet": "met",
    "pay": "paid",
    "read": "read",
    "rise": "rose",
    "run": "ran",
    "say": "said",
    "see": "saw",
    "sell": "sold",
    "send": "sent",
    "show": "showed",
    "speak": "spoke",
    "spend": "spent",
    "stand": "stood",
    "steal": "stole",
    "stick": "stuck",
    "take": "took",
    "teach": "taught",
    "tell": "told",
    "think": "thought",
    "throw": "threw",
    "wake": "woke",
    "wear": "wore",
    "win": "won",
    "write": "wrote",
    "freeze": "froze",
    "bind": "bound",
    "withdraw": "withdrew",
    "forbid": "forbade",
    "swap": "swapped",
}
_PREFIXES = ("re", "un", "with", "over", "under", "up", "out")
_PARTICIPLES = _words(
    """
    begun bought brought built caught chosen done drawn driven frozen found given gone held kept known
    laid left lent lost made met paid put read run seen sent set sold spent taken told withdrawn won
    written
    """
)
_DOUBLED = _words(
    """
    admit commit confer defer emit infer occur omit permit prefer refer submit transfer transmit
    """
)
_ONE_SYLLABLE = re.compile(r"[^aeiou]*(?:qu)?[aeiou][^aeiouwxy]")


def plural(noun: str) -> str:
    """`copy` → `copies`."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else f"{noun}s"


def singular(noun: str) -> str:
    """`copies` → `copy`; the word itself where it is no plural."""
    if noun in _SINGULARS:
        return _SINGULARS[noun]
    if not noun.endswith("s") or noun.endswith(("ss", "us", "is")) or noun in _NO_PLURALS or len(noun) < 4:
        return noun
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith(("sses", "shes", "ches", "xes", "zzes")) else noun[:-1]


def is_plural(noun: str) -> bool:
    """Does the word mean several?"""
    return singular(noun) != noun


def counted_noun(number: int, noun: str) -> str:
    """`1 copy`, `3 copies`, from either form."""
    *before, last = noun.split(" ")
    one = singular(last)
    return f"{number:,} {' '.join([*before, one if number == 1 else plural(one)])}"


def past(verb: str) -> str:
    """`change` → `changed`, `send` → `sent`."""
    stem = next((verb.removeprefix(one) for one in _PREFIXES if verb.removeprefix(one) in _PAST and verb != one), verb)
    if stem in _PAST:
        return verb[: len(verb) - len(stem)] + (_PAST[stem] or stem)
    if verb.endswith("e"):
        return f"{verb}d"
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ied"
    doubles = _ONE_SYLLABLE.fullmatch(verb) or verb in _DOUBLED or re.search(r"[^aeiou][aeiou]l$", verb)
    return f"{verb}{verb[-1]}ed" if doubles else f"{verb}ed"


def is_participle(word: str) -> bool:
    """Does it say what was done (`changed`, `sent`)?"""
    return word in _PARTICIPLES or (len(word) > 4 and word.endswith("ed"))


def listed(parts: Sequence[str], joint: str = "and") -> str:
    """`a, b and c`; a comma before the joint where a part holds one."""
    if len(parts) < 2:
        return "".join(parts)
    comma = "," if any("," in part for part in parts) else ""
    return f"{', '.join(parts[:-1])}{comma} {joint} {parts[-1]}"


def bounded(parts: Sequence[str], most: int) -> list[str]:
    """The first `most` parts, and how many more there are."""
    more = len(parts) - most
    return list(parts) if more <= 0 else [*parts[:most], f"{more:,} more"]


def opened(sentence: str) -> str:
    """The sentence with a capital, unless its first word is written in a way of its own (`iPhone`, an id)."""
    first = sentence.partition(" ")[0]
    return sentence[:1].upper() + sentence[1:] if first.islower() else sentence


def closed(sentence: str) -> str:
    """The sentence with a full stop, unless it has an end."""
    sentence = sentence.strip()
    return sentence if not sentence or sentence.endswith((".", "!", "?", ".”", "!”", "?”", "…")) else f"{sentence}."
