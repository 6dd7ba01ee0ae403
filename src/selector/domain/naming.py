"""Names as people see them: whether anything of one shows, and which look the same."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping

_UNSEEN = {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp", "Zs"}  # kinds of signs that leave no ink
# Letters and marks that leave none either: fillers, a blank pattern, joiners, what picks a shape.
_BLANK = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
_BLANK |= {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


def shown(text: str) -> str:
    """Return the signs of a text that can be seen."""
    return "".join(
        x for x in text if unicodedata.category(x) not in _UNSEEN and ord(x) not in _BLANK
    )


def seen(name: str) -> str:
    """Return what people tell a name by: its words, without what does not show."""
    return " ".join(filter(None, map(shown, unicodedata.normalize("NFC", name).split())))


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Return the names by id; those that look the same with their id behind them."""
    alike = Counter(map(seen, names.values()))
    return {i: f"{name} ({i})" if alike[seen(name)] > 1 else name for i, name in names.items()}
