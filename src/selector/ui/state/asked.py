"""What was answered on Start, and what is wanted otherwise than it follows from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selector.intake.proposal import NO_WISHES, Wishes
from selector.ui import intaking
from selector.ui.state._kept import Kept


class Asked(Kept):
    """The intake of this visitor, as far as it has come."""

    @property
    def answered(self) -> Mapping[str, Any]:
        """What was answered, by question; what was not is absent."""
        kept: Mapping[str, Any] = self._kept.get("answered", {})
        return kept

    def answer_intake(self, question: str, value: Any) -> None:
        """Keep an answer; nothing, or an empty one, takes it back."""
        kept = {name: old for name, old in self.answered.items() if name != question}
        self._kept["answered"] = kept if value in (None, "", []) else {**kept, question: value}

    @property
    def wishes(self) -> Wishes:
        """What is wanted otherwise."""
        kept: Wishes = self._kept.get("wishes", NO_WISHES)
        return kept

    def wish(self, **changed: Any) -> None:
        """Want something otherwise; the names are those of `Wishes`."""
        self._kept["wishes"] = self.wishes._replace(**changed)

    def forget_answers(self) -> None:
        """Begin again: no answers, no wishes."""
        for key in ("answered", "wishes", "intake_problem", "intake_refused"):
            self._kept.pop(key, None)

    def intake_from(self, link: str) -> None:
        """Take over what a link says of it."""
        found = intaking.from_link(link, self.library.dictionary())
        self._kept["answered"], self._kept["wishes"] = found

    def intake_link(self) -> str:
        """What the link says of it; empty where nothing was answered."""
        return intaking.to_link(self.answered, self.wishes)

    @property
    def intake_problem(self) -> tuple[str, str, str]:
        """The field that was not taken: its name, what was written, what is wrong; or empty."""
        problem: tuple[str, str, str] = self._kept.get("intake_problem", ("", "", ""))
        return problem

    def tell_intake(self, field: str = "", written: str = "", wrong: str = "") -> None:
        """Keep what is wrong with a field until it is mended."""
        self._kept["intake_problem"] = (field, written, wrong)

    @property
    def intake_refused(self) -> str:
        """Why the proposal could not be opened; empty where nothing was wrong."""
        refused: str = self._kept.get("intake_refused", "")
        return refused

    def refuse_intake(self, why: str) -> None:
        """Keep why the proposal could not be opened; nothing takes it back."""
        self._kept["intake_refused"] = why
