"""What the record of a decision says beside the answer, and no answer hangs on.

Who approved it, what it supersedes, the architecture around the choice, and who changed what.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from selector.domain import EMPTY
from selector.domain.evidence import NOWHERE
from selector.domain.problem import Origin

CHOSEN = "chosen"
"""The name in the links of an architecture that stands for the option that leads."""


class Approval(NamedTuple):
    """Somebody who approved, when, in which role; `version` is that of the answer they saw."""

    by: str
    on: date
    role: str = ""
    version: str = ""
    note: str = ""
    origin: Origin = NOWHERE


class Link(NamedTuple):
    """From one part to another, and what goes along it."""

    source: str
    target: str
    carries: str = ""


class Architecture(NamedTuple):
    """Parts by id with their names, and the links between them and CHOSEN."""

    parts: Mapping[str, str] = EMPTY
    links: tuple[Link, ...] = ()


class Entry(NamedTuple):
    """A line of the change log: who set what, when and why; what it was before and is now."""

    on: date
    by: str
    what: str
    before: str = ""
    now: str = ""
    why: str = ""


class Record(NamedTuple):
    """All of it. `status` is empty where the file says none."""

    status: str = ""
    approved: tuple[Approval, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: str = ""
    architecture: Architecture = Architecture()
    changes: tuple[Entry, ...] = ()
