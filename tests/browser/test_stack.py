"""The page Stack in a real browser: a layer is fixed by hand and by keyboard and the rest follows,
what cannot be says why, a link brings it back, and nobody is kept out.
"""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

import selector
from selector.analysis.stack import analyse_stack
from tests.browser.checks import assert_accessible, assert_nothing_clipped, shot
from tests.browser.conftest import Opener, settle


def composed(decision: str, **fixed: str) -> dict[str, str]:
    """Return the best stack as Python has it, the name of the choice by layer."""
    layers = {layer.replace("_", "-"): choice for layer, choice in fixed.items()}
    best = analyse_stack(selector.load(decision)).with_fixed(layers).best(1).stacks[0]
    return {layer: choice.name for layer, choice in best.choices.items()}


def candidate(page: Page, name: str) -> Locator:
    """Return the button of a candidate, `layer:candidate`."""
    return page.locator(f'.layer button[data-id="{name}"]')


def expect_chosen(page: Page, names: dict[str, str]) -> None:
    """Expect the page to have these choices in the best stack, and only these."""
    for layer, name in names.items():
        chosen = page.locator(f'.layer[data-layer="{layer}"] button.in .name')
        expect(chosen).to_have_count(1)
        expect(chosen).to_contain_text(name)


def focused(page: Page) -> str:
    """Return which candidate has the keyboard."""
    found: str = page.evaluate(
        """() => {
          let at = document.activeElement;
          while (at?.shadowRoot) at = at.shadowRoot.activeElement;
          return at?.dataset?.id ?? '';
        }"""
    )
    return found


def drag(page: Page, what: Locator, onto: Locator) -> None:
    """Drag one thing onto another by the mouse, as a hand does: in steps."""
    what.hover()
    page.mouse.down()
    to = onto.bounding_box()
    assert to
    page.mouse.move(to["x"] + to["width"] / 2, to["y"] + to["height"] / 2, steps=6)
    page.mouse.up()


def test_layers_are_fixed_by_pointer_and_by_keyboard_and_a_link_brings_them_back(
    visit: Opener, tmp_path: Path
) -> None:
    page = visit("stack?decision=eu-bank-assistant")
    free = composed("eu-bank-assistant")
    expect_chosen(page, free)
    candidate(page, "vector-store:milvus").click()
    held = composed("eu-bank-assistant", vector_store="milvus")
    assert {name for name in held if held[name] != free[name]} > {"vector-store"}
    expect(candidate(page, "vector-store:milvus")).to_have_attribute("aria-pressed", "true")
    expect_chosen(page, held)  # the other layers are chosen anew
    expect(candidate(page, "vector-store:qdrant").locator(".line")).to_contain_text("+")
    # The diagram shows what is chosen now.
    expect(page.locator(".architecture svg, svg.architecture").first).to_contain_text("Milvus")
    candidate(page, "orchestration:llamaindex").focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "orchestration:langgraph"
    page.keyboard.press("Enter")
    expect(candidate(page, "orchestration:langgraph")).to_have_attribute("aria-pressed", "true")
    page.wait_for_url("**fix=*langgraph*")
    settle(page)
    assert focused(page) == "orchestration:langgraph"  # the keyboard stays where it was
    both = composed("eu-bank-assistant", vector_store="milvus", orchestration="langgraph")
    expect_chosen(page, both)
    page.reload()
    settle(page)
    expect_chosen(page, both)
    page.go_back()
    expect_chosen(page, held)
    # What is fixed goes into the file that is taken, where the command line finds it.
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download this decision").click()
    taken.value.save_as(tmp_path / "taken.yaml")
    found = analyse_stack(selector.load(tmp_path / "taken.yaml"))
    assert found.fixed == {"vector-store": "milvus"}
    assert {k: x.name for k, x in found.best(1).stacks[0].choices.items()} == held
    page.get_by_role("button", name="Let all go").focus()
    page.keyboard.press("Enter")
    expect(page.locator('.layer [aria-pressed="true"]')).to_have_count(0)
    expect_chosen(page, free)
    settle(page)
    assert focused(page) == "*"  # here too
    page.keyboard.press("Enter")  # and there is nothing more to let go
    expect(page.get_by_role("button", name="Let all go")).to_have_attribute("aria-disabled", "true")


