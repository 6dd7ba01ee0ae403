"""What may be entered in a workbook's cells: weights, and performances by their scale."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from selector.domain.criterion import Criterion
from selector.domain.decision import Decision
from selector.report.exports import formulas

LONGEST = 255  # characters of a rule that spreadsheets take
MOST = 250  # conditions of which one is to hold
WEIGHT: Mapping[str, object] = {
    "validate": "decimal", "criteria": ">=", "value": 0,
    "input_title": "Weight",
    "input_message": "A number of 0 or more, such as 0.2 or 20%. Scores are divided by the sum.",
    "error_title": "This is no weight",
    "error_message": "A weight is a number of 0 or more, such as 0.2 or 20%.",
}  # fmt: skip
NONE = "This is no performance"


def is_no_weight(place: str) -> str:
    """Return the condition that what stands at `place` is no weight."""
    return f"IF(ISNUMBER({place}),{place}<0,TRUE)"


@dataclass(frozen=True)
class Entries:
    """What may stand for a performance: one of `words`, or also a number where it `has_numbers`."""

    words: Sequence[str]
    has_numbers: bool
    unknown: str = formulas.UNKNOWN

    def condition(self, place: str) -> str:
        """The condition that one of them stands at `place`; empty where spreadsheets take none."""
        found = [f"ISNUMBER({place})"] * self.has_numbers
        found += [self._is(place, formulas.quoted(word)) for word in self.words]
        told = f"OR({','.join(found)})"
        longest = max(map(_size, self.words))
        is_long = _size(told) > formulas.LONGEST or longest > formulas.LONGEST_TEXT
        return "" if is_long or len(found) > MOST else told

    def _is(self, place: str, word: str) -> str:
        """Words of a scale count as they are written, for low and Low can be two of them."""
        return f"{place}={word}" if self.has_numbers else f"EXACT({place},{word})"

    def rule(self, place: str) -> Mapping[str, object] | None:
        """The rule that one of them is to be entered at `place`; None where it would be too long.

        Words are chosen from a list where commas part them.
        """
        told = "a number" if self.has_numbers else "a word of the scale"
        said = {
            "error_title": NONE,
            "error_message": f"Enter {told}, or {self.unknown}, which counts at the middle of the "
            "scale.",
        }
        is_list = not any(set(word) & set(',"') or word != word.strip() for word in self.words)
        if is_list and not self.has_numbers and _size(",".join(self.words)) <= LONGEST:
            return {"validate": "list", "value": list(self.words), **said}
        condition = self.condition(place)
        if not condition or _size(condition) >= LONGEST:
            return None
        return {"validate": "custom", "value": f"={condition}", **said}


def entries(leaf: Criterion, decision: Decision, told: Collection[str | float]) -> Entries:
    """Return what may stand for a performance of a leaf, where `told` are entered now."""
    names = formulas.shown_levels(leaf, decision)
    unknown = formulas.unlike(formulas.UNKNOWN, names)
    others = [formulas.unlike(word, names) for word in formulas.OPEN]
    others = [word for word in others if word == unknown or word in told]
    return Entries([*names, *others], not names, unknown)


def _size(text: str) -> int:
    """How long spreadsheets take a text to be: a letter beyond the first 65,536 counts as two."""
    return len(text.encode("utf-16-le")) // 2
