"""Lists as they are typed: each item in a line of its own without its marker, or side by side behind a condition."""

import re

from orchestrator_server.embedded.words.patterns import lazy

_MARKER = r"(?:\(?\d{1,2}[.)]|[-*•>]|[a-e]\))\s+"
"""What stands before an item."""
_MARKED = lazy(rf"(?m)^\s*{_MARKER}")
_IN_LINE = tuple(
    lazy(rf"(?:^|(?<=[\s:;,.])){one}\s+(?=\S.*[\s;,.]{two}\s)|(?<=[\s;,.]){two}\s+(?=\S)|(?<=[\s;,.]){three}\s+(?=\S)")
    for one, two, three in (
        (r"\(?1[.)]", r"\(?2[.)]", r"\(?[3-9][.)]"),
        (r"\(?a\)", r"\(?b\)", r"\(?[c-h]\)"),
        (r"\(?i\)", r"\(?ii\)", r"\(?(?:iii|iv|v)\)"),
    )
)
"""The same in one line: "1) ... 2) ..."."""
_IN_A_CASE = lazy(
    r"(?i)(?P<case>(?:^|[.!?\n,]\s*)(?:and |but |so )?(?:if|when|unless|in case|provided)\b[^.?!:\n]*?)"
    r"(?:,?\s*(?:then )?(?:please |pls )?(?:do|you (?:can|may)|i (?:want|need|would like)(?: you to)?(?: do)?)"
    r"(?: both of)?(?: the following| these(?: \w+)?| this| both| all of this)?)?"
    rf"(?:,?\s*then)?\s*:\s*\n(?P<items>(?:\s*{_MARKER}[^\n]+(?:\n|$))+)"
)
"""A list of what is to be done in one case."""
_BETWEEN = lazy(rf"[\s.;,]*(?:\n\s*|^\s*){_MARKER}")


def listed(text: str) -> str:
    """The text with each item of a list in a line of its own; those for one case one behind the other."""
    for marker in _IN_LINE:
        found = marker.search(text)
        if found is not None and re.match(r"\(?[1ai][.)]", found.group().strip()):
            text = marker.sub("\n- ", text)
    return _MARKED.sub("", _IN_A_CASE.sub(_side_by_side, text)).strip()


def _side_by_side(found: re.Match[str]) -> str:
    items = _BETWEEN.sub(" and ", "\n" + found["items"].rstrip()).removeprefix(" and ")
    return f"{found['case']}, {items}\n"
