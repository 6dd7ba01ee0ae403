"""What is left of a file when its faulty parts are taken out, so that the rest is checked too.

All problems of a file are told in one run. Those of its shape come first, and a part with the wrong
shape cannot be checked further; but the other parts can. Where a part must be there for others to
stand on, something harmless stands in for it, and no more is said of that place.
"""

import copy
from collections.abc import Iterable
from datetime import date
from typing import Any

Where = tuple[object, ...]
NAMED = {"id": "stand-in", "name": "stand-in", "title": "stand-in", "kind": "component"}
STAND_INS: dict[object, Any] = {
    "alternatives": lambda index: {"id": f"stand-in-{index}"},
    "offers": lambda index: {"id": f"stand-in-{index}", "name": "stand-in"},
    "stakeholders": lambda index: {"name": f"stand-in {index}"},
    "scenarios": lambda index: {"name": f"stand-in {index}"},
    "requirements": lambda _: {"fact": "stand-in", "is": True},
    "interfaces": lambda _: {"layers": ["stand-in", "other"], "reason": "stand-in"},
    "relations": lambda index: {"component": f"stand-in-{index}", "requires": ["stand-in"]},
}
OPTIONAL_IN_ITEMS = {"name", "note", "performance", "model", "region", "plan", "facts"}
NEEDED = {"as_of": date(2000, 1, 1), "source": "https://example.com/"}
BESIDE_A_VALUE = {"locator", "tier", "as_of_kind", "retrieved", "confidence", "note", *NEEDED}
BY_NAME = {"scales", "presets", "parameters"}


class Mended:
    """The data without what is faulty, and the places of which nothing more should be said."""

    def __init__(self, data: Any) -> None:
        self.data = copy.deepcopy(data)
        self.silent: set[Where] = set()
        self.silent_names: set[object] = set()

    def cut(self, where: Where, kind: str, location: Where) -> bool:
        """Take one fault out; False where nothing sensible would be left.

        `kind` is pydantic's word for the fault, `location` its own account of the place.
        """
        fact = next((i for i, step in enumerate(where[:-1]) if step == "facts"), None)
        if fact is not None:
            return self._cut_in_fact(where, fact + 2)
        if kind in ("extra_forbidden", "invalid_key"):
            return self._drop(where)
        if not where or len(where) == 1:
            name = where[0] if where else location[-1]
            if name in NAMED and (where or kind == "missing"):
                self.data[name] = NAMED[str(name)]
                return True
            return bool(where) and name != "criteria" and self._drop(where)
        top = where[0]
        if top == "criteria":
            return self._cut_criterion(where)
        if top in STAND_INS:
            return self._cut_item(where)
        if top == "stack":
            return self._cut_in_stack(where)
        if top == "budget":
            self.data["budget"] = {"monthly": 1.0}
            return True
        if top in BY_NAME:
            return self._drop(where[:2])
        if top == "weights":
            self.silent.add(("weights",))
            return self._drop(where[:3] if where[1] == "values" and len(where) > 2 else where[:1])
        return self._drop(where[:1])

    def _cut_in_fact(self, where: Where, start: int) -> bool:
        """Take out what only goes with a value, so that the value is checked; else the fact."""
        for index in range(start, len(where)):
            holder = self._at(where[:index])
            if where[index] in BESIDE_A_VALUE and isinstance(holder, dict):
                holder.pop(where[index], None)
                holder |= {k: v for k, v in NEEDED.items() if k == where[index]}
                return True
        return self._drop(where[:start])

    def _cut_criterion(self, where: Where) -> bool:
        lists = [i for i, step in enumerate(where) if step in ("criteria", "children")]
        place = lists[-1] + 2
        if len(where) <= place or where[place] in ("id", "children"):
            return False
        key = where[place]
        criterion = self._at(where[:place])
        if key == "weight":
            for sibling in self._at(where[: place - 1]):
                if isinstance(sibling, dict):
                    sibling.pop("weight", None)
            return True
        if key in ("value", "measure"):
            name = criterion.get("id") if isinstance(criterion, dict) else None
            self.silent.add(where[:place])
            self.silent_names.add(name)
            asked = self.data.get("requirements")
            for index, item in enumerate(asked if isinstance(asked, list) else ()):
                if repr(name) in repr(item):
                    self.silent.add(("requirements", index))
        return self._drop(where[: place + 1])

    def _cut_item(self, where: Where) -> bool:
        top, index = where[0], where[1]
        if len(where) > 2 and where[2] in OPTIONAL_IN_ITEMS and top != "requirements":
            required = top in ("offers", "stakeholders", "scenarios") and where[2] == "name"
            if not required:
                return self._drop(where[:3])
        items = self._at((top,))
        if not isinstance(items, list) or not isinstance(index, int):
            return False
        items[index] = STAND_INS[top](index)
        self.silent.add((top, index))
        if top == "alternatives":
            self.data.pop("measurements", None)  # which name alternatives
        return True

    def _cut_in_stack(self, where: Where) -> bool:
        """Take out what is faulty of one layer, or of the whole, so that the rest is checked."""
        if where[1] != "layers":
            if where[1] == "skills":  # which a limit stands on
                self.data["stack"]["skills"] = []
                return True
            return self._drop(where[:2])
        if len(where) < 4 or where[3] == "id":
            return self._drop(where[:1])
        if where[3] == "weight":
            for layer in self._at(where[:2]):
                if isinstance(layer, dict):
                    layer.pop("weight", None)
            return True
        if where[3] == "candidates" and len(where) > 4 and isinstance(where[4], int):
            candidates = self._at(where[:4])
            candidates[where[4]] = {"id": f"stand-in-{where[4]}"}
            self.silent.add(where[:5])
            self.silent.add((*where[:3], "fixed"))
            return True
        if where[3] in ("criteria", "candidates"):  # which the rest of the layer stands on
            return self._drop(where[:1])
        return self._drop(where[:4])

    def _at(self, where: Iterable[object]) -> Any:
        found = self.data
        for step in where:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def _drop(self, where: Where) -> bool:
        holder = self._at(where[:-1])
        if isinstance(holder, dict):
            holder.pop(where[-1], None)
        return isinstance(holder, dict) or holder is None
