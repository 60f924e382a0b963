"""One thing that was named and how many of it, with its name in the singular."""

import re
from dataclasses import dataclass

from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.values.naming import GLASSES
from orchestrator_server.embedded.words.english import ENDING_IN_IE, HISSING, PLURAL_ONLY, SINGULARS
from orchestrator_server.embedded.words.shapes import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A thing and how many; `count` is None where it was not said."""

    name: str
    count: int | None


def singular(name: str) -> str:
    """The name of one of them, where the plural is regular and the singular stands in it."""
    head = re.match(r"(.+?)( (?:of|with|for) .+)", name)
    if head:
        return singular(head[1]) + head[2]
    *before, last = name.lower().split(" ")
    if last == "glasses" and before and before[-1] not in GLASSES:
        return name[:-2]
    if last in SINGULARS:
        return name[: -len(last)] + SINGULARS[last]
    if last.endswith("ies") and last[:-1] not in ENDING_IN_IE and len(last) > 4:
        return name[:-3] + "y"
    if last in PLURAL_ONLY or not last.endswith("s") or last.endswith(("ss", "us", "is")) or len(last) < 4:
        return name
    return name[:-2] if last.endswith(HISSING) else name[:-1]


def pieces_of(profile: Profile | None) -> frozenset[str]:
    """What the intent calls the pieces that it counts: "2 copies of ..."."""
    names = {p.name for p in profile.required if profile.kinds[p.name] is Kind.NUMBER} if profile else set()
    singular_names = {f"{n[:-3]}y" if n.endswith("ies") else n.removesuffix("s") for n in names}
    return frozenset(names | singular_names)


def told_words(profile: Profile) -> frozenset[str]:
    """The stems by which the response tells states, dates and sums: "arrived", "the total" are names of no thing."""
    telling = [field for field in profile.fields if field.kind in ("timestamp", "enum", "money")]
    named = [name for field in telling for name in (*field.names, *(n for c in field.constants for n in c.names))]
    return frozenset(name.stems[0] for name in named if len(name.stems) == 1) - profile.nouns


def general_words(profile: Profile) -> frozenset[str]:
    """The stems by which the intent goes, and those of the lists in its response: "an article" names nothing yet."""
    listed = [field for field in profile.fields if field.elements]
    named = [*listed, *(element for field in listed for element in field.elements)]
    return profile.nouns | {s for field in named for name in field.names for s in name.stems}
