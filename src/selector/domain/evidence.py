"""A fact as it is known: its value or range, its source, its date, and how far to trust it."""

from datetime import date
from typing import Literal, NamedTuple

from selector.domain.problem import Origin

State = Literal["value", "unknown", "not_applicable", "disputed"]
Confidence = Literal["high", "medium", "low"]
Tier = Literal["contract", "vendor_docs", "sdk", "measured", "benchmark", "third_party"]
AsOfKind = Literal["page_date", "package_version", "commit_date", "generated_at", "read_undated"]
Scalar = float | bool | str | date
NOWHERE = Origin("<code>", 1, 1)


class Source(NamedTuple):
    """Where a fact can be opened: a web address, or an item of a published package.

    A figure that somebody has agreed on or set has `item` alone, which says so.
    """

    url: str = ""
    package: str = ""
    version: str = ""
    item: str = ""

    def __str__(self) -> str:
        if self.url:
            return self.url
        return " ".join(part for part in (self.package, self.version, self.item) if part)


class Distribution(NamedTuple):
    """A probability distribution of a performance; `parameters` as the file gives them."""

    kind: Literal["normal", "lognormal", "beta", "triangular"]
    parameters: tuple[float, ...]


class PastValue(NamedTuple):
    """What a fact said before, kept as history."""

    value: Scalar | tuple[str, ...]
    as_of: date
    sources: tuple[Source, ...] = ()


class Evidence(NamedTuple):
    """What is known of one fact of one alternative.

    `state` tells which of the others count. For a set, `value` is a tuple of choices and
    `open_choices` are those of which nobody knows whether they belong to it. For a level the
    value, `low`, `high` and `likely` are names of levels. A judgement is a value with
    `is_judgement`, its `reason` and author `by`.
    """

    state: State
    value: Scalar | tuple[str, ...] | None = None
    low: float | str | None = None
    high: float | str | None = None
    likely: float | str | None = None
    distribution: Distribution | None = None
    open_choices: tuple[str, ...] = ()
    accounts: tuple["Evidence", ...] = ()
    is_judgement: bool = False
    reason: str = ""
    by: str = ""
    sources: tuple[Source, ...] = ()
    locator: str = ""
    tier: Tier | None = None
    as_of: date | None = None
    as_of_kind: AsOfKind | None = None
    retrieved: date | None = None
    confidence: Confidence = "medium"
    note: str = ""
    history: tuple[PastValue, ...] = ()
    origin: Origin = NOWHERE

    @property
    def is_range(self) -> bool:
        """Whether it spans more than one value."""
        return self.low is not None or self.distribution is not None


UNKNOWN = Evidence("unknown")
