"""Recompute the figures of the profiles that can be counted, and write them back if asked.

    pip download --no-deps -d wheels botocore genai-prices litellm google-cloud-aiplatform
    python tools/refresh.py --wheels wheels --checkout terraform-provider-google=../google

prints vendor, offer, fact, what the profile says, what was found, and where. Nothing is written
without `--write`. Then a figure that differs takes the place of the old one, which goes to the
fact's history; version and dates follow; comments and layout stay. A fact that rests on two
packages is written only if both were read and agree. `tools/refresh.csv` says how each figure is
got (see tools/refresh_sources.py); a fact that it does not name has to be looked up by a person.

Exit code 0: all the same, or written; 1: something differs; 2: something could not be used.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from selector.catalog.library import Library  # noqa: E402
from selector.catalog.reading import read_document  # noqa: E402
from selector.domain.fact import Dictionary  # noqa: E402
from tools.refresh_sources import CannotRead, Figure, Shelf  # noqa: E402
from tools.refresh_writing import Change, changed_text, number, same, write_profile  # noqa: E402

RECIPES = ROOT / "tools" / "refresh.csv"
HEAD = ("vendor", "offer", "fact", "part", "in the profile", "recomputed", "result", "source")


class Recipe(NamedTuple):
    """How one figure is got: `part` is value, low, likely or high; `how` as the sources say."""

    vendor: str
    offer: str
    fact: str
    part: str
    package: str
    how: str


class Row(NamedTuple):
    """One figure, compared. `found` is None where it could not be read; then `result` says why."""

    recipe: Recipe
    stated: Any
    found: Figure | None
    result: str


def read_recipes(path: Path) -> list[Recipe]:
    """The rows of the table of recipes."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Recipe(**row) for row in csv.DictReader(file)]


def fact_path(data: Mapping[str, Any], recipe: Recipe) -> tuple[object, ...] | None:
    """Where the recipe's fact stands in a profile; None if the profile does not state it."""
    if not recipe.offer:
        found: tuple[object, ...] = ("facts", recipe.fact)
        return found if recipe.fact in (data.get("facts") or {}) else None
    for index, offer in enumerate(data.get("offers") or []):
        if offer.get("id") == recipe.offer and recipe.fact in (offer.get("facts") or {}):
            return ("offers", index, "facts", recipe.fact)
    return None


def at(data: Any, where: Iterable[object]) -> Any:
    """What stands at a path of keys and indices."""
    for step in where:
        data = data[step]
    return data


def compare(data: Mapping[str, Any], recipes: Sequence[Recipe], shelf: Shelf) -> list[Row]:
    """Each recipe of one profile against what the profile says."""
    rows = []
    for recipe in recipes:
        where = fact_path(data, recipe)
        stated = at(data, where).get(recipe.part) if where else None
        try:
            found = shelf.figure(recipe.package, recipe.how)
        except CannotRead as reason:
            rows.append(Row(recipe, stated, None, f"not read: {reason}"))
            continue
        if stated is None:
            result = "not in the profile"
        else:
            result = "same" if same(stated, found.value) else "differs"
        rows.append(Row(recipe, stated, found, result))
    return rows


def changes_of(data: Mapping[str, Any], rows: Sequence[Row]) -> tuple[list[Change], list[str]]:
    """What to write into a profile, and why some facts are left as they are."""
    by_fact: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        where = fact_path(data, row.recipe)
        if where and row.stated is not None:
            by_fact.setdefault(where, []).append(row)
    changes, left = [], []
    for where, group in by_fact.items():
        made = _change(at(data, where), where, group)
        if isinstance(made, str):
            left.append(f"{group[0].recipe.vendor} {group[0].recipe.offer} {where[-1]}: {made}")
        elif made is not None:
            changes.append(made)
    return changes, left


def _change(
    fact: Mapping[str, Any], where: tuple[object, ...], rows: Sequence[Row]
) -> Change | str | None:
    parts: dict[str, float] = {}
    read: dict[str, Figure] = {}
    for row in rows:
        if row.found is None:
            return row.result
        if not same(parts.setdefault(row.recipe.part, row.found.value), row.found.value):
            return "the packages disagree; state it as disputed by hand"
        read[row.recipe.package] = row.found
    missing = {key for key in ("value", "low", "likely", "high") if key in fact} - set(parts)
    if missing:
        return f"no recipe for {', '.join(sorted(missing))}"
    versions: dict[str, str] = {}
    for name, version in _versions(fact):
        package = next((p for p in read if name == p or f"/{p}/" in name), None)
        if package is None:
            return f"it also rests on {name}, which was not read"
        if version != read[package].version:
            versions[package] = read[package].version
    changed = any(row.result == "differs" for row in rows)
    if not versions:
        return (
            "the same version says something else (a dated price, or a slip); mend it by hand"
            if changed
            else None
        )
    dates = {package: read[package].as_of for package in versions}
    if undated := [package for package, day in dates.items() if day is None]:
        return f"no date; give --date {undated[0]}=YYYY-MM-DD"
    return Change(where, parts, versions, min(day for day in dates.values() if day))


