"""Edit: the requirements, each with what it knocks out now, and a new one before it is kept."""

from __future__ import annotations

from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.measure.requirements import in_words
from selector.ui.edits import requirements
from selector.ui.edits._edit import Refused
from selector.ui.edits.requirements import CONDITIONS, Subject
from selector.ui.edits.text import performance_text, said_level
from selector.ui.parts import edit_form as form
from selector.ui.parts.edit_alternatives import called
from selector.ui.parts.html import lines, page, section, text, unmarked
from selector.ui.state import State

NEW = "new_requirement"
STAYS, OUT = "stays, and is marked", "is out"
YES, NO = "yes", "no"


def draw(state: State) -> None:
    """Draw what is asked, and what may be asked more."""
    analysis = state.filed
    asked = analysis.decision.requirements
    how = (
        "Who fails one is out, whatever else it has, and is shown with the reason. Each says what "
        "it does to the alternatives by itself."
    )
    title = {0: "Nothing is required", 1: "1 requirement"}.get(
        len(asked), f"{len(asked)} requirements"
    )
    st.html(page(section(title, how)))
    subjects = requirements.subjects(analysis.decision)
    with st.container(key="edit_list"):
        for place in range(len(asked)):
            _asked(state, analysis, place, subjects)
    more = (
        "Choose what to ask for: a fact of the dictionary, or a criterion. You see what it would "
        "do before you keep it. Where one of several is enough, write it as any, under The file."
    )
    st.html(page(section("Ask for more", more)))
    with st.container(key="edit_new_requirement"):
        _fields(state, analysis, NEW, subjects, {})

        def kept() -> None:
            asked = form.take(
                NEW, lambda state: requirements.add(state.data, made_of(NEW, subjects))
            )
            if asked:
                form.clear(NEW, subject=None, reason="")

        st.button("Keep this requirement", key="edit_add_requirement", on_click=kept)


def _asked(state: State, analysis: Analysis, place: int, subjects: dict[str, Subject]) -> None:
    """One requirement: in words, why, what it does, and the fields that change it."""
    requirement = analysis.decision.requirements[place]
    told = in_words(requirement, analysis.decision)
    does = requirements.effect_words(requirements.effect(analysis, requirement), called(analysis))
    why = f'<p class="why">{text(requirement.reason)}</p>' if requirement.reason else ""
    rule = " What is not proven is out." if requirement.unproven_is_out else ""
    name = f"asked_{place}"
    is_open = state.open_item == name
    about, change, gone = st.columns([6, 1.2, 1.2], vertical_alignment="center")
    about.html(
        page(
            f'<div class="req"><h3>{text(told)}</h3>{why}'
            f'<p class="how">{text(does)}{rule}</p></div>'
        )
    )
    change.button(
        "Close" if is_open else "Change",
        key=f"edit_change_{place}",
        on_click=lambda: State().toggle_item(name),
        help=f"{'Close' if is_open else 'Change'}: {unmarked(told)}",
        use_container_width=True,
    )
    gone.button(
        "Remove",
        key=f"edit_remove_asked_{place}",
        on_click=form.taking(
            name, lambda state: requirements.remove(state.data, place), f"No longer asked: {told}."
        ),
        help=f"Remove: {unmarked(told)}",
        use_container_width=True,
    )
    if is_open:
        with st.container(key="edit_change_asked"):
            _change(state, analysis, place, subjects)


def _change(state: State, analysis: Analysis, place: int, subjects: dict[str, Subject]) -> None:
    name = f"asked_{place}"
    item = dict(state.data["requirements"][place])
    if "any" in item:
        _any_of(analysis, place)
        return
    _fields(state, analysis, name, subjects, item)
    st.button(
        "Keep the change",
        key="edit_keep_asked",
        on_click=form.taking(
            name,
            lambda state: requirements.change(state.data, place, made_of(name, subjects)),
        ),
    )


def _any_of(analysis: Analysis, place: int) -> None:
    """The items of which one is enough, what each would do alone, and where to edit them."""
    rows = [
        f"<b>{text(in_words(item, analysis.decision))}</b> <span>· alone: "
        + text(requirements.effect_words(requirements.effect(analysis, item), called(analysis)))
        + "</span>"
        for item in analysis.decision.requirements[place].any_of
    ]
    how = (
        f"It is number {place + 1} under <code>requirements</code> in the file, with "
        "<code>any</code>. Change it there."
    )
    st.html(page(section("One of these is enough", "", lines(rows), f'<p class="how">{how}</p>')))
    st.button("Open the file", key="edit_to_file", on_click=_to_file)


def _to_file() -> None:
    st.session_state["edit_view"] = "The file"
    State().open_edit_view("The file")


# --- the fields ---------------------------------------------------------------------------------


