"""What holds for every method found in the registry: properties, awkward figures, declarations."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selector.mcda.methods._contract import (
    Unfit,
    method,
    method_ids,
    ranked,
    run,
    setting_problem,
)
from selector.mcda.methods._contract import settings as settings_of

UNTIMED = settings(deadline=None)  # the first to ask scikit-criteria waits for it to load
EVERY = pytest.mark.parametrize("name", method_ids())
Problem = tuple[np.ndarray, np.ndarray, np.ndarray]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Figures of 0 and more, zeros, constant columns, ties and single alternatives among them."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    cell = st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5, 1.0, 7.0, 1200.0])
    matrix = draw(
        st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    objectives = draw(st.lists(st.sampled_from([1.0, -1.0]), min_size=columns, max_size=columns))
    parts = draw(st.lists(st.integers(0, 9), min_size=columns, max_size=columns))
    parts[0] += 1
    return np.array(matrix), np.array(objectives), np.array(parts) / sum(parts)


def result_of(name: str, problem: Problem, **parameters: Any) -> Any:
    return run(name, *problem, **parameters).result


@EVERY
@UNTIMED
@given(problem=problems())
def test_a_result_is_always_defined(name: str, problem: Problem) -> None:
    result = result_of(name, problem)
    count = len(problem[0])
    assert sorted(result.ranks)[0] == 1
    assert all(1 <= rank <= count for rank in result.ranks)
    assert (result.scores is None) == (method(name).best == "none")
    figures = [d for d in result.details.values() if isinstance(d, np.ndarray)]
    for figure in [*figures, result.scores]:
        assert figure is None or (figure.shape == (count,) and np.isfinite(figure).all())
    if result.scores is not None and name != "weighted_product":
        assert result.ranks.tolist() == ranked(result.scores, method(name).best).tolist()


@EVERY
@UNTIMED
@given(problem=problems(), data=st.data())
def test_the_order_of_rows_and_columns_does_not_matter(
    name: str, problem: Problem, data: st.DataObject
) -> None:
    matrix, objectives, weights = problem
    rows = data.draw(st.permutations(range(len(matrix))))
    columns = data.draw(st.permutations(range(len(weights))))
    turned = matrix[np.ix_(rows, columns)], objectives[columns], weights[columns]
    before, after = result_of(name, problem), result_of(name, turned)
    if before.scores is not None:
        assert after.scores == pytest.approx(before.scores[rows], rel=1e-9, abs=1e-9)
    if name == "electre1":
        assert after.ranks.tolist() == before.ranks[rows].tolist()


@EVERY
@UNTIMED
@given(problem=problems())
def test_what_is_alike_ties_and_a_criterion_without_weight_changes_nothing(
    name: str, problem: Problem
) -> None:
    matrix, objectives, weights = problem
    twice = np.vstack([matrix, matrix[:1]]), objectives, weights
    ranks = result_of(name, twice).ranks
    assert ranks[0] == ranks[-1]
    noise = np.arange(1.0, len(matrix) + 1)[:, None] * -1000
    wider = np.hstack([matrix, noise]), np.append(objectives, 1.0), np.append(weights, 0.0)
    assert result_of(name, wider).ranks.tolist() == result_of(name, problem).ranks.tolist()


@EVERY
@UNTIMED
@given(problem=problems())
def test_what_is_better_everywhere_is_not_behind(name: str, problem: Problem) -> None:
    matrix, objectives, weights = problem
    best = np.where(objectives > 0, matrix.max(axis=0) + 1, matrix.min(axis=0) / 2)
    ranks = result_of(name, (np.vstack([matrix, best]), objectives, weights)).ranks
    assert ranks[-1] == 1


@EVERY
def test_negative_figures_are_taken_or_refused_by_name(name: str) -> None:
    problem = np.array([[1.0, -3.0], [2.0, -8.0]]), np.array([1.0, 1.0]), np.array([0.5, 0.5])
    if name in ("weighted_sum", "topsis", "vikor", "promethee2", "electre1", "mabac"):
        assert result_of(name, problem).ranks.min() == 1
        return
    with pytest.raises(Unfit, match="it takes") as refused:
        result_of(name, problem)
    assert refused.value.columns == (1,)


@EVERY
def test_figures_beyond_reckoning_are_refused_and_never_infinite(name: str) -> None:
    matrix = np.array([[1e308, 1.0], [1.5e308, 2.0], [1.7e308, 3.0]])
    problem = matrix, np.ones(2), np.array([0.5, 0.5])
    if name == "edas":  # its average is beyond them
        with pytest.raises(Unfit, match="range of numbers"):
            result_of(name, problem)
        return
    scores = result_of(name, problem).scores
    assert scores is None or np.isfinite(scores).all()


def test_what_becomes_zero_by_rounding_is_refused_by_name() -> None:
    matrix = np.array([[1e-300, 1.0], [1e300, 2.0]])
    with pytest.raises(Unfit, match="range of numbers"):
        result_of("waspas", (matrix, np.array([-1.0, 1.0]), np.array([0.5, 0.5])))


def test_mabac_has_its_border_however_many_alternatives_there_are() -> None:
    # The product over 1,000 alternatives of 0.05 (n + 1) is 0 to a computer, its root is not.
    column = np.linspace(0.0, 1.0, 1000)[:, None]
    scores = result_of("mabac", (column, np.ones(1), np.ones(1))).scores
    border = np.exp(np.log(column + 1).mean())
    assert scores == pytest.approx(column[:, 0] + 1 - border)


@pytest.mark.parametrize("name", ["marcos", "waspas", "edas", "copras", "weighted_product"])
def test_nothing_is_printed_where_results_go(name: str, capsys: Any) -> None:
    result_of(name, (np.array([[1.0, 4.0], [2.0, 3.0]]), np.array([1.0, -1.0]), np.full(2, 0.5)))
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "shifted"),
    [("weighted_product", (0, 1)), ("waspas", (0, 1)), ("marcos", (1,)), ("copras", (1,))]
    + [(name, ()) for name in ("topsis", "vikor", "promethee2", "electre1", "mabac", "edas")],
)
def test_only_zeros_that_a_method_forbids_are_shifted(name: str, shifted: tuple[int, ...]) -> None:
    matrix = np.array([[0.0, 0.0, 1.0], [1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    problem = matrix, np.array([1.0, -1.0, 1.0]), np.array([0.3, 0.3, 0.4])
    assert run(name, *problem).shifted == shifted
    assert matrix[0, 0] == 0, "the caller's figures stay"


def test_shifting_adds_a_hundredth_to_the_whole_column() -> None:
    plain = np.array([[0.0], [3.0]]), np.array([1.0]), np.array([1.0])
    scores = result_of("weighted_product", plain).scores
    assert scores == pytest.approx([0.01, 3.01])


@EVERY
def test_an_entry_says_what_a_reader_needs(name: str) -> None:
    entry = method(name)
    assert entry.id == name
    assert any(character.isdigit() for character in entry.source)
    for key, parameter in entry.parameters.items():
        assert parameter.low <= parameter.default <= parameter.high
        assert setting_problem(name, key, parameter.default) is None
        assert setting_problem(name, key, parameter.high + 1) is not None
    assert setting_problem(name, "nonsense", 1.0) is not None
    assert settings_of(name, {}) == {k: p.default for k, p in entry.parameters.items()}


@EVERY
def test_the_documentation_has_the_method_with_its_parameters(name: str) -> None:
    page = (Path(__file__).parents[3] / "docs" / "methods.md").read_text(encoding="utf-8")
    if name == "weighted_sum":
        assert "## The weighted sum" in page
        return
    row = next(line for line in page.splitlines() if line.startswith(f"| `{name}` |"))
    for key, parameter in method(name).parameters.items():
        assert f"`{key}` {parameter.default:g}" in row
    called = method(name).name.split(",")[0]
    assert f"### {called}" in page


def test_a_method_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        method("nonsense")
    assert method_ids()[0] == "weighted_sum"


# What single methods promise -----------------------------------------------------------------


def test_vikor_without_stability_takes_the_second_in() -> None:
    # After scikit-criteria's own case: the first by Q is first neither by S nor by R.
    matrix = np.array(
        [
            [1.0, 101, 1, 101, 1],
            [101, 1, 101, 1, 101],
            [1, 1, 1, 1, 101],
            [11, 11, 11, 16, 61],
            [56, 56, 56, 56, 56],
        ]
    )
    details = result_of("vikor", (matrix, -np.ones(5), np.full(5, 0.2))).details
    assert (details["acceptable_advantage"], details["acceptable_stability"]) == (True, False)
    assert details["compromise"] == (3, 4)


@pytest.mark.parametrize(
    ("shape", "degrees"),
    [
        (("usual", 0, 0, 0), [0, 1, 1, 1, 1]),
        (("u", 2, 0, 0), [0, 0, 0, 1, 1]),
        (("v", 0, 4, 0), [0, 0.25, 0.5, 0.75, 1]),
        (("level", 1, 3, 0), [0, 0, 0.5, 0.5, 1]),
        (("linear", 1, 3, 0), [0, 0, 0.5, 1, 1]),
        (("gaussian", 0, 0, 2), [0, *(1 - np.exp(-np.array([1, 4, 9, 16]) / 8))]),
    ],
)
def test_the_six_preference_functions(shape: Any, degrees: list[float]) -> None:
    from selector.mcda.methods.promethee2 import preference_degrees

    found = preference_degrees(np.array([0.0, 1, 2, 3, 4]), shape)
    assert found == pytest.approx(np.array(degrees))
    assert preference_degrees(np.array([-1.0]), shape) == pytest.approx(0)


def test_an_unknown_preference_function_is_refused() -> None:
    from selector.mcda.methods.promethee2 import preference_degrees

    with pytest.raises(ValueError, match="nonsense"):
        preference_degrees(np.array([1.0]), ("nonsense", 0, 0, 0))


def test_promethee_names_the_pairs_that_cannot_be_compared() -> None:
    matrix = np.array([[9.0, 9, 0], [5, 5, 5], [4, 4, 4]])
    shapes = (("v", 0.0, 10.0, 0.0),) * 3
    result = result_of("promethee2", (matrix, np.ones(3), np.full(3, 1 / 3)), preferences=shapes)
    plus, minus = result.details["phi_plus"], result.details["phi_minus"]
    assert plus[0] > plus[1]
    assert minus[0] > minus[1]
    assert (0, 1) in result.details["incomparable"]


def test_a_circle_of_outranking_counts_as_one_and_a_veto_breaks_outranking() -> None:
    matrix = np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    problem = matrix, np.ones(2), np.array([0.5, 0.5])
    alike = result_of("electre1", problem)
    assert alike.details["kernel"] == (0, 1)
    assert alike.ranks.tolist() == [1, 1, 3]
    close = np.array([[10.0, 7.0], [4.0, 8.0]]), np.ones(2), np.array([0.7, 0.3])
    assert result_of("electre1", close).details["kernel"] == (0,)
    assert result_of("electre1", close, vetoes=(None, 1.0)).details["kernel"] == (0, 1)
    assert result_of("electre1", close, vetoes=(None, 1.5)).details["kernel"] == (0,)
