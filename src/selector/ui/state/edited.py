"""What the page Edit keeps: the view that is open, what was refused, who led before."""

from __future__ import annotations

from typing import NamedTuple

from selector.ui.state._kept import Kept


class Refusal(NamedTuple):
    """What was not taken: of which form and field, and what would be right."""

    form: str = ""
    field: str = ""
    told: str = ""


class Edited(Kept):
    """What became of the last edit, and what is looked at."""

    @property
    def edit_view(self) -> str:
        """The view of Edit that is open; empty where none was chosen."""
        view: str = self._kept.get("open_edit_view", "")
        return view

    def open_edit_view(self, view: str) -> None:
        """Open a view of Edit."""
        self._kept["open_edit_view"] = view
        self._kept.pop("edit_open_item", None)
        self._kept.pop("edit_refusal", None)
        self._kept.pop("edit_done", None)

    @property
    def open_item(self) -> str:
        """The item of a list whose fields are open; empty where none is."""
        item: str = self._kept.get("edit_open_item", "")
        return item

    def toggle_item(self, item: str) -> None:
        """Open the fields of an item, or close them where they are open."""
        self._kept["edit_open_item"] = "" if item == self.open_item else item
        self._kept.pop("edit_refusal", None)

    @property
    def refusal(self) -> Refusal:
        """What was refused last, until it is mended."""
        kept: Refusal = self._kept.get("edit_refusal", Refusal())
        return kept

    def tell_refusal(self, form: str, field: str, told: str) -> None:
        """Keep what was refused, so that it is told at its field."""
        self._kept["edit_refusal"] = Refusal(form, field, told)
        self._kept.pop("edit_done", None)

    @property
    def edit_done(self) -> str:
        """What the last edit did, in a sentence; empty where nothing need be said."""
        told: str = self._kept.get("edit_done", "")
        return told

    @property
    def stood_before(self) -> tuple[str, str]:
        """The version that the last edit made, and who led before; empty where none was made."""
        kept: tuple[str, str] = self._kept.get("edit_stood_before", ("", ""))
        return kept

    def tell_edit(self, version: str, stood_before: str, told: str) -> None:
        """Keep who led before an edit that was made, the version it made, and what it did."""
        self._kept["edit_stood_before"] = (version, stood_before)
        self._kept["edit_done"] = told
        self._kept.pop("edit_refusal", None)
        self._kept.pop("edit_open_item", None)
