"""Find vendors, criteria sets and decisions by id: the shipped ones, then one's own, which win.

A home folder has those of `FOLDERS`. The shipped home lies in the wheel, or, in a checkout, at its
root. Only the files that are named are read.
"""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from selector.catalog.reading import Document, parse_document, read_document
from selector.catalog.records import unknown_name
from selector.catalog.records.criteria import criteria_set_record
from selector.catalog.records.decision import decision_record
from selector.catalog.records.evidence import dictionary_record
from selector.catalog.records.vendor import vendor_record
from selector.catalog.shapes._common import shaped
from selector.catalog.shapes._shape import Shape
from selector.catalog.shapes.criteria import CriteriaFile
from selector.catalog.shapes.decision import DecisionFile
from selector.catalog.shapes.facts import FactsFile
from selector.catalog.shapes.vendor import VendorFile
from selector.domain.criterion import CriteriaSet
from selector.domain.decision import Decision
from selector.domain.fact import FactDefinition
from selector.domain.negotiated import Negotiated
from selector.domain.pattern import Pattern
from selector.domain.pricing import PriceBook
from selector.domain.problem import InputError, Problem, UsageError
from selector.domain.stack import PLATFORM, Compatibility, FitFile
from selector.domain.vendor import Vendor

HOME_VARIABLE = "SELECTOR_HOME"
FOLDERS = ("criteria", "prices", "vendors", "compatibility", "patterns", "decisions")
_LAYER = re.compile(rb"^layer:[ \t]+([a-z0-9][a-z0-9_-]*)[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_STACK = re.compile(rb"^stack:", re.MULTILINE)
_LAYER_SOMEHOW = re.compile(
    rb"^[ \t{]*['\"]?layer['\"]?[ \t]*:|[{,][ \t]*['\"]?layer['\"]?[ \t]*:", re.M
)
Record = TypeVar("Record")
ShapeT = TypeVar("ShapeT", bound=Shape)


def shipped_home() -> Path:
    """The folder that holds the shipped `vendors/`, `criteria/` and `decisions/`."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parents[1]


class Library:
    """All that can be named by id. Files are read once, on first use."""

    def __init__(self, home: Path | str | None = None) -> None:
        own = home or os.environ.get(HOME_VARIABLE)
        self.homes = [shipped_home()]
        if own:
            folder = Path(own)
            if not folder.is_dir():
                raise UsageError(
                    f"{folder} is not a folder; name the one with vendors/, criteria/, decisions/"
                )
            self.homes.append(folder)
        self._dictionary: dict[str, FactDefinition] | None = None
        self._vendors: dict[str, Vendor] = {}
        self._criteria: dict[str, CriteriaSet] = {}
        self._prices: PriceBook | None = None
        self._layers: dict[str, str] = {}
        self._fits: dict[Path, FitFile] = {}
        self._compatibility: Compatibility | None = None

    def _paths(self, folder: str) -> dict[str, Path]:
        """Files by id in that folder of each home; one's own replace the shipped ones."""
        found: dict[str, Path] = {}
        for home in self.homes:
            for path in sorted((home / folder).glob("*.yaml")):
                if not path.name.startswith("_"):
                    found[path.stem] = path
        return found

    def vendor_ids(self) -> list[str]:
        """The ids of all vendors, sorted."""
        return sorted(self._paths("vendors"))

    def criteria_ids(self) -> list[str]:
        """The ids of all criteria sets, sorted."""
        return sorted(set(self._paths("criteria")) - {"facts"})

    def decision_ids(self) -> list[str]:
        """The ids of all decisions, sorted."""
        return sorted(self._paths("decisions"))

    def files(self) -> list[Path]:
        """Every data file of every home, dictionaries first."""
        found = []
        for home in self.homes:
            for folder in FOLDERS:
                paths = sorted((home / folder).glob("*.yaml"), key=lambda p: (p.stem != "facts", p))
                found += [path for path in paths if not path.name.startswith("_")]
        return found

    def dictionary(self) -> dict[str, FactDefinition]:
        """The dictionary of facts; one's own entries add to and override the shipped ones."""
        if self._dictionary is None:
            merged: dict[str, FactDefinition] = {}
            for home in self.homes:
                path = home / "criteria" / "facts.yaml"
                if path.is_file():
                    merged.update(_read(path, FactsFile, lambda _, shape: dictionary_record(shape)))
            self._dictionary = merged
        return self._dictionary

    def vendor(self, vendor_id: str) -> Vendor:
        """The vendor with that id. UsageError if there is none, InputError if it is wrong."""
        if vendor_id not in self._vendors:
            path = self._named("vendor", vendor_id, self._paths("vendors"))
            self._vendors[vendor_id] = _read(
                path, VendorFile, lambda doc, shape: vendor_record(doc, shape, self.dictionary())
            )
        return self._vendors[vendor_id]

    def layer_of(self, vendor_id: str) -> str:
        """The layer of a stack that a vendor fills: a component's own, else `platform`."""
        if vendor_id not in self._layers:
            # Reading whole profiles takes seconds where only one line of each is wanted.
            raw = self._named("vendor", vendor_id, self._paths("vendors")).read_bytes()
            line = _LAYER.search(raw)
            layer = line[1].decode() if line else ""
            if line is None and _LAYER_SOMEHOW.search(raw):
                layer = self.vendor(vendor_id).layer
            self._layers[vendor_id] = layer or PLATFORM
        return self._layers[vendor_id]

    def layers(self) -> dict[str, list[str]]:
        """The ids of all vendors by the layer that they fill, both sorted."""
        found: dict[str, list[str]] = {}
        for vendor_id in self.vendor_ids():
            found.setdefault(self.layer_of(vendor_id), []).append(vendor_id)
        return dict(sorted(found.items()))

    def fit_file(self, path: Path) -> FitFile:
        """What one file of `compatibility/` says; errors as for `vendor`."""
        if path not in self._fits:
            from selector.catalog.records.compatibility import compatibility_record
            from selector.catalog.shapes.compatibility import CompatibilityFile

            self._fits[path] = _read(
                path, CompatibilityFile, lambda doc, shape: compatibility_record(doc, shape, self)
            )
        return self._fits[path]

    def fit_paths(self) -> list[list[Path]]:
        """The files of `compatibility/` in force, by home; one's own replace the shipped ones."""
        in_force = self._paths("compatibility").values()
        return [[p for p in in_force if p.parent.parent == home] for home in self.homes]

    def compatibility(self) -> Compatibility:
        """What is known of which component fits which; InputError where a file is wrong."""
        if self._compatibility is None:
            from selector.catalog.records.compatibility import contradictions, together

            problems: list[Problem] = []
            homes: list[list[FitFile]] = []
            for paths in self.fit_paths():
                homes.append([])
                for path in paths:
                    try:
                        homes[-1].append(self.fit_file(path))
                    except InputError as error:
                        problems += error.problems
            whole = together(homes)
            for files in homes:
                problems += contradictions(files, whole, self)
            if problems:
                raise InputError(sorted_problems(problems))
            self._compatibility = whole
        return self._compatibility

    def pattern_ids(self) -> list[str]:
        """The ids of all patterns, sorted."""
        return sorted(self._paths("patterns"))

    def pattern(self, pattern_id: str) -> Pattern:
        """The pattern with that id; errors as for `vendor`."""
        from selector.catalog.records.pattern import pattern_record
        from selector.catalog.shapes.pattern import PatternFile

        path = self._named("pattern", pattern_id, self._paths("patterns"))
        return _read(path, PatternFile, pattern_record)

    def criteria_set(self, set_id: str) -> CriteriaSet:
        """The criteria set with that id; errors as for `vendor`."""
        if set_id not in self._criteria:
            paths = self._paths("criteria")
            paths.pop("facts", None)
            self._criteria[set_id] = _read(
                self._named("criteria set", set_id, paths),
                CriteriaFile,
                lambda doc, shape: criteria_set_record(doc, shape, self.dictionary()),
            )
        return self._criteria[set_id]

    def prices(self) -> PriceBook:
        """The price book, of which each file is read when one of its rows is asked for."""
        if self._prices is None:
            from selector.catalog.pricebook import price_book  # many decisions need none

            self._prices = price_book(self.homes, read_prices)
        return self._prices

    def negotiated(self, source: Path | Document) -> Negotiated:
        """The negotiated prices in a file; errors as for `vendor`."""
        from selector.catalog.records.negotiated import negotiated_record
        from selector.catalog.shapes.negotiated import NegotiatedFile

        document = _document(source) if isinstance(source, Path) else source
        return _made(
            document, NegotiatedFile, lambda doc, shape: negotiated_record(doc, shape, self)
        )

    def decision(self, path_or_id: Path | str) -> Decision:
        """The decision in a file, or the known one with that id; errors as for `vendor`."""
        path = self.decision_path(path_or_id)
        return _read(
            path,
            DecisionFile,
            lambda doc, shape: decision_record(doc, shape, self, path.parent),
        )

    def decision_of(self, raw: bytes, name: str, files: Mapping[str, bytes]) -> Decision:
        """The decision in a text that was brought, with the files it names; errors as for `vendor`.

        Messages name the text `name`. Nothing is read from a disk for it.
        """
        return _made(
            parse_document(raw, name),
            DecisionFile,
            lambda doc, shape: decision_record(doc, shape, self, files),
        )

    def composes(self, decision_id: str) -> bool:
        """Whether a known decision composes a stack, by the look of its file."""
        return bool(_STACK.search(self.decision_path(decision_id).read_bytes()))

    def decision_path(self, path_or_id: Path | str) -> Path:
        """The file of a decision given by path or id."""
        path = Path(path_or_id)
        if (
            isinstance(path_or_id, Path)
            or path.suffix in (".yaml", ".yml")
            or path.parent != Path()
        ):
            return path
        known = self._paths("decisions")
        if str(path_or_id) not in known and path.is_file():
            return path
        return self._named("decision", str(path_or_id), known)

    @staticmethod
    def _named(kind: str, name: str, paths: dict[str, Path]) -> Path:
        if name not in paths:
            raise UsageError("; ".join(unknown_name(kind, name, paths)))
        return paths[name]


def shown_path(path: Path) -> str:
    """The path as messages show it: relative to where one stands, where that is shorter."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):  # elsewhere, gone, or a link to itself
        return str(path)


def _document(path: Path) -> Document:
    return read_document(path, shown_path(path))


def _read(path: Path, model: type[ShapeT], record: Callable[[Document, ShapeT], Record]) -> Record:
    return _made(_document(path), model, record)


def _made(
    document: Document, model: type[ShapeT], record: Callable[[Document, ShapeT], Record]
) -> Record:
    shape = shaped(document, model)
    if shape is not None:
        try:
            made = record(document, shape)
        except InputError as error:  # of a file that every other stands on
            document.problems.extend(error.problems)
        else:
            if not document.problems:
                return made
    raise InputError(sorted_problems(document.problems))


def read_prices(path: Path, name: str) -> Mapping[str, Any]:
    """The rows of a YAML file of the price book; `name` is its kind. Errors as for `vendor`."""
    from selector.catalog.price_files import KINDS  # what is ready to be read needs none of it

    shape, record = KINDS[name]
    return _read(path, shape, record)


def sorted_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Problems without repetition, each file's in the order of its lines."""
    files = list(dict.fromkeys(problem.path for problem in problems))
    return sorted(dict.fromkeys(problems), key=lambda p: (files.index(p.path), p.line, p.column))


def load(path_or_id: Path | str, home: Path | str | None = None) -> Decision:
    """The decision in a file, or the known one with that id, with every reference resolved.

    `home` is a folder with one's own `vendors/`, `criteria/` and `decisions/` (else SELECTOR_HOME).
    Raises InputError, which lists every problem with its position, or UsageError for an id that
    does not exist.
    """
    return Library(home).decision(path_or_id)
