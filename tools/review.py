"""Draw facts at random, to be re-opened at their sources by a person.

`python tools/review.py --sample 40 --seed 1 > review.csv` prints them as CSV, with empty columns
`verdict` (right, wrong or unclear), `remark` and `date`. The same seed draws the same facts from
the same profiles. Judgements, unknowns and what does not apply are left out: there is nothing to
re-open. `docs/evidence-review.csv` keeps what was found; `--tally FILE` counts its verdicts.
"""

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from selector.catalog.library import Library  # noqa: E402
from selector.domain.evidence import Evidence  # noqa: E402

VERDICTS = ("right", "wrong", "unclear")


class Drawn(NamedTuple):
    """One fact to re-open, and what was found."""

    vendor: str
    offer: str
    fact: str
    value: str
    source: str
    locator: str
    as_of: str
    confidence: str
    verdict: str = ""
    remark: str = ""
    date: str = ""


def shown(evidence: Evidence) -> str:
    """The value as one line: a range with its ends, a dispute with all that is said."""
    if evidence.state == "disputed":
        return " / ".join(shown(account) for account in evidence.accounts)
    if evidence.low is not None:
        likely = "" if evidence.likely is None else f", likely {_plain(evidence.likely)}"
        return f"{_plain(evidence.low)} to {_plain(evidence.high)}{likely}"
    if isinstance(evidence.value, tuple):
        open_ones = f" (open: {', '.join(evidence.open_choices)})" if evidence.open_choices else ""
        return (", ".join(evidence.value) or "none") + open_ones
    return _plain(evidence.value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def statements(library: Library, vendors: Sequence[str]) -> list[Drawn]:
    """Every statement with a source, in the order of ids."""
    found = []
    for vendor_id in vendors:
        vendor = library.vendor(vendor_id)
        for offer, facts in (("", vendor.facts), *((o.id, o.facts) for o in vendor.offers)):
            for fact, evidence in facts.items():
                accounts = evidence.accounts or (evidence,)
                sources = [str(source) for one in accounts for source in one.sources]
                if evidence.state not in ("value", "disputed") or evidence.is_judgement:
                    continue
                found.append(
                    Drawn(
                        vendor_id,
                        offer,
                        fact,
                        shown(evidence),
                        " ; ".join(dict.fromkeys(sources)),
                        " ; ".join(filter(None, (one.locator for one in accounts))),
                        str(evidence.as_of or accounts[0].as_of or ""),
                        evidence.confidence,
                    )
                )
    return sorted(found)


def draw(population: Sequence[Drawn], sample: int, seed: int) -> list[Drawn]:
    """That many of them, each as likely as any other, in the order of ids."""
    return sorted(random.Random(seed).sample(population, min(sample, len(population))))


def write(rows: Sequence[Drawn], target: TextIO) -> None:
    """The rows as CSV."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(Drawn._fields)
    writer.writerows(rows)


def tally(path: Path) -> Counter[str]:
    """How many of each verdict the file holds."""
    with path.open(encoding="utf-8", newline="") as file:
        return Counter(row["verdict"] or "open" for row in csv.DictReader(file))


def main(words: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("vendors", nargs="*", help="ids of profiles; else all")
    parser.add_argument("--sample", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tally", type=Path, metavar="FILE")
    given = parser.parse_args(words)
    if given.tally:
        for verdict, count in sorted(tally(given.tally).items()):
            print(verdict, count)
        return 0
    library = Library()
    population = statements(library, given.vendors or library.vendor_ids())
    write(draw(population, given.sample, given.seed), sys.stdout)
    print(f"{given.sample} of {len(population):,} statements", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
