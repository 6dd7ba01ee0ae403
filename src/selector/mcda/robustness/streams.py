"""Raw draws between 0 and 1, block by block: pseudo-random, or the points of a scrambled Sobol net.

A block is 4,096 samples. What it holds follows from the seed and the block's number alone, so the
same seed gives the same draws whatever the threads, and a longer run begins like a shorter one.
The raw pseudo-random draws of up to 100,000 samples are kept, so that a slider step draws nothing
anew.

Sobol points fill the space more evenly than chance does, so that fewer of them give the same error
(Sobol 1967; scrambled after Matousek 1998, doi 10.1006/jcom.1998.0489, by scipy). In Gray code
order a point is the exclusive or of one direction number for each bit of its index, so each block
is the first one, exclusive or with an offset of its own: no block waits for another.
"""

import threading
import warnings
from collections import OrderedDict
from functools import lru_cache
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from selector.domain.problem import UsageError

Single = NDArray[np.float32]
Bits = NDArray[np.uint32]
Purpose = Literal["exponential", "uniform", "cells"]
BLOCK = 4096
KEPT_SAMPLES = 100_000
KEPT_BYTES = 96_000_000
WAYS = ("random", "sobol")
_PURPOSES = ("exponential", "uniform", "cells")
_SOBOL_BITS = 30
_SOBOL_DIMENSIONS = 21_201  # for as many scipy has direction numbers
_BELOW_ONE = np.float32(1 - 2**-24)


class Stream(Protocol):
    """Where raw draws come from."""

    def raw(self, purpose: Purpose, rows: int, block: int) -> Single:
        """The raw draws (rows, BLOCK) of one block: even below 1, or standard exponentials."""
        ...


def blocks_of(samples: int) -> list[tuple[int, int]]:
    """(number, samples) of each block."""
    whole, rest = divmod(samples, BLOCK)
    return [(number, BLOCK) for number in range(whole)] + ([(whole, rest)] if rest else [])


def stream_of(way: str, seed: int, samples: int, weights: int, cells: int) -> Stream:
    """The draws of a run: `random` or `sobol`, for so many weights and so many cells that vary.

    Raises UsageError for another way, or where there are no Sobol points for so much.
    """
    if way == "random":
        return PseudoRandom(seed, samples)
    if way != "sobol":
        raise UsageError(f"{way!r} is not a way to draw; write random or sobol")
    if samples > 2**_SOBOL_BITS or weights + cells > _SOBOL_DIMENSIONS:
        raise UsageError(
            f"there are Sobol points for up to {2**_SOBOL_BITS:,} draws of {_SOBOL_DIMENSIONS:,} "
            f"weights and open cells, not for {samples:,} of {weights + cells:,}; draw at random"
        )
    return Sobol(seed, samples, weights, cells)


class PseudoRandom(NamedTuple):
    """Draws of a generator (SFC64) that each block and purpose has to itself."""

    seed: int
    samples: int

    def raw(self, purpose: Purpose, rows: int, block: int) -> Single:
        """The raw draws (rows, BLOCK) of one block."""
        return _KEPT.draw(purpose, rows, self.seed, block, self.samples <= KEPT_SAMPLES)


class Sobol(NamedTuple):
    """The points of one net with a dimension for each weight, then one for each cell."""

    seed: int
    samples: int
    weights: int
    cells: int

    def raw(self, purpose: Purpose, rows: int, block: int) -> Single:
        """The raw draws (rows, BLOCK) of one block."""
        first, steps = _net(self.seed, self.weights + self.cells, self.samples)
        start = self.weights if purpose == "cells" else 0
        shift = np.zeros(rows, dtype=np.uint32)
        gray = (block * 2) ^ block  # the index of the block's first point, from bit 11 on
        for bit in range(gray.bit_length()):
            if gray >> bit & 1:
                shift ^= steps[bit, start : start + rows]
        return _shaped(first[start : start + rows] ^ shift[:, None], _SOBOL_BITS, purpose)


@lru_cache(maxsize=4)
def _net(seed: int, dimensions: int, samples: int) -> tuple[Bits, Bits]:
    """The first block of a net (dimensions, BLOCK), and what each higher bit of an index changes.

    The second (bits, dimensions) begins with bit 11 of the index in Gray code. A point with that
    bit alone has the index 2^(bit + 1) - 1.
    """
    from scipy.stats import qmc

    def bits(points: NDArray[np.float64]) -> Bits:
        return np.ascontiguousarray((points.T * 2**_SOBOL_BITS).astype(np.uint32))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # single points are no balanced sample: right
        engine = qmc.Sobol(dimensions, scramble=True, bits=_SOBOL_BITS, rng=_generator(seed, 0, 3))
        first = bits(engine.random(BLOCK))
        steps = [first[:, BLOCK - 1] ^ first[:, 0]]
        for _ in range(((samples - 1) // BLOCK).bit_length()):
            engine.fast_forward((BLOCK << len(steps)) - 1 - engine.num_generated)
            steps.append(bits(engine.random(1))[:, 0] ^ first[:, 0])
    return first, np.stack(steps)


def _shaped(raw: Bits, bits: int, purpose: Purpose) -> Single:
    """Whole numbers of so many bits as draws: chances below 1, or minus their logarithm.

    Half a step is added, so that no chance is 0 and no exponential infinite.
    """
    result = raw.astype(np.float32)
    result += np.float32(0.5)
    result *= np.float32(2.0**-bits)
    if purpose == "exponential":
        np.log(result, out=result)
        np.negative(result, out=result)
    else:
        np.minimum(result, _BELOW_ONE, out=result)
    return result


def _generator(seed: int, block: int, purpose: int) -> np.random.Generator:
    stream = np.random.SeedSequence(seed, spawn_key=(block, purpose))
    return np.random.Generator(np.random.SFC64(stream))


def _drawn(purpose: Purpose, rows: int, seed: int, block: int) -> Single:
    # Whole numbers of 64 bits, each read as two of 32, and the logarithm of many at once, are
    # three times as fast as the generator's own exponentials in single precision.
    rng = _generator(seed, block, _PURPOSES.index(purpose))
    whole = rng.integers(2**64 - 1, size=rows * BLOCK // 2, dtype=np.uint64, endpoint=True)
    return _shaped(whole.view(np.uint32).reshape(rows, BLOCK), 32, purpose)


class _Kept:
    """Raw draws by purpose, size and seed, the longest unused thrown out first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: OrderedDict[tuple[str, int, int, int], Single] = OrderedDict()
        self._bytes = 0

    def draw(self, purpose: Purpose, rows: int, seed: int, block: int, is_kept: bool) -> Single:
        key = (purpose, rows, seed, block)
        with self._lock:
            if key in self._blocks:
                self._blocks.move_to_end(key)
                return self._blocks[key]
        made = _drawn(purpose, rows, seed, block)
        if not is_kept or made.nbytes * (KEPT_SAMPLES // BLOCK) > KEPT_BYTES // 2:
            return made
        made.flags.writeable = False
        with self._lock:
            if key not in self._blocks:
                self._blocks[key] = made
                self._bytes += made.nbytes
            while self._bytes > KEPT_BYTES:
                self._bytes -= self._blocks.popitem(last=False)[1].nbytes
        return made


_KEPT = _Kept()
