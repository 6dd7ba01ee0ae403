"""What is known of a vendor is counted over what its kind is asked."""

from datetime import date

from selector.catalog.coverage import Asked, coverage_of
from selector.catalog.library import Library
from selector.domain.evidence import Evidence
from selector.domain.fact import Dictionary, FactDefinition
from selector.domain.vendor import Offer, Vendor

DICTIONARY: Dictionary = {
    name: FactDefinition(name, name, "boolean") for name in ("a", "b", "c", "d")
}
KNOWN, OPEN = Evidence("value", True), Evidence("unknown")
TODAY = date(2026, 11, 29)

PLATFORM = Vendor("p", "P", "model-api", facts={"a": KNOWN})
STORE = Vendor("s", "S", "component", layer="store", facts={"a": KNOWN, "b": OPEN})
OTHER = Vendor("o", "O", "component", layer="store", facts={"b": KNOWN})
ENGINE = Vendor("e", "E", "component", layer="engine", facts={"c": KNOWN})
ALL = (PLATFORM, STORE, OTHER, ENGINE)


def test_a_part_of_a_stack_is_asked_what_any_of_its_layer_states() -> None:
    asked = Asked(ALL, DICTIONARY)
    assert list(asked.of(STORE)) == list(asked.of(OTHER)) == ["a", "b"]
    assert list(asked.of(ENGINE)) == ["c"]


def test_all_others_are_asked_what_is_not_stated_by_parts_alone() -> None:
    assert list(Asked(ALL, DICTIONARY).of(PLATFORM)) == ["a", "d"]
    assert list(Asked([PLATFORM], DICTIONARY).of(PLATFORM)) == ["a", "b", "c", "d"]


def test_what_an_offer_states_is_asked_too() -> None:
    offered = Vendor("x", "X", "model-api", offers=(Offer("one", "One", facts={"b": KNOWN}),))
    assert list(Asked((*ALL, offered), DICTIONARY).of(PLATFORM)) == ["a", "b", "d"]


def test_coverage_is_of_what_is_asked() -> None:
    asked = Asked(ALL, DICTIONARY)
    row = coverage_of(STORE, asked.of(STORE), TODAY)
    assert (row.known, row.applicable, row.share) == (1, 2, 0.5)
    assert coverage_of(PLATFORM, asked.of(PLATFORM), TODAY).applicable == 2


def test_no_profile_states_what_it_is_not_asked() -> None:
    library = Library()
    vendors = [library.vendor(name) for name in library.vendor_ids()]
    asked = Asked(vendors, library.dictionary())
    for vendor in vendors:
        assert set(vendor.facts) <= set(asked.of(vendor)), vendor.id
