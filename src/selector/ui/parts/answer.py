"""The answer as markup: headline, ranking, how sure, what speaks for whom, what would change it."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.domain import words as plain
from selector.mcda.methods._contract import method
from selector.report import certainty, palette, words
from selector.report.axis import tens
from selector.ui import sampling
from selector.ui.parts.html import lines, section, tag, text

SAMPLES = sampling.FEW
REASONS_SHOWN = 3


def colour_of(analysis: Analysis, alternative: str) -> str:
    """Return the CSS colour of an alternative, by its place in the decision file."""
    ids = [a.id for a in analysis.decision.alternatives]
    return palette.css_colour(ids.index(alternative))


def crumb_right(analysis: Analysis) -> str:
    """Return what an answer rests on, for the head of a page."""
    return f"Facts as of {plain.day(analysis.decision.day)} · version {analysis.version}"


def firsts(analysis: Analysis) -> dict[str, float]:
    """Return how often each alternative is first, over weights and open facts, most often first.

    Empty where there is nothing to compare, or another method than the weighted sum ranks.
    """
    if len(analysis.ranking) < 2 or not words.is_weighted_sum(analysis):
        return {}
    shares = sampling.at_once(analysis, sampling.Settings()).rank_acceptability
    first = {alternative: float(row[0]) for alternative, row in shares.items()}
    return dict(sorted(first.items(), key=lambda item: -item[1]))


def fits(label: str, share: float) -> bool:
    """Return whether a label has room in its part of a bar, on a phone too."""
    return share * 340 >= 8 * len(label) + 16  # pixels: the bar, a letter, the margins


def how_sure(analysis: Analysis) -> str:
    """Return how often who is first, as a bar that is labelled where there is room."""
    shares = {who: share for who, share in firsts(analysis).items() if share >= 0.005}
    if not shares:
        return ""
    called = words.labels(analysis.decision)
    told = {who: f"{called[who].short} {words.percent(share)}" for who, share in shares.items()}
    bars = "".join(
        f'<i style="flex:{share:.4f};background:{colour_of(analysis, who)}">'
        f"{text(told[who]) if fits(told[who], share) else ''}</i>"
        for who, share in shares.items()
    )
    small = "".join(
        f'<span><i aria-hidden="true" style="--c:{colour_of(analysis, who)}"></i>'
        f"{text(told[who])}</span> "
        for who, share in shares.items()
        if not fits(told[who], share)
    )
    rest = f'<p class="how keyed">{small}</p>' if small else ""
    spread = "as the decision says" if analysis.decision.uncertainty else "by a quarter"
    how = (
        f"Who is first in {SAMPLES:,} draws: weights vary {spread}, open facts as far as they may."
    )
    bar = f'<div class="firsts">{bars}</div>'
    return section("How sure", how, bar, rest, terms=("Draw", "Open fact"))


def _standing(analysis: Analysis) -> words.Standing:
    """Who leads whom: where it is too close to call, who else is first in most of the draws."""
    return words.standing(analysis, certainty.close_to(analysis, firsts(analysis)))


def headline(analysis: Analysis) -> str:
    """Return who leads, as the page's title with the leader in its colour."""
    found = _standing(analysis)
    sentence = text(found.sentence)
    shares = firsts(analysis)
    if found.gap > 0 and shares and not certainty.is_clear(shares[found.leader]):
        sentence = f"Too close to call: {sentence}"
    if found.leader:
        name = text(words.labels(analysis.decision)[found.leader].short)
        coloured = f'<span style="color:{colour_of(analysis, found.leader)}">{name}</span>'
        sentence = sentence.replace(name, coloured, 1)
    return f"<h1>{sentence}</h1>"


def conditions(analysis: Analysis, of_the_sum: str = "") -> str:
    """Return how firm the answer is and its nearest turning points, in one or two sentences.

    `of_the_sum` is added where another method than the weighted sum ranks.
    """
    called = words.labels(analysis.decision)
    if not words.is_weighted_sum(analysis):
        return f'<p class="sub">{text(f"{_beside_the_sum(analysis)} {of_the_sum}".strip())}</p>'
    if len(analysis.ranking) < 2:
        return ""
    if not words.standing(analysis).gap:
        nobody = "Neither" if len(words.level(analysis)) == 2 else "None of them"
        level = f"{nobody} is ahead: the least change of a weight or of a fact decides."
        return f'<p class="sub">{level}</p>'
    parts = [_often(analysis)]
    found = words.flips(analysis)
    by_winner: dict[str, list[str]] = {}
    for flip in ([flip for flip in found if not flip.parent] or found)[:2]:
        clause = f"<b>{text(flip.condition)}</b> ({text(flip.present)})"
        by_winner.setdefault(called[flip.winner].short, []).append(clause)
    told = [f"{text(who)} takes over if {' or '.join(ifs)}" for who, ifs in by_winner.items()]
    parts.append(f"{'; '.join(told) or 'No weight, moved alone, puts another first'}.")
    parts.append(text(words.settled(analysis)))
    return f'<p class="sub">{" ".join(part for part in parts if part)}</p>'


