"""Is an effect asked for, asked about or ruled out, or is a read meant that fits almost as well?"""

import re
from collections.abc import Sequence

from orchestrator_server.embedded.declared.features import SHOWING_STEMS, is_content
from orchestrator_server.embedded.declared.heads import head_at
from orchestrator_server.embedded.declared.index import Index
from orchestrator_server.embedded.declared.profiles import Profile
from orchestrator_server.embedded.declared.verbs import is_verb_of
from orchestrator_server.embedded.requests.attached import is_not_the_whole
from orchestrator_server.embedded.requests.attitudes import is_against, is_spoken_of
from orchestrator_server.embedded.requests.belongings import is_belonging
from orchestrator_server.embedded.requests.choices import NOTHING, Choice, Verdict
from orchestrator_server.embedded.requests.evidence import is_asked, is_vague
from orchestrator_server.embedded.requests.irreal import is_thanked_or_advised, was_thanked
from orchestrator_server.embedded.requests.matching import MARGIN, STRONG, SURE, Match
from orchestrator_server.embedded.requests.moods import Mood, is_permission
from orchestrator_server.embedded.requests.objects import about_something_else, is_complete, is_ruled_out, is_unheard
from orchestrator_server.embedded.requests.reads_chosen import read_chosen
from orchestrator_server.embedded.words.english import PEOPLE
from orchestrator_server.embedded.words.patterns import lazy
from orchestrator_server.embedded.words.text import Token, norms

NEAR = 0.65
"""From here on it is worth asking whether an effect is meant whose object was called something else."""
_WORD_FOR_WORD = 0.98
"""From here on nothing is said that the example does not say: then it is about what the example is about."""
_FIRST_PERSON = lazy(r"\b(?:i|we|me|us|my|our|mine|it|this|that)\b")
"""What shows that somebody speaks of what is theirs."""
_EITHER = lazy(r"\beither\b(?! way| of)|\bor maybe\b|\bnot sure (?:if|whether)\b")
"""What leaves open whether it is wanted."""
_OF_ANOTHER = lazy(
    rf"\W*(?:(?:and|but|so|hi|hello) )*my (?:{'|'.join(sorted(PEOPLE))}) (?:\w+ )?(?:wants?|would (?:like|love)"
    rf"|wishes|plans|hopes|is"
    r" (?:thinking|planning|going|considering))\b"
)
"""What somebody else wants."""
_CALL_ME = lazy(
    r"\b(?:call|ring|text|message|dial)(?: (?:me|us))? (?:back )?(?:up )?(?:me |us )?(?:back )?(?:on|at|under|via) <v>"
    r"(?! (?:from|in (?:the )?future|instead|now\b|as of|whenever|always|going))"
    r"|\b(?:reach|find|contact|get|get hold of) (?:me|us) (?:on|at|under|via) <v>(?: \w+){0,2}"
    r" (?:today|tonight|tomorrow|this (?:morning|afternoon|evening|week|weekend)|until|till"
    r"|for (?:the next|a few|\d+))\b"
)
"""Somebody wants to be called, now and there, which changes nothing for good."""
_FOR_GOOD = lazy(
    r"\b(?:from (?:now|today|tomorrow|here) on|in (?:the )?future|as of|instead|no longer|any ?more|always)\b"
)
"""What is to be so from now on."""
_EVER = lazy(r"\b(?:from (?:now|today|here) on|in (?:the )?future)\b")
"""Said of whatever is to come, and of no thing that is there already."""
_HEDGED = lazy(
    r"\b(?:i|we) (?:might|may) (?:just |still |also |even |then )*(?!as well\b|not\b|have\b|be\b|\w+ed\b)[a-z]+ "
    r"|\b(?:may|might|could) (?:have|need|want) to\b|\b(?:thinking|think) (?:about|of)\b|\b(?:considering|tempted to)\b"
    r"|\b(?:stop|keep|prevent)(?:ing)? (?:\S+ ){1,3}?from (?!coming|arriving|being|reaching)\w+ing\b"
    r"|\bor not\b|\b(?:maybe|perhaps) (?:i|we) (?:should|will|have to)\b"
)
"""What is only thought of."""


