"""Selector: which option should we choose, why, and what would change our mind?

import selector
decision = selector.load("support-assistant")
analysis = selector.analyse(decision)
analysis.ranking[0].name
"""

from typing import TYPE_CHECKING, Any

from selector.version import VERSION as __version__

if TYPE_CHECKING:
    from selector.analysis import Analysis, analyse
    from selector.catalog.library import load
    from selector.domain.decision import Decision
    from selector.domain.problem import ClusterError, InputError, SelectorError, UsageError
    from selector.scale.portfolio import portfolio

__all__ = [
    "Analysis",
    "ClusterError",
    "Decision",
    "InputError",
    "SelectorError",
    "UsageError",
    "__version__",
    "analyse",
    "load",
    "portfolio",
]

_HOMES = {
    "Analysis": "selector.analysis",
    "ClusterError": "selector.domain.problem",
    "Decision": "selector.domain.decision",
    "InputError": "selector.domain.problem",
    "SelectorError": "selector.domain.problem",
    "UsageError": "selector.domain.problem",
    "analyse": "selector.analysis",
    "load": "selector.catalog.library",
    "portfolio": "selector.scale.portfolio",
}


def __getattr__(name: str) -> Any:
    """Public names are found on first use, so that importing selector costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'selector' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
