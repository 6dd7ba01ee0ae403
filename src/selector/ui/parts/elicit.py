"""Help me weigh: a dialogue in the place of the sliders, and what its answers would change."""

from __future__ import annotations

from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.analysis.asking import (
    WAYS,
    Outcome,
    Question,
    left,
    outcome,
    questions,
    way_of,
)
from selector.analysis.scenarios import weighed
from selector.domain import words as plain
from selector.domain.problem import InputError
from selector.report import asking as said
from selector.report import words
from selector.report.consistency import times
from selector.ui.parts import scripted
from selector.ui.parts.answer import colour_of
from selector.ui.parts.html import lines, page, problems, section, text
from selector.ui.state import State
from selector.ui.state.weighing import Asking

KEY = "asked"


def draw(state: State) -> None:
    """Draw the dialogue where it stands: what to weigh and how, a question, or the outcome."""
    asking = state.asking
    if asking is None:
        _choose(state)
    elif asking.question is not None:
        _ask(state, asking, asking.question)
    else:
        _show(state, asking)


# --- what to weigh, and how ---------------------------------------------------------------------


def _choose(state: State) -> None:
    analysis, sets = state.analysis, state.sets
    st.html(
        page(
            "<h2>Help me weigh</h2>",
            '<p class="how">A few questions instead of sliders. The answers become the weights '
            "and stand in the decision’s file. You may step back, or leave and go on later.</p>",
        )
    )
    if not sets:
        st.html(page('<p class="how">There is only one criterion: nothing to weigh.</p>'))
        _leaving(state)
        return
    groups = list(sets)
    called = {group: said.set_name(analysis, group, sets[group]) for group in groups}
    first = groups.index(state.offered_group) if state.offered_group in groups else 0
    group = st.selectbox(
        "What to weigh", groups, index=first, format_func=called.__getitem__, key="asking_of"
    )
    count = len(sets[group])
    how_many = {
        "swing": f"{2 * (count - 1)} questions",
        "ranking": "1 screen",
        "ahp": f"{count if count > 2 else 1} questions, 2 more where they contradict each other",
        "bwm": f"{2 * count - 1 if count > 2 else 2} questions",
    }
    st.radio(
        "How",
        WAYS,
        format_func=lambda way: said.WAYS[way][0],
        captions=[f"{said.WAYS[way][1]} {how_many[way].capitalize()}." for way in WAYS],
        key="asking_by",
    )

    def started() -> None:  # by what stands there now: a quick hand is ahead of what was drawn
        State().start_asking(st.session_state["asking_of"], st.session_state["asking_by"])

    with st.container(horizontal=True):
        st.button("Start", type="primary", key="asking_start", on_click=started)
        _leaving(state)


def _leaving(state: State) -> None:
    st.button("Back to the sliders", key="asking_leave", on_click=state.leave_asking)


# --- a question ---------------------------------------------------------------------------------


def _ask(state: State, asking: Asking, question: Question) -> None:
    analysis = state.analysis
    told = said.asked(analysis, question)
    more = left(asking.way, asking.names, asking.answers)
    done = len(asking.answers)
    given = asking.answers[asking.again] if asking.again >= 0 else None
    where = said.set_name(analysis, asking.group, asking.names)
    step = (
        f"{where} · one answer anew"
        if asking.again >= 0
        else f"{where} · question {done + 1}, {_left(more - 1)}"
    )

    def answered() -> None:
        sent = _sent("answer")
        if sent:
            State().answer(sent.get("place", -1), sent.get("value"))

    def gone() -> None:
        sent = _sent("go")
        if sent and sent.get("to") == "back":
            State().step_back()
        elif sent:
            State().leave_asking()

    data = {
        "place": asking.place,
        "step": step,
        "done": done / (done + more) if done + more else 0,
        "title": told.title,
        "how": told.how,
        "kind": question.kind,
        "choices": [choice._asdict() for choice in told.choices],
        "most": question.most,
        "given": None if given is None else _as_choice(given),
        "back": "Keep the answer"
        if asking.again >= 0
        else "Step back"
        if done
        else "Choose another way",
    }
    scripted.component("asking")(key=KEY, data=data, on_answer_change=answered, on_go_change=gone)


def _sent(name: str) -> dict[str, Any] | None:
    """What the question sent, as plain data."""
    found = st.session_state.get(KEY)
    sent = found.get(name) if found else None
    return dict(sent) if sent else None


def _left(more: int) -> str:
    if more <= 0:
        return "the last"
    return "1 more follows" if more == 1 else f"{more} more follow"


def _as_choice(answer: Any) -> str:
    """An answer as the value of its choice."""
    return times(float(answer)) if isinstance(answer, int | float) else str(answer)


# --- the outcome --------------------------------------------------------------------------------


