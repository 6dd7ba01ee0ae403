"""Bills by the token, worked by hand."""

import numpy as np
import pytest

from selector.cost.tokens import Rates
from tests.cost.made import TOKENS, billed, monthly, plan


def test_tokens_are_paid_by_the_million() -> None:
    # 1,000,000 x 2,000 = 2,000 million in at 1 USD; 500 million out at 4 USD: 2,000 + 2,000
    found = billed(plan(TOKENS))
    assert found.monthly() == pytest.approx([4000])
    assert [(i.name, i.quantity.item()) for i in found.items] == [
        ("input tokens", 2000),
        ("cached input tokens", 0),
        ("output tokens", 500),
    ]
    assert found.unknown == ()


def test_what_comes_from_the_cache_is_paid_at_its_own_price() -> None:
    # 40 %: 1,200 million at 1 + 800 million at 0.1 + 500 million at 4 = 1,200 + 80 + 2,000
    assert monthly(TOKENS, figures={"cached_share": 0.4}) == pytest.approx(3280)


def test_writing_to_the_cache_has_its_price() -> None:
    # a tenth at 1.25: 1,800 + 250 + 2,000
    part = TOKENS._replace(rates=(TOKENS.rates[0]._replace(written="write"),))
    figures = {"cache_write_share": 0.1, "write": 1.25}
    assert monthly(part, figures=figures) == pytest.approx(4050)


def test_a_batch_discount_counts_for_its_share_only() -> None:
    # a quarter of everything at half price: 4,000 x (1 - 0.25 x 0.5) = 3,500
    assert monthly(TOKENS, figures={"batch_share": 0.25}) == pytest.approx(3500)


def test_batch_prices_come_before_a_discount() -> None:
    # half in batch at 0.4 and 1: input 2,000 x (0.5 + 0.2) = 1,400, output 500 x (2 + 0.5) = 1,250
    part = TOKENS._replace(batch=(Rates("batch_in", "batch_in", "batch_in", "batch_out"),))
    figures = {"batch_share": 0.5, "batch_in": 0.4, "batch_out": 1}
    assert monthly(part, figures=figures) == pytest.approx(2650)


def test_a_long_request_costs_its_tier_as_a_whole() -> None:
    # above 1,500 tokens in: 2,000 at 2 + 500 at 8
    tier = Rates("in_long", "in_long", "in_long", "out_long", above=1500)
    part = TOKENS._replace(rates=(*TOKENS.rates, tier))
    figures = {"in_long": 2, "out_long": 8}
    assert monthly(part, figures=figures) == pytest.approx(8000)
    assert monthly(part, figures=figures | {"input_tokens": 1500}) == pytest.approx(3500)


def test_a_price_that_changes_counts_from_its_month() -> None:
    # two months at 4,000, then two at 6,000 (input 2, output 4)
    later = Rates("in_later", "in_later", "in_later", "price_out", from_month=2)
    part = TOKENS._replace(rates=(*TOKENS.rates, later))
    found = billed(plan(part, figures={"in_later": 2}, months=4))
    assert found.by_month() == pytest.approx(np.array([[4000, 4000, 6000, 6000]]))


def test_a_missing_price_leaves_a_subtotal_and_names_what_is_missing() -> None:
    rates = TOKENS.rates[0]._replace(output="")
    found = billed(plan(TOKENS._replace(rates=(rates,), missing="no price for m at p")))
    assert found.unknown == ("no price for m at p: output tokens",)
    assert found.monthly() == pytest.approx([2000])


def test_a_missing_price_of_what_is_not_used_is_not_missed() -> None:
    rates = TOKENS.rates[0]._replace(cached="")
    assert billed(plan(TOKENS._replace(rates=(rates,)))).unknown == ()


def test_a_missing_price_of_a_tier_counts_only_for_long_requests() -> None:
    part = TOKENS._replace(rates=(*TOKENS.rates, Rates(above=3000)))
    assert billed(plan(part)).unknown == ()
    assert billed(plan(part, figures={"input_tokens": 4000})).unknown != ()


def test_no_requests_cost_nothing_by_the_token() -> None:
    assert monthly(TOKENS, figures={"requests_per_month": 0}) == 0
