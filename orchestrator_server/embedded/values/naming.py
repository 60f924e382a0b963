"""General English around the names of things: what stands before a name, what ends it, what is no name at all."""

from orchestrator_server.embedded.words.english import WEEKDAYS, words

ARTICLES = frozenset(["a", "an", "one", "another", "single"])
"""What counts one."""
DETERMINERS = ARTICLES | words("the my our your this that these those his her their its both another ya me us")
FEW = words("some few several many more any various couple lot lots bunch")
"""What counts nothing in particular, so that the number is asked for."""
COUNTING = words(
    "x times copy copies piece pieces pcs pc pce unit units qty quantity pair pairs of new just only exactly about each"
)
PAIRS = frozenset(["pair", "pairs"])
VAGUE = words(
    """
    whatever whichever something anything everything nothing sth smth smthg stuff thing things one ones article
    articles piece pieces
    object objects goods it them some all rest lot bit few none half everything whole lots others same other another use
    place town number time way case pack packs replacement replacements
    """
)
"""What names nothing by itself."""
LEADING_AWAY = words(
    """
    from in on to at by as within under using instead because since while if unless when which that who where until
    before after than so but or then due cause bc via per for into onto about although though asap please
    """
)
"""What ends a name wherever it stands."""
JOINING = frozenset(["and", "then", ",", "plus", "&", "also", "or", "+", ";", "n", "/", "nor"])
BINDING = frozenset(["of", "with"])
"""What may stand within a name ("box of pens")."""
TRAILING = words(
    """
    back again today tomorrow tonight now asap please thanks thank online urgently yesterday soon quick quickly too also
    instead lol haha hehe lmao thx ty mate bro guys guy cheers over away off up out directly straight for first next sir
    madam xx xoxo anyway right ok okay immediately pronto rn btw tho though here there as well sent aside
    """
)
"""What follows a name and is no part of it."""
SWEARING = words(
    "bloody damn goddamn damned fucking freaking stupid fricking flipping effing blasted wretched crappy shitty"
)
FAULTY = words("wrong broken damaged defective faulty busted")
"""What is the matter with a thing, before its name."""
FOUND_WITH = words(
    """
    smells smelled smelt looks looked feels felt seems works worked leaks leaked fits fitted makes made keeps kept comes
    came goes went broke breaks broken arrived arrives turned stopped stinks tastes burned burnt sparked exploded fell
    falls died does doesn has had have is was are were isn wasn aren weren hasn don didn won can cannot could would will
    should must need needs needed want wants started starts got gets sits hurts squeaks wobbles rattles flickers lacks
    melted shrank ripped tore cracked snapped bends bent heats shows showed seem smell look feel fit leak stink break
    keep fall ripped goes isnt wasnt dont doesnt didnt arent werent wont turns breaking falling leaking 's
    """
)
"""What people say of a thing that is named before: where the name of a subject ends."""
IS_SAID = words("too so very really way much far not just only broken gone been got wrong the a all still already")
"""Behind these `'s` means `is`, and the name is over ("the key's too short")."""
NEVER_HEADS = WEEKDAYS | words(
    """
    hour hours day days week weeks month months year years time times minute minutes morning evening afternoon night
    weekend question problem problems issue issues help favour favor moment mistake reason reasons way idea size sizes
    colour color colours colors reimbursement compensation restitution rebate explanation confirmation appointment
    discount voucher manager agent operator human representative assistant supervisor person adviser advisor job quote
    answer reply response callback chat meeting apology credit loan extension money price euro euros dollar dollars
    pounds chance wish request quality amount total percent people persons regard regards greetings wishes sincerely
    photo photos screenshot screenshots link links reminder reminders notification notifications updates quotes answers
    reasons technician driver drivers courier couriers confirmations
    label slip form policy process procedure code codes password passwords passcode login reset coupon
    status instructions
    window period postage deadline rules terms conditions
    """
)
"""General nouns that, at the end of a phrase, make it no thing that is got or given back ("the wrong size")."""
NOT_THINGS = NEVER_HEADS | words(
    """
    plan birthday present list message mail email site website app button link page hello name house home office place
    city country hand look mind
    """
)
"""General nouns that name no thing alone."""
MEASURES = words(
    "kg g mg l ml cl cm mm m km kilo kilos gram grams litre litres liter liters metre metres meter meters oz lb lbs"
)
"""Units that make a number a part of the name ("1 kg coffee beans")."""
UNITS = MEASURES | words(
    """
    pack packs piece pieces pc pcs times x unit units set sets pair pairs watt watts volt volts amp amps inch inches
    size sizes seater person people litre foot feet ply layer layers gb mb tb degree degrees percent
    """
)
"""What makes a number behind a name a part of it ("batteries 4 pack")."""
HAVING = frozenset(["need", "want", "of", "got", "bought", "received", "like", "get"])
"""How people say what they need or have, before its name."""
BEFORE_OBJECT = frozenset(
    [
        "from",
        "in",
        "on",
        "at",
        "for",
        "to",
        "as",
        "with",
        "by",
        "about",
        "of",
        "than",
        "like",
        "except",
        "excluding",
        "without",
        "not",
        "besides",
        "but",
    ]
)
"""Words with which a name hangs on something else, and is not what is asked for."""
OBJECT_AHEAD = words("a an the my some another this these")
"""Determiners with which the object of a request begins."""
OF_OBJECTS = frozenset(["the", "my", "our", "her", "his", "their", "it", "them", "me", "us"])
"""Words with which the object of a verb begins."""
BEFORE_NOUN = words("my the this that an a your our of in from for on new")
"""Words behind which a verb is a noun ("my post")."""
GLASSES = frozenset(["reading", "safety", "swimming", "sun", "protective", "3d", "prescription"])
"""What makes glasses a pair that is worn."""
