"""Bills of many alternatives against a calculator that is called for each."""

from datetime import UTC, datetime
from typing import Any

import numpy as np

from benchmarks.timing import Result, median_seconds

MONTHS, SAMPLES, SLICE = 24, 1000, 25


def bills_of_16_alternatives() -> Result:
    """Bills of 16 models, 24 months and 1,000 workloads in one call, against genai-prices.

    Its own calculator is called, model in hand, for the mean request of each; a 40th of the
    384,000 calls is timed, and counted 40 times. Both come to the same bills, or it raises.
    """
    from genai_prices import Usage
    from genai_prices.data import providers

    import selector
    from selector.cost.plan import bills
    from selector.domain.costing import Costing, TokensChoice
    from selector.domain.decision import Alternative
    from selector.domain.span import Span
    from selector.domain.workload import Workload
    from selector.measure.plans import plan_of

    decision = selector.load("support-assistant")
    tokens = selector.catalog.library.Library().prices().tokens
    day = decision.day
    known = [
        (provider, model, tokens[provider.id][model.id])
        for provider in providers
        for model in provider.models
        if provider.id in tokens and model.id in tokens[provider.id]
    ]
    chosen: list[Any] = [
        (provider, model, tariff)
        for provider, model, tariff in known
        if provider.id in ("anthropic", "openai", "google", "mistral", "groq")
        and not (tariff.on(day).tiers or tariff.after(day) or tariff.also_billed)
        and None not in tariff.on(day).rates[:3]
    ][:16]
    load = Workload(Span.exactly(1), months=MONTHS, growth_per_month=Span.exactly(0.03))
    decision = decision._replace(workload=load)
    plans = []
    for provider, model, tariff in chosen:
        costing = Costing(tokens=TokensChoice(provider.name, model.id, tariff))
        planned = plan_of(decision, Alternative(model.id, model.id, costing=costing))
        if planned is not None:
            plans.append(planned.plan)
    rng = np.random.default_rng(1)
    draws = {
        "requests_per_month": rng.integers(1e5, 1e7, SAMPLES).astype(float),
        "input_tokens": rng.integers(100, 8000, SAMPLES).astype(float),
        "output_tokens": rng.integers(10, 2000, SAMPLES).astype(float),
        "cached_share": rng.integers(0, 5, SAMPLES) / 10,
    }
    found = bills(plans, draws)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    growth = 1.03 ** np.arange(MONTHS)

    def calculated() -> list[float]:
        made = []
        for provider, model, _ in chosen:
            for sample in range(SLICE):
                size = int(draws["input_tokens"][sample])
                usage = Usage(
                    input_tokens=size,
                    cache_read_tokens=round(size * float(draws["cached_share"][sample])),
                    output_tokens=int(draws["output_tokens"][sample]),
                )
                for month in range(MONTHS):
                    price = model.calc_price(
                        usage, provider, genai_request_timestamp=at, auto_update_timestamp=None
                    )
                    requests = float(draws["requests_per_month"][sample] * growth[month])
                    made.append(requests * float(price.total_price))
        return made

    theirs = np.array(calculated()).reshape(len(chosen), SLICE, MONTHS)
    if found.shape != (16, SAMPLES, MONTHS) or not np.allclose(found[:, :SLICE], theirs, rtol=1e-3):
        raise RuntimeError("the bills differ from those of genai-prices")
    ours = median_seconds(lambda: bills(plans, draws), 5)
    peer = median_seconds(calculated, 3) * SAMPLES / SLICE
    what = f"bills of 16 models × {MONTHS} months × {SAMPLES:,} workloads"
    return Result(what, ours, "genai-prices' calculator for each", peer, ours / peer, 0.2)
