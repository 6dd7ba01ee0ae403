"""Run every benchmark of this folder and print one table of ratios."""

from benchmarks import startup

ROWS = (startup.ranking_a_decision,)


def main() -> None:
    """Print, for each benchmark, what is compared, both medians and the ratio."""
    for row in ROWS:
        result = row()
        print(
            f"{result.what}: {result.ours:.3f} s against {result.peer:.3f} s ({result.against}), "
            f"ratio {result.ratio:.2f}, wanted at most {result.wanted:g}"
        )


if __name__ == "__main__":
    main()
