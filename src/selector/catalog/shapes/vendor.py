"""The shape of a vendor profile, `vendors/<id>.yaml`."""

from typing import Literal

from selector.catalog.shapes._common import Id, Line, Name, WebAddress
from selector.catalog.shapes._shape import Shape
from selector.catalog.shapes.costing import CostShape
from selector.catalog.shapes.evidence import EvidenceShape


class OfferShape(Shape):
    """A model in a region on a plan, with the facts that differ from the vendor's."""

    id: Id
    name: Name
    model: Line = ""
    region: Line = ""
    plan: Line = ""
    note: str = ""
    facts: dict[str, EvidenceShape] = {}
    cost: CostShape | None = None


class VendorFile(Shape):
    """The whole profile."""

    id: Id
    name: Name
    provider: Line = ""
    kind: Literal["managed-platform", "model-api", "open-weight-stack", "component", "status-quo"]
    layer: Line = ""
    summary: str = ""
    homepage: WebAddress | None = None
    facts: dict[str, EvidenceShape] = {}
    cost: CostShape | None = None
    offers: list[OfferShape] = []
