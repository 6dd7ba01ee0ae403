"""The YAML files of the price book: their shapes, and how they become records."""

from collections.abc import Callable, Mapping
from typing import Any

from selector.catalog.reading import Document
from selector.catalog.records.prices import (
    accelerators_record,
    assumptions_record,
    instances_record,
    models_record,
    services_record,
    throughput_record,
    tokens_record,
)
from selector.catalog.shapes._shape import Shape
from selector.catalog.shapes.prices import (
    AcceleratorsFile,
    AssumptionsFile,
    InstancesFile,
    ModelsFile,
    ServicesFile,
    ThroughputFile,
    TokensFile,
)

KINDS: Mapping[str, tuple[type[Shape], Callable[[Document, Any], Mapping[str, Any]]]] = {
    "accelerators": (AcceleratorsFile, accelerators_record),
    "instances": (InstancesFile, instances_record),
    "models": (ModelsFile, models_record),
    "throughput": (ThroughputFile, throughput_record),
    "services": (ServicesFile, services_record),
    "assumptions": (AssumptionsFile, assumptions_record),
    "tokens": (TokensFile, tokens_record),
}
"""The YAML files of the price book by name: their shape, and how it becomes records."""
