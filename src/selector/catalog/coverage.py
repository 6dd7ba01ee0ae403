"""How much of the dictionary is known of a vendor, and what of it is stale."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from selector.domain.evidence import Evidence
from selector.domain.fact import Dictionary
from selector.domain.vendor import Vendor


class Coverage(NamedTuple):
    """What is known of one vendor, its offers included.

    `stated` counts the facts the profile says anything of, `known` those with a value; `share` is
    known facts over those that apply; `stale` are the ids past their shelf life; `groups` gives
    (known, applicable) for each group of the dictionary.
    """

    vendor: Vendor
    stated: int
    known: int
    applicable: int
    stale: tuple[str, ...]
    groups: Mapping[str, tuple[int, int]]

    @property
    def share(self) -> float:
        """Known facts over applicable ones, 0 to 1."""
        return self.known / self.applicable if self.applicable else 0.0


class Asked:
    """What each profile is asked: the part of the dictionary that is about its kind.

    A component of a stack is asked what any profile of its layer states, all others whatever is not
    stated by components alone: a gateway owes no word on vector search, nor a platform.
    """

    def __init__(self, vendors: Iterable[Vendor], dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._stated: dict[str, set[str]] = {}
        for vendor in vendors:
            stated = self._stated.setdefault(_kin(vendor), set())
            for facts in (vendor.facts, *(offer.facts for offer in vendor.offers)):
                stated.update(facts)

    def of(self, vendor: Vendor) -> Dictionary:
        """The facts that the vendor is asked, in the dictionary's order."""
        kin, own = _kin(vendor), self._stated.get(_kin(vendor), set())
        if kin:
            return {fact: told for fact, told in self._dictionary.items() if fact in own}
        others = set[str]().union(*(stated for at, stated in self._stated.items() if at))
        alone = others - own
        return {fact: told for fact, told in self._dictionary.items() if fact not in alone}


def _kin(vendor: Vendor) -> str:
    """Whom a vendor is asked alike with: components of its layer, else all that are none."""
    return f"component {vendor.layer}" if vendor.kind == "component" else ""


def coverage_of(vendor: Vendor, dictionary: Dictionary, today: date | None = None) -> Coverage:
    """The coverage of a vendor on a day (today if none is given), of a dictionary or part of it.

    A fact that only offers state counts once; it is known where any offer knows it.
    """
    today = today or date.today()
    found: dict[str, list[Evidence]] = {}
    for facts in (vendor.facts, *(offer.facts for offer in vendor.offers)):
        for fact, evidence in facts.items():
            found.setdefault(fact, []).append(evidence)
    known = [f for f, es in found.items() if any(is_known(e) for e in es)]
    not_applicable = [f for f, es in found.items() if all(e.state == "not_applicable" for e in es)]
    stale = [
        f
        for f, es in found.items()
        if any(is_known(e) and e.as_of and dictionary[f].is_stale(e.as_of, today) for e in es)
    ]
    groups: dict[str, tuple[int, int]] = {}
    for fact, definition in dictionary.items():
        has, applies = groups.get(definition.group, (0, 0))
        groups[definition.group] = (has + (fact in known), applies + (fact not in not_applicable))
    applicable = len(dictionary) - len(not_applicable)
    return Coverage(vendor, len(found), len(known), applicable, tuple(stale), groups)


def is_known(evidence: Evidence) -> bool:
    """Whether it says something of the world: a value, a range, or a dispute."""
    return evidence.state in ("value", "disputed")
