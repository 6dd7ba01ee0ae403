"""Write what is known of each vendor into docs/evidence.md, between its markers.

`python tools/evidence_table.py` judges staleness by the day that stands on the page;
`python tools/evidence_table.py 2026-12-01` by another, which it writes there. Run it after a
profile changed; tests/test_docs.py says when that is due.
"""

import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from selector.catalog.coverage import Asked, coverage_of, is_known
from selector.catalog.library import Library, shipped_home
from selector.domain.evidence import Evidence
from selector.domain.vendor import Vendor

PAGE = Path(__file__).resolve().parents[1] / "docs" / "evidence.md"
MARKERS = re.compile(r"<!-- evidence: begin (\d{4}-\d\d-\d\d) -->.*<!-- evidence: end -->", re.S)
STATE_COLUMNS = {
    "Vendor": "",
    "Known": "",
    "Coverage": "",
    "Stale": "",
    "High": "high",
    "Medium": "medium",
    "Low": "low",
    "Disputed": "disputed",
    "Judged": "judged",
    "Unknown": "unknown",
    "Not applicable": "not_applicable",
}
TIER_COLUMNS = {
    "Vendor": "",
    "Contract": "contract",
    "Vendor's docs": "vendor_docs",
    "Software": "sdk",
    "Own test": "measured",
    "Benchmark": "benchmark",
    "Third party": "third_party",
    "Not said": "none",
}


def table(today: date) -> str:
    """The tables as Markdown, with facts stale by the day `today`."""
    library = Library(shipped_home())
    vendors = [library.vendor(vendor_id) for vendor_id in library.vendor_ids()]
    asked = Asked(vendors, library.dictionary())
    states, tiers = [], []
    for vendor in vendors:
        coverage = coverage_of(vendor, asked.of(vendor), today)
        stated = _stated(vendor)
        counted = Counter(_state(evidence) for evidence in stated)
        kinds = Counter(evidence.tier or "none" for evidence in stated if is_known(evidence))
        states.append(
            [
                vendor.name,
                f"{coverage.known} of {coverage.applicable}",
                f"{100 * coverage.share:.0f} %",
                str(len(coverage.stale)),
                *(str(counted[key]) for key in STATE_COLUMNS.values() if key),
            ]
        )
        tiers.append([vendor.name, *(str(kinds[key]) for key in TIER_COLUMNS.values() if key)])
    return "\n".join([*_markdown(STATE_COLUMNS, states), "", *_markdown(TIER_COLUMNS, tiers)])


def _stated(vendor: Vendor) -> list[Evidence]:
    """Every statement of a profile: the vendor's and each offer's."""
    parts = (vendor.facts, *(offer.facts for offer in vendor.offers))
    return [evidence for facts in parts for evidence in facts.values()]


def _state(evidence: Evidence) -> str:
    if evidence.is_judgement:
        return "judged"
    return evidence.confidence if evidence.state == "value" else evidence.state


def _markdown(columns: dict[str, str], rows: list[list[str]]) -> list[str]:
    head = ["| " + " | ".join(columns) + " |"]
    line = "| --- |" + " ---: |" * (len(columns) - 1)
    return [*head, line, *("| " + " | ".join(row) + " |" for row in rows)]


def day_of(page: str) -> date:
    """The day that stands on the page."""
    found = MARKERS.search(page)
    if found is None:
        raise ValueError("the markers of the table are missing")
    return date.fromisoformat(found[1])


def written(page: str, today: date) -> str:
    """The page with the tables of now, judged by the day `today`."""
    marked = f"<!-- evidence: begin {today} -->\n\n{table(today)}\n\n<!-- evidence: end -->"
    return MARKERS.sub(lambda _: marked, page)


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    day = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else day_of(text)
    PAGE.write_text(written(text, day), encoding="utf-8")
