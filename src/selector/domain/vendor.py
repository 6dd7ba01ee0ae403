"""Vendors and what they offer."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from selector.domain import EMPTY
from selector.domain.evidence import NOWHERE, Evidence
from selector.domain.problem import Origin

Kind = Literal["managed-platform", "model-api", "open-weight-stack", "component", "status-quo"]


class Offer(NamedTuple):
    """What one really chooses: a model, in a region, on a plan. Its facts override the vendor's.

    `cost` is what its `cost:` block writes, by key; it is resolved where a decision uses it.
    """

    id: str
    name: str
    model: str = ""
    region: str = ""
    plan: str = ""
    facts: Mapping[str, Evidence] = EMPTY
    cost: Mapping[str, Any] = EMPTY


class Vendor(NamedTuple):
    """A platform, service or stack, with the facts that hold for all of its offers."""

    id: str
    name: str
    kind: Kind
    provider: str = ""
    layer: str = ""
    summary: str = ""
    homepage: str = ""
    facts: Mapping[str, Evidence] = EMPTY
    offers: tuple[Offer, ...] = ()
    origin: Origin = NOWHERE
    cost: Mapping[str, Any] = EMPTY

    def offer(self, offer_id: str) -> Offer | None:
        """The offer with that id, or None."""
        return next((offer for offer in self.offers if offer.id == offer_id), None)
