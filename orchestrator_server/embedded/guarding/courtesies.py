"""Talk for talk's sake: greetings, thanks and farewells in several languages, and questions about the assistant."""

import re
import unicodedata

from orchestrator_server.embedded.words.english import words
from orchestrator_server.embedded.words.patterns import lazy

_SAID = words(
    """
    hi hello hey heya hiya yo howdy greetings morning afternoon evening night thanks thank thx ty cheers bye goodbye
    byebye cya later ciao ok okay k kk cool great nice perfect awesome lovely wonderful brilliant lol haha hahaha wow
    hmm sorry please yes no yep good day there again so much very a lot all well done bot job everyone guys team folks
    you are to your the and for that is was it this i am just what wonderful excellent super fantastic amazing help
    helpful kind sweet appreciate appreciated needed wanted have weekend everything clear got understood alright right
    hola buenas buenos dias tardes noches gracias muchas que tal todo por ahi adios como estas bonjour bonsoir salut
    merci beaucoup bonne journee soiree au revoir vous hallo guten tag morgen abend danke schon vielen dank tschuss
    servus gruss moin bitte hoi dank je wel goedemorgen doei ola obrigado obrigada bom dia boa tarde noite tchau
    buongiorno buonasera grazie mille arrivederci salve prego hej hei tack tak takk dzien dobry dziekuje czesc ahoj
    dekuji merhaba tesekkurler selam namaste shukriya privet spasibo zdravstvujte aloha shalom salam arigato konnichiwa
    a la el le de et y e q und ist geht wie es ca va coucou
    """
)
_FOREIGN = lazy(
    r"привет|здравствуй|спасибо|добрый (?:день|вечер)|до свидания|дякую|привіт|你好|您好|谢谢|再见|안녕|감사"
    r"|こんにちは|ありがとう|こんばんは|مرحبا|شكرا|السلام عليكم|नमस्ते|धन्यवाद|שלום|תודה|γεια|ευχαριστώ"
)
_TALK = lazy(
    r"\b(?:how are you|how (?:is|are) (?:it|things|you|your (?:day|morning|evening|week))"
    r" ?(?:going|doing|today)?|who are you|what are you\W*$"
    r"|what is your name|do you have a name|are you (?:a |an |actually |really |even )*(?:actual "
    r"|real )?(?:human|robot|bot|real"
    r"|ai|person|there|alive|machine|sentient|single|married|ok|okay|happy)|(?:am i|is this) (?:talking"
    r"|speaking|chatting|a bot)"
    r"|another bot|(?:any|some)(?:one|body) there|what can you do|what do you do|how can you help|joke"
    r"|make me (?:laugh|smile)|nice to meet"
    r"|how is it going"
    r"|what is up|i love you|marry me|you are (?:\w+ )?(?:great|awesome|stupid|useless|nice|funny|helpful"
    r"|the best|dumb|smart"
    r"|an idiot|annoying|cute|sweet)|have a (?:nice|good|great|lovely)|i am bored|bored (?:on|at|in)"
    r"|sing (?:me )?a song"
    r"|that(?: i|'?s)s? all i needed|that is all|talk to me|tell me something (?:funny|nice)|just (?:chatting"
    r"|saying hi)"
    r"|good (?:bot|job)|well done|happy (?:birthday|new year|easter|holidays)|merry christmas)\b"
)
_POLITE = lazy(
    r"\b(?:thanks?|thank you|thx|ty|cheers|bye|goodbye|see you|hello|hi|hey|sorry|lovely|perfect|great|nice one"
    r"|brilliant"
    r"|nothing else|that is (?:it|all)|no worries|appreciate[ds]?|have a (?:good|nice|lovely))\b"
)


def is_polite(norms: str) -> bool:
    """Is there a word of thanks, greeting or farewell, beside whatever else is said?"""
    return _POLITE.search(norms) is not None


def is_courteous(norms: str) -> bool:
    """Is this talk for talk's sake?"""
    if _TALK.search(norms) or _FOREIGN.search(norms):
        return True
    said = re.findall(r"[^\W\d_]+", _plain(norms))
    return (
        bool(said) and not re.search(r"\d|<v>", norms) and all(word in _SAID or _short(word) in _SAID for word in said)
    )


def _plain(text: str) -> str:
    """The letters without their accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _short(word: str) -> str:
    """The word without letters that are drawn out: "heyyy", "thaaanks"."""
    return re.sub(r"(.)\1+", r"\1", word)
