"""Where what a decision names is found."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from selector.catalog.reading import Document
from selector.domain.criterion import CriteriaSet
from selector.domain.fact import Dictionary
from selector.domain.negotiated import Negotiated
from selector.domain.pattern import Pattern
from selector.domain.pricing import PriceBook
from selector.domain.stack import Compatibility
from selector.domain.vendor import Vendor


class References(Protocol):
    """Where a decision finds what it names."""

    def dictionary(self) -> Dictionary:
        """The dictionary of facts."""

    def criteria_set(self, set_id: str) -> CriteriaSet:
        """The criteria set with that id."""

    def criteria_ids(self) -> list[str]:
        """The ids of all criteria sets."""

    def vendor(self, vendor_id: str) -> Vendor:
        """The vendor with that id."""

    def vendor_ids(self) -> list[str]:
        """The ids of all vendors."""

    def layers(self) -> Mapping[str, list[str]]:
        """The ids of all vendors by the layer of a stack that they fill."""

    def compatibility(self) -> Compatibility:
        """What is known of which component fits which."""

    def pattern_ids(self) -> list[str]:
        """The ids of all patterns."""

    def pattern(self, pattern_id: str) -> Pattern:
        """The pattern with that id."""

    def prices(self) -> PriceBook:
        """The price book."""

    def negotiated(self, source: Path | Document) -> Negotiated:
        """The negotiated prices in a file."""
