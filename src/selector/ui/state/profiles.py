"""The vendors' profiles that the visitor brought; they live in this session only."""

from __future__ import annotations

from collections.abc import Mapping

from selector.domain.problem import InputError, UsageError
from selector.domain.vendor import Vendor
from selector.ui.state.opened import Opened

OWN = "own:"  # before the id of a profile that a visitor brought
MOST_PROFILES = 20  # of one's own in a session


class Profiles(Opened):
    """Profiles of one's own, and what became of the one brought last."""

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
