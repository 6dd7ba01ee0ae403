"""The whole stack: layers as columns, what fits what, and the architecture that comes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

import streamlit as st

from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.core import Stack
from selector.domain import words as plain
from selector.domain.problem import SelectorError
from selector.report import diagram, stack_records, stacked
from selector.report.diagram import Reference
from selector.report.money import money_of
from selector.ui.parts import answer, architecture, stack
from selector.ui.parts.html import crumb, lines, more, notice, page, section, text
from selector.ui.state import State
from selector.ui.written import fixing

TITLE = "Stack"
SECTION = ""
ICON = ""
SHOWN = 10
KEPT = "kept_stack"  # that what was fixed has just been kept
HEADS = ("Rank", "Otherwise", "Points", "Could be", "Cost a month", "Vendors", "Fit")
NONE = (
    "A decision about a whole stack has a <code>stack</code> with layers in its file; these are "
    "here:"
)


def show(state: State) -> None:
    """Draw the page."""
    if state.stack is None:
        _none(state)
        return
    st.fragment(_view)()


def _view() -> None:
    """Draw the stack. What is fixed runs this alone again, not the frame around it."""
    state = State()
    found = stack.told(state.stack) if state.stack else None
    if found is None:  # the file has changed meanwhile
        st.rerun()
    best, own = found.winner, money_of(found.decision)
    head = crumb(state.analysis.decision.title, answer.crumb_right(state.analysis))
    st.html(
        page(
            head,
            f"<h1>{text(stacked.headline(found))}</h1>",
            f'<p class="sub tight">{text(stacked.named(best))}: {plain.points(best.score)} points, '
            f"{text(stacked.fit_told(best))}, {text(stacked.money(best, own))}.</p>"
            if best
            else "",
            f"<p>{text(stacked.counted(found))}. {text(stacked.sure(found))}</p>",
            _stuck(found),
        )
    )
    st.html(
        page(
            '<p class="how">Each box is a layer, with its weight; the figure beside a name is what '
            "it scores in its layer, of 100. Press one to fix it, or drag it onto the chosen one "
            "above: all other layers are chosen anew at once. Press it again, or drag it off, to "
            "let it go. Below a name stands what the whole stack would lose or gain by it; what "
            "cannot be together with what is fixed is dashed, and says why.</p>"
        )
    )
    with st.container():  # always there, so that the layers keep their place, and the focus
        if state.fixed:
            _keep(state)
        elif st.session_state.pop(KEPT, False):
            st.html(notice("What you fixed is kept in the decision: every page and export has it."))
    pattern = found.spec.pattern
    heard = stack.Heard(_fix, _ask)
    if best is not None and pattern is not None:
        _beside(found, state.asked_why, heard, stacked.reference(found, best, pattern))
    else:
        stack.draw(found, state.asked_why, heard)
    if best is None:
        state.write_link()
        return
    st.html(page(_why(found), _fits(found, best), _open(found), _ten(found), _front(found)))
    if pattern is not None:
        st.html(page(_failures(stacked.reference(found, best, pattern))))
    _take(found)
    state.write_link()


def _keep(state: State) -> None:
    """What is fixed here is of this page alone, until it is written into the decision."""
    st.html(page("<p>What you fixed counts on this page and in its records. Other pages and "
                 "exports follow once it is kept in the decision.</p>"))  # fmt: skip
    if st.button("Keep what is fixed", key="keep_fixed"):
        try:
            state.edit(*fixing(state.data, state.fixed))
        except SelectorError as error:
            st.html(notice(str(error)))
            return
        state.release()
        st.session_state[KEPT] = True
        st.rerun()


def _take(found: StackAnalysis) -> None:
    """The decision records to take along, made when they are asked for."""
    how = (
        "One record for each layer in the form of MADR, a page that ties them, and an index, for "
        "the repository of the project."
    )
    st.html(page(section("To take along", how)))
    redact = False
    if found.decision.negotiated.confidential:
        redact = st.toggle(
            "Leave out what is confidential",
            key="redact_records",
            help="Bills that rest on prices negotiated in confidence, and all that would tell "
            "them by a difference.",
        )
    st.download_button(
        "Decision records (Markdown, zip)",
        partial(stack_records.archive, found, redact),
        f"{found.decision.id}-records.zip",
        "application/zip",
        key="take_records",
        on_click="ignore",
        width="content",
    )


def _fix(said: str) -> None:
    State().fix(said)


def _ask(said: str) -> None:
    State().ask_why(said)


def _none(state: State) -> None:
    st.html(
        page(
            crumb(state.analysis.decision.title, answer.crumb_right(state.analysis)),
            "<h1>This decision is about one choice, not a whole stack</h1>",
            f'<p class="sub tight">{NONE}</p>',
        )
    )
    titles = state.titles
    with st.container(gap="small", key="stacks_here"):
        for name in state.stacks_here:
            if st.button(titles[name], key=f"stack_{name}"):
                state.choose_decision(name)
                st.rerun()


def _stuck(found: StackAnalysis) -> str:
    """Which constraints leave no stack."""
    if found.winner is not None:
        return ""
    told = lines(text(line) for line in found.conflicts)
    return notice("These cannot all hold; let one of them go:") + told


def _beside(
    found: StackAnalysis, asked: Collection[str], heard: stack.Heard, reference: Reference
) -> None:
    """The layers, and the architecture beside them where the window is wide, else beneath."""
    with st.container(key="stack_beside"):
        layers, picture = st.columns(2)
        with layers:
            stack.draw(found, asked, heard, is_beside=True)
        with picture:
            _architecture(reference)


def _architecture(reference: Reference) -> None:
    """The picture, what it shows, and the flows in words."""
    listed = "".join(f"<li>{text(line.partition('. ')[2])}</li>" for line in reference.flow_lines())
    how = (
        "What was chosen has a strong edge. Arrows are numbered; orange ones carry data to where "
        "others are trusted with it."
    )
    apart = reference.apart_told()
    how += " Others run what is in an orange frame." * bool(apart)
    told = " ".join([reference.pattern.summary, *apart])
    summary = f"<p>{text(told)}</p>"
    st.html(page(section(reference.pattern.name, how, summary)))
    architecture.draw(reference)
    st.html(page(more("What flows, in words", f'<ol class="lines">{listed}</ol>')))
    with st.expander("The diagram as Mermaid, for a repository or wiki"):
        st.code(diagram.mermaid(reference), language=None)


def _why(found: StackAnalysis) -> str:
    rows = []
    for each in stacked.why(found):
        rivals = "".join(
            f"<li><b>{text(name)}</b> {text(because)}</li>" for name, because in each.rivals
        )
        inside = f'<ul class="lines">{rivals}</ul>' if rivals else ""
        rows.append(f"<b>{text(each.layer)}</b>: {text(each.line)}{inside}")
    how = "Each layer's choice and its place there; who scores higher and why it is not chosen."
    return section("Why this stack", how, lines(rows))


def _fits(found: StackAnalysis, best: Stack) -> str:
    told = []
    for joint in stacked.charged_of(best):
        line = text(stacked.fit_line(found, joint))
        links = "".join(
            f' <a href="{text(url)}" target="_blank" rel="noopener">source {number}</a>'
            for number, url in enumerate(stacked.sources_of(joint), 1)
        )
        told.append(line + links)
    native = sum(joint.fit == "native" for joint in best.joints)
    how = (
        f"{native} pairs of neighbours go together as they come. An adapter takes "
        f"{found.spec.fit.small:g}, {found.spec.fit.medium:g} or {found.spec.fit.large:g} points "
        f"of 100, by its effort; what is not known takes {found.spec.fit.unknown:g}."
    )
    nothing = "<p>Nothing has to be built between the parts.</p>" if not told else ""
    return section("How it goes together", how, lines(told), nothing)


def _open(found: StackAnalysis) -> str:
    told = stacked.open_pairs(found)
    if not told:
        return ""
    how = "Pairs of which nobody has shown how they fit, and what would be best if it were known."
    return section("What to find out", how, lines(text(line) for line in told))


def _ten(found: StackAnalysis) -> str:
    how = "What each has otherwise than the best one; points of 100 with what they could be."
    return section("The best stacks", how, _table(found, found.best(SHOWN).stacks))


def _front(found: StackAnalysis) -> str:
    front = found.pareto()
    if len(front) < 2:
        return ""
    return more(
        "Stacks that are cheaper or have fewer vendors, and none better in all",
        _table(found, front[:SHOWN]),
    )


def _table(found: StackAnalysis, stacks: Sequence[Stack]) -> str:
    heads = "".join(f"<th>{head}</th>" for head in HEADS)
    rows = "".join(_row(found, each) for each in stacks)
    return (
        f'<table class="plain stacks"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(found: StackAnalysis, each: Stack) -> str:
    cells = (
        str(each.rank or ""),
        stacked.differing(found, each),
        plain.points(each.score),
        f"{plain.points(each.low)} – {plain.points(each.high)}",
        stacked.money(each, money_of(found.decision)),
        str(len(each.providers)),
        stacked.fit_told(each),
    )
    told = "".join(
        f'<td data-head="{head}"{" class=num" if head in ("Points", "Could be") else ""}>'
        f"{text(cell)}</td>"
        for head, cell in zip(HEADS, cells, strict=True)
    )
    return f"<tr>{told}</tr>"


def _failures(reference: Reference) -> str:
    rows = "".join(
        f"<tr><td>{text(each.what)}</td><td>{text(each.effect)}</td>"
        f"<td>{text(reference.names(each.roles))}</td>"
        f"<td>{text(reference.help(each.safeguards))}</td></tr>"
        for each in reference.pattern.failures
    )
    guards = lines(
        f"<b>{text(one.name)}.</b> {text(reference.how(one))} "
        f"<small>{text(stacked.answers(one.frameworks))}</small>"
        for one in reference.pattern.safeguards
    )
    return section(
        "What can go wrong, and what helps",
        "Failures of this kind of system, what people notice, where, and the safeguards.",
        '<table class="plain"><thead><tr><th>What fails</th><th>What people notice</th>'
        f"<th>Where</th><th>What helps</th></tr></thead><tbody>{rows}</tbody></table>",
        guards,
    )
