"""Whether the workbook's answer still stands: what is changed in the file is reckoned elsewhere."""

from __future__ import annotations

from selector.report.exports.formulas import quoted

SAME = "0.000001"  # points of 100: scores closer than this are those exported
UNCHANGED = (
    "This sheet stands as exported. What you change on Matrix and Performances is reckoned there."
)
CHANGED = (
    "Something was changed in this file: what stands on this sheet is still as exported, and not "
    "the answer to that."
)


def told(now: str, then: str, names: str, ranks: str) -> str:
    """Return the formula that says whether points `now` are those of `then`, and who is first.

    Points that are no numbers, as where a weight is none, are other points.
    """
    same = f"IFERROR(SUMPRODUCT(ABS({now}-{then}))<{SAME},FALSE)"
    first = (
        f'IFERROR(" By the sheet Matrix "&INDEX({names},MATCH(1,{ranks},0))&" is first now.","")'
    )
    return f"=IF({same},{quoted(UNCHANGED)},{quoted(CHANGED)}&{first})"