def _versions(fact: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each source's package or address, with its version or the commit in the address."""
    sources = fact.get("source")
    found = []
    for source in sources if isinstance(sources, list) else [sources]:
        if isinstance(source, dict):
            found.append((str(source["package"]), str(source["version"])))
        else:
            steps = [step for step in str(source).split("/") if len(step) == 40]
            found.append((str(source), steps[0] if steps else ""))
    return found


def refresh(
    folder: Path,
    recipes: Sequence[Recipe],
    shelf: Shelf,
    dictionary: Dictionary | None = None,
    today: date | None = None,
) -> tuple[list[Row], list[str]]:
    """Compare every profile of the folder with its recipes; with a dictionary, also write.

    Returns the rows, and messages on what was written or left.
    """
    rows: list[Row] = []
    messages: list[str] = []
    for vendor in dict.fromkeys(recipe.vendor for recipe in recipes):
        path = folder / f"{vendor}.yaml"
        if not path.is_file():
            messages.append(f"{vendor}: no such profile")
            continue
        data = read_document(path).data
        own = compare(data, [r for r in recipes if r.vendor == vendor], shelf)
        rows += own
        if dictionary is None:
            continue
        changes, left = changes_of(data, own)
        messages += [f"left as it is: {reason}" for reason in left]
        if changes:
            text = changed_text(path.read_text(encoding="utf-8"), changes, today or date.today())
            problems = write_profile(path, text, dictionary)
            messages += [str(problem) for problem in problems]
            if not problems:
                messages.append(f"{vendor}: {len(changes)} facts written")
    return rows, messages


def table(rows: Sequence[Row], only_differences: bool = False) -> str:
    """The rows for people."""
    shown = [HEAD]
    for row in rows:
        if only_differences and row.result == "same":
            continue
        r = row.recipe
        found = number(row.found.value) if row.found else "–"
        stated = number(row.stated) if isinstance(row.stated, int | float) else str(row.stated)
        source = f"{r.package} {row.found.version[:12] if row.found else ''} {r.how}"
        shown.append((r.vendor, r.offer, r.fact, r.part, stated, found, row.result, source))
    widths = [max(len(line[i]) for line in shown) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in shown
    )


def main(words: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("vendors", nargs="*", help="ids of profiles; else all that have recipes")
    parser.add_argument("--wheels", type=Path, help="folder with wheels; else what is installed")
    parser.add_argument("--checkout", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--date", action="append", default=[], metavar="PACKAGE=DATE")
    parser.add_argument("--day", type=date.fromisoformat, default=date.today())
    parser.add_argument("--differences", action="store_true", help="leave out what is the same")
    parser.add_argument("--write", action="store_true", help="change the profiles")
    parser.add_argument("--folder", type=Path, default=ROOT / "vendors")
    parser.add_argument("--recipes", type=Path, default=RECIPES)
    given = parser.parse_args(words)
    checkouts = {name: Path(path) for name, path in (c.split("=", 1) for c in given.checkout)}
    dates = {name: date.fromisoformat(d) for name, d in (c.split("=", 1) for c in given.date)}
    shelf = Shelf(given.wheels, checkouts, given.day, dates)
    recipes = [
        r for r in read_recipes(given.recipes) if not given.vendors or r.vendor in given.vendors
    ]
    dictionary = Library().dictionary() if given.write else None
    rows, messages = refresh(given.folder, recipes, shelf, dictionary, given.day)
    print(table(rows, given.differences))
    tally: dict[str, int] = {}
    for row in rows:
        tally[row.result.split(":")[0]] = tally.get(row.result.split(":")[0], 0) + 1
    print(
        ", ".join(f"{count} {result}" for result, count in sorted(tally.items())), file=sys.stderr
    )
    for message in messages:
        print(message, file=sys.stderr)
    if any(message.startswith(str(given.folder)) for message in messages):
        return 2
    return 1 if tally.get("differs") and not given.write else 0


if __name__ == "__main__":
    sys.exit(main())
