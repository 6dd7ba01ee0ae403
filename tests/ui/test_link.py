"""What the address says, when it comes late, and when somebody goes back."""

import pytest

from selector.ui import state
from tests.ui.drawn import draw


@pytest.mark.parametrize(("pause", "kept"), [(0.1, "w"), (60.0, "")])
def test_an_address_that_comes_late_takes_nothing_back(
    pause: float, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(state, "monotonic", lambda: clock[0])
    test = draw("weigh", "support-assistant")
    plain = dict(test.query_params)
    test.session_state["points"] = {"cost": 60.0}
    test.run()
    assert test.query_params["w"] in ("cost:60", ["cost:60"])
    clock[0] += pause
    del test.query_params["w"]
    assert dict(test.query_params) == plain
    test.run()
    assert ("w" in test.query_params) == bool(kept)
