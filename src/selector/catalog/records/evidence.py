"""Facts: from their shape to `Evidence`, checked against the dictionary."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.shapes._shape import as_day
from selector.catalog.shapes.evidence import (
    AccountShape,
    EvidenceShape,
    PastShape,
    SourcedShape,
    SourceShape,
)
from selector.catalog.shapes.facts import FactsFile
from selector.domain.evidence import Evidence, PastValue, Scalar, Source
from selector.domain.fact import Dictionary, FactDefinition

Where = tuple[object, ...]


def dictionary_record(shape: FactsFile) -> dict[str, FactDefinition]:
    """The dictionary of facts by id."""
    return {
        fact_id: FactDefinition(
            fact_id,
            fact.name,
            fact.type,
            fact.unit,
            fact.min,
            fact.max,
            tuple(fact.levels),
            fact.choices,
            fact.shelf_life_days,
            fact.find,
            fact.group,
            fact.zero,
        )
        for fact_id, fact in shape.facts.items()
    }


def facts_record(
    document: Document, where: Where, facts: Mapping[str, EvidenceShape], dictionary: Dictionary
) -> dict[str, Evidence]:
    """The facts at the place `where` of a file; problems are noted in the document."""
    records = {}
    for fact_id, shape in facts.items():
        definition = dictionary.get(fact_id)
        if definition is None:
            document.complain(
                (*where, fact_id), *unknown_name("fact", fact_id, dictionary), key=True
            )
            continue
        records[fact_id] = EvidenceCheck(document, (*where, fact_id), definition).record(shape)
    return records


class EvidenceCheck:
    """Checks one statement against its definition while it becomes a record."""

    def __init__(self, document: Document, where: Where, definition: FactDefinition) -> None:
        self.document = document
        self.where = where
        self.definition = definition

    def complain(self, what: str, instead: str, *below: object) -> None:
        """Note a problem of this statement, or of what is `below` it."""
        self.document.complain((*self.where, *below), f"{self.definition.id}: {what}", instead)

    def record(self, shape: EvidenceShape) -> Evidence:
        """A fact of a profile."""
        self._check_state(shape)
        accounts: tuple[Evidence, ...] = ()
        for index, account in enumerate(shape.disputed or []):
            check = EvidenceCheck(self.document, (*self.where, "disputed", index), self.definition)
            accounts += (check.account(account),)
            if account.value is None and account.low is None and account.high is None:
                check.complain("a source that says nothing", "add the value that it gives")
        if shape.unknown is True:
            return self.evidence(shape, "unknown")
        if shape.not_applicable:
            return self.evidence(shape, "not_applicable")
        if shape.disputed is not None:
            if len(accounts) < 2:
                self.complain(
                    "disputed by fewer than two", "list what each source says", "disputed"
                )
            return self.evidence(shape, "disputed", accounts=accounts)
        if shape.judgement is not None:
            value = self.value(shape.judgement, "judgement")
            return self.judged(shape, value, shape.reason, shape.by)
        likely = None if shape.likely is None else self.value(shape.likely, "likely")
        evidence = self.account(shape, likely=likely)
        if isinstance(shape.unknown, list):
            self._check_open(shape.unknown, evidence.value)
            evidence = self.evidence(
                shape, "value", value=evidence.value, open_choices=tuple(shape.unknown)
            )
        return evidence

    def _check_state(self, shape: EvidenceShape) -> None:
        ways = {
            "a value or range": shape.value is not None or shape.low is not None,
            "unknown": shape.unknown is True,
            "not_applicable": shape.not_applicable is True,
            "disputed": shape.disputed is not None,
            "judgement": shape.judgement is not None,
        }
        given = [way for way, is_given in ways.items() if is_given]
        if len(given) > 1:
            self.complain(f"both {given[0]} and {given[1]}", "say one of the two")
        if not given and not isinstance(shape.unknown, list) and shape.high is None:
            self.complain("no value", "give value, or low and high, or 'unknown: true' with a note")

    def account(self, shape: AccountShape, likely: Any = None) -> Evidence:
        """A value or range with its source and date."""
        value = None if shape.value is None else self.value(shape.value, "value")
        low = None if shape.low is None else self.value(shape.low, "low")
        high = None if shape.high is None else self.value(shape.high, "high")
        if (low is None) != (high is None):
            missing = "low" if low is None else "high"
            self.complain(f"a range without {missing!r}", f"add '{missing}: …'")
        if low is not None and self.definition.type not in ("number", "level"):
            self.complain(f"a range of type {self.definition.type}", "give one value", "low")
        elif low is not None and high is not None:
            self._check_order({"low": low, "likely": likely, "value": value, "high": high})
        elif likely is not None:
            self.complain("'likely' without a range", "add low and high", "likely")
        if value is not None or low is not None:
            self._check_sourced(shape)
        return self.evidence(shape, "value", value=value, low=low, high=high, likely=likely)

    def sourced(self, shape: SourcedShape, value: Any) -> Evidence:
        """A value of which it must be said where it is from."""
        self._check_sourced(shape)
        return self.evidence(shape, "value", value=value)

    def judged(self, shape: SourcedShape, value: Any, reason: str, by: str) -> Evidence:
        """A judgement: a value with its reason and author instead of a source."""
        for key, given in (("reason", reason), ("by", by)):
            if not given:
                self.complain(f"a judgement without {key!r}", f"add '{key}: …'")
        self._check_day(shape)
        return self.evidence(shape, "value", value=value, is_judgement=True, reason=reason, by=by)

    def _check_sourced(self, shape: SourcedShape) -> None:
        if not shape.source:
            self.complain("no source", "add 'source: https://…', or mark it unknown")
        self._check_day(shape)

    def _check_day(self, shape: SourcedShape) -> None:
        if shape.as_of is None:
            self.complain("no date", "add 'as_of: year-month-day'")
        elif shape.retrieved is not None and shape.retrieved < shape.as_of:
            self.complain(
                "retrieved before its own date", "correct as_of or retrieved", "retrieved"
            )

    def _check_order(self, named: dict[str, Any]) -> None:
        given = [(name, value) for name, value in named.items() if value is not None]
        levels = self.definition.levels
        places = [
            levels.index(value) if isinstance(value, str) and value in levels else value
            for _, value in given
        ]
        if not all(isinstance(place, int | float) for place in places):
            return
        last, top = given[-1], places[-1]
        for (name, value), place in zip(given[:-1], places[:-1], strict=True):
            if place > top or (name != "low" and place < places[0]):
                self.complain(
                    f"{name} ({value}) lies outside {given[0][1]} to {last[1]}",
                    "low, likely and high should rise",
                    name,
                )

    def _check_open(self, choices: list[str], value: object) -> None:
        if not choices:
            self.complain("an empty list of what is unknown", "name the choices", "unknown")
        if self.definition.type != "set":
            self.complain(
                "a list of what is unknown", "only a set has parts that are open", "unknown"
            )
            return
        for index, choice in enumerate(choices):
            if choice not in self.definition.choices:
                what, instead = unknown_name("choice", choice, self.definition.choices)
                self.complain(what, instead, "unknown", index)
            elif isinstance(value, tuple) and choice in value:
                self.complain(f"{choice!r} is both known and unknown", "keep one", "unknown", index)

    def value(self, value: object, *below: object) -> Any:
        """The value if it fits the fact's type and bounds; else a problem is noted."""
        definition = self.definition
        if definition.type == "number":
            if isinstance(value, bool) or not isinstance(value, int | float):
                self.complain(f"{_shown(value)} is not a number", self.wanted(), *below)
                return None
            low, high = definition.minimum, definition.maximum
            if (low is not None and value < low) or (high is not None and value > high):
                bounds = f"{_end(low)} to {_end(high)}"
                self.complain(
                    f"{value} lies outside {bounds}", f"the fact's bounds are {bounds}", *below
                )
            return float(value)
        if definition.type == "set" and isinstance(value, list):
            for index, choice in enumerate(value):
                if choice not in definition.choices:
                    what, instead = unknown_name("choice", str(choice), definition.choices)
                    self.complain(what, instead, *below, index)
            return tuple(value)
        if definition.type == "level" and isinstance(value, str) and value in definition.levels:
            return value
        if definition.type == "date":
            value = as_day(value)
        kinds: dict[str, type] = {"boolean": bool, "text": str, "date": date}
        if definition.type in kinds and isinstance(value, kinds[definition.type]):
            return value
        self.complain(f"{_shown(value)} is not a {definition.type}", self.wanted(), *below)
        return None

    def wanted(self) -> str:
        """What would be right for this fact."""
        definition = self.definition
        return {
            "number": "write a number" + (f" in {definition.unit}" if definition.unit else ""),
            "boolean": "write true or false",
            "level": f"write one of {', '.join(definition.levels)}",
            "set": f"write a list of {', '.join(list(definition.choices)[:12])}",
            "text": "write text; put it in quotes if it looks like a number or date",
            "date": "write a date as year-month-day",
        }[definition.type]

    def evidence(self, shape: SourcedShape, state: Any, **known: Any) -> Evidence:
        """The record, with where it is from; a confidence that cannot be is noted."""
        weak = shape.as_of_kind == "read_undated" or shape.tier == "third_party"
        if weak and shape.confidence == "high":
            why = "undated" if shape.as_of_kind == "read_undated" else "a third party's"
            self.complain(f"high confidence, though {why}", "write medium or low", "confidence")
        history = shape.history if isinstance(shape, EvidenceShape) else []
        return Evidence(
            state,
            **known,
            sources=sources_of(shape.source),
            locator=shape.locator,
            tier=shape.tier,
            as_of=shape.as_of,
            as_of_kind=shape.as_of_kind,
            retrieved=shape.retrieved,
            confidence=shape.confidence or "medium",
            note=shape.note,
            history=tuple(self._past(past, index) for index, past in enumerate(history)),
            origin=self.document.origin(*self.where),
        )

    def _past(self, shape: PastShape, index: int) -> PastValue:
        value: Scalar | tuple[str, ...] = self.value(shape.value, "history", index, "value")
        return PastValue(value, shape.as_of, sources_of(shape.source))


def sources_of(shapes: list[SourceShape] | None) -> tuple[Source, ...]:
    """The sources that stand in a file; none where nothing stands there."""
    return tuple(
        Source(url=s.url or "", package=s.package or "", version=s.version, item=s.item)
        for s in shapes or []
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "…"


def _end(bound: float | None) -> str:
    return "any" if bound is None else f"{bound:g}"
