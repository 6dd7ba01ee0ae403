"""Two mistakes in one fact are told together, not one after the other."""

from pathlib import Path

from selector.catalog.library import Library
from selector.catalog.validation import problems_of


def test_a_wrong_date_does_not_hide_a_value_out_of_bounds(tmp_path: Path) -> None:
    path = tmp_path / "vendors" / "mine.yaml"
    path.parent.mkdir()
    path.write_text(
        "id: mine\nname: Mine\nkind: model-api\nfacts:\n  uptime_sla:\n    value: 199.9\n"
        "    source: not an address\n    as_of: yesterday\n    tier: rumour\n",
        encoding="utf-8",
    )
    told = [(p.line, p.what.split(":")[0]) for p in problems_of(Library(), path)]
    assert told == [(6, "uptime_sla"), (7, "source"), (8, "as_of"), (9, "tier")]
