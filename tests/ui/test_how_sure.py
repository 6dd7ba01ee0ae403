"""The page Decision says how sure the answer is, with the figures of the robustness."""

import selector
from selector.report import certainty
from selector.ui.parts import answer


def _analysis(gap: float) -> selector.Analysis:
    from selector.domain.criterion import CriteriaSet, Criterion, LinearScale
    from selector.domain.decision import Alternative, Decision
    from selector.domain.evidence import Evidence

    leaves = tuple(Criterion(name, name, scale=LinearScale(0.0, 1.0)) for name in ("x", "y"))

    def one(name: str, x: float, y: float) -> Alternative:
        given = {"x": Evidence("value", value=x), "y": Evidence("value", value=y)}
        return Alternative(name, name.upper(), performances=given)

    alternatives = (one("a", 0.5 + gap, 0.5), one("b", 0.2, 0.8))
    return selector.analyse(
        Decision("d", "D", CriteriaSet("d", "D", leaves), alternatives=alternatives)
    )


def test_a_narrow_lead_is_too_close_to_call_and_a_wide_one_is_not() -> None:
    # With weights w and 1-w, A beats B where 0.3w + gap w > 0.3(1-w): for a gap near nought about
    # half of all draws, for a gap of 0.5 nearly all.
    narrow, wide = _analysis(0.001), _analysis(0.5)
    assert not certainty.is_clear(max(answer.firsts(narrow).values()))
    assert "Too close to call: " in answer.headline(narrow)
    assert max(answer.firsts(wide).values()) > 0.95
    assert "Too close" not in answer.headline(wide)


def test_the_shares_are_those_of_the_robustness_and_sum_to_one() -> None:
    analysis = _analysis(0.01)
    shares = analysis.robustness(samples=answer.SAMPLES, seed=1).rank_acceptability
    assert answer.firsts(analysis) == {a: row[0] for a, row in shares.items()}
    assert abs(sum(answer.firsts(analysis).values()) - 1) < 1e-9
    assert "A 5" in answer.how_sure(analysis)
