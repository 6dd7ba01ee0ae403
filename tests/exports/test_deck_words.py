"""What slides say: no more than is known, the same on every slide, and nothing twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import selector
from selector.domain import words as plain
from selector.report import words
from selector.report.exports.as_deck import made
from selector.report.exports.deck import fitting, matrix, tables
from selector.report.exports.deck.tables import Cell
from selector.report.exports.story import Story
from tests.exports.made import DAY, OPTIONS, SHIPPED, SMALL, export, large, loaded, shipped
from tests.exports.made import decided as money
from tests.exports.test_deck import opened, texts


def titles(content: bytes) -> list[str]:
    return titles_of(opened(content))


def titles_of(deck: Any) -> list[str]:
    told = [slide.shapes.title.text_frame.text for slide in deck.slides]
    return [title.replace("\u00a0", " ") for title in told]


def decided(criteria: list[dict[str, Any]], rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    alternatives = [{"id": x.lower(), "name": x, "performance": own} for x, own in rows.items()]
    return {"id": "said", "title": "Said", "as_of": DAY, "criteria": criteria,
            "alternatives": alternatives}  # fmt: skip


def test_the_first_is_best_only_where_that_is_known(tmp_path: Path) -> None:
    scale = {"value": {"worst": 0, "best": 10}}
    criteria = [{"id": x, "name": x.title(), "weight": w, **scale}
                for x, w in (("price", 6), ("uptime", 4), ("care", 3))]  # fmt: skip
    rows = {"Ada": {"price": 9, "uptime": None, "care": 8},
            "Ben": {"price": 4, "uptime": 1, "care": 8},
            "Cy": {"price": 3, "uptime": 0, "care": 2}}  # fmt: skip
    found = titles(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    assert "Ada is best in price" in found, "uptime is not known, and in care there are two"
    assert "Ada is ahead of Ben in price and uptime (not known of Ada)" in found
    rows["Ada"]["price"] = rows["Ben"]["price"] = 5
    rows["Ada"]["uptime"] = rows["Ben"]["uptime"] = 3
    rows["Ada"]["care"], rows["Ben"]["care"] = 4, 4
    level = titles(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    assert "Nobody beats Ada in price, uptime and care" in level
    rows = {"Ada": {"price": 5, "uptime": 5, "care": 5},
            "Ben": {"price": None, "uptime": None, "care": 0}}  # fmt: skip
    criteria[2]["weight"] = 0
    of_ada = titles(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    assert not [title for title in of_ada if "Ada is best in" in title], "Ben's are not known"
    assert "Ada is known to be best in no criterion alone, and over all level with Ben" in of_ada
    rows["Ben"] = rows["Ada"]
    alike = titles(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    assert "No criterion puts any option before another" in alike


def test_a_matrix_without_groups_stands_once_under_its_own_line(tmp_path: Path) -> None:
    deck = opened(made(Story(loaded(SMALL, tmp_path)), OPTIONS))
    heads = [s.table.cell(0, 0).text for x in deck.slides for s in x.shapes if s.has_table]
    assert heads.count("Criterion") == 1
    slide = next(s for s in deck.slides if "≈ 5–9" in " ".join(texts(s)))
    assert "Points of 100" not in " ".join(texts(slide))


def test_beside_groups_a_criterion_of_its_own_is_in_points_too(tmp_path: Path) -> None:
    scale = {"unit": "s", "goal": "min", "value": {"worst": 8, "best": 0}}
    leaf = {"id": "one", "name": "One", "value": {"worst": 0, "best": 1}}
    criteria = [
        {"id": "g", "name": "G", "children": [leaf]},
        {"id": "wait", "name": "Wait", **scale},
    ]
    rows = {"Ada": {"one": 1, "wait": 2}, "Ben": {"one": 0.5, "wait": None}}
    deck = opened(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    slide = next(s for s in deck.slides if "Points of 100 within each group" in " ".join(texts(s)))
    table = next(s.table for s in slide.shapes if s.has_table)
    told = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert told[1:] == [["G", "50\u00a0%", "100", "50"], ["Wait", "50\u00a0%", "75", "unknown"]]


def test_conditions_are_asked_for_only_where_risks_are_named(tmp_path: Path) -> None:
    few = Story(loaded(SMALL, tmp_path), samples=200)
    assert (few.risks, few.asked) == ([], "Asked: approve A.")
    some = Story(loaded(money(True) | {"method": "topsis"}, tmp_path), samples=200)
    assert some.risks
    assert some.asked == "Asked: approve A, on the conditions named under risks."


def test_where_it_is_close_one_rival_is_named_throughout_and_judged_by_the_draws() -> None:
    story = Story(selector.analyse(selector.load("startup-one-cloud")), samples=500)
    assert story.analysis.ranking[1].alternative == "stack-2", "which shares all that is open"
    assert story.standing.second == story.rival == "stack-3"
    assert story.asked == (
        "Asked: agree on the weights, and approve a pilot with Stack 1 and Stack 3, on the "
        "conditions named under risks."
    )
    found = titles(made(story, OPTIONS))
    assert found[0] == "We recommend Stack 1, before Stack 3 by a hair: 0.7 points"
    often = words.percent(story.before["stack-3"]).replace("\u00a0", " ")
    assert set(story.before) == {"stack-3", "stack-4", "stack-5", "stack-10"}
    assert found[1] == (
        "Stack 1 has 75.9 of 100 points; 4 of 9 others come before it in some draws, Stack 3 in "
        f"{often}"
    )
    assert found[2] == "Too close to call: Stack 1 leads Stack 3 by 0.7 points of 100"
    assert [t for t in found if " is ahead of " in t] == [
        "Stack 1 is ahead of Stack 3 in model platform"
    ]
    assert any("Stack 1 and Stack 3 are too close" in risk.cause for risk in story.risks)


def test_a_pilot_says_what_has_to_be_proven_before_it() -> None:
    story = shipped("coding-assistant")
    (option,) = [option for option in story.ranked if option.unproven]
    assert option.short in story.asked.split(".")[0]
    assert story.asked.endswith(
        "on the conditions named under risks. Before it starts, Databricks has to prove prompts "
        "and answers not kept: at least “on approval”."
    )
    other = Story(story.analysis.with_weights({"cost": 30}), samples=500)
    assert other.rival == "databricks-llama" != other.standing.leader
    assert "Databricks has to prove prompts and answers" in other.asked
    assert any(risk.cause.startswith("Databricks does not yet prove") for risk in other.risks)


@pytest.mark.parametrize(
    ("method", "head"), [("topsis", "Score"), ("vikor", "Score, less is better")]
)
def test_another_method_is_named_and_points_are_said_to_be_of_the_sum(
    method: str, head: str, tmp_path: Path
) -> None:
    story = Story(loaded(money(True) | {"method": method}, tmp_path), samples=200)
    deck = opened(made(story, OPTIONS))
    told = "\n".join(text for slide in deck.slides for text in texts(slide))
    heads = [c.text for s in deck.slides[1].shapes if s.has_table for c in s.table.rows[0].cells]
    assert head in heads
    assert f"The ranking is by {method.upper()}." in told
    assert "By the weighted sum, A earns" in told
    assert f"and so are chances that do not name {method.upper()}." in told


def test_what_counts_a_little_does_not_read_as_nothing(tmp_path: Path) -> None:
    deck = opened(made(Story(loaded(large(), tmp_path), samples=50), OPTIONS))
    cells = [c.text for s in deck.slides for x in s.shapes if x.has_table
             for row in x.table.rows for c in row.cells]  # fmt: skip
    assert "0.2\u00a0%" in cells
    assert not [text for text in cells if text in ("0 %", "0\u00a0%")]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_to_find_out_comes_likeliest_first(name: str) -> None:
    story = shipped(name)
    chances = [row.chance for row in story.robustness.worth_finding_out if row.chance > 0]
    told = [f"in {plain.of_100(x)} of 100 cases" for x in chances]
    assert len(story.find_out) == len(told)
    assert all(line.endswith(f"{end}.") for line, end in zip(story.find_out, told, strict=True))
    risks = [r.effect for r in story.risks if r.effect.startswith("Knowing it")]
    assert all(risk.endswith(end) for risk, end in zip(risks, told, strict=False))


@pytest.mark.parametrize("name", SHIPPED)
def test_who_is_recommended_is_named_first_where_it_is_too_close_to_call(name: str) -> None:
    story = shipped(name)
    title = next(t for t in titles(export(name, ".pptx")) if " of 100 draws" in t)
    leader = story.labels[story.standing.leader].short
    told = f"{leader} is first in {plain.of_100(story.ranked[0].first or 0)} of 100 draws"
    assert title.startswith(f"Too close to call: {told}, " if story.is_close else told)


def billed(ada: float, ben: float, growth: Any = 0.0) -> dict[str, Any]:
    """Two options with a bill each."""
    price = {"id": "price", "name": "Price", "measure": {"cost": "monthly"}, "goal": "min",
             "unit": "USD per month", "value": {"worst": 9000, "best": 0}}  # fmt: skip
    data = decided([price], {"Ada": {}, "Ben": {}})
    for row, bill in zip(data["alternatives"], (ada, ben), strict=True):
        row["cost"] = {"monthly": {"value": bill, "reason": "a quote"}}
    load = {"requests_per_month": 1000, "months": 24, "growth_per_month": growth}
    return data | {"workload": load}


def test_a_bill_that_does_not_grow_is_told_to_stay(tmp_path: Path) -> None:
    found = titles(made(Story(loaded(billed(2000, 3000), tmp_path), samples=50), OPTIONS))
    assert "Ada stays at 2,000 USD a month for 24 months: 48,000 USD in all" in found
    assert "Ada is cheapest: 2,000 USD a month" in found
    data = billed(2000, 3000) | {"business": {"discount_rate": 0.2}}
    deck = opened(made(Story(loaded(data, tmp_path), samples=50), OPTIONS))
    place = titles_of(deck).index("Ada stays at 2,000 USD a month for 24 months")
    assert "discounted at 20\u00a0% a year" in " ".join(texts(deck.slides[place]))


def test_bills_that_read_the_same_in_a_large_currency_are_not_level(tmp_path: Path) -> None:
    bitcoin = {"currency": {"code": "BTC", "usd": 91_000, "as_of": DAY}}
    story = Story(loaded(billed(150, 400) | {"business": bitcoin}, tmp_path), samples=50)
    assert "Ada is cheapest: 0.0016 BTC a month" in titles(made(story, OPTIONS))


@pytest.mark.parametrize("bills", [(500, 500), (500.4, 500.1)])
def test_nobody_is_cheapest_where_bills_read_the_same(
    bills: tuple[float, float], tmp_path: Path
) -> None:
    found = titles(made(Story(loaded(billed(*bills), tmp_path), samples=50), OPTIONS))
    assert [title for title in found if "each cost 500 USD a month" in title]
    assert not [title for title in found if "cheapest" in title]


@pytest.mark.parametrize(
    ("growth", "told"),
    [(-0.1, "10 % fewer each month"), ([-0.1, 0.2], "from 10 % fewer to 20 % more each month"),
     (0.07, "7 % more each month")],
)  # fmt: skip
def test_a_load_that_shrinks_is_told(growth: Any, told: str, tmp_path: Path) -> None:
    deck = opened(made(Story(loaded(billed(9, 8, growth), tmp_path), samples=50), OPTIONS))
    shown = " ".join(text for slide in deck.slides for text in texts(slide))
    assert told in shown.replace("\u00a0", " ")


def test_a_label_loses_letters_of_its_name_before_a_figure(tmp_path: Path) -> None:
    data = billed(12_345, 23_456)
    data["alternatives"][0]["name"] = "Seat licences of a coding tool " * 5
    deck = opened(made(Story(loaded(data, tmp_path), samples=50), OPTIONS))
    labels = [str(label) for slide in deck.slides for shape in slide.shapes if shape.has_chart
              for label in shape.chart.plots[0].categories if "USD" in str(label)]  # fmt: skip
    assert "…" in labels[0]
    assert labels[0].endswith(": 12,345\u00a0USD")


def test_of_a_range_the_likely_bill_is_told_and_that_it_overlaps() -> None:
    deck, story = opened(export("support-assistant", ".pptx")), shipped("support-assistant")
    place = next(n for n, title in enumerate(titles_of(deck)) if "likely cheapest" in title)
    monthly = story.analysis.cost().alternatives[story.standing.leader].monthly
    assert monthly is not None
    likely = story.money.whole(monthly.likely)
    assert f": {likely} in the first month" in titles_of(deck)[place]
    assert "Ranges overlap: " in " ".join(texts(deck.slides[place]))


def test_slides_of_a_long_table_are_filled_alike() -> None:
    heads = [Cell("Name")]
    rows = [[Cell("word " * (20 if n % 3 else 5))] for n in range(41)]
    pages, _ = tables.paged(heads, rows, [200.0], 10, 10, 12, 360, True)
    assert [row for page in pages for row in page] == rows
    tall = [sum(tables.height(row, [200.0], 10) for row in page) for page in pages]
    assert min(tall) > max(tall) / 2


def test_a_line_may_end_after_a_dash() -> None:
    assert fitting.wrapped("12,345–67,890", 10, fitting.width("12,345–6", 10)) == (
        "12,345–", "67,890",
    )  # fmt: skip


def test_titles_tell_no_cents_of_a_bill() -> None:
    found = titles(export("support-assistant", ".pptx"))
    told = [title for title in found if "USD" in title]
    assert len(told) >= 3
    assert not any(re.search(r"\d\.\d\d", title) for title in told), told


def test_no_title_is_a_mere_heading(tmp_path: Path) -> None:
    decks = [export(name, ".pptx") for name in SHIPPED]
    decks.append(made(Story(loaded(signed(), tmp_path)), OPTIONS))
    for title in (title for deck in decks for title in titles(deck)):
        assert re.search(r"\d|nobody|nothing|no |only|alone|every|best|ahead|takes over", title,
                         re.IGNORECASE), title  # fmt: skip


def signed() -> dict[str, Any]:
    """A decision of a workshop, approved, with a change log."""
    criteria = [{"id": f"c{n}", "name": f"C{n}", "value": {"worst": 0, "best": 1}}
                for n in range(11)]  # fmt: skip
    rows = {name: {f"c{n}": (n + k) % 3 / 2 for n in range(11)} for k, name in enumerate("ABC")}
    return decided(criteria, rows) | {
        "weights": {"method": "direct", "values": {f"c{n}": 100 / 11 for n in range(11)}},
        "approved": [{"by": "Ada", "on": DAY}],
        "changes": [
            {"on": DAY, "by": "Ben", "what": "Question", "before": "a", "now": "b"},
            {"on": DAY, "by": "Ada", "what": "Weights, from 3 ballots in round 2 of a workshop"},
        ],
    }  # fmt: skip


def test_who_approved_and_where_weights_are_from_is_told(tmp_path: Path) -> None:
    story = Story(loaded(signed(), tmp_path))
    assert story.weighed == "Weights from 3 ballots in round 2 of a workshop, on 24 Nov 2026."
    deck = opened(made(story, OPTIONS))
    found = titles_of(deck)
    told = [text for slide in deck.slides for text in texts(slide)]
    assert not [text for text in told if re.search(r"\de-\d", text)], "noise of arithmetic is 0"
    assert "Ada approved on 24 Nov 2026; 2 changes were signed by 2 people on 24 Nov 2026" in found
    assert any(
        t.startswith("All 11 criteria count the same: 9 % of the weight each") for t in found
    )
    other = Story(story.analysis.with_weights({"c1": 50}))
    assert other.weighed == "Weights set for this answer, otherwise than in the decision's file."


def test_of_many_groups_each_block_has_a_tint_of_its_own(tmp_path: Path) -> None:
    deck = opened(made(Story(loaded(signed(), tmp_path)), OPTIONS))
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    stacked = next(c for c in charts if any(s.name == "the other 4" for s in c.plots[0].series))
    colours = [str(s.format.fill.fore_color.rgb) for s in stacked.plots[0].series]
    assert len(set(colours)) == len(colours) == 8


def test_what_is_known_of_a_bill_that_is_not_known_in_full_is_shown(tmp_path: Path) -> None:
    story = Story(selector.analyse(selector.load("eu-bank-assistant")), samples=200)
    deck = opened(made(story, OPTIONS))
    found = titles_of(deck)
    told = "Stack 1 costs at least 9,999 USD in the first month; no bill is known in full"
    place = found.index(told)
    shown = " ".join(texts(deck.slides[place]))
    assert "What is not known" in shown
    assert "Qdrant" in shown
    chart = next(s.chart for s in deck.slides[place].shapes if s.has_chart)
    assert next(iter(chart.plots[0].series)).values[0] == pytest.approx(9999)
    assert found[place + 1].startswith("What is known of Stack 1 goes from 9,999 USD to ")
    assert "is not known where a bill is not known in full" in " ".join(
        texts(deck.slides[place + 1])
    )


def test_the_title_of_a_part_of_the_matrix_counts_what_is_known(tmp_path: Path) -> None:
    scale = {"value": {"worst": 0, "best": 10}}
    criteria = [{"id": "g", "name": "G", "children": [
        {"id": x, "name": x.title(), **scale} for x in ("one", "two", "three", "four")
    ]}]  # fmt: skip
    rows = {"Ada": {"one": 9, "two": 8, "three": None, "four": 2},
            "Ben": {"one": 4, "two": 8, "three": 5, "four": [1, 3]}}  # fmt: skip
    found = titles(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    # One is Ada's, in two and four they are likely level, in three Ada could have more.
    assert "Ada is unbeaten in 1 of 4" in found
    rows["Cy"] = {"one": 1, "two": 3, "three": 2, "four": 1}
    found = titles(made(Story(loaded(decided(criteria, rows), tmp_path)), OPTIONS))
    assert "Ada is unbeaten in 3 of 4, Ben in 2" in found
    flat = [{**leaf, "weight": 1} for leaf in criteria[0]["children"]]
    found = titles(made(Story(loaded(decided(flat, rows), tmp_path)), OPTIONS))
    assert "Ada is best in one" in found


def test_nobody_beats_says_the_same_as_unbeaten_in_a_stack() -> None:
    story = Story(selector.analyse(selector.load("startup-one-cloud")), samples=50)
    tops = story.analysis.decision.criteria.criteria
    own = [top.name for top in tops if "stack-1" in matrix.unbeaten(story, top)]
    assert own == ["Model platform", "Evaluation and tracing"]
    found = titles(made(story, OPTIONS))
    assert "Nobody beats Stack 1 in model platform and evaluation and tracing" in found
    assert "Ranks 9 to 10: Stack 9 and Stack 10 are each unbeaten in 1 of 9" in found


def test_a_level_that_is_called_a_bound_stands_in_quotes() -> None:
    asked = selector.analyse(selector.load("streaming-choice")).requirements
    assert "How often an event is processed at best: “at least once” or better" in asked
    assert "How long events are kept: at least 7 days" in asked
    story = Story(selector.analyse(selector.load("streaming-choice")), samples=50)
    told = " ".join(texts(opened(made(story, OPTIONS)).slides[3]))
    assert "is 0 days (asked: at least 7 days)" in told


def test_a_stack_has_the_sources_of_its_parts_and_of_how_they_fit() -> None:
    story = Story(selector.analyse(selector.load("startup-one-cloud")), samples=200)
    used = [what for source in story.sources for what in source.used_for]
    assert {what.split(": ")[0] for what in used} == {
        "Model platform", "Orchestration", "Vector store", "Evaluation and tracing",
        "Infrastructure as code", "How the parts go together",
    }  # fmt: skip
    deck = opened(made(story, OPTIONS))
    title = next(t for t in titles_of(deck) if " sources bear " in t)
    assert title.startswith(f"{len(story.sources)} sources bear what is known of Stack 1, ")
    assert "rests on these" not in deck.slides[1].notes_slide.notes_text_frame.text


def test_bills_add_up_over_the_horizon_and_people_have_their_choice() -> None:
    found = titles(export("support-assistant", ".pptx"))
    assert "Bedrock goes from 611 USD to 865 USD a month in 24 months: 17,384 USD in all" in found
    heads = [
        cell.text
        for shape in opened(export("support-assistant", ".pptx")).slides[1].shapes
        if shape.has_table
        for cell in shape.table.rows[0].cells
    ]
    assert heads[-1] == "First month"
    people = shipped("coding-assistant").asked_people
    assert people[0] == "Developers (counts 2): Databricks first"


def test_a_workload_of_options_without_bills_tells_no_costs(tmp_path: Path) -> None:
    care = {"id": "care", "name": "Care", "value": {"worst": 0, "best": 10}}
    data = decided([care], {"Ada": {"care": 9}, "Ben": {"care": 4}})
    story = Story(loaded(data | {"workload": {"requests_per_month": 1000}}, tmp_path), samples=50)
    deck = opened(made(story, OPTIONS))
    told = "\n".join(text for slide in deck.slides for text in texts(slide))
    assert "bill" not in told
    assert "not known in full" not in told
    assert "no source is named" in told
