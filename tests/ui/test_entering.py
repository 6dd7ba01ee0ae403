"""Signing in, where the server asks for it."""

import pytest
from streamlit.testing.v1 import AppTest

from selector.ui.app import MAIN
from tests.ui.drawn import markup


def _opened() -> AppTest:
    return AppTest.from_file(str(MAIN), default_timeout=60).run()


def test_nobody_who_has_not_signed_in_sees_a_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELECTOR_SIGN_IN", "1")
    found = _opened()
    assert "Sign in to Selector" in markup(found)
    assert "support assistant" not in markup(found).lower()
    assert [button.label for button in found.button] == ["Sign in"]
    found.button[0].click().run()
    assert not found.exception
    assert "not set up" in markup(found)
    assert "support assistant" not in markup(found).lower()


@pytest.mark.parametrize("value", ["", "0", "no"])
def test_no_account_is_asked_for_unless_wanted(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SELECTOR_SIGN_IN", value)
    assert "Sign in to Selector" not in markup(_opened())
