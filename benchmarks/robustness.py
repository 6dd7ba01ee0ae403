"""Sampling, and a large weighted sum, against other libraries."""

import subprocess
import sys
from collections.abc import Callable
from functools import cache, partial
from itertools import count

import numpy as np

from benchmarks import peers
from benchmarks.timing import Result, compared, median_seconds
from selector.mcda import smaa
from selector.mcda.methods.weighted_sum import weighted_sum
from selector.mcda.robustness.compiled import compare

SAMPLES = 100_000
LOOPED = 1_000  # of the samples, looped over with a peer's method; its time is scaled up
COMPILED = {8: 0.15e-6, 50: 0.37e-6}
"""Seconds per sample of the best compiled sampling known, with 25 criteria, in two threads here."""

_seeds = count(1)


@cache
def _sampled(rows: int) -> float:
    """Seconds of SMAA-2 of so many alternatives and 25 criteria, each time with a new seed."""
    compare()  # as in a process that has sampled before
    values = np.random.default_rng(1).random((rows, 25))
    return median_seconds(lambda: smaa(values, SAMPLES, next(_seeds)))


def _sampling(rows: int) -> Result:
    """All of SMAA-2, against the fastest of four libraries, of which one does SMAA-2."""
    each = peers.seconds(rows, 25, SAMPLES)
    fastest = min(each, key=each.__getitem__)
    others = ", ".join(f"{name} {each[name]:.3g} s" for name in each if name != fastest)
    against = f"{fastest}, the fastest of four ({others})"
    ours, peer = _sampled(rows), each[fastest]
    what = f"SMAA-2, {rows}×25, {SAMPLES:,} samples"
    return Result(what, ours, against, peer, ours / peer, 1 / 25)


def sampling_8_by_25() -> Result:
    """SMAA-2 of 8 alternatives and 25 criteria."""
    return _sampling(8)


def sampling_50_by_25() -> Result:
    """SMAA-2 of 50 alternatives and 25 criteria."""
    return _sampling(50)


def _against_compiled(rows: int) -> Result:
    known = COMPILED[rows] * SAMPLES
    what = f"SMAA-2, {rows}×25, {SAMPLES:,} samples"
    ours = _sampled(rows)
    return Result(what, ours, "the best compiled loop known", known, ours / known, 2.5)


def sampling_8_by_25_compiled() -> Result:
    """The same against what is known to be possible."""
    return _against_compiled(8)


def sampling_50_by_25_compiled() -> Result:
    """The same against what is known to be possible."""
    return _against_compiled(50)


def with_and_without_numba() -> Result:
    """SMAA-2 of 50 alternatives with the compiled loop and without, each in its own process."""
    code = (
        "import sys; sys.modules.update({'numba': None} if %r else {}); "
        "import numpy as np; from benchmarks.robustness import _sampled; print(_sampled(50))"
    )
    ours, peer = (float(_printed(code % without)) for without in (False, True))
    what = f"SMAA-2, 50×25, {SAMPLES:,} samples, with numba"
    return Result(what, ours, "the same without", peer, ours / peer, 1 / 1.5)


def memory() -> Result:
    """The most memory that a process holds while it draws ten million samples."""
    code = (
        "import numpy as np; from selector.mcda import smaa; "
        "smaa(np.random.default_rng(1).random((8, 25)), 10_000_000); "
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    peak = float(_printed(code)) / 1024
    what = "memory of SMAA-2, 8×25, 10,000,000 samples"
    return Result(what, peak, "a limit of ours", 300, peak / 300, 1, "MB")


def _printed(code: str) -> str:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def sampling_weighted_sum() -> Result:
    """SMAA by the weighted sum, against one library alone."""
    from pymcdm.methods import WSM

    return _by_method("weighted_sum", WSM())


def sampling_topsis() -> Result:
    """SMAA by TOPSIS."""
    from pymcdm.methods import TOPSIS

    return _by_method("topsis", TOPSIS())


def sampling_vikor() -> Result:
    """SMAA by VIKOR."""
    from pymcdm.methods import VIKOR

    return _by_method("vikor", VIKOR())


def sampling_promethee2() -> Result:
    """SMAA by PROMETHEE II."""
    from pymcdm.methods import PROMETHEE_II

    return _by_method("promethee2", PROMETHEE_II("usual"))


def _by_method(method: str, peer: Callable[..., np.ndarray]) -> Result:
    """All of SMAA-2 by a method, ours with a new seed each time, against a loop over pymcdm."""
    values, types = np.random.default_rng(1).random((8, 25)), np.ones(25)
    drawn = np.random.default_rng(2).dirichlet(np.ones(25), LOOPED)

    def looped() -> None:
        counts = np.zeros((8, 8))
        for weights in drawn:
            ranks = peer.rank(peer(values, weights, types))
            counts[np.arange(8), ranks.astype(int) - 1] += 1

    ours = median_seconds(lambda: smaa(values, SAMPLES, next(_seeds), method=method), 3)
    theirs = median_seconds(looped, 3) * SAMPLES / LOOPED
    what = f"SMAA by {method}, 8×25, {SAMPLES:,} samples"
    return Result(what, ours, "looping over pymcdm", theirs, ours / theirs, 1 / 50)


def a_large_weighted_sum() -> Result:
    """Scores of 10,000 alternatives on 50 criteria."""
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    rng = np.random.default_rng(1)
    values, weights = rng.random((10_000, 50)), rng.dirichlet(np.ones(50))
    table = mkdm(values, [max] * 50, weights=weights)
    theirs = partial(WeightedSumModel().evaluate, table)
    ours = partial(weighted_sum, values, weights)
    return compared("weighted sum, 10,000×50", ours, "scikit-criteria", theirs, 1 / 5)
