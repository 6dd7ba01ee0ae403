"""Decision records of stacks: their parts, links and diagram; what people wrote stays text."""

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from typer.testing import CliRunner

import selector
from selector.analysis.stack import StackAnalysis, analyse_stack
from selector.catalog.library import Library
from selector.cli import app
from selector.domain.problem import UsageError
from selector.report import stacked
from selector.report.exports import as_record
from selector.report.stack_records import archive, records, write, zipped
from selector.report.stack_records.parts import IN_CONFIDENCE
from tests.stack.homes import STACK, library_of, relation
from tests.stack.test_composing import FITS, stacks_of

SHIPPED = ("eu-bank-assistant", "startup-one-cloud", "airgapped-manufacturer")
EACH = pytest.mark.parametrize("name", SHIPPED)
MADR = (
    "Context and Problem Statement", "Decision Drivers", "Considered Options", "Decision Outcome",
    "Consequences", "Confirmation", "More Information",
)  # fmt: skip
TYING = (
    "Context and Problem Statement", "Decision Outcome", "What it costs", "How it goes together",
    "Why each layer has its choice", "Confirmation", "Reference Architecture", "What flows",
    "What can go wrong", "Safeguards, and what they answer", "Considered Options",
    "What Each Rival Would Give Up", "More Information",
)  # fmt: skip
NASTY = (
    "<script>alert(1)</script>", "[x](javascript:alert(1))", "`a` | *b* | __c__", "# head",
    "- item", "![i](http://evil.example/i.png)", "&lt;b&gt; &amp;", "1. one", "```", "<!-- no",
    "--- | ---",
)  # fmt: skip


@cache
def stack(name: str) -> StackAnalysis:
    return analyse_stack(selector.load(name))


@cache
def shipped(name: str) -> dict[str, str]:
    return {path: text.decode() for path, text in records(stack(name)).items()}


def parsed(text: str) -> list[Token]:
    """The tokens of a record, those within lines too, as a reader of Markdown sees them."""
    body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(body)
    return [each for token in tokens for each in (token, *(token.children or ()))]


