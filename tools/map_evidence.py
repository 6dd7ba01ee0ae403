"""Tell where gathered evidence belongs: which fact of the dictionary each entry would go into.

    python tools/map_evidence.py evidence/facts.yaml evidence/facts-cost.yaml

reads lists of entries (vendor, fact, value, unit, source, as_of, as_of_kind, how, confidence) and
maps them by `tools/evidence_map.csv`: what maps, what has no id, what nobody has checked yet, and
for each vendor the coverage of its profile as it is, and as it would be with every mapped entry.
`--summary` leaves the lists out. Nothing is written: an entry enters a profile only when a person
has opened its source. Who did, and when, stands in the table.

Exit code 0, or 2 where a file could not be used, the table names a fact that is not in the
dictionary, or a row is checked by nobody on a day or by somebody on none.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from selector.catalog.coverage import Asked, coverage_of, is_known  # noqa: E402
from selector.catalog.library import Library  # noqa: E402
from selector.catalog.reading import read_document  # noqa: E402
from selector.domain.fact import Dictionary  # noqa: E402
from selector.domain.problem import InputError  # noqa: E402

TABLE = ROOT / "tools" / "evidence_map.csv"
PROFILES = {
    "anthropic": "anthropic-api",
    "bedrock": "amazon-bedrock",
    "fireworks": "fireworks-ai",
    "kserve": "kserve-vllm",
    "mistral": "mistral-api",
    "ollama": "ollama-workstation",
    "openai": "openai-api",
    "ray-serve": "ray-serve-vllm",
    "sagemaker": "amazon-sagemaker",
    "sglang": "sglang-kubernetes",
    "together": "together-ai",
    "vertex-ai": "google-vertex-ai",
    "vllm": "vllm-kubernetes",
}
"""The profile of a vendor that the evidence calls by another name."""


class Mapping(NamedTuple):
    """One row of the table. `fact` is the dictionary's id; `checked_by` is empty until checked."""

    vendor: str
    gathered_fact: str
    fact: str
    checked_by: str
    checked_on: str
    remark: str


class Gathered(NamedTuple):
    """One entry of the evidence, with the row that maps it, if there is one."""

    vendor: str
    fact: str
    value: Any
    source: str
    mapping: Mapping | None


class Cover(NamedTuple):
    """Facts of one vendor: known now, known with all that is mapped, and applicable."""

    vendor: str
    before: int
    after: int
    applicable: int


def read_table(path: Path) -> list[Mapping]:
    """The rows of the table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Mapping(**row) for row in csv.DictReader(file)]


def problems_of(table: Sequence[Mapping], dictionary: Dictionary) -> list[str]:
    """What is wrong with the table, one line each."""
    found = []
    seen: set[tuple[str, str]] = set()
    for line, row in enumerate(table, start=2):
        if row.fact not in dictionary:
            found.append(
                f"line {line}: there is no fact {row.fact!r}; take an id of the dictionary"
            )
        if bool(row.checked_by) != bool(row.checked_on):
            found.append(f"line {line}: half a check; give who and when, or neither")
        if row.checked_on:
            try:
                date.fromisoformat(row.checked_on)
            except ValueError:
                found.append(f"line {line}: {row.checked_on!r}; write year-month-day")
        key = (row.vendor, row.gathered_fact)
        if key in seen:
            found.append(f"line {line}: {key[0]} {key[1]} stands here twice; keep one")
        seen.add(key)
    return found


def read_evidence(paths: Iterable[Path], table: Sequence[Mapping]) -> list[Gathered]:
    """Every entry of the files, mapped. InputError if a file is not a list of entries."""
    rows = {(row.vendor, row.gathered_fact): row for row in table}
    found = []
    for path in paths:
        document = read_document(path)
        entries = document.data if isinstance(document.data, list) else [None]
        for index, entry in enumerate(entries):
            if not isinstance(entry, dict) or not {"vendor", "fact", "value"} <= set(entry):
                document.complain((index,), "not an entry", "write vendor, fact, value, source, …")
                continue
            vendor, fact = str(entry["vendor"]), str(entry["fact"])
            source = str(entry.get("source", ""))
            found.append(Gathered(vendor, fact, entry["value"], source, rows.get((vendor, fact))))
        if document.problems:
            raise InputError(document.problems)
    return found


def coverage(gathered: Sequence[Gathered], library: Library) -> list[Cover]:
    """For each vendor that has a profile, what the mapped entries would add to it."""
    covers = []
    asked = Asked(map(library.vendor, library.vendor_ids()), library.dictionary())
    for vendor_id in library.vendor_ids():
        mapped = {
            entry.mapping.fact
            for entry in gathered
            if entry.mapping and PROFILES.get(entry.vendor, entry.vendor) == vendor_id
        }
        vendor = library.vendor(vendor_id)
        parts = (vendor.facts, *(offer.facts for offer in vendor.offers))
        known = {fact for facts in parts for fact, e in facts.items() if is_known(e)}
        now = coverage_of(vendor, asked.of(vendor))
        covers.append(Cover(vendor_id, now.known, len(known | mapped), now.applicable))
    return covers


def report(gathered: Sequence[Gathered], covers: Sequence[Cover], lists: bool) -> str:
    """All of it for people."""
    profiles = {cover.vendor for cover in covers}
    ours = [entry for entry in gathered if PROFILES.get(entry.vendor, entry.vendor) in profiles]
    mapped = [entry for entry in ours if entry.mapping]
    checked = [entry for entry in mapped if entry.mapping and entry.mapping.checked_by]
    open_ones = [entry for entry in mapped if entry.mapping and not entry.mapping.checked_by]
    without = [entry for entry in ours if not entry.mapping]
    lines = [
        f"{len(gathered)} entries, {len(ours)} of vendors with a profile: {len(mapped)} map "
        f"({len(checked)} checked, {len(open_ones)} not yet), {len(without)} have no id"
    ]
    for title, entries in (
        ("Maps, checked", checked),
        ("Maps, not yet checked", open_ones),
        ("No id", without),
    ):
        if lists and entries:
            lines += ["", title]
            lines += [f"  {_line(entry)}" for entry in sorted(entries, key=lambda e: e[:2])]
    lines += ["", f"{'Coverage':28}{'now':>10}{'with all':>12}{'of':>6}"]
    for cover in covers:
        shares = (100 * n / cover.applicable for n in (cover.before, cover.after))
        now, then = (f"{share:.0f} %" for share in shares)
        lines.append(f"{cover.vendor:28}{now:>10}{then:>12}{cover.applicable:>6}")
    return "\n".join(lines)


def _line(entry: Gathered) -> str:
    value = str(entry.value)
    shown = value if len(value) <= 40 else value[:39] + "…"
    goal = f" -> {entry.mapping.fact}" if entry.mapping else ""
    return f"{entry.vendor}: {entry.fact} = {shown}{goal}"


def main(words: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("evidence", nargs="+", type=Path)
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument("--summary", action="store_true", help="counts and coverage only")
    given = parser.parse_args(words)
    library = Library()
    table = read_table(given.table)
    if problems := problems_of(table, library.dictionary()):
        print("\n".join(f"{given.table}: {problem}" for problem in problems), file=sys.stderr)
        return 2
    try:
        gathered = read_evidence(given.evidence, table)
    except InputError as error:
        print("\n".join(str(problem) for problem in error.problems), file=sys.stderr)
        return 2
    print(report(gathered, coverage(gathered, library), not given.summary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
