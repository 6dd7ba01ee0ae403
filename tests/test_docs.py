"""The documentation says what the program does: commands, keys, examples, notices, dependencies."""

import importlib
import pkgutil
import re
import tomllib
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from typer.testing import CliRunner

from selector.analysis import analyse
from selector.catalog import reading, shapes
from selector.catalog.library import Library, shipped_home
from selector.catalog.records.measurements import COLUMNS
from selector.catalog.shapes._shape import Shape
from selector.cli import app
from selector.domain.problem import InputError
from tools import evidence_table, help_blocks

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TEXTS = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
FORMATS = TEXTS["docs/formats.md"]

# Where docs/formats.md has the table of each shape.
SECTIONS = {
    "AcceleratorShape": "An accelerator",
    "AcceleratorsFile": "The accelerators",
    "AccountShape": "An account in a dispute",
    "AlternativeShape": "An alternative",
    "AmountShape": "An amount as a whole",
    "ApprovalShape": "An approval",
    "ArchitectureShape": "An architecture",
    "AssumptionShape": "An assumption",
    "AssumptionsFile": "The assumptions",
    "BasisShape": "Where a row comes from",
    "BudgetShape": "The budget",
    "BusinessShape": "The business",
    "ChargeShape": "A charge",
    "CitedShape": "A named source in place",
    "CommitmentShape": "A commitment",
    "CompatibilityFile": "The compatibility file",
    "CostShape": "How an alternative is billed",
    "CreditShape": "A credit",
    "CriteriaFile": "The set",
    "CriterionShape": "A criterion",
    "CurrencyShape": "The key `currency` of the business",
    "DataShape": "A class of data",
    "DecisionFile": "The decision",
    "EntryShape": "A line of the change log",
    "EvidenceShape": "One fact as it is known",
    "FactShape": "One fact of the dictionary",
    "FactsFile": "The file",
    "FailureShape": "A failure",
    "FallbackShape": "A fallback",
    "FigureShape": "A figure of the price book",
    "FitAccountShape": "An account of a fit",
    "FitPointsShape": "Points of a fit",
    "FlowShape": "A flow",
    "HostingShape": "The key `hosting` of a `cost` block",
    "HoursShape": "Hours of work",
    "InstanceShape": "An instance",
    "InstancesFile": "The instances",
    "InterfaceShape": "An interface",
    "LayerShape": "A layer",
    "LicenceShape": "A licence",
    "LimitsShape": "Limits of a stack",
    "MeasureShape": "A measure",
    "ModelChoiceShape": "A model in the token prices",
    "ModelShape": "A model",
    "ModelsFile": "The models",
    "NamedSourceShape": "A source of prices",
    "NeededShape": "A layer that must be filled",
    "NegotiatedFile": "The negotiated file",
    "NegotiatedPriceShape": "A negotiated price",
    "OfferShape": "An offer",
    "OwnedShape": "Machines that you own",
    "PastShape": "An earlier value",
    "PatternFile": "The pattern",
    "PeopleShape": "The key `people` of a workload",
    "PreferenceShape": "A preference function",
    "ProviderShape": "A provider of tokens",
    "RatesShape": "The four rates",
    "RelationShape": "A relation",
    "RequirementShape": "Requirements",
    "RoleShape": "A role",
    "SafeguardShape": "A safeguard",
    "ScenarioShape": "A scenario",
    "ServiceShape": "A service",
    "ServicesFile": "The services",
    "ServicesShape": "The key `services` of a `cost` block",
    "SourceShape": "A source",
    "SourcedShape": "Where a statement is from",
    "StackShape": "The stack",
    "StakeholderShape": "Somebody with weights of their own",
    "SubtreeShape": "A way of its own for a group",
    "ThroughputFile": "The throughputs",
    "ThroughputShape": "A throughput",
    "TierShape": "A tier",
    "TokenModelShape": "A model of a provider",
    "TokenPricesShape": "Prices of tokens from a day on",
    "TokenTierShape": "Rates of a long request",
    "TokensChoiceShape": "The key `tokens` of a `cost` block",
    "TokensFile": "Token prices of your own",
    "UncertaintyShape": "How weights may vary",
    "ValueShape": "A value function",
    "VendorFile": "The profile",
    "WeightsShape": "The key `weights` of a decision",
    "WorkloadShape": "The workload",
    "ZoneShape": "A zone",
}


def _shapes() -> dict[str, type[Shape]]:
    found = {}
    for module in pkgutil.iter_modules(shapes.__path__):
        for name, thing in vars(
            importlib.import_module(f"{shapes.__name__}.{module.name}")
        ).items():
            if isinstance(thing, type) and issubclass(thing, Shape) and thing is not Shape:
                found[name] = thing
    return found


