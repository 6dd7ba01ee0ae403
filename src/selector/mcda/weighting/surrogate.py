"""Weights from an order alone (Stillwell, Seaver and Edwards 1981; Barron and Barrett 1996)."""

from typing import Literal

Formula = Literal["roc", "rank_sum", "reciprocal"]


def weights_from_order(count: int, formula: str = "roc") -> tuple[float, ...]:
    """Weights, summing to 1, of `count` criteria in falling order of importance.

    `roc` is rank order centroid, w_k = (1/n) sum_{i>=k} 1/i; `rank_sum` is proportional to
    n - k + 1; `reciprocal` to 1/k.
    """
    if formula == "roc":
        raw = [sum(1 / i for i in range(k, count + 1)) / count for k in range(1, count + 1)]
    elif formula == "rank_sum":
        raw = [float(count - k + 1) for k in range(1, count + 1)]
    elif formula == "reciprocal":
        raw = [1 / k for k in range(1, count + 1)]
    else:
        raise ValueError(f"there is no formula {formula!r}")
    total = sum(raw)
    return tuple(value / total for value in raw)
