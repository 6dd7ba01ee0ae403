"""What is drawn: the choices, and how far a long sampling is, with a button that ends it."""

from __future__ import annotations

import streamlit as st

from selector.report import certainty, words
from selector.ui import sampling
from selector.ui.parts.html import page, text
from selector.ui.sampling import Run
from selector.ui.state import State

OWN, ANY, ORDER = "About those set", "Any at all", "Same order"
KINDS = {OWN: "around", ANY: "uniform", ORDER: "order"}
STREAMS = {"At random": "random", "Sobol": "sobol"}
EACH = 0.5  # seconds between two looks at a long sampling


def choices(state: State) -> None:
    """Draw the choices, folded; each is taken over at once."""
    with st.expander("Draw otherwise: other weights, more draws, another method"):
        _weights(state)
        left, right = st.columns(2)
        with left:
            _samples(state)
        with right:
            _stream(state)
        _method(state)


def _key(state: State, name: str) -> str:
    return f"drawn_{name}_{state.links}"


def _weights(state: State) -> None:
    now = state.weighting
    kinds = list(KINDS)
    shown = next(kind for kind in kinds if KINDS[kind] == now.kind)

    def chosen() -> None:
        kind = KINDS[st.session_state[_key(state, "weights")] or shown]
        spread = st.session_state.get(_key(state, "spread"), 25)
        weights = f"around:{spread / 100:g}" if kind == "around" else kind
        State().choose_settings(State().settings._replace(weights=weights))

    left, right = st.columns(2)
    with left:
        st.segmented_control(
            "Weights",
            kinds,
            default=shown,
            key=_key(state, "weights"),
            required=True,
            on_change=chosen,
        )
    if now.kind == "around":
        with right:
            st.number_input(
                "Each within so many % of what is set",
                min_value=0,
                max_value=100,
                value=round(100 * now.spread),
                step=5,
                key=_key(state, "spread"),
                on_change=chosen,
            )


def _samples(state: State) -> None:
    settings = state.settings
    named = {certainty.million(size): size for size in sampling.SIZES}
    shown = next(name for name, size in named.items() if size == settings.samples)

    def chosen() -> None:
        size = named[st.session_state[_key(state, "samples")] or shown]
        State().choose_settings(State().settings._replace(samples=size))

    st.segmented_control(
        "Draws",
        list(named),
        default=shown,
        key=_key(state, "samples"),
        required=True,
        on_change=chosen,
    )


def _stream(state: State) -> None:
    shown = next(name for name, draws in STREAMS.items() if draws == state.settings.draws)

    def chosen() -> None:
        draws = STREAMS[st.session_state[_key(state, "stream")] or shown]
        State().choose_settings(State().settings._replace(draws=draws))

    st.segmented_control(
        "Drawn",
        list(STREAMS),
        default=shown,
        key=_key(state, "stream"),
        required=True,
        on_change=chosen,
    )


def _method(state: State) -> None:
    named = {words.method_name(method): method for method in sampling.methods()}
    shown = next(name for name, method in named.items() if method == state.drawn_method)

    def chosen() -> None:
        method = named[st.session_state[_key(state, "method")] or shown]
        State().choose_settings(State().settings._replace(method=method))

    st.segmented_control(
        "Each draw ranked by",
        list(named),
        default=shown,
        key=_key(state, "method"),
        required=True,
        on_change=chosen,
    )


# --- a long sampling ----------------------------------------------------------------------------


def progress(run: Run) -> None:
    """Draw how far a run is, look again until it is over, and let it be ended."""
    looking = None if run.is_over else EACH
    st.fragment(run_every=looking)(_progress)(run)


def _progress(run: Run) -> None:
    run.ask()
    if run.stage == "done":
        st.rerun()
    st.html(page(_told(run)))
    if run.is_over:
        st.button("Draw them again", key="draw_again", on_click=lambda: State().draw_again())
    elif st.button("Cancel", key="stop_sampling"):
        run.stop()
        st.rerun()


def _told(run: Run) -> str:
    """How far it is, in words and as a bar."""
    few = certainty.million(sampling.FEW)
    wanted = certainty.million(run.settings.samples)
    if run.stage == "failed":
        return f'<div class="alert" role="status">{text(run.problem)}</div>'
    if run.stage == "stopped":
        told = f"Stopped before {wanted} draws were made; what is shown is of {few}."
        return f'<div class="alert" role="status">{text(told)}</div>'
    if run.stage == "waiting":
        told = f"Waiting for another sampling to end. Meanwhile what is shown is of {few} draws."
    else:
        told = f"{_of(run)} draws. Meanwhile what is shown is of {few}."
    share = 100 * run.share
    return (
        f'<div class="drawing"><p>{text(told)}</p><div role="progressbar" aria-valuemin="0" '
        f'aria-valuemax="100" aria-valuenow="{share:.0f}" aria-label="Draws made">'
        f'<i style="width:{share:.1f}%"></i></div></div>'
    )


def _of(run: Run) -> str:
    """Draws made and wanted: 3.2 of 10 million."""
    wanted = certainty.million(run.settings.samples)
    if run.settings.samples < 1_000_000:
        return f"{run.done:,} of {wanted}"
    return f"{run.done / 1e6:.1f} of {wanted}"
