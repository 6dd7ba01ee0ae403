"""Bills of what one hosts, worked by hand."""

from math import comb

import numpy as np
import pytest

from selector.cost.curve import mean_instances
from selector.cost.hosting import Memory, spares
from tests.cost.made import HOSTING, billed, monthly, plan

# 730 h = 2,628,000 s.  5.256e6 requests x 500 tokens / 2,628,000 s = 1,000 tokens/s; peak x 4
PEAK_4000 = {"requests_per_month": 5.256e6, "peak_to_mean": 4}


def test_instances_are_what_the_peak_needs() -> None:
    # 4,000 at 900 a second: 4.44 -> 5 instances x 730 h x 10 USD = 36,500
    found = billed(plan(HOSTING, figures=PEAK_4000))
    assert found.monthly() == pytest.approx([36_500])
    assert found.items[0].quantity.item() == 3650


def test_an_instance_more_is_not_bought_for_a_rounding_error() -> None:
    # 4,000 tokens/s at the peak at 1,000 each: exactly 4
    assert monthly(HOSTING, figures=PEAK_4000 | {"speed": 1000}) == 29_200


def test_replicas_are_kept_even_without_load() -> None:
    # 3 x 730 h x 10 USD
    idle = {"requests_per_month": 0, "replicas": 3}
    assert monthly(HOSTING, figures=idle) == 21_900
    assert monthly(HOSTING._replace(throughput=""), figures=idle) == 21_900


def test_hours_of_service_below_the_whole_month_raise_the_peak() -> None:
    # 176 h = 633,600 s.  1,267,200 x 500 / 633,600 = 1,000 tokens/s: 2 at 500 -> 2 x 176 x 10
    figures = {"requests_per_month": 1_267_200, "hours_per_month": 176, "speed": 500}
    assert monthly(HOSTING, figures=figures) == 3520


def test_without_a_throughput_only_the_replicas_are_known() -> None:
    part = HOSTING._replace(throughput="", missing_throughput="no throughput for m on i")
    found = billed(plan(part, figures={"replicas": 2}))
    assert found.monthly() == pytest.approx([14_600])
    assert found.unknown == ("no throughput for m on i: instances for the peak",)


def test_without_a_price_nothing_is_known() -> None:
    found = billed(plan(HOSTING._replace(hour="")))
    assert found.unknown == ("no price: instances",)
    assert found.monthly() == pytest.approx([0])


def test_a_utilisation_below_one_needs_more() -> None:
    # 4,000 / (1,000 x 0.65) = 6.15 -> 7
    figures = PEAK_4000 | {"speed": 1000, "share": 0.65}
    assert monthly(HOSTING._replace(utilisation="share"), figures=figures) == 7 * 7300


def test_all_tokens_count_where_the_benchmark_counts_them() -> None:
    # 5.256e6 x 2,500 / 2,628,000 s = 5,000 tokens/s: at 900 -> 6
    figures = {"requests_per_month": 5.256e6}
    assert monthly(HOSTING._replace(counts_all=True), figures=figures) == 6 * 7300


def test_memory_can_bind_before_speed() -> None:
    # 90 of 100 GB usable, 50 of weights: 40 GB for 1 MB a token x 2,500 tokens: 16 requests a
    # copy; 100 at once -> 7 copies, though one would be fast enough
    memory = Memory(50e9, 500_000, 100e9)
    part = HOSTING._replace(memory=memory, concurrent_of=1_000_000)
    figures = {"memory_share": 0.9, "cache_bytes": 2, "concurrency": 100}
    assert monthly(part, figures=figures) == 7 * 7300
    # twice the requests are twice as many at once: 200 / 16 -> 13
    assert monthly(part, figures=figures | {"requests_per_month": 2e6}) == 13 * 7300


def test_what_is_reserved_is_paid_all_month() -> None:
    figures = {"requests_per_month": 1_000, "hours_per_month": 176}
    assert monthly(HOSTING._replace(is_reserved=True), figures=figures) == 7300


def test_owned_machines_cost_their_price_power_and_space() -> None:
    # 48,000 / (12 x 4) = 1,000; 5 kW x 1.4 x 730 h x 0.2 = 1,022; 100 for space; two of them
    figures = {
        "owned.price": 48_000,
        "owned.years": 4,
        "owned.kilowatts": 5,
        "owned.pue": 1.4,
        "owned.electricity_kwh": 0.2,
        "owned.space_month": 100,
        "replicas": 2,
    }
    part = HOSTING._replace(is_owned=True, hour="")
    assert monthly(part, figures=figures) == pytest.approx(4244)