def test_dragging_onto_the_place_of_a_layer_fixes_and_off_it_lets_go(visit: Opener) -> None:
    page = visit("stack?decision=eu-bank-assistant&fix=vector-store:pinecone", height=1700)
    place = page.locator('.layer[data-layer="vector-store"] .chosen')
    # What is knocked out cannot be fixed here, but a link or a file does: then one can let it go.
    pinecone, milvus = (candidate(page, f"vector-store:{name}") for name in ("pinecone", "milvus"))
    expect(page.locator("h1")).to_have_text("No stack keeps all constraints")
    expect(place.locator("button")).to_have_attribute("data-id", "vector-store:pinecone")
    expect(place).to_contain_text("Pinecone is knocked out.")
    expect(milvus.locator(".line")).to_have_text("would fit")
    assert_accessible(page)
    shot(page, "stack-knocked-out")
    drag(page, pinecone, page.locator('.layer[data-layer="gateway"] h3'))
    free = composed("eu-bank-assistant")
    settle(page)
    expect_chosen(page, free)
    expect(pinecone).to_have_attribute("aria-disabled", "true")
    drag(page, milvus, page.locator('.layer[data-layer="gateway"] .chosen'))  # not its own
    expect(milvus).to_have_attribute("aria-pressed", "false")
    drag(page, milvus, place)
    expect_chosen(page, composed("eu-bank-assistant", vector_store="milvus"))
    expect(place.locator('[aria-pressed="true"]')).to_contain_text("Milvus")
    drag(page, milvus, place.locator("xpath=following-sibling::ul"))
    expect_chosen(page, free)
    expect(page.locator(".stack .place")).to_have_count(0)


def test_the_diagram_is_beside_the_layers_where_there_is_room_and_else_beneath(
    visit: Opener,
) -> None:
    page = visit("stack?decision=eu-bank-assistant", width=1920, height=1080)
    layers, drawn = page.locator(".layers"), page.locator("svg.architecture")
    last = page.locator('.layer[data-layer="infrastructure-as-code"]')
    for width, height in ((1920, 1080), (1600, 900)):
        page.set_viewport_size({"width": width, "height": height})
        last.scroll_into_view_if_needed()
        expect(drawn).to_be_in_viewport(ratio=0.9)  # it stays while one goes down the layers
        left, right = layers.bounding_box(), drawn.bounding_box()
        assert left
        assert right
        assert left["x"] + left["width"] <= right["x"]
        assert_nothing_clipped(page)
        assert_accessible(page)
        shot(page, f"stack-{width}")
    hint = "(node) => getComputedStyle(node, '::before').content"
    room = page.locator(".scrolled")
    assert room.evaluate(hint) == "none"
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 860})
        settle(page)
        above, below = layers.bounding_box(), drawn.bounding_box()
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"]
    assert "scroll sideways" in room.evaluate(hint)


def test_what_cannot_be_says_why_and_everybody_can_use_the_page(visit: Opener) -> None:
    page = visit("stack?decision=startup-one-cloud")
    kafka = candidate(page, "streaming:apache-kafka")
    expect(kafka.locator(".why")).to_have_count(0)
    kafka.focus()
    page.keyboard.press("Enter")
    expect(kafka.locator(".why")).to_contain_text("asks for Java virtual machine")
    expect(kafka).to_have_attribute("aria-disabled", "true")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 860})
        assert_nothing_clipped(page)
        assert_accessible(page)
        shot(page, f"stack-{width}")
    hidden = candidate(page, "vector-store:pinecone")
    expect(hidden).to_be_hidden()  # on a phone the others unfold
    page.locator('.layer[data-layer="vector-store"] .more').click()
    hidden.click()
    expect(hidden).to_have_attribute("aria-pressed", "true")
    held = composed("startup-one-cloud", vector_store="pinecone")
    expect_chosen(page, held)
    assert_nothing_clipped(page)
    # Kept, it is in a copy of one's own, and every page follows.
    keep = page.get_by_role("button", name="Keep what is fixed")
    above, layers = keep.bounding_box(), page.locator(".layer").first.bounding_box()
    assert above is not None
    assert layers is not None
    assert above["y"] < layers["y"]
    keep.click()
    page.wait_for_url("**decision=draft-*")
    settle(page)
    assert "fix=" not in page.url
    expect_chosen(page, held)
    expect(hidden).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Keep what is fixed")).to_have_count(0)
    expect(page.get_by_text("What you fixed is kept in the decision")).to_be_visible()
