"""Agreement of rankings and weights put together, against published figures and by hand."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from scipy.stats import friedmanchisquare

from selector.domain.problem import UsageError
from selector.mcda.group import distances, kendalls_w, middle_ranks, pooled_weights

PUBLISHED = sorted((Path(__file__).parents[1] / "published" / "group").glob("*.yaml"))


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.stem)
def test_kendalls_w_is_the_printed_one(path: Path) -> None:
    example = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = kendalls_w(example["ranks"])
    assert found == pytest.approx(example["expected"]["w"], abs=example["tolerance"])


def test_there_are_published_examples() -> None:
    assert len(PUBLISHED) >= 2


@pytest.mark.parametrize("seed", range(40))
def test_kendalls_w_is_friedmans_chi_square_in_another_measure(seed: int) -> None:
    rng = np.random.default_rng(seed)
    judges, items = int(rng.integers(3, 8)), int(rng.integers(3, 9))
    ranks = rng.integers(1, 6, (judges, items))  # ties and all
    found = kendalls_w(ranks)
    assert found is not None
    chi = friedmanchisquare(*ranks.T).statistic
    assert found == pytest.approx(chi / (judges * (items - 1)), abs=1e-9)


def test_the_number_that_equal_ranks_share_is_of_no_account() -> None:
    low = [[1, 1, 3, 4], [1, 2, 2, 4], [2, 1, 4, 3]]
    middle = [[1.5, 1.5, 3, 4], [1, 2.5, 2.5, 4], [2, 1, 4, 3]]
    assert kendalls_w(low) == kendalls_w(middle)
    assert middle_ranks(np.array([1.0, 1, 3, 4])).tolist() == [1.5, 1.5, 3, 4]


def test_full_agreement_is_1_with_ties_too_and_none_is_0() -> None:
    assert kendalls_w([[1, 1, 3], [1, 1, 3]]) == 1
    assert kendalls_w([[1, 2, 3], [3, 2, 1]]) == 0


@pytest.mark.parametrize("ranks", [[[1, 2, 3]], [[1], [1]], [[1, 1], [1, 1]]])
def test_there_is_no_agreement_to_tell_of_one_judge_one_item_or_all_ties(ranks: object) -> None:
    assert kendalls_w(ranks) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("ranks", [[1, 2, 3], [[1, float("nan")], [2, 1]]])
def test_ranks_that_are_none_are_refused(ranks: object) -> None:
    with pytest.raises(UsageError, match="ranks"):
        kendalls_w(ranks)  # type: ignore[arg-type]


def test_weights_are_put_together_by_influence() -> None:
    table = [[0.9, 0.1], [0.3, 0.7]]
    np.testing.assert_allclose(pooled_weights(table, [2, 1]), [0.7, 0.3])
    np.testing.assert_allclose(pooled_weights(table, [0, 5]), [0.3, 0.7])
    # Geometric: sqrt(0.27) to sqrt(0.07).
    expected = np.sqrt([0.27, 0.07])
    np.testing.assert_allclose(
        pooled_weights(table, [1, 1], "geometric"), expected / expected.sum()
    )


def test_what_one_gives_nothing_gets_nothing_by_the_geometric_mean() -> None:
    assert pooled_weights([[1, 0], [0.5, 0.5]], [1, 1], "geometric").tolist() == [1, 0]
    with pytest.raises(UsageError, match="leaves no weight"):
        pooled_weights([[1, 0], [0, 1]], [1, 1], "geometric")
    assert pooled_weights([[1, 0], [0, 1]], [1, 0], "geometric").tolist() == [1, 0]


def test_a_group_without_influence_is_refused() -> None:
    with pytest.raises(UsageError, match="influence"):
        pooled_weights([[1, 0]], [0])


def test_distances_are_sums_of_differences() -> None:
    assert distances([[1, 0], [0, 1], [0.5, 0.5]]).tolist() == [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