def test_autoscaled_instances_follow_a_flat_load_and_a_peak() -> None:
    # no peak: all hours need the same; 2.2 instances -> 3
    part = HOSTING._replace(autoscales=True)
    flat = {"requests_per_month": 5.256e6, "speed": 1000 / 2.2}
    assert monthly(part, figures=flat) == pytest.approx(3 * 7300)
    # peak by mean 2: the load rises evenly from nothing to twice its mean. Mean 1, peak 2: for
    # half of the time one instance is enough, for half two are needed: 1.5 on average
    peaked = {"requests_per_month": 5.256e6, "peak_to_mean": 2, "speed": 1000}
    assert monthly(part, figures=peaked) == pytest.approx(1.5 * 7300)


def test_scale_to_zero_costs_nothing_without_requests() -> None:
    part = HOSTING._replace(autoscales=True, idle_minutes="idle")
    assert monthly(part, figures={"requests_per_month": 0, "replicas": 2, "idle": 15}) == 0
    some = monthly(part, figures={"requests_per_month": 100, "replicas": 2, "idle": 15})
    assert 0 < some < monthly(HOSTING, figures={"requests_per_month": 100})


def test_the_mean_of_many_instances_is_that_of_the_load_and_half_an_instance() -> None:
    mean = mean_instances(np.array(5000.0), np.array(2.0), np.array(1.0))
    assert mean == pytest.approx(5000.5, abs=0.6)


def _up(needed: int, spare: int, up: float) -> float:
    """The chance that at least `needed` of `needed + spare` are up."""
    n = needed + spare
    return sum(comb(n, k) * up**k * (1 - up) ** (n - k) for k in range(needed, n + 1))


@pytest.mark.parametrize("needed", [1, 2, 3, 10, 40])
@pytest.mark.parametrize(("up", "wanted"), [(0.99, 0.999), (0.95, 0.9999), (0.995, 0.99)])
def test_the_fewest_spares_for_an_availability(needed: int, up: float, wanted: float) -> None:
    found = int(spares(np.array(needed), np.array(up), np.array(wanted)))
    assert _up(needed, found, up) >= wanted - 1e-12
    assert found == 0 or _up(needed, found - 1, up) < wanted


def test_spares_of_many_copies_come_near_the_true_number() -> None:
    needed, up, wanted = 400, 0.99, 0.999
    found = int(spares(np.array(needed), np.array(up), np.array(wanted)))
    true = next(s for s in range(100) if _up(needed, s, up) >= wanted)
    assert abs(found - true) <= 1
    counts = spares(np.arange(1, 300), np.array(up), np.array(wanted))
    assert (np.diff(np.arange(1, 300) + counts) >= 1).all()


@pytest.mark.parametrize("autoscales", [False, True])
def test_no_part_of_a_copy_is_kept_spare(autoscales: bool) -> None:
    # one needed, flat, and likely half a spare one: two run
    part = HOSTING._replace(spare="spare", autoscales=autoscales)
    figures = {"spare": (0, 1), "requests_per_month": 1, "replicas": 1}
    assert monthly(part, figures=figures) == pytest.approx(2 * 7300)


@pytest.mark.parametrize(
    ("needed", "up", "wanted"), [(10, 0.5, 0.999), (30, 0.7, 0.9999), (50, 0.8, 0.999999)]
)
def test_where_copies_often_fail_no_spare_is_left_out(
    needed: int, up: float, wanted: float
) -> None:
    found = int(spares(np.array(needed), np.array(up), np.array(wanted)))
    true = next(s for s in range(100) if _up(needed, s, up) >= wanted)
    assert found > 20
    assert found == pytest.approx(true, rel=0.1)


def test_spare_copies_stand_beside_what_the_peak_needs() -> None:
    figures = PEAK_4000 | {"up": 99, "availability": 99.9}
    # five needed: 0.99^5 = 0.951; with one spare 0.9985; with two 0.99997
    assert monthly(HOSTING._replace(up="up"), figures=figures) == 7 * 7300
