"""Between which ends a figure of a bill makes sense."""

from selector.domain.span import Span

_ABOVE_NOUGHT = frozenset(
    {
        "answer_seconds",
        "bytes_per_token",
        "cache_bytes",
        "chunk_tokens",
        "hours_per_month",
        "idle_minutes",
        "index_overhead",
        "instance_output_tokens_per_second",
        "instances_per_replica",
        "machine_up",
        "memory_share",
        "owned.years",
        "peak_to_mean",
        "pue",
        "quantisation_gain",
        "utilisation",
    }
)
_SHARES = frozenset(
    {
        "batchable_share",
        "cacheable_share",
        "fallback_share",
        "memory_share",
        "reserved_discount_1y",
        "reserved_discount_3y",
        "routable_share",
        "semantic_cache_hit_rate",
        "utilisation",
    }
)
_BELOW_100 = frozenset({"machine_up"})
_UP_TO_100 = frozenset({"batch_discount"})


def out_of_bounds(name: str, span: Span) -> str:
    """What would be right where the figure is past its bounds, else nothing.

    A figure of the fallback has the bounds of the main offer's.
    """
    name = name.removeprefix("fallback.")
    least = "above 0" if name in _ABOVE_NOUGHT else "from 0"
    most = ""
    is_wrong = span.low < 0 or (name in _ABOVE_NOUGHT and span.low <= 0)
    if name in _SHARES or name.endswith(".discount"):  # of a commitment
        most, is_wrong = ", up to 1", is_wrong or span.high > 1
    if name in _BELOW_100:
        most, is_wrong = ", below 100", is_wrong or span.high >= 100
    if name in _UP_TO_100:
        most, is_wrong = ", up to 100", is_wrong or span.high > 100
    return f"write a figure {least}{most or ' on'}" if is_wrong else ""
