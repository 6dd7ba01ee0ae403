"""A `tokens.json` of one's own with rows that are no prices: named, and never reckoned with."""

import json
from pathlib import Path
from typing import Any

import pytest

from selector.catalog.library import Library
from selector.catalog.pricebook import token_problems
from selector.domain.problem import InputError

GOOD = {"prices": [{"input": "1", "output": "2"}]}


def written(folder: Path, **models: Any) -> Path:
    """A home with the token prices of these models of one provider."""
    head = {"package": "p", "version": "1", "as_of": "2026-01-01", "as_of_kind": "package_version"}
    acme = {"name": "Acme", "pages": [], "models": models}
    path = folder / "prices" / "tokens.json"
    path.parent.mkdir()
    path.write_text(json.dumps(head | {"providers": {"acme": acme}}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "row",
    [
        {"prices": [{"input": "cheap", "output": "2"}]},
        {"prices": [{"input": "-1", "output": "2"}]},
        {"prices": [{"input": "NaN"}]},
        {"prices": [{"input": "Infinity"}]},
        {"prices": []},
        {"name": "no prices"},
        ["1", "2"],
    ],
)
def test_a_row_that_is_no_price_is_an_error_with_its_name(tmp_path: Path, row: Any) -> None:
    path = written(tmp_path, good=GOOD, bad=row)
    tariffs = Library(tmp_path).prices().tokens["acme"]
    assert tariffs["good"].dated[0].rates.output == 2
    with pytest.raises(InputError, match="acme bad: not prices") as caught:
        tariffs.get("bad")
    told = token_problems(path, str(path))
    assert [problem.what for problem in told] == [p.what for p in caught.value.problems]
