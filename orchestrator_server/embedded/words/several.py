"""Several values that are named in one breath ("A-1, A-2 and A-3 were ..."): the same is said of them as of one."""

from orchestrator_server.embedded.words.patterns import lazy

_SEVERAL = lazy(r"<v>(?: (?:and|or|plus|,|/|&|both|also))*(?: <v>)+(?: (?:both|all))?")


def as_one(text: str) -> str:
    """The normalised words with one value for several, so that expressions meet one kind of subject."""
    if text.count("<v>") < 2:
        return text
    while (one := _SEVERAL.sub("<v>", text)) != text:
        text = one
    return text
