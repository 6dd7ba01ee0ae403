"""Long sampling beside the pages: its progress, its end, its limits, and what is kept."""

import threading
import time

import pytest

import selector
from selector.ui import sampling
from selector.ui.sampling import Queue, Run, Settings, from_link, to_link

MANY = Settings(samples=10_000_000)


@pytest.fixture
def analysis() -> selector.Analysis:
    return selector.analyse(selector.load("coding-assistant"))


def samplers() -> list[str]:
    """The threads that sample now."""
    return [t.name for t in threading.enumerate() if t.name.startswith("sampling")]


def stages(*runs: Run) -> list[str]:
    return [run.stage for run in runs]


def until_it_draws(run: Run) -> None:
    while run.done == 0 and not run.is_over:
        time.sleep(0.01)


def test_a_run_gives_what_the_analysis_gives_and_is_kept(analysis: selector.Analysis) -> None:
    settings = Settings(weights="around:0.2", samples=50_000)
    run = Queue(1).start(Run(analysis, settings))
    assert run.ended.wait(120)
    assert run.stage == "done"
    assert run.share == 1
    kept = sampling.kept(run.key)
    assert kept == analysis.robustness(50_000, weights="around:0.2")
    assert sampling.at_once(analysis, settings) is kept


def test_a_run_that_is_stopped_ends_with_its_threads(analysis: selector.Analysis) -> None:
    run = Queue(1).start(Run(analysis, MANY))
    until_it_draws(run)
    assert stages(run) == ["running"]
    assert 0 < run.share < 1
    run.stop()
    assert stages(run) == ["stopped"]
    assert run.ended.wait(120)
    assert sampling.kept(run.key) is None
    deadline = time.monotonic() + 60
    while samplers() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert samplers() == []


def test_no_more_run_at_once_than_may(analysis: selector.Analysis) -> None:
    queue = Queue(1)
    runs = [queue.start(Run(analysis, MANY._replace(weights=f"around:0.{n}"))) for n in range(1, 6)]
    until_it_draws(runs[0])
    assert [run.stage for run in runs] == ["running"] + ["waiting"] * 4
    assert samplers().count("sampling-run") == 1
    for run in runs[1:]:
        run.stop()
    assert [run.stage for run in runs[1:]] == ["stopped"] * 4
    runs[0].stop()
    assert all(run.ended.wait(120) for run in runs)
    assert all(run.done == 0 for run in runs[1:])


def test_a_run_that_nobody_asks_for_ends(
    analysis: selector.Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "ABANDONED", 0.0)
    run = Queue(1).start(Run(analysis, MANY))
    assert run.ended.wait(120)
    assert run.stage == "stopped"


def test_what_cannot_be_drawn_fails_in_words(analysis: selector.Analysis) -> None:
    run = Queue(1).start(Run(analysis, MANY._replace(weights="around:9")))
    assert run.ended.wait(120)
    assert run.stage == "failed"
    assert "is not a way to vary weights" in run.problem


def test_who_waited_for_the_same_gets_it_without_drawing(analysis: selector.Analysis) -> None:
    settings = Settings(weights="order", samples=20_000)
    sampling.at_once(analysis, settings)
    run = Run(analysis, settings)
    run.carry_out()
    assert run.stage == "done"


def test_other_weights_or_settings_are_other_results(analysis: selector.Analysis) -> None:
    moved = analysis.with_weights({"cost": 60})
    keys = {
        sampling.key_of(a, s) for a in (analysis, moved) for s in (Settings(), Settings("uniform"))
    }
    assert len(keys) == 4


def test_only_so_many_results_are_kept(
    analysis: selector.Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "KEPT", 2)
    found = analysis.robustness(10)
    for version in "abc":
        sampling.keep((version, Settings()), found)
    assert sampling.kept(("a", Settings())) is None
    assert sampling.kept(("b", Settings())) is found
    assert sampling.kept(("c", Settings())) is found


@pytest.mark.parametrize("weights", ["", "uniform", "order", "around:0.1", "around:0"])
@pytest.mark.parametrize("draws", ["random", "sobol"])
@pytest.mark.parametrize("method", ["", "topsis", "vikor", "promethee2", "weighted_sum"])
def test_a_link_brings_back_what_it_says(weights: str, draws: str, method: str) -> None:
    settings = Settings(weights, 100_000, draws, method)
    assert from_link(to_link(settings)) == settings


def test_a_link_never_starts_millions_of_draws() -> None:
    assert to_link(MANY) == ""
    assert from_link("10000000").samples == sampling.FEW


def test_long_sampling_is_what_takes_long(analysis: selector.Analysis) -> None:
    assert sampling.is_quick(analysis, Settings(samples=100_000))
    assert not sampling.is_quick(analysis, Settings(samples=1_000_000))
    assert not sampling.is_quick(analysis, Settings(samples=100_000, method="vikor"))
    assert sampling.is_quick(analysis, Settings(samples=10_000, method="vikor"))
