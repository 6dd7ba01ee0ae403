"""The decision that a request for a room names or brings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from selector.catalog import beside
from selector.catalog.library import Library
from selector.catalog.reading import parse_document
from selector.domain.problem import UsageError
from selector.workshop.errors import Refused
from selector.workshop.records import Kept


def kept_decision(decision: str | Mapping[str, Any], library: Library | None = None) -> Kept:
    """What a room keeps of a decision: of a known one by id, of the text of a file, or its data."""
    if isinstance(decision, Mapping):
        return Kept("decision", yaml.safe_dump(dict(decision), sort_keys=False).encode())
    if "\n" in decision or ":" in decision:
        return Kept("decision", decision.encode())
    known = library or Library()
    if decision not in known.decision_ids():
        raise Refused(422, f"There is no decision {decision[:100]!r}; name one that is known here.")
    try:
        path = known.decision_path(decision)
        raw = path.read_bytes()
    except (OSError, UsageError) as error:
        raise Refused(422, f"The decision {decision!r} cannot be read.") from error
    data = parse_document(raw, path.name).data
    return Kept(path.name, raw, beside.files_of(data, path.parent))
