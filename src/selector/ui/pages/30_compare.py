"""Every cell of the matrix and where it comes from; two alternatives head to head; all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.domain.criterion import Criterion
from selector.report import words
from selector.ui import comparing
from selector.ui.comparing import ALL, Arranged, Look
from selector.ui.parts import answer, fact, matrix, parallel, waterfall
from selector.ui.parts.html import crumb, page, text
from selector.ui.state import State

TITLE = "Compare"
SECTION = ""
ICON = ""
BESIDE = (
    6  # so many alternatives leave room for the card beside the matrix; else it may lie beneath
)
VIEWS = {"matrix": "Matrix", "pair": "Head to head", "parallel": "Parallel"}
BY = {"criterion": "By criterion", "group": "By group"}
ROWS = {"file": "as in the file", "weight": "heaviest first", "spread": "telling most first"}


def show(state: State) -> None:
    """Draw the page."""
    analysis = state.analysis
    head = crumb(analysis.decision.title, answer.crumb_right(analysis))
    if not analysis.ranking:
        st.html(page(head, answer.headline(analysis), answer.knocked_out(analysis)))
        return
    st.fragment(_view)()


def _view() -> None:
    """Draw the view that is open. Its controls run this alone again, not the frame around it."""
    state = State()
    analysis = state.analysis
    if not analysis.ranking:  # the file has changed meanwhile
        st.rerun()
    head = crumb(analysis.decision.title, answer.crumb_right(analysis))
    draw = {"matrix": _matrix_view, "pair": _pair_view, "parallel": _parallel_view}
    view = state.look.view
    with st.container(key="compare", gap=None):
        draw[view if view != "pair" or len(analysis.ranking) > 1 else "matrix"](
            state, analysis, head
        )
    state.write_link()


# --- controls -----------------------------------------------------------------------------------


def _kept(name: str, value: Any) -> str:
    """The key of a control that shows what the look says, whatever changed the look."""
    key = f"look_{name}"
    st.session_state[key] = value
    return key


def _changed(name: str, **fixed: Any) -> Callable[[], None]:
    """Take over what a control says."""

    def take() -> None:
        value = st.session_state[f"look_{name}"]
        State().look_at(**{name: tuple(value) if isinstance(value, list) else value, **fixed})

    return take


def _choose(look: Look, analysis: Analysis) -> None:
    alone = len(analysis.ranking) < 2
    st.segmented_control(
        "View",
        [view for view in VIEWS if view != "pair" or not alone],
        format_func=VIEWS.__getitem__,
        key=_kept("view", "matrix" if alone and look.view == "pair" else look.view),
        on_change=_changed("view"),
        label_visibility="collapsed",
        required=True,
    )


# --- the matrix ---------------------------------------------------------------------------------


def _matrix_view(state: State, analysis: Analysis, head: str) -> None:
    look, worths = state.look, comparing.worths(analysis)
    found = comparing.arranged(analysis, look, worths)
    st.html(
        page(
            head,
            '<h1>Every cell, and where it comes from</h1><p class="sub tight">'
            "The stronger the colour, the better on that criterion. Hatched is unknown, ≈ a range. "
            "Open a cell for its facts; the arrow keys walk.</p>",
        )
    )
    with st.container(horizontal=True, key="compare_tools"):
        _choose(look, analysis)
        with st.popover("Sort and filter"):
            _sort(analysis, look)
            _filter(analysis, look, found)
        st.html(page(f'<p class="how" role="status">{text(_told(analysis, look, found))}</p>'))
        if look.is_filtered:
            st.button("Show all", on_click=_show_all)
    alternative, node = _open(state, analysis, found)
    left, right = st.columns([3.5, 1.2], gap="medium")
    with left:
        data = matrix.data_of(analysis, look, found, worths, f"{alternative}:{node.id}")
        matrix.draw("matrix", data, matrix.Heard(_opened, _folded, _sorted))
    with right:
        card = fact.group_card if node.children else fact.cell_card
        is_wide = len(found.columns) > BESIDE
        place = f"{'beneath' if is_wide else ''} {'' if state.cell else 'unasked'}".strip()
        st.html(page(f'<div class="{place}">{card(analysis, alternative, node)}</div>'))


def _opened(cell_id: str) -> None:
    alternative, _, node = cell_id.partition(":")
    State().open_cell(alternative, node)


def _folded(groups: tuple[str, ...]) -> None:
    State().look_at(fold=groups)


def _sorted(row: str) -> None:
    State().look_at(columns=row)


def _show_all() -> None:
    usual = Look()
    State().look_at(only=usual.only, least=usual.least, words=usual.words, shown=usual.shown)


def _open(state: State, analysis: Analysis, found: Arranged) -> tuple[str, Criterion]:
    """The cell that is open: the chosen one while it exists, else the leader's heaviest."""
    nodes = {node.id: node for node in analysis.decision.criteria.walk()}
    if state.cell and state.cell[0] in analysis.table.alternatives and state.cell[1] in nodes:
        return state.cell[0], nodes[state.cell[1]]
    heaviest = max(analysis.leaves, key=lambda leaf: analysis.weights[leaf.id])
    return found.first_two[0], heaviest


