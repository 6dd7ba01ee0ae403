"""What is open: a cell, a page to come, a word, a vendor, two vendors side by side."""

from __future__ import annotations

from selector.ui.state._kept import Kept


class Opened(Kept):
    """What the visitor looks at closely."""

    @property
    def cell(self) -> tuple[str, str] | None:
        """The cell opened on Compare: alternative and leaf."""
        return self._kept.get("cell")

    def open_cell(self, alternative: str, leaf: str) -> None:
        """Open a cell of the matrix."""
        self._kept["cell"] = (alternative, leaf)

    def go(self, page: str) -> None:
        """Show another page next; the router takes the visitor there."""
        self._kept["next_page"] = (page, self._kept.get("page", ""))

    def next_page(self, here: str) -> str:
        """The page to show next, once; empty where the present one, `here`, stays.

        Whoever has gone to another page meanwhile stays there.
        """
        page, asked_on = self._kept.pop("next_page", ("", ""))
        self._kept["page"] = here
        return str(page) if asked_on in ("", here) else ""

    @property
    def word(self) -> str:
        """The word that was asked for last, as docs/glossary.md writes it; empty where none was."""
        word: str = self._kept.get("word", "")
        return word

    def open_word(self, word: str) -> None:
        """Look a word up."""
        self._kept["word"] = word

    @property
    def vendor(self) -> str:
        """The key of the vendor opened on Vendors; empty where none was chosen."""
        chosen: str = self._kept.get("vendor", "")
        return chosen

    def open_vendor(self, key: str) -> None:
        """Open a vendor's profile."""
        self._kept["vendor"] = key

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
