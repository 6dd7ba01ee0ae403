"""The page Edit on a decision about a whole stack."""

import pytest

from tests.ui.drawn import draw, markup
from tests.ui.test_edit import VIEWS


@pytest.mark.parametrize("view", VIEWS)
def test_a_stack_is_edited_where_its_file_has_it(view: str) -> None:
    test = draw("edit", "startup-one-cloud")
    test.session_state["edit_view"] = view  # as somebody has it who comes from another decision
    test.run()
    assert not test.exception
    assert "The layers of a stack" in markup(test)
