"""The alternatives of a decision: vendors, their offers, and what the decision says itself."""

from collections.abc import Mapping

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.records.cost_blocks import block_of, displaced, merged
from selector.catalog.records.evidence import facts_record
from selector.catalog.records.performance import performance_record
from selector.catalog.records.record import architecture_record
from selector.catalog.records.references import References
from selector.catalog.shapes.decision import AlternativeShape, DecisionFile
from selector.domain import EMPTY
from selector.domain.costing import Costing, Fallback
from selector.domain.criterion import Criterion
from selector.domain.decision import Alternative
from selector.domain.evidence import Evidence
from selector.domain.fact import Dictionary
from selector.domain.naming import told_apart
from selector.domain.problem import InputError
from selector.domain.vendor import Offer, Vendor


def alternative_records(
    document: Document,
    shape: DecisionFile,
    leaves: Mapping[str, Criterion],
    references: References,
    dictionary: Dictionary,
) -> tuple[Alternative, ...]:
    """The alternatives in the order of the file; problems are noted in the document.

    Those of the same name have their id behind it.
    """
    records: dict[str, Alternative] = {}
    broken: set[str] = set()
    for index, item in enumerate(shape.alternatives):
        where = ("alternatives", index)
        vendor = None
        if item.vendor is not None:
            if item.vendor not in references.vendor_ids():
                what, instead = unknown_name("vendor", item.vendor, references.vendor_ids())
                is_text = isinstance(document.data["alternatives"][index], str)
                document.complain(where if is_text else (*where, "vendor"), what, instead)
                continue
            if item.vendor in broken:
                continue
            try:
                vendor = references.vendor(item.vendor)
            except InputError as error:
                broken.add(item.vendor)
                document.problems.extend(error.problems)
                continue
        record = _alternative(document, index, item, vendor, leaves, references)
        if record.id in records:
            document.complain(
                where, f"the alternative {record.id!r} stands twice", "give one another id"
            )
        records[record.id] = record
    names = told_apart({own.id: own.name for own in records.values()})
    return tuple(own._replace(name=names[own.id]) for own in records.values())


def _alternative(
    document: Document,
    index: int,
    item: AlternativeShape,
    vendor: Vendor | None,
    leaves: Mapping[str, Criterion],
    references: References,
) -> Alternative:
    where = ("alternatives", index)
    dictionary = references.dictionary()
    offer = None
    if vendor is not None and item.offer is not None:
        offer = vendor.offer(item.offer)
        if offer is None:
            what, instead = unknown_name(
                f"offer of {vendor.id}", item.offer, [o.id for o in vendor.offers]
            )
            document.complain((*where, "offer"), what, instead)
    own = facts_record(document, (*where, "facts"), item.facts, dictionary)
    performances = {}
    for name, given in item.performance.items():
        if name not in leaves:
            what, instead = unknown_name("leaf criterion", name, leaves)
            document.complain((*where, "performance", name), what, instead, key=True)
            continue
        evidence = performance_record(
            document, (*where, "performance", name), given, leaves[name], dictionary
        )
        if evidence is not None:
            performances[name] = evidence
    own_id = item.id or default_id(item)
    names = [vendor.name] if vendor else []
    names += [offer.name] if offer else []
    return Alternative(
        id=own_id,
        name=item.name or ", ".join(names) or own_id,
        vendor=vendor.id if vendor else "",
        vendor_name=vendor.name if vendor else "",
        kind=item.kind or (vendor.kind if vendor else ""),
        offer=offer.id if offer else "",
        model=offer.model if offer else "",
        region=offer.region if offer else "",
        plan=offer.plan if offer else "",
        facts={
            **(vendor.facts if vendor else {}),
            **(offer.facts if offer else {}),
            **own,
        },
        performances=performances,
        costing=_costing(document, (*where, "cost"), vendor, offer, references, item, own),
        fallback=_fallback(document, where, item, references),
        architecture=architecture_record(document, (*where, "architecture"), item.architecture),
        origin=document.origin(*where),
    )


def default_id(item: AlternativeShape) -> str:
    """The id of an alternative that names only its vendor, or that and an offer."""
    return f"{item.vendor}-{item.offer}" if item.offer else item.vendor or ""


def _costing(
    document: Document,
    where: tuple[object, ...],
    vendor: Vendor | None,
    offer: Offer | None,
    references: References,
    item: AlternativeShape | None = None,
    facts: Mapping[str, Evidence] = EMPTY,
) -> Costing | None:
    """The `cost:` blocks of vendor, offer and alternative as one; None where none says anything."""
    own = block_of(item.cost) if item is not None else {}
    blocks = (vendor.cost if vendor else {}, offer.cost if offer else {}, own)
    if not any(blocks):
        return None
    # Many decisions have no such block, and the price book is not free to read.
    from selector.catalog.records.costing import Resolver

    stated = (vendor.facts if vendor else {}, offer.facts if offer else {}, facts)
    return Resolver(document, where, references.prices).costing(
        merged(*blocks),
        offer.region if offer else "",
        "people" in own,
        displaced(tuple(zip(stated, blocks, strict=True))),
    )


def _fallback(
    document: Document,
    where: tuple[object, ...],
    item: AlternativeShape,
    references: References,
) -> Fallback | None:
    given = item.fallback
    if given is None:
        return None
    place = (*where, "fallback")
    if given.vendor not in references.vendor_ids():
        what, instead = unknown_name("vendor", given.vendor, references.vendor_ids())
        document.complain((*place, "vendor"), what, instead)
        return None
    try:
        vendor = references.vendor(given.vendor)
    except InputError as error:
        document.problems.extend(error.problems)
        return None
    offer = vendor.offer(given.offer) if given.offer is not None else None
    if given.offer is not None and offer is None:
        known = [o.id for o in vendor.offers]
        document.complain(
            (*place, "offer"), *unknown_name(f"offer of {vendor.id}", given.offer, known)
        )
    return Fallback(
        ", ".join([vendor.name, *([offer.name] if offer else [])]),
        given.share,
        vendor.id,
        offer.id if offer else "",
        offer.model if offer else "",
        {**vendor.facts, **(offer.facts if offer else {})},
        _costing(document, place, vendor, offer, references),
    )
