"""Bring the hourly prices of the large clouds in `prices/instances.yaml` up to date.

    python tools/instance_prices.py --checkout aws=../karpenter-provider-aws \\
        --checkout azure=../karpenter-provider-azure --checkout gcp=../karpenter-provider-gcp

prints what differs; `--write` writes it. The repositories `aws/karpenter-provider-aws`,
`Azure/karpenter-provider-azure` and `cloudpilot-ai/karpenter-provider-gcp` carry price lists that
are made from the clouds' own price interfaces. Only machines, regions and terms that stand in the
file and name the source `aws-list`, `azure-list` or `gcp-list` are looked up; a new machine or
region is added by hand, with any figure. Machines of other clouds have no list that could be read
by itself: look those up on the pages named. Writing brings the file into its usual form.

Exit code 0: nothing differs, or written; 1: something differs.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from selector.catalog.reading import read_document  # noqa: E402
from tools.refresh_sources import Checkout  # noqa: E402

TARGET = ROOT / "prices" / "instances.yaml"
HEAD = """# yaml-language-server: $schema=../schema/prices-instances.json
# Machines and managed endpoints by the hour, in US dollars; docs/formats.md, "The price book".
# tools/instance_prices.py brings the lists of the large clouds up to date.
"""
REPOSITORIES = {
    "aws": "aws/karpenter-provider-aws",
    "azure": "Azure/karpenter-provider-azure",
    "gcp": "cloudpilot-ai/karpenter-provider-gcp",
}
FILES = {
    "aws": "pkg/providers/pricing/zz_generated.pricing_aws.go",
    "azure": "pkg/providers/pricing/zz_generated.pricing.go",
    "gcp": "pkg/providers/pricing/initial-prices.json",
}
Prices = dict[tuple[str, str, str], float]
"""An hour's price by region, term and the cloud's own name of the machine."""

_ENTRY = re.compile(r'"([\w.\-]+)":\s*([\d.]+)')
_REGION = re.compile(r"^\s*// ([a-z][a-z0-9-]+)\s*$")
_GENERATED = re.compile(r"generated at (\d{4}-\d\d-\d\d)")
WIDTH = 100


def go_prices(text: str) -> Prices:
    """The on-demand prices of a generated Go file; a comment names each region."""
    found: Prices = {}
    region = ""
    for line in text.splitlines():
        if named := _REGION.match(line):
            region = named[1]
        for name, price in _ENTRY.findall(line):
            found[region, "on_demand", name] = float(price)
    return found


def json_prices(text: str) -> Prices:
    """The prices of Google's list, by region and term; sums of parts, so rounded to 4 digits."""
    return {
        (region, term, name): round(price, 4)
        for region, terms in json.loads(text)["prices"].items()
        for term, prices in terms.items()
        for name, price in prices.items()
    }


def read_list(cloud: str, checkout: Checkout) -> tuple[Prices, dict[str, Any]]:
    """The price list of a cloud, and the entry of the file's sources that describes it."""
    text = checkout.text(FILES[cloud])
    made = _GENERATED.search(text)
    address = f"https://github.com/{REPOSITORIES[cloud]}/blob/{checkout.version}/{FILES[cloud]}"
    about: dict[str, Any] = {"url": address}
    if made:
        about |= {"as_of": date.fromisoformat(made[1]), "as_of_kind": "generated_at"}
    else:
        about |= {"as_of": checkout.as_of, "as_of_kind": "commit_date"}
    return (json_prices(text) if cloud == "gcp" else go_prices(text)), about


def listed(content: Mapping[str, Any], cloud: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Machines, regions and terms whose price is of that cloud's list."""
    source = f"{cloud}-list"
    for row in content["instances"].values():
        for region, terms in row["prices"].items():
            for term, price in terms.items():
                own = price.get("source") if isinstance(price, dict) else None
                if (own or row.get("source")) == source:
                    yield row, region, term


def refreshed(content: dict[str, Any], cloud: str, prices: Prices) -> list[str]:
    """Put the list's prices into the content; what differed, in words."""
    told = []
    for row, region, term in listed(content, cloud):
        held = row["prices"][region][term]
        old = held["value"] if isinstance(held, dict) else held
        new = prices.get((region, term, row["name"]))
        if new is None:
            told.append(f"{row['name']} {region} {term}: {old}, no longer in the list")
        elif new != old:
            told.append(f"{row['name']} {region} {term}: {old} -> {new}")
            if isinstance(held, dict):
                held["value"] = new
            else:
                row["prices"][region][term] = new
    return told


def written(content: Mapping[str, Any]) -> str:
    """The file's text in its usual form."""
    lines = [HEAD.rstrip(), "sources:"]
    for key, about in content["sources"].items():
        lines.append(f"  {key}:")
        lines += [f"    {name}: {_scalar(value)}" for name, value in about.items()]
    lines.append("instances:")
    for key, row in content["instances"].items():
        lines.append(f"  {key}:")
        for name, value in row.items():
            if name != "prices":
                lines.append(f"    {name}: {_scalar(value)}")
        lines.append("    prices:")
        lines += [f"      {region}: {_flow(terms)}" for region, terms in row["prices"].items()]
    return "\n".join([*lines, ""])


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(part) for part in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = re.fullmatch(r"[A-Za-z][\w./:+ -]*", value) and ": " not in value
        is_word = value in ("true", "false", "null")
        return value if plain and not is_word else json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else repr(value)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, and write if asked."""
    parser = argparse.ArgumentParser(description="Refresh prices/instances.yaml")
    parser.add_argument("--checkout", action="append", default=[], metavar="CLOUD=PATH")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    content = read_document(TARGET).data
    told = []
    for pair in given.checkout:
        cloud, _, path = pair.partition("=")
        if cloud not in REPOSITORIES:
            parser.error(f"{cloud!r} is not one of {', '.join(REPOSITORIES)}")
        prices, about = read_list(cloud, Checkout(Path(path)))
        told += refreshed(content, cloud, prices)
        content["sources"][f"{cloud}-list"].update(about)
    print("\n".join(told) or "nothing differs")
    if given.write:
        TARGET.write_text(written(content), encoding="utf-8")
        return 0
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
