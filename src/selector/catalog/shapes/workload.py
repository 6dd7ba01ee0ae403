"""The shapes of a decision's workload and of the business around it."""

from collections.abc import Callable
from datetime import date
from math import log10
from typing import Annotated, Any

from selector.catalog.shapes._common import CURRENCY_PATTERN
from selector.catalog.shapes._shape import Before, Limits, Shape, wrong
from selector.catalog.shapes.evidence import Sources
from selector.domain.span import Span

_NUMBER = {"type": "number"}
_ENDS = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
_THREE = {
    "type": "object",
    "properties": dict.fromkeys(("low", "likely", "high"), _NUMBER),
    "required": ["low", "high"],
    "additionalProperties": False,
}
SPAN = {"anyOf": [_NUMBER, _ENDS, _THREE]}
_WANTED = "write a number, [low, high], or {low: …, likely: …, high: …}"


def spanned(
    least: float = 0, most: float = 1e15, above: float | None = None
) -> Callable[[Any], Span]:
    """A reader of a number or range from `least` (or above `above`) to `most`."""

    def read(value: Any) -> Span:
        parts = _parts(value)
        for part in parts:
            if isinstance(part, bool) or not isinstance(part, int | float):
                raise wrong(_named(part), _WANTED)
            if not part == part or abs(part) == float("inf"):
                raise wrong(f"{part} is not a number to reckon with", _WANTED)
        low, likely, high = (float(part) for part in parts)
        if not low <= likely <= high:
            raise wrong(f"{low:g}, {likely:g}, {high:g} do not rise", "write the lower end first")
        if low < least or high > most or (above is not None and low <= above):
            start = f"above {above:g}" if above is not None else f"from {least:g}"
            ends = f"{start}, up to {most:g}" if most < 1e15 else f"{start} on"
            raise wrong(f"{_shown(low, high)} is out of bounds", f"write a figure {ends}")
        return Span(low, likely, high)

    return read


def _parts(value: Any) -> list[Any]:
    if isinstance(value, Span):
        return list(value)
    if isinstance(value, dict):
        if not {"low", "high"} <= set(value) <= {"low", "likely", "high"}:
            raise wrong("a mapping that is not a range", _WANTED)
        middle = value.get("likely", _middle(value["low"], value["high"]))
        return [value["low"], middle, value["high"]]
    if isinstance(value, list):
        if len(value) != 2:
            raise wrong("a list that is not a range", _WANTED)
        return [value[0], _middle(*value), value[1]]
    return [value, value, value]


def _middle(low: Any, high: Any) -> Any:
    plain = all(isinstance(end, int | float) for end in (low, high))
    return (low + high) / 2 if plain else low


def _named(value: Any) -> str:
    if value is None:
        return "nothing stands here"
    return f"{str(value).lower() if isinstance(value, bool) else str(value)[:40]!r} is not a number"


def _shown(low: float, high: float) -> str:
    return f"'{low:g}'" if low == high else f"{low:g} to {high:g}"


NotNegative = Annotated[Any, Before(spanned(), SPAN)]
Positive = Annotated[Any, Before(spanned(above=0), SPAN)]
Share = Annotated[Any, Before(spanned(most=1), SPAN)]
PositiveShare = Annotated[Any, Before(spanned(most=1, above=0), SPAN)]


class PeopleShape(Shape):
    """The people that running it takes."""

    hours_per_month: NotNegative = None
    hourly_cost: NotNegative = None


class WorkloadShape(Shape):
    """The monthly load."""

    requests_per_month: NotNegative
    input_tokens: NotNegative = None
    output_tokens: NotNegative = None
    cached_share: Share = None
    cache_write_share: Share = None
    batch_share: Share = None
    peak_to_mean: Annotated[Any, Before(spanned(1), SPAN)] = None
    growth_per_month: Annotated[Any, Before(spanned(-1, 10, above=-1), SPAN)] = None
    months: Annotated[int, Limits(ge=1, le=600)] = 12
    hours_per_month: Annotated[Any, Before(spanned(0, 744, above=0), SPAN)] = None
    replicas: Annotated[Any, Before(spanned(1, 100_000), SPAN)] = None
    documents: NotNegative = None
    tokens_per_document: NotNegative = None
    changed_share: NotNegative = None
    chunk_tokens: Annotated[Any, Before(spanned(1), SPAN)] = None
    dimensions: Annotated[Any, Before(spanned(1), SPAN)] = None
    embedded_queries: NotNegative = None
    question_tokens: NotNegative = None
    fine_tuning_runs: NotNegative = None
    fine_tuning_tokens: NotNegative = None
    response_kb: NotNegative = None
    log_kb: NotNegative = None
    availability: Annotated[Any, Before(spanned(0, 99.9999), SPAN)] = None
    concurrency: Annotated[Any, Before(spanned(1), SPAN)] = None
    first_token_seconds: Positive = None
    seconds_per_token: Positive = None
    context_tokens: Annotated[Any, Before(spanned(1), SPAN)] = None
    users: NotNegative = None
    people: PeopleShape | None = None
    region: str = ""
    purpose: str = ""

    def check(self) -> None:
        """Relations between the keys."""
        growth = self.growth_per_month
        if growth is not None and self.months * log10(1 + growth.high) > 12:
            raise wrong(
                "the load grows more than a trillionfold", "write a smaller growth or fewer months"
            )
        shares = [s for s in (self.cached_share, self.cache_write_share) if s is not None]
        if sum(share.high for share in shares) > 1:
            raise wrong(
                "more is read from and written to the cache than is sent",
                "let cached_share and cache_write_share sum to 1 at most",
            )
        if self.documents is not None and self.documents.high and self.tokens_per_document is None:
            raise wrong("documents without their length", "add 'tokens_per_document: …'")


class CurrencyShape(Shape):
    """Another currency to show amounts in."""

    code: Annotated[str, Limits(pattern=CURRENCY_PATTERN)]
    usd: Annotated[float, Limits(ge=1e-9, le=1e9)]
    as_of: date
    source: Sources | None = None

    def check(self) -> None:
        """US dollars are worth themselves."""
        if self.code == "USD" and self.usd != 1:
            raise wrong(
                f"1 USD is {self.usd:g} US dollars", "write 'usd: 1', or the code that is meant"
            )


class BusinessShape(Shape):
    """What the system is worth, and how the future counts."""

    value_per_request: NotNegative = None
    discount_rate: Annotated[float, Limits(ge=0, le=1)] = 0.0
    currency: CurrencyShape | None = None
    note: str = ""
