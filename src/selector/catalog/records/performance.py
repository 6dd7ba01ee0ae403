"""Performances written in a decision: numbers, ranges, names of levels, distributions, null."""

from collections.abc import Callable
from datetime import date
from typing import Any

from selector.catalog.reading import Document
from selector.catalog.records import quoted
from selector.catalog.records.evidence import Where
from selector.domain.criterion import Criterion
from selector.domain.evidence import Distribution, Evidence
from selector.domain.fact import Dictionary
from selector.domain.levels import TRUTH, level_names
from selector.domain.words import listed

_PARAMETERS = {
    "normal": ("mean", "sd"),
    "lognormal": ("mu", "sigma"),
    "beta": ("a", "b"),
    "triangular": ("low", "mode", "high"),
}
_BOUNDS: dict[tuple[str, str], tuple[str, Callable[[float], bool]]] = {
    ("normal", "sd"): ("above 0", lambda sd: sd > 0),
    ("lognormal", "mu"): ("from -200 to 200", lambda mu: abs(mu) <= 200),
    ("lognormal", "sigma"): ("above 0 and up to 10", lambda sigma: 0 < sigma <= 10),
    ("beta", "a"): ("above 0", lambda a: a > 0),
    ("beta", "b"): ("above 0", lambda b: b > 0),
}
"""Beyond them there is no such distribution, or its figures are too large to reckon with."""
_SIGNED = ("judgement", "reason", "by", "as_of")
"""The keys of a performance that is somebody's opinion; all are needed."""


def performance_record(
    document: Document, where: Where, given: Any, leaf: Criterion, dictionary: Dictionary
) -> Evidence | None:
    """What the decision says of one leaf, of high confidence; None, and a problem, if unusable.

    A judgement is signed as one of a fact is, and as one is of medium confidence.
    """
    origin = document.origin(*where)
    names = level_names(leaf, dictionary)

    def known(**parts: Any) -> Evidence:
        return Evidence("value", confidence="high", origin=origin, **parts)

    def refuse(what: str, instead: str) -> None:
        document.complain(where, f"{leaf.id}: {what}", instead)

    if isinstance(given, dict) and "judgement" in given:
        wrong = _unsigned(given)
        if wrong:
            refuse(*wrong)
            return None
        of = performance_record(document, where, given["judgement"], leaf, dictionary)
        if of is not None and of.state != "value":
            refuse("a judgement without a value", "write null or {not_applicable: true} alone")
            return None
        signed = {name: given[name] for name in _SIGNED[1:]}
        return of and of._replace(is_judgement=True, confidence="medium", **signed)
    if given is None:
        return Evidence("unknown", confidence="high", origin=origin)
    if isinstance(given, bool):
        name = "true" if given else "false"
        if names and name not in names:
            refuse(f"{name} is not a level", f"write one of {', '.join(names)}")
            return None
        return known(value=name if names else given)
    if isinstance(given, str):
        if given not in names:
            refuse(
                f"{quoted(given)} is not a level" if names else f"{quoted(given)} is not a number",
                f"write one of {', '.join(names)}" if names else "write a number, a range, or null",
            )
            return None
        return known(value=given)
    if isinstance(given, int | float):
        if names and names != TRUTH:
            refuse(f"{given} is not a level", f"write one of {', '.join(names)}")
            return None
        return known(value=float(given))
    if isinstance(given, list):
        return _range(given, names, known, refuse)
    if isinstance(given, dict) and len(given) == 1 and next(iter(given)) in _PARAMETERS:
        kind, parameters = next(iter(given.items()))
        distribution = _distribution(kind, parameters, refuse)
        return known(distribution=distribution) if distribution else None
    if given == {"not_applicable": True}:
        return Evidence("not_applicable", confidence="high", origin=origin)
    if isinstance(given, dict) and set(given) == {"low", "likely", "high"}:
        parts = [given["low"], given["likely"], given["high"]]
        if names and all(isinstance(part, str) and part in names for part in parts):
            if sorted(parts, key=names.index) == parts:
                return known(low=parts[0], likely=parts[1], high=parts[2])
        elif all(_is_number(part) for part in parts) and parts == sorted(parts):
            low, likely, high = map(float, parts)
            return known(low=low, likely=likely, high=high)
    refuse(
        "not a performance",
        "write a number, [low, high], a level, null, or {normal: [mean, sd]} and the like",
    )
    return None


def _unsigned(given: dict[str, Any]) -> tuple[str, str] | None:
    """What is wrong with the keys of a judgement, and what would be right."""
    odd = [name for name in given if name not in _SIGNED]
    if odd or (isinstance(given["judgement"], dict) and "judgement" in given["judgement"]):
        return f"a judgement with {quoted(odd[0] if odd else 'judgement')}", (
            f"it has {listed(_SIGNED)}, and nothing else"
        )
    for name in ("reason", "by"):
        if not isinstance(given.get(name), str) or not given[name].strip():
            return f"a judgement without {name!r}", f"add '{name}: …'"
    if type(given.get("as_of")) is not date:
        return "a judgement without its day", "add 'as_of: 2026-11-29'"
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _range(given: list[Any], names: tuple[str, ...], known: Any, refuse: Any) -> Evidence | None:
    if len(given) == 2 and names and all(isinstance(end, str) and end in names for end in given):
        if names.index(given[0]) > names.index(given[1]):
            refuse(f"a range from {given[0]} down to {given[1]}", "give the lower level first")
            return None
        return known(low=given[0], high=given[1])  # type: ignore[no-any-return]
    if len(given) != 2 or not all(_is_number(end) for end in given) or names:
        ends = "levels" if names else "numbers"
        refuse("a list that is not a range", f"write [low, high] with two {ends}")
        return None
    if given[0] > given[1]:
        refuse(f"a range from {given[0]} down to {given[1]}", "give the lower end first")
        return None
    return known(low=float(given[0]), high=float(given[1]))  # type: ignore[no-any-return]


def _distribution(kind: str, parameters: Any, refuse: Any) -> Distribution | None:
    wanted = _PARAMETERS[kind]
    usage = f"write {{{kind}: [{', '.join(wanted)}]}}"
    if (
        not isinstance(parameters, list)
        or len(parameters) != len(wanted)
        or not all(_is_number(p) for p in parameters)
    ):
        refuse(f"a {kind} distribution without its {len(wanted)} numbers", usage)
        return None
    numbers = tuple(float(p) for p in parameters)
    if kind == "triangular" and not numbers[0] <= numbers[1] <= numbers[2]:
        named = [f"{name} {number:g}" for name, number in zip(wanted, numbers, strict=True)]
        refuse(f"{listed(named)} do not rise", usage)
        return None
    for name, number in zip(wanted, numbers, strict=True):
        told, fits = _BOUNDS.get((kind, name), ("", None))
        if fits is not None and not fits(number):
            refuse(f"{name} of {kind} is {number:g}", f"{usage} with {name} {told}")
            return None
    return Distribution(kind, numbers)  # type: ignore[arg-type]
