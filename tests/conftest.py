"""What holds for every test: the next finds Python as this one did. And how they are shared out."""

import os
import sys
from collections.abc import Iterator

import pytest

# Folders and files that take long, in seconds of a processor.
LONG = {"properties", "exports", "cli", "scale", "ui", "workshop", "stack"}
LONG |= {"test_docs_keys.py", "test_shape.py"}


@pytest.hookimpl(optionalhook=True)  # xdist's
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: a test that visits a page waits half the time."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Take files that take long first, and those of the browser in turn with the others.

    So the processes end together, and seldom all wait for a page, or all visit one, at a time.
    """
    files = list(dict.fromkeys(item.path for item in items))
    visiting = [file for file in files if "browser" in file.parts]
    others = [file for file in files if file not in visiting]
    others.sort(key=lambda file: LONG.isdisjoint(file.parts))
    place = {file: number / len(others) for number, file in enumerate(others)}
    # All are begun before the last quarter of the others, which are short.
    place |= {file: 0.75 * number / len(visiting) for number, file in enumerate(visiting)}
    items.sort(key=lambda item: place[item.path])


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Put the main module back, which Streamlit's AppTest replaces by the page it runs.

    A worker process imports the main module anew, and cannot import that page.
    """
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(autouse=True, scope="session")
def own_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the working copies that tests make away from those of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SELECTOR_DATA", str(tmp_path_factory.mktemp("data")))
        yield
