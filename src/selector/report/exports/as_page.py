"""The page: one file with its script, styles and font inside, that asks nothing of anybody."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from selector.analysis.settled import moved
from selector.domain import words as plain
from selector.domain.criterion import Criterion, ShareMeasure
from selector.report import diagram, live, palette, record, words
from selector.report.axis import tens
from selector.report.exports import Options, given
from selector.report.exports.billed import NOT_KNOWN
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.option import Option
from selector.report.exports.partly import at_least, partly
from selector.report.exports.sources import numbers_of
from selector.report.exports.story import Story
from selector.report.exports.watching import when

SUFFIX = ".html"
NAME = "Web page (HTML): one file with live sliders, for an e-mail"
REASONS = 8  # of the gap between the first two
SHOWN = 5e-4  # of a score: from here on a difference has tenths of a point to show
NOISE = 1e-9
WIDE = 8  # options that a sheet of paper has room for beside each other
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
    bills = _bills(story)
    return {
        "story": story,
        "decision": analysis.decision,
        "axis": ends,
        "how_ranked": f"Ranked by {words.lower_first(_method(story))}. Unknown counts at the "
        "middle of its scale.",
        # What is made of points is the sum's, whichever method ranks.
        "by": "" if is_sum else f"by the weighted sum, not that by {_method(story)}, ",
        "bills": bills,
        "ranges": any(ends for _, _, ends in bills),
        "scored": any(option.score is not None for option in story.ranked) or bool(story.veiled),
        "billed": any(option.monthly for option in story.ranked),
        "often": second is not None and any(o.first is not None for o in story.ranked),
        "unproven": _unproven(story),
        "required": given.required(story),
        "picked": given.picked(story),
        "workload": given.workload(story),
        "priced": given.priced(story),
        "ranking": [_row(o, ends, o.id in story.veiled) for o in story.ranked],
        "model": _model(story),
        "first": first,
        "second": second,
        "gap": story.parting(),
        "reasons": _reasons(story, first, second),
        "sheets": _sheets(len(story.ranked)),
        "key": _key(story),
        "colour": lambda option: palette.css_colour(option.place),
        "matrix": _matrix(story),
        "lists": [row for row in _lists(story) if row[3]],
        "drawing": _markup(diagram.svg(story.reference)) if story.reference else "",
        "day": plain.day,
        "asked": words.asked,
    }


def _method(story: Story) -> str:
    return words.method_name(story.analysis.decision.method)


def _bills(story: Story) -> list[tuple[str, str, str]]:
    """The first month of each option: name, likely amount, least to most where it is a range."""
    if not story.is_billed:
        return []
    rows = []
    bills = story.analysis.cost().alternatives
    found = partly(story)  # those in confidence stand last, and not by what they cost
    found.sort(key=lambda b: (b.option.place + 1) * (b.option.id in story.hidden))
    for bill in found:
        name = bill.option.short + ("" if bill.option.rank else ", knocked out")
        month = bills[bill.option.id].monthly
        ends = ""
        if bill.option.id in story.hidden:
            likely = KEPT_IN_HOUSE
        elif month is not None:
            likely = story.money.whole(month.likely)
            told = story.money.ends(month, is_whole=True)
            ends = told if told != likely else ""
        else:
            likely = ", ".join(filter(None, (at_least(story, bill), NOT_KNOWN)))
        rows.append((name, likely, ends))
    return rows


def _unproven(story: Story) -> list[tuple[str, str]]:
    """Who has still to show what; those who lack the same in one line."""
    same: dict[tuple[str, ...], list[str]] = {}
    for option in story.ranked:
        if option.unproven:
            same.setdefault(option.unproven, []).append(option.short)
    return [(plain.listed(names), plain.listed(list(asked))) for asked, names in same.items()]


def _sheets(count: int) -> list[range]:
    """The options that stand on one sheet of paper beside each other, alike many on each."""
    sheets = max(1, -(-count // WIDE))
    edges = [round(count * n / sheets) for n in range(sheets + 1)]
    return [range(*ends) for ends in pairwise(edges)]


def _key(story: Story) -> str:
    """How the matrix is read."""
    hatched = f"not known or {KEPT_IN_HOUSE}" if story.hidden else "not known"
    told = f"The stronger the colour, the better. Hatched is {hatched}, \u2248 a range."
    is_numbered = story.sources and story.analysis.composed is None  # of stacks, its parts' own
    return f"{told} The small numbers are those of the sources below." if is_numbered else told


def _model(story: Story) -> dict[str, Any]:
    """The sliders' data; none where one's cost is kept in confidence, for it could be computed.

    One option alone stays first whatever is moved, and has none.
    """
    if story.veiled or len(story.ranked) < 2:
        return {}
    analysis = story.analysis
    presets = analysis.decision.criteria.presets
    sets = [(words.preset_name(name), dict(points)) for name, points in presets.items()]
    if moved(analysis):
        sets.insert(0, ("As in this answer", {n: 100 * x for n, x in analysis.shares.items()}))
    return {
        "model": live.model(analysis),
        "base": [analysis.filed_shares[n.id] for n in analysis.decision.criteria.walk()],
        "presets": [{"name": name, "points": points} for name, points in sets],
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
    parts = [r for r in story.between() if abs(r.points) > NOISE]
    parts = [r for r in parts if abs(r.points) >= SHOWN] or parts  # a hair is told as such
    shown = sorted(parts, key=lambda r: -abs(r.points))[:REASONS]
    shown.sort(key=lambda r: -r.points)
    return [
        {
            "points": _signed(r.points),
            "colour": palette.css_colour((first if r.points > 0 else second).place),
            "name": r.leaf.name,
            "told": r.performance,
        }
        for r in shown
    ]


def _signed(share: float) -> str:
    sign = "+" if share > 0 else "\u2212"
    return f"{sign}{plain.points(abs(share))}" if abs(share) >= SHOWN else f"under {sign}0.1"


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
    by = "" if words.is_weighted_sum(story.analysis) else " Reckoned for the weighted sum."
    return [
        ("change", "What would change it", "One weight moved alone, the others in proportion.",
         story.conditions[:LINES]),
        ("figures", "One figure that would change who leads", "One figure changed, all else as it "
         f"is.{by}", story.performance_flips[:LINES]),
        ("find", "What to find out first", by.strip(), story.find_out[:LINES]),
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
