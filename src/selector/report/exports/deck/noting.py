"""What the speaker's notes say beside the words of a slide: sources, by their number at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selector.domain.criterion import Criterion
from selector.report.exports.sources import numbers_of
from selector.report.exports.story import Story


def of_cells(story: Story, leaves: Sequence[Criterion], options: Sequence[str]) -> str:
    """Return the sources of these cells in a sentence; empty where they rest on none."""
    found: set[int] = set()
    for leaf in leaves:
        for option in options:
            cell = story.cell(option, leaf)
            if cell is not None:
                found.update(numbers_of(cell, story.number_of))
    return _told(found)


def of_bills(story: Story) -> str:
    """Return the sources of all bills that are told; empty where they rest on none."""
    if story.analysis.decision.workload is None:
        return ""
    found = {
        story.number_of[str(source)]
        for bill in story.analysis.cost().alternatives.values()
        if bill.alternative not in story.hidden
        for line in (*bill.items, *bill.once)
        for parameter in line.rests_on
        for source in parameter.basis.sources
    }
    return _told(found)


def by_row(story: Story, node: Criterion, options: Sequence[str]) -> str:
    """Return the sources of a criterion, or of a group, with its name."""
    told = of_cells(story, list(node.leaves()), options)
    return f"{node.name}: {told[:1].lower()}{told[1:]}" if told else ""


def _told(numbers: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    return f"Sources {', '.join(told)}." if told else ""
