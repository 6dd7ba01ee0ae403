"""The axis of scores."""

from __future__ import annotations

import pytest

from selector.report.axis import tens


@pytest.mark.parametrize(
    ("ends", "wanted"),
    [
        ([(0.39, 0.597), (0.754, 0.915)], (30, 100)),
        ([(0.3, 0.4)], (30, 40)),
        ([(0.5, 0.5)], (40, 60)),
        ([(-0.02, 1.01)], (-10, 110)),
        ([(None, None)], (-10, 10)),
    ],
)
def test_the_axis_runs_over_tens_around_all_that_could_be(
    ends: list[tuple[float | None, float | None]], wanted: tuple[int, int]
) -> None:
    assert tens(ends) == wanted
