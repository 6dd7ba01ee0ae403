"""The criteria set that a decision names, as its file writes it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from selector.catalog.reading import read_document
from selector.ui.edits._edit import Data
from selector.ui.state import State


def of(state: State) -> Data | None:
    """The file's data of the set that the decision names; None where it lists its criteria."""
    named = state.data.get("criteria")
    if not isinstance(named, str):
        return None
    found = [p for p in state.library.files() if p.parent.name == "criteria" and p.stem == named]
    return _data(found[-1], found[-1].stat().st_mtime) if found else None


def criteria(state: State) -> Any:
    """The criteria of that set; None where there is none."""
    found = of(state)
    return found["criteria"] if found else None


@lru_cache(maxsize=16)
def _data(path: Path, _stamp: float) -> Data:
    data: Data = read_document(path).data
    return data
