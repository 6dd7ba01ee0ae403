"""Write the JSON Schemas of the file kinds to `schema/`, for editors: python tools/schemas.py."""

import json
from pathlib import Path

from selector.catalog.json_schema import KINDS, json_schema
from selector.catalog.library import Library
from selector.report.exports import as_json
from selector.workshop.results.schema import schema as round_schema

EXPORT = "export"  # what `selector export` writes as JSON
ROUND = "round"  # what a workshop answers as the results of a round
FOLDER = Path(__file__).parents[1] / "schema"


def written(kind: str) -> str:
    """The text of one schema file."""
    if kind == ROUND:
        made = round_schema()
    else:
        made = as_json.schema() if kind == EXPORT else json_schema(kind, Library().dictionary())
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=False) + "\n"


if __name__ == "__main__":
    for kind in (*KINDS, EXPORT, ROUND):
        (FOLDER / f"{kind}.json").write_text(written(kind), encoding="utf-8")
