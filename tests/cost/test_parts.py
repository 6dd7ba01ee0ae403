"""Services, people, terms, shares and sums, worked by hand."""

import numpy as np
import pytest

from selector.cost.people import Once, People, Whole
from selector.cost.plan import bills
from selector.cost.services import Charge, Serviced
from selector.cost.terms import Commitment, Credit
from tests.cost.made import HOSTING, TOKENS, billed, monthly, plan, service

TIERS = service((0, "free"), (100, "dear"), (1000, "cheap"))
LOGS = {"free": 0, "dear": 0.5, "cheap": 0.2}


@pytest.mark.parametrize(
    ("kilobytes", "wanted"),
    [(100, 0), (500, 200), (3000, 450 + 400)],  # as many GB of a million requests
)
def test_tiers_are_marginal(kilobytes: float, wanted: float) -> None:
    made = plan(figures=LOGS | {"log_kb": kilobytes}, around=(TIERS,))
    assert billed(made).monthly() == pytest.approx([wanted])


def test_a_least_bill_is_filled_up() -> None:
    part = service((0, "dear"), minimum="least")
    made = plan(figures=LOGS | {"log_kb": 20, "least": 50}, around=(part,))
    found = billed(made)
    assert found.monthly() == pytest.approx([50])  # 10 used, 40 on top
    assert [float(item.monthly[0, 0]) for item in found.items] == pytest.approx([10, 40])


def test_units_that_hold_so_much_run_by_the_hour() -> None:
    # 1,000,000 documents of 1,000 tokens in pieces of 500: 2 million vectors x 1,024 x 4 bytes
    # = 8.192 GB x 1.5 = 12.3 GB: two units of 12 GB, all month, at 0.5
    charge = Charge("nodes", "hours", "hour", ((0, "dear"),), holds_gb=12)
    figures = LOGS | {"documents": 1e6, "tokens_per_document": 1000, "index_overhead": 1.5}
    made = plan(figures=figures, around=(Serviced("index", "index", (charge,)),))
    assert billed(made).monthly() == pytest.approx([2 * 730 * 0.5])


def test_documents_that_change_and_questions_are_embedded() -> None:
    # 10,000 x 1,000 x 0.1 = 1 million tokens, 1,000,000 questions of 50 = 50 million: 51 x 0.02
    charge = Charge("tokens", "embedded_tokens", "million tokens", ((0, "embed"),))
    figures = {
        "documents": 1e4,
        "tokens_per_document": 1000,
        "changed_share": 0.1,
        "embed": 0.02,
    }
    start = Once("embedding the documents", "embed", is_embedding=True)
    made = plan(figures=figures, around=(Serviced("e", "e", (charge,)),), once=(start,))
    found = billed(made)
    assert found.monthly() == pytest.approx([1.02])
    assert found.one_time() == pytest.approx([0.2])  # 10 million tokens
    assert found.total() == pytest.approx([1.22])


def test_people_and_whole_bills() -> None:
    people = People("hours", "cost")
    assert monthly(Whole("known"), figures={"known": 9000}) == 9000
    made = plan(Whole("known"), figures={"known": 9000, "hours": 20, "cost": 95}, around=(people,))
    assert billed(made).monthly() == pytest.approx([10_900])


def test_a_fallback_takes_its_share() -> None:
    # 4,000 by the token; a tenth of it by another at twice the price of input: 3,600 + 0.1 x 6,000
    other = TOKENS._replace(rates=(TOKENS.rates[0]._replace(input="in_two"),), named="fallback: ")
    figures = {"fallback_share": 0.1, "in_two": 2}
    made = plan(TOKENS, figures=figures, fallback=(other,))
    assert billed(made).monthly() == pytest.approx([4200])
    assert [i.name for i in billed(made).items][-1] == "fallback: output tokens"


def test_a_hosted_offer_with_a_fallback_needs_less() -> None:
    figures = {"requests_per_month": 5.256e6, "speed": 500, "fallback_share": 0.5}
    made = plan(HOSTING, figures=figures, fallback=(TOKENS,))
    # 1,000 tokens/s, half of it here: one instance; half of 5.256 x 4,000 by the token
    assert billed(made).monthly() == pytest.approx([7300 + 10_512])