def _fields(
    state: State,
    analysis: Analysis,
    name: str,
    subjects: dict[str, Subject],
    item: dict[str, Any],
) -> None:
    """Draw the fields, and what the requirement in them would do."""
    labels = {key: f"{s.name} · {s.group}" if s.group else s.name for key, s in subjects.items()}
    now = next((f"{k}:{item[k]}" for k in ("fact", "criterion") if k in item), None)
    key = form.choice(state, name, "subject", "What", list(subjects), now, labels,
                      placeholder="Choose a fact or a criterion")  # fmt: skip
    form.wrong(state, name, "subject")
    if key is None:
        return
    subject = subjects[key]
    is_same = key == now
    _condition(state, name, subject, item if is_same else {})
    left, right = st.columns(2)
    with left:
        form.choice(state, name, "unproven", "What is not proven", [STAYS, OUT],
                    OUT if item.get("unproven") == "out" else STAYS)  # fmt: skip
        passes = item.get("when_not_applicable") == "pass"
        form.choice(state, name, "not_applicable", "Where it does not apply", ["fails", "passes"],
                    "passes" if passes else "fails")  # fmt: skip
    with right:
        form.line(state, name, "reason", "Why it is asked", str(item.get("reason", "")),
                  placeholder="Customers' names pass through it", max_chars=400)  # fmt: skip
    form.wrong_elsewhere(state, name, ("subject", "first", "second"))
    try:
        made = made_of(name, subjects)
    except Refused:
        if subject.find:
            st.html(page(f'<p class="how">{text(subject.find)}.</p>'))
        return
    effect = requirements.effect(analysis, requirements.record(made))
    does = requirements.effect_words(effect, called(analysis))
    known = "".join(f"<li><b>{text(a.name)}</b> {text(why)}</li>" for a, why in effect.out)
    told = f'<ul class="lines">{known}</ul>' if known else ""
    st.html(page(f'<div class="foresee" role="status"><p>{text(does)}</p>{told}</div>'))


def _condition(state: State, name: str, subject: Subject, item: dict[str, Any]) -> None:
    """The fields of the condition, by the type of what is asked."""
    fitting = CONDITIONS[subject.type]
    now = next((c for c in fitting if c in item), next(iter(fitting)))
    if "at_least" in item and "at_most" in item and "between" in fitting:
        now = "between"
    first = item.get("at_least" if now == "between" else now)
    # Each kind of field has a name of its own: a number must not stand where a level is chosen.
    key = f"{subject.key}_{subject.id}"
    left, right = st.columns([1, 2])
    with left:
        condition = form.choice(state, name, f"condition_{subject.type}", "Condition",
                                list(fitting), now, dict(fitting))  # fmt: skip
    with right:
        unit = f", {subject.unit}" if subject.unit else ""
        if subject.type == "boolean":
            form.choice(state, name, "first_boolean", "What it must be", [YES, NO],
                        NO if first is False else YES)  # fmt: skip
        elif subject.type == "level":
            levels = {level: said_level(level) for level in subject.levels}
            form.choice(state, name, f"first_{key}", "What is asked", list(levels),
                        first if first in levels else subject.levels[-1], levels)  # fmt: skip
        elif subject.type == "set":
            given = [c for c in item.get("includes") or [] if c in subject.choices]
            st.multiselect(
                "What must be among them", list(subject.choices),
                key=form.seeded(name, f"first_{key}", given),
                format_func=lambda c: subject.choices[c],
            )  # fmt: skip
        elif subject.type == "date":
            st.date_input("Day", key=form.seeded(name, f"first_{key}", first), format="YYYY-MM-DD")
        else:
            told = performance_text(first) if first is not None else ""
            form.line(state, name, f"first_{key}", f"What is asked{unit}", told)
            if condition == "between":
                last = item.get("at_most")
                told = performance_text(last) if now == "between" and last is not None else ""
                form.line(state, name, f"second_{key}", f"and at most{unit}", told)
    form.wrong(state, name, "first", "second")


def made_of(name: str, subjects: dict[str, Subject]) -> dict[str, Any]:
    """The requirement that stands in the fields now. Refused where one is wanting.

    Read when it is kept, not when it was drawn: a field that was left just before counts.
    """
    if form.value(name, "subject") not in subjects:
        raise Refused("subject", "Choose what is asked: a fact, or a criterion.")
    subject = subjects[form.value(name, "subject")]
    key = f"{subject.key}_{subject.id}"
    condition = form.value(name, f"condition_{subject.type}") or next(
        iter(CONDITIONS[subject.type])
    )
    boolean = subject.type == "boolean"
    first = form.value(name, "first_boolean" if boolean else f"first_{key}")
    return requirements.item(
        subject,
        str(condition),
        first == YES if boolean else first,
        form.value(name, f"second_{key}"),
        form.value(name, "unproven") == OUT,
        form.value(name, "not_applicable") == "passes",
        str(form.value(name, "reason") or ""),
    )
