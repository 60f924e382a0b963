"""Requests whose object stands in the clause before: "the number is old, please change it"."""

from collections.abc import Sequence
from dataclasses import replace

from orchestrator_server.embedded.declared.features import CHANGING_STEMS, SHOWING_STEMS, is_content
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import verb_at
from orchestrator_server.embedded.message import Message
from orchestrator_server.embedded.requests.choices import Choice, Verdict
from orchestrator_server.embedded.requests.choosing import choose, tells
from orchestrator_server.embedded.requests.evidence import TOLD
from orchestrator_server.embedded.requests.foreign import is_foreign
from orchestrator_server.embedded.requests.matching import MARGIN, STRONG, rank
from orchestrator_server.embedded.requests.moods import ASKING, Mood, mood_of
from orchestrator_server.embedded.requests.objects import names_something_else
from orchestrator_server.embedded.requests.that_thing import about_that_thing
from orchestrator_server.embedded.values.slots import pointed_shapes
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

_OBJECT = lazy(
    r"\b(?:it|that|this|them|these|those|one)\b"
    r"|\bhow (?:many|much)(?: (?:(?:do )?(?:i|we) (?:have|got)|have (?:i|we)(?: got)?))?(?: (?:now|already"
    r"|by now|so far|left))?(?: \?)?$"
    r"|\bhow (?:many|much) (?:are|is) (?:there|they|those|it|(?:on|in) (?:there|it))(?: (?:now|already|so far"
    r"|left))?(?: \?)?$"
)


def resolved(
    message: Message, tokens: tuple[Token, ...], before: tuple[Token, ...]
) -> tuple[Choice, tuple[Token, ...]]:
    """What a clause asks for, with the clause before it where only that says what a pronoun stands for."""
    choice = choose(message.index, tokens, pointed_shapes(message, tokens))
    if (pointed := about_that_thing(message, choice, tokens)) is not None:
        return pointed
    if choice.verdict is Verdict.NOTHING and (named := _named(message, tokens, before)):
        meant = choose(message.index, named)
        if meant.verdict is Verdict.CHOSEN and meant.best.likeness >= TOLD and _goes_on(message, meant, named, before):
            return meant, named
    if (shown := _handed(message, choice, tokens, before)) is not None:
        return shown, (*before, *tokens)
    mood = mood_of(tokens)
    if mood is Mood.STATEMENT and any(t.shape and t.shape not in message.index.ids for t in tokens):
        mood = Mood.WISH
    head = head_at(tokens)
    is_bound = not before or mood_of(before) is Mood.REFUSAL
    if head is None or is_bound or mood not in ASKING or not _lacks_object(message, tokens[head:]):
        return choice, tokens
    both = (*before, *tokens)
    is_open = not tells(message.index, message.index.features(tokens)) or _has_verb(message, tokens)
    if choice.verdict in (Verdict.NOTHING, Verdict.WONDERED) and (is_open or mood is not mood_of(tokens)):
        found = choose(message.index, both, pointed_shapes(message, both), mood)
        is_meant = found.verdict is Verdict.CHOSEN and _is_its_verb(found.best.profile, tokens, mood, message)
        is_meant = is_meant and not _is_of_something_else(message, found, tokens)
        return (found, both) if is_meant else (choice, tokens)
    if choice.verdict is Verdict.UNSURE or (
        choice.verdict is Verdict.CHOSEN
        and choice.best.profile.intent.has_effect
        and (_is_close(message, choice, tokens) or _only_sets(message, tokens))
    ):
        return _between(message, choice, tokens, both), tokens
    return choice, tokens


def _named(message: Message, tokens: tuple[Token, ...], before: tuple[Token, ...]) -> tuple[Token, ...]:
    """With the one id of the clause before, or of the message, in place of `it`; empty where there is none."""
    ids = {t.value: t for t in before if t.shape in message.index.ids}
    ids = ids or {t.value: t for t in message.tokens if t.shape in message.index.ids}
    at = next((at for at, token in enumerate(tokens) if token.norm == "it" or _is_inside(tokens, at)), None)
    if at is None or len(ids) != 1 or any(token.shape for token in tokens):
        return ()
    inner = (replace(tokens[at], norm="in", stem="in"),) if tokens[at].norm == "inside" else ()
    return (*tokens[:at], *inner, next(iter(ids.values())), *tokens[at + 1 :])


def _is_inside(tokens: Sequence[Token], at: int) -> bool:
    """Does "in there" stand for what is in the thing?"""
    before, word = tokens[at - 1].norm if at else "", tokens[at].norm
    is_last = all(token.is_mark for token in tokens[at + 1 :])
    return (word == "there" and before in ("in", "inside")) or (word == "inside" and is_last)


