"""What the methods of the literature say of the same figures, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selector.analysis import Analysis
from selector.analysis.methods import SUM, Methods
from selector.report import certainty, words
from selector.report.beyond import beyond_ranks, some
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import lines, more, section, text

TITLE = "What other methods say"
ROWS = 12  # alternatives that are shown at once; the others unfold


def waiting() -> str:
    """Return what stands there until the methods have been worked out."""
    return section(TITLE, "", '<p class="how" role="status">Working them out …</p>')


def methods(analysis: Analysis, found: Methods) -> str:
    """Return the ranks by every method, how far they agree, why not, and what is left out."""
    if not found.methods:
        return ""
    called = words.labels(analysis.decision)
    by = [SUM, *(method for method in found.methods if method != SUM)]
    ranks = {m: {row.alternative: row.rank for row in found.methods[m].ranking} for m in by}
    order = [row.alternative for row in found.methods[SUM].ranking]
    firsts = {m: {a for a, rank in ranks[m].items() if rank == 1} for m in by}
    agreeing = [m for m in by if firsts[m] == firsts[SUM]]
    leaders = some([called[a].short for a in order if a in firsts[SUM]])
    head = "".join(f'<th scope="col"><span>{text(words.method_name(m))}</span></th>' for m in by)
    taus = found.agreement.kendall_tau[SUM]
    last = "".join(_tau(taus[m], m == SUM) for m in by)
    foot = f'<tr class="tau"><th scope="row">Agreement</th>{last}</tr>' if len(order) > 1 else ""

    def cell(method: str, alternative: str) -> str:
        is_first = firsts[method] == {alternative}
        return f'<td class="{"first" if is_first else "rk"}">{ranks[method][alternative]}</td>'

    def table(alternatives: list[str], foot: str) -> str:
        rows = "".join(
            f'<tr style="--c:{colour_of(analysis, a)}"><th scope="row"><i aria-hidden="true"></i>'
            f"{text(called[a].short)}</th>{''.join(cell(m, a) for m in by)}</tr>"
            for a in alternatives
        )
        return (
            f'<table class="places methods" style="--n:{len(by)}"><caption class="unseen">The rank '
            'of each alternative by each method</caption><thead><tr><th scope="col">Ranks by</th>'
            f"{head}</tr></thead><tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>"
        )

    def named(ids: Sequence[str]) -> str:
        return some([called[a].short for a in sorted(ids, key=order.index)])

    rest = order[ROWS:]
    folded = more(f"{len(rest)} more", table(rest, "")) if rest else ""
    how = (
        "Each column is a method, each number the rank it gives; a filled cell is first alone. "
        "Agreement with the order of the weighted sum: 1 is the same order, −1 the opposite."
    )
    alone = "first alone" if len(firsts[SUM]) == 1 else "level first"
    count = f"{len(agreeing)} of {len(by)} methods put {text(leaders)} {alone}."
    told = f"<p class='said'><b>{count}</b></p>"
    why = [text(sentence) for sentence in found.agreement.why]
    why += [text(sentence) for sentence in beyond_ranks(_details(found), named)]
    why += [
        f"{text(words.method_name(m))} is left out: {text(reason)}."
        for m, reason in found.left_out.items()
    ]
    why += [text(notice.text) for notice in found.notices]
    shown = table(order[:ROWS], foot)
    return section(TITLE, how, told, shown, folded, lines(why))


def _details(found: Methods) -> dict[str, Mapping[str, Any]]:
    return {method: one.details for method, one in found.methods.items()}


def _tau(tau: float | None, is_own: bool) -> str:
    if is_own:
        return "<td>–</td>"
    figure = "–" if tau is None else f"{tau:.2f}".replace("-", "\u2212")
    told = text(certainty.agreement(tau))
    return f'<td title="{told}">{figure}<span class="unseen">, {told}</span></td>'
