"""The decision that is looked at, under the visitor's weights and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selector.analysis import Analysis
from selector.analysis.settled import MOVED, points_of
from selector.catalog.drafts import Draft, drafts
from selector.domain.span import Span
from selector.report import words
from selector.ui import reading
from selector.ui.state._kept import Kept

IN_LINK = 4  # digits of points that a link has


class Chosen(Kept):
    """The decision, its weights and its figures of cost."""

    # --- the decision -----------------------------------------------------------------------
    @property
    def decision_id(self) -> str:
        """The id of the decision that is looked at; empty where none is known."""
        known = self.known
        chosen: str = self._kept.get("decision", "")
        if chosen in known or self.draft is not None:
            return chosen
        return reading.FIRST if reading.FIRST in known else next(iter(known), "")

    @property
    def draft(self) -> Draft | None:
        """The working copy that is looked at; None where a known decision is, or it is gone."""
        chosen: str = self._kept.get("decision", "")
        if not chosen.startswith(reading.DRAFT):
            return None
        if chosen not in self._drafts:  # one look for each run of the page
            self._drafts[chosen] = drafts().find(chosen.removeprefix(reading.DRAFT))
        return self._drafts[chosen]

    @property
    def _read_as(self) -> str:
        """The decision as `reading` is asked for it: a working copy with its revision."""
        return reading.revision_of(self.draft) if self.draft else self.decision_id

    def choose_decision(self, decision_id: str) -> None:
        """Look at another decision, with the weights and figures of its file."""
        if decision_id != self.decision_id:
            for key in (
                "points",
                "received",
                "cell",
                "figures",
                "figure_problem",
                "closer",
                "look",
                "fixed_layers",
            ):
                self._kept.pop(key, None)
            self._kept["decision"] = decision_id  # last: a click may end this run at any line

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of all known decisions, and of the working copy looked at, by id."""
        known = self.known
        own = {self.decision_id: reading.title_of_draft(self._read_as)} if self.draft else {}
        if len(known) > reading.TITLED:
            return {i: words.title_of(i) for i in known} | own
        return {i: reading.title_of(self.library, i, self._now) for i in known} | own

    @property
    def base(self) -> Analysis:
        """The decision with the visitor's figures of cost, under the weights of its file."""
        changed = tuple(self.figures.items())
        return reading.able(reading.base(self._read_as, self._now, changed))

    @property
    def written(self) -> Analysis:
        """The decision as its file says it."""
        return reading.base(self._read_as, self._now)

    @property
    def analysis(self) -> Analysis:
        """The decision under the visitor's weights, told in the currency of its business."""
        return reading.told(self.filed)

    @property
    def filed(self) -> Analysis:
        """The same in the units of the file, for what is changed in it."""
        return reading.able(self._asked)

    @property
    def _asked(self) -> Analysis:
        """The same by the method that the file asks for, whether it can rank or not."""
        points = self.points
        if not points:
            return reading.base(self._read_as, self._now, tuple(self.figures.items()))
        changed = tuple(self.figures.items())
        return reading.weighted(self._read_as, self._now, changed, tuple(sorted(points.items())))

    @property
    def method_notice(self) -> str:
        """That the decision's own method cannot rank it, and what is shown; empty where it can."""
        problem = self._asked.method_problem
        return f"{problem} in the file. Shown is the weighted sum." if problem else ""

    # --- the weights ------------------------------------------------------------------------
    @property
    def points(self) -> Mapping[str, float]:
        """Points by criterion where the visitor's weights differ from the file's; else empty."""
        kept: Mapping[str, float] = self._kept.get("points", {})
        return kept

    @property
    def received(self) -> Mapping[str, float] | None:
        """The points that the sliders sent last, as they sent them."""
        return self._kept.get("received")

    def receive(self, points: Mapping[str, Any] | None) -> None:
        """Take the points of all criteria from the sliders; keep those that differ."""
        self._kept["received"] = points
        if points:
            self._kept["points"] = self._differing(points)

    def reset_weights(self) -> None:
        """Go back to the weights of the file."""
        self._kept["points"] = {}

    def _differing(self, points: Mapping[str, Any]) -> dict[str, float]:
        """The points of each set of siblings in which a share is not the file's."""
        base = self.base
        kept: dict[str, float] = {}
        for _, children in base.decision.criteria.siblings():
            given = {c.id: float(points[c.id]) for c in children if c.id in points}
            if any(abs(given[i] - 100 * base.shares[i]) > 100 * MOVED for i in given):
                is_whole = len(given) == len(children) and any(given.values())
                kept |= points_of(given, IN_LINK) if is_whole else given
        return kept

    # --- the figures of cost ----------------------------------------------------------------
    @property
    def figures(self) -> Mapping[str, Span]:
        """Figures of workload, assumptions and bills that differ from the file's, by name."""
        kept: Mapping[str, Span] = self._kept.get("figures", {})
        return kept

    def change_figure(self, name: str, span: Span | None) -> None:
        """Reckon with another figure; None goes back to the file's. UsageError: it cannot be."""
        kept = {n: s for n, s in self.figures.items() if n != name}
        if span is not None:
            kept[name] = span
        reading.base(self._read_as, self._now, tuple(kept.items()))
        self._kept["figures"] = kept

    def reset_figures(self) -> None:
        """Go back to the figures of the file."""
        self._kept["figures"] = {}
        self._kept.pop("figure_problem", None)

    @property
    def figure_problem(self) -> tuple[str, str, str]:
        """The figure that was not taken: its name, what was written, what is wrong; or empty."""
        problem: tuple[str, str, str] = self._kept.get("figure_problem", ("", "", ""))
        return problem

    def tell_figure(self, name: str = "", written: str = "", wrong: str = "") -> None:
        """Keep what is wrong with a figure until it is mended."""
        self._kept["figure_problem"] = (name, written, wrong)

    @property
    def closer(self) -> tuple[str, str]:
        """The alternative looked at closely on Cost, and the one it is compared with; or empty."""
        pair: tuple[str, str] = self._kept.get("closer", ("", ""))
        return pair

    def look_closer(self, alternative: str, against: str) -> None:
        """Look at the bill of an alternative, beside another's."""
        self._kept["closer"] = (alternative, against)