def test_a_commitment_is_paid_whether_used_or_not() -> None:
    plan_of_4000 = {"commit": 3000, "d": 0.25}
    # 4,000 at a quarter off is 3,000: all used
    term = Commitment("savings plan", "commit", "d")
    made = plan(TOKENS, figures=plan_of_4000, commitments=(term,))
    assert billed(made).monthly() == pytest.approx([3000])
    # half the requests: 1,500 of 3,000 are used, yet 3,000 are paid
    half = plan_of_4000 | {"requests_per_month": 5e5}
    made = plan(TOKENS, figures=half, commitments=(term,))
    assert billed(made).monthly() == pytest.approx([3000])
    # twice as many: 6,000 at the discount, 3,000 beyond the plan, which are 4,000 at list
    double = plan_of_4000 | {"requests_per_month": 2e6}
    made = plan(TOKENS, figures=double, commitments=(term,))
    assert billed(made).monthly() == pytest.approx([7000])
    # a least spend at a discount: 6,000
    made = plan(TOKENS, figures=double, commitments=(term._replace(is_minimum=True),))
    assert billed(made).monthly() == pytest.approx([6000])


def test_a_commitment_covers_what_it_names() -> None:
    term = Commitment("savings plan", "commit", "d", covers=("price_in",))
    made = plan(TOKENS, figures={"commit": 1500, "d": 0.25}, commitments=(term,))
    # input 2,000 at list is 1,500 at the discount; output stays 2,000
    assert billed(made).monthly() == pytest.approx([3500])


@pytest.mark.parametrize(
    ("requests", "wanted"),
    # 4,000 at list by the million requests; each plan takes 1,000 for 500
    [(0, 1000), (1e5, 1000), (3.75e5, 1000), (5e5, 1000), (1e6, 3000)],
)
def test_what_one_commitment_takes_no_other_does(requests: float, wanted: float) -> None:
    figures = {"commit": 500, "d": 0.5, "requests_per_month": requests}
    terms = (Commitment("one", "commit", "d"), Commitment("two", "commit", "d", ("price_in",)))
    assert billed(plan(TOKENS, figures=figures, commitments=terms[:1] * 2)).monthly() == (
        pytest.approx([wanted])
    )
    # where the other covers input alone, half of the list price, it comes first
    assert billed(plan(TOKENS, figures=figures, commitments=terms)).monthly() == (
        pytest.approx([wanted])
    )


def test_credits_are_spent_on_the_first_bills() -> None:
    credit = Credit("credit", "amount", 3)
    made = plan(TOKENS, figures={"amount": 10_000}, months=4, credits=(credit,))
    assert billed(made).by_month() == pytest.approx(np.array([[0, 0, 2000, 4000]]))
    short = plan(TOKENS, figures={"amount": 10_000}, months=4, credits=(credit._replace(months=1),))
    assert billed(short).by_month() == pytest.approx(np.array([[0, 4000, 4000, 4000]]))


def test_the_four_figures_of_a_load_that_grows() -> None:
    # three months growing by half: 4,000 + 6,000 + 9,000
    found = billed(plan(TOKENS, figures={"growth_per_month": 0.5}, months=3))
    assert found.monthly() == pytest.approx([4000])
    assert found.total() == pytest.approx([19_000])
    assert found.monthly_mean() == pytest.approx([19_000 / 3])
    assert found.per_1000_requests() == pytest.approx([4])


def test_a_total_is_discounted_by_the_month() -> None:
    made = plan(TOKENS, months=13, discount_rate=0.1)
    later = sum(4000 / 1.1 ** (month / 12) for month in range(13))
    assert billed(made).total() == pytest.approx([later])


def test_many_plans_for_the_same_draws_in_one_call() -> None:
    draws = {"requests_per_month": np.array([1e6, 2e6])}
    found = bills([plan(TOKENS, months=2), plan(HOSTING, months=2)], draws)
    assert found.shape == (2, 2, 2)
    assert found[0, :, 0] == pytest.approx([4000, 8000])
