"""Workshops: all that can be done with rooms. Routes, the app's page and commands call only this.

Whatever is read passes through `visible`, whatever is asked for is checked before it is written,
and what is answered has reached the disk. Calls block; they may come from any thread.
"""

from selector.workshop.service.looking import Looking
from selector.workshop.service.rehearsing import Rehearsing
from selector.workshop.service.running import Opened, Running
from selector.workshop.service.taking_part import Joined

__all__ = ["Joined", "Opened", "Workshops"]


class Workshops(Looking, Rehearsing, Running):
    """All rooms of a database."""
