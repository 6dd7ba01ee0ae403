"""Check files of any kind: what makes them unusable, and what would mislead."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from selector.catalog import checks
from selector.catalog.checks import PriceRows, Subject
from selector.catalog.library import Library, shown_path, sorted_problems
from selector.catalog.price_files import KINDS
from selector.catalog.pricebook import FOLDER, token_problems
from selector.catalog.reading import Document, read_document
from selector.catalog.records.compatibility import compatibility_record, contradictions, together
from selector.catalog.records.criteria import criteria_set_record
from selector.catalog.records.decision import decision_record
from selector.catalog.records.evidence import dictionary_record
from selector.catalog.records.negotiated import negotiated_record
from selector.catalog.records.pattern import pattern_record
from selector.catalog.records.vendor import vendor_record
from selector.catalog.shapes._common import shaped
from selector.catalog.shapes.compatibility import CompatibilityFile
from selector.catalog.shapes.criteria import CriteriaFile
from selector.catalog.shapes.decision import DecisionFile
from selector.catalog.shapes.facts import FactsFile
from selector.catalog.shapes.negotiated import NegotiatedFile
from selector.catalog.shapes.pattern import PatternFile
from selector.catalog.shapes.vendor import VendorFile
from selector.domain.criterion import FactMeasure, ShareMeasure
from selector.domain.decision import Decision
from selector.domain.problem import InputError, Problem
from selector.domain.stack import FitFile

FileKind = str
"""facts, criteria, vendor, compatibility, pattern, decision, negotiated, or `prices-` and the name
of a file of prices."""

COST_FACTS = "price_", "batch_discount", "instance_"


def problems_of(
    library: Library,
    path: Path,
    of_decision: Callable[[Decision], Iterable[Problem]] = lambda _: (),
) -> list[Problem]:
    """All that is wrong with one file, whatever its kind; empty when it is fine.

    `of_decision` finds what more is wrong with a decision that is fine so far.
    """
    if path.suffix == ".json":
        return token_problems(path, shown_path(path))
    try:
        document = read_document(path, shown_path(path))
        kind = kind_of(document, path)
        if kind is None:
            document.complain(
                (),
                "neither facts, criteria, vendor, compatibility, pattern, decision nor prices",
                "see docs/formats.md for the keys of each kind of file",
            )
        else:
            record = _record(library, document, kind, path)
            if record is not None and not document.problems:
                subject = Subject(document, record, library.dictionary(), library.prices())
                document.problems.extend(checks.problems(subject))
                if isinstance(record, FitFile):
                    document.problems.extend(_contradictions(library, path, record))
                if isinstance(record, Decision) and not document.problems:
                    document.problems.extend(of_decision(record))
    except InputError as error:
        return sorted_problems(error.problems)
    return sorted_problems(document.problems)


def _record(
    library: Library, document: Document, kind: FileKind, path: Path
) -> checks.Record | None:
    if kind == "facts":
        facts = shaped(document, FactsFile)
        return None if facts is None else dictionary_record(facts)
    if path.parent.name in ("vendors", "criteria", "compatibility", "patterns", "decisions"):
        _check_id(document, path)
    if kind == "vendor" and (vendor := shaped(document, VendorFile)):
        return vendor_record(document, vendor, library.dictionary())
    if kind == "criteria" and (criteria := shaped(document, CriteriaFile)):
        return criteria_set_record(document, criteria, library.dictionary())
    if kind == "compatibility" and (fits := shaped(document, CompatibilityFile)):
        return compatibility_record(document, fits, library)
    if kind == "pattern" and (pattern := shaped(document, PatternFile)):
        return pattern_record(document, pattern)
    if kind == "decision" and (decision := shaped(document, DecisionFile)):
        return decision_record(document, decision, library, path.parent)
    if kind == "negotiated" and (negotiated := shaped(document, NegotiatedFile)):
        return negotiated_record(document, negotiated, library)
    if kind.startswith(f"{FOLDER}-"):
        name = kind.removeprefix(f"{FOLDER}-")
        made, to_records = KINDS[name]
        if (rows := shaped(document, made)) is not None:
            return PriceRows(name, to_records(document, rows))
    return None


def _contradictions(library: Library, path: Path, record: FitFile) -> list[Problem]:
    """What the file says against the others of its home, told at places in this file."""
    homes: list[list[FitFile]] = []
    own: list[FitFile] = []
    for paths in library.fit_paths():
        homes.append([])
        for other in paths:
            is_it = other.resolve() == path.resolve()
            with suppress(InputError):  # told of the file itself
                homes[-1].append(record if is_it else library.fit_file(other))
            own = homes[-1] if is_it else own
    if not own:  # a file that lies in no home
        own = [record]
        homes.append(own)
    found = contradictions(own, together(homes), library)
    return [problem for problem in found if problem.path == shown_path(path)]


def unused_facts(library: Library) -> list[str]:
    """Facts of the dictionary that no criteria set, requirement or bill of the library uses.

    They are no mistake (a profile is read by people too), but each costs work to keep.
    """
    used: set[str] = set()
    for set_id in library.criteria_ids():
        for leaf in library.criteria_set(set_id).leaves():
            if isinstance(leaf.measure, FactMeasure | ShareMeasure):
                used.add(leaf.measure.fact)
    for decision_id in library.decision_ids():
        decision = library.decision(decision_id)
        waiting = list(decision.requirements)
        for layer in decision.stack.layers if decision.stack is not None else ():
            waiting += layer.decision.requirements
        while waiting:
            requirement = waiting.pop()
            used.add(requirement.fact)
            waiting += requirement.any_of
    return [
        fact
        for fact in library.dictionary()
        if fact not in used and not fact.startswith(COST_FACTS)
    ]


def kind_of(document: Document, path: Path) -> FileKind | None:
    """What kind of file it is: by its folder, else by its keys."""
    folders: dict[str, FileKind] = {
        "vendors": "vendor",
        "decisions": "decision",
        "criteria": "criteria",
        "compatibility": "compatibility",
        "patterns": "pattern",
    }
    if path.stem == "facts" and path.parent.name == "criteria":
        return "facts"
    if path.parent.name in folders:
        return folders[path.parent.name]
    if path.parent.name == FOLDER and path.stem in KINDS:
        return f"{FOLDER}-{path.stem}"
    keys = set(document.data) if isinstance(document.data, dict) else set()
    if keys & {"alternatives", "question", "title", "requirements", "weights"}:
        return "decision"
    if keys & {"kind", "offers", "provider", "homepage"}:
        return "vendor"
    if keys & {"interfaces", "relations"}:
        return "compatibility"
    if keys & {"roles", "flows", "zones"}:
        return "pattern"
    if keys & {"confidential", "commitments", "credits", "prices"}:
        return "negotiated"
    if "criteria" in keys:
        return "criteria"
    return "facts" if "facts" in keys else None


def _check_id(document: Document, path: Path) -> None:
    given = document.data.get("id") if isinstance(document.data, dict) else None
    if isinstance(given, str) and given != path.stem:
        document.complain(
            ("id",), f"the id {given!r} differs from the file's name", f"write {path.stem!r}"
        )
