"""The shipped profiles and the price book agree: each block has its rows, each fact its price."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from selector.catalog.library import Library
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.pricing import PriceBook, TokenTariff
from selector.domain.vendor import Offer, Vendor

LIBRARY = Library()
VENDORS = [LIBRARY.vendor(name) for name in LIBRARY.vendor_ids()]
OFFERS = [(vendor, offer) for vendor in VENDORS for offer in vendor.offers]
DAY = date(2026, 11, 24)
"""The day on which the shipped profiles were written."""

RATES = {
    "price_input_tokens": "input",
    "price_output_tokens": "output",
    "price_cached_input_tokens": "cached_input",
}


def _book() -> PriceBook:
    return LIBRARY.prices()


def _tariff(given: dict[str, str], key: str = "model") -> TokenTariff:
    return _book().tokens[given["provider"]][given[key]]


def _with(part: str, key: str) -> list[tuple[Vendor, Offer]]:
    return [(vendor, offer) for vendor, offer in OFFERS if key in offer.cost.get(part, {})]


def _name(value: object) -> str:
    return str(getattr(value, "id", value))


def _likely(evidence: Evidence) -> float | None:
    """The central figure of a fact, None where it has none."""
    if evidence.state != "value":
        return None
    figure = evidence.value if evidence.low is None else evidence.likely
    return None if figure is None else float(str(figure))


@pytest.mark.parametrize(("vendor", "offer"), _with("tokens", "model"), ids=_name)
def test_price_facts_are_those_of_the_tariff(vendor: Vendor, offer: Offer) -> None:
    tariff = _tariff(offer.cost["tokens"])
    prices = tariff.on(DAY)
    for fact, rate in RATES.items():
        evidence = offer.facts[fact]
        listed: Decimal | None = getattr(prices.rates, rate)
        if (stated := _likely(evidence)) is None:
            assert listed is None, f"{fact} is not stated, and {rate} costs {listed}"
            continue
        assert listed is not None
        assert stated == pytest.approx(float(listed), rel=1e-9), fact
        later = [getattr(p.rates, rate) for p in tariff.after(DAY)]
        if evidence.low is not None:
            # A price that is announced to change is a range from now to then.
            assert later
            assert float(str(evidence.high)) == pytest.approx(float(max(later)), rel=1e-9)
        else:
            assert not later


@pytest.mark.parametrize(("vendor", "offer"), _with("tokens", "model"), ids=_name)
def test_the_batch_discount_is_that_of_the_tariff(vendor: Vendor, offer: Offer) -> None:
    facts = {**vendor.facts, **offer.facts}
    prices = _tariff(offer.cost["tokens"]).on(DAY)
    stated = _likely(facts.get("batch_discount", UNKNOWN))
    if prices.batch is None:
        return  # the price list is silent; the vendor may say more
    assert stated is not None
    for rate in ("input", "output"):
        full, batch = getattr(prices.rates, rate), getattr(prices.batch, rate)
        assert float(batch / full) == pytest.approx(1 - stated / 100, abs=0.001)


@pytest.mark.parametrize(("vendor", "offer"), _with("tokens", "model"), ids=_name)
def test_a_smaller_model_costs_less(vendor: Vendor, offer: Offer) -> None:
    given = offer.cost["tokens"]
    if "smaller_model" not in given:
        return
    full, small = (_tariff(given, key).on(DAY).rates for key in ("model", "smaller_model"))
    for rate in ("input", "output"):
        assert getattr(small, rate) < getattr(full, rate)


@pytest.mark.parametrize(("vendor", "offer"), _with("hosting", "instance"), ids=_name)
def test_an_hour_costs_what_the_machines_do(vendor: Vendor, offer: Offer) -> None:
    given = offer.cost["hosting"]
    machine = _book().instances[given["instance"]]
    copies = given.get("instances_per_replica")
    count = copies.likely if copies is not None else 1
    evidence = offer.facts["instance_hour"]
    stated = _likely(evidence)
    assert stated is not None
    try:
        price = machine.price(offer.region)
    except KeyError:
        # Whether the machine is to be had there is open, and so is its price: a wide range.
        assert evidence.low is not None
        assert evidence.confidence == "low"
        return
    assert stated == pytest.approx(float(price.likely) * count, rel=0.001)
    if evidence.low is not None:
        assert float(str(evidence.low)) == pytest.approx(float(price.low) * count, rel=0.001)
        assert float(str(evidence.high)) == pytest.approx(float(price.high) * count, rel=0.001)


@pytest.mark.parametrize(("vendor", "offer"), _with("hosting", "instance"), ids=_name)
def test_the_weights_fit_into_the_machines(vendor: Vendor, offer: Offer) -> None:
    given = offer.cost["hosting"]
    machine = _book().instances[given["instance"]]
    copies = given.get("instances_per_replica")
    cards = machine.cards * (round(copies.likely) if copies is not None else 1)
    memory = _book().accelerators[machine.accelerator].memory_gb * cards
    assert _book().models[given["model"]].weights_gb[given["precision"]] < memory


@pytest.mark.parametrize("vendor", VENDORS, ids=_name)
def test_services_around_it_are_in_the_price_book(vendor: Vendor) -> None:
    for block in (vendor.cost, *(offer.cost for offer in vendor.offers)):
        for kind, given in block.get("services", {}).items():
            if kind == "embedding":
                rates = _book().tokens[given.provider][given.model].on(DAY).rates
                assert rates.input is not None
            elif kind != "region":
                assert _book().services[given].kind == kind


def test_most_offers_say_how_they_are_billed() -> None:
    without = [f"{v.id} {o.id}" for v, o in OFFERS if not {"tokens", "hosting"} & set(o.cost)]
    assert sorted(without) == [
        # prices by region that the list in dollars does not have, so ranges in the profile
        "databricks claude-haiku-frankfurt",
        "databricks llama-70b-frankfurt",
        # by contract
        "groq gpt-oss-120b-performance",
        "snowflake-cortex claude-haiku-eu",
        "snowflake-cortex claude-sonnet-eu",
    ]


def test_throughputs_say_under_which_conditions_they_were_reached() -> None:
    for speed in _book().throughputs.values():
        assert speed.model in _book().models, speed.id
        assert speed.precision in _book().models[speed.model].weights_gb, speed.id
        assert speed.accelerator in _book().accelerators, speed.id
        assert speed.limit, speed.id
        # What counts input too is of no use without the lengths; MLPerf's requests are of its own.
        has_lengths = speed.input_tokens is not None and speed.output_tokens is not None
        assert has_lengths or (speed.family == "mlperf" and speed.counts == "output"), speed.id
        assert (speed.family, speed.counts) in {
            ("mlperf", "output"),
            ("inferencex", "total"),
            ("silybench", "output"),
        }


def _floats(value: object, place: str) -> list[str]:
    """Where a record holds a number that is not exact."""
    if isinstance(value, float):
        return [place]
    if isinstance(value, Mapping):
        return [p for key, part in value.items() for p in _floats(part, f"{place}.{key}")]
    if isinstance(value, tuple):
        return [p for part in value for p in _floats(part, place)]
    return []


@pytest.mark.parametrize("kind", [kind for kind in PriceBook._fields if kind != "providers"])
def test_every_amount_of_the_price_book_is_exact(kind: str) -> None:
    rows = getattr(_book(), kind)
    assert rows
    assert _floats(rows, kind) == []
