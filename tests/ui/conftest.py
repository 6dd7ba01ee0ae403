"""A home for the app that a test fills."""

from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home that the app reads."""
    monkeypatch.setenv("SELECTOR_HOME", str(tmp_path))
    return tmp_path
