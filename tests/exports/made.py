"""Decisions to export: the shipped ones, a small one, a very large one, and a hostile one."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import selector
from selector.analysis import Analysis
from selector.report.exports import Options, formats
from selector.report.exports.story import Story

SHIPPED = ("support-assistant", "regulated-documents", "coding-assistant", "high-volume-chat")
OPTIONS = Options()
RATE = 1.25  # US dollars for one euro
DAY = date(2026, 11, 24)
SMALL: dict[str, Any] = {
    "id": "small",
    "title": "Small",
    "criteria": [
        {"id": "speed", "name": "Speed", "unit": "ms", "goal": "min", "weight": 2},
        {"id": "care", "name": "Care", "weight": 1, "value": {"worst": 0, "best": 10}},
    ],
    "alternatives": [
        {"id": "a", "name": "A", "performance": {"speed": 100, "care": [5, 9]}},
        {"id": "b", "name": "B", "performance": {"speed": 200, "care": None}},
        {"id": "c", "name": "C", "performance": {"speed": 150, "care": 1}},
    ],
    "requirements": [{"criterion": "care", "at_least": 2, "reason": "nobody would use it"}],
    "as_of": DAY,
}
LONG = (
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen GmbH",
    "日本語の非常に長い名前を持つプラットフォームサービス東京リージョン標準プラン、そしてさらに長い説明文字列です",
    "منصة الذكاء الاصطناعي ذات الاسم الطويل جدا في منطقة الشرق الأوسط",
)
HOSTILE = (
    "=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(1+1)*cmd", "<script>alert(1)</script>",
    "</title></script><img src=x onerror=alert(1)>", "&lt;b&gt; &amp; &#60;", "]]> <![CDATA[x",
    "{{ 7 * 7 }} {% raw %}", "`code` | cell | [x](javascript:alert(1))", "' OR 1=1 --", "x" * 190,
    "\ufffe\uffff no characters",
)  # fmt: skip


def loaded(data: dict[str, Any], folder: Path) -> Analysis:
    """The analysis of a decision given as plain data."""
    path = folder / f"{data['id']}.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return selector.analyse(selector.load(path))


@cache
def shipped(name: str) -> Story:
    """The story of a shipped decision."""
    return Story(selector.analyse(selector.load(name)))


@cache
def export(name: str, suffix: str) -> bytes:
    """An export of a shipped decision."""
    return formats()[suffix].made(shipped(name), OPTIONS)


def large() -> dict[str, Any]:
    """20 alternatives by 40 criteria with long names in three scripts."""
    criteria = [
        {"id": f"g{g}", "name": f"{LONG[g % 3][:40]} {g}", "weight": g + 1, "children": [
            {"id": f"c{g}-{i}", "name": f"{LONG[i % 3][:56]} {g}.{i}", "weight": i + 1,
             "unit": "Einheiten je Monat", "value": {"worst": 0, "best": 100}}
            for i in range(8)
        ]}
        for g in range(5)
    ]  # fmt: skip
    leaves = [leaf["id"] for group in criteria for leaf in group["children"]]  # type: ignore[attr-defined]
    return {
        "id": "large", "title": LONG[0] + " " + LONG[1], "question": LONG[2] * 2, "as_of":
        DAY, "criteria": criteria,
        "alternatives": [
            {"id": f"a{n}", "name": f"{LONG[n % 3][:58]} {n}, {LONG[(n + 1) % 3][:50]}",
             "performance": {leaf: (37 * n + 11 * k) % 101 if (n + k) % 9 else None
                             for k, leaf in enumerate(leaves)}}
            for n in range(20)
        ],
    }  # fmt: skip


def hostile() -> dict[str, Any]:
    """Formulas, markup and code in every field that people write."""
    bad = iter(HOSTILE * 5)
    return {
        "id": "hostile", "title": next(bad), "question": next(bad), "as_of": DAY,
        "criteria": [
            {"id": f"c{n}", "name": text, "unit": HOSTILE[n % 4], "question": HOSTILE[-n - 1],
             "weight": n + 1, "value": {"worst": 0, "best": 10}}
            for n, text in enumerate(HOSTILE)
        ],
        "alternatives": [
            {"id": f"a{n}", "name": text, "note": HOSTILE[-n - 1],
             "cost": {"monthly": {"value": 10 * n + 5, "reason": HOSTILE[n]}},
             "performance": {f"c{k}": (n * k) % 11 for k in range(len(HOSTILE))}}
            for n, text in enumerate(HOSTILE)
        ],
        "requirements": [{"criterion": "c1", "at_least": 1, "reason": HOSTILE[4]}],
        "stakeholders": [{"name": HOSTILE[0], "weights": {"c0": 50}}],
        "approved": [{"by": HOSTILE[4], "role": HOSTILE[0], "note": HOSTILE[6], "on": DAY}],
        "changes": [{"by": HOSTILE[5], "what": HOSTILE[1], "why": HOSTILE[7], "on": DAY}],
        "workload": {"requests_per_month": 1000, "months": 3, "growth_per_month": 0.1},
    }  # fmt: skip


def decided(currency: bool, scale: dict[str, Any] | None = None) -> dict[str, Any]:
    """A decision by bills of 2,000 and 1,000 to 1,500 US dollars; one is knocked out by its own."""
    price = {"id": "price", "name": "Monthly cost", "measure": {"cost": "monthly"}, "goal": "min",
             "unit": "USD per month", "weight": 2}  # fmt: skip
    business = {"currency": {"code": "EUR", "usd": RATE, "as_of": DAY}} if currency else {}
    bills = {"a": 2000, "b": [1000, 1500], "c": 9000, "d": 3500}
    return {
        "id": "money", "title": "Money", "as_of": DAY,
        "criteria": [
            price | ({"value": scale} if scale else {}),
            {"id": "care", "name": "Care", "weight": 1, "value": {"worst": 0, "best": 10}},
        ],
        "alternatives": [
            {"id": x, "name": x.upper(), "performance": {"care": care},
             "cost": {"monthly": {"value": bills[x], "reason": "a quote"}}}
            for x, care in (("a", 9), ("b", 3), ("c", 5), ("d", [2, 8]))
        ],
        "requirements": [{"criterion": "price", "at_most": 5000}],
        "workload": {"requests_per_month": 1000}, "business": business,
    }  # fmt: skip
