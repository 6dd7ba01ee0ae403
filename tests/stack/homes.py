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
    library = Library(home_of(folder, files))
    library.homes = [folder]  # what is shipped is no part of these
    return library


STACK = """id: whole
title: A whole stack
question: Which parts?
as_of: 2026-11-20
stack:
  layers:
    - id: red
      weight: 50
      criteria: [{id: speed, name: Speed, value: {worst: 0, best: 10}}]
      candidates:
        - {id: r1, vendor: r1, performance: {speed: 10}}
        - {id: r2, vendor: r2, performance: {speed: 8}}
        - {id: r3, vendor: r3, performance: {speed: 4}}
    - id: green
      weight: 30
      criteria: [{id: ease, name: Ease, value: {worst: 0, best: 10}}]
      candidates:
        - {id: g1, vendor: g1, performance: {ease: 9}}
        - {id: g2, vendor: g2, performance: {ease: 6}}
        - {id: g3, vendor: g3, performance: {ease: [2, 6]}}
    - id: blue
      weight: 20
      optional: true
      criteria: [{id: reach, name: Reach, value: {worst: 0, best: 10}}]
      candidates:
        - {id: b1, vendor: b1, performance: {reach: 5}}
        - {id: b2, vendor: b2, performance: {reach: 10}}
"""
