"""The whole answer as data."""

from __future__ import annotations

import json
from typing import Any

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
            for row in analysis.excluded
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
        "warnings": analysis.warnings,
    }  # fmt: skip
