"""The change log that the app writes: a line for each thing that was set otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from selector.catalog.editing import data_of, edited
from selector.ui.signing import signed
from tests.ui.drawn import draw
from tests.ui.edited import OWN, read

DAY = date(2026, 11, 20)


def after(raw: bytes, path: tuple[str | int, ...], value: Any, by: str, why: str = "") -> bytes:
    made = edited(raw, (path, value))
    return signed(made, read(raw), read(made), by, why, DAY)


def test_an_edit_is_a_line_with_who_what_when_and_why() -> None:
    made = after(OWN, ("weights", "values", "price"), 4, "Ada", "the budget was cut")
    assert data_of(made)["changes"] == [
        {"on": DAY, "by": "Ada", "what": "Weight of Price", "before": "1", "now": "4",
         "why": "the budget was cut"},
    ]  # fmt: skip
    assert b"# or nobody waits" in made
    assert read(made).decision.record.changes[0].by == "Ada"


def test_what_one_sets_again_stays_one_line_and_goes_when_it_is_back() -> None:
    price = ("weights", "values", "price")
    made = after(after(OWN, price, 4, "Ada"), price, 5, "Ada")
    assert [(c["before"], c["now"]) for c in data_of(made)["changes"]] == [("1", "5")]
    other = after(made, price, 6, "Ben: =1+1 <b>")
    assert [c["by"] for c in data_of(other)["changes"]] == ["Ada", "Ben: =1+1 <b>"]
    assert "changes" not in data_of(after(made, price, 1, "Ada"))


def test_the_page_edit_signs_what_is_edited_and_decision_shows_it() -> None:
    test = draw("edit", "support-assistant")
    test.text_input(key="edit_sign_by").set_value("Ada").run()
    test.text_input(key="edit_question_title").set_value("Another title").run()
    assert not test.exception
    state = test.session_state
    assert state["signs_as"] == "Ada"
    from selector.catalog.drafts import drafts
    from selector.ui import reading

    draft = drafts().find(state["decision"].removeprefix(reading.DRAFT))
    assert draft is not None
    log = data_of(drafts().text(draft.key, draft.revision))["changes"]
    assert [(c["by"], c["what"], c["now"]) for c in log] == [("Ada", "Title", "Another title")]
