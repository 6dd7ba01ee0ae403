"""What holds for every test: the next one finds Python as this one did."""

import sys
from collections.abc import Iterator

import pytest


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
