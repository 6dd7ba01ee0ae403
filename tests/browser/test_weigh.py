"""The live sliders: the ranking follows while a slider is held, the page when it is let go."""

import re

from playwright.sync_api import Page, expect

from tests.browser.checks import (
    assert_accessible,
    assert_good_at_all_widths,
    assert_nothing_clipped,
    shot,
)
from tests.browser.conftest import Opener, drawn, ranking_shown, settle


def knob(page: Page, node: str) -> tuple[float, float]:
    """Return the middle of a slider's knob."""
    box = page.locator(f'.knob[data-node="{node}"]').bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def widths(page: Page) -> list[float]:
    """Return the widths of all blocks of the bars."""
    found: list[float] = page.eval_on_selector_all(
        ".rows .cell i", "blocks => blocks.map(b => b.getBoundingClientRect().width)"
    )
    return found


def percentages(page: Page) -> list[int]:
    """Return the percentages beside the sliders of the groups."""
    return [
        int(value)
        for value in page.eval_on_selector_all(
            ".slider:not([hidden]) .number", "inputs => inputs.map(i => i.value)"
        )
    ]


def test_a_mark_is_seen_where_the_handle_stands_on_it(visit: Opener) -> None:
    page = visit("weigh")
    track = page.locator('.slider[data-node="openness"] .track')
    mark, handle = track.locator(".flip:visible").first, track.locator(".knob")
    over, under = mark.bounding_box(), handle.bounding_box()
    assert over
    assert under
    assert over["y"] < under["y"]
    assert over["y"] + over["height"] > under["y"] + under["height"]
    assert mark.evaluate("node => getComputedStyle(node).zIndex") == "1"


def test_bars_and_ranks_follow_while_the_slider_is_held(visit: Opener) -> None:
    page = visit("weigh")
    headline = page.locator(".page .standing").first.inner_text()
    before, bars, shares = ranking_shown(page), widths(page), percentages(page)
    x, y = knob(page, "cost")
    page.mouse.move(x, y)
    page.mouse.down()
    seen = set()
    for step in range(1, 31):
        page.mouse.move(x + step * 6, y)
        drawn(page)
        seen.add(tuple(widths(page)))
    held = ranking_shown(page)
    assert len(seen) > 10, "the bars move with the pointer, not only at its end"
    assert [row[2] for row in held] != [row[2] for row in before]
    assert {row[0]: row[1] for row in held} != {row[0]: row[1] for row in before}
    assert widths(page) != bars
    assert percentages(page) != shares
    assert sum(percentages(page)) == 100
    assert page.locator(".page .standing").first.inner_text() == headline, "the host waits"
    page.mouse.up()
    expect(page.locator(".page .standing").first).not_to_have_text(headline)
    settle(page)
    assert [row[0] for row in ranking_shown(page)] == [row[0] for row in held]


def test_the_keyboard_moves_a_slider_and_says_its_consequence(visit: Opener) -> None:
    page = visit("weigh")
    slider = page.get_by_role("slider", name="Weight of Cost")
    start = int(slider.get_attribute("aria-valuenow") or 0)
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(slider).to_have_attribute("aria-valuenow", str(start + 6))
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuenow", str(start + 5))
    page.keyboard.press("End")
    expect(slider).to_have_attribute("aria-valuenow", "100")
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuenow", "0")
    said = slider.get_attribute("aria-valuetext") or ""
    assert "takes over" in said or "stays first" in said


def test_a_number_can_be_typed_and_a_locked_weight_stays(visit: Opener) -> None:
    page = visit("weigh")
    security = page.get_by_label("Weight of Security and compliance in percent")
    kept = security.input_value()
    page.get_by_role("button", name="Lock Security and compliance").click()
    cost = page.get_by_label("Weight of Cost in percent")
    cost.fill("40")
    cost.press("Enter")
    expect(page.get_by_role("slider", name="Weight of Cost")).to_have_attribute(
        "aria-valuenow", "40"
    )
    assert security.input_value() == kept
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("slider", name="Weight of Cost")).not_to_have_attribute(
        "aria-valuenow", "40"
    )


