"""`selector start`: the questions to fill in, and the decision that follows from the answers."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from selector import cli_output as output
from selector.catalog.library import Library, shown_path
from selector.catalog.reading import read_document
from selector.catalog.shapes._common import ID_PATTERN
from selector.cli_output import Data
from selector.domain.problem import SelectorError, UsageError
from selector.domain.span import Span
from selector.intake.answers import answers_in
from selector.intake.form import form
from selector.intake.proposal import Proposal
from selector.intake.proposing import propose
from selector.intake.questions import questions as asked
from selector.intake.writing import write


def run(library: Library, answers: Path | None, questions: bool, to: Path | None, way: str) -> None:
    """Print the form, or what follows from the answers; `way` is how. UsageError: neither."""
    if questions:
        if way == "json":
            output.show(questions_of(library), way, lambda _: ())
        else:
            output.write(form(library.dictionary()))
        return
    if answers is None:
        raise UsageError("name the file of answers; selector start --questions prints the form")
    proposal = proposed(library, answers, to)
    if way == "json" or to is None:
        output.show(data(proposal), way, lambda _: text(proposal))


def questions_of(library: Library) -> Data:
    """What is asked, for programs."""
    rows = [
        {
            "id": q.id,
            "group": q.group,
            "words": q.words,
            "help": q.help,
            "kind": q.kind,
            "choices": dict(q.choices),
            "part_of": q.part_of or None,
            "unit": q.unit or None,
        }
        for q in asked(library.dictionary())
    ]
    return {"questions": rows}


def proposed(library: Library, answers: Path, to: Path | None) -> Proposal:
    """What follows from the answers in a file, written to a file where one is named.

    Raises InputError for answers that are wrong, UsageError where the file is there already.
    """
    document = read_document(answers, shown_path(answers))
    proposal = propose(answers_in(document, library.dictionary()), library)
    if to is not None:
        if re.match(ID_PATTERN, to.stem):  # in a home, a decision is found by its file's name
            proposal = proposal._replace(id=to.stem)
        _write(to, write(proposal))
        told = (
            f"{len(proposal.alternatives)} alternatives, {len(proposal.requirements)} requirements"
        )
        print(f"{to} is written: {told}. Open it with: selector rank {to}", file=sys.stderr)
    return proposal


def _write(path: Path, text: str) -> None:
    """Write a new file, whole or not at all; what is there already is never written over."""
    try:
        with path.open("x", encoding="utf-8") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise UsageError(f"{path} is there already; name another file, or remove it") from None
    except OSError as error:
        raise SelectorError(f"{path} cannot be written: {error.strerror}") from None


def data(proposal: Proposal) -> Data:
    """The proposal for programs, each part with its reason."""
    p = proposal
    reason, source = p.criteria_reason
    return {
        "id": p.id,
        "title": p.title,
        "question": p.question,
        "criteria": {
            "id": p.criteria,
            "name": p.criteria_name,
            "reason": reason,
            "source": source,
        },
        "alternatives": [
            {
                "id": a.id,
                "name": a.name,
                "kind": a.kind,
                "vendor": a.vendor or None,
                "offer": a.offer or None,
                "reason": a.reason,
            }
            for a in p.alternatives
        ],
        "left_out": [{"id": o.id, "name": o.name, "reason": o.reason} for o in p.left_out],
        "requirements": [
            {
                "id": r.id,
                "asks": dict(r.asks),
                "says": r.says,
                "reason": r.reason,
                "source": r.source,
            }
            for r in p.requirements
        ],
        "workload": {
            f.key: {"value": _plain(f.value), "reason": f.reason, "assumed": f.assumed}
            for f in p.workload
        },
        "budget": {"monthly": p.budget, "worst_cost": p.worst_cost, "reason": p.cost_reason},
        "weights": {
            w.criterion: {"points": w.points, "in_the_set": w.usual, "reason": w.reason}
            for w in p.weights
        },
        "assumptions": list(p.assumptions),
        "notes": [n._asdict() for n in p.notes],
    }


def _plain(value: Span | float | str) -> Any:
    if not isinstance(value, Span):
        return value
    return value.likely if value.is_exact else value._asdict()


def text(proposal: Proposal) -> Iterable[str]:
    """The decision file, line by line."""
    return write(proposal).removesuffix("\n").split("\n")
