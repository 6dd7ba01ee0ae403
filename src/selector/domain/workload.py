"""What the system will have to do each month."""

from typing import NamedTuple


class Workload(NamedTuple):
    """The load that a bill is computed for. Shares are 0 to 1; tokens are per request.

    `replicas` is the least number of instances kept running when one hosts the model oneself.
    """

    requests_per_month: float
    input_tokens: float = 0
    output_tokens: float = 0
    cached_share: float = 0
    batch_share: float = 0
    peak_to_mean: float = 1
    growth_per_month: float = 0
    months: int = 12
    hours_per_month: float = 730
    replicas: int = 1
