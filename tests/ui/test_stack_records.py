"""What pages give of a stack: decision records, and where the scores of its layers are from."""

import html

from tests.ui.drawn import draw, markup


def test_the_page_gives_the_records_of_a_stack_and_none_without_one() -> None:
    test = draw("stack", "startup-one-cloud")
    assert not test.exception
    (button,) = test.get("download_button")
    assert button.proto.label == "Decision records (Markdown, zip)"
    assert not draw("stack", "high-volume-chat").get("download_button")


def test_the_open_cell_of_a_layer_says_where_its_score_is_from() -> None:
    card = markup(draw("compare", "startup-one-cloud", cell="stack-1:gateway"))
    assert "from its layer's own decision: page Stack" in html.unescape(card)
    assert "no source" not in card
    fit = markup(draw("compare", "startup-one-cloud", cell="stack-1:fit"))
    assert "from what is known to go together: page Stack" in fit
