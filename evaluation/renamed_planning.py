"""Planning in other words: a request is renamed on its way in, and what was decided is named back on its way out.

Labels, worlds and verdicts are those of the plain run. All that is different is what the planner gets to read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluation.declared_words import declared_in
from evaluation.labels import Label
from evaluation.renamed_contracts import contracts_of, renamed_catalogue
from evaluation.renaming import Renaming, renaming_of
from evaluation.restoring import restored
from evaluation.shown import SHOWN
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Decision, PastTurn, Plan, Proposal, Recollection, Request, StoredResponse
from orchestrator_server.planning import Planning


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedPlanning(Planning):
    """Plans as `Planning` does, over `other`, the renamed catalogue. `values` are what stays in a text as it is.

    `decided` keeps what was decided in other words beside what was handed back, for the turns after it.
    """

    renaming: Renaming
    other: Catalogue
    expressions: Expressions
    values: Mapping[str, Sequence[str]]
    decided: dict[str | int, tuple[Decision, Decision]] = field(default_factory=dict)

    async def decide(
        self, request: Request, catalogue: Catalogue, expressions: Expressions, roles: frozenset[str]
    ) -> Proposal:
        """What is decided about the renamed request, in the words of `catalogue`. Raises PlannerError."""
        renamed = replace(request, text=self.text(request.text), memory=self._memory(request.memory))
        proposal = await Planning.decide(self, renamed, self.other, self.expressions, roles)
        plain = restored(proposal.decision, self.renaming)
        self.decided[_key(plain)] = plain, proposal.decision
        return replace(proposal, decision=plain)

    def text(self, text: str) -> str:
        """What is read in the place of `text`."""
        return self.renaming.text(text, self.values.get(text, ()))

    def _memory(self, memory: Recollection) -> Recollection:
        asked = memory.open_question
        return Recollection(
            turns=tuple(map(self._turn, memory.turns)),
            recent=tuple(replace(said, text=self.text(said.text)) for said in memory.recent),
            open_question=None if asked is None else self._before(asked),  # type: ignore[arg-type]  # as it was
        )

    def _turn(self, turn: PastTurn) -> PastTurn:
        plan = self._before(turn.plan) if turn.plan is not None and turn.plan.id != SHOWN else None
        bare = PastTurn(text=self.text(turn.text), reply=self.text(turn.reply), plan=plan)  # type: ignore[arg-type]
        return self._with_shown(bare, turn) if turn.outcomes else bare

    def _with_shown(self, bare: PastTurn, turn: PastTurn) -> PastTurn:
        """With what the reply showed, in the other contracts: theirs have the same numbers and types."""
        shown = [step for step in turn.plan.steps if step.id == SHOWN] if turn.plan else []
        steps = tuple(replace(step, intent=self.renaming.dotted(step.intent)) for step in shown)
        type_name = self.other.intents[steps[0].intent].response_type
        stored = StoredResponse(content=_content(turn), type_name=type_name, catalogue_etag=self.other.etag)
        plan = bare.plan or Plan(id=SHOWN, steps=(), planner="label")
        outcome = replace(turn.outcomes[0], response=stored)
        return replace(bare, plan=replace(plan, steps=(*plan.steps, *steps)), outcomes=(outcome,))

    def _before(self, plain: Decision) -> Decision:
        return self.decided[_key(plain)][1]


def _content(turn: PastTurn) -> bytes:
    """The response that a turn keeps, as it was sent."""
    response = turn.outcomes[0].response
    return b"" if response is None else response.content


def _key(decision: Decision) -> str | int:
    """What is found again by its id, a plan, or by being the same object."""
    return decision.id if isinstance(decision, Plan) else id(decision)


def renamed(planning: Planning, catalogue: Catalogue, labels: Iterable[Label], seed: int) -> RenamedPlanning:
    """`planning` with every word renamed that `catalogue` declares; each seed gives other words."""
    labels = list(labels)
    values = {text: _values(label, catalogue) for label in labels for text in _texts(label)}
    renaming = renaming_of(declared_in(contracts_of(catalogue)), seed, values)
    other = renamed_catalogue(catalogue, renaming)
    return RenamedPlanning(
        planner=planning.planner,
        fallback=planning.fallback,
        max_steps=planning.max_steps,
        renaming=renaming,
        other=other,
        expressions=Expressions(other),
        values=values,
    )


def _texts(label: Label) -> list[str]:
    return [label.text, *(said.text for said in label.earlier)]


def _values(label: Label, catalogue: Catalogue) -> list[str]:
    """The names and texts of the label that no declaration tells: what its parameters and its worlds hold."""
    return [*_given(label, catalogue), *_held(label)]


def _held(label: Label) -> Iterator[str]:
    """The names of things on the lists of the label's worlds, singular and plural."""
    for world in label.worlds:
        for about in world.facts.values():
            lists = (value for value in (about or {}).values() if isinstance(value, list))
            for name in (name for one in lists for name in one if isinstance(name, str)):
                yield from (name, f"{name}s")


def _given(label: Label, catalogue: Catalogue) -> list[str]:
    """The texts that the label's parameters hold, as they stand in the message; what an enum lists is no such text."""
    given = [
        value
        for step in label.steps
        for name, value in step.params.items()
        if (parameter := catalogue.intents[step.intents[0]].parameter(name)) is None or parameter.kind != "enum"
    ]
    flat = [text for value in given for text in (value if isinstance(value, list) else [value])]
    return [text for text in flat if isinstance(text, str)]
