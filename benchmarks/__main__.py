"""Run every benchmark of this folder and print one table of ratios."""

from benchmarks import portfolio, robustness, slider, startup

ROWS = (
    startup.ranking_a_decision,
    robustness.sampling_8_by_25,
    robustness.sampling_50_by_25,
    slider.a_step_of_a_slider,
    robustness.a_large_weighted_sum,
    portfolio.many_decisions,
)


def main() -> None:
    """Print, for each benchmark, what is compared, both medians and the ratio."""
    for row in ROWS:
        result = row()
        print(
            f"{result.what}: {result.ours:.3g} s against {result.peer:.3g} s ({result.against}), "
            f"ratio {result.ratio:.3g}, wanted at most {result.wanted:g}"
            + (f"; {result.said}" if result.said else "")
        )


if __name__ == "__main__":
    main()
