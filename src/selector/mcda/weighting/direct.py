"""Points given directly, or as swings (von Winterfeldt and Edwards 1986): normalised to sum 1."""

from collections.abc import Mapping

from selector.domain.problem import UsageError


def shares_of(points: Mapping[str, float]) -> dict[str, float]:
    """Points of siblings as shares that sum to 1.

    Raises UsageError where a point is negative, not finite or beyond reckoning, or all are zero.
    """
    for name, value in points.items():
        if not 0 <= value <= 1e100:
            raise UsageError(f"the weight {value} of {name!r} cannot be used; write 0 or more")
    total = sum(points.values())
    if total <= 0:
        raise UsageError(
            f"the weights of {', '.join(points)} sum to zero; give at least one more than 0"
        )
    return {name: value / total for name, value in points.items()}


def replaced(shares: Mapping[str, float], named: Mapping[str, float]) -> dict[str, float]:
    """Shares of siblings after some are given new points.

    The siblings are first rescaled to sum 100, then the named ones replaced, then all normalised:
    so 40 means 40 beside what the others had of 100.
    """
    if not named:
        return dict(shares)
    return shares_of({name: named.get(name, 100 * share) for name, share in shares.items()})


def equal_shares(names: tuple[str, ...]) -> dict[str, float]:
    """The same share for each sibling."""
    return {name: 1 / len(names) for name in names}
