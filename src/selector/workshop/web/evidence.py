"""What is known of the alternatives on what is asked, in words, for the pages of phones."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.domain.decision import Decision
from selector.domain.evidence import Evidence, Source
from selector.domain.fact import FactDefinition
from selector.report.asking import choice
from selector.report.facts import DATED, TIERS, called, value_text
from selector.report.words import labels, with_unit
from selector.workshop.errors import Refused

Data = dict[str, Any]


@lru_cache(512)
def evidence(analysis: Analysis, criterion: str) -> Data:
    """What each alternative does on the leaves of a criterion; for a leaf, the facts beneath too.

    A room's decision never changes, so that this is made once. Refused 404 for an unknown one.
    """
    node = next((n for n in analysis.decision.criteria.walk() if n.id == criterion), None)
    if node is None:
        raise Refused(404, "There is no criterion of this name in this room.")
    leaves = [_leaf(analysis, leaf, has_facts=not node.children) for leaf in node.leaves()]
    return {"id": node.id, "name": node.name, "leaves": leaves}


def _leaf(analysis: Analysis, leaf: Criterion, *, has_facts: bool) -> Data:
    """One leaf: its step from worst to best, and a row for each alternative."""
    called_ = labels(analysis.decision)
    rows = []
    for alternative in analysis.alternatives:
        cell = analysis.cell(alternative.id, leaf.id)
        row: Data = {
            "alternative": called_[alternative.id].short,
            "value": with_unit(cell, leaf),
            "known": cell.state != "unknown",
        }
        if has_facts:
            told = cell.facts.items()
            row["facts"] = [_fact(analysis.decision, fact, each) for fact, each in told]
            row["note"] = cell.note
        rows.append(_told(row) | {"known": row["known"]})
    return {
        "id": leaf.id,
        "name": leaf.name,
        "step": choice(analysis, leaf).step,
        "facts": any(analysis.cell(a.id, leaf.id).facts for a in analysis.alternatives),
        "rows": rows,
    }


def _fact(decision: Decision, fact: str, known: Evidence) -> Data:
    """One fact: what it says, and where, when and how well that is known."""
    definition = decision.dictionary.get(fact)
    accounts = [_account(account, definition, decision.day) for account in known.accounts]
    told = {"name": definition.name if definition else fact, "note": known.note}
    return _told(_account(known, definition, decision.day) | told | {"accounts": accounts})


def _account(known: Evidence, definition: FactDefinition | None, today: date) -> Data:
    said = value_text(known, definition)
    why = f"judgement{f' by {known.by}' if known.by else ''}: {known.reason}"
    trust = [TIERS[known.tier]] if known.tier else []
    if known.state in ("value", "disputed"):
        trust.append(f"{known.confidence} confidence")
        is_open = known.sources or known.locator or known.is_judgement or known.accounts
        if not is_open:
            trust.append("no source")
    return _told(
        {
            "value": said,
            "why": why if known.is_judgement else "",
            "sources": [_source(source) for source in known.sources],
            "where": known.locator,
            "when": _when(known, definition, today),
            "trust": ", ".join(trust),
        }
    )


def _told(data: Data) -> Data:
    """The same without what says nothing, for the page is to be light."""
    return {key: value for key, value in data.items() if value}


def _source(source: Source) -> Data:
    is_web = source.url.startswith(("https://", "http://"))
    return {"name": called(source), "url": source.url if is_web else ""}


def _when(known: Evidence, definition: FactDefinition | None, today: date) -> str:
    """What the date of a fact means, and whether it is past its shelf life."""
    if known.as_of is None:
        return ""
    told = f"{DATED.get(known.as_of_kind or '', 'as of')} {plain.day(known.as_of)}"
    if definition and definition.is_stale(known.as_of, today):
        return f"{told}, past its {definition.shelf_life_days} days"
    return told