def heads(text: str) -> list[str]:
    tokens = parsed(text)
    return [
        "".join(child.content for child in tokens[at + 1].children or ())
        for at, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def links(text: str) -> list[str]:
    return [str(token.attrs["href"]) for token in parsed(text) if token.type == "link_open"]


@EACH
def test_each_layer_has_a_record_with_the_parts_of_madr(name: str) -> None:
    found, best = shipped(name), stack(name).winner
    assert best is not None
    layers = [path for path in found if re.match(r"\d\d-", path)]
    assert len(layers) == len(best.choices)
    for path, choice in zip(layers, best.choices.values(), strict=True):
        text = found[path]
        assert set(MADR) <= set(heads(text)), path
        front = yaml.safe_load(text.split("\n---\n")[0])
        assert front["status"] == "proposed"
        assert f"{front['layer']}.md" == path[3:]
        told = f"“{choice.name}”" if choice.id else "none"
        assert f"Chosen option: {told}" in text
        assert "stack.md" in links(text)


@EACH
def test_the_page_ties_all_and_the_index_leads_to_each(name: str) -> None:
    found = shipped(name)
    assert set(TYING) <= set(heads(found["stack.md"]))
    layers = {path for path in found if path not in ("stack.md", "index.md")}
    assert set(links(found["index.md"])) == layers | {"stack.md"}
    for text in found.values():
        inside = [href for href in links(text) if not href.startswith("http")]
        assert set(inside) <= set(found)


@EACH
def test_the_page_tells_figures_as_they_are_composed(name: str) -> None:
    analysis, text = stack(name), shipped(name)["stack.md"]
    best = analysis.best(10)
    assert f"; {analysis.feasible:,} keep every requirement" in text
    for asked in stacked.required(analysis):
        assert as_record.text(f"{asked.layer}: ") in text
        assert as_record.text(asked.reason) in text
    rows = re.findall(r"^\| \d+ \| .* \|$", text, flags=re.M)
    assert len(rows) == len(best.stacks)
    for row, each in zip(rows, best.stacks, strict=True):
        assert f"| {100 * each.score:.1f} |" in row
    given = sum(len(layer.candidates) - 1 for layer in analysis.layers)
    _, _, rivals = text.partition("## What Each Rival Would Give Up")
    cells = re.findall(r"^\| (?!Instead|---).* \|$", rivals, flags=re.M)
    assert len(cells) == given


@EACH
def test_the_diagram_is_a_flowchart_with_as_many_arrows_as_flows(name: str) -> None:
    analysis = stack(name)
    pattern = analysis.spec.pattern
    assert pattern is not None
    fences = [t for t in parsed(shipped(name)["stack.md"]) if t.type == "fence"]
    assert [fence.info for fence in fences] == ["mermaid"]
    lines = [line.strip() for line in fences[0].content.splitlines()]
    assert lines[0] == "flowchart LR"
    node = r'n\d+(\(\[|\[\(|\[\[|\{\{|\[)"[^"]*"(\]\)|\)\]|\]\]|\}\}|\])'
    arrow = r'n\d+ (-->|==>)\|"[^"]*"\| n\d+'
    zone = r'subgraph z\d+\["[^"]*"\]'
    style = r"end|style n\d+ stroke-width:3px|accTitle: .+"
    for line in lines[1:]:
        assert re.fullmatch(f"{node}|{arrow}|{zone}|{style}", line), line
    assert sum(bool(re.fullmatch(arrow, line)) for line in lines) == len(pattern.flows)


def test_every_fit_of_the_stack_has_its_source() -> None:
    analysis = stack("eu-bank-assistant")
    best = analysis.winner
    assert best is not None
    text = shipped("eu-bank-assistant")["stack.md"]
    urls = [
        source.url
        for joint in best.joints
        if joint.relation is not None
        for source in joint.relation.evidence.sources
        if source.url
    ]
    assert urls
    assert set(urls) <= set(links(text))


# --- a small stack, worked out by hand in test_composing -----------------------------------------


def test_a_layer_tells_its_place_its_adapter_and_why_a_better_one_is_not_chosen(
    tmp_path: Path,
) -> None:
    found = {path: text.decode() for path, text in records(stacks_of(tmp_path)).items()}
    assert list(found) == ["01-red.md", "02-green.md", "03-blue.md", "stack.md", "index.md"]
    green = found["02-green.md"]
    assert "Chosen option: “G2”" in green
    assert "in the layer it has place 2 of 3" in green
    assert "* G1 (90.0): R1 and G1 do not go together: Both want the same port." in green
    assert "| 1 | G1 | 90.0 | 90.0 to 90.0 | 6.0 points fewer, with R2 instead of R1 |" in green
    assert "* Bad, because R1 and G2 need an adapter (medium, up to 15 days; 3 points)." in green
    assert "* Good, because G2 and B2 go together as they come." in green
    assert "<https://example.com/docs>, 1 Nov 2026" in green


def test_a_fixed_layer_says_so_and_what_it_gives_up(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path).with_fixed({"red": "r3"})
    found = {path: text.decode() for path, text in records(analysis).items()}
    red = found["01-red.md"]
    assert "“R3”, because the layer was fixed when this was composed, and not in the file" in red
    assert "Were it open, R1 would be chosen, and the stack would have" in red
    assert "--fix red=r3 --records DIR`" in red
    assert "[R3, fixed](01-red.md)" in found["index.md"]
    own = stacks_of(
        tmp_path / "own", decision=STACK.replace("weight: 50", "weight: 50\n      fixed: r3")
    )
    text = records(own)["01-red.md"].decode()
    assert "because the layer is fixed in the decision's file" in text
    assert "--fix" not in text


def test_a_layer_that_is_left_empty_has_a_record(tmp_path: Path) -> None:
    found = records(stacks_of(tmp_path).with_fixed({"red": "r2", "green": "g2", "blue": ""}))
    assert "Chosen option: none" in found["03-blue.md"].decode()
    assert set(MADR) <= set(heads(found["03-blue.md"].decode()))


def test_what_is_not_known_is_told_with_what_it_would_change(tmp_path: Path) -> None:
    relations = relation("pair: [r1, g1], fit: none") + relation("pair: [g2, b2], fit: native")
    found = records(stacks_of(tmp_path, relations))
    red = found["01-red.md"].decode()
    assert "Neutral, because how well R1 and G2 go together is not known (1.5 points)" in red


def test_the_status_is_that_of_the_decision(tmp_path: Path) -> None:
    approved = "approved:\n  - {by: Ada | Moss, on: 2026-11-19, version: '0123456789'}\n"
    found = records(stacks_of(tmp_path, decision=STACK + approved))
    for path, content in found.items():
        text = content.decode()
        if path == "index.md":
            assert text.count("| accepted |") == len(found) - 1
            continue
        assert yaml.safe_load(text.split("\n---\n")[0])["status"] == "accepted"
    told = found["stack.md"].decode()
    assert "Ada \\| Moss approved version 0123456789; this is version" in told


def test_a_record_with_a_price_in_confidence_says_so(tmp_path: Path) -> None:
    path = tmp_path / "agreed.yaml"
    path.write_text(
        "confidential: true\n"
        "prices: [{vendor: amazon-bedrock, fact: price_output_tokens, value: 1, "
        'reason: our frame, as_of: 2026-10-01, source: "https://example.com/contract"}]\n',
        encoding="utf-8",
    )
    library = Library()
    decision = library.decision("startup-one-cloud")
    secret = decision._replace(negotiated=library.negotiated(path))
    for name, content in records(analyse_stack(secret)).items():
        if name != "index.md":
            assert IN_CONFIDENCE in content.decode()
    assert all(IN_CONFIDENCE not in text for text in shipped("startup-one-cloud").values())


def test_markup_of_a_hostile_name_stays_text(tmp_path: Path) -> None:
    data = yaml.safe_load(STACK)
    data["title"], data["question"] = NASTY[0], NASTY[1]
    words = iter(NASTY * 3)
    for layer in data["stack"]["layers"]:
        layer["name"] = next(words)
        layer["criteria"][0]["name"] = next(words)
        for candidate in layer["candidates"]:
            candidate["name"] = next(words)
    fits = FITS.replace("Both want the same port.", "'<img src=x> | [y](http://evil.example)'")
    analysis = stacks_of(tmp_path, fits, yaml.safe_dump(data, sort_keys=False))
    found = {path: text.decode() for path, text in records(analysis).items()}
    for path, text in found.items():
        tokens = parsed(text)
        kinds = {token.type for token in tokens}
        assert not kinds & {"html_block", "html_inline", "image", "code_block"}, path
        assert sum(t.type == "heading_open" and t.tag == "h1" for t in tokens) == 1
        for href in links(text):
            assert href in found or href == "https://example.com/docs", href
        bare = re.sub(r"\\\|", "", text)
        for rows in re.findall(r"(?:^\|.*\|\n)+", bare, flags=re.M):
            assert len({row.count("|") for row in rows.splitlines()}) == 1, path
    shown = "".join(
        t.content for t in parsed(found["stack.md"]) if t.type in ("text", "text_special")
    )
    assert NASTY[0] in shown


# --- files ---------------------------------------------------------------------------------------


def test_the_archive_is_the_same_for_the_same_records() -> None:
    files = records(stack("startup-one-cloud"))
    made = zipped(files)
    assert made == archive(analyse_stack(selector.load("startup-one-cloud")))
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == files


def test_without_a_stack_there_is_nothing_to_record(tmp_path: Path) -> None:
    analysis = stacks_of(tmp_path).with_fixed({"red": "r1", "green": "g1"})
    with pytest.raises(UsageError, match="no stack keeps all constraints"):
        records(analysis)


def test_a_name_that_a_folder_has_is_told_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "b.md").mkdir()
    with pytest.raises(UsageError, match=r"b\.md is a folder"):
        write({"a.md": b"a", "b.md": b"b"}, tmp_path)
    assert not (tmp_path / "a.md").exists()


