"""Edit: the criteria, their names and questions, their place in the tree, new ones."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from selector.analysis import Analysis
from selector.domain.criterion import CostMeasure, Criterion, FactMeasure, ShareMeasure
from selector.report import words
from selector.ui.edits import criteria
from selector.ui.edits._edit import Changes, Edit
from selector.ui.edits.scores import is_points
from selector.ui.parts import edit_form as form
from selector.ui.parts import edit_of_set
from selector.ui.parts.html import page, section, text
from selector.ui.state import State

FORM, NEW = "criteria", "new_criterion"
TOP = "At the top"
MEASURED = {
    "score": "Scores from 0 to 100 that we give",
    "fact": "A fact",
    "share": "The share of what we want that one has",
    "cost": "A figure of the bill",
    "group": "Nothing: a group of others",
}
GOALS = {"max": "More is better", "min": "Less is better"}


def draw(state: State) -> None:
    """Draw the tree, the fields of one criterion, and those of a new one."""
    analysis = state.filed
    if edit_of_set.of(state) is not None:
        named = state.data["criteria"]
        told = (
            f"This decision uses the criteria set {named}. The first change here writes its "
            "criteria into your copy; the set itself stays as it is, and its role presets are no "
            "longer offered."
        )
        st.html(page(f'<p class="how inlines">{text(told)}</p>'))
    left, right = st.columns([1, 1.25], gap="large")
    with left:
        st.html(page(_tree(analysis)))
    with right:
        st.html(page(section("Change a criterion", "Weights are set on Weigh; scales under "
                             "Scales.")))  # fmt: skip
        with st.container(key="edit_criterion"):
            _one(state, analysis)
        st.html(page(section("Add a criterion", "It joins behind its siblings with their mean "
                             "weight.")))  # fmt: skip
        with st.container(key="edit_new_criterion"):
            _new(state, analysis)


def _tree(analysis: Analysis) -> str:
    """All criteria with what they measure and their share, as nested lists."""

    def branch(nodes: tuple[Criterion, ...]) -> str:
        rows = []
        for node in nodes:
            share = words.percent(analysis.shares[node.id])
            what = "" if node.children else f"<small>{text(measured(node, analysis))}</small>"
            rows.append(
                f'<li><span class="nm">{text(node.name)}{what}</span><b>{share}</b>'
                f"{branch(node.children) if node.children else ''}</li>"
            )
        return f"<ul>{''.join(rows)}</ul>"

    n = len(analysis.leaves)
    how = "The share of each among its siblings, and what it measures."
    groups = len(list(analysis.decision.criteria.walk())) - n
    title = f"{n} criteria" + (f" in {groups} group{'s' * (groups > 1)}" if groups else "")
    return section(
        title, how, f'<div class="tree">{branch(analysis.decision.criteria.criteria)}</div>'
    )


def measured(leaf: Criterion, analysis: Analysis) -> str:
    """What a leaf measures, in a few words."""
    measure, known = leaf.measure, analysis.decision.dictionary
    if isinstance(measure, FactMeasure):
        return f"fact: {known[measure.fact].name}" if measure.fact in known else "a fact"
    if isinstance(measure, ShareMeasure):
        return f"share of {len(measure.wanted)} wanted"
    if isinstance(measure, CostMeasure):
        return criteria.FIGURES[measure.figure]
    return "scores that we give" if is_points(leaf) else "given by this decision"


def _groups(analysis: Analysis) -> dict[str, str]:
    """The groups a criterion can stand in, by id; "" is the top."""
    found = {"": TOP}

    def walk(nodes: tuple[Criterion, ...], depth: int) -> None:
        for node in nodes:
            if node.children:
                found[node.id] = f"{'– ' * depth}{node.name}"
                walk(node.children, depth + 1)

    walk(analysis.decision.criteria.criteria, 0)
    return found


def _parents(analysis: Analysis) -> dict[str, str]:
    return {
        child.id: parent.id if parent else ""
        for parent, children in analysis.decision.criteria.siblings()
        for child in children
    }


def edits(name: str, made: Callable[[Edit, Analysis], None], told: str = "") -> bool:
    """Make an edit of a decision that lists its criteria itself."""

    def changes(state: State) -> Changes:
        said = state.written  # the weights of the file, not those that are tried on Weigh
        edit = criteria.inlined(state.data, edit_of_set.of(state), said)
        made(edit, said)
        return edit.changes

    return form.take(name, changes, told)


# --- one criterion ------------------------------------------------------------------------------


def _one(state: State, analysis: Analysis) -> None:
    """The fields of one criterion."""
    known = {node.id: node for node in analysis.decision.criteria.walk()}
    depth = {"": -1}
    parents = _parents(analysis)
    for name in known:
        depth[name] = depth[parents[name]] + 1
    labels = {name: f"{'– ' * depth[name]}{node.name}" for name, node in known.items()}
    chosen = form.choice(state, FORM, "criterion", "Criterion", list(known), next(iter(known)),
                         labels)  # fmt: skip
    node = known[chosen]
    form.line(state, FORM, "criterion_name", "Name", node.name)
    form.line(state, FORM, "criterion_question", "What its weight is asked by", node.question,
              placeholder="How much does it matter that …", max_chars=400)  # fmt: skip
    left, right = st.columns(2)
    with left:
        groups = _groups(analysis)
        inside = {n.id for n in node.walk()}
        form.choice(state, FORM, "parent", "Group", [g for g in groups if g not in inside],
                    parents[chosen], groups)  # fmt: skip
    with right:
        if not node.children:
            form.choice(state, FORM, "goal", "Better", list(GOALS), node.direction, GOALS)
    if not node.children and node.measure is None and not is_points(node):
        form.line(state, FORM, "unit", "Unit", node.unit, max_chars=30)
    form.wrong_elsewhere(state, FORM, ("criterion", "criterion_name", "criterion_question",
                                       "parent", "goal", "unit"))  # fmt: skip
    with st.container(horizontal=True):
        st.button("Keep the change", key="edit_keep_criterion",
                  on_click=lambda: _keep(node, parents[chosen]))  # fmt: skip
        st.button("Remove this criterion", key="edit_remove_criterion",
                  on_click=lambda: _remove(node))  # fmt: skip
    rest = [n.name for n in node.walk()][1:]
    if rest:
        st.html(page(f'<p class="how">Removing it removes the {len(rest)} below it too.</p>'))


def _keep(node: Criterion, parent: str) -> None:
    if form.value(FORM, "criterion") != node.id:
        return  # another was chosen meanwhile, whose fields are yet to come

    def made(edit: Edit, analysis: Analysis) -> None:
        def told(field: str) -> str:
            return str(form.value(FORM, field) or "")

        unit = told("unit") if form.key_of(FORM, "unit") in st.session_state else None
        free = not node.children and node.measure is None and not is_points(node)
        criteria.describe(edit, node.id, told("criterion_name"), told("criterion_question"),
                          unit if free else None)  # fmt: skip
        if not node.children and told("goal") in GOALS and told("goal") != node.direction:
            criteria.turn(edit, node.id, told("goal"))
        chosen = form.value(FORM, "parent")
        if chosen is not None and chosen != parent:
            criteria.move(edit, node.id, chosen, analysis)

    edits(FORM, made)


def _remove(node: Criterion) -> None:
    if form.value(FORM, "criterion") != node.id:
        return
    edits(
        FORM,
        lambda edit, analysis: criteria.remove(edit, node.id, analysis),
        f"{node.name} is taken out, with what was said of it.",
    )


# --- a new one ----------------------------------------------------------------------------------


def _new(state: State, analysis: Analysis) -> None:
    """The fields of a new criterion."""
    form.line(state, NEW, "new_name", "Name", placeholder="Fit with our platform team")
    left, right = st.columns(2)
    with left:
        groups = _groups(analysis)
        form.choice(state, NEW, "new_parent", "Group", list(groups), "", groups)
    with right:
        how = form.choice(state, NEW, "measured", "Measured by", list(MEASURED), "score", MEASURED)
    dictionary = analysis.decision.dictionary
    if how == "fact":
        fitting = {
            i: f"{d.name} · {d.group}" if d.group else d.name
            for i, d in dictionary.items()
            if d.type in ("number", "boolean", "level")
        }
        form.choice(state, NEW, "new_fact", "Fact", list(fitting), next(iter(fitting)), fitting)
        form.choice(state, NEW, "new_goal", "Better", list(GOALS), "max", GOALS)
    elif how == "share":
        sets = {i: d.name for i, d in dictionary.items() if d.type == "set"}
        fact = form.choice(
            state, NEW, "new_set", "Of which list", list(sets), next(iter(sets)), sets
        )
        choices = dictionary[fact].choices
        key = form.seeded(NEW, f"new_wanted_{fact}", [])
        st.multiselect("What we want of it", list(choices), key=key,
                       format_func=lambda c: choices[c])  # fmt: skip
        form.wrong(state, NEW, "new_wanted")
    elif how == "cost":
        form.choice(state, NEW, "new_figure", "Figure of the bill", list(criteria.FIGURES),
                    "monthly", criteria.FIGURES)  # fmt: skip
    elif how == "group":
        _how(
            "A group is never empty: it begins with one criterion that is scored by judgement. "
            "Move others into it, then remove that one."
        )
    else:
        _how("Give the scores under Scores; until then they are unknown, and span the scale.")
    form.wrong_elsewhere(state, NEW, ("new_name", "new_parent", "new_wanted"))
    st.button("Add this criterion", key="edit_add_criterion", on_click=_add)


def _how(told: str) -> None:
    st.html(page(f'<p class="how">{text(told)}</p>'))


def _add() -> None:
    how = str(form.value(NEW, "measured"))
    fields = {"fact": "new_fact", "share": "new_set", "cost": "new_figure"}
    what = str(form.value(NEW, fields[how]) or "") if how in fields else ""
    wanted = tuple(form.value(NEW, f"new_wanted_{what}") or ()) if how == "share" else ()
    name = str(form.value(NEW, "new_name") or "")

    def made(edit: Edit, analysis: Analysis) -> None:
        criteria.add(edit, analysis, str(form.value(NEW, "new_parent") or ""), name, how, what,
                     str(form.value(NEW, "new_goal") or "max"), wanted)  # fmt: skip

    if edits(NEW, made, f"{' '.join(name.split())} is added."):
        form.clear(NEW, new_name="")
