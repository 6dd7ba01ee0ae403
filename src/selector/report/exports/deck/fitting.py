"""How much room text takes, so that nothing overflows a slide. Lengths are points of 1/72 inch.

Widths are those of Helvetica, which Arial and Liberation Sans share: thousandths of the size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

LEAST = 10.0  # the smallest type on a slide
LEADING = 1.22  # height of a line, as a multiple of the size
LONGEST = 200  # letters of a name before its end
ENDING = 8  # letters that stay at the end of a name that is shortened
TALLER = 1.5  # of a line in a script whose fonts are taller: Japanese, Arabic, Thai and others
_SAFE = 1.04  # other fonts of the same look run a little wider
_WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 "
    "556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 "
    "722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 "
    "556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 "
    "260 334 584"
)
_ASCII = tuple(map(int, _WIDTHS.split()))  # from the space on
_BOLD = 1.07  # bold letters run wider


@lru_cache(maxsize=4096)
def _em(letter: str) -> float:
    code = ord(letter) - 32
    if 0 <= code < len(_ASCII):
        return _ASCII[code] / 1000
    if letter == "\u00a0":
        return _em(" ")
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    bare = unicodedata.normalize("NFD", letter)[0]
    return _em(bare) if bare != letter else 0.62


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text on one line."""
    ems = sum(map(_em, text))
    return ems * size * _SAFE * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)  # a text is measured for its row, for its page and to be written
def wrapped(text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """Return the lines that a text breaks into; words longer than the room are cut."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in pieces(paragraph):
            if width(line + word.rstrip(), size, bold) <= room or not line:
                line += word
            else:
                lines.append(line.rstrip())
                line = word
            while width(line.rstrip(), size, bold) > room and len(line) > 1:
                cut = _cut(line, size, room, bold)
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line.rstrip())
    return tuple(lines)


def pieces(text: str) -> list[str]:
    """Return what a line does not break: words with the space behind them.

    Letters of scripts without spaces stand alone.
    """
    found: list[str] = []
    word = ""
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            found += [word, letter] if word else [letter]
            word = ""
        else:
            word += letter
            if letter in " -–/":
                found.append(word)
                word = ""
    return [*found, word] if word else found


def _cut(line: str, size: float, room: float, bold: bool) -> int:
    taken = 0.0
    for place, letter in enumerate(line):
        taken += width(letter, size, bold)
        if taken > room:
            return max(1, place)
    return len(line)


@lru_cache(maxsize=4096)
def leading(line: str) -> float:
    """Return the height of a line, as a multiple of its size."""
    return TALLER if any(map(_is_tall, line)) else LEADING


def _is_tall(letter: str) -> bool:
    """Whether a letter is of a script beyond Latin, Greek and Cyrillic."""
    return letter >= "\u0530" and not "\u1e00" <= letter <= "\u2e7f"


def height(text: str, size: float, room: float, bold: bool = False) -> float:
    """Return the height of a text in a column of that width."""
    return sum(leading(line) for line in wrapped(text, size, room, bold)) * size


def fitted(
    text: str, room: float, tall: float, most: float, least: float = LEAST, bold: bool = False
) -> tuple[str, float]:
    """Return the text and the largest size at which it fits; shortened with … at the smallest."""
    size = most
    while size > least and height(text, size, room, bold) > tall:
        size = max(least, size - 1)
    return shortened(text, size, room, tall, bold), size


def without_middle(text: str, size: float, room: float, tall: float = 0, bold: bool = False) -> str:
    """Return the text with … for its middle where it is longer than a line, or taller than `tall`.

    What tells long names apart often stands at their end.
    """
    most = max(tall, size * leading(text))
    if height(text, size, room, bold) <= most:
        return text
    end = text[-ENDING:].lstrip()
    start = text[:-ENDING][:LONGEST]
    while start and height(f"{start}…{end}", size, room, bold) > most:
        start = start[:-1]
    return f"{start.rstrip()}…{end}"


def with_short_names(text: str, names: Sequence[str], letters: int) -> str:
    """Return the text with … for the middle of each of the names that has more letters.

    `names` come the longest first, that none is taken for a part of another.
    """
    for name in names:
        if len(name) > letters and name in text:
            end = name[-ENDING // 2 :].lstrip()
            text = text.replace(name, f"{name[: letters - len(end) - 1].rstrip()}…{end}")
    return text


def shortened(text: str, size: float, room: float, tall: float, bold: bool = False) -> str:
    """Return the text, cut with … where it is taller than the room."""
    lines = wrapped(text, size, room, bold)
    ends = accumulate(leading(line) * size for line in lines)
    count = max(1, sum(end <= tall + 1e-6 for end in ends))
    if len(lines) <= count:
        return text
    last = lines[count - 1]
    while last and width(f"{last}…", size, bold) > room:
        last = last[:-1]
    return "\n".join([*lines[: count - 1], f"{last.rstrip()}…"]) if count > 1 else f"{last}…"
