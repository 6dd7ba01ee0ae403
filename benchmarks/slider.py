"""A step of a slider against another library."""

import random
from functools import partial
from itertools import cycle

import numpy as np

import selector
from benchmarks.timing import Result, compared
from tests.strategies import Data, analysed, yaml_day


def shipped() -> Result:
    """The support assistant as it comes, moving the weight of cost."""
    return _step(selector.analyse(selector.load("support-assistant")), "cost")


def made_8_by_25() -> Result:
    """Made up: 8 alternatives, 25 leaves in five groups, moving one of a group."""
    return _step(analysed(_made(8)), "c7")


def made_50_by_25() -> Result:
    """The same with 50 alternatives."""
    return _step(analysed(_made(50)), "c7")


def _step(analysis: selector.Analysis, node: str) -> Result:
    """New weights to ranks, low and high, all intervals and the nearest flip, against TOPSIS."""
    from skcriteria import mkdm
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import SumScaler, VectorScaler

    points = cycle(np.linspace(5, 95, 997).tolist())

    def step() -> None:
        moved = analysis.with_weights({node: next(points)})
        _ = moved.ranking, moved.stability, moved.closest_flip

    rng = np.random.default_rng(1)
    shape = len(analysis.alternatives), len(analysis.leaves)
    table = mkdm(rng.random(shape) + 0.1, [max] * shape[1], weights=rng.random(shape[1]))
    pipe = mkpipe(SumScaler("weights"), VectorScaler("matrix"), TOPSIS())
    what = f"a step of a slider, {shape[0]}×{shape[1]}"
    against = "one TOPSIS pipeline of scikit-criteria"
    return compared(what, step, against, partial(pipe.evaluate, table), 1 / 8, 15, 30)


def _made(rows: int) -> Data:
    """A decision with figures, ranges and unknowns, always the same."""
    rng = random.Random(1)

    def leaf(name: str) -> Data:
        return {"id": name, "weight": rng.randint(1, 9), "value": {"worst": 0, "best": 1}}

    def cell() -> list[float] | float | None:
        low, high = sorted((rng.random(), rng.random()))
        return rng.choice([low, high, [low, high], None])

    names = [f"c{number}" for number in range(25)]
    groups = [
        {
            "id": f"g{start}",
            "weight": rng.randint(1, 9),
            "children": [leaf(name) for name in names[start : start + 5]],
        }
        for start in range(0, 25, 5)
    ]
    alternatives = [
        {"id": f"a{row}", "performance": {name: cell() for name in names}} for row in range(rows)
    ]
    data = {"id": "made", "title": "Made up", "as_of": "2026-11-24", "criteria": groups}
    return yaml_day(data | {"alternatives": alternatives})