def _often(analysis: Analysis) -> str:
    """How often the leader is first, and who is more often or nearly as often; markup."""
    shares = firsts(analysis)
    found = words.standing(analysis)
    if not shares:
        return ""
    called = words.labels(analysis.decision)
    own = shares[found.leader]
    told = f"First in <b>{plain.of_100(own)} of 100</b> plausible weightings and facts"
    rivals = [who for who in shares if who != found.leader]
    rival = rivals[0]
    if certainty.is_clear(shares[rival]):
        told += f"; {text(called[rival].short)} is first more often, in "
        told += f"<b>{plain.of_100(shares[rival])}</b>"
    elif not certainty.is_clear(own) and shares[rival] > 0:
        told += f", {text(called[rival].short)} in {plain.of_100(shares[rival])}"
    return f"{told}."


def _beside_the_sum(analysis: Analysis) -> str:
    """Whether the weighted sum says the same as the decision's own method."""
    if not analysis.ranking:
        return ""
    called = words.labels(analysis.decision)
    best = max(score for _, score, _ in analysis.scores.values())
    first = [a for a, (_, score, _) in analysis.scores.items() if score >= best - words.LEVEL]
    too = " too" if analysis.ranking[0].alternative in first else ""
    names = plain.listed([called[name].short for name in first])
    return (
        f"This decision asks for {words.method_name(analysis.decision.method)}. The weighted sum "
        f"of values, which the sliders and the matrix show, puts {names} first{too}."
    )


def _by_method(analysis: Analysis) -> str:
    """The ranking of another method than the weighted sum: its own scores, on no common scale."""
    called = words.labels(analysis.decision)
    rows = []
    for row in analysis.ranking:
        label, name = called[row.alternative], text(row.name)
        score = "" if row.score is None else f"{row.score:,.4f}".replace("-", "\u2212")
        mark = tag("unproven") if row.unproven else ""
        rows.append(
            f'<div class="rank by-method" role="listitem" data-name="{name}" title="{name}">'
            f'<span class="rk">{row.rank}</span>'
            f'<i style="background:{colour_of(analysis, row.alternative)}" aria-hidden="true"></i>'
            f'<span class="nm">{text(label.short)} {mark}<small>{text(label.detail)}</small></span>'
            f'<span class="sc">{score}</span></div>'
        )
    entry = method(analysis.decision.method)
    means = "It gives no score: " if entry.best == "none" else "Its score is "
    how = (
        f"{entry.name} ({entry.source.split(', doi')[0]}). "
        f"{means}{entry.score.removeprefix('none: ')}."
    )
    return section("Ranking", how, f'<div role="list">{"".join(rows)}</div>', knocked_out(analysis))


def ranking(analysis: Analysis) -> str:
    """Return the ranking as dots on an axis, the lines spanning what is not known."""
    called = words.labels(analysis.decision)
    if not analysis.ranking:
        return section("Why nobody is left", "", knocked_out(analysis)) if called else ""
    if not words.is_weighted_sum(analysis):
        return _by_method(analysis)
    start, end = tens((row.low, row.high) for row in analysis.ranking)

    def place(score: float) -> str:
        return f"{(100 * score - start) / (end - start) * 100:.2f}%"

    rows = []
    for row in analysis.ranking:
        label, name = called[row.alternative], text(row.name)
        low, score, high = (x or 0.0 for x in (row.low, row.score, row.high))
        width = f"{(high - low) * 100 / (end - start) * 100:.2f}%"
        mark = tag("unproven") if row.unproven else ""
        span = f"between {plain.points(low)} and {plain.points(high)}"
        rows.append(
            f'<div class="rank" role="listitem" data-name="{name}" title="{name}: {span}">'
            f'<span class="rk">{row.rank}</span>'
            f'<span class="nm">{text(label.short)} {mark}<small>{text(label.detail)}</small></span>'
            f'<div class="dot" style="--c:{colour_of(analysis, row.alternative)}">'
            f'<u style="left:{place(low)};width:{width}"></u>'
            f'<i style="left:{place(score)}"></i></div>'
            f'<span class="sc">{plain.points(score)}<span class="unseen">, {span}</span></span>'
            "</div>"
        )
    step = 10 if end - start <= 70 else 20
    ticks = "".join(
        f'<span style="left:{(t - start) / (end - start) * 100:.2f}%">{plain.number(t)}</span>'
        for t in range(start, end + 1, step)
    )
    axis = (
        '<div class="rank axis" aria-hidden="true"><span></span><span></span>'
        f'<div class="ticks">{ticks}</div><span></span></div>'
    )
    how = (
        f"Points of 100 under these weights, on an axis from {start} to {end}. "
        "The line spans what open facts could do; unknown counts at the middle."
    )
    table = f'<div role="list">{"".join(rows)}</div>'
    out = knocked_out(analysis)
    return section("Ranking", how, table, axis, out, terms=("Points", "Open fact", "Unknown"))


