"""The words that renaming leaves alone: closed lists of what belongs to English and to no trade.

Made for the test on purpose and apart from what any planner knows. Nouns, verbs and adjectives with a meaning of their
own are never in it: `show`, `tell`, `cancel`, `change`, `send`, `find`, `stop`, `new` are renamed like the rest.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS = _words(
    """a an the this that these those my your our his her its their some any no every each all both either neither such
    another other others same own much many more most few fewer fewest less least lot lots several enough half"""
)
PRONOUNS = _words(
    """i me mine myself you u ya yours ur yourself yourselves we us ours ourselves he him himself she hers herself it
    itself they them em theirs themselves one ones oneself someone somebody something anyone anybody anything
    everyone everybody everything nobody nothing none thing things stuff each other who whom whose which what
    whatever whichever"""
)
AUXILIARIES = _words(
    """am is are was were be been being do does did done doing have has had having get gets getting got gotten
    will would shall should can could may might must ought need needs needed want wants wanted wanna wish like gonna
    going gotta let lets used supposed able"""
)
"""With the half-auxiliaries of wish, need and future, and `get`: `I have got to`, `get it done`, `it gets opened`."""
CONTRACTIONS = _words(
    """im ive id ill youre youve youll hes shes its were weve theyre theyve theyll thats theres heres whats wheres
    whens hows whos dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt shouldnt cant cannot
    couldnt mustnt neednt aint lemme gimme dunno kinda sorta innit"""
)
PREPOSITIONS = _words(
    """of in on at by to from for with without about into onto over under above below between among through throughout
    during per via within against across along around after before behind beside besides beyond despite except
    including inside near outside past since till until towards toward upon versus than as n"""
)
PARTICLES = _words("up down off out away back forth together apart on in here there anywhere somewhere elsewhere")
CONJUNCTIONS = _words(
    """and or but nor so yet if unless whether because cause cos coz while whilst whereas although though once
    otherwise else provided providing case assuming as then therefore however instead rather either plus"""
)
ADVERBS = _words(
    """not never ever always often sometimes still already just only even also too very really quite pretty almost
    nearly maybe perhaps actually anyway anymore any again now soon later sooner earlier early late latest lately
    recently meanwhile currently ago far long last next previous first then yes yeah yep no nope nah well right asap
    immediately quickly likely simply exactly roughly approximately altogether apart indeed"""
)
QUESTIONS = _words("how when where why what who which whose whom wherever whenever however")
COMPARATIVES = _words(
    """more less fewer most least better best worse worst older oldest newer newest younger youngest longer longest
    shorter shortest bigger biggest larger largest smaller smallest higher highest lower lowest cheaper cheapest
    greater greatest later latest earlier earliest sooner soonest further furthest nearer nearest closer closest"""
)
POLITENESS = _words(
    """please pls plz plss kindly thanks thank thx ty cheers sorry hi hiya hello hey heya dear sir madam good morning
    afternoon evening night bye goodbye welcome ok okay oke kay alright oh um uh hmm ugh lol lmao haha yours
    sincerely regards btw"""
)
INTERJECTIONS = _words("wait oops whoops nevermind")
NUMBERS = _words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands
    million first second third fourth fifth sixth seventh eighth ninth tenth last former latter once twice dozen
    dozens couple pair half quarter"""
)
UNITS = _words(
    """second seconds minute minutes min mins hour hours hr hrs day days week weeks fortnight fortnights month months
    year years euro euros eur cent cents dollar dollars buck bucks pound pounds quid franc francs usd gbp chf
    percent kilo kilos kg gram grams metre metres meter meters cm mm km litre litres inch inches piece pieces"""
)
CALENDAR = _words(
    """today tonight tomorrow yesterday date dates time times monday tuesday wednesday thursday friday saturday sunday
    mon tue tues wed thu thur thurs fri sat sun weekend weekends weekday weekdays january february march april june
    july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec christmas
    easter xmas noon midnight"""
)

FUNCTION_WORDS = (
    DETERMINERS
    | PRONOUNS
    | AUXILIARIES
    | CONTRACTIONS
    | PREPOSITIONS
    | PARTICLES
    | CONJUNCTIONS
    | ADVERBS
    | QUESTIONS
    | COMPARATIVES
    | POLITENESS
    | INTERJECTIONS
    | NUMBERS
    | UNITS
    | CALENDAR
)

FORMULAS = (
    r"never ?mind|chang(?:e|ed|ing) my mind|on second thoughts?|hang on|hold on|go ahead|for example|by the way"
    r"|at the moment|i mean|i meant|by mistake|my mistake|make sure|no (?:problem|worries|matter)|as soon as possible"
    r"|(?:leave|keep|forget) (?:it|that|this|them|everything)"
    r"|a hand|(?:take|have) a look|either way"
)
"""Phrases that say something to the listener and not of a trade: taking back, passing over, asking for `a hand`."""
