"""Each phone that watches a room holds a connection, and each connection is an open file."""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import sys

_SEARCHED = 256  # descriptors among which a server that starts has the sockets it listens on
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


def send_at_once() -> None:
    """Let what this process listens on send each answer at once, in however many parts.

    Streamlit makes its socket so that the system holds a second small part back until the first is
    acknowledged, which the other side puts off for 40 ms (Nagle's algorithm against delayed
    acknowledgement). Who connects from now on takes the setting over.
    """
    for descriptor in range(3, _SEARCHED):
        with contextlib.suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                continue
            with socket.socket(fileno=os.dup(descriptor)) as found:
                if found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
