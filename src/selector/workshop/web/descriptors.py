"""Each phone that watches a room holds a connection, and each connection is an open file."""

from __future__ import annotations

import contextlib
import sys

WANTED = 10_240  # open files: the most that macOS takes; MOST_WATCHERS and what else is open


def open_more() -> None:
    """Let this process hold WANTED files open, or as many as it may be let.

    Systems let it have 256 (macOS) or 1,024 (Linux) unless it asks, and 250 phones are a hall.
    """
    if sys.platform == "win32":  # there sockets are not counted so
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(ValueError, OSError):  # it goes with what there is
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
