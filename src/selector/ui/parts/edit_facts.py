"""Edit: facts of an alternative that the visitor gives, each with a source or a signed reason."""

from __future__ import annotations

from typing import Any

import streamlit as st

from selector.domain import words as plain
from selector.domain.decision import Decision
from selector.domain.evidence import UNKNOWN, Evidence
from selector.domain.fact import FactDefinition
from selector.ui.edits import alternatives
from selector.ui.edits.text import evidence_text, said_level
from selector.ui.parts import edit_form as form
from selector.ui.parts.html import page, section, text
from selector.ui.state import State

FORM = "facts"
YES, NO = "yes", "no"
FIELDS = ("fact_value", "fact_rests_on", "fact_by")


def draw(state: State) -> None:
    """Draw what is folded: which alternative, which fact, what it is, and what that rests on."""
    decision = state.analysis.decision
    if not decision.alternatives:
        return
    folded = st.expander("Give a fact of an alternative", key="edit_facts_open", on_change="rerun")
    if folded.open:
        with folded, st.container(key="edit_facts"):
            _form(state, decision)


def _form(state: State, decision: Decision) -> None:
    st.html(
        page(
            section(
                "",
                "It takes the place of what the profile says, in this decision only. What has a "
                "web address counts as a fact; what has not is a judgement, signed and marked.",
            )
        )
    )
    called = {a.id: a.name for a in decision.alternatives}
    definitions = decision.dictionary
    left, right = st.columns(2)
    with left:
        who = form.choice(
            state, FORM, "who", "Alternative", list(called), next(iter(called)), called
        )
    with right:
        names = {i: f"{d.name} · {d.group}" if d.group else d.name for i, d in definitions.items()}
        fact = form.choice(state, FORM, "fact", "Fact", list(names), next(iter(names)), names)
    definition = definitions[fact]
    alternative = next(a for a in decision.alternatives if a.id == who)
    place = [a.id for a in decision.alternatives].index(who)
    evidence = alternative.facts.get(fact, UNKNOWN)
    own = [definitions[i].name for i in _own_facts(state, place) if i in definitions]
    given = f" Given in this decision for {alternative.name}: {plain.listed(own)}." if own else ""
    st.html(page(f'<p class="how">{_now(evidence, definition)}{text(given)}</p>'))
    left, right = st.columns(2)
    with left:
        _value(state, definition)
    with right:
        rests_on = form.line(
            state, FORM, "fact_rests_on", "Where one can see it, or why you think so",
            placeholder="https://… or a reason", max_chars=600,
        )  # fmt: skip
        if rests_on and not rests_on.strip().startswith(("https://", "http://")):
            form.line(state, FORM, "fact_by", "Who says so", placeholder="Platform team")
    form.wrong_elsewhere(state, FORM, FIELDS)

    def kept() -> None:
        if (form.value(FORM, "who"), form.value(FORM, "fact")) != (who, fact):
            return  # another was chosen meanwhile, whose fields are yet to come
        made = form.take(
            FORM,
            lambda state: alternatives.give_fact(
                state.data, place, definition, _found(definition),
                str(form.value(FORM, "fact_rests_on") or ""),
                str(form.value(FORM, "fact_by") or ""), decision.day,
            ),
            f"{definition.name} of {alternative.name} is now as you say.",
        )  # fmt: skip
        if made:
            form.clear(FORM, fact_rests_on="")

    with st.container(horizontal=True):
        st.button("Keep this fact", key="edit_keep_fact", on_click=kept)
        if fact in _own_facts(state, place):

            def forgotten() -> None:
                form.take(FORM, lambda state: alternatives.forget_fact(state.data, place, fact))

            st.button("Back to the profile's", key="edit_forget_fact", on_click=forgotten)


def _own_facts(state: State, place: int) -> dict[str, Any]:
    item = state.data["alternatives"][place]
    found: dict[str, Any] = (item.get("facts") or {}) if isinstance(item, dict) else {}
    return found


def _now(evidence: Evidence, definition: FactDefinition) -> str:
    told = plain.with_unit(evidence_text(evidence), definition.unit)
    if evidence.state == "unknown":
        told = "unknown"
    of_day = f", as of {plain.day(evidence.as_of)}" if evidence.as_of else ""
    judged = ", a judgement" if evidence.is_judgement else ""
    find = f" To find it: {text(definition.find)}." if definition.find else ""
    return f"Now: <b>{text(told)}</b>{text(of_day)}{judged}.{find}"


def _value(state: State, definition: FactDefinition) -> None:
    """The field of the value, by the type of the fact."""
    kind, unit = definition.type, f", {definition.unit}" if definition.unit else ""
    label = f"What it is{unit}"
    field = f"fact_value_{definition.id}"
    if kind == "boolean":
        form.choice(state, FORM, field, label, [YES, NO], YES)
    elif kind == "level":
        levels = {level: said_level(level) for level in definition.levels}
        form.choice(state, FORM, field, label, list(levels), definition.levels[0], levels)
    elif kind == "set":
        key = form.seeded(FORM, field, [])
        st.multiselect(label, list(definition.choices), key=key,
                       format_func=lambda c: definition.choices[c])  # fmt: skip
    elif kind == "date":
        st.date_input(label, key=form.seeded(FORM, field, None), format="YYYY-MM-DD")
    else:
        form.line(state, FORM, field, label)
    form.wrong(state, FORM, "fact_value")


def _found(definition: FactDefinition) -> Any:
    """What stands in that field now."""
    value = form.value(FORM, f"fact_value_{definition.id}")
    return value == YES if definition.type == "boolean" else value