def composed(home: Path, *more: str) -> tuple[int, str, BaseException | None]:
    path = str(home / "decisions" / "whole.yaml")
    result = CliRunner().invoke(app, ["compose", path, *more, "--home", str(home)])
    return result.exit_code, result.output, result.exception


def test_the_command_writes_the_records_and_replaces_earlier_ones(tmp_path: Path) -> None:
    stacks_of(tmp_path)
    to = tmp_path / "docs" / "decisions"
    to.mkdir(parents=True)
    (to / "01-red.md").write_text("earlier", encoding="utf-8")
    (to / "07-old.md").write_text("earlier", encoding="utf-8")
    code, told, _ = composed(tmp_path, "--fix", "red=r2", "--set", "green=40", "--records", str(to))
    assert code == 0
    assert "07-old.md is the record of no layer of this stack" in told
    library = library_of(tmp_path, FITS)
    decision = library.decision(tmp_path / "decisions" / "whole.yaml")
    wanted = records(analyse_stack(decision).with_weights({"green": 40}).with_fixed({"red": "r2"}))
    assert {name: (to / name).read_bytes() for name in wanted} == wanted
    assert {path.name for path in to.iterdir()} == {*wanted, "07-old.md"}
    assert "--fix red=r2 --records DIR`, with the weights" in (to / "index.md").read_text()


def test_where_nothing_can_be_written_is_told_without_a_trace(tmp_path: Path) -> None:
    stacks_of(tmp_path)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for wrong, why in (("file", "is a file"), ("file/below", "cannot be made")):
        _, _, error = composed(tmp_path, "--records", str(tmp_path / wrong))
        assert isinstance(error, UsageError)
        assert why in str(error)
    assert (tmp_path / "file").read_text() == "mine"
    to = tmp_path / "none"
    code, told, _ = composed(tmp_path, "--fix", "red=r1", "--fix", "green=g1", "--records", str(to))
    assert (code, to.exists()) == (1, False)
    assert "No records are written" in told


def test_of_a_load_that_grows_costs_are_those_of_the_first_month() -> None:
    for name, head, when in (
        ("eu-bank-assistant", "Cost of the first month", "in the first month"),
        ("airgapped-manufacturer", "Cost a month", "a month"),
    ):
        told = shipped(name)
        assert told["stack.md"].count(f"| {head} |") == 2
        assert f"Together, {when}: " in told["stack.md"]
        assert any(f"what it costs {when} is " in text for text in told.values())