def _keys(shape: type[Shape]) -> dict[str, Any]:
    hints = get_type_hints(shape, include_extras=True)
    return {key.rstrip("_"): kind for key, kind in hints.items() if not key.startswith("_")}


def _own_keys(shape: type[Shape]) -> set[str]:
    """Its keys without those of the shapes it is made of, which have tables of their own."""
    inherited = {
        key for base in shape.__mro__[1:] if base.__name__ in SECTIONS for key in _keys(base)
    }
    return set(_keys(shape)) - inherited


def _section(heading: str) -> str:
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#|\Z)", FORMATS, re.M | re.S)
    assert found, f"docs/formats.md has no section {heading!r}"
    return found[2]


def _rows(section: str, head: str = "key") -> dict[str, list[str]]:
    """The table that begins with the column `head`: its cells by what stands first."""
    rows: dict[str, list[str]] = {}
    inside = False
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith(f"| {head} |"):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("| ---"):
            rows[cells[0].strip("`")] = cells
    return rows


def _choices(kind: Any) -> set[str]:
    if get_origin(kind) is Literal:
        return {choice for choice in get_args(kind) if isinstance(choice, str)}
    return {choice for part in get_args(kind) for choice in _choices(part)}


def _blocks(language: str) -> list[tuple[str, str]]:
    pattern = re.compile(rf"^ *```{language}\n(.*?)^ *```", re.M | re.S)
    return [(page, found[1]) for page, text in TEXTS.items() for found in pattern.finditer(text)]


