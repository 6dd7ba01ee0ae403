"""The one call that joins everything: a Decision to its Analysis, each part made on first use."""

from selector.analysis.core import Analysis, analyse

__all__ = ["Analysis", "analyse"]
