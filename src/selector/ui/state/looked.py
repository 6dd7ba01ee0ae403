"""How the visitor looks at Compare."""

from __future__ import annotations

from typing import Any

from selector.ui.comparing import Look
from selector.ui.state._kept import Kept


class Looked(Kept):
    """The view of Compare, its order, filters and folds."""

    @property
    def look(self) -> Look:
        """How Compare is looked at."""
        kept: Look = self._kept.get("look", Look())
        return kept

    def look_at(self, **changes: Any) -> None:
        """Look at Compare otherwise; the names are those of `Look`."""
        self._kept["look"] = self.look._replace(**changes)
