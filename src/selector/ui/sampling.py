"""Long sampling beside the pages: few at once in a process, each with its progress and an end.

A page starts a run, asks how far it is, and may stop it. What came out is kept by the version of
the answer, so that nobody draws the same twice. Nothing here knows of Streamlit.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import OrderedDict, deque
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from selector.analysis import Analysis
from selector.analysis.by_method import method_to_draw
from selector.analysis.robustness import Robustness
from selector.domain.problem import SelectorError, UsageError
from selector.mcda.methods._contract import sampled_method_ids
from selector.mcda.robustness.draws import weighting_of

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)  # each samples in two threads; further ones wait
ABANDONED = 600.0  # seconds after which a run ends that no page has asked for
KEPT = 128  # results, of some kilobytes each
FEW = 10_000  # draws that a page can make while one waits
QUICK = 100_000  # the same by the weighted sum alone
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)

Stage = Literal["waiting", "running", "done", "stopped", "failed"]


class Settings(NamedTuple):
    """What is drawn. Without `weights` or `method` it is as the decision says."""

    weights: str = ""
    samples: int = FEW
    draws: str = "random"
    method: str = ""

    def made(self, analysis: Analysis, run: Run | None = None) -> Robustness:
        """Draw. A run is told how far it is, and ends it."""
        return analysis.robustness(
            self.samples,
            weights=self.weights or None,
            draws=self.draws,
            method=self.method or None,
            progress=run.tell if run else None,
        )


class Stopped(Exception):
    """Raised inside a run that has been stopped."""


class Run:
    """One long sampling, carried out by a thread of its own."""

    def __init__(self, analysis: Analysis, settings: Settings) -> None:
        self.analysis, self.settings = analysis, settings
        self.key = key_of(analysis, settings)
        self.done = 0
        self.problem = ""
        self.found: Robustness | None = None
        self.ended = threading.Event()  # set when no thread works on it any longer
        self._stage: Stage = "waiting"
        self._stopping = threading.Event()
        self._asked = time.monotonic()

    @property
    def stage(self) -> Stage:
        """Where it stands; one that was told to stop counts as stopped at once."""
        is_stopping = self._stopping.is_set() and self._stage in ("waiting", "running")
        return "stopped" if is_stopping else self._stage

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.stage in ("done", "stopped", "failed")

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.settings.samples

    def ask(self) -> None:
        """Say that somebody still waits for it."""
        self._asked = time.monotonic()

    def stop(self) -> None:
        """End the work and its threads; what waits for its turn never starts."""
        self._stopping.set()

    def tell(self, done: int, _wanted: int) -> None:
        """Take how many draws are made; raises Stopped where they should end."""
        self.done = done
        if self._stopping.is_set() or time.monotonic() - self._asked > ABANDONED:
            raise Stopped

    def carry_out(self) -> None:
        """Draw, unless it was stopped before or somebody has drawn the same meanwhile."""
        try:
            self._stage = self._drawn()
        finally:
            self.ended.set()

    def _drawn(self) -> Stage:
        if self._stopping.is_set():
            return "stopped"
        self._stage = "running"
        try:
            self.found = kept(self.key) or keep(self.key, self.settings.made(self.analysis, self))
        except Stopped:
            return "stopped"
        except SelectorError as error:
            self.problem = str(error)
            return "failed"
        except Exception:
            logging.getLogger(__name__).exception("sampling failed")
            self.problem = "Sampling failed; the server's log says why."
            return "failed"
        self.done = self.settings.samples
        return "done"


class Queue:
    """Carries out runs in the order they came, at most so many at once."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._waiting: deque[Run] = deque()
        self._working = 0

    def start(self, run: Run) -> Run:
        """Carry out a run when its turn comes. Threads live only while there is work."""
        with self._lock:
            self._waiting.append(run)
            if self._working < self._at_once:
                self._working += 1
                # A daemon: a server that is told to end does not wait for millions of draws.
                threading.Thread(target=self._work, name="sampling-run", daemon=True).start()
        return run

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._working -= 1
                    return
                run = self._waiting.popleft()
            run.carry_out()


QUEUE = Queue()

# --- what is kept -------------------------------------------------------------------------------

Key = tuple[str, tuple[str, ...], Settings]
_kept: OrderedDict[Key, Robustness] = OrderedDict()
_lock = threading.Lock()


def key_of(analysis: Analysis, settings: Settings) -> Key:
    """What a result is kept by: the same version means the same answer, told in the same units."""
    return analysis.version, tuple(leaf.unit for leaf in analysis.leaves), settings


def kept(key: Key) -> Robustness | None:
    """The result for a key, if it is known."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def keep(key: Key, found: Robustness) -> Robustness:
    """Keep a result; the one that nobody asked for longest gives way."""
    with _lock:
        _kept[key] = found
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def at_once(analysis: Analysis, settings: Settings) -> Robustness:
    """Draw while one waits, unless the result is known."""
    key = key_of(analysis, settings)
    return kept(key) or keep(key, settings.made(analysis))


def is_quick(analysis: Analysis, settings: Settings) -> bool:
    """Whether so many draws are made while one waits."""
    other = method_to_draw(analysis, settings.method or None)
    return settings.samples <= (QUICK if other is None else FEW)


def methods() -> tuple[str, ...]:
    """The methods whose ranking can be drawn."""
    return ("weighted_sum", *sampled_method_ids())


# --- in a link ----------------------------------------------------------------------------------


def to_link(settings: Settings) -> str:
    """What differs from the usual, as a link says it; numbers of draws that take long stay out."""
    parts = [settings.weights, settings.method]
    parts += ["sobol"] if settings.draws == "sobol" else []
    parts += [str(settings.samples)] if FEW < settings.samples <= QUICK else []
    return ",".join(part for part in parts if part)


def from_link(text: str) -> Settings:
    """The settings that a link names; what does not fit is left out."""
    settings = Settings()
    for part in text.split(","):
        settings = settings._replace(**_named(part))
    return settings


def fits_link(text: str) -> bool:
    """Whether a link's settings all mean something."""
    return all(_named(part) for part in text.split(",") if part)


def _named(part: str) -> dict[str, Any]:
    """The setting that a part of a link names; empty where it names none."""
    if part == "sobol":
        return {"draws": part}
    if part in methods():
        return {"method": part}
    if part in {str(size) for size in SIZES if size <= QUICK}:
        return {"samples": int(part)}
    with suppress(UsageError):
        return {"weights": str(weighting_of(part))} if part else {}
    return {}
