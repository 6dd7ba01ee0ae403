"""The README's tour, followed as it is written: each step shows what the text says."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE, ranking_shown, settle

README = Path(__file__).parents[2] / "README.md"


def steps() -> list[str]:
    """Return the numbered steps that are about the app, without their numbers."""
    text = README.read_text(encoding="utf-8").partition("## Five minutes")[2].partition("\n## ")[0]
    found = re.findall(r"(?m)^\d+\. (.+)$", text)
    return [step for step in found if "**" in step]


def named(step: str) -> list[str]:
    """Return what a step tells one to look for."""
    return re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", step)


def on_decision(page: Page) -> None:
    title = page.locator(".page h1").inner_text()
    assert re.search(r"leads .+ by [\d.]+ points of 100", title)
    expect(page.locator(".page .sub")).to_contain_text(re.compile("First in .+ of 100"))
    expect(page.locator(".page .sub")).to_contain_text("takes over if")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".path")).to_have_count(0)


def on_weigh(page: Page) -> None:
    page.locator(".rows .row").first.wait_for()
    before = ranking_shown(page)
    knob = page.get_by_role("slider", name="Openness and exit").first
    drag(page, knob, 60)
    page.wait_for_url("**w=**")
    after = ranking_shown(page)
    assert before[0][0] != after[0][0]
    page.get_by_role("button", name="CISO").click()
    expect(page.get_by_role("button", name="CISO")).to_have_attribute("aria-pressed", "true")


def drag(page: Page, knob: Locator, by: int) -> None:
    box = knob.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=5)
    page.mouse.up()


def on_compare(page: Page) -> None:
    page.get_by_role("button", name=re.compile(", Committed uptime, ")).first.click()
    card = page.locator(".page .fact")
    expect(card).to_contain_text("Committed uptime")
    expect(card.locator("a[href^=https]").first).to_be_visible()
    page.get_by_text("Head to head", exact=True).click()
    expect(page.locator(".page h1")).to_contain_text("ahead of")


def on_cost(page: Page) -> None:
    field = page.get_by_label("Requests a month").first
    before = page.locator(".page h1").inner_text()
    field.fill("3 million")
    field.press("Enter")
    page.wait_for_url("**f=**")
    expect(page.locator(".page h1")).not_to_have_text(before)


def on_robustness(page: Page) -> None:
    expect(page.locator(".page h1")).to_contain_text("of 100 draws")
    expect(page.get_by_text("The least it takes to put another first")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ of 11 methods put")).first).to_be_visible()


def on_edit(page: Page) -> None:
    page.get_by_text("Alternatives", exact=True).click()
    title = page.locator(".page h1")
    leader = title.locator("span").inner_text()
    rows = page.get_by_role("button", name="Remove")
    rows.first.wait_for()
    settle(page)
    fields = page.locator('input[type="text"]').all()
    names = [name for field in fields if ", " in (name := field.input_value())]
    rows.nth(next(i for i, name in enumerate(names) if name.startswith(f"{leader},"))).click()
    expect(title.locator("span")).not_to_have_text(leader, timeout=PATIENCE)
    expect(page.get_by_text("Yours", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(title.locator("span")).to_have_text(leader, timeout=PATIENCE)


def on_start(page: Page) -> None:
    page.get_by_text("Help for our developers").click()
    page.get_by_role("button", name="Open this decision").click()
    expect(page).to_have_title("Decision · Selector")
    settle(page)
    assert page.locator(".page .rank").count() > 2


def on_stack(page: Page) -> None:
    page.get_by_role("button", name="The stack of the branch assistant").click()
    expect(page.locator(".page h1")).to_contain_text("The best stack")
    other = page.locator('.layer[data-layer="vector-store"] button.can').first
    name = other.locator(".name").inner_text().splitlines()[0]
    other.click()
    chosen = page.locator('.layer[data-layer="vector-store"] button.in')
    expect(chosen).to_contain_text(name)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    expect(page.locator("svg.architecture")).to_be_visible()


ACTS: dict[str, Callable[[Page], None]] = {
    "Decision": on_decision,
    "Weigh": on_weigh,
    "Compare": on_compare,
    "Cost": on_cost,
    "Robustness": on_robustness,
    "Edit": on_edit,
    "Start": on_start,
    "Stack": on_stack,
}


def test_each_step_of_the_tour_shows_what_it_says(app: str, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(app)
    walked = []
    for step in steps():
        name = re.findall(r"\*\*([^*]+)\*\*", step)[0]
        if walked:
            page.get_by_role("link", name=name, exact=True).click()
        expect(page).to_have_title(f"{name} · Selector")
        settle(page)
        for told in named(step):
            if name != "Edit":  # what it names is there once its part is chosen
                page.get_by_text(told).locator("visible=true").first.wait_for()
        ACTS[name](page)
        walked.append(name)
    assert walked == list(ACTS)
    page.context.close()
