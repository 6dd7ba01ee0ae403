"""What the system will have to do each month, and what it is worth."""

from datetime import date
from typing import NamedTuple

from selector.domain import words
from selector.domain.evidence import Source
from selector.domain.span import Span

NONE = Span.exactly(0)
ONE = Span.exactly(1)


class Workload(NamedTuple):
    """The load that a bill is computed for; every figure may be a range.

    Tokens are per request; shares are 0 to 1. `given` are the keys that the decision writes: the
    others are defaults. None is not said: `context_tokens` is then input and output together,
    `concurrency` follows from the peak, and what hangs on the others is left out of the bill.

    - `requests_per_month` in the first month; `growth_per_month` 0.03 is 3 % more each month
    - `cached_share` of the input tokens is read from the cache, `cache_write_share` written to it
    - `batch_share` of the requests can wait
    - `peak_to_mean`: the busiest time against the mean; `hours_per_month`: hours of service
    - `replicas`: the least number of copies kept running where one hosts the model oneself
    - `documents` of `tokens_per_document` are searched, in pieces of `chunk_tokens` as vectors of
      `dimensions` numbers; `changed_share` of them is embedded again each month; of
      `embedded_queries` (a share of the requests) `question_tokens` are embedded
    - `fine_tuning_runs` a month of `fine_tuning_tokens` each
    - `response_kb` leave the cloud and `log_kb` are kept for each request, in kilobytes
    - `availability` wanted, in per cent; `concurrency`: requests in work at once
    - `first_token_seconds` and `seconds_per_token`: the most that one waits for the first token of
      an answer and for each further one, in 99 of 100 answers
    - `people_hours` a month and `hourly_cost` (loaded, in US dollars)
    - `users`, `region` and `purpose` matter for licences
    """

    requests_per_month: Span
    input_tokens: Span = NONE
    output_tokens: Span = NONE
    cached_share: Span = NONE
    cache_write_share: Span = NONE
    batch_share: Span = NONE
    peak_to_mean: Span = ONE
    growth_per_month: Span = NONE
    hours_per_month: Span = Span.exactly(730)
    replicas: Span = ONE
    documents: Span = NONE
    tokens_per_document: Span = NONE
    changed_share: Span = NONE
    chunk_tokens: Span = Span.exactly(500)
    dimensions: Span = Span.exactly(1024)
    embedded_queries: Span = ONE
    question_tokens: Span = Span.exactly(50)
    fine_tuning_runs: Span = NONE
    fine_tuning_tokens: Span = NONE
    response_kb: Span = NONE
    log_kb: Span = NONE
    availability: Span | None = None
    concurrency: Span | None = None
    first_token_seconds: Span | None = None
    seconds_per_token: Span | None = None
    context_tokens: Span | None = None
    users: Span | None = None
    people_hours: Span | None = None
    hourly_cost: Span | None = None
    wants_people: bool = False
    months: int = 12
    region: str = ""
    purpose: str = ""
    given: frozenset[str] = frozenset()


class Currency(NamedTuple):
    """Another currency to show amounts in: one of it costs `usd` US dollars."""

    code: str
    usd: float
    as_of: date | None = None
    sources: tuple[Source, ...] = ()


class Business(NamedTuple):
    """What an answered request is worth, in US dollars, and how the future is discounted."""

    value_per_request: Span | None = None
    discount_rate: float = 0
    currency: Currency | None = None

    def told(self, amount: float) -> str:
        """An amount of US dollars as a sentence tells it, in the currency of the business."""
        if self.currency is None:
            return f"{words.number(amount)} USD"
        own = amount / self.currency.usd
        return f"{words.number(round(own, 2 if own < 100 else None))} {self.currency.code}"
