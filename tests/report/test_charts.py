"""The charts say what the records say, in the colours of the alternatives, without overlap."""

from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selector.report import palette
from selector.report.charts import Curve, apart, break_even, growth, scheme

CURVES = (
    Curve("Alpha", 0, (1, 2, 3), (10.0, 11.0, 12.0), (9.0, 9.5, 10.0), (12.0, 13.0, 20.0)),
    Curve("<b>Beta</b> & sons", 3, (1, 2, 3), (10.0, 10.5, 11.9)),
)


@pytest.mark.parametrize("is_dark", [False, True])
def test_lines_have_the_points_and_colours_of_their_alternatives(is_dark: bool) -> None:
    figure = growth(CURVES, "EUR", is_dark)
    colours = palette.DARK if is_dark else palette.LIGHT
    band, *lines = figure.data
    assert tuple(band.y) == (12.0, 13.0, 20.0, 10.0, 9.5, 9.0)
    for curve, line in zip(CURVES, lines, strict=True):
        assert tuple(line.x) == tuple(curve.x)
        assert tuple(line.y) == tuple(curve.y)
        assert line.line.color == colours[curve.place]
    assert figure.layout.yaxis.range[1] >= 20
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.paper_bgcolor == scheme(is_dark).paper
    said = [note.text for note in figure.layout.annotations]
    assert "Alpha" in said
    assert "EUR" in said
    assert not any("<b>" in text for text in said)  # what people wrote is text, not markup
    assert not figure.layout.showlegend


def test_crossings_and_the_workload_are_marked() -> None:
    figure = break_even(CURVES, [(2.0, 10.5)], 2.5, "USD")
    rings = figure.data[-1]
    assert (tuple(rings.x), tuple(rings.y)) == ((2.0,), (10.5,))
    assert figure.layout.shapes[0].x0 == 2.5
    assert "your workload" in [note.text for note in figure.layout.annotations]
    beyond = break_even(CURVES, [], 99, "USD")
    assert not beyond.layout.shapes


@pytest.mark.parametrize("is_dark", [False, True])
def test_plotly_takes_the_figures_as_they_are(is_dark: bool) -> None:
    for figure in (growth(CURVES, "EUR", is_dark), break_even(CURVES, [(2, 10)], 2.5, "", is_dark)):
        checked = go.Figure(figure.to_dict())  # raises where it finds fault
        assert len(checked.data) == len(figure.data) > 1


def test_a_chart_of_nothing_is_no_error() -> None:
    assert len(growth([], "USD").data) == 0
    growth([Curve("A", 0, (1,), (0.0,))], "USD")


def test_losses_are_drawn_below_nought() -> None:
    assert growth([Curve("A", 0, (1, 2), (-5.0, 5.0))], "USD").layout.yaxis.range[0] < -5


@given(st.lists(st.tuples(st.floats(0, 300), st.sampled_from([18, 34])), max_size=15))
def test_labels_never_lie_on_each_other(labels: list[tuple[float, int]]) -> None:
    labels = sorted(labels)
    wanted, sizes = [at for at, _ in labels], [size for _, size in labels]
    places = apart(wanted, sizes, 300)
    for (one, other), (low, high) in zip(pairwise(places), pairwise(sizes), strict=True):
        assert other - one >= (low + high) / 2 - 1e-9
    if sum(sizes) <= 300:
        assert all(
            size / 2 - 1e-9 <= at <= 300 - size / 2 + 1e-9
            for at, size in zip(places, sizes, strict=True)
        )


def test_labels_that_have_room_stay_where_the_lines_end() -> None:
    assert apart([30, 100, 250], [18, 18, 18], 300) == [30, 100, 250]
