"""Figures recomputed from packages and checkouts, and written back without touching the rest."""

import json
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest

from selector.catalog.library import Library
from selector.catalog.reading import parse_document
from tools import refresh
from tools.refresh_sources import CannotRead, Shelf, catalogue, genai_figure

DAY = date(2026, 11, 24)
CATALOGUE = """
import datetime
from decimal import Decimal
from .types import *

providers: list[Provider] = [
    Provider(
        id='acme',
        api_pattern='x',
        tiers=SOME_SETTING,
        models=[
            ModelInfo(id='flat', context_window=8000, prices=ModelPrice(input_mtok=Decimal('0.3'))),
            ModelInfo(
                id='tiered',
                prices=ModelPrice(
                    input_mtok=TieredPrices(
                        base=Decimal('0.1'), tiers=[Tier(start=100, price=Decimal('0.5'))]
                    )
                ),
            ),
            ModelInfo(
                id='dated',
                prices=[
                    ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('9'))),
                    ConditionalPrice(
                        constraint=StartDateConstraint(start_date=datetime.date(2026, 1, 1)),
                        prices=ModelPrice(input_mtok=Decimal('2')),
                    ),
                    ConditionalPrice(
                        constraint=TimeOfDateConstraint(start_time=datetime.time(1)),
                        prices=ModelPrice(input_mtok=Decimal('7')),
                    ),
                    ConditionalPrice(
                        constraint=StartDateConstraint(start_date=datetime.date(2026, 12, 1)),
                        prices=ModelPrice(input_mtok=Decimal('4')),
                    ),
                ],
            ),
        ],
    )
]
"""
PROFILE = """\
# A comment that stays.
id: acme
name: Acme
kind: model-api
facts:
  regions:        # counted
    value: 3
    source: {package: "botocore", version: "1.0.0", item: "endpoints"}
    as_of: 2026-01-01   # of the release
    as_of_kind: package_version
    retrieved: 2026-01-02
    confidence: high
  regions_eu: {value: 1, source: {package: botocore, version: 1.0.0}, as_of: 2026-01-01}
  batch_discount:
    value: 50
    source: {package: litellm, version: 1.0.0, item: acme-1}
    as_of: 2026-01-01
offers:
  - id: small
    name: Small
    facts:
      price_input_tokens:
        low: 0.1
        likely: 0.1
        high: 0.5
        source:
          - {package: litellm, version: 1.0.0, item: acme-1}
          - {package: genai-prices, version: '0.1.0', item: tiered}
        as_of: 2026-01-01
        retrieved: 2026-01-02
        history:
          - {value: 0.3, as_of: 2025-01-01, source: https://example.com/old}
      context_window:
        {value: 8000, source: {package: genai-prices, version: 0.1.0}, as_of: 2026-01-01}
"""
RECIPES = [
    ("", "regions", "value", "botocore", "regions acme aws"),
    ("", "regions_eu", "value", "botocore", "regions_eu acme aws"),
    ("", "batch_discount", "value", "litellm", "acme-1 discount cost_batches cost_full"),
    ("small", "price_input_tokens", "low", "litellm", "acme-1 cost_full"),
    ("small", "price_input_tokens", "low", "genai-prices", "acme tiered input_mtok"),
    ("small", "price_input_tokens", "likely", "litellm", "acme-1 cost_full"),
    ("small", "price_input_tokens", "high", "litellm", "acme-1 cost_full * uplift.long"),
    ("small", "price_input_tokens", "high", "genai-prices", "acme tiered input_mtok top"),
    ("small", "context_window", "value", "genai-prices", "acme flat context_window"),
]


def recipes() -> list[refresh.Recipe]:
    return [refresh.Recipe("acme", *row) for row in RECIPES]


def wheel(folder: Path, package: str, version: str, files: dict[str, str]) -> None:
    path = folder / f"{package}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 17, 0, 0, 0)), text)


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    folder.mkdir()
    regions = ["eu-west-1", "eu-west-2", "eu-north-1", "us-east-1"]
    endpoints = {
        "partitions": [
            {
                "partition": "aws",
                "regions": {r: {} for r in regions},
                "services": {"acme": {"endpoints": {r: {} for r in [*regions, "fips-us-east-1"]}}},
            }
        ]
    }
    wheel(folder, "botocore", "1.1.0", {"botocore/data/endpoints.json": json.dumps(endpoints)})
    entry = {"cost_full": 2e-7, "cost_batches": 1e-7, "uplift": {"long": 2.5}}
    name = "litellm/model_prices_and_context_window_backup.json"
    wheel(folder, "litellm", "1.2.0", {name: json.dumps({"acme-1": entry})})
    text = CATALOGUE.replace("base=Decimal('0.1')", "base=Decimal('0.2')")
    wheel(folder, "genai_prices", "0.2.0", {"genai_prices/data.py": text})
    return folder


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yaml"
    path.write_text(PROFILE)
    return path


