"""General English in closed lists: function words, light verbs, numbers, units. No word of any trade stands here."""

import re
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set: a list that reads like a sentence."""
    return frozenset(text.split())


FUNCTION = words(
    """a an the this that these those my your our his her their its mine yours me i you he she it we they them him us
    myself yourself itself one ones latter former some any each every all both either neither other another same such
    and or but nor so then also too as well plus if unless whether because since while though although
    of in on at by to from for with without about into onto over under between among through during per via
    is are was were be been being am do does did done doing have has had having will would shall should can could may
    might must not no yes never ever still yet already just only even really actually currently now again please
    kindly thanks thank hi hello hey dear sir madam ok okay alright well right oh um uh hmm
    there here what which who whom whose out more most less least very much many few lot bit anyway either
    need needs want wants wanna like wish try trying going gonna gotta got let help able possible sure hope think guess
    asap quickly immediately soon later instead anymore longer rather than far how where when why
    thing things stuff something anything everything nothing whole lol haha lmao omg btw
    last latest newest recent first second third next previous
    merely simply solely purely hereby herewith furthermore moreover additionally besides perhaps maybe"""
)
"""Words that carry no content of their own."""

SHOWING = words(
    "show tell give see view check find list get display look lookup know fetch read send bring provide pull retrieve"
    " inform remind share explain describe confirm what's"
)
"""Light verbs of asking to be shown something."""

CHANGING = words("change update replace edit modify alter amend correct switch set adjust swap exchange fix revise")
"""Light verbs of making something different."""

STOPPING = words("stop end quit cease halt discontinue")
"""Light verbs of making something not happen any more."""

DOING = words("make create do place start request arrange process put go proceed handle begin initiate submit file")
"""Light verbs that leave the meaning to their object."""

HISSING = ("xes", "ches", "shes", "sses")
"""Endings in which the plural's or the third person's `s` brings an `e` with it."""

CREATED = words("created placed made opened issued booked started registered submitted added bought old from dated")
"""How people say when a thing came to be."""

COSTING = words("cost costs costed price priced worth total totals totalled amount amounts expensive cheap sum value")
"""How people speak of money without naming a currency."""

WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday")

PEOPLE = words(
    """wife husband mother mom mum father dad parents brother sister son daughter friend friends neighbour neighbor
    boss colleague coworker partner girlfriend boyfriend roommate flatmate cousin uncle aunt grandma grandmother
    grandpa grandfather nephew niece fiance fiancee ex spouse kid kids child children someone somebody anyone
    everybody everyone person guy stranger customer client user"""
)
"""Other people."""

IRREGULAR = {
    "bought": "buy",
    "sent": "send",
    "gone": "go",
    "went": "go",
    "gave": "give",
    "given": "give",
    "took": "take",
    "taken": "take",
    "made": "make",
    "told": "tell",
    "found": "find",
    "kept": "keep",
    "left": "leave",
    "lost": "lose",
    "held": "hold",
    "chosen": "choose",
    "broken": "break",
    "paid": "pay",
    "came": "come",
    "lent": "lend",
    "written": "write",
    "seen": "see",
    "brought": "bring",
}
"""Forms that no rule finds."""

PLURAL_ONLY = words(
    """
    headphones earphones earbuds scissors tongs tweezers pliers binoculars goggles leggings clippers trousers pants
    jeans shorts glasses sunglasses pyjamas tights
    """
)
"""Nouns whose plural names one piece."""

SINGULARS = {
    "scarves": "scarf",
    "knives": "knife",
    "shelves": "shelf",
    "bookshelves": "bookshelf",
    "loaves": "loaf",
    "leaves": "leaf",
    "halves": "half",
    "mice": "mouse",
    "feet": "foot",
    "potatoes": "potato",
    "tomatoes": "tomato",
}
"""Plurals that no rule undoes."""

ENDING_IN_IE = words(
    "cookie movie smoothie hoodie brownie selfie pie tie beanie onesie veggie goodie bowtie cutie necktie"
)
"""Nouns that end in `ie` before the `s` of their plural."""

_COUNTED = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty"""
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
NUMBERS = {word: number for number, word in enumerate(_COUNTED.split())} | _TENS

ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1, "latter": -1, "former": 0}

HOURS = {"hour": 1, "day": 24, "week": 168, "fortnight": 336, "month": 720, "year": 8760}
"""Units of time in hours; a month counts 30 days, a year 365."""

TIME_UNITS = frozenset([*HOURS, *(f"{unit}s" for unit in HOURS)])
UNIT = "|".join(sorted(TIME_UNITS))
"""Any of them, as a part of expressions."""
"""The units of time, of one and of several."""

CURRENCIES = words("€ $ £ eur euro euros usd dollar dollars gbp pound pounds bucks chf francs quid")
CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
"""Any of them, as a part of expressions."""

MEASURES = words("older newer younger longer shorter cheaper expensive ago above below under over cent cents percent")
"""Words of comparing."""

NEGATIONS = words("not never no without nor neither hardly")

FINITE = "is|are|was|were|has|have|had|does|did|will|costs?"
"""Verbs that make a sentence of words, as a part of expressions."""

TAG = "(?:is|are|has|have|was|were|did|does|do|will)(?: not)? (?:it|they|that|this)(?: not)?"
"""A question that stands for another one, as an expression: "is it", "has it not"."""

ARRIVED = "came|arrived|turned up"
"""How people tell that something has come, as a part of expressions."""

_SUFFIXES = (
    ("ations", ""), ("ation", ""), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ies", ""),
    ("ied", ""), ("eds", ""), ("ed", ""), ("ions", ""), ("ion", ""), ("ates", ""), ("ate", ""),
)  # fmt: skip


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The word without its regular endings; equal for all regular forms of a word, not necessarily a word itself."""
    word = IRREGULAR.get(word, word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix, replacement in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= (5 if suffix.startswith("ion") else 3):
            word = word[: len(word) - len(suffix)] + replacement
            break
    return _trimmed(word)


def _trimmed(word: str) -> str:
    if len(word) > 5 and word.endswith("al"):
        word = word[:-2]
    if len(word) > 4 and word.endswith("at"):
        word = word[:-2]
    if len(word) > 3 and word.endswith(("e", "y")):
        word = word[:-1]
    return re.sub(r"([bdfglmnprst])\1$", r"\1", word)
