"""What one visitor has chosen: the decision, the weights, what is open. The only writer of it.

It lives in the session and, ids, weights and what is drawn only, in the link, so that a refresh
loses nothing and a link shows another person the same. Pages read it and call its methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from selector.analysis import Analysis
from selector.analysis.by_method import method_to_draw
from selector.analysis.methods import Methods
from selector.analysis.robustness import Robustness, weighting_for
from selector.catalog.library import Library
from selector.domain.problem import InputError, SelectorError, UsageError
from selector.domain.span import Span
from selector.domain.vendor import Vendor
from selector.mcda.robustness.draws import Weighting
from selector.report import words
from selector.ui import figures, reading, sampling
from selector.ui.sampling import Run, Settings

LINKED = ("decision", "w", "f", "draw")  # what a link may say
OWN = "own:"  # before the id of a profile that a visitor brought
MOST_PROFILES = 20  # of one's own in a session


class State:
    """The visitor's choices in one run of the page."""

    def __init__(self) -> None:
        self._kept = st.session_state
        self._now = reading.stamp_of(Library())
        self.library = reading.library_at(self._now)
        self.notice = ""
        self._follow_link()

    # --- the decision -----------------------------------------------------------------------
    @property
    def decision_id(self) -> str:
        """The id of the decision that is looked at; empty where none is known."""
        known = self.library.decision_ids()
        chosen: str = self._kept.get("decision", "")
        if chosen in known:
            return chosen
        return reading.FIRST if reading.FIRST in known else next(iter(known), "")

    def choose_decision(self, decision_id: str) -> None:
        """Look at another decision, with the weights and figures of its file."""
        if decision_id != self.decision_id:
            self._kept["decision"] = decision_id
            for key in ("points", "received", "cell", "figures", "figure_problem", "closer"):
                self._kept.pop(key, None)

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of all known decisions, by id."""
        known = self.library.decision_ids()
        if len(known) > reading.TITLED:
            return {i: words.title_of(i) for i in known}
        return {i: reading.title_of(self.library, i, self._now) for i in known}

    @property
    def base(self) -> Analysis:
        """The decision with the visitor's figures of cost, under the weights of its file."""
        changed = tuple(self.figures.items())
        return reading.able(reading.base(self.decision_id, self._now, changed))

    @property
    def written(self) -> Analysis:
        """The decision as its file says it."""
        return reading.base(self.decision_id, self._now)

    @property
    def analysis(self) -> Analysis:
        """The decision under the visitor's weights."""
        return reading.able(self._asked)

    @property
    def _asked(self) -> Analysis:
        """The same by the method that the file asks for, whether it can rank or not."""
        points = self.points
        if not points:
            return reading.base(self.decision_id, self._now, tuple(self.figures.items()))
        changed = tuple(self.figures.items())
        return reading.weighted(self.decision_id, self._now, changed, tuple(sorted(points.items())))

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
            if any(abs(given[i] - 100 * base.shares[i]) > 1e-4 for i in given):
                kept |= given
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
        reading.base(self.decision_id, self._now, tuple(kept.items()))
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

    # --- what is drawn ----------------------------------------------------------------------
    @property
    def settings(self) -> Settings:
        """What the visitor draws on Robustness."""
        kept: Settings = self._kept.get("settings", Settings())
        return kept

    @property
    def links(self) -> int:
        """How many links the visitor followed; a control that a link may set is a new one then."""
        count: int = self._kept.get("links", 0)
        return count

    @property
    def weighting(self) -> Weighting:
        """How weights vary: as the visitor says, else as the decision does."""
        return weighting_for(self.base, self.settings.weights or None)

    @property
    def drawn_method(self) -> str:
        """The method that ranks each draw: as the visitor says, else the decision's if it can."""
        return method_to_draw(self.base, self.settings.method or None) or "weighted_sum"

    def choose_settings(self, settings: Settings) -> None:
        """Draw otherwise; a run of the former settings ends."""
        if settings != self.settings:
            self._kept["settings"] = settings
            self.stop_run()
            self._kept.pop("run", None)

    def drawn(self) -> tuple[Robustness, Run | None]:
        """What was drawn, and the run that draws what was asked for while it takes long.

        Until it is done, and where it was stopped or failed, the figures are of fewer draws.
        """
        analysis, settings = self.analysis, self.settings
        if not analysis.alternatives or sampling.is_quick(analysis, settings):
            return sampling.at_once(analysis, settings), None
        key = sampling.key_of(analysis, settings)
        run = self.run if self.run and self.run.key == key else None
        found = run.found if run and run.found else sampling.kept(key)
        if found is not None:
            return found, None
        if run is None:
            self.stop_run()
            run = self._kept["run"] = sampling.QUEUE.start(Run(analysis, settings))
        run.ask()
        return sampling.at_once(analysis, settings._replace(samples=sampling.FEW)), run

    def methods(self) -> Methods:
        """What every method says of the decision under the visitor's weights."""
        return reading.methods_of(self.analysis)

    @property
    def run(self) -> Run | None:
        """The long sampling that this visitor started last."""
        return self._kept.get("run")

    def stop_run(self) -> None:
        """End the sampling that goes on for this visitor."""
        if self.run is not None:
            self.run.stop()

    def draw_again(self) -> None:
        """Start the sampling anew that was stopped."""
        self._kept.pop("run", None)

    # --- what is open -----------------------------------------------------------------------
    @property
    def cell(self) -> tuple[str, str] | None:
        """The cell opened on Compare: alternative and leaf."""
        return self._kept.get("cell")

    def open_cell(self, alternative: str, leaf: str) -> None:
        """Open a cell of the matrix."""
        self._kept["cell"] = (alternative, leaf)

    def go(self, page: str) -> None:
        """Show another page next; the router takes the visitor there."""
        self._kept["next_page"] = page

    def next_page(self) -> str:
        """The page to show next, once; empty where the present one stays."""
        page: str = self._kept.pop("next_page", "")
        return page

    @property
    def vendor(self) -> str:
        """The key of the vendor opened on Vendors; empty where none was chosen."""
        chosen: str = self._kept.get("vendor", "")
        return chosen

    def open_vendor(self, key: str) -> None:
        """Open a vendor's profile."""
        self._kept["vendor"] = key

    # --- profiles of one's own ----------------------------------------------------------------
    @property
    def own_profiles(self) -> Mapping[str, Vendor]:
        """The profiles that this visitor brought, by key; they live in this session only."""
        kept: Mapping[str, Vendor] = self._kept.get("own_profiles", {})
        return kept

    def add_profile(self, vendor: Vendor) -> None:
        """Keep a profile for this session, in place of an earlier one of that id, and open it.

        UsageError where the session holds as many as it may.
        """
        key = f"{OWN}{vendor.id}"
        kept = dict(self.own_profiles)
        if key not in kept and len(kept) >= MOST_PROFILES:
            raise UsageError(
                f"{MOST_PROFILES} profiles of your own are kept at most; remove one first"
            )
        self._kept["own_profiles"] = {**kept, key: vendor}
        self.open_vendor(key)

    def remove_profile(self, key: str) -> None:
        """Forget a profile that this visitor brought."""
        self._kept["own_profiles"] = {k: v for k, v in self.own_profiles.items() if k != key}

    @property
    def upload_outcome(self) -> InputError | str:
        """What became of the profile that was brought last; empty where none was."""
        outcome: InputError | str = self._kept.get("upload_outcome", "")
        return outcome

    @property
    def upload_worked(self) -> bool:
        """Whether that profile was taken."""
        return bool(self._kept.get("upload_worked"))

    def tell_upload(self, outcome: InputError | str, worked: bool = False) -> None:
        """Keep what became of a profile, so that it is told until the next one."""
        self._kept["upload_outcome"] = outcome
        self._kept["upload_worked"] = worked

    @property
    def vendors_view(self) -> str:
        """The view of Vendors that is open; empty where none was chosen."""
        view: str = self._kept.get("open_vendors_view", "")
        return view

    def open_vendors_view(self, view: str) -> None:
        """Open a view of Vendors."""
        self._kept["open_vendors_view"] = view

    @property
    def pair(self) -> tuple[str, ...]:
        """The two that are compared on Vendors; empty where none were chosen."""
        pair: tuple[str, ...] = self._kept.get("pair", ())
        return pair

    def choose_side(self, place: int, side: str, shown: tuple[str, str]) -> None:
        """Compare another; `place` 0 or 1 says which of the two that are shown it replaces."""
        self._kept["pair"] = (side, shown[1]) if place == 0 else (shown[0], side)

    # --- the link ---------------------------------------------------------------------------
    def _follow_link(self) -> None:
        """Take over what the link says, where it is not what this session wrote itself."""
        link = {key: st.query_params[key] for key in LINKED if key in st.query_params}
        if not link or link == self._kept.get("link"):
            return
        self._kept["link"] = link
        if link.get("decision", self.decision_id) not in self.library.decision_ids():
            self.notice = (
                f"There is no decision {link['decision']!r} here; this one is shown instead."
            )
            return
        draw = link.get("draw", "")
        self._kept["settings"] = sampling.from_link(draw)
        if not sampling.fits_link(draw):
            self.notice = "Not all that the link says of the draws is known; the rest is as usual."
        self._kept["links"] = self.links + 1
        self.choose_decision(link.get("decision", self.decision_id))
        try:
            parts = [part.split(":") for part in link.get("w", "").split(",") if part]
            points = {name: float(number) for name, number in parts}
            self._kept["figures"] = self._figures_of(link.get("f", ""))
            self.base.with_weights(points)
            self._kept["points"] = points
        except InputError:  # of the file, which the page tells
            self._kept["points"] = {}
        except (SelectorError, ValueError):
            self._kept["points"] = {}
            told = "The link's weights do not fit this decision; its own weights are shown."
            self.notice = f"{told} {self.notice}".strip()

    def _figures_of(self, link: str) -> dict[str, Span]:
        """The figures of cost that a link says; those that do not fit are left out, and told."""
        found, wrong = figures.from_link(link)
        if not self._fits(found):
            kept: dict[str, Span] = {}
            for name in sorted(found, key=lambda name: name != figures.FIRST):
                if self._fits({**kept, name: found[name]}):
                    kept[name] = found[name]
                else:
                    wrong.append(name)
            found = kept
        if wrong:
            listed = ", ".join(wrong)
            self.notice = (
                f"The link's figures of cost do not all fit this decision; left out: {listed}."
            )
        return found

    def _fits(self, found: Mapping[str, Span]) -> bool:
        """Whether the decision can be reckoned with these figures."""
        try:
            reading.base(self.decision_id, self._now, tuple(found.items()))
        except SelectorError:
            return False
        return True

    def write_link(self) -> None:
        """Write decision, weights, figures and what is drawn into the address; nothing else."""
        link = {"decision": self.decision_id} if self.decision_id else {}
        if self.points:
            link["w"] = ",".join(
                f"{i}:{x:.4f}".rstrip("0").rstrip(".") for i, x in self.points.items()
            )
        if self.figures:
            link["f"] = figures.to_link(self.figures)
        drawn = sampling.to_link(self.settings)
        if drawn:
            link["draw"] = drawn
        self._kept["link"] = link
        if {key: st.query_params[key] for key in st.query_params} != link:
            st.query_params.from_dict(link)