YAML_BLOCKS = _blocks("yaml")
WHOLE_FILE = re.compile(r"# (\w+/[\w-]+\.yaml)\n")
SHOWN = [(page, block) for page, block in _blocks("text") if block.startswith("$ selector")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that all whole files in the documentation make together."""
    folder = tmp_path_factory.mktemp("documented")
    for _, block in YAML_BLOCKS:
        if named := WHOLE_FILE.match(block):
            path = folder / named[1]
            assert not path.exists(), f"{named[1]} stands twice in the documentation"
            path.parent.mkdir(exist_ok=True)
            path.write_text(block, encoding="utf-8")
    return folder


# --- formats ---------------------------------------------------------------------------------


def test_every_shape_has_a_section() -> None:
    assert set(_shapes()) == set(SECTIONS)


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_the_table_of_a_shape_has_its_keys_and_no_others(name: str) -> None:
    shape = _shapes()[name]
    stated = set(_rows(_section(SECTIONS[name])))
    assert _own_keys(shape) <= stated <= set(_keys(shape))


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_a_key_without_default_is_marked_as_required(name: str) -> None:
    shape = _shapes()[name]
    for key, cells in _rows(_section(SECTIONS[name])).items():
        has_default = hasattr(shape, key) or hasattr(shape, f"{key}_")
        assert has_default or cells[1] == "yes", f"{key} of {name}"
        assert not (has_default and cells[1] == "yes"), f"{key} of {name}"


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_the_choices_of_a_key_are_named(name: str) -> None:
    section = _section(SECTIONS[name])
    keys = _keys(_shapes()[name])
    for key in _own_keys(_shapes()[name]):
        kind = keys[key]
        text = section if name != "AccountShape" else FORMATS  # its choices stand one table above
        missing = {choice for choice in _choices(kind) if f"`{choice}`" not in text}
        assert not missing, f"{key} of {name}: {missing}"


def test_the_columns_of_measurements_are_those_that_are_read() -> None:
    assert sorted(_rows(_section("Measurements"), "column")) == sorted(COLUMNS)


def test_every_notice_has_its_code_in_the_table_and_no_other() -> None:
    sources = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("*.py"))
    codes = set(re.findall(r'\bNotice\(\s*"([a-z-]+)"', sources))
    assert codes
    assert set(_rows(_section("Notices"), "code")) == codes


def test_the_limits_of_reading_are_those_of_the_reader() -> None:
    section = _section("YAML as it is read here")
    assert f"more than {reading.MAX_BYTES // 1_000_000} MB" in section
    assert f"more than {reading.MAX_DEPTH} levels" in section
    assert f"more than {reading.MAX_ALIAS_NODES:,} values" in section


# --- examples --------------------------------------------------------------------------------


@pytest.mark.parametrize("block", [b for _, b in YAML_BLOCKS], ids=[p for p, _ in YAML_BLOCKS])
def test_a_yaml_block_can_be_read(block: str) -> None:
    assert reading.parse_document(block.encode(), "documentation").problems == []


def test_whole_files_are_valid(home: Path) -> None:
    folders = {path.parent.name for path in home.rglob("*.yaml")}
    assert folders == {"criteria", "compatibility", "patterns", "prices", "vendors", "decisions"}
    result = CliRunner().invoke(app, ["validate", str(home), "--home", str(home)])
    assert (result.stdout, result.exit_code) == ("", 0)


def test_documented_decisions_rank(home: Path) -> None:
    library = Library(home)
    for path in (home / "decisions").glob("*.yaml"):
        assert analyse(library.decision(path)).ranking, path.stem


@pytest.mark.parametrize("block", [b for _, b in SHOWN], ids=[b.split("\n")[0] for _, b in SHOWN])
def test_output_shown_is_what_is_printed(block: str, home: Path) -> None:
    asked, shown = block.split("\n", 1)
    arguments = [str(home) if part == "mine" else part for part in asked.split()[2:]]
    result = CliRunner().invoke(app, arguments, prog_name="selector", env={"COLUMNS": "80"})
    assert _without_version(result.output) == _without_version(shown)


def _without_version(text: str) -> str:
    """The text with one space between words, and without the hash, which moves with the engine."""
    return re.sub(r"version [0-9a-f]{10}", "version …", " ".join(text.split()))


def test_the_message_shown_is_what_is_said(home: Path) -> None:
    path = home / "wrong.yaml"
    path.write_text("id: wrong\ntitle: Wrong\ncriteria: ai-platfrom\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        Library().decision(path)
    said = str(caught.value).split("wrong.yaml", 1)[1]
    assert f"decisions/mine.yaml{said}\n" in FORMATS
    path.unlink()


# --- commands --------------------------------------------------------------------------------


def test_every_command_stands_in_the_documentation() -> None:
    for command in help_blocks.commands():
        assert f"$ selector {command}" in TEXTS["docs/operations.md"]


def test_every_command_that_is_shown_exists() -> None:
    known = {*help_blocks.commands(), "--help"}
    for page, text in TEXTS.items():
        for named in re.findall(r"(?:\$ |`)selector ([\w-]+)", text):
            assert named in known, f"{page}: selector {named}"


def test_the_help_on_the_page_is_that_of_the_program() -> None:
    page = TEXTS["docs/operations.md"]
    assert help_blocks.written(page).split() == page.split(), "run python tools/help_blocks.py"


# --- the rest --------------------------------------------------------------------------------


def test_the_readme_names_the_two_commands() -> None:
    assert "`make run`" in TEXTS["README.md"]
    assert "`make test`" in TEXTS["README.md"]


def test_the_readme_names_all_that_is_shipped() -> None:
    library = Library(shipped_home())
    wanted = [f"`{name}`" for name in (*library.criteria_ids(), *library.decision_ids())]
    wanted += [library.vendor(vendor_id).name.split(" (")[0] for vendor_id in library.vendor_ids()]
    assert [name for name in wanted if name not in TEXTS["README.md"]] == []


def test_make_targets_named_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page, text in TEXTS.items():
        named = set(re.findall(r"(?:`|\$ )make (\w+)", text))
        assert named <= targets, page


def test_every_dependency_has_a_line_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    names = {re.split(r"[<>=~!\[ ]", line, maxsplit=1)[0] for line in wanted}
    assert sorted(_rows(TEXTS["docs/dependencies.md"], "library")) == sorted(names)


def test_the_evidence_table_is_current() -> None:
    page = TEXTS["docs/evidence.md"]
    now = evidence_table.written(page, evidence_table.day_of(page))
    assert now == page, "run python tools/evidence_table.py"


def test_links_lead_somewhere() -> None:
    for page, text in TEXTS.items():
        for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", text):
            path, _, heading = target.partition("#")
            found = (ROOT / page).parent / path if path else ROOT / page
            assert found.exists(), f"{page}: {target}"
            if heading:
                assert heading in _anchors(found.read_text(encoding="utf-8")), f"{page}: {target}"


def _anchors(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", TEXTS)
def test_no_page_names_a_path_of_one_machine(page: str) -> None:
    assert not re.search(r"(?<![\w.])/(work|tmp|root|home|Users)/|[A-Z]:\\", TEXTS[page])


def test_the_words_are_in_order_and_each_stands_once() -> None:
    words = re.findall(r"^\*\*(.+?)\*\*:", TEXTS["docs/glossary.md"], re.M)
    assert words == sorted(words, key=str.lower)
    assert len(words) == len(set(words))


def test_the_changelog_names_the_version() -> None:
    from selector.version import VERSION

    assert f"\n## {VERSION}" in TEXTS["CHANGELOG.md"]