def test_a_group_unfolds_to_its_leaves(visit: Opener) -> None:
    page = visit("weigh")
    leaf = page.get_by_role("slider", name="Weight of Committed uptime")
    expect(leaf).to_be_hidden()
    page.get_by_role("button", name="Reliability", exact=True).click()
    expect(leaf).to_be_visible()
    before = ranking_shown(page)
    leaf.focus()
    page.keyboard.press("End")
    lead = page.locator(f'.row[data-alternative="{before[0][0]}"] .score')
    expect(lead).not_to_have_text(before[0][2])
    told = page.locator(f'.row[data-alternative="{before[0][0]}"]').aria_snapshot()
    assert "points: Capability " in told  # not bare figures without the names of their columns


def test_weights_are_shared_by_the_pages_and_stand_in_the_link(visit: Opener) -> None:
    page = visit("weigh")
    cost = page.get_by_label("Weight of Cost in percent")
    cost.fill("70")
    cost.press("Enter")
    page.wait_for_url("**w=*")
    standing = page.locator(".page .standing").first
    settle(page)
    words = standing.inner_text()
    address = page.url
    again = visit(address.split("/", 3)[3])
    expect(again.locator(".page .standing").first).to_have_text(words)
    assert ranking_shown(again) == ranking_shown(page)
    page.get_by_role("link", name="Decision").click()
    page.wait_for_url("**w=*")
    assert "w=" in page.url


def test_percentages_sum_to_100_whatever_is_dragged(visit: Opener) -> None:
    page = visit("weigh")
    for node in ("security", "cost", "governance"):
        x, y = knob(page, node)
        page.mouse.move(x, y)
        page.mouse.down()
        for step in (7, 23, 41, 12):
            page.mouse.move(x + step, y)
            drawn(page)
            assert sum(percentages(page)) == 100
        page.mouse.up()


def test_money_follows_the_hand_and_every_column_has_a_heading(visit: Opener) -> None:
    page = visit("weigh")
    told = page.locator(".card p b").first
    before = told.inner_text()
    x, y = knob(page, "cost")
    page.mouse.move(x, y)
    page.mouse.down()
    seen = set()
    for step in (20, 50, 80, 120):
        page.mouse.move(x + step, y)
        drawn(page)
        seen.add(told.inner_text())
    assert len(seen) > 1
    assert before not in seen, "cost weighs more, so the same step is worth less"
    page.mouse.up()
    settle(page)
    page.get_by_text("What my weights imply").click()
    rows = page.locator(".worths li")
    rows.first.wait_for()
    assert rows.count() > 20
    expect(rows.first).to_contain_text("US dollars a month to you")
    shown = page.eval_on_selector_all(
        ".heads span", "heads => heads.map(h => h.hidden ? '' : h.textContent)"
    )
    assert shown == [
        "Capability", "Reliability", "Security", "Cost", "Operations", "Openness", "Governance"
    ] or all(shown), shown  # fmt: skip
    page.get_by_role("button", name="Head to head").click()
    page.wait_for_url("**/compare**")


def test_steps_are_undone_by_keys_after_a_preset_and_on_coming_back(visit: Opener) -> None:
    page = visit("weigh")
    cost = page.get_by_role("slider", name="Weight of Cost")
    start = cost.get_attribute("aria-valuenow") or ""
    page.get_by_role("button", name="FinOps").click()
    expect(cost).to_have_attribute("aria-valuenow", "50")
    settle(page)
    page.get_by_role("link", name="Decision", exact=True).click()
    page.wait_for_url(lambda url: "weigh" not in url)
    settle(page)
    page.get_by_role("link", name="Weigh", exact=True).click()
    expect(cost).to_have_attribute("aria-valuenow", "50")
    cost.focus()
    page.keyboard.press("Control+z")
    expect(cost).to_have_attribute("aria-valuenow", start)
    page.keyboard.press("Control+y")
    expect(cost).to_have_attribute("aria-valuenow", "50")
    settle(page)
    sets = page.get_by_label("A set of weights")
    sets.click()
    settle(page)  # the list that opens while the page scrolls to it closes again
    sets.fill("CISO")
    page.get_by_role("option", name="CISO").wait_for()
    sets.press("Enter")
    page.get_by_role("button", name="Look at it").click()
    expect(cost).to_have_attribute("aria-valuenow", "5")
    settle(page)
    cost.focus()
    page.keyboard.press("Control+z")
    expect(cost).to_have_attribute("aria-valuenow", "50")


