"""A step of a slider against another library."""

import numpy as np

from benchmarks.robustness import _seconds
from benchmarks.startup import Result


def a_step_of_a_slider() -> Result:
    """New weights to ranks, low and high, all intervals and the nearest flip, against TOPSIS."""
    from skcriteria import mkdm
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import SumScaler, VectorScaler

    import selector

    analysis = selector.analyse(selector.load("support-assistant"))
    points = iter(np.linspace(5, 95, 1000))

    def step() -> None:
        moved = analysis.with_weights({"cost": float(next(points))})
        _ = moved.ranking, moved.stability, moved.closest_flip

    rng = np.random.default_rng(1)
    shape = len(analysis.alternatives), len(analysis.leaves)
    table = mkdm(rng.random(shape) + 0.1, [max] * shape[1], weights=rng.random(shape[1]))
    pipe = mkpipe(SumScaler("weights"), VectorScaler("matrix"), TOPSIS())
    ours, peer = _seconds(step, 60), _seconds(lambda: pipe.evaluate(table), 20)
    what = f"a step of a slider, {shape[0]}×{shape[1]}"
    return Result(what, ours, "one TOPSIS pipeline of scikit-criteria", peer, ours / peer, 1 / 8)
