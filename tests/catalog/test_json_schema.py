"""The shipped JSON Schemas are current, and every shipped file fits the one of its kind."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from selector.catalog.json_schema import KINDS
from selector.catalog.library import Library
from selector.catalog.reading import read_document
from selector.catalog.validation import kind_of
from tools.schemas import FOLDER, written


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_is_the_one_its_shape_makes(kind: str) -> None:
    shipped = (FOLDER / f"{kind}.json").read_text(encoding="utf-8")
    assert shipped == written(kind), "run: python tools/schemas.py"
    jsonschema.Draft202012Validator.check_schema(json.loads(shipped))


@pytest.mark.parametrize("path", Library().files(), ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_shipped_file_fits_its_schema_and_names_it(path: Path) -> None:
    document = read_document(path)
    kind = kind_of(document, path)
    schema = json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(_as_json(document.data))
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../schema/{kind}.json"


def test_a_misspelt_key_does_not_fit(tmp_path: Path) -> None:
    schema = json.loads((FOLDER / "vendor.json").read_text(encoding="utf-8"))
    vendor = {"id": "v", "name": "V", "kind": "model-api", "facts": {"uptime": {"value": 1}}}
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(vendor))
    assert [list(error.path) for error in errors] == [["facts"]]


def _as_json(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _as_json(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_as_json(item) for item in data]
    return data.isoformat() if isinstance(data, date) else data
