"""A round's results as plain data: names of participants only where the room shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from selector.domain.outcome import Ranked
from selector.workshop import wording
from selector.workshop.results.records import First, Results

Data = dict[str, Any]


def to_json(found: Results) -> Data:
    """The results as data."""
    said = {one.id: one for one in found.weighed}
    figures = ("mean", "median", "low", "high")
    return {
        "round": found.round,
        "participants": found.participants,
        "without_opinion": found.without_opinion,
        "proxies": found.proxies,
        "headline": wording.headline(found),
        "weights": {
            figure: {name: getattr(one, figure) for name, one in said.items()} for figure in figures
        },
        "group": dict(found.shares),
        "criteria": [
            {
                **one._asdict(),
                "verdict": wording.verdict(found, one),
                "reason": wording.reason(found, one),
            }
            for one in found.weighed
        ],
        "talk": list(found.talk),
        "calm": list(found.calm),
        "ranking": _ranking(found.ranking),
        "by_median": _ranking(found.by_median),
        "firsts": {first.alternative: first.people for first in found.firsts},
        "first": _firsts(found.firsts),
        "kendall_w": found.kendall_w,
        "consensus": wording.consensus(found),
        "agreement": {**found.consensus._asdict(), "words": wording.agreement(found)},
        "matters": {name: one.matters for name, one in said.items()},
        "camps": [
            {
                "size": len(camp.members),
                "ballots": list(camp.members),
                "firsts": dict(camp.firsts),
                "apart": [row._asdict() for row in camp.apart],
            }
            for camp in found.camps
        ],
        "silhouette": found.silhouette,
        "minority": [
            {**one._asdict(), "apart": [row._asdict() for row in one.apart]}
            for one in found.minority
        ],
        "splits": [
            {
                "role": split.role,
                "ballots": split.ballots,
                "opinions": split.opinions,
                "medians": dict(split.medians),
                "firsts": {first.alternative: first.people for first in split.firsts},
                "ranking": _ranking(split.ranking),
            }
            for split in found.splits
        ],
        "scores": {
            "cells": [cell._asdict() for cell in found.scores.cells],
            "without": _ranking(found.scores.without),
        },
        "gut": _gut(found),
        "movement": _movement(found),
        "ballots": [
            {
                **({"name": row.name} if found.is_named else {}),
                "weights": dict(row.shares),
                "ranking": [placed._asdict() for placed in row.ranking],
                "gut_ranking": list(row.gut_ranking),
            }
            for row in found.rows
        ],
        "names": dict(found.names),
        "short": dict(found.short),
        "words": wording.sentences(found),
        "warnings": [*dict.fromkeys(notice.text for notice in found.notices)],
    }


def _ranking(rows: Sequence[Ranked]) -> list[Data]:
    return [
        {**row._asdict(), "unproven_requirements": list(row.unproven_requirements)} for row in rows
    ]


def _firsts(rows: Sequence[First]) -> list[Data]:
    return [row._asdict() for row in rows]


def _gut(found: Results) -> Data | None:
    if found.gut is None:
        return None
    return {**found.gut._asdict(), "ranking": [row._asdict() for row in found.gut.ranking]}


def _movement(found: Results) -> Data | None:
    if found.movement is None:
        return None
    changes = ("medians", "ranks", "firsts")
    return {
        **found.movement._asdict(),
        **{
            key: {name: change._asdict() for name, change in getattr(found.movement, key).items()}
            for key in changes
        },
        "kendall_w": found.movement.kendall_w._asdict(),
    }
