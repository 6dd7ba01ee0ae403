"""`selector vendor` prints every shipped profile, with nothing lost that is nought."""

import json

import pytest

from selector.catalog.library import Library
from selector.cli import main


@pytest.mark.parametrize("vendor", Library().vendor_ids())
def test_every_profile_prints(vendor: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["vendor", vendor])
    assert end.value.code == 0
    assert "Source" in capsys.readouterr().out


def test_a_range_from_nought_keeps_its_low_end(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["vendor", "amazon-bedrock", "--format", "json"])
    retention = json.loads(capsys.readouterr().out)["facts"]["retention_days"]
    assert (retention["low"], retention["high"]) == (0.0, 30.0)
