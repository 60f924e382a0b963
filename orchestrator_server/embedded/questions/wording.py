"""Words for people: short questions, and what can be done."""

import re
from collections.abc import Iterable, Mapping, Sequence

from orchestrator_server.catalogue import Intent, Parameter
from orchestrator_server.embedded.declared.name_parts import area_of
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.requests.asks import Ask
from orchestrator_server.embedded.words.english import HISSING
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.shapes import Kind, kind_of
from orchestrator_server.plan import Json, Reference
from orchestrator_server.wording import effect_words

_MOST = 6
_OWNER = lazy(
    r"\b(?:of )?the (?:customer|user|caller|member|patient|client|guest|reader|student|person)(?P<s>'s)?(?: own)?\b"
)


def question_for(parameters: Sequence[Parameter]) -> str:
    """One short question for what is missing."""
    first, *rest = [_question(parameter) for parameter in parameters]
    return " ".join([first, *(f"And {q[0].lower()}{q[1:]}" for q in rest)])


def doable(profile: Profile) -> str:
    """What an intent does, as something that can be offered: "close one open file"."""
    return _phrase(profile.intent)


def offered(intents: Iterable[Intent]) -> str:
    """What can be done at all, in one sentence."""
    phrases = list(dict.fromkeys(_phrase(intent) for intent in _spread(list(intents))[: 4 * _MOST]))
    if not phrases:
        return "At the moment there is nothing that I can do."
    if len(phrases) > _MOST:
        return f"I can, for example, {', '.join(phrases[:_MOST])} and more."
    last = f" or {phrases[-1]}" if len(phrases) > 1 else ""
    return f"I can, for example, {', '.join(phrases[:-1] if last else phrases)}{last}."


def act_of(ask: Ask) -> str:
    """What a request is about to do, with its values: "close file A-1042"."""
    return act_with(ask.profile, ask.filled.arguments)


def act_with(profile: Profile, arguments: Mapping[str, Json | Reference]) -> str:
    """What an intent does with these values, in its server's own words where everything is given."""
    given = {name: value for name, value in arguments.items() if not isinstance(value, Reference)}
    if profile.intent.approval_template and all(p.name in given for p in profile.required):
        return effect_words(profile.intent, given)
    phrase, rest = _named(profile, given)
    return f"{phrase} ({', '.join(rest)})" if rest else phrase


def _named(profile: Profile, given: Mapping[str, Json]) -> tuple[str, list[str]]:
    """The phrase with the id in the place of "one ...", and the values that found no place in it."""
    phrase, rest = _phrase(profile.intent), []
    for name, value in given.items():
        noun = name.removesuffix("_id").replace("_", " ")
        place = re.compile(rf"\b(?:one|an?|the) (?:\w+ )?{re.escape(noun)}\b")
        if name.endswith("_id") and place.search(phrase):
            phrase = place.sub(f"{noun} {value}", phrase, count=1)
        elif not isinstance(value, list):
            rest.append(str(value))
    return phrase, rest


def _spread(intents: list[Intent]) -> list[Intent]:
    """One of each area first, so that a short list shows the whole width."""
    seen: dict[tuple[str, ...], int] = {}
    places: list[tuple[int, int, Intent]] = []
    for number, intent in enumerate(intents):
        area = area_of(intent)
        seen[area] = seen.get(area, -1) + 1
        places.append((seen[area], number, intent))
    return [intent for _, _, intent in sorted(places, key=lambda place: place[:2])]


def _phrase(intent: Intent) -> str:
    """The description's first part, turned from what the server does to what can be asked for."""
    said = re.split(r"[:;.,]", intent.description, maxsplit=1)[0].strip()
    if not said:
        return intent.examples[0] if intent.examples else intent.name
    said = _OWNER.sub(lambda found: "your" if found["s"] else ("" if found[0].startswith("of") else "you"), said)
    first, _, rest = re.sub(r"\s+", " ", said).strip().partition(" ")
    rest = re.sub(r"\bone\b(?= (?:\w+ )?\w+$)", "an" if re.search(r"\bone [aeio]\w+$", rest) else "a", rest)
    rest = re.sub(r"^how many (.*) you has$", r"how many \1 you have", rest)
    verb = "tell you" if first.lower() == "tells" and not rest.startswith("you ") else _plain(first.lower())
    return f"{verb} {rest}".strip()


def _plain(verb: str) -> str:
    """The verb without its third person's ending."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    if verb.endswith(HISSING):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb


def _question(parameter: Parameter) -> str:
    example = f" (for example {parameter.example})" if parameter.example else ""
    if kind_of(parameter) is Kind.SHAPED and parameter.name.endswith("_id"):
        return f"Which {parameter.name.removesuffix('_id').replace('_', ' ')} do you mean?{example}"
    said = (parameter.description or parameter.name.replace("_", " ")).strip().rstrip(".?")
    if re.match(r"(?:how|which|what|when|where|who|why)\b", said, re.IGNORECASE):
        return f"{said.split(',')[0]}?{example}"
    said = _OWNER.sub(lambda found: "your" if found["s"] else "you", said)
    return f"What {'are' if parameter.is_repeated else 'is'} {said[0].lower()}{said[1:]}?{example}"
