"""The words that servers declare, in texts and in names: what a planner may know of a trade."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from google.protobuf.descriptor_pb2 import FileDescriptorProto

from evaluation.contract_texts import change_texts, names_of
from evaluation.function_words import FORMULAS, FUNCTION_WORDS

TAG = re.compile(r"(\{\{[^}]*\}\})")
_TECHNICAL = frozenset({"llm", "orchestrator", "unspecified", "id", "at"})
"""Parts of names that are a convention of contracts and say nothing of a trade."""
_ENDINGS = ("Request", "Response", "Service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Words in small letters, and the names that stand in contracts."""

    words: frozenset[str]
    names: frozenset[str]


def declared_in(files: Iterable[FileDescriptorProto]) -> Declared:
    """Everything that `files` declare."""
    texts: list[str] = []
    names: set[str] = set()
    for file in files:
        names.update(names_of(file))
        change_texts(FileDescriptorProto.FromString(file.SerializeToString()), _Notes(texts))
    said = [word for text in texts for word in _words(text)]
    said += [part.lower() for name in names for part in parts(_told(name))]
    return Declared(words=frozenset(filter(is_of_a_trade, said)), names=frozenset(names))


def is_of_a_trade(word: str) -> bool:
    """Has this small word a meaning that not every trade shares?"""
    return len(word) > 1 and word.isalpha() and word not in FUNCTION_WORDS and word not in _TECHNICAL


def _told(name: str) -> str:
    """A name without what every message or service of its kind ends in."""
    return next((name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending)), name)


def parts(name: str) -> list[str]:
    """The words of a name with what stands between: `ListOrders`, `order_id`, `ORDER_STATUS_PENDING`."""
    return re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^A-Za-z]+", name)


def _words(text: str) -> Iterator[str]:
    plain = TAG.sub(" ", text).lower().replace("e-mail", "email")
    yield from re.findall(r"(?<![\w'-])[a-z]{2,}(?!\w|-\d|'t)", plain)


@dataclass(frozen=True, slots=True, kw_only=False)
class _Notes:
    """Changes nothing and keeps every text."""

    texts: list[str]

    def text(self, text: str, values: Iterable[str] = ()) -> str:
        plain = re.sub(rf"\b(?:{FORMULAS})\b", " ", text, flags=re.IGNORECASE)
        for value in values:
            plain = re.sub(re.escape(value), " ", plain, flags=re.IGNORECASE)
        self.texts.append(plain)
        return text

    template = text