def _show(state: State, asking: Asking) -> None:
    analysis = state.analysis
    way = way_of(asking.way, asking.names, asking.answers)
    found = outcome(asking.names, way)
    proposed = analysis.with_shares({**analysis.shares, **found.shares})
    st.html(
        page(
            "<h2>What your answers make of it</h2>",
            f'<p class="sub tight">{_leads(analysis, proposed)}</p>',
            f'<div class="cols"><div>{_beside(analysis, proposed, asking)}</div>'
            f"<div>{_orders(analysis, proposed)}</div></div>",
        )
    )
    _consistency(state, asking, found)
    with st.container(horizontal=True):
        st.button("Take these weights", type="primary", key="asking_take", on_click=_take)
        st.button("Step back", key="asking_back", on_click=state.step_back)
        st.button("Let go of my answers", key="asking_drop", on_click=state.drop_asking)
        _leaving(state)
    wrong = st.session_state.get("asking_wrong")
    if isinstance(wrong, InputError):
        st.html(problems(wrong, "These weights", "take them again"))


def _take() -> None:
    state = State()
    st.session_state.pop("asking_wrong", None)
    try:
        state.take_asked()
    except InputError as error:
        st.session_state["asking_wrong"] = error
    else:
        state.leave_asking()


def _leads(before: Analysis, after: Analysis) -> str:
    """Who leads by the answers, and who as the weights stand, as markup."""
    now, then = (text(words.standing(one).sentence) for one in (before, after))
    if now == then:
        return f"<b>{then}</b>, as now."
    return f"<b>{then}</b>. As the weights stand now: {now}."


def _beside(before: Analysis, after: Analysis, asking: Asking) -> str:
    """The percentages by the answers, beside the present ones."""
    names = {node.id: node.name for node in before.decision.criteria.walk()}
    order = sorted(asking.names, key=lambda name: -after.shares[name])
    now, then = (
        dict(zip(order, _whole([own.shares[name] for name in order]), strict=True))
        for own in (before, after)
    )
    rows = "".join(
        f'<tr><th scope="row">{text(names[name])}</th>'
        f'<td class="part" aria-hidden="true"><u style="width:{100 * after.shares[name]:.1f}%"></u>'
        f'<i style="left:{100 * before.shares[name]:.1f}%"></i></td>'
        f"<td><b>{then[name]} %</b></td><td>{now[name]} %</td></tr>"
        for name in order
    )
    head = (
        '<tr><th scope="col">Step up</th><th aria-hidden="true"></th>'
        '<th scope="col">by your answers</th><th scope="col">now</th></tr>'
    )
    how = "The bar is what your answers give; the mark is where the weight stands now."
    table = f'<table class="outcome"><thead>{head}</thead><tbody>{rows}</tbody></table>'
    return section("The weights", how, table)


def _whole(shares: list[float]) -> list[int]:
    """Whole percentages that sum to 100, as the sliders show them."""
    exact = [100 * share / (sum(shares) or 1) for share in shares]
    whole = [int(x + 1e-9) for x in exact]
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for place in order[: max(0, 100 - sum(whole))]:
        whole[place] += 1
    return whole


def _orders(before: Analysis, after: Analysis) -> str:
    """The ranking by the answers, and the present one."""
    if not before.alternatives:
        return ""
    called = words.labels(before.decision)
    now = {row.alternative: row.rank for row in before.ranking}
    items = []
    for row in weighed(after, before, "", "own").ranking:
        dot = f'<i class="dot" style="background:{colour_of(before, row.alternative)}"></i>'
        score = "" if row.score is None else f"{plain.points(row.score)} points · "
        was = now[row.alternative]
        moved = "as now" if was == row.rank else f"now {was}"
        items.append(
            f"{row.rank} {dot}{text(called[row.alternative].short)} <span>· {score}{moved}</span>"
        )
    return section("The ranking by your answers", "", lines(items))


def _consistency(state: State, asking: Asking, found: Outcome) -> None:
    """How well the answers hold together, and those to look at again."""
    names = {node.id: node.name for node in state.analysis.decision.criteria.walk()}
    told = said.held_together(found, names)
    if not told:
        return
    st.html(page(section("Do your answers hold together?", "", lines(map(text, told)))))
    asked = [one.about for one in questions(asking.way, asking.names, asking.answers)]
    figures = found.consistency
    if figures is not None and figures.is_acceptable:
        return  # no more is asked than is needed
    for number, row in enumerate(found.revisit):
        pair = (row.first, row.second)
        if pair not in asked:
            continue
        place = asked.index(pair)
        key = f"asking_fit_of_{number}"  # the buttons stay on one line beside the words
        with st.container(horizontal=True, vertical_alignment="center", key=key):
            st.html(page(f"<p>{text(said.to_revisit(found, names)[number])}</p>"))
            st.button(
                "Take that",
                key=f"asking_fit_{number}",
                on_click=_mend,
                args=(place, row.suggested),
            )
            st.button(
                "Ask me again",
                key=f"asking_again_{number}",
                on_click=state.ask_again,
                args=(place,),
            )


def _mend(place: int, suggested: float) -> None:
    state = State()
    state.ask_again(place)
    state.answer(place, suggested)
