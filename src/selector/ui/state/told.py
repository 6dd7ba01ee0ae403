"""What is said once: of what was brought, of a copy that is gone, of an earlier visit."""

from __future__ import annotations

from selector.domain.problem import InputError
from selector.ui.state._kept import Kept


class Told(Kept):
    """What became of what the visitor brought, and what the next page says."""

    @property
    def brought(self) -> int:
        """How many decisions were brought; the field that takes them is a new one then."""
        count: int = self._kept.get("brought", 0)
        return count

    @property
    def bring_problem(self) -> InputError | None:
        """What is wrong with the decision that was brought last; None where nothing is."""
        return self._kept.get("bring_problem")

    def tell_brought(self, problem: InputError | None) -> None:
        """Keep what is wrong with what was brought, until it is brought again."""
        self._kept["bring_problem"] = problem

    @property
    def told(self) -> str:
        """What is to be said once, above the page that is shown next; empty where nothing is."""
        told: str = self._kept.get("told_next", "")
        return told

    def tell_next(self, told: str) -> None:
        """Say something once, above the page that is shown next."""
        self._kept["told_next"] = told

    @property
    def came_bare(self) -> bool:
        """Whether the visitor came without a link, and has not declined to go on from another."""
        came: bool = self._kept.get("came_bare", False)
        return came

    def decline_offer(self) -> None:
        """Do not offer any longer to go on where the visitor left off."""
        self._kept["came_bare"] = False

    def times_chosen(self, decision_id: str) -> int:
        """How often another decision was looked at; what chooses one is a new control then."""
        seen, count = self._kept.get("times_chosen", ("", 0))
        if seen != decision_id:
            seen, count = self._kept["times_chosen"] = (decision_id, count + 1)
        return int(count)
