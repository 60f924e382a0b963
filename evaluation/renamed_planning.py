"""Planning in other words: a request is renamed on its way in, and what was decided is named back on its way out.

Labels, worlds and verdicts are those of the plain run. All that is different is what the planner gets to read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from evaluation.declared_words import declared_in
from evaluation.labels import Label
from evaluation.renamed_contracts import contracts_of, renamed_catalogue
from evaluation.renaming import Renaming, renaming_of
from evaluation.restoring import restored
from evaluation.shown import SHOWN, with_shown
from orchestrator_server.catalogue import Catalogue
from orchestrator_server.expressions import Expressions
from orchestrator_server.plan import Decision, PastTurn, Plan, Proposal, Recollection, Request
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
        renamed = replace(request, text=self.text(request.text), memory=self._memory(request.memory, request.now))
        proposal = await Planning.decide(self, renamed, self.other, self.expressions, roles)
        plain = restored(proposal.decision, self.renaming)
        self.decided[_key(plain)] = plain, proposal.decision
        return replace(proposal, decision=plain)

    def text(self, text: str) -> str:
        """What is read in the place of `text`."""
        return self.renaming.text(text, self.values.get(text, ()))

    def _memory(self, memory: Recollection, now: datetime) -> Recollection:
        asked = memory.open_question
        return Recollection(
            turns=tuple(self._turn(turn, now) for turn in memory.turns),
            recent=tuple(replace(said, text=self.text(said.text)) for said in memory.recent),
            open_question=None if asked is None else self._before(asked),  # type: ignore[arg-type]  # as it was
        )

    def _turn(self, turn: PastTurn, now: datetime) -> PastTurn:
        plan = self._before(turn.plan) if turn.plan is not None and turn.plan.id != SHOWN else None
        bare = PastTurn(text=self.text(turn.text), reply=self.text(turn.reply), plan=plan)  # type: ignore[arg-type]
        return with_shown(bare, self.other, now) if turn.outcomes else bare

    def _before(self, plain: Decision) -> Decision:
        return self.decided[_key(plain)][1]


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
    """The texts that the label's parameters hold, as they stand in the message; what an enum lists is no such text."""
    given = [
        value
        for step in label.steps
        for name, value in step.params.items()
        if (parameter := catalogue.intents[step.intents[0]].parameter(name)) is None or parameter.kind != "enum"
    ]
    flat = [text for value in given for text in (value if isinstance(value, list) else [value])]
    return [text for text in flat if isinstance(text, str)]
