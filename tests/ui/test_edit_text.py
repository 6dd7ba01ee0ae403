"""What is written as text on the page Edit, and read back."""

from __future__ import annotations

from selector.ui.edits import text as texts
from selector.ui.parts import edit_text


def test_line_ends_stay_as_the_file_has_them() -> None:
    assert edit_text.written(b"a\r\nb\r\n", "a\nc\n") == b"a\r\nc\r\n"
    assert edit_text.written(b"a\nb\r\n", "a\nc\n") == b"a\nc\n"
    assert texts.performance_text({"low": 1, "likely": 2, "high": 9}) == "1 to 9, likely 2"