def knocked_out(analysis: Analysis) -> str:
    """Return who is out and why, and what the unproven have yet to prove."""
    called = words.labels(analysis.decision)
    found: dict[tuple[str, str], list[str]] = {}
    for row in analysis.excluded:
        known = " and ".join(words.lower_first(p) for p in row.reason.rstrip(".").split(" and "))
        why = plain.plain(f"{known} (asked: {words.asked(row.requirement)})")
        asked_for = row.why.strip().rstrip(".")
        found.setdefault((why, asked_for), []).append(called[row.alternative].short)
    parts = [
        f"<b>Knocked out:</b> {text(plain.listed(names))}; {text(why)}."
        f"{f' Asked because: {text(words.lower_first(asked_for))}.' if asked_for else ''}"
        for (why, asked_for), names in found.items()
    ]
    waiting: dict[str, list[str]] = {}
    for ranked in analysis.ranking:
        if ranked.unproven_requirements:
            asked = plain.listed([words.lower_first(r) for r in ranked.unproven_requirements])
            waiting.setdefault(asked, []).append(called[ranked.alternative].short)
    parts += [
        f"<b>Unproven:</b> {text(plain.listed(names))}; still to show: {text(asked)}."
        for asked, names in waiting.items()
    ]
    return "".join(f'<p class="how" style="margin-top:6px">{part}</p>' for part in parts)


def reasons(analysis: Analysis) -> str:
    """Return why the leader leads and what speaks for the rival; the figures add up to the gap."""
    found = _standing(analysis)
    if not found.second:
        return ""
    called = words.labels(analysis.decision)
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    parts = [
        p for p in analysis.contributions(found.leader, found.second) if abs(p.difference) >= 5e-4
    ]
    first = [p for p in parts if p.difference > 0][:REASONS_SHOWN]
    second = [p for p in reversed(parts) if p.difference < 0][:REASONS_SHOWN]
    items = []
    for part in first + second[::-1]:
        leaf = leaves[part.leaf]
        own = words.cell_text(analysis.cell(found.leader, leaf.id))
        other = words.with_unit(analysis.cell(found.second, leaf.id), leaf)
        colour = colour_of(analysis, found.leader if part.difference > 0 else found.second)
        items.append(
            f'<b style="color:{colour}">{_signed(part.difference)}</b> {text(leaf.name)} '
            f"<span>· {text(own)} against {text(other)}</span>"
        )
    gap = words.ahead(analysis, found.leader, found.second)
    left = len(parts) - len(first) - len(second)
    shown = sum(round(100 * p.difference, 1) for p in first + second)
    rest = round(round(100 * gap, 1) - shown, 1)
    if left or rest:
        others = f"the other {left} criteria together" if left > 1 else "one more criterion"
        name = others if left else "rounding"
        if not parts:
            name = "all criteria together, none of them by as much as that"
        items.append(f"<b>{_signed(rest / 100)}</b> <span>{name}</span>")
    title = f"Why {called[found.leader].short}, and what speaks for {called[found.second].short}"
    how = f"Where the {plain.points(gap)} points come from; all differences add up to it."
    if not gap:
        how = "Level to 0.1 points: what speaks for the one makes up for what speaks for the other."
    if not items:
        items.append("No criterion parts them by as much as 0.1 points.")
    if not words.is_weighted_sum(analysis):
        how = f"In the weighted sum, where {plain.points(gap)} points lie between them."
    return section(title, how, lines(items))


def _signed(difference: float) -> str:
    return ("+" if difference > 0 else "") + plain.points(difference)
