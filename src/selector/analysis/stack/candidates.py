"""The layers of a stack: who can be chosen in each, how good, how dear, and what it asks for."""

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.analysis.core import Analysis
from selector.domain.decision import Alternative, Decision
from selector.domain.outcome import Excluded, Notice
from selector.domain.span import Span
from selector.domain.stack import NOBODY, StackLayer

Array = NDArray[np.float64]
NOTHING = Span.exactly(0)
SKILLS = "skills"
STEWARD = "steward"
ONE_FOR_ALL = ("as_of", "workload", "business", "negotiated", "assumptions", "uncertainty")
_OF_NOBODY = ("community", "foundation")  # stewards with whom one signs no contract


class MonthlyCost(NamedTuple):
    """US dollars a month: what is known, and of whom what is not."""

    known: Span = NOTHING
    unknown: tuple[str, ...] = ()

    @property
    def monthly(self) -> Span | None:
        """The whole; None where a part is not known."""
        return None if self.unknown else self.known

    def plus(self, other: "MonthlyCost") -> "MonthlyCost":
        """Both together."""
        known = Span(*(a + b for a, b in zip(self.known, other.known, strict=True)))
        return MonthlyCost(known, (*self.unknown, *other.unknown))


class Candidate(NamedTuple):
    """One choice in a layer; `id` is empty, and `alternative` None, where it is left empty.

    `score` (low, central, high) is that in its own layer, 0 to 1. `provider` is with whom a
    contract is signed; empty where that is nobody. `skills` are those that it asks for; None where
    that is not known.
    """

    id: str
    name: str
    alternative: Alternative | None = None
    score: tuple[float, float, float] = (0.0, 0.0, 0.0)
    cost: MonthlyCost = MonthlyCost()
    provider: str = ""
    skills: frozenset[str] | None = frozenset()
    unproven: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which relations may speak of it: its own, then its vendor's."""
        if self.alternative is None:
            return ()
        return tuple(dict.fromkeys(n for n in (self.id, self.alternative.vendor) if n))


class LayerAnalysis:
    """One layer with its own analysis, which is that of an ordinary decision.

    What is one for the whole stack (day, workload, prices, assumptions) is that of `whole`, which
    may have been given other figures since it was read.
    """

    def __init__(self, layer: StackLayer, whole: Decision) -> None:
        self.layer = layer
        self.decision = layer.decision._replace(
            **{name: getattr(whole, name) for name in ONE_FOR_ALL}
        )
        self.analysis = Analysis(self.decision)
        self.told = self.analysis  # by which its knock-outs and notices are, such as in a currency

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Those that are not knocked out, in the order of the file; empty last, where it may be."""
        found = [
            self._candidate(a, score, self.analysis.basis.unproven[row])
            for row, (a, score) in enumerate(
                zip(self.analysis.alternatives, self.analysis.scores.values(), strict=True)
            )
        ]
        if self.layer.is_optional:
            found.append(Candidate(NOBODY, "Nothing"))
        return tuple(found)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each candidate by its id."""
        return {candidate.id: place for place, candidate in enumerate(self.candidates)}

    @cached_property
    def scores(self) -> Array:
        """Low, central and high scores (3, candidates)."""
        return np.array([c.score for c in self.candidates]).reshape(-1, 3).T

    @property
    def excluded(self) -> tuple[Excluded, ...]:
        """Who was knocked out, and why."""
        return self.told.excluded

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What one must know of this layer, with its name before it."""
        return tuple(n._replace(text=f"{self.layer.name}: {n.text}") for n in self.told.notices)

    def rank_of(self, candidate: Candidate) -> int | None:
        """Which place it has in its own layer; None for none at all."""
        ranks = {row.alternative: row.rank for row in self.analysis.ranking}
        return ranks.get(candidate.id)

    def _candidate(
        self, a: Alternative, score: tuple[float, float, float], unproven: tuple[str, ...]
    ) -> Candidate:
        return Candidate(
            a.id,
            a.name,
            a,
            score,
            self._cost(a),
            "" if _value(a, STEWARD) in _OF_NOBODY else self.layer.providers.get(a.id, ""),
            _skills(a),
            unproven,
        )

    def _cost(self, alternative: Alternative) -> MonthlyCost:
        bills = self.analysis.basis.bills
        planned = bills.planned(alternative)
        if planned is None:
            why = "no price" if self.decision.workload is not None else "no workload"
            return MonthlyCost(unknown=(f"{alternative.name} ({why})",))
        spread = bills.spread(alternative, planned)
        missing = spread.bill.unknown
        unknown = (f"{alternative.name} ({', '.join(missing)})",) if missing else ()
        return MonthlyCost(spread.span("monthly"), unknown)


def _value(alternative: Alternative, fact: str) -> object:
    evidence = alternative.facts.get(fact)
    return evidence.value if evidence is not None and evidence.state == "value" else None


def _skills(alternative: Alternative) -> frozenset[str] | None:
    value = _value(alternative, SKILLS)
    return frozenset(value) if isinstance(value, tuple) else None
