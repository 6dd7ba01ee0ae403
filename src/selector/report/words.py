"""What an analysis says, in sentences and short labels: the same in the app and every export."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from selector.analysis import Analysis
from selector.domain import words
from selector.domain.criterion import Criterion, ShareMeasure
from selector.domain.decision import Decision
from selector.domain.levels import TRUTH, level_names
from selector.domain.performance import Cell
from selector.mcda.methods._contract import method

LEVEL = 1e-12  # scores closer than this are equal
PROPER = frozenset({"Helm", "Kafka", "Kubernetes", "Terraform"})  # names that keep their capital
NAMED = 4  # those who are level, by name in a sentence


@dataclass(frozen=True)
class Label:
    """How an alternative is called where there is little room, and what the name leaves out."""

    short: str
    detail: str


def labels(decision: Decision) -> dict[str, Label]:
    """Return short names by id: what stands before the first comma, where no other shares it."""
    names = {a.id: a.name for a in decision.alternatives}
    return {
        i: Label(short, "" if short == names[i] else names[i].partition(",")[2].strip())
        for i, short in words.short_names(names).items()
    }


def upper_first(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return the text as it reads inside a sentence; names with capitals of their own keep them.

    A second word with a capital is taken to belong to a name: Model Context Protocol.
    """
    word, _, rest = text.partition(" ")
    is_name = word in PROPER or rest.split(" ", 1)[0].istitle()
    return text if is_name or not word[1:].islower() else text[0].lower() + text[1:]


def percent(share: float, beside: float | None = None) -> str:
    """Return a share as a whole percentage; with a decimal where it would read like `beside`.

    What is not nothing never reads as 0 %, nor what is not all as 100 %.
    """
    whole = words.rounded(100 * share)
    is_alike = beside is not None and whole == words.rounded(100 * beside)
    if 1e-9 < share < 0.0005:
        text = "under 0.1"
    elif 0.9995 <= share < 1 - 1e-9:
        text = "over 99.9"
    else:
        is_end = (share > 1e-9 and not whole) or (share < 1 - 1e-9 and whole == 100)
        text = f"{100 * share:.1f}" if is_alike or is_end else f"{whole}"
    return f"{text}\u00a0%"  # never parted at a line's end


def limit(share: float, now: float) -> str:
    """Return a share past which a weight has to be, to stand behind "less than" or "more than"."""
    told = percent(share, now)
    if told[0].isdigit():
        return told
    least = max(100 * min(share, 1 - share), 0.001)  # what is less is told so: it is not nothing
    digits = 1 - floor(log10(least))
    kept = round(least, digits - 1)
    return f"{kept if share < 0.5 else 100 - kept:.{digits - 1}f}\u00a0%"


def asked(requirement: str) -> str:
    """Return what a requirement asks for, without the name that a reason beside it has said."""
    return " or ".join(part.split(": ", 1)[-1] for part in requirement.split(" or "))


