"""What is otherwise in a whole stack: what it is made of, and what is known of its parts.

Stacks are compared by what they are made of: the best one is always the first. A file that an
earlier version froze holds how the stacks scored, and of their parts nothing but the names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from selector.analysis import Analysis
from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.candidates import SKILLS, STEWARD, LayerAnalysis
from selector.analysis.stack.joints import Joint
from selector.analysis.stack.notices import stale_fits
from selector.catalog.records.compatibility import FIT
from selector.domain.criterion import LayerMeasure
from selector.measure.table import looked_at
from selector.report.since import rows

Made = frozenset[tuple[str, str]]
"""What an alternative is made of: of a stack its choice in each layer, else itself."""
_BY_SCORE = ", by its score in this layer."  # behind a part's name, where a stack's score is noted

_FITS = {
    "native": "as they come",
    "adapter": "by an adapter",
    "none": "not at all",
    "unknown": "not known",
    "disputed": "disputed",
}


class Part(NamedTuple):
    """A choice in a layer of a stack; `id` is empty where an earlier version froze it."""

    id: str
    name: str


def is_of_stacks(analysis: Analysis) -> bool:
    """Whether the alternatives are whole stacks."""
    return bool(_layers(analysis))


def is_bare(analysis: Analysis) -> bool:
    """Whether it holds how stacks scored, and not what they are made of."""
    return analysis.composed is None and is_of_stacks(analysis)


def makeups(then: Analysis, now: Analysis) -> tuple[dict[str, Made], dict[str, Made]]:
    """What the alternatives of both are made of, by their ids and so that they can be compared."""
    is_by_name = is_bare(then) or is_bare(now)
    before, after = (
        {
            name: frozenset(
                (layer, part.name if is_by_name else part.id)
                for layer, part in parts.items()
                if part.name
            )
            for name, parts in _parts(analysis).items()
        }
        for analysis in (then, now)
    )
    return before, after


def _parts(analysis: Analysis) -> dict[str, dict[str, Part]]:
    """The choice of each layer, by alternative; of what is no stack the alternative itself."""
    composed = analysis.composed
    alternatives = analysis.decision.alternatives
    if composed is not None:
        stacks = composed.best().stacks
        return {
            a.id: {
                layer: Part(choice.id, choice.name if choice.id else "")
                for layer, choice in stack.choices.items()
            }
            for a, stack in zip(alternatives, stacks, strict=False)
        }
    if layers := _layers(analysis):
        return {a.id: {layer: _noted(a.performances[layer].note) for layer in layers
                       if layer in a.performances} for a in alternatives}  # fmt: skip
    return {a.id: {"": Part(a.id, a.name)} for a in alternatives}


def _layers(analysis: Analysis) -> dict[str, str]:
    """The names of the layers that the alternatives are composed of, by their ids."""
    return {x.id: x.name for x in analysis.leaves if isinstance(x.measure, LayerMeasure)}


def _noted(note: str) -> Part:
    """The part that a stack's score in a layer is from, by the note that is kept with it."""
    return Part("", note.removesuffix(_BY_SCORE) if note.endswith(_BY_SCORE) else "")


def weights_of_layers(analysis: Analysis, other: Analysis) -> Mapping[str, float]:
    """The weights; of stacks those of the layers among themselves, without how well they fit."""
    layers = _layers(analysis)
    if not layers or not _layers(other):
        return analysis.weights
    whole = sum(analysis.weights[layer] for layer in layers) or 1.0
    return {layer: analysis.weights[layer] / whole for layer in layers}


