"""The version of an answer: a short hash of all that it rests on, and of nothing else."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from selector.domain.criterion import CriteriaSet, LevelScale
from selector.domain.decision import Alternative, Decision, Requirement, WeightSpec
from selector.domain.evidence import Evidence
from selector.domain.performance import Cell
from selector.domain.pricing import Basis
from selector.domain.problem import Origin
from selector.measure.requirements import conditions

_MOST_TEXTS = 4_000  # kept, of half a kilobyte each on the mean
UNASKED = ("scenarios", "record", "stack", "said")
"""What a decision holds that no answer hangs on."""
TOLD = ("reason", "reasons", "architecture")
"""What its parts say to people alone."""


def fingerprint(grounds: "hashlib._Hash", shares: Mapping[str, float], engine: str) -> str:
    """Ten hexadecimal digits that differ where the decision, a fact in use, a weight or we do.

    `grounds` are those of the decision, whatever the weights; they stay as they are.
    """
    weights = _canonical({name: round(share, 12) for name, share in shares.items()})
    whole = grounds.copy()
    whole.update(f",{weights},{_canonical(engine)})".encode())
    return whole.hexdigest()[:10]


def grounds_of(decision: Decision, cells: Mapping[str, Iterable[Cell]]) -> "hashlib._Hash":
    """The hash, as far as it has come, of all that the answer rests on but the weights and us.

    `cells` are those of each alternative. A fact is in use where a cell or a requirement looks at
    it; its definition counts too, since the order of levels and the shelf life do. What a bill
    rests on beside facts stands in the cells, and so does what it comes to.
    """
    asked = {own.fact for own in conditions(decision.requirements) if own.fact}
    rows = {name: tuple(row) for name, row in cells.items()}
    used = {name: {f for cell in row for f in cell.facts} | asked for name, row in rows.items()}
    definitions = {
        fact: decision.dictionary[fact]._replace(find="", group="")[:-1]  # how zero is worded
        for fact in set().union(asked, *used.values()) & set(decision.dictionary)
    }
    own = decision._replace(alternatives=(), dictionary={}, assumed={}, as_of=decision.day)
    rests_on = (
        tuple(part for name, part in own._asdict().items() if name not in UNASKED),
        [
            a._replace(
                facts={fact: a.facts[fact] for fact in used[a.id] & set(a.facts)}, costing=None
            )
            for a in decision.alternatives
        ],
        definitions,
        {
            a.id: {
                name: evidence
                for cell in rows[a.id]
                for name, evidence in cell.facts.items()
                if name not in a.facts and name not in a.performances
            }
            for a in decision.alternatives
        },
        {a.id: [_figures(cell) for cell in rows[a.id]] for a in decision.alternatives},
    )
    return hashlib.sha256(f"({','.join(map(_canonical, rests_on))}".encode())


def _figures(cell: Cell) -> tuple[str, ...]:
    """Low, central and high of a cell, to as many digits as another machine reckons the same."""
    return tuple(
        f"{figure + 0.0:.9g}"
        for figure in (cell.low, cell.central, cell.high)
        if figure is not None
    )


def _canonical(value: Any) -> str:
    """Records as one text: the same for the same content, wherever and in what order written."""
    if isinstance(value, Origin):
        return ""
    if isinstance(value, Basis):
        return repr(value._replace(note=""))
    if isinstance(value, Evidence):
        return _kept(value, _said)
    if isinstance(value, CriteriaSet):
        return _kept(value, lambda same: _canonical(tuple(same)))
    if isinstance(value, Requirement | WeightSpec | Alternative):  # why is no part of what
        parts = value._asdict().items()
        value = tuple(part for name, part in parts if name not in TOLD)
    if isinstance(value, LevelScale):
        return repr(tuple(value.levels.items()))  # here the order says which level is the lower
    if isinstance(value, tuple | list):
        return f"({','.join(map(_canonical, value))})"
    if isinstance(value, Mapping):
        items = sorted((repr(key), _canonical(item)) for key, item in value.items())
        return f"{{{','.join(f'{key}:{item}' for key, item in items)}}}"
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)


_texts: OrderedDict[int, tuple[Any, str]] = OrderedDict()


def _kept(record: Any, text_of: Callable[[Any], str]) -> str:
    """The text of a record that many decisions share: facts and criteria stay the very same ones
    while weights and figures move. Each is held as long as its text, so that no other has its id.
    """
    found = _texts.get(id(record))
    if found is None:
        found = _texts[id(record)] = (record, text_of(record))
        while len(_texts) > _MOST_TEXTS:
            _texts.popitem(last=False)
    return found[1]


def _said(evidence: Evidence) -> str:
    """What a fact says, its sources, date and trust; not where it was written, nor its notes."""
    e = evidence
    figures = (e.state, e.value, e.low, e.likely, e.high, e.distribution, e.open_choices)
    trust = (e.is_judgement, e.tier, e.as_of, e.as_of_kind, e.confidence)
    return repr((figures, trust, [tuple(s) for s in e.sources], [_said(a) for a in e.accounts]))
