"""Weights that are asked for, and sets of weights under a name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from selector.analysis.asking import (
    Answer,
    Question,
    Way,
    question,
    questions,
    times_of,
    way_of,
    weights_with,
)
from selector.analysis.scales import narrow
from selector.catalog.editing import REMOVE
from selector.domain.problem import UsageError
from selector.report.currency import as_filed
from selector.ui import reading
from selector.ui.state.drafting import Drafting

MOST_SCENARIOS = 30


class Asking(NamedTuple):
    """A dialogue as far as it went: the children of `group` ("": the top) by a way.

    `names` are in the order of their weights when it began; `again` is the place of an answer that
    is asked for anew, -1 where the next question stands.
    """

    group: str
    way: Way
    names: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    again: int = -1

    @property
    def place(self) -> int:
        """The place of the answer that is asked for."""
        return self.again if self.again >= 0 else len(self.answers)

    @property
    def question(self) -> Question | None:
        """What is asked; None where all is said."""
        if self.again >= 0:
            return questions(self.way, self.names, self.answers)[self.again]
        return question(self.way, self.names, self.answers)

    def with_answer(self, answer: Answer) -> Asking:
        """The dialogue with one more answer, or another one in its place."""
        if self.again < 0:
            return self._replace(answers=(*self.answers, answer))
        told = (*self.answers[: self.again], answer, *self.answers[self.again + 1 :])
        return self._replace(answers=told, again=-1)


class Weighing(Drafting):
    """The dialogues of Weigh, its scenarios, and scales that are tightened."""

    # --- dialogues --------------------------------------------------------------------------
    @property
    def about(self) -> str:
        """What is weighed, whether in a copy of one's own or not."""
        return self.origin or self.decision_id

    @property
    def is_asking(self) -> bool:
        """Whether the dialogue stands in the place of the sliders."""
        return bool(self._kept.get("asking_open") == self.about)

    def open_asking(self, group: str | None = None) -> None:
        """Show the dialogue; with a group, what is inside it is offered first."""
        self._kept["asking_open"] = self.about
        if group is not None:
            self._kept["asking_group"] = group

    def leave_asking(self) -> None:
        """Go back to the sliders; the answers are kept."""
        self._kept["asking_open"] = ""

    @property
    def offered_group(self) -> str:
        """The group whose children are offered first."""
        group: str = self._kept.get("asking_group", "")
        return group

    @property
    def asking(self) -> Asking | None:
        """The dialogue that was begun on this decision, as far as its criteria still fit."""
        found: Asking | None = self._kept.get("asking", {}).get(self.about)
        if found is None:
            return None
        return found if sorted(found.names) == sorted(self.sets.get(found.group, ())) else None

    @property
    def sets(self) -> dict[str, tuple[str, ...]]:
        """What can be weighed: sets of two and more siblings by their group, "" at the top.

        Those that matter most at present come first.
        """
        analysis = self.analysis
        found = {
            parent.id if parent else "": tuple(
                sorted((c.id for c in children), key=lambda name: -analysis.shares[name])
            )
            for parent, children in analysis.decision.criteria.siblings()
        }
        return {group: names for group, names in found.items() if len(names) > 1}

    def start_asking(self, group: str, way: Way) -> None:
        """Begin a dialogue."""
        self._keep_asking(Asking(group, way, self.sets[group]))

    def answer(self, place: int, value: Any) -> None:
        """Take an answer to the question at a place; what does not answer it is let go."""
        asking = self.asking
        if asking is None or asking.place != place or asking.question is None:
            return
        answer = _answer(asking.question, value)
        if answer is not None:
            self._keep_asking(asking.with_answer(answer))

    def ask_again(self, place: int) -> None:
        """Ask for an answer anew, and keep the others."""
        if self.asking is not None:
            self._keep_asking(self.asking._replace(again=place))

    def step_back(self) -> None:
        """Take back the last answer, or the wish to change one."""
        asking = self.asking
        if asking is not None and asking.again >= 0:
            self._keep_asking(asking._replace(again=-1))
        elif asking is not None and asking.answers:
            self._keep_asking(asking._replace(answers=asking.answers[:-1]))
        else:
            self.drop_asking()

    def drop_asking(self) -> None:
        """Let go of the dialogue."""
        self._keep_asking(None)

    def take_asked(self) -> None:
        """Write what was answered into the decision's file. InputError: it cannot be."""
        asking = self.asking
        if asking is None or asking.question is not None:
            return
        way = way_of(asking.way, asking.names, asking.answers)
        base = self.base
        others = {name: x for name, x in self.points.items() if name not in asking.names}
        taken = weights_with(base.decision, base.shares, asking.group, way)
        about = self.about
        self.edit((("weights",), taken))
        self._kept["points"] = others
        self._kept["turned"] = self._turned + 1
        self._kept["asking"] = {**self._kept.get("asking", {}), about: None}
        self._kept["taken"] = asking.group
        if self._kept.get("ask_anew", ("",))[0] in asking.names:
            self._kept.pop("ask_anew")

    def _keep_asking(self, asking: Asking | None) -> None:
        self._kept["asking"] = {**self._kept.get("asking", {}), self.about: asking}
        self._kept.pop("taken", None)

    @property
    def taken(self) -> str | None:
        """The group whose children were weighed just now; None where nothing was."""
        return self._kept.get("taken")

    # --- sets of weights --------------------------------------------------------------------
    @property
    def weights_turn(self) -> str:
        """Another text whenever the weights were changed elsewhere than by the sliders."""
        revision = reading.revision_of(self.draft) if self.draft else ""
        return f"{revision}:{self._turned}"

    @property
    def _turned(self) -> int:
        count: int = self._kept.get("turned", 0)
        return count

    def load_weights(self, points: Mapping[str, float]) -> None:
        """Look at the decision under other weights: points by criterion, as a scenario has them."""
        shares = self.base.with_weights(points).shares
        self._kept["points"] = self._differing({name: 100 * x for name, x in shares.items()})
        self._kept["turned"] = self._turned + 1

    def keep_scenario(self, name: str) -> None:
        """Keep the present weights in the file under a name. InputError, UsageError: not so."""
        name = self._scenario_name(name)
        known = self.base.decision.scenarios
        if len(known) >= MOST_SCENARIOS:
            raise UsageError(f"there are {len(known)} scenarios already; remove one first")
        points = {i: _short(100 * share) for i, share in self.analysis.shares.items()}
        scenario = {"name": name, "weights": points}
        if known:
            self.edit((("scenarios", len(known)), scenario))
        else:
            self.edit((("scenarios",), [scenario]))

    def rename_scenario(self, name: str, other: str) -> None:
        """Give a scenario another name. InputError, UsageError: it cannot be."""
        other = self._scenario_name(other)
        self.edit((("scenarios", self._scenario_place(name), "name"), other))

    def remove_scenario(self, name: str) -> None:
        """Remove a scenario from the file."""
        if len(self.base.decision.scenarios) == 1:
            self._scenario_place(name)
            self.edit((("scenarios",), REMOVE))
        else:
            self.edit((("scenarios", self._scenario_place(name)), REMOVE))

    def _scenario_name(self, name: str) -> str:
        name = " ".join(name.split())
        if not name:
            raise UsageError("a scenario needs a name")
        if len(name) > 60:
            raise UsageError("a name of at most 60 letters, please")
        if name in {scenario.name for scenario in self.base.decision.scenarios}:
            raise UsageError(f"there is a scenario {name!r} already; take another name")
        return name

    def _scenario_place(self, name: str) -> int:
        names = [scenario.name for scenario in self.base.decision.scenarios]
        if name not in names:
            raise UsageError(f"there is no scenario {name!r} any more")
        return names.index(name)

    # --- scales -----------------------------------------------------------------------------
    def tighten(self, leaf: str) -> None:
        """Give a leaf a scale that tells these alternatives apart. InputError: it cannot be."""
        told = self.analysis
        row = next((row for row in narrow(told) if row.criterion == leaf), None)
        if row is None:
            return
        worst, best = (_short(as_filed(told, leaf, end)) for end in (row.worst, row.best))
        self.edit((("scales", leaf), {"worst": worst, "best": best}))
        self._kept["ask_anew"] = (leaf, self.about)

    @property
    def ask_anew(self) -> str:
        """The leaf whose scale was tightened and whose weight was not asked anew yet."""
        leaf, about = self._kept.get("ask_anew", ("", ""))
        return leaf if about == self.about else ""

    def let_weight_be(self) -> None:
        """Leave the weight as it is, though its scale is another."""
        self._kept.pop("ask_anew", None)


def _short(value: float) -> float | int:
    """A number to a ten-thousandth; whole where it is."""
    near = round(value, 4)
    return int(near) if near == int(near) else near


def _answer(asked: Question, value: Any) -> Answer | None:
    """What was sent as an answer to the question; None where it is none."""
    if asked.kind in ("first", "next", "last"):
        return value if isinstance(value, str) and value in asked.about else None
    if asked.kind == "order":
        is_order = isinstance(value, list | tuple) and sorted(map(str, value)) == sorted(
            asked.about
        )
        return tuple(map(str, value)) if is_order else None
    try:
        number = times_of(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    least = {"points": 0.0, "times": 1.0}.get(asked.kind, 1 / max(1.0, asked.most))
    return number if least - 1e-9 <= number <= asked.most else None
