"""The whole answer as data."""

from __future__ import annotations

import json
from typing import Any

from selector.report import record
from selector.report.exports import Options
from selector.report.exports.as_csv import rows
from selector.report.exports.story import Story

SUFFIX = ".json"
NAME = "Data (JSON): the whole answer, for programs"


def made(story: Story, _options: Options) -> bytes:
    """Return the answer as JSON, UTF-8."""
    return (json.dumps(data(story), indent=1, ensure_ascii=False, default=str) + "\n").encode()


def data(story: Story) -> dict[str, Any]:
    """Return the answer as plain data; the shape stands in schema/export.json."""
    analysis, found = story.analysis, story.robustness
    decision = analysis.decision
    flip = found.closest_flip
    return {
        "decision": decision.id,
        "title": decision.title,
        "question": decision.question,
        "version": analysis.version,
        "as_of": story.day.isoformat(),
        "method": decision.method,
        "redacted": story.is_redacted,
        "link": story.link,
        "record": _record(story),
        "answer": {
            "headline": story.headline,
            "recommendation": story.recommendation,
            "sure": story.sure,
            "conditions": story.conditions,
            "find_out": story.find_out,
        },
        "ranking": [
            {
                "alternative": o.id, "name": o.name, "rank": o.rank, "score": o.score,
                "low": o.low, "high": o.high, "first": o.first, "monthly": o.monthly,
                "unproven": list(o.unproven),
            }
            for o in story.ranked
        ],
        "excluded": [
            {
                "alternative": row.alternative, "name": row.name,
                "requirement": row.requirement, "reason": row.reason, "why": row.why,
            }
            for option in story.out for row in option.knocked_out
        ],
        "weights": analysis.weights,
        "groups": analysis.group_weights,
        "matrix": rows(story),
        "robustness": {
            "samples": found.samples,
            "seed": found.seed,
            "weighting": str(found.weighting),
            "rank_acceptability": {a: list(r) for a, r in found.rank_acceptability.items()},
            "stability": {name: row._asdict() for name, row in found.stability.items()},
            "closest_flip": None if flip is None else flip._asdict(),
            "worth_finding_out": [row._asdict() for row in found.worth_finding_out],
        },
        "risks": [risk._asdict() for risk in story.risks],
        "sources": [source._asdict() for source in story.sources],
        "warnings": story.warnings,
    }  # fmt: skip


def _record(story: Story) -> dict[str, Any]:
    """What the record says beside the answer; notes and figures not where some are confidential."""
    said = story.analysis.decision.record
    left_out = {"note": "", "before": "", "now": "", "why": ""} if story.hidden else {}
    drawn = story.architecture
    return {
        "status": record.status(story.analysis),
        "approved": [
            {k: v for k, v in (row._asdict() | left_out).items() if k in _APPROVAL}
            for row in said.approved
        ],
        "supersedes": list(said.supersedes),
        "superseded_by": said.superseded_by,
        "caution": record.caution(story.analysis),
        "architecture": None if drawn is None else {
            "parts": dict(drawn.parts),
            "links": [
                {"from": link.source, "to": link.target, "carries": link.carries}
                for link in drawn.links
            ],
            "mermaid": record.mermaid(drawn),
        },
        "changes": [
            {k: v for k, v in (row._asdict() | left_out).items() if k in _ENTRY}
            for row in said.changes
        ],
    }  # fmt: skip


_APPROVAL = ("by", "on", "role", "version", "note")
_ENTRY = ("on", "by", "what", "before", "now", "why")
_TEXT, _NUMBER, _WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}
_MAYBE = {"type": ["number", "null"]}
_TEXTS = {"type": "array", "items": _TEXT}
_NUMBERS = {"type": "object", "additionalProperties": _NUMBER}


def _rows(**columns: Any) -> dict[str, Any]:
    row = {"type": "object", "properties": columns, "required": list(columns)}
    return {"type": "array", "items": row}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the data."""
    parts: dict[str, Any] = {
        "decision": _TEXT, "title": _TEXT, "question": _TEXT, "version": _TEXT,
        "as_of": {"type": "string", "format": "date"}, "method": _TEXT,
        "redacted": {"type": "boolean"}, "link": _TEXT,
        "record": {
            "type": "object",
            "properties": {
                "status": _TEXT, "approved": _rows(**dict.fromkeys(_APPROVAL, _TEXT)),
                "supersedes": _TEXTS, "superseded_by": _TEXT, "caution": _TEXT,
                "architecture": {
                    "type": ["object", "null"],
                    "properties": {
                        "parts": {"type": "object", "additionalProperties": _TEXT},
                        "links": _rows(**{"from": _TEXT, "to": _TEXT, "carries": _TEXT}),
                        "mermaid": _TEXT,
                    },
                    "required": ["parts", "links", "mermaid"],
                },
                "changes": _rows(**dict.fromkeys(_ENTRY, _TEXT)),
            },
            "required": ["status", "approved", "supersedes", "superseded_by", "caution",
                         "architecture", "changes"],
        },
        "answer": {
            "type": "object",
            "properties": {"headline": _TEXT, "recommendation": _TEXT, "sure": _TEXT,
                           "conditions": _TEXTS, "find_out": _TEXTS},
            "required": ["headline", "recommendation", "sure", "conditions", "find_out"],
        },
        "ranking": _rows(alternative=_TEXT, name=_TEXT, rank=_WHOLE, score=_MAYBE, low=_MAYBE,
                         high=_MAYBE, first=_MAYBE, monthly=_TEXT, unproven=_TEXTS),
        "excluded": _rows(alternative=_TEXT, name=_TEXT, requirement=_TEXT, reason=_TEXT,
                          why=_TEXT),
        "weights": _NUMBERS, "groups": _NUMBERS,
        "matrix": _rows(alternative=_TEXT, criterion=_TEXT, weight=_NUMBER, state=_TEXT,
                        performance=_TEXT, low=_MAYBE, high=_MAYBE, unit=_TEXT),
        "robustness": {
            "type": "object",
            "properties": {
                "samples": _WHOLE, "seed": _WHOLE, "weighting": _TEXT,
                "rank_acceptability": {
                    "type": "object", "additionalProperties": {"type": "array", "items": _NUMBER},
                },
                "stability": {"type": "object"}, "closest_flip": {"type": ["object", "null"]},
                "worth_finding_out": _rows(alternative=_TEXT, criterion=_TEXT, chance=_NUMBER),
            },
            "required": ["samples", "seed", "rank_acceptability", "stability"],
        },
        "risks": _rows(cause=_TEXT, effect=_TEXT, control=_TEXT, function=_TEXT, owner=_TEXT),
        "sources": _rows(number=_WHOLE, name=_TEXT, url=_TEXT),
        "warnings": _TEXTS,
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Selector export",
        "type": "object",
        "properties": parts,
        "required": list(parts),
    }
