"""The page: one file with its script, styles and font inside, that asks nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from selector.domain import words as plain
from selector.domain.criterion import Criterion, ShareMeasure
from selector.report import diagram, live, palette, record, words
from selector.report.axis import tens
from selector.report.exports import Options
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.option import Option
from selector.report.exports.sources import numbers_of
from selector.report.exports.story import Story
from selector.report.exports.watching import when

SUFFIX = ".html"
NAME = "Web page (HTML): one file with live sliders, for an e-mail"
REASONS = 8  # of the gap between the first two
LINES = 12  # turning points, figures, facts to find out
MOUNT = """
const host = document.getElementById("live");
const data = JSON.parse(document.getElementById("data").textContent);
weigh({ parentElement: host, data, setStateValue() {} });
"""


def made(story: Story, _options: Options) -> bytes:
    """Return the page, UTF-8."""
    script = _script()
    content = _content(story)
    content["style"] = _markup(_style())
    content["script"] = _markup(script)
    if content["model"]:
        content["model"] = _markup(_json(content["model"]))
    content["hashes"] = _markup(f"'sha256-{_hash(script)}'")
    return _template().render(content).encode("utf-8", "replace")  # type: ignore[no-any-return]


@cache
def _template() -> Any:
    import jinja2  # 0.05 s, and only wanted here

    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    text = (files(__package__) / "page.html.j2").read_text(encoding="utf-8")
    return environment.from_string(text)


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  # our own styles and script, and JSON that closes no tag


def _json(value: object) -> str:
    """JSON that can stand inside a script element, whatever people wrote into it."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@cache
def _script() -> str:
    return live.script().replace("export default function weigh", "function weigh") + MOUNT


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@cache
def _style() -> str:
    font = (files("selector.ui") / "served" / "static" / "inter-latin.woff2").read_bytes()
    face = (
        '@font-face { font-family: "Inter"; font-weight: 100 900; '
        f'src: url("data:font/woff2;base64,{base64.b64encode(font).decode()}") format("woff2") }}'
    )
    page = (files(__package__) / "page.css").read_text(encoding="utf-8")
    return f"{face}\n{live.style()}\n{page}\n{diagram.style()}"


def _content(story: Story) -> dict[str, Any]:
    analysis = story.analysis
    is_sum = words.is_weighted_sum(analysis)
    told = [o for o in story.ranked if o.score is not None]
    ends = tens((o.low, o.high) for o in told) if is_sum and told else None
    by_id = {option.id: option for option in story.options}
    first, second = (by_id.get(x) for x in (story.standing.leader, story.standing.second))
    return {
        "story": story,
        "decision": analysis.decision,
        "axis": ends,
        "how_ranked": f"Ranked by {words.method_name(analysis.decision.method).lower()}. Unknown "
        "counts at the middle of its scale.",
        "score_head": "Points of 100" if is_sum else "Score",
        "bills": _bills(story),
        "often": any(option.first is not None for option in story.ranked),
        "often_head": story.often_head,
        "ranking": [_row(o, ends, o.id in story.veiled) for o in story.ranked],
        "model": _model(story),
        "first": first,
        "second": second,
        "gap": plain.points(
            words.ahead(analysis, first.id, second.id) if first and second else 0.0
        ),
        "reasons": _reasons(story, first, second),
        "columns": story.ranked,
        "colour": lambda option: palette.css_colour(option.place),
        "matrix": _matrix(story),
        "lists": [row for row in _lists(story) if row[3]],
        "drawing": _markup(diagram.svg(story.reference)) if story.reference else "",
        "day": plain.day,
    }


def _bills(story: Story) -> list[tuple[str, str, str]]:
    """The first month of each option; those that cannot be chosen are marked."""
    out = {option.short for option in story.out}
    return [
        (f"{name}, knocked out" if name in out else name, likely, ends)
        for name, likely, ends in story.bills
    ]


