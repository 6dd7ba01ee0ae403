"""The page Stack gives the decision records of what is composed on it."""

from tests.ui.drawn import draw


def test_the_page_gives_the_records_of_a_stack_and_none_without_one() -> None:
    test = draw("stack", "startup-one-cloud")
    assert not test.exception
    (button,) = test.get("download_button")
    assert button.proto.label == "Decision records (Markdown, zip)"
    assert not draw("stack", "high-volume-chat").get("download_button")
