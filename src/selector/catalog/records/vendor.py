"""Vendor profiles: from their shape to `Vendor`."""

from selector.catalog.reading import Document
from selector.catalog.records.cost_blocks import block_of
from selector.catalog.records.evidence import facts_record
from selector.catalog.shapes.vendor import VendorFile
from selector.domain.fact import Dictionary
from selector.domain.vendor import Offer, Vendor


def vendor_record(document: Document, shape: VendorFile, dictionary: Dictionary) -> Vendor:
    """The vendor with all its offers; problems are noted in the document."""
    offers: dict[str, Offer] = {}
    for index, offer in enumerate(shape.offers):
        if offer.id in offers:
            document.complain(
                ("offers", index, "id"), f"the offer {offer.id!r} stands twice", "rename one"
            )
        offers[offer.id] = Offer(
            offer.id,
            offer.name,
            offer.model,
            offer.region,
            offer.plan,
            facts_record(document, ("offers", index, "facts"), offer.facts, dictionary),
            block_of(offer.cost),
        )
    return Vendor(
        shape.id,
        shape.name,
        shape.kind,
        shape.provider,
        shape.layer,
        shape.summary,
        shape.homepage or "",
        facts_record(document, ("facts",), shape.facts, dictionary),
        tuple(offers.values()),
        document.origin(),
        block_of(shape.cost),
    )
