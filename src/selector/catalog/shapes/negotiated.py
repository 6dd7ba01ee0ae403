"""The shape of a file of negotiated prices, which a decision or a command names."""

from datetime import date
from typing import Annotated, Literal

from selector.catalog.shapes._common import Id, Name
from selector.catalog.shapes._shape import Limits, Shape, wrong
from selector.catalog.shapes.evidence import Sources

Money = Annotated[float, Limits(ge=0, le=1e12)]
Part = Annotated[float, Limits(ge=0, le=1)]


class NegotiatedPriceShape(Shape):
    """A price of one's own, or a discount off the list."""

    vendor: Id
    offer: Id | None = None
    fact: Id | None = None
    item: Id | None = None
    value: Money | None = None
    discount: Part | None = None
    reason: Name
    as_of: date | None = None
    source: Sources | None = None

    def check(self) -> None:
        """Relations between the keys."""
        if (self.value is None) == (self.discount is None):
            raise wrong("not one price", "write either 'value: …' or 'discount: …'")
        if self.fact is not None and self.item is not None:
            raise wrong("both a fact and an item", "name the one whose price was negotiated")
        if self.value is not None and self.fact is None and self.item is None:
            raise wrong("a price of nothing", "add 'fact: …' or 'item: …', or write a discount")


class CommitmentShape(Shape):
    """An amount that is paid each month whether used or not."""

    vendor: Id
    kind: Literal["savings_plan", "provisioned_throughput", "minimum_spend"]
    monthly: Money
    discount: Part = 0.0
    covers: list[Id] = []
    reason: str = ""


class CreditShape(Shape):
    """An amount that is taken off the first bills."""

    vendor: Id
    amount: Money
    months: Annotated[int, Limits(ge=1, le=600)]
    reason: str = ""


class NegotiatedFile(Shape):
    """The whole file."""

    confidential: bool = False
    prices: list[NegotiatedPriceShape] = []
    commitments: list[CommitmentShape] = []
    credits: list[CreditShape] = []
    note: str = ""