def _told(analysis: Analysis, look: Look, found: Arranged) -> str:
    """What is hidden, and by what the columns stand."""
    criteria = f"{found.criteria} of {found.of_criteria} criteria"
    columns = f"{len(found.columns)} of {found.of_alternatives} alternatives"
    hidden = [criteria] if found.criteria < found.of_criteria else []
    hidden += [columns] if len(found.columns) < found.of_alternatives else []
    parts = [f"{' and '.join(hidden)} shown."] if hidden else []
    names = {node.id: node.name for node in analysis.decision.criteria.walk()}
    if look.columns in names:
        parts.append(f"Columns by {words.lower_first(names[look.columns])}, best first.")
    elif look.columns == ALL:
        parts.append("Columns as in the file.")
    if not found.rows:
        parts.append("No criterion fits the filters.")
    return " ".join(parts)


def _sort(analysis: Analysis, look: Look) -> None:
    names = {node.id: node.name for node in analysis.decision.criteria.walk()}
    columns = {"": "by rank", ALL: "as in the file"}
    columns |= {i: f"by {words.lower_first(name)}" for i, name in names.items()}
    st.selectbox(
        "Columns",
        list(columns),
        format_func=columns.__getitem__,
        key=_kept("columns", look.columns if look.columns in columns else ""),
        on_change=_changed("columns"),
    )
    st.segmented_control(
        "Rows",
        list(ROWS),
        format_func=ROWS.__getitem__,
        key=_kept("rows", look.rows),
        on_change=_changed("rows"),
        help="Telling most: the points that lie between the best and the worst of those shown.",
        required=True,
    )


def _filter(analysis: Analysis, look: Look, found: Arranged) -> None:
    called = words.labels(analysis.decision)
    pair = " and ".join(called[a].short for a in found.first_two)
    only = {
        "all": "all criteria",
        "apart": f"that tell {pair} apart" if len(found.first_two) > 1 else "that tell two apart",
        "open": "with unknowns or disputes",
    }
    st.selectbox(
        "Only criteria",
        list(only),
        format_func=only.__getitem__,
        key=_kept("only", look.only),
        on_change=_changed("only"),
    )
    left, right = st.columns(2)
    with left:
        st.number_input(
            "Weighing at least, %",
            min_value=0.0,
            max_value=100.0,
            step=1.0,
            format="%g",
            key=_kept("least", look.least),
            on_change=_changed("least"),
        )
    with right:
        st.text_input(
            "With the words",
            max_chars=comparing.LONGEST,
            key=_kept("words", look.words),
            on_change=_changed("words"),
        )
    _alternatives(analysis, look)


def _alternatives(analysis: Analysis, look: Look) -> None:
    called = words.labels(analysis.decision)
    ranked = [row.alternative for row in analysis.ranking]
    st.multiselect(
        "Alternatives",
        ranked,
        format_func=lambda a: called[a].short,
        key=_kept("shown", [a for a in ranked if a in look.shown] or ranked),
        on_change=_shown(ranked),
    )


