"""How often each alternative takes each place, who would choose it, and who beats whom."""

from __future__ import annotations

from collections.abc import Sequence

from selector.analysis import Analysis
from selector.analysis.robustness import Robustness
from selector.domain import words as plain
from selector.report import certainty, words
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import lines, more, section, text

PLACES = 8  # columns of ranks; of more alternatives the rest are one column
ROWS = 12  # alternatives that are shown at once; the others unfold


def headline(analysis: Analysis, found: Robustness) -> str:
    """Return who is first how often, as the page's title, and what was drawn."""
    sentence = text(certainty.headline(analysis, found))
    if len(analysis.ranking) < 2:
        return f"<h1>{sentence}</h1>"
    who = certainty.by_share(analysis, found)[0][0]
    name = text(words.labels(analysis.decision)[who].short)
    coloured = f'<span style="color:{colour_of(analysis, who)}">{name}</span>'
    told = (certainty.others(analysis, found), certainty.drawn(found))
    return (
        f"<h1>{sentence.replace(name, coloured, 1)}</h1>"
        f'<p class="sub tight"><b>{text(told[0])}</b> {text(told[1])} '
        f"{text(certainty.precision(found))}</p>"
    )


def places(analysis: Analysis, found: Robustness) -> str:
    """Return the share of draws in which each alternative has each rank, as a table of heat."""
    one = certainty.sampled(found)
    called = words.labels(analysis.decision)
    count = len(analysis.alternatives)
    shown = count if count <= PLACES + 1 else PLACES
    heads = [str(rank + 1) for rank in range(shown)] + ([f"{shown + 1}+"] if shown < count else [])
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)

    def row(alternative: str) -> str:
        shares = one.found.rank_acceptability[alternative]
        parts = [*shares[:shown]] + ([sum(shares[shown:])] if shown < count else [])
        label = called[alternative]
        return (
            f'<tr style="--c:{colour_of(analysis, alternative)}"><th scope="row" '
            f'title="{text(label.detail)}"><i aria-hidden="true"></i>{text(label.short)}'
            f"<small>{text(certainty.places(shares))}</small></th>{_heat(parts)}</tr>"
        )

    def table(alternatives: Sequence[str]) -> str:
        return (
            f'<table class="places" style="--n:{len(heads)}"><caption class="unseen">Draws of '
            '100 in which each alternative has each rank</caption><thead><tr><th scope="col">Rank'
            f"</th>{head}</tr></thead><tbody>{''.join(map(row, alternatives))}</tbody></table>"
        )

    order = one.order()
    rest = more(f"{len(order[ROWS:])} more", table(order[ROWS:])) if order[ROWS:] else ""
    how = (
        "So many of 100 draws give an alternative that rank; the stronger the colour, the more. "
        "In the order of the mean rank."
    )
    title = f"How often each is first, second, third{f', {one.by}' if one.by else ''}"
    folded = _supporters(analysis, found) + _pairs(analysis, found)
    return section(title, how, table(order[:ROWS]), rest, folded, terms=("Draw", "Rank"))


def _heat(shares: Sequence[float]) -> str:
    return "".join(
        f'<td style="--h:{4 + 41 * share:.1f}%" class="{"some" if share else "none"}">'
        f"{_small(share)}</td>"
        for share in shares
    )


def _small(share: float) -> str:
    """So many of 100 where there is little room."""
    return plain.of_100(share).replace("under ", "&lt;").replace("over ", "&gt;")


def _supporters(analysis: Analysis, found: Robustness) -> str:
    """Who would choose each alternative, and how often it is first for them."""
    one = certainty.sampled(found).found
    called = words.labels(analysis.decision)
    items, alike = [], []
    for alternative in certainty.sampled(found).firsts():
        told = certainty.supporters(analysis, one.central_weights[alternative])
        name = (
            f'<b style="color:{colour_of(analysis, alternative)}">'
            f"{text(called[alternative].short)}</b>"
        )
        sure = one.confidence[alternative]
        if sure is None:
            items.append(f"{name}: nobody, by any of the weights and facts drawn")
        elif told:
            often = f"first for them in {plain.of_100(sure)} of 100"
            items.append(f"{name}: {text(told)} <span>· {often}</span>")
        else:
            alike.append(f"{name} ({plain.of_100(sure)} of 100)")
    if alike:
        told = (
            "those who weigh about as is set; the open facts decide, not the weights. "
            "In brackets, how often it is first for them"
        )
        items.insert(0, f"{plain.listed(alike)}: <span>{told}</span>")
    return more("Who would choose each", lines(items))


def _pairs(analysis: Analysis, found: Robustness) -> str:
    """How often each alternative is before each other."""
    one = certainty.sampled(found)
    called = words.labels(analysis.decision)
    order = one.order()
    head = "".join(f'<th scope="col">{text(called[a].short)}</th>' for a in order)
    rows = "".join(
        f'<tr style="--c:{colour_of(analysis, a)}"><th scope="row"><i aria-hidden="true"></i>'
        f"{text(called[a].short)}</th>"
        + "".join(
            '<td class="none">–</td>' if a == b else _heat([one.found.pairwise_winning[a][b]])
            for b in order
        )
        + "</tr>"
        for a in order
    )
    table = (
        '<div class="wide" role="region" tabindex="0" aria-label="How often each is before each '
        f'other"><table class="places pairs"><thead><tr><th scope="col">Before</th>{head}</tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
        '<p class="how">So many of 100 draws put the one on the left before the one above.</p>'
    )
    return more("How often each is before each other", table)
