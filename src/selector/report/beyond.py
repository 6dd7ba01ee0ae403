"""What three methods say that a rank cannot, in sentences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from selector.domain.words import listed

MOST = 3  # pairs that cannot be compared, named one by one
KEPT = 6  # alternatives of a kernel or a compromise that are all named


def beyond_ranks(
    details: Mapping[str, Mapping[str, Any]], named: Callable[[Sequence[str]], str]
) -> Iterator[str]:
    """The compromise of VIKOR, the kernel of ELECTRE I, whom PROMETHEE I cannot compare.

    `details` are those of each method by its id; `named` makes a list of alternatives readable.
    """
    vikor = details.get("vikor", {})
    if len(vikor.get("compromise", ())) > 1:
        if not vikor["acceptable_advantage"]:
            why = "the lead is too small"
        elif not vikor["acceptable_stability"]:
            why = "the first is best neither for the many nor for the one"
        else:
            why = "they are level"
        yield f"VIKOR's compromise is {named(vikor['compromise'])}: {why}."
    kernel = details.get("electre1", {}).get("kernel", ())
    if len(kernel) > 1:
        yield f"ELECTRE I only narrows down to {named(kernel)}: nobody else outranks them."
    pairs = details.get("promethee2", {}).get("incomparable", ())
    if pairs:
        more = f"; nor {len(pairs) - MOST} more" if len(pairs) > MOST else ""
        yield f"PROMETHEE I cannot compare {'; '.join(map(named, pairs[:MOST]))}{more}."


def some(names: Sequence[str]) -> str:
    """All of some few; of many the first ones, and how many more."""
    more = [f"{len(names) - MOST} more"] if len(names) > KEPT else []
    return listed([*(names[:MOST] if more else names), *more])
