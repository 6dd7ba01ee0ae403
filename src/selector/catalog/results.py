"""Results of load and evaluation tools as rows of a measurements file.

Understood, told apart by their content: the result of vLLM's `bench serve` (JSON), the results of
the LM Evaluation Harness (JSON), and the output of promptfoo's `eval` (JSON).
"""

import csv
import io
import json
import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from selector.catalog.reading import MAX_BYTES
from selector.catalog.records.measurements import COLUMNS
from selector.domain.problem import UsageError

SCORE_FACT = "own_test_score"
TEN_MEGABYTES = 5 * MAX_BYTES  # results with every answer in them are large
_95 = 1.959963984540054


class Measured(NamedTuple):
    """One figure of a result: a fact of the dictionary, its value or range, and how many."""

    fact: str
    value: float
    low: float | None
    high: float | None
    n: int | None
    method: str


def rows_of(path: Path, alternative: str, by: str = "", as_of: date | None = None) -> str:
    """The result in `path` as CSV with a head, one line for each figure of `alternative`.

    The day is the result's own where it bears one, else `as_of`. Raises UsageError for a file that
    cannot be read or is of no known tool.
    """
    data = _json(path)
    for read in (_vllm, _harness, _promptfoo):
        found = read(data)
        if found is not None:
            figures, day = found
            break
    else:
        raise UsageError(
            f"{path} is of no known tool; known are the JSON results of vLLM bench serve, "
            "LM Evaluation Harness and promptfoo"
        )
    if not figures:
        raise UsageError(f"{path} holds no figure that can be used; run the tool to its end")
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    when = day or as_of
    shown = when.isoformat() if when else ""
    for figure in figures:
        row = {key: "" if value is None else value for key, value in figure._asdict().items()}
        writer.writerow({"alternative": alternative, "as_of": shown, "by": by, **row})
    return text.getvalue()


def _json(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > TEN_MEGABYTES:
            raise UsageError(f"{path} is larger than 10 MB; leave the single answers out")
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); name a result file") from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path} is not JSON; name the result as the tool wrote it") from None
    return data if isinstance(data, dict) else {}


def _figure(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


Found = tuple[list[Measured], date | None]


def _vllm(data: Mapping[str, Any]) -> Found | None:
    """vLLM bench serve: the median time to the first token, and each stream's speed."""
    if "median_ttft_ms" not in data:
        return None
    n = _figure(data.get("completed"))
    told = "vLLM bench serve, median"
    figures = []
    first, gap = _figure(data["median_ttft_ms"]), _figure(data.get("median_tpot_ms"))
    if first is not None:
        figures.append(("time_to_first_token", first / 1000))
    if gap:
        figures.append(("output_speed", 1000 / gap))
    count = None if n is None else int(n)
    rows = [Measured(fact, round(x, 6), None, None, count, told) for fact, x in figures]
    return rows, _day(str(data.get("date", ""))[:8])


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _harness(data: Mapping[str, Any]) -> Found | None:
    """LM Evaluation Harness: the mean share right over tasks, with what chance allows."""
    if not isinstance(data.get("results"), dict) or "n-samples" not in data:
        return None
    scores = []
    for task, figures in data["results"].items():
        for key, value in figures.items() if isinstance(figures, dict) else ():
            score, error = _figure(value), _figure(figures.get(_error_key(key)))
            if score is not None and error is not None and 0 <= score <= 1:
                scores.append((task, score, error))
                break
    samples = data["n-samples"] if isinstance(data["n-samples"], dict) else {}
    n = sum(int(s.get("effective", 0)) for s in samples.values() if isinstance(s, dict))
    stamp = _figure(data.get("date"))
    day = None if stamp is None else datetime.fromtimestamp(stamp, UTC).date()
    if not scores:
        return [], day
    mean = sum(score for _, score, _ in scores) / len(scores)
    spread = _95 * math.sqrt(sum(error**2 for _, _, error in scores)) / len(scores)
    tasks = " ".join(task for task, _, _ in scores)
    return [_score(mean, mean - spread, mean + spread, n or None, f"LM harness: {tasks}")], day


def _error_key(key: str) -> str:
    name, _, rest = key.partition(",")
    return f"{name}_stderr,{rest}" if rest else f"{name}_stderr"


def _promptfoo(data: Mapping[str, Any]) -> Found | None:
    """The share of tests that promptfoo passed, with Wilson's 95 % interval (1927)."""
    results = data.get("results")
    stats = results.get("stats") if isinstance(results, dict) else None
    if not isinstance(results, dict) or not isinstance(stats, dict) or "successes" not in stats:
        return None
    counts = [_figure(stats.get(key, 0)) or 0.0 for key in ("successes", "failures", "errors")]
    passed, n = counts[0], sum(counts)
    try:
        day = date.fromisoformat(str(results.get("timestamp", ""))[:10])
    except ValueError:
        day = None
    if not n:
        return [], day
    share, z = passed / n, _95
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return [_score(share, middle - half, middle + half, int(n), "promptfoo")], day


def _score(value: float, low: float, high: float, n: int | None, method: str) -> Measured:
    """A share as per cent, kept within 0 and 100 and around its value."""
    low, high = min(max(low, 0.0), value), max(min(high, 1.0), value)
    mid, least, most = round(100 * value, 2), round(100 * low, 2), round(100 * high, 2)
    return Measured(SCORE_FACT, mid, least, most, n, method)