class Stacks:
    """The stacks of both, and their parts."""

    def __init__(
        self, then: Analysis, now: Analysis, before: Mapping[str, Made], after: Mapping[str, Made]
    ) -> None:
        self.then, self.now = then, now
        self.made = (before, after)
        self.is_any = is_of_stacks(then) or is_of_stacks(now)

    @property
    def _both(self) -> Iterator[tuple[LayerAnalysis, LayerAnalysis]]:
        """The layers that are in both with their candidates."""
        if self.then.composed is None or self.now.composed is None:
            return
        before = {layer.layer.id: layer for layer in self.then.composed.layers}
        for layer in self.now.composed.layers:
            if layer.layer.id in before:
                yield before[layer.layer.id], layer

    def facts(self) -> Iterator[dict[str, str]]:
        """The facts in use of the candidates that are otherwise."""
        for was, is_ in self._both:
            for row in rows.facts(was.analysis, is_.analysis, _beside(was, self.now.composed)):
                yield {"layer": is_.layer.id, **row}

    def prices(self) -> Iterator[dict[str, Any]]:
        """The bills of the candidates that are otherwise; of a bare file those of whole stacks."""
        for was, is_ in self._both:
            for row in rows.prices(was.analysis, is_.analysis):
                yield {"layer": is_.layer.id, **row}
        if is_bare(self.then):
            yield from self._of_whole()

    def _of_whole(self) -> Iterator[dict[str, Any]]:
        """The bills of the stacks that are on both sides."""
        before, after = self.made
        now_called = {made: name for name, made in after.items()}
        was = {now_called[made]: name for name, made in before.items() if made in now_called}
        if not was:
            return
        old = self.then.decision
        kept = tuple(
            next(a for a in old.alternatives if a.id == name)._replace(id=id_)
            for id_, name in was.items()
        )
        then = Analysis(old._replace(alternatives=kept))
        for row in rows.prices(then, self.now):
            if row["alternative"] in was:
                yield row

    def choices(self, winners: Mapping[str, str]) -> Iterator[dict[str, str]]:
        """The layers in which the winner has another choice, and what knocked the old one out."""
        if not (is_of_stacks(self.then) and is_of_stacks(self.now)):
            return
        before, after = (
            _parts(analysis).get(winners[side], {})
            for analysis, side in ((self.then, "before"), (self.now, "now"))
        )
        if not before or not after:
            return
        called = {**_layers(self.then), **_layers(self.now)}
        is_by_name = is_bare(self.then) or is_bare(self.now)
        for layer in dict.fromkeys((*after, *before)):
            was, is_ = before.get(layer, Part("", "")), after.get(layer, Part("", ""))
            if (was.name != is_.name) if is_by_name else (was.id != is_.id):
                yield {"layer": layer, "name": called.get(layer, layer), "before": was.name,
                       "now": is_.name, "why": self._why_out(layer, was)}  # fmt: skip

    def _why_out(self, layer: str, part: Part) -> str:
        """The requirement that knocks a candidate out by now; empty where none does."""
        for own in self.now.composed.layers if self.now.composed is not None else ():
            for row in own.excluded if own.layer.id == layer else ():
                if part.name and (row.alternative == part.id or row.name == part.name):
                    return row.requirement
        return ""

    def fits(self) -> Iterator[dict[str, Any]]:
        """Which candidates go together otherwise than they did; of those that are on both sides."""
        if self.then.composed is None or self.now.composed is None:
            return
        sides = [_fits(composed) for composed in (self.then.composed, self.now.composed)]
        known = _choices(self.then.composed) & _choices(self.now.composed)
        for key in dict.fromkeys((*sides[1], *sides[0])):
            found = [side.get(key) for side in sides]
            told = [_fit(fit.joint) if fit else "nothing" for fit in found]
            fit = found[1] or found[0]
            if told[0] != told[1] and fit and known.issuperset(key):
                yield {"layers": [layer for layer, _ in key], "members": [who for _, who in key],
                       "name": f"How well {fit.names} go together", "before": told[0],
                       "now": told[1]}  # fmt: skip

    def made_of(self, leaders: Mapping[str, list[str]]) -> dict[str, dict[str, Any]]:
        """What those level first are made of; empty where there are no stacks."""
        if not self.is_any:
            return {}
        return {
            side: {
                name: {
                    "layers": {layer: part.id or None for layer, part in parts[name].items()},
                    "names": {layer: part.name for layer, part in parts[name].items()},
                }
                for name in leaders[side]
            }
            for side, parts in (("before", _parts(self.then)), ("now", _parts(self.now)))
        }

    @staticmethod
    def stale(composed: StackAnalysis, today: date) -> Iterator[dict[str, str]]:
        """What the best stack rests on that is past its shelf life: its parts, and how they fit."""
        best = composed.winner
        if best is None:
            return
        for layer in composed.layers:
            chosen = best.choices[layer.layer.id].alternative
            if chosen is not None:
                own = layer.analysis
                cells = [own.cell(chosen.id, leaf.id) for leaf in own.leaves]
                used = looked_at(own.decision, chosen, cells)
                found = {(chosen.id, fact): evidence for fact, evidence in used.items()}
                for row in rows.stale(own.decision, found, today):
                    yield {"layer": layer.layer.id, **row}
        for joint, day in stale_fits(composed, best, today):
            yield {"layer": "", "alternative": "stack-1", "of": composed.named(joint),
                   "fact": FIT.id, "name": FIT.name, "as_of": day.isoformat()}  # fmt: skip


def _beside(layer: LayerAnalysis, composed: StackAnalysis | None) -> tuple[str, ...]:
    """The facts that limits of the whole stack look at."""
    limits = composed.spec.limits if composed is not None else None
    if limits is None:
        return ()
    skills = (SKILLS,) if limits.new_skills is not None else ()
    return skills + ((STEWARD,) if limits.vendors is not None else ())


Key = tuple[tuple[str, str], ...]  # layers and candidates


class _Fit(NamedTuple):
    names: str
    joint: Joint


def _fits(composed: StackAnalysis) -> dict[Key, _Fit]:
    """How candidates go together, with their names."""
    found: dict[Key, _Fit] = {}
    for joint in (*composed.joints.pairs.values(), *composed.joints.groups):
        members = [
            (composed.layers[place[0]].layer.id, composed.joints.candidate(place).id)
            for place in joint.places
        ]
        found[tuple(members)] = _Fit(composed.named(joint), joint)
    return found


def _choices(composed: StackAnalysis) -> set[tuple[str, str]]:
    """What can be chosen, by layer and candidate."""
    return {(layer.layer.id, c.id) for layer in composed.layers for c in layer.candidates}


def _fit(joint: Joint) -> str:
    """How well they go together, in words."""
    if joint.relation is None and joint.needs is not None:
        return "not without what one of them needs"
    told = _FITS[joint.fit] + (f", {joint.effort}" if joint.effort else "")
    accounts = joint.relation.accounts if joint.relation is not None else ()
    said = dict.fromkeys(_FITS[a.fit] + (f", {a.effort}" if a.effort else "") for a in accounts)
    return f"{told}: {'; '.join(said)}" if said else told
