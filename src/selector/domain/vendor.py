"""Vendors and what they offer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from selector.domain.evidence import NOWHERE, Evidence
from selector.domain.problem import Origin

Kind = Literal["managed-platform", "model-api", "open-weight-stack", "component", "status-quo"]


@dataclass(frozen=True, slots=True)
class Offer:
    """What one really chooses: a model, in a region, on a plan. Its facts override the vendor's."""

    id: str
    name: str
    model: str = ""
    region: str = ""
    plan: str = ""
    facts: Mapping[str, Evidence] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vendor:
    """A platform, service or stack, with the facts that hold for all of its offers."""

    id: str
    name: str
    kind: Kind
    provider: str = ""
    layer: str = ""
    summary: str = ""
    homepage: str = ""
    facts: Mapping[str, Evidence] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    origin: Origin = NOWHERE

    def offer(self, offer_id: str) -> Offer | None:
        """The offer with that id, or None."""
        return next((offer for offer in self.offers if offer.id == offer_id), None)
