"""What would change the winner: one weight alone, weights together, one performance."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.analysis.robustness import Robustness
from selector.domain import words as plain
from selector.domain.outcome import Stability
from selector.report import certainty, words
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import lines, more, section, text

TIGHTEST = 7  # weights that are shown at once; the others unfold
PERFORMANCES = 4
CHANGES = 8


def stretches(analysis: Analysis, found: Robustness) -> str:
    """Return the stretch of each weight on which the winner stays, on the sliders' own scale."""
    if len(analysis.ranking) < 2:
        return ""
    called = words.labels(analysis.decision)
    winner = called[found.winner].short
    turning, calm = [], []
    for parent, siblings in analysis.decision.criteria.siblings():
        for node in siblings:
            stable = found.stability.get(node.id)
            if stable is None or len(siblings) < 2:
                continue
            within = parent.name if parent else ""
            if stable.below is None and stable.above is None:
                calm.append(node.name)
            else:
                turning.append((_room(stable), _stretch(analysis, node.name, within, stable)))
    turning.sort(key=lambda row: row[0])
    rows = [row for _, row in turning]
    how = (
        f"Shares among siblings, as on Weigh, 0 to 100 %; the ring is where it stands. On the "
        f"filled stretch {winner} stays first; past a mark, the one named there takes over."
    )
    parts = [f'<div role="list">{"".join(rows[:TIGHTEST])}</div>'] if rows else []
    rest = rows[TIGHTEST:]
    if rest:
        inside = f'<div role="list">{"".join(rest)}</div>'
        parts.append(more(f"{len(rest)} more, further from their marks", inside))
    if calm:
        told = text(plain.listed(calm))
        many = f"{len(calm)} weights that, moved alone, never change it"
        never = many if len(calm) > 1 else "1 weight that, moved alone, never changes it"
        if rows:
            parts.append(more(never, f'<p class="how">{told}.</p>'))
        else:
            parts.append(f'<p class="how">No single weight changes it: {text(winner)} stays.</p>')
    return section("One weight moved alone, the tightest first", how, *parts)


def _room(stable: Stability) -> float:
    """How far a weight is from the nearest of its marks."""
    down = stable.weight - stable.low if stable.below is not None else 1.0
    up = stable.high - stable.weight if stable.above is not None else 1.0
    return min(down, up)


def _stretch(analysis: Analysis, name: str, within: str, stable: Stability) -> str:
    called = words.labels(analysis.decision)
    marks: list[str] = []
    told: list[str] = []
    for who, place, side in (
        (stable.below, stable.low, "below"),
        (stable.above, stable.high, "above"),
    ):
        if who is None:
            continue
        limit = words.percent(place, stable.weight)
        turned = " turned" if place > 0.5 else ""
        second = " second" if marks else ""
        marks.append(
            f'<b class="flip{turned}{second}" style="left:{100 * place:.2f}%;'
            f'--room:{max(place, 1 - place):.4f};--c:{colour_of(analysis, who)}">'
            f"<em><span>{text(called[who].short)}</span>\u00a0{limit}</em></b>"
        )
        told.append(f"{side} {limit} {called[who].short} takes over")
    now = words.percent(stable.weight, _nearest(stable))
    of = f"<small>of {text(words.lower_first(within))}</small>" if within else ""
    return (
        f'<div class="stretch{" two" if len(marks) > 1 else ""}" role="listitem">'
        f'<span class="nm">{text(name)}{of}</span>'
        f'<div class="track" aria-hidden="true"><u style="left:{100 * stable.low:.2f}%;'
        f'width:{100 * (stable.high - stable.low):.2f}%"></u>{"".join(marks)}'
        f'<i style="left:{100 * stable.weight:.2f}%"></i></div>'
        f'<span class="sc">{now}<span class="unseen">; {text(plain.listed(told))}</span></span>'
        "</div>"
    )


def _nearest(stable: Stability) -> float:
    ends = [stable.low] if stable.below is not None else []
    ends += [stable.high] if stable.above is not None else []
    return min(ends, key=lambda end: abs(end - stable.weight))


def smallest(analysis: Analysis, found: Robustness) -> str:
    """Return the smallest change of weights for each other alternative to be first."""
    if len(analysis.ranking) < 2:
        return ""
    called = words.labels(analysis.decision)
    nearest = found.closest_flip.winner_becomes if found.closest_flip else ""
    able = {a: flip for a, flip in found.flips.items() if flip is not None and a != nearest}
    items = []
    for alternative, flip in sorted(able.items(), key=lambda item: item[1].distance):
        if flip.distance <= words.LEVEL:
            told = "is level with the first already"
        else:
            told = f"moving {certainty.moves(analysis, flip)}"
        items.append(
            f'<b style="color:{colour_of(analysis, alternative)}">'
            f"{text(called[alternative].short)}</b> {text(told)}"
        )
    never = [called[a].short for a, flip in found.flips.items() if flip is None]
    if never:
        items.insert(0, f"<b>{text(plain.listed(never))}</b> can be first by no weights at all")
    told = f"<p class='said'><b>{text(certainty.closest(analysis, found))}</b></p>"
    how = "Points of 100 of weight, several moved at once; the nearest first."
    rest = items[CHANGES:]
    folded = more(f"{len(rest)} more", lines(rest))
    title = "The least it takes to put another first"
    return section(title, how, told, lines(items[:CHANGES]), folded)


def performances(analysis: Analysis, found: Robustness) -> str:
    """Return the single figures whose change would take the lead, the nearest first."""
    called = words.labels(analysis.decision)
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    items = []
    for flip in found.performance_flips:
        needed, now = certainty.performance_flip(analysis, flip)
        if not needed:
            continue
        who = "" if flip.winner_becomes == flip.alternative else called[flip.winner_becomes].short
        end = f"; then {who} is first" if who else ""
        items.append(
            f'<b style="color:{colour_of(analysis, flip.alternative)}">'
            f"{text(called[flip.alternative].short)}</b> "
            f"{text(words.lower_first(leaves[flip.criterion].name))} at {text(needed)}"
            f"{text(end)} <span>· now {text(now)}</span>"
        )
    if not items:
        return ""
    how = "One figure otherwise, all else as it is; the smallest change of its value first."
    rest = items[PERFORMANCES:]
    folded = more(f"{len(rest)} more", lines(rest))
    return section("One figure that would take the lead", how, lines(items[:PERFORMANCES]), folded)
