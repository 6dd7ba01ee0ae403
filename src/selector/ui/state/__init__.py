"""What one visitor has chosen: the decision, the weights, what is open. The only writer of it.

It lives in the session and, ids, weights and what is drawn only, in the link, so that a refresh
loses nothing and a link shows another person the same. Pages read it and call its methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from selector.domain.problem import InputError, SelectorError
from selector.domain.span import Span
from selector.ui import comparing, figures, reading, sampling
from selector.ui.state.asked import Asked
from selector.ui.state.drawn import Drawn
from selector.ui.state.edited import Edited
from selector.ui.state.looked import Looked
from selector.ui.state.profiles import MOST_PROFILES, OWN, Profiles
from selector.ui.state.stacked import LINK, Stacked
from selector.ui.state.weighing import Weighing

__all__ = ["MOST_PROFILES", "OWN", "State"]

MOST_LEFT = 500  # addresses that a session remembers having written
LINKED = ("decision", "w", "f", "draw", "cell", "q", LINK, *comparing.LINKED)  # what a link may say


class State(Weighing, Drawn, Profiles, Looked, Edited, Asked, Stacked):
    """The visitor's choices in one run of the page, and the link that says them."""

    def __init__(self) -> None:
        super().__init__()
        self._follow_link()

    def _follow_link(self) -> None:
        """Take over what the link says, where it is not what this session wrote itself."""
        link = {key: st.query_params[key] for key in LINKED if key in st.query_params}
        self._kept.setdefault("came_bare", not link)
        if not link or link == self._kept.get("link") or self._is_late(link):
            return
        self._leave_for(link)
        if not self.knows(link.get("decision", self.decision_id)):
            self.notice = (
                "That working copy is not here: it was removed, or made on another server. "
                "This decision is shown instead."
                if link["decision"].startswith(reading.DRAFT)
                else f"There is no decision {link['decision']!r} here; this one is shown instead."
            )
            return
        draw = link.get("draw", "")
        self._kept["settings"] = sampling.from_link(draw)
        if not sampling.fits_link(draw):
            self.notice = "Not all that the link says of the draws is known; the rest is as usual."
        self._kept["links"] = self.links + 1
        self.choose_decision(link.get("decision", self.decision_id))
        self._kept["look"] = comparing.from_link(link)
        self.fix_from(link.get(LINK, ""))
        if "q" in link:
            self.intake_from(link["q"])
        elif _went_there():
            self.forget_answers()
        if "cell" in link:
            self.open_cell(*link["cell"].partition(":")[::2])
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

    def take_up(self, search: str) -> None:
        """Set what an address said, `search` from its question mark on, in this session.

        What does not fit is told on the next page: the run under way may end before it draws one.
        """
        st.query_params.from_dict(dict(parse_qsl(search.removeprefix("?"))))
        self._follow_link()
        if self.notice:
            self.tell_next(self.notice)

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
            reading.base(self._read_as, self._now, tuple(found.items()))
        except SelectorError:
            return False
        return True

    def address(self, page: str) -> str:
        """The whole address of a page with what is set, for a file that is sent on.

        Empty where others could not open it: on one's own machine alone, or for a working copy,
        whose key would let them change it.
        """
        here = urlsplit(st.context.url or "")
        if self.is_draft or not here.hostname or here.hostname in ("localhost", "127.0.0.1", "::1"):
            return ""
        said = urlencode({k: v for k, v in self._link().items() if k in ("decision", "w")})
        return f"{here.scheme}://{here.netloc}/{page}?{said}"

    def _is_late(self, link: Mapping[str, str]) -> bool:
        """Whether an address is one that this session wrote before, and nobody went back to.

        What is done in quick succession, or after a lost connection, arrives with the address of
        before the last answer; to follow that would take the last change back. Where somebody goes
        back or forth, Streamlit says so.
        """
        return not _went_there() and _mark(link) in self._kept.get("links_left", ())

    def _leave_for(self, link: Mapping[str, str]) -> None:
        """Remember the address that is left, which may still arrive, and the one that holds now."""
        before = self._kept.get("link")
        if before and before != link:
            left = self._kept.get("links_left", [])[1 - MOST_LEFT :]
            self._kept["links_left"] = [*left, _mark(before)]
        self._kept["link"] = link

    def write_link(self) -> None:
        """Write decision, weights, figures and what is drawn into the address; nothing else."""
        link = self._link()
        self._leave_for(link)
        self.note_shown()
        self._kept.pop("told_next", None)  # the page has said it
        if {key: st.query_params[key] for key in st.query_params} != link:
            st.query_params.from_dict(link)

    def _link(self) -> dict[str, str]:
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
        if self.cell:
            link["cell"] = ":".join(self.cell)
        link |= comparing.to_link(self.look)
        if fixed := self.fixed_link():
            link[LINK] = fixed
        if answered := self.intake_link():
            link["q"] = answered
        return link


def _mark(link: Mapping[str, str]) -> int:
    """What an address is remembered by: some are long."""
    return hash(frozenset(link.items()))


def _went_there() -> bool:
    """Whether this run is because somebody went back or forth."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation
