"""What a company pays instead of the list price: negotiated prices, commitments and credits."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from selector.domain.evidence import Source
from selector.domain.pricing import Basis
from selector.domain.problem import Origin


class NegotiatedPrice(NamedTuple):
    """A price of one's own, or a discount (0 to 1) off the list.

    It holds for a vendor, or for one of its offers; for one price fact (`fact`), for one row of the
    price book (`item`: an id), or, with neither, for all that the vendor bills.
    """

    vendor: str
    reason: str
    as_of: date | None = None
    offer: str = ""
    fact: str = ""
    item: str = ""
    value: Decimal | None = None
    discount: Decimal | None = None
    sources: tuple[Source, ...] = ()
    origin: Origin | None = None

    def basis(self, listed: Basis, is_confidential: bool) -> Basis:
        """What the price then rests on: the agreement first, marked confidential where it is.

        A price of one's own no longer rests on the list; a discount does, beside the agreement.
        """
        told = f"negotiated: {self.reason}"
        agreed = (Source(item=told), *self.sources)
        if self.value is not None:
            return Basis(agreed, self.as_of, note=told, confidential=is_confidential)
        return listed._replace(
            sources=tuple(dict.fromkeys((*agreed, *listed.sources))),
            as_of=self.as_of or listed.as_of,
            note=told,
            confidential=is_confidential or listed.confidential,
        )


class Commitment(NamedTuple):
    """US dollars a month that are paid whether used or not, for a discount on what they cover."""

    vendor: str
    kind: Literal["savings_plan", "provisioned_throughput", "minimum_spend"]
    monthly: Decimal
    discount: Decimal = Decimal(0)
    covers: tuple[str, ...] = ()
    reason: str = ""


class Credit(NamedTuple):
    """US dollars that are taken off a vendor's first `months` bills, until they are spent."""

    vendor: str
    amount: Decimal
    months: int
    reason: str = ""


class Negotiated(NamedTuple):
    """An override file; later entries win over earlier ones."""

    prices: tuple[NegotiatedPrice, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    credits: tuple[Credit, ...] = ()
    confidential: bool = False

    def price(self, vendor: str, offer: str, keys: Sequence[str]) -> NegotiatedPrice | None:
        """What was negotiated for that vendor, offer, and any of the keys (facts or ids of rows).

        The narrower entry wins: one for the offer over one for the vendor, one for the fact or row
        over one for all; among equals the last.
        """
        best: NegotiatedPrice | None = None
        best_rank = (-1, -1)
        for entry in self.prices:
            key = entry.fact or entry.item
            if (
                entry.vendor != vendor
                or entry.offer not in ("", offer)
                or (key and key not in keys)
            ):
                continue
            rank = (int(bool(key)), int(bool(entry.offer)))
            if rank >= best_rank:
                best, best_rank = entry, rank
        return best
