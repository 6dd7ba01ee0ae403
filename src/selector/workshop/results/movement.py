"""Feeling against weights, what was scored, and what moved since the round before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from selector.analysis import Analysis
from selector.domain.outcome import Ranked
from selector.mcda.clusters import ALIKE
from selector.workshop.results.people import Array, Cells, People, weighed_by
from selector.workshop.results.records import (
    Change,
    Gut,
    GutPlace,
    Movement,
    Results,
    ScoredCell,
    Scores,
)


def gut_of(room: Analysis, people: People, ranking: Sequence[Ranked]) -> Gut | None:
    """The rankings by feeling, beside that of all together; None where nobody gave one."""
    places = {name: place for place, name in enumerate(room.basis.ids)}
    given = [
        (row, [places[name] for name in ballot.gut_ranking if name in places])
        for row, ballot in enumerate(people.ballots)
    ]
    given = [(row, order) for row, order in given if order]
    if not given:
        return None
    table = np.empty((len(given), len(places)))
    for line, (_, order) in enumerate(given):
        table[line] = (len(order) + 1 + len(places)) / 2  # the middle of the places left
        table[line, order] = np.arange(1, len(order) + 1)
    means = table.mean(axis=0).tolist()
    firsts = np.bincount([order[0] for _, order in given], minlength=len(places)).tolist()
    rows = [
        GutPlace(r.alternative, r.name, means[i], firsts[i], r.rank)
        for r in ranking
        for i in [places[r.alternative]]
    ]
    both = [(row, order[0]) for row, order in given if people.weighs[row]]
    same = sum(bool(people.is_first[row, first]) for row, first in both)
    ordered = tuple(sorted(rows, key=lambda one: (round(one.mean_place, 9), one.rank)))
    return Gut(len(given), ordered, len(both), same)


def scores_of(analysis: Analysis, cells: Cells, pooled: Array, own: Analysis) -> Scores:
    """What was scored, and the ranking of all together by `own`, the room without any scores."""
    if not cells:
        return Scores()
    before, basis = analysis.value_table.central, analysis.basis
    rows = tuple(
        ScoredCell(
            basis.ids[row],
            basis.leaf_ids[column],
            len(given),
            float(np.mean(given)),
            given[0],
            given[-1],
            float(before[row, column]),
        )
        for (row, column), given in cells.items()
    )
    return Scores(rows, tuple(weighed_by(own, pooled).ranking))


def moved(now: Results, before: Results) -> Movement:
    """What changed since the round `before`; who moved is only counted."""
    earlier = {one.id: one for one in before.weighed}
    medians = {
        one.id: Change(earlier[one.id].median if one.id in earlier else None, one.median)
        for one in now.weighed
    }
    both = [
        (before.rows[before.places[p]], now.rows[now.places[p]])
        for p in now.places.keys() & before.places.keys()
    ]
    changed = sum(_is_apart(old.weights, new.weights) for old, new in both)
    turned = sum(
        bool(old.ranking and new.ranking) and old.firsts != new.firsts for old, new in both
    )
    return Movement(
        before.round,
        medians,
        _changes(
            {r.alternative: float(r.rank) for r in before.ranking},
            {r.alternative: float(r.rank) for r in now.ranking},
        ),
        _changes(
            {f.alternative: f.people for f in before.firsts},
            {f.alternative: f.people for f in now.firsts},
        ),
        Change(before.kendall_w, now.kendall_w),
        len(both),
        changed,
        turned,
        len(now.places.keys() - before.places.keys()),
        len(before.places.keys() - now.places.keys()),
    )


def _is_apart(old: Sequence[float], new: Sequence[float]) -> bool:
    """Whether somebody weighs otherwise, by more than counts as alike."""
    return sum(abs(a - b) for a, b in zip(old, new, strict=True)) > ALIKE


def _changes(before: Mapping[str, float], now: Mapping[str, float]) -> Mapping[str, Change]:
    return {name: Change(before.get(name), value) for name, value in now.items()}