def shelf(wheels: Path | None, **dates: date) -> Shelf:
    return Shelf(wheels, {}, DAY, {"genai-prices": DAY, **dates})


def test_the_price_in_force_on_the_day_is_taken() -> None:
    providers = catalogue(CATALOGUE)
    assert genai_figure(providers, ["acme", "dated", "input_mtok"], DAY) == 2
    assert genai_figure(providers, ["acme", "dated", "input_mtok"], date(2025, 6, 1)) == 9
    assert genai_figure(providers, ["acme", "dated", "input_mtok"], date(2026, 12, 1)) == 4
    assert genai_figure(providers, ["acme", "dated", "input_mtok", "announced"], DAY) == 4


def test_tiers_and_factors_of_a_price() -> None:
    providers = catalogue(CATALOGUE)
    assert genai_figure(providers, ["acme", "tiered", "input_mtok"], DAY) == 0.1
    assert genai_figure(providers, ["acme", "tiered", "input_mtok", "top"], DAY) == 0.5
    assert genai_figure(providers, ["acme", "flat", "input_mtok", "*", "1.1"], DAY) == 0.33


def test_what_is_not_there_is_said() -> None:
    providers = catalogue(CATALOGUE)
    with pytest.raises(CannotRead, match="no model gone of acme"):
        genai_figure(providers, ["acme", "gone", "input_mtok"], DAY)
    with pytest.raises(CannotRead, match="flat has no output_mtok"):
        genai_figure(providers, ["acme", "flat", "output_mtok"], DAY)


def test_each_figure_is_compared(wheels: Path, profile: Path) -> None:
    rows, messages = refresh.refresh(profile.parent, recipes(), shelf(wheels))
    found = {(r.recipe.fact, r.recipe.part, r.recipe.package): r for r in rows}
    regions = found["regions", "value", "botocore"]
    assert regions.found is not None
    assert (regions.stated, regions.found.value, regions.result) == (3, 4, "differs")
    assert (regions.found.version, regions.found.as_of) == ("1.1.0", date(2026, 11, 17))
    assert found["regions_eu", "value", "botocore"].result == "differs"
    assert found["batch_discount", "value", "litellm"].result == "same"
    assert found["context_window", "value", "genai-prices"].result == "same"
    assert not messages
    assert profile.read_text() == PROFILE, "nothing is written unless asked"
    assert "differs" in refresh.table(rows)
    assert "same" not in refresh.table(rows, only_differences=True)


def test_writing_keeps_every_other_letter(wheels: Path, profile: Path) -> None:
    dictionary = Library().dictionary()
    _, messages = refresh.refresh(profile.parent, recipes(), shelf(wheels), dictionary, DAY)
    assert messages == ["acme: 5 facts written"]
    text = profile.read_text()
    lines = text.splitlines()
    assert "# A comment that stays." in lines
    assert "  regions:        # counted" in lines
    assert "    as_of: 2026-11-17   # of the release" in lines
    kept = set(PROFILE.splitlines())
    assert len([line for line in lines if line not in kept]) < 25
    data = parse_document(text.encode(), "x").data
    regions = data["facts"]["regions"]
    assert regions["value"] == 4
    assert regions["source"] == {"package": "botocore", "version": "1.1.0", "item": "endpoints"}
    assert regions["retrieved"] == DAY
    old = {"package": "botocore", "version": "1.0.0", "item": "endpoints"}
    assert regions["history"] == [{"value": 3, "as_of": date(2026, 1, 1), "source": old}]
    in_braces = data["facts"]["regions_eu"]
    assert (in_braces["value"], in_braces["history"][0]["value"]) == (2, 1)
    price = data["offers"][0]["facts"]["price_input_tokens"]
    assert (price["low"], price["likely"], price["high"]) == (0.2, 0.2, 0.5)
    assert [past["value"] for past in price["history"]] == [0.1, 0.3]
    assert price["history"][0]["note"] == "from 0.1 to 0.5"
    assert [s["version"] for s in price["source"]] == ["1.2.0", "0.2.0"]
    assert price["as_of"] == date(2026, 11, 17), "the older of the two"


def test_a_figure_confirmed_by_a_new_version_has_no_history(wheels: Path, profile: Path) -> None:
    refresh.refresh(profile.parent, recipes(), shelf(wheels), Library().dictionary(), DAY)
    fact = parse_document(profile.read_bytes(), "x").data["facts"]["batch_discount"]
    assert (fact["source"]["version"], fact["as_of"]) == ("1.2.0", date(2026, 11, 17))
    assert "history" not in fact


def test_a_second_run_finds_nothing_to_do(wheels: Path, profile: Path) -> None:
    dictionary = Library().dictionary()
    refresh.refresh(profile.parent, recipes(), shelf(wheels), dictionary, DAY)
    once = profile.read_text()
    rows, messages = refresh.refresh(profile.parent, recipes(), shelf(wheels), dictionary, DAY)
    assert {row.result for row in rows} == {"same"}
    assert (messages, profile.read_text()) == ([], once)