def test_a_dialogue_by_keyboard_ends_in_the_file(visit: Opener) -> None:
    page = visit("weigh?decision=high-volume-chat")
    page.get_by_role("button", name="Help me weigh").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Start", exact=True).focus()
    assert_accessible(page)
    page.keyboard.press("Enter")
    heading = page.locator(".asking h2")
    expect(heading).to_have_text("Which of these steps up matters most?")
    assert_good_at_all_widths(page, "weigh-asked")
    page.set_viewport_size({"width": 1280, "height": 860})
    page.get_by_role("button", name=re.compile("^Committed uptime")).focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_text("And which one next?")
    page.keyboard.press("Tab")  # the focus is on the next question
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("if committed uptime counts 100")
    points = page.get_by_label("Points")
    points.fill("120")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Write a number")).to_be_visible()
    points.fill("50")
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("Prompts and answers not kept: how much")
    page.get_by_role("button", name="Step back").click()
    expect(heading).to_contain_text("Mean monthly cost: how much")
    points.fill("60")
    page.keyboard.press("Enter")
    expect(heading).to_contain_text("Prompts and answers not kept: how much")
    points.fill("20")
    page.keyboard.press("Enter")
    take = page.get_by_role("button", name="Take these weights")
    expect(take).to_be_visible()
    settle(page)
    assert_good_at_all_widths(page, "weigh-outcome")
    page.set_viewport_size({"width": 1280, "height": 860})
    take.click()
    uptime = page.get_by_role("slider", name="Weight of Committed uptime")
    expect(uptime).to_have_attribute("aria-valuenow", "56")  # 100 of 180
    page.wait_for_url("**decision=draft-**")


def test_an_order_is_made_with_the_arrows(visit: Opener) -> None:
    page = visit("weigh?decision=high-volume-chat", width=390)
    page.get_by_role("button", name="Help me weigh").click()
    page.get_by_text("By order alone").click()
    page.get_by_role("button", name="Start", exact=True).click()
    up = page.get_by_role("button", name="Move Committed uptime up")
    up.wait_for()
    settle(page)  # what is drawn anew takes the focus with it
    up.focus()
    for key in ("Enter", "ArrowDown", "ArrowUp"):
        expect(page.locator(".order li button:focus")).to_have_count(1)
        page.keyboard.press(key)
    order = page.locator(".order li b")
    expect(order.first).to_have_text("Committed uptime")
    assert_accessible(page)
    assert_nothing_clipped(page)
    page.get_by_role("button", name="This is my order").click()
    expect(page.locator("table.outcome tbody tr").first).to_contain_text("61 %")


def test_weights_are_kept_under_a_name_and_stand_beside_the_others(visit: Opener) -> None:
    page = visit("weigh")
    cost = page.get_by_label("Weight of Cost in percent")
    cost.fill("60")
    cost.press("Enter")
    page.wait_for_url("**w=*")
    settle(page)
    expect(page.locator(".set").first).to_contain_text("Your weights now")
    page.get_by_role("button", name="Keep these …").click()
    name = page.get_by_label("Name", exact=True)
    name.fill("A lean year")
    name.press("Enter")
    expect(page.locator(".set").filter(has_text="A lean year")).to_contain_text("Cost 60")
    settle(page)
    chip = page.locator(".weigh").get_by_role("button", name="A lean year")
    expect(chip).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="As in the file").click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    settle(page)
    assert_good_at_all_widths(page, "weigh-scenarios")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    assert_accessible(page)
    shot(page, "weigh-scenarios-dark")