def _handed(message: Message, choice: Choice, tokens: tuple[Token, ...], before: tuple[Token, ...]) -> Choice | None:
    """The read of which the clause before spoke, where no more is asked than to hand it over ("please send it")."""
    is_effect = choice.verdict is Verdict.CHOSEN and choice.best.profile.intent.has_effect
    if not before or not (is_effect or choice.verdict is Verdict.NOTHING):
        return None
    content = [token for token in tokens if (is_content(token) and not token.norm.endswith("ly")) or token.shape]
    if len(content) != 1 or content[0].stem not in SHOWING_STEMS or not _OBJECT.search(norms(tokens)):
        return None
    first = next(iter(rank(message.index, before, Mood.WISH, pointed_shapes(message, before))), None)
    is_read = first is not None and first.score >= STRONG and not first.profile.intent.has_effect
    return Choice(verdict=Verdict.CHOSEN, matches=(first,)) if first is not None and is_read else None


def _goes_on(message: Message, meant: Choice, named: Sequence[Token], before: tuple[Token, ...]) -> bool:
    """Is it a question about the one thing, or says that an effect is wanted that was wondered about just now?"""
    if not meant.best.profile.intent.has_effect:
        is_named_alone = not before or mood_of(before) in (Mood.REFUSAL, Mood.STORY)
        is_named_alone = is_named_alone or choose(message.index, before).verdict is Verdict.DECLINED
        return mood_of(named) is Mood.QUESTION or (is_named_alone and mood_of(named) is Mood.WISH)
    wondered = choose(message.index, before) if before else None
    return wondered is not None and wondered.verdict is Verdict.WONDERED and wondered.best.profile is meant.best.profile


def _is_its_verb(profile: Profile, tokens: Sequence[Token], mood: Mood, message: Message) -> bool:
    """May this clause ask for the intent: a read in any words, an effect with its verb or with the value it sets?"""
    has_value = any(token.shape and token.shape not in message.index.ids for token in tokens)
    if not profile.intent.has_effect:
        return not is_foreign(message.index, tokens)
    return has_value or verb_at(profile, tokens) is not None


def _is_of_something_else(message: Message, found: Choice, tokens: Sequence[Token]) -> bool:
    """Would an effect upon the thing before be about what the words name themselves ("bin that magazine")?"""
    profile = found.best.profile
    is_of_a_thing = profile.intent.has_effect and bool(profile.needed & message.index.ids)
    return is_of_a_thing and names_something_else(profile, tokens, message.index)


def _is_close(message: Message, choice: Choice, tokens: Sequence[Token]) -> bool:
    """Do two effects fit nearly as well, so that the clause before may tell which is meant?"""
    ranked = [m for m in rank(message.index, tokens, Mood.WISH)[:4] if m.profile.intent.has_effect]
    if ranked and ranked[0].profile is not choice.best.profile:
        return True
    return len(ranked) > 1 and ranked[0].score - ranked[1].score < 3 * MARGIN


def _only_sets(message: Message, tokens: Sequence[Token]) -> bool:
    """Is only a new value given, and not for what ("please change to ...")?"""
    return not message.index.names_id(tokens) and _only_changes(message, tokens)


def _only_changes(message: Message, tokens: Sequence[Token]) -> bool:
    """Is nothing said but a verb of changing, or one that several effects share?"""
    content = [token.stem for token in tokens if is_content(token)]
    if len(content) != 1:
        return False
    effects = (p for p in message.index.profiles if p.intent.has_effect)
    return content[0] in CHANGING_STEMS or sum(content[0] in p.verbs for p in effects) > 1


def _lacks_object(message: Message, tokens: Sequence[Token]) -> bool:
    """Is there but a pronoun for the object, or nothing after the verb ("please fix")?"""
    return _OBJECT.search(norms(tokens)) is not None or _only_changes(message, tokens)


def _has_verb(message: Message, tokens: Sequence[Token]) -> bool:
    index = message.index
    near = (index.profiles[owner] for owner in index.examples.candidates(index.features(tokens)))
    return any(profile.intent.has_effect and verb_at(profile, tokens) is not None for profile in near)


def _between(message: Message, choice: Choice, tokens: Sequence[Token], both: Sequence[Token]) -> Choice:
    """The effect whose verb this is and which both clauses fit best."""
    ranked = rank(message.index, both, Mood.WISH, pointed_shapes(message, both))
    own = [m for m in ranked if m.profile.intent.has_effect and verb_at(m.profile, tokens) is not None]
    if not own or own[0].score < STRONG:
        return choice
    return Choice(verdict=Verdict.CHOSEN, matches=(own[0],))
