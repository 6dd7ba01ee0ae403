"""The shape of a round's results as JSON; it stands in schema/round.json."""

from __future__ import annotations

from typing import Any, get_args

from selector.workshop.results.records import Level

_TEXT, _NUMBER, _WHOLE, _YES = (
    {"type": name} for name in ("string", "number", "integer", "boolean")
)
_MAYBE, _MAYBE_TEXT = {"type": ["number", "null"]}, {"type": ["string", "null"]}
_SHARE = {"type": ["number", "null"], "minimum": 0, "maximum": 1}


def _row(**columns: Any) -> dict[str, Any]:
    return {"type": "object", "properties": columns, "required": list(columns)}


def _rows(**columns: Any) -> dict[str, Any]:
    return {"type": "array", "items": _row(**columns)}


def _list(item: Any) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _map(item: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": item}


def _or_null(shape: dict[str, Any]) -> dict[str, Any]:
    return shape | {"type": [shape["type"], "null"]}


_RANKING = _rows(
    alternative=_TEXT, name=_TEXT, rank=_WHOLE, score=_NUMBER, low=_NUMBER, high=_NUMBER,
    unproven=_YES,
)  # fmt: skip
_APART = _rows(criterion=_TEXT, weight=_NUMBER, others=_NUMBER)
_CHANGE = _row(before=_MAYBE, now=_MAYBE)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `to_json` gives."""
    parts: dict[str, Any] = {
        "round": _WHOLE, "participants": _WHOLE, "without_opinion": _WHOLE, "proxies": _WHOLE,
        "headline": _TEXT,
        "weights": _row(**{name: _map(_SHARE) for name in ("mean", "median", "low", "high")}),
        "group": _map(_SHARE),
        "criteria": _rows(
            id=_TEXT, name=_TEXT, parent=_TEXT, opinions=_WHOLE, mean=_SHARE, median=_SHARE,
            lower=_SHARE, upper=_SHARE, low=_SHARE, high=_SHARE, weight=_SHARE, stable_low=_NUMBER,
            stable_high=_NUMBER, below=_MAYBE_TEXT, above=_MAYBE_TEXT, past=_WHOLE, matters=_YES,
            is_pressing=_YES, verdict=_TEXT, reason=_TEXT,
        ),
        "talk": _list(_TEXT), "calm": _list(_TEXT),
        "ranking": _RANKING, "by_median": _RANKING,
        "firsts": _map(_NUMBER),
        "first": _rows(alternative=_TEXT, name=_TEXT, people=_NUMBER, alone=_WHOLE, level=_WHOLE),
        "kendall_w": _SHARE, "consensus": _TEXT,
        "agreement": _row(
            level={"enum": list(get_args(Level))}, kendall_w=_SHARE, agreement=_NUMBER,
            leader=_TEXT, lead=_NUMBER, wanted_lead=_NUMBER, words=_TEXT,
        ),
        "matters": _map(_YES),
        "camps": _rows(size=_WHOLE, ballots=_list(_WHOLE), firsts=_map(_NUMBER), apart=_APART),
        "silhouette": _MAYBE,
        "minority": _rows(
            alternative=_TEXT, chosen=_TEXT, people=_WHOLE, loss=_NUMBER, most_loss=_NUMBER,
            apart=_APART,
        ),
        "splits": _rows(
            role=_TEXT, ballots=_WHOLE, opinions=_WHOLE, medians=_map(_SHARE),
            firsts=_map(_NUMBER), ranking=_RANKING,
        ),
        "scores": _row(
            cells=_rows(
                alternative=_TEXT, leaf=_TEXT, opinions=_WHOLE, mean=_SHARE, low=_SHARE,
                high=_SHARE, before=_NUMBER,
            ),
            without=_RANKING,
        ),
        "gut": _or_null(_row(
            people=_WHOLE, compared=_WHOLE, same=_WHOLE,
            ranking=_rows(
                alternative=_TEXT, name=_TEXT, mean_place=_NUMBER, firsts=_WHOLE, rank=_WHOLE,
            ),
        )),
        "movement": _or_null(_row(
            since=_WHOLE, medians=_map(_CHANGE), ranks=_map(_CHANGE), firsts=_map(_CHANGE),
            kendall_w=_CHANGE, both=_WHOLE, moved=_WHOLE, turned=_WHOLE, joined=_WHOLE, left=_WHOLE,
        )),
        "ballots": _rows(
            weights=_map(_SHARE), ranking=_rows(alternative=_TEXT, rank=_WHOLE, score=_NUMBER),
            gut_ranking=_list(_TEXT),
        ),
        "names": _map(_TEXT), "short": _map(_TEXT),
        "words": _row(
            agreement=_TEXT,
            **{part: _list(_TEXT) for part in ("movement", "minority", "gut", "camps", "scores")},
        ),
        "warnings": _list(_TEXT),
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Results of a workshop's round",
        "type": "object",
        "properties": parts,
        "required": list(parts),
    }
