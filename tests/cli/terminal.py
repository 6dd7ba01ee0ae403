"""What a terminal shows of a command that runs in a process of its own."""

import os
import re


def read_until(terminal: int, pattern: bytes = b"") -> str:
    """What is written up to a pattern, or to the end."""
    said = b""
    while not (pattern and re.search(pattern, said)):
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            break
        if not part:
            break
        said += part
    return said.decode()
