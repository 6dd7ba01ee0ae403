"""Negotiated prices: from their shape to records, with every name checked."""

from collections.abc import Collection
from typing import Protocol

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.records.evidence import sources_of
from selector.catalog.records.prices import decimal
from selector.catalog.shapes.negotiated import NegotiatedFile
from selector.domain.negotiated import Commitment, Credit, Negotiated, NegotiatedPrice
from selector.domain.pricing import PriceBook
from selector.domain.vendor import Vendor

_FACTS = ("price_", "instance_hour")


class Known(Protocol):
    """What can be named: vendors with their offers, and rows of the price book."""

    def vendor_ids(self) -> list[str]:
        """The ids of all vendors."""

    def vendor(self, vendor_id: str) -> Vendor:
        """One of them."""

    def prices(self) -> PriceBook:
        """The price book."""


def negotiated_record(document: Document, shape: NegotiatedFile, known: Known) -> Negotiated:
    """The file's entries; problems are noted in the document."""
    vendor_ids = known.vendor_ids()
    book = known.prices()
    rows: Collection[str] = {*book.instances, *book.services} if _names_rows(shape) else ()
    for kind in ("prices", "commitments", "credits"):
        for index, entry in enumerate(getattr(shape, kind)):
            if entry.vendor not in vendor_ids:
                named = unknown_name("vendor", entry.vendor, vendor_ids)
                document.complain((kind, index, "vendor"), *named)
            elif offer := getattr(entry, "offer", None):
                offers = [o.id for o in known.vendor(entry.vendor).offers]
                if offer not in offers:
                    named = unknown_name(f"offer of {entry.vendor}", offer, offers)
                    document.complain((kind, index, "offer"), *named)
    prices = []
    for index, price in enumerate(shape.prices):
        if price.fact is not None and not price.fact.startswith(_FACTS):
            document.complain(
                ("prices", index, "fact"),
                f"{price.fact!r} is not the fact of a price",
                "name one that begins with price_, or instance_hour",
            )
        if price.item is not None and price.item not in rows:
            named = unknown_name("row of the price book", price.item, rows)
            document.complain(("prices", index, "item"), *named)
        prices.append(
            NegotiatedPrice(
                price.vendor,
                price.reason,
                price.as_of,
                price.offer or "",
                price.fact or "",
                price.item or "",
                None if price.value is None else decimal(price.value),
                None if price.discount is None else decimal(price.discount),
                sources_of(price.source),
                document.origin("prices", index),
            )
        )
    for index, commitment in enumerate(shape.commitments):
        for place, name in enumerate(commitment.covers):
            if not name.startswith(_FACTS) and name not in rows:
                named = unknown_name("row of the price book", name, rows)
                document.complain(("commitments", index, "covers", place), *named)
    return Negotiated(
        tuple(prices),
        tuple(
            Commitment(
                c.vendor, c.kind, decimal(c.monthly), decimal(c.discount), tuple(c.covers), c.reason
            )
            for c in shape.commitments
        ),
        tuple(Credit(c.vendor, decimal(c.amount), c.months, c.reason) for c in shape.credits),
        shape.confidential,
    )


def _names_rows(shape: NegotiatedFile) -> bool:
    """Whether the price book has to be read for it."""
    covered = [name for commitment in shape.commitments for name in commitment.covers]
    return any(price.item is not None for price in shape.prices) or not all(
        name.startswith(_FACTS) for name in covered
    )
