"""Guessing is stopped: whoever asks for many rooms that are not there has to wait.

Counted are misses alone, and each wrong code once, so that a hall of people behind one address
joins without hindrance, and a phone that still asks for a room of yesterday harms nobody.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from selector.workshop.errors import Refused

WINDOW = 60.0  # seconds
MOST_OF_ONE = 20  # misses of one address within the window
MOST_OF_ALL = 300  # of all together: a guesser with many addresses
_ADDRESSES = 10_000


class Misses:
    """How often each address named a room, link or token that is not there."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._by_address: OrderedDict[str, dict[str, float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=MOST_OF_ALL)

    def check(self, address: str) -> None:
        """Refused 429 where the address has missed too often, or all together have."""
        now = self._clock()
        with self._lock:
            own = self._by_address.get(address, {})
            for what in [what for what, then in own.items() if now - then > WINDOW]:
                del own[what]
            while self._all and now - self._all[0] > WINDOW:
                self._all.popleft()
            # A newcomer with a right code must not suffer from others: only who missed waits.
            if len(own) >= MOST_OF_ONE or (own and len(self._all) >= MOST_OF_ALL):
                raise Refused(429, "Too many wrong codes from here; wait a minute and try again.")

    def note(self, address: str, what: str) -> None:
        """Count a miss: `what` was named and is not there."""
        now = self._clock()
        with self._lock:
            own = self._by_address.setdefault(address, {})
            self._by_address.move_to_end(address)
            if what not in own:
                self._all.append(now)
                if len(own) < MOST_OF_ONE:
                    own[what] = now
            while len(self._by_address) > _ADDRESSES:
                self._by_address.popitem(last=False)
