"""Bills worked by hand, by the token and by the instance."""

import pytest

from selector.cost.bill import TokenPrices, instance_bill, token_bill
from selector.domain.span import Span
from selector.domain.workload import Workload


def exactly(value: float) -> Span:
    return Span(value, value, value)


LOAD = Workload(exactly(1_000_000), input_tokens=exactly(2000), output_tokens=exactly(500))
PRICES = TokenPrices(
    input=exactly(1.0), output=exactly(4.0), cached_input=exactly(0.1), batch_discount=exactly(0.5)
)


def test_tokens_are_paid_by_the_million() -> None:
    # 1,000,000 x 2,000 = 2,000 million in at 1 USD; 500 million out at 4 USD: 2,000 + 2,000
    bill = token_bill(LOAD, PRICES)
    assert bill.monthly == exactly(4000)
    assert [(i.name, i.quantity.likely) for i in bill.items] == [
        ("input tokens", 2000),
        ("cached input tokens", 0),
        ("output tokens", 500),
    ]
    assert bill.unknown == ()


def test_what_comes_from_the_cache_is_paid_at_its_own_price() -> None:
    # 40 %: 1,200 million at 1 + 800 million at 0.1 + 500 million at 4 = 1,200 + 80 + 2,000
    assert token_bill(LOAD._replace(cached_share=exactly(0.4)), PRICES).monthly == pytest.approx(
        exactly(3280)
    )


def test_a_batch_discount_counts_for_its_share_only() -> None:
    # a quarter of everything at half price: 4,000 x (1 - 0.25 x 0.5) = 3,500
    assert token_bill(LOAD._replace(batch_share=exactly(0.25)), PRICES).monthly == exactly(3500)


def test_a_range_of_discounts_is_a_range_of_bills_the_other_way_round() -> None:
    # 100 % batch, discount 40 to 60 %, likely 50 %: 1,600 to 2,400, likely 2,000
    prices = PRICES._replace(batch_discount=Span(0.4, 0.5, 0.6))
    monthly = token_bill(LOAD._replace(batch_share=exactly(1)), prices).monthly
    assert monthly == pytest.approx(Span(1600, 2000, 2400))


def test_an_unknown_discount_may_be_anything_down_to_free() -> None:
    # a quarter in batch at an unknown discount: at best free, 3,000; likely and at worst none
    prices = PRICES._replace(batch_discount=None)
    monthly = token_bill(LOAD._replace(batch_share=exactly(0.25)), prices).monthly
    assert monthly == pytest.approx(Span(3000, 4000, 4000))


def test_a_range_of_prices_is_a_range_of_bills() -> None:
    # input 0.8 to 1.5, likely 1: 1,600 / 2,000 / 3,000, and 2,000 out
    monthly = token_bill(LOAD, PRICES._replace(input=Span(0.8, 1, 1.5))).monthly
    assert monthly == pytest.approx(Span(3600, 4000, 5000))


def test_a_missing_price_leaves_a_subtotal_and_names_what_is_missing() -> None:
    bill = token_bill(LOAD, PRICES._replace(output=None))
    assert bill.monthly is None
    assert bill.known_subtotal == exactly(2000)
    assert bill.unknown == ("output tokens",)


def test_a_missing_price_of_what_is_not_used_is_not_missed() -> None:
    assert token_bill(LOAD, PRICES._replace(cached_input=None)).monthly == exactly(4000)


def test_no_requests_cost_nothing_by_the_token() -> None:
    assert token_bill(LOAD._replace(requests_per_month=exactly(0)), PRICES).monthly == exactly(0)


def test_instances_are_what_the_peak_needs() -> None:
    # 730 h = 2,628,000 s.  5.256e6 requests x 500 tokens / 2,628,000 s = 1,000 tokens/s, peak x 4
    # = 4,000; at 900 a second 4.44 -> 5 instances x 730 h x 10 USD = 36,500
    load = LOAD._replace(requests_per_month=exactly(5.256e6), peak_to_mean=exactly(4))
    bill = instance_bill(load, exactly(10), exactly(900))
    assert bill.monthly == exactly(36_500)
    assert bill.items[0].quantity == exactly(3650)


def test_an_instance_more_is_not_bought_for_a_rounding_error() -> None:
    # 4,000 tokens/s at the peak at 1,000 each: exactly 4
    load = LOAD._replace(requests_per_month=exactly(5.256e6), peak_to_mean=exactly(4))
    assert instance_bill(load, exactly(10), exactly(1000)).monthly == exactly(29_200)


def test_replicas_are_kept_even_without_load() -> None:
    # 3 x 730 h x 10 USD
    idle = LOAD._replace(requests_per_month=exactly(0), replicas=exactly(3))
    assert instance_bill(idle, exactly(10), exactly(900)).monthly == exactly(21_900)
    assert instance_bill(idle, exactly(10), None).monthly == exactly(21_900)


def test_hours_of_service_below_the_whole_month_raise_the_peak() -> None:
    # 176 h = 633,600 s.  1,267,200 x 500 / 633,600 = 1,000 tokens/s: 2 at 500 -> 2 x 176 x 10
    load = LOAD._replace(requests_per_month=exactly(1_267_200), hours_per_month=exactly(176))
    assert instance_bill(load, exactly(10), exactly(500)).monthly == exactly(3520)


def test_a_range_of_throughput_is_a_range_of_instances() -> None:
    # peak 4,000: at 2,000 2, at 1,000 4, at 500 8 instances x 730 h x 10 USD
    load = LOAD._replace(requests_per_month=exactly(5.256e6), peak_to_mean=exactly(4))
    monthly = instance_bill(load, exactly(10), Span(500, 1000, 2000)).monthly
    assert monthly == Span(14_600, 29_200, 58_400)


@pytest.mark.parametrize("throughput", [None, exactly(0), Span(0, 500, 900)])
def test_without_a_throughput_only_the_replicas_are_known(throughput: Span | None) -> None:
    bill = instance_bill(LOAD._replace(replicas=exactly(2)), exactly(10), throughput)
    assert bill.monthly is None
    assert bill.known_subtotal == exactly(14_600)
    assert bill.unknown == ("instances for the peak",)


def test_without_a_price_nothing_is_known() -> None:
    bill = instance_bill(LOAD, None, exactly(900))
    assert bill.monthly is None
    assert bill.known_subtotal == exactly(0)
    assert bill.unknown == ("instances",)
