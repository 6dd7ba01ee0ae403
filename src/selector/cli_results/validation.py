"""`selector validate`: one line for each problem of the data files."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from selector.catalog.library import HOME_VARIABLE, Library
from selector.catalog.validation import problems_of, unused_facts
from selector.cli_output import Data
from selector.domain import words
from selector.domain.decision import Decision
from selector.domain.problem import InputError, Problem, UsageError


def data(library: Library, paths: list[Path]) -> Data:
    """The problems of the files named, or of all known ones. UsageError: no such file."""
    files = files_of(paths) if paths else library.files()
    found = (p for path in files for p in problems_of(library, path, _method_problems))
    problems = list(dict.fromkeys(found))
    return {
        "files": len(files),
        "problems": [
            {
                "path": p.path,
                "line": p.line,
                "column": p.column,
                "what": p.what,
                "instead": p.instead,
            }
            for p in problems
        ],
        "unused_facts": [] if paths or problems else unused_facts(library),
    }


def _method_problems(decision: Decision) -> list[Problem]:
    """That the decision's method cannot take its figures, which only ranking it shows."""
    if decision.method == "weighted_sum":
        return []
    from selector.analysis import analyse

    try:
        analyse(decision).ranking  # noqa: B018
    except InputError as error:
        return list(error.problems)
    return []


def home_among(paths: list[Path]) -> Path | None:
    """The one folder to check, where it is laid out as a home: its files refer to each other."""
    if len(paths) != 1 or os.environ.get(HOME_VARIABLE):
        return None
    folders = ("vendors", "criteria", "compatibility", "decisions")
    return paths[0] if any(os.path.isdir(paths[0] / name) for name in folders) else None


def files_of(paths: list[Path]) -> list[Path]:
    """The files named, and those in the folders named. UsageError: there is none."""
    files: list[Path] = []
    for path in paths:
        if os.path.isdir(path):  # unlike Path.is_dir it never raises
            found = [p for p in sorted(path.rglob("*.yaml")) if not p.name.startswith("_")]
            if not found:
                raise UsageError(f"{path} holds no .yaml file; name a file or folder with some")
            files += found
        elif os.path.isfile(path):
            files.append(path)
        else:
            raise UsageError(f"{path} does not exist; name a file or folder that does")
    return files


def table(data: Data) -> Iterable[str]:
    """One line for each problem."""
    for problem in data["problems"]:
        place = f"{problem['path']}:{problem['line']}:{problem['column']}"
        yield f"{place}: {problem['what']}; {problem['instead']}"
    if not data["problems"]:
        print(f"{data['files']} file{'s' * (data['files'] != 1)}, no problem", file=sys.stderr)
    if data["unused_facts"]:
        unused = words.listed(data["unused_facts"])
        print(f"For readers only, used by no criterion: {unused}", file=sys.stderr)
