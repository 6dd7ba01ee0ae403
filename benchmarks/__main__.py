"""Run every benchmark of this folder and print one table of ratios."""

from benchmarks import app, cost, exports, portfolio, robustness, slider, stacks, startup

ROWS = (
    startup.ranking_a_decision,
    app.dragging,
    app.releasing,
    app.first_load,
    app.switching,
    slider.shipped,
    slider.made_8_by_25,
    slider.made_50_by_25,
    robustness.a_large_weighted_sum,
    cost.bills_of_16_alternatives,
    robustness.sampling_8_by_25,
    robustness.sampling_50_by_25,
    robustness.sampling_8_by_25_compiled,
    robustness.sampling_50_by_25_compiled,
    robustness.with_and_without_numba,
    robustness.sampling_weighted_sum,
    robustness.sampling_topsis,
    robustness.sampling_vikor,
    robustness.sampling_promethee2,
    robustness.memory,
    stacks.ten_best,
    stacks.fixing_a_layer,
    stacks.over_a_thousand_weights,
    exports.four_files,
    portfolio.many_decisions,
)


def main() -> None:
    """Print, for each benchmark, what is compared, both figures, the ratio and what is wanted."""
    print(f"{'what':<52}{'ours':>10}{'peer':>10}{'ratio':>9}{'at most':>9}  against")
    for row in ROWS:
        result = row()
        ours, peer = (f"{figure:.3g} {result.unit}" for figure in (result.ours, result.peer))
        missed = "" if result.ratio <= result.wanted else "  (missed)"
        print(
            f"{result.what:<52}{ours:>10}{peer:>10}{result.ratio:>9.3g}{result.wanted:>9.3g}"
            f"  {result.against}{missed}",
            flush=True,
        )


if __name__ == "__main__":
    main()