def _model(story: Story) -> dict[str, Any]:
    """The sliders' data; none where one's cost is kept in confidence, for it could be computed."""
    if story.veiled or not story.ranked:
        return {}
    return {
        "model": live.model(story.analysis),
        "base": [story.analysis.shares[n.id] for n in story.analysis.decision.criteria.walk()],
        "presets": [
            {"name": words.preset_name(name), "points": dict(points)}
            for name, points in story.analysis.decision.criteria.presets.items()
        ],
    }


def _row(option: Option, ends: tuple[int, int] | None, is_veiled: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "option": option, "colour": palette.css_colour(option.place), "at": None, "span": "",
        "first": "" if option.first is None else plain.of_100(option.first),
        "score": KEPT_IN_HOUSE if is_veiled else "",
    }  # fmt: skip
    if option.score is not None:
        row["score"] = f"{option.score:,.4f}"
    if ends and option.score is not None:
        low, high = option.low or 0.0, option.high or 0.0

        def place(score: float) -> float:
            return round((100 * score - ends[0]) / (ends[1] - ends[0]) * 100, 2)

        row |= {
            "at": place(option.score), "from_": place(low),
            "width": round(place(high) - place(low), 2), "score": plain.points(option.score),
            "span": f"{plain.points(low)} to {plain.points(high)}",
        }  # fmt: skip
    return row


def _reasons(story: Story, first: Option | None, second: Option | None) -> list[dict[str, str]]:
    if first is None or second is None:
        return []
    parts = [r for r in story.between() if abs(r.points) >= 5e-4]
    shown = sorted(parts, key=lambda r: -abs(r.points))[:REASONS]
    shown.sort(key=lambda r: -r.points)
    return [
        {
            "points": ("+" if r.points > 0 else "") + plain.points(r.points),
            "colour": palette.css_colour((first if r.points > 0 else second).place),
            "name": r.leaf.name,
            "told": r.performance,
        }
        for r in shown
    ]


def _matrix(story: Story) -> list[dict[str, Any]]:
    analysis = story.analysis
    found = []
    for top in analysis.decision.criteria.criteria:
        weight = sum(analysis.weights[leaf.id] for leaf in top.leaves())
        rows = [_line(story, leaf) for leaf in top.leaves()]
        name = top.name if top.children else ""
        found.append({"name": name, "weight": words.percent(weight), "rows": rows})
    return found


def _line(story: Story, leaf: Criterion) -> dict[str, Any]:
    cells = []
    for option in story.ranked:
        cell = story.cell(option.id, leaf)
        is_known = cell is not None and cell.state in ("value", "not_applicable")
        worth = story.worth(option.id, leaf)
        numbers = numbers_of(cell, story.number_of) if cell else []
        cells.append(
            {
                "text": story.cell_text(option.id, leaf),
                "heat": round(100 * max(0.0, min(1.0, worth)), 1)
                if is_known and worth is not None
                else None,
                "kind": "confidential" if cell is None else cell.state,
                "sources": ",".join(map(str, numbers[:3])),
            }
        )
    return {
        "name": leaf.name,
        "unit": "" if isinstance(leaf.measure, ShareMeasure) else leaf.unit,
        "weight": f"{100 * story.analysis.weights[leaf.id]:.1f}\u00a0%",
        "cells": cells,
    }


def _lists(story: Story) -> list[tuple[str, str, str, list[str]]]:
    return [
        ("change", "What would change it", "One weight moved alone, the others in proportion.",
         story.conditions[:LINES]),
        ("figures", "One figure that would take the lead", "One figure otherwise, all else as it "
         "is.", story.performance_flips[:LINES]),
        ("find", "What to find out first", "", story.find_out[:LINES]),
        ("imply", "What the weights imply", "What the whole step would be worth paying. Too much? "
         "Then cost weighs too little.", story.implied[:LINES]),
        ("again", "When to look again", "", when(story)),
        ("stands", "Where the decision stands", "", record.standing(story.analysis)),
        ("approved", "Who approved", "", story.approvals),
        ("parts", "The architecture around the choice", "",
         story.architecture.lines() if story.architecture else []),
        ("log", "Who set what, when and why", "", story.changes),
        ("know", "To know when reading this", "", list(story.warnings)),
    ]  # fmt: skip
