"""Arrays in, arrays out: value functions, weights, methods and robustness. Never sees a vendor.

    from selector.mcda import smaa
    smaa(values, samples=100_000, seed=1).rank_acceptability

`smaa` is found on first use, so that importing the package stays light.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selector.mcda.robustness.acceptability import smaa

__all__ = ["smaa"]


def __getattr__(name: str) -> Any:
    """Public names are found on first use."""
    if name == "smaa":
        from selector.mcda.robustness.acceptability import smaa

        return smaa
    raise AttributeError(f"module 'selector.mcda' has no attribute {name!r}")