def test_packages_that_disagree_are_left_to_a_person(wheels: Path, profile: Path) -> None:
    wheel_path = next(wheels.glob("genai_prices*"))
    wheel_path.unlink()
    wheel(wheels, "genai_prices", "0.2.0", {"genai_prices/data.py": CATALOGUE})
    own = [r for r in recipes() if r.fact == "price_input_tokens"]
    _, messages = refresh.refresh(profile.parent, own, shelf(wheels), Library().dictionary(), DAY)
    assert messages == [
        "left as it is: acme small price_input_tokens: "
        "the packages disagree; state it as disputed by hand"
    ]
    assert profile.read_text() == PROFILE


def test_a_fact_with_a_second_source_unread_is_left(wheels: Path, profile: Path) -> None:
    own = [r for r in recipes() if r.fact == "price_input_tokens" and r.package == "litellm"]
    _, messages = refresh.refresh(profile.parent, own, shelf(wheels), Library().dictionary(), DAY)
    assert "it also rests on genai-prices, which was not read" in messages[0]


def test_a_package_without_a_date_needs_one(wheels: Path, profile: Path) -> None:
    own = [r for r in recipes() if r.fact == "context_window"]
    undated = Shelf(wheels, {}, DAY, {})
    path = next(wheels.glob("genai_prices*"))
    path.unlink()
    with zipfile.ZipFile(path, "w") as archive:
        old = zipfile.ZipInfo("genai_prices/data.py", (2020, 2, 2, 0, 0, 0))
        archive.writestr(old, CATALOGUE)
    _, messages = refresh.refresh(profile.parent, own, undated, Library().dictionary(), DAY)
    assert "give --date genai-prices=YYYY-MM-DD" in messages[0]


def test_a_missing_package_is_said_and_stops_nothing(tmp_path: Path, profile: Path) -> None:
    strange = refresh.Recipe("acme", "", "regions", "value", "no-such-package-here", "files *")
    rows, _ = refresh.refresh(profile.parent, [strange], Shelf(tmp_path, {}, DAY, {}))
    assert rows[0].result.startswith("not read: no-such-package-here is neither")


def test_resources_of_a_checkout_are_counted(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True, capture_output=True)

    docs = tmp_path / "website" / "docs" / "r"
    docs.mkdir(parents=True)
    for name in ("acme_one", "acme_two", "other"):
        (docs / f"{name}.html.markdown").write_text(name)
    (tmp_path / "gen.go").write_text(
        "func (p *x) FrameworkDataSources(c) []*y {\n\treturn []*y{\n\t\t{\n\t\t\tFactory: 1,\n"
        "\t\t},\n\t}\n}\n\nfunc (p *x) FrameworkResources(c) []*y {\n\treturn []*y{\n\t\t{\n"
        "\t\t\tFactory: 1,\n\t\t},\n\t\t{\n\t\t\tFactory: 2,\n\t\t},\n\t}\n}\n"
        "\nfunc (p *x) SDKResources(c) []*y {\n\treturn []*y{\n\t\t{\n\t\t\tFactory: 3,\n\t\t},\n"
        "\t}\n}\n"
    )
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "x", "--date", "2026-08-21T12:00:00Z")
    own = Shelf(None, {"terraform-provider-acme": tmp_path}, DAY, {})
    found = own.figure("terraform-provider-acme", "files website/docs/r/acme_*")
    assert (found.value, len(found.version)) == (2, 40)
    assert own.figure("terraform-provider-acme", "files website/* !*/other.*").value == 2
    assert own.figure("terraform-provider-acme", "rows Resources gen.go").value == 3
    assert own.figure("terraform-provider-acme", "rows DataSources gen.go").value == 1


def test_the_commit_in_an_address_follows(tmp_path: Path) -> None:
    from tools.refresh_writing import Change, changed_text

    old, new = "a" * 40, "b" * 40
    text = (
        "facts:\n  terraform_resources:\n    value: 2\n"
        f"    source: https://example.com/x/terraform-provider-acme/tree/{old}/docs\n"
        "    as_of: 2026-01-01\n"
    )
    change = Change(
        ("facts", "terraform_resources"), {"value": 3}, {"terraform-provider-acme": new}, DAY
    )
    fact = parse_document(changed_text(text, [change], DAY).encode(), "x").data["facts"]
    assert new in fact["terraform_resources"]["source"]
    assert old in fact["terraform_resources"]["history"][0]["source"]


def test_every_recipe_names_a_fact_that_a_profile_states() -> None:
    known = refresh.read_recipes(refresh.RECIPES)
    assert known
    parts = {recipe.part for recipe in known}
    assert parts <= {"value", "low", "likely", "high"}
    facts = set(Library().dictionary())
    assert {recipe.fact for recipe in known} <= facts
