"""The live sliders: the ranking follows while a slider is held, the page when it is let go."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener, ranking_shown, settle


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
        page.wait_for_timeout(20)
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
    page.wait_for_timeout(100)
    assert ranking_shown(page) != before


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
            page.wait_for_timeout(30)
            assert sum(percentages(page)) == 100
        page.mouse.up()
