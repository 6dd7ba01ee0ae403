"""A home for the app that a test fills; what no page drawn changes is looked up once."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home that the app reads."""
    monkeypatch.setenv("SELECTOR_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(autouse=True, scope="session")
def components_found_once() -> Iterator[None]:
    """Look for components of Streamlit among what is installed once, not for each AppTest.

    It reads what every package tells of itself, which takes longer than to draw a page.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield
