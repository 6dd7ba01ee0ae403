"""Compare in a real browser: the hand folds, sorts, walks and opens; each view is a link; and a
wide matrix keeps heads and names in sight.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, assert_good_at_all_widths, unfold
from tests.browser.conftest import Opener, settle

CELLS = ".matrix tbody tr:not([hidden]) td button:visible"
ROWS = ".matrix tbody tr:not([hidden]):not(.total)"


def columns(page: Page) -> list[str]:
    return page.locator(".matrix thead th span").all_inner_texts()


def test_groups_fold_by_pointer_and_by_keyboard_and_stay_folded(visit: Opener) -> None:
    page = visit("compare")
    rows = page.locator(ROWS)
    expect(page.locator(CELLS).first).to_be_visible()
    everything = rows.count()
    page.evaluate("() => { document.querySelector('.stApp').dataset.kept = 'yes' }")
    first = page.locator(".matrix .group th button").first
    first.click()
    expect(first).to_have_attribute("aria-expanded", "false")
    assert rows.count() < everything
    page.wait_for_url("**fold=capability**")
    folded = page.locator(".matrix .group.folded td button")
    expect(folded.first).to_be_visible()
    # The second by keyboard; the open cell of the first is a group's.
    first.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**fold=capability**reliability**")
    folded.first.click()
    expect(page.locator(".page .fact h2")).to_contain_text("Capability")
    again = visit(f"compare?{page.url.split('?')[1]}")
    expect(again.locator(".page .fact h2")).to_contain_text("Capability")
    expect(again.locator(".matrix .group.folded")).to_have_count(2)
    page.get_by_role("button", name="Fold all", exact=True).click()
    groups = page.locator(".matrix .group").count()
    expect(rows).to_have_count(groups)
    page.get_by_role("button", name="Unfold all").click()
    expect(rows).to_have_count(everything)
    page.wait_for_url(lambda url: "fold=" not in url)


def test_a_cell_opens_its_facts_and_the_matrix_stays(visit: Opener) -> None:
    page = visit("compare")
    expect(page.locator(CELLS).first).to_be_visible()
    table = page.locator(".matrix table").element_handle()
    before = page.locator(".page .fact").inner_text()
    page.locator('.matrix button[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".page .fact")).not_to_have_text(before)
    assert table
    assert table.evaluate("node => node.isConnected")  # it was not drawn anew
    page.wait_for_url("**cell=**")
    # The value function stands in the card, with its words, and the sources are links.
    page.locator(CELLS, has_text="99.9").first.click()
    expect(page.locator(".page .fact h2")).to_contain_text("Committed uptime")
    figure = page.locator(".page .fact .curve")
    expect(figure).to_have_attribute("aria-label", re.compile("^(A straight line|Straight pieces)"))
    expect(page.locator(".page .fact a[href^='https://']").first).to_be_visible()


def test_a_press_on_the_head_of_a_row_orders_the_columns(visit: Opener) -> None:
    page = visit("compare")
    expect(page.locator(CELLS).first).to_be_visible()
    by_rank = columns(page)
    head = page.locator(".matrix tbody th button", has_text="Committed uptime")
    head.click()
    expect(head).to_have_attribute("aria-pressed", "true")
    page.wait_for_url("**columns=uptime**")
    expect(page.get_by_text("Columns by committed uptime, best first.")).to_be_visible()
    assert sorted(columns(page)) == sorted(by_rank)
    expect(page.locator(".matrix thead th span").first).to_have_text("SageMaker")
    head.click()
    expect(head).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("best first.")).to_have_count(0)
    expect(page.locator(".matrix thead th span")).to_have_text(by_rank)


def test_filters_say_what_is_hidden_and_stand_in_the_link(visit: Opener) -> None:
    page = visit("compare?only=open&least=2&shown=bedrock-claude,vertex-gemini")
    told = page.locator(".page p.how[role=status]")
    expect(told).to_contain_text("criteria and")
    page.get_by_role("button", name="Sort and filter").click()
    page.get_by_label("With the words").fill("time")
    page.get_by_label("With the words").press("Enter")
    expect(told).to_contain_text("1 of")
    expect(page.locator(".matrix tbody tr:not(.group):not(.total)")).to_have_count(1)
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show all").click()
    expect(told).to_be_empty()
    page.wait_for_url(lambda url: "only=" not in url)


def test_two_meet_and_the_pair_is_in_the_link(visit: Opener) -> None:
    page = visit("compare")
    page.get_by_role("radio", name="Head to head").click()
    expect(page.locator(".page h1")).to_contain_text("ahead of")
    gathered = page.locator(".fall summary", has_text="criteria together")
    gathered.focus()
    page.keyboard.press("Enter")
    inside = page.locator(".fall .inside .leg")
    expect(inside.first).to_be_visible()
    page.get_by_role("radio", name="By group").click()
    page.wait_for_url("**by=group**")
    title = page.locator(".page h1").inner_text()
    again = visit(f"compare?{page.url.split('?')[1]}&pair=vertex-gemini,openai-gpt")
    expect(again.locator(".page h1")).not_to_have_text(title)
    expect(again.locator(".fall [role=listitem] summary").first).to_be_visible()


def test_a_line_is_lit_by_pointer_focus_and_choice(visit: Opener) -> None:
    page = visit("compare?view=parallel")
    lit = page.locator(".parallel .line.on")
    expect(lit).to_have_count(1)
    chips = page.locator(".parallel .chips button")
    chips.nth(2).hover()
    expect(lit).to_have_count(2)  # the chosen one and the one under the hand
    chips.nth(3).focus()
    page.keyboard.press("Enter")
    expect(chips.nth(3)).to_have_attribute("aria-pressed", "true")
    page.wait_for_url("**lit=**")
    name = chips.nth(3).inner_text()
    expect(page.locator(".page .sub")).to_contain_text(name)
    expect(page.locator(".parallel .end.on")).to_contain_text(name)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out_of_any_view(visit: Opener, scheme: str) -> None:
    for view, rest in (("matrix", ""), ("pair", ""), ("parallel", "&within=*")):
        page = visit(f"compare?view={view}{rest}", scheme=scheme)
        expect(page.locator(".matrix td, .fall, .parallel svg").first).to_be_visible()
        unfold(page)
        assert_good_at_all_widths(page, f"compare-{view}-{scheme}")


def wide() -> str:
    """A decision of 14 alternatives on 50 criteria in five groups, some of it unknown."""
    ids = [(group, i) for group in range(5) for i in range(10)]
    criteria = "".join(
        f"  - id: g{group}\n    name: Group {group}\n    children:\n"
        + "".join(
            f"      - {{id: c{g}-{i}, name: Criterion {i} of group {g}, "
            "value: {worst: 0, best: 9}}\n"
            for g, i in ids
            if g == group
        )
        for group in range(5)
    )
    alternatives = ""
    for a in range(14):
        cells = [
            f"c{g}-{i}: {'null' if (a + i + g) % 13 == 0 else (a * 7 + i * 3 + g) % 10}"
            for g, i in ids
        ]
        alternatives += (
            f"  - id: a{a}\n    name: Platform number {a}\n"
            f"    performance: {{{', '.join(cells)}}}\n"
        )
    return f"id: wide\ntitle: Wide\ncriteria:\n{criteria}alternatives:\n{alternatives}"


def box(page: Page, where: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(where).first.evaluate(
        "node => { const b = node.getBoundingClientRect(); return "
        "{ left: b.left, right: b.right, top: b.top, bottom: b.bottom } }"
    )
    return found


def test_a_wide_matrix_keeps_heads_and_names_in_sight(visit: Opener, tmp_path: Path) -> None:
    (tmp_path / "wide.yaml").write_text(wide(), encoding="utf-8")
    page = visit("start")
    page.get_by_text("Bring your own", exact=False).first.click()
    page.locator("input[type=file]").set_input_files([tmp_path / "wide.yaml"])
    page.locator(".own .open[aria-current]", has_text="Wide").wait_for()
    page.get_by_role("link", name="Compare").click()
    expect(page.locator(CELLS).first).to_be_visible()
    settle(page)
    start = page.locator(CELLS).first
    start.focus()
    for _ in range(13):
        page.keyboard.press("ArrowRight")
    for _ in range(30):
        page.keyboard.press("ArrowDown")
    focused = page.evaluate_handle(
        "() => { let e = document.activeElement; while (e.shadowRoot?.activeElement) "
        "e = e.shadowRoot.activeElement; return e }"
    ).as_element()
    assert focused
    cell = focused.bounding_box()
    assert cell
    frame = box(page, ".matrix .frame")
    head, name = box(page, ".matrix thead th:last-child"), box(page, ".matrix tbody th")
    assert head["top"] == pytest.approx(frame["top"], abs=3)  # it stayed
    assert name["left"] == pytest.approx(frame["left"], abs=3)
    assert cell["y"] >= head["bottom"] - 3
    assert cell["y"] + cell["height"] <= frame["bottom"] + 3
    assert cell["x"] + cell["width"] <= frame["right"] + 3
    assert cell["x"] >= box(page, ".matrix tbody td.weight")["right"] - 3
    assert_good_at_all_widths(page, "compare-wide")
    page.set_viewport_size({"width": 1280, "height": 860})
    page.get_by_role("radio", name="Parallel").click()
    expect(page.locator(".parallel svg")).to_be_visible()
    assert_good_at_all_widths(page, "compare-wide-parallel")


def test_what_is_chosen_of_a_list_is_read_in_the_dark_too(visit: Opener) -> None:
    page = visit("compare", scheme="dark")
    page.get_by_role("button", name="Sort and filter").click()
    page.get_by_label("Remove Bedrock").wait_for()
    assert_accessible(page)