def effect_chosen(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> Choice:
    """What a clause asks for that an effect fits best."""
    best = matches[0]
    if best.likeness < _WORD_FOR_WORD and about_something_else(best.profile, tokens, index):
        return _beside(index, tokens, mood, matches)
    if mood is Mood.REFUSAL or is_ruled_out(best.profile, tokens) or _is_no_more_wanted(best.profile, tokens):
        return Choice(verdict=Verdict.DECLINED, matches=matches[:1])
    if mood is Mood.HYPOTHETICAL:
        if (found := _supposed(index, tokens, matches)) is not None:
            return found
        mood = Mood.WISH
    if (
        is_belonging(best.profile, tokens, index)
        or is_thanked_or_advised(best.profile, tokens)
        or is_spoken_of(best.profile, tokens)
        or _OF_ANOTHER.match(norms(tokens))
        or _EITHER.search(norms(tokens))
        or _HEDGED.search(norms(tokens))
        or is_not_the_whole(best.profile, tokens, index)
        or (best.by_verb and _is_for_ever(best.profile, tokens, index))
        or (_CALL_ME.search(norms(tokens)) and not _FOR_GOOD.search(norms(tokens)))
    ):
        return Choice(verdict=Verdict.WONDERED, matches=matches[:1])
    return _asked(index, tokens, mood, matches)


def _is_no_more_wanted(profile: Profile, tokens: Sequence[Token]) -> bool:
    """Does somebody speak against it, or give thanks for it as done?"""
    return is_against(profile, tokens) or was_thanked(profile, tokens)


def _is_for_ever(profile: Profile, tokens: Sequence[Token], index: Index) -> bool:
    """Is it said of whatever is to come, and of no thing that the effect could be about?"""
    is_open = bool(profile.needed & index.ids) and not index.names_id(tokens)
    return is_open and _EVER.search(norms(tokens)) is not None


def _beside(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> Choice:
    """The next best of which the clause says what it is about, where the best is about something else."""
    others = tuple(m for m in matches[1:] if not about_something_else(m.profile, tokens, index))
    others = tuple(m for m in others if m.score >= STRONG and (m.by_verb or not m.profile.intent.has_effect))
    if others:
        choose_among = effect_chosen if others[0].profile.intent.has_effect else read_chosen
        return choose_among(index, tokens, mood, others)
    best = matches[0]
    is_near = best.by_verb and best.likeness >= NEAR and mood is Mood.WISH and is_unheard(best.profile, tokens, index)
    return Choice(verdict=Verdict.WONDERED, matches=matches[:1]) if is_near else NOTHING


def _supposed(index: Index, tokens: Sequence[Token], matches: tuple[Match, ...]) -> Choice | None:
    """What "can I" and "how do I" ask for; None where they ask for the effect itself."""
    best = matches[0]
    if not _FIRST_PERSON.search(norms(tokens)) and not any(token.shape for token in tokens):
        return NOTHING  # how things are in general, and nothing that this person wants
    has_verb = any(is_content(t) and _is_verb(best.profile, tokens, at) for at, t in enumerate(tokens))
    if not has_verb and (shown := _only_shown(tokens, matches)):
        return read_chosen(index, tokens, Mood.HYPOTHETICAL, shown)
    if not (has_verb or best.likeness >= SURE):
        return NOTHING
    is_wish = is_permission(tokens) and is_complete(best.profile, tokens, index)
    return None if is_wish else Choice(verdict=Verdict.WONDERED, matches=matches[:1])


def _asked(index: Index, tokens: Sequence[Token], mood: Mood, matches: tuple[Match, ...]) -> Choice:
    """The effect where the evidence is strong enough, and no other one fits about as well."""
    best = matches[0]
    if not is_asked(best, tokens, mood, index):
        reads = tuple(match for match in matches if not match.profile.intent.has_effect)
        close = bool(reads) and reads[0].score >= STRONG and mood is not Mood.STORY
        return read_chosen(index, tokens, mood, reads) if close else NOTHING
    rival = next((m for m in matches[1:] if m.profile.intent.has_effect), None)
    is_close = rival and (best.score - rival.score < MARGIN or is_vague(best, rival, tokens, index))
    if rival and is_close and is_asked(rival, tokens, mood, index):
        return Choice(verdict=Verdict.UNSURE, matches=(best, rival))
    return Choice(verdict=Verdict.CHOSEN, matches=matches[:1])


def _is_verb(profile: Profile, tokens: Sequence[Token], at: int) -> bool:
    """Is it a verb of the intent, and no plural of a noun ("my bookings")?"""
    return is_verb_of(profile, tokens, at) and not re.search("[^s]s$", tokens[at].norm)


def _only_shown(tokens: Sequence[Token], matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The reads, where the verb asks for something to be shown ("how do I see my ...")."""
    at = head_at(tokens)
    if at is None or not {t.stem for t in tokens[at : at + 4]} & SHOWING_STEMS:
        return ()
    return tuple(match for match in matches if not match.profile.intent.has_effect and match.score >= STRONG)
