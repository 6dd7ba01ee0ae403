"""What commands print for people is in the currency of the business; JSON as the files have it."""

from pathlib import Path

import pytest
import yaml

from tests.cli.test_commands import Run, run
from tests.exports.made import decided

__all__ = ["run"]


@pytest.mark.parametrize("command", ["rank", "robustness", "weights"])
def test_tables_are_in_it_and_data_are_not(command: str, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "money.yaml"
    file.write_text(yaml.safe_dump(decided(True, {"worst": 3000, "best": 0})), encoding="utf-8")
    table = run(command, file, "--home", tmp_path).out
    assert "EUR" in table
    assert "USD" not in table
    data = run(command, file, "--home", tmp_path, "--format", "json").out
    assert "USD" in data
    assert "EUR" not in data
