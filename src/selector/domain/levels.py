"""The names by which a leaf's performances count where they are not numbers."""

from selector.domain.criterion import Criterion, FactMeasure, LevelScale
from selector.domain.fact import Dictionary

TRUTH = ("false", "true")


def level_names(leaf: Criterion, dictionary: Dictionary) -> tuple[str, ...]:
    """The names of the leaf's levels in their order, ("false", "true") for a boolean fact.

    Empty where the leaf measures numbers.
    """
    if isinstance(leaf.measure, FactMeasure):
        definition = dictionary.get(leaf.measure.fact)
        if definition is None:
            return ()
        return TRUTH if definition.type == "boolean" else definition.levels
    if leaf.measure is None and isinstance(leaf.scale, LevelScale):
        return tuple(leaf.scale.levels)
    return ()
