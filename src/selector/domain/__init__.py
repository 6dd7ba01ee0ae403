"""What things are: frozen records, without input or output.

Records are named tuples, not dataclasses: making one of these classes takes a seventh of the
time, and thirty of them are made each time the command line starts.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

EMPTY: Mapping[Any, Any] = MappingProxyType({})
"""The default of mappings that a record may leave out."""
