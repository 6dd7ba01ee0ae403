"""The shape of one fact as known: value, range, unknown, not applicable, disputed or judgement."""

from datetime import date
from typing import Annotated, Any, Literal

from selector.catalog.shapes._common import Line, WebAddress
from selector.catalog.shapes._shape import Before, Limits, Shape, wrong

TierName = Literal["contract", "vendor_docs", "sdk", "measured", "benchmark", "third_party"]
DateKind = Literal["page_date", "package_version", "commit_date", "generated_at", "read_undated"]


def _as_sources(value: object) -> object:
    """One source becomes a list of one; addresses are told from packages by their form."""
    if value is None or isinstance(value, bool | int | float | date):
        raise wrong(
            "not a source", "write https://…, a list of such, or {package:, version:, item:}"
        )
    items = value if isinstance(value, list) else [value]
    return [item if isinstance(item, dict) else {"url": item} for item in items]


class SourceShape(Shape):
    """A web address or a package, one of the two."""

    url: WebAddress | None = None
    package: str | None = None
    version: str = ""
    item: str = ""

    def check(self) -> None:
        """Relations between the keys."""
        if (self.url is None) == (self.package is None):
            raise wrong("not a source", "write https://…, or {package:, version:, item:}")
        if self.package is not None and not self.version:
            raise wrong("a package without its version", "add 'version: …'")


_PACKAGE = {
    "type": "object",
    "properties": {key: {"type": "string"} for key in ("url", "package", "version", "item")},
    "additionalProperties": False,
}
_ONE_SOURCE = {"anyOf": [{"type": "string", "format": "uri"}, _PACKAGE]}
_SOURCES = {"anyOf": [*_ONE_SOURCE["anyOf"], {"type": "array", "items": _ONE_SOURCE}]}
_VALUE = {"type": ["number", "string", "boolean", "array"]}
Sources = Annotated[list[SourceShape], Limits(min_length=1), Before(_as_sources, _SOURCES)]


def _plain(value: object) -> object:
    """A value as it may stand in a fact; mappings and nothing may not."""
    if value is None:
        raise wrong("nothing stands here", "write the value, or 'unknown: true'")
    if isinstance(value, dict):
        raise wrong(
            "a mapping stands here", "write a number, text, true or false, a date or a list"
        )
    return value


def _true_or_choices(value: object) -> object:
    """`unknown: true` for the whole fact, or the open choices of a set."""
    if value is not True and not (
        isinstance(value, list) and all(isinstance(v, str) for v in value)
    ):
        raise wrong(
            "not a way to say unknown", "write 'unknown: true', or the choices that are open"
        )
    return value


_UNKNOWN = {"anyOf": [{"const": True}, {"type": "array", "items": {"type": "string"}}]}


class PastShape(Shape):
    """An earlier value."""

    value: Annotated[Any, Before(_plain, _VALUE)]
    as_of: date
    source: Sources | None = None
    note: str = ""


class SourcedShape(Shape):
    """What every statement says of where it is from, and how far to trust it."""

    source: Sources | None = None
    locator: str = ""
    tier: TierName | None = None
    as_of: date | None = None
    as_of_kind: DateKind | None = None
    retrieved: date | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    note: str = ""


class AccountShape(SourcedShape):
    """What one of several sources that disagree says."""

    value: Annotated[Any, Before(_plain, _VALUE)] = None
    low: Annotated[Any, Before(_plain, _VALUE)] = None
    high: Annotated[Any, Before(_plain, _VALUE)] = None


class EvidenceShape(AccountShape):
    """One fact of a profile."""

    likely: Annotated[Any, Before(_plain, _VALUE)] = None
    unknown: Annotated[Any, Before(_true_or_choices, _UNKNOWN)] = None
    not_applicable: Literal[True] | None = None
    disputed: list[AccountShape] | None = None
    judgement: Annotated[Any, Before(_plain, _VALUE)] = None
    reason: str = ""
    by: Line = ""
    history: list[PastShape] = []