# --- the answer ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """Who leads: the leader's and the second's id (empty where there is none) and a sentence.

    `gap` agrees with the points of both as they are shown, unless these are the same.
    """

    leader: str
    second: str
    gap: float
    sentence: str


def standing(analysis: Analysis, rival: str = "") -> Standing:
    """Return who leads whom by how much: the second, or a `rival` where nobody is level."""
    called = labels(analysis.decision)
    ranking = analysis.ranking
    if not ranking:
        none = "is left to choose from" if called else "to choose from yet"
        if analysis.composed is not None and not called:
            return Standing("", "", 0.0, "No stack keeps all constraints")
        return Standing("", "", 0.0, f"No alternative {none}")
    leader = ranking[0].alternative
    if not is_weighted_sum(analysis):
        return _standing_by_method(analysis, rival)
    if len(ranking) == 1:
        alone = "alternative" if len(called) == 1 else "one left"
        return Standing(leader, "", 0.0, f"{called[leader].short} is the only {alone}")
    second = ranking[1]
    if (ranking[0].score or 0.0) - (second.score or 0.0) <= LEVEL:
        same = level(analysis)
        who = words.listed([called[name].short for name in same])
        told = f"{who if len(same) <= NAMED else f'{len(same)} alternatives'} are level"
        return Standing(leader, second.alternative, 0.0, told)
    second = next((row for row in ranking[1:] if row.alternative == rival), second)
    gap = (ranking[0].score or 0.0) - (second.score or 0.0)
    ahead = words.apart(ranking[0].score or 0.0, second.score or 0.0)
    by = words.points(ahead) if ahead else "less than 0.1"
    whom = called[second.alternative].short
    told = f"{called[leader].short} leads {whom} by {by} points of 100"
    return Standing(leader, second.alternative, ahead or gap, told)


def level(analysis: Analysis) -> list[str]:
    """Return who has the first place, by id: several where they share it."""
    first, is_sum = analysis.ranking[0] if analysis.ranking else None, is_weighted_sum(analysis)
    return [
        row.alternative
        for row in analysis.ranking
        if first is not None
        and (
            (first.score or 0.0) - (row.score or 0.0) <= LEVEL if is_sum else row.rank == first.rank
        )
    ]


def ahead(analysis: Analysis, one: str, other: str) -> float:
    """How far one is ahead of another by the weighted sum, as the points of both are shown."""
    return words.apart(analysis.scores[one][1], analysis.scores[other][1])


def is_weighted_sum(analysis: Analysis) -> bool:
    """Whether the ranking is that of the weighted sum, the figures of which are points of 100."""
    return analysis.decision.method == "weighted_sum"


def by_sum(analysis: Analysis) -> str:
    """What is said of figures of the weighted sum where another method ranks; else empty."""
    return "" if is_weighted_sum(analysis) else "by the weighted sum"


def method_name(method_id: str) -> str:
    """Return what a method is called: what stands before the comma of its name."""
    return method(method_id).name.split(",")[0]


def _standing_by_method(analysis: Analysis, rival: str) -> Standing:
    called = labels(analysis.decision)
    by = method_name(analysis.decision.method)
    first = [row.alternative for row in analysis.ranking if row.rank == 1]
    leader = analysis.ranking[0].alternative
    if len(analysis.ranking) == 1:
        return Standing(leader, "", 0.0, f"{called[leader].short} is the only one left")
    second = analysis.ranking[1].alternative
    if len(first) > 1:
        names = words.listed([called[name].short for name in first])
        who = names if len(first) == 2 else f"{len(first)} alternatives"
        return Standing(leader, "", 0.0, f"{who} share the first place by {by}")
    second = rival or second
    told = f"{called[leader].short} ranks first by {by}, before {called[second].short}"
    return Standing(leader, second, 0.0, told)


def settled(analysis: Analysis) -> str:
    """Return that no unknown fact or range could turn the answer; empty where one could."""
    if len(analysis.ranking) < 2 or all(row.low == row.high for row in analysis.ranking):
        return ""
    first, *others = analysis.ranking
    if any(row.high is not None and row.high > (first.low or 0.0) + LEVEL for row in others):
        return ""
    leader = labels(analysis.decision)[first.alternative].short
    return f"Whatever unknown facts and ranges turn out to be, {leader} stays first."


@dataclass(frozen=True)
class Flip:
    """A weight past whose limit another alternative takes over."""

    node: str
    name: str
    parent: str  # the group's name; empty at the top
    side: str  # "more" or "less"
    limit: float
    now: float
    winner: str

    @property
    def distance(self) -> float:
        """How far the weight is from its limit, as a share of its siblings."""
        return abs(self.limit - self.now)

    @property
    def condition(self) -> str:
        """What would have to hold, as the end of a sentence."""
        part = f" of {lower_first(self.parent)}" if self.parent else ""
        return (
            f"{lower_first(self.name)} weighs {self.side} than {limit(self.limit, self.now)}{part}"
        )

    @property
    def present(self) -> str:
        """Where the weight stands now."""
        return f"now {percent(self.now, self.limit)}"


def flips(analysis: Analysis) -> list[Flip]:
    """Return the limits of all weights, the nearest first; groups and leaves alike."""
    found = []
    for parent, siblings in analysis.decision.criteria.siblings():
        for node in siblings:
            if node.id not in analysis.stability:
                continue
            stable = analysis.stability[node.id]
            above = parent.name if parent else ""
            if stable.below is not None:
                found.append(
                    Flip(node.id, node.name, above, "less", stable.low, stable.weight, stable.below)
                )
            if stable.above is not None:
                found.append(
                    Flip(
                        node.id, node.name, above, "more", stable.high, stable.weight, stable.above
                    )
                )
    return sorted(found, key=lambda flip: flip.distance)


# --- criteria and cells -------------------------------------------------------------------------


def swing(analysis: Analysis, node: Criterion) -> str:
    """Return what going from worst to best on a criterion means, in its own unit."""
    if node.children:
        first, *others = [lower_first(leaf.name) for leaf in node.leaves()]
        more = f" and {len(others)} more" if others else ""
        return f"from worst to best on {first}{more}"
    scale = analysis.scales.get(node.id)
    if scale is None or scale.is_flat:
        return ""
    names_ = level_names(node, analysis.decision.dictionary)
    if isinstance(node.measure, ShareMeasure):
        return _from_to("none", f"all {len(node.measure.wanted)}", "", node.direction == "min")
    if names_ == TRUTH:
        return _from_to("no", "yes", "", node.direction == "min")
    if scale.levels and names_:
        order = sorted(range(len(scale.levels)), key=lambda place: scale.levels[place])
        return _from_to(words.plain(names_[order[0]]), words.plain(names_[order[-1]]), "")
    if scale.points:
        worst = min(scale.points, key=lambda point: point[1])[0]
        best = max(scale.points, key=lambda point: point[1])[0]
    else:
        worst, best = scale.worst, scale.best
    return _from_to(_end(worst), _end(best), node.unit)


def _end(end: float) -> str:
    """An end of a scale; one that came of reckoning without the digits that nobody reads."""
    is_reckoned = abs(end) >= 1 and end != round(end, 3)
    return words.number(round(end, 2) if is_reckoned else end)


def _from_to(worst: str, best: str, unit: str, turned: bool = False) -> str:
    ends = (best, worst) if turned else (worst, best)
    return words.with_unit(f"from {ends[0]} to {ends[1]}", unit)


def cell_text(cell: Cell) -> str:
    """Return a performance as it stands in a matrix, without its unit; ≈ marks a range."""
    if cell.state == "not_applicable":
        return "does not apply"
    if cell.state == "unknown":
        return cell.text or "unknown"
    text = words.plain(cell.text)
    return f"≈ {text}" if cell.is_range else text


def with_unit(cell: Cell, leaf: Criterion) -> str:
    """Return a performance with its unit, for sentences."""
    text = cell_text(cell)
    known = cell.state in ("value", "disputed") and not isinstance(leaf.measure, ShareMeasure)
    return words.with_unit(text, leaf.unit) if known and not cell.is_worded else text


def title_of(name: str) -> str:
    """Return an id as people read it."""
    text = name.replace("-", " ").replace("_", " ")
    return text[:1].upper() + text[1:]


def preset_name(preset_id: str) -> str:
    """Return a role preset's id as people read it."""
    known = {"cto": "CTO", "ciso": "CISO", "cio": "CIO", "cfo": "CFO", "finops": "FinOps"}
    if preset_id in known:
        return known[preset_id]
    return title_of(preset_id).replace("Ml ", "ML ")
