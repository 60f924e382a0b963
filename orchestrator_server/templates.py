"""Sentences from the templates that servers declare. Templates are data: no partials, no code, bounded output.

What Mustache cannot know is worked out around it. Values go in with marks (private-use characters, which no value can
hold): a date so that it suits the word before it, a number so that one thing is not called many, the last element of a
list that was cut so that it says how many more there are. Then the marks are resolved and loose commas are mended.
"""

import re
from collections.abc import Mapping
from itertools import count
from typing import Any

import pystache
from pystache.parser import ParsingError

from orchestrator_server.english_forms import is_participle, is_plural, listed, plural, singular
from orchestrator_server.moments import Moment, Span
from orchestrator_server.plain_text import inserted

MAX_LENGTH = 8_000
MOST_ELEMENTS = 20

_DATE = re.compile(r"(?:\b(?P<before>[^\W\d_]+) +)?\ue000(?P<near>[^\ue001]*)\ue001(?P<far>[^\ue002]*)\ue002")
_ONE = re.compile(r"\ue0101\ue011(?P<noun>\w+)\ue012(?P<rest>(?:[^\S\n]+\w+){0,3}?[^\S\n]+)(?P=noun)\b")
_MORE = re.compile(r"\ue020(?P<list>\d+):(?P<more>\d+)(?P<is_outer>[01])\ue021")
_COUNTED = re.compile(r"(?<![\w.,])(?P<number>\d[\d,.]*)(?P<between>(?: [\w-]+){0,2} )(?P<noun>[\w-]+)\(e?s\)")
_ON = frozenset(["on", "at"])
_BEFORE_DATES = frozenset(
    ["since", "by", "until", "till", "before", "after", "of", "from", "to", "for", "than", "as", "through"]
)


def rendered(template: str, values: Mapping[str, Any]) -> str:
    """What the template makes of `values` formatted for people; empty where it makes nothing, or is broken."""
    if not template:
        return ""
    try:
        text = _Renderer(escape=_as_it_is, partials={}, missing_tags="ignore").render(template, _marked(values))
    except (ParsingError, RecursionError, ValueError, TypeError, LookupError, AttributeError):
        return ""
    return "" if "{{" in text and "{{" not in str(values) else tidy(_resolved(text))[:MAX_LENGTH]


def tidy(text: str) -> str:
    """Mends what empty values leave behind: commas before other marks, empty brackets, doubled and loose spaces."""
    text = re.sub(r"\([ ,;]*\)", "", text)
    text = re.sub(r"\([ ,;]+", "(", text)
    text = re.sub(r"[ \t]*,(?:[ \t]*,)+", ",", text)
    text = re.sub(r",[ \t]*(?=[.:;!?)]|$)", "", text, flags=re.MULTILINE)
    text = re.sub(r"[ \t]+(?=[,;:!?)]|\.(?!\w))", "", text)
    text = re.sub(r"“{2,}", "“", re.sub(r"”{2,}", "”", text))
    return re.sub(r"[ \t]+$", "", re.sub(r"[ \t]{2,}", " ", text), flags=re.MULTILINE).strip()


class _Renderer(pystache.Renderer):  # type: ignore[misc]  # the package ships no types
    def str_coerce(self, val: Any) -> str:
        if isinstance(val, list | dict):
            parts = [self.str_coerce(part) for part in (val.values() if isinstance(val, dict) else val)]
            return ", ".join(parts) if _MORE.search("".join(parts[-1:])) else listed(parts)
        return ("yes" if val else "no") if isinstance(val, bool) else str(val)


def _as_it_is(text: str) -> str:
    return text


def _marked(values: Mapping[str, Any]) -> dict[str, Any]:
    numbers = count()

    def mark(name: str, value: Any, depth: int) -> Any:
        if isinstance(value, Mapping):
            return {str(key): mark(str(key), part, depth + 1) for key, part in value.items()}
        if isinstance(value, list | tuple):
            kept = [mark(name, part, depth + 1) for part in value[:MOST_ELEMENTS]]
            more, is_outer = len(value) - MOST_ELEMENTS, int(depth <= 1)
            return (
                [*kept[:-1], _ending(kept[-1], f"\ue020{next(numbers)}:{more}{is_outer}\ue021")] if more > 0 else kept
            )
        return _marked_value(name, value)

    return {str(name): mark(str(name), value, 0) for name, value in values.items()}


def _marked_value(name: str, value: Any) -> Any:
    if isinstance(value, Moment):
        return f"\ue000{value.said.removeprefix('on ')}\ue001{value}\ue002"
    if isinstance(value, Span):
        return value.said
    if not isinstance(value, str):
        return value
    nouns = [word for word in name.split("_") if is_plural(word)]
    return f"\ue0101\ue011{nouns[0]}\ue012" if value == "1" and nouns else inserted(value)


def _ending(value: Any, mark: str) -> Any:
    """The value with `mark` behind every text in it; where several of them are shown, the last one counts."""
    if isinstance(value, dict):
        return {name: _ending(part, mark) for name, part in value.items()}
    if isinstance(value, list):
        return [*value[:-1], *(_ending(part, mark) for part in value[-1:])]
    return f"{value}{mark}" if isinstance(value, str) and value else value


def _resolved(text: str) -> str:
    text = _ONE.sub(_one, _more(_DATE.sub(_date, text)))
    text = re.sub("\ue0101\ue011\\w+\ue012", "1", text)
    return re.sub("[\ue000-\uf8ff]", "", _COUNTED.sub(_counted, text))


def _date(found: re.Match[str]) -> str:
    """`placed on 5 March`, `placed yesterday`, `since 5 March`, `of 5 March`."""
    before, near, far = found["before"], found["near"], found["far"]
    if before is None:
        return near
    if before.lower() in _BEFORE_DATES:
        return f"{before} {far}"
    takes_on = before.lower() in _ON or is_participle(before.lower())
    said = f"on {far}" if takes_on and near == far and far[:1].isdigit() else near
    return said if before.lower() in _ON else f"{before} {said}"


def _one(found: re.Match[str]) -> str:
    """`1 loyalty points` → `1 loyalty point`, where the field is called so."""
    return f"1{found['rest']}{singular(found['noun'])}"


def _counted(found: re.Match[str]) -> str:
    """`1 copy(s)` and `3 book(s)`, as templates may write it."""
    noun = found["noun"] if found["number"] == "1" else plural(found["noun"])
    return f"{found['number']}{found['between']}{noun}"


def _more(text: str) -> str:
    """Says once, behind the last element that is shown, how many were left out: in the line, or in one of its own."""
    last = {found["list"]: found for found in _MORE.finditer(text)}
    for found in sorted(last.values(), key=lambda one: one.start(), reverse=True):
        said = f"{int(found['more']):,} more"
        end = text.find("\n", found.end())
        if found["is_outer"] == "1" and "\n" in text:
            at = end if end >= 0 else len(text)
            text = f"{text[:at].rstrip()}\n… and {said}{text[at:]}"
        else:
            text = f"{text[: found.end()]} and {said}{text[found.end() :]}"
    return _MORE.sub("", text)
