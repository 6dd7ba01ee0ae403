"""A small home for stacks: few components in few layers, written out, and what fits what."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from selector.catalog.library import Library

SOURCED = "source: https://example.com/docs, as_of: 2026-11-01, confidence: medium"
LAYERS: Mapping[str, tuple[str, ...]] = {
    "red": ("r1", "r2", "r3"),
    "green": ("g1", "g2", "g3"),
    "blue": ("b1", "b2"),
}
MEET = """interfaces:
  - {layers: [red, green], reason: Red asks green}
  - {layers: [green, blue], reason: Green stands on blue}
"""


def component(layer: str, name: str, more: str = "") -> str:
    """The text of a profile."""
    return f"id: {name}\nname: {name.upper()}\nkind: component\nlayer: {layer}\n{more}"


def relation(line: str) -> str:
    """A line of relations, with its source."""
    return f"  - {{{line}, {SOURCED}}}\n"


def home_of(
    folder: Path, files: Mapping[str, str], layers: Mapping[str, Sequence[str]] = LAYERS
) -> Path:
    """A home with these components and these files by path."""
    for layer, names in layers.items():
        for name in names:
            _write(folder / "vendors" / f"{name}.yaml", component(layer, name))
    for name, text in files.items():
        _write(folder / name, text)
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def library_of(folder: Path, relations: str, **more: str) -> Library:
    """A library whose file `fits` has these relations, and others by their names."""
    texts = {"fits": f"{MEET}relations:\n{relations}", **more}
    files = {f"compatibility/{n}.yaml": f"id: {n}\n{text}" for n, text in texts.items()}
    return Library(home_of(folder, files))