def _shown(ranked: Sequence[str]) -> Callable[[], None]:
    def take() -> None:
        chosen = tuple(st.session_state["look_shown"])
        # Without any the last one chosen stays: a matrix has at least one column.
        kept = chosen or tuple(State().look.shown[:1]) or tuple(ranked[:1])
        State().look_at(shown=() if len(kept) == len(ranked) else kept)

    return take


# --- head to head -------------------------------------------------------------------------------


def _pair_view(state: State, analysis: Analysis, head: str) -> None:
    look, pair = state.look, comparing.pair_of(analysis, state.look)
    told = text(waterfall.sentence(analysis, pair))
    title = waterfall.headline(analysis, pair)
    st.html(page(head, title, f'<p class="sub tight">{told}</p>'))
    called = words.labels(analysis.decision)
    ranked = [row.alternative for row in analysis.ranking]
    with st.container(horizontal=True, key="compare_tools"):
        _choose(look, analysis)
        for place, label in enumerate(("One", "Against")):
            st.selectbox(
                label,
                ranked,
                format_func=lambda a: called[a].short,
                key=_kept(f"pair_{place}", pair[place]),
                on_change=_paired(pair, place),
                label_visibility="collapsed",
                width=210,
            )
        st.segmented_control(
            "Steps",
            list(BY),
            format_func=BY.__getitem__,
            key=_kept("by", look.by),
            on_change=_changed("by"),
            label_visibility="collapsed",
            required=True,
        )
    one, other = (text(called[a].short) for a in pair)
    st.html(
        page(
            f'<p class="how">From the points of {other} to those of {one}, the largest step first: '
            f"weight times the difference in worth. A bar to the right is for {one}, to the left "
            f"for {other}. Groups and what is gathered unfold.</p>",
            waterfall.waterfall(analysis, pair, look.by == "group"),
            f'<p class="how">{text(waterfall.sum_of(analysis, pair))}</p>',
            waterfall.as_table(analysis, pair),
        )
    )


def _paired(pair: tuple[str, str], place: int) -> Callable[[], None]:
    """Compare another; one that is already the other side changes places with it."""

    def take() -> None:
        chosen = st.session_state[f"look_pair_{place}"]
        kept = pair[1 - place] if chosen != pair[1 - place] else pair[place]
        State().look_at(pair=(chosen, kept) if place == 0 else (kept, chosen))

    return take


# --- parallel -----------------------------------------------------------------------------------


def _parallel_view(state: State, analysis: Analysis, head: str) -> None:
    look, worths = state.look, comparing.worths(analysis)
    axes = parallel.axes_of(analysis, look.within)
    data = parallel.data_of(analysis, look, worths)
    told = parallel.sentence(analysis, worths, axes, data["lit"])
    st.html(
        page(
            head,
            f'<h1>Where each is strong, and where weak</h1><p class="sub tight">{text(told)}</p>',
        )
    )
    groups = [node for node in analysis.decision.criteria.walk() if node.children]
    over = {"": "the groups", ALL: "all criteria"} | {g.id: g.name for g in groups}
    if not groups:
        over = {"": "all criteria"}
    with st.container(horizontal=True, key="compare_tools"):
        _choose(look, analysis)
        if groups:
            st.selectbox(
                "Lines over",
                list(over),
                format_func=over.__getitem__,
                key=_kept("within", look.within if look.within in over else ""),
                on_change=_changed("within"),
                label_visibility="collapsed",
                width=240,
            )
        with st.popover("Alternatives"):
            _alternatives(analysis, look)
    st.html(
        page(
            '<p class="how">One line for each alternative: what it is worth on each criterion, 0 '
            "to 100, unknown at the middle of its scale. The broad stretch on a line is what it "
            "could be. Choose a name to let its line stand out.</p>"
        )
    )
    parallel.draw("parallel", data, lambda who: State().look_at(lit=who))
    st.html(page(parallel.as_table(analysis, look, worths)))
