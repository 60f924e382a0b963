"""Takes English words apart into what is said (a root) and how it is bent (`cancelled`: `cancel` and `ed`)."""

from collections.abc import Collection
from dataclasses import dataclass

_IRREGULAR = {
    "bought": "buy ed", "sent": "send ed", "left": "leave ed", "went": "go ed", "gone": "go ed", "goes": "go s",
    "told": "tell ed", "made": "make ed", "found": "find ed", "took": "take ed", "taken": "take ed",
    "came": "come ed", "brought": "bring ed", "paid": "pay ed", "kept": "keep ed", "lost": "lose ed",
    "gave": "give ed", "given": "give ed", "saw": "see ed", "seen": "see ed", "knew": "know ed", "known": "know ed",
    "wrote": "write ed", "written": "write ed", "held": "hold ed", "chose": "choose ed", "chosen": "choose ed",
    "broke": "break ed", "broken": "break ed", "said": "say ed", "sold": "sell ed", "shown": "show ed",
    "began": "begin ed", "begun": "begin ed", "spent": "spend ed", "met": "meet ed", "felt": "feel ed",
    "delivery": "deliver y", "deliveries": "deliver ies", "subscription": "subscribe ation",
    "subscriptions": "subscribe ations",
}  # fmt: skip
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A word taken apart. `root` is shared by all its forms and need not be a word itself."""

    root: str
    ending: str = ""
    prefix: str = ""

    def of(self, stem: str) -> str:
        """The same form of another word, bent by the rules: `stem` ends in two consonants."""
        return self.prefix + stem + self.ending


def form_of(word: str, roots: Collection[str] = ()) -> Form:
    """The form that a small word is. With `roots`, words derived from one of them are seen through too."""
    form = _inflected(word)
    return form if form.root in roots else _derived(word, form, roots) or form


def _inflected(word: str) -> Form:
    if word in _IRREGULAR:
        base, ending = _IRREGULAR[word].split()
        return Form(root=_root(base), ending=ending)
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return Form(root=_root(word[:-3] + "y"), ending="s" if word[-1] == "s" else "ed")
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return Form(root=_root(word[:-2]), ending="s")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return Form(root=_root(word[:-1]), ending="s")
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1 and _VOWELS & set(stem) and not word.endswith("eed"):
            return Form(root=_root(stem), ending=ending)
    return Form(root=_root(word))


def _derived(word: str, form: Form, roots: Collection[str]) -> Form | None:
    """`cancellation` of `cancel`, `shipment` of `ship`, `unsubscribe` of `subscribe`."""
    plural = "s" if form.ending == "s" else ""
    single = word.removesuffix("s") if plural else word
    for suffix, kept, least in (("ation", "ation", 4), ("ion", "ation", 5), ("ment", "ment", 3), ("ship", "ship", 4)):
        stem = single.removesuffix(suffix)
        if stem != single and len(stem) >= least and _root(stem) in roots:
            return Form(root=_root(stem), ending=kept + plural)
    rest = _inflected(word[2:]) if word.startswith("un") and len(word) > 5 else None
    return Form(root=rest.root, ending=rest.ending, prefix="un") if rest and rest.root in roots else None


def _root(stem: str) -> str:
    """What all forms of a word share: `plac` of place, placed, placing; `cancel` of cancelled."""
    root = stem[:-1] if stem.endswith("e") and len(stem) > 2 else stem
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in _VOWELS:
        root = root[:-1]
    return root[:-1] + "i" if root.endswith("y") and len(root) > 2 else root
