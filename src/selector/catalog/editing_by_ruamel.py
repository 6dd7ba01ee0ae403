"""ruamel.yaml under our own rules: every plain scalar is text, kept as it was written.

Imported only when somebody edits. The text was read by our own reader before, with its limits.
"""

from __future__ import annotations

import io
from copy import deepcopy
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    PlainScalarString,
    SingleQuotedScalarString,
)
from ruamel.yaml.tokens import CommentToken

from selector.catalog.editing import plain_text
from selector.catalog.reading import reads_as_text

_QUOTED = (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)
_WIDTH = 1_000_000  # no line is broken


class _Texts(VersionedResolver):
    """Takes every plain scalar for text, so that `012` and `no` come out as they went in."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is ScalarNode:
            return super().resolve(kind, value, (False, False))
        return super().resolve(kind, value, implicit)


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.Resolver = _Texts
    yaml.preserve_quotes = True
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def loaded(text: str) -> Any:
    """The data of a text with its comments; an empty mapping where there is none."""
    data = _yaml().load(text)
    return CommentedMap() if data is None else data


def dumped(data: Any) -> str:
    """The text of data with its comments."""
    into = io.StringIO()
    _yaml().dump(data, into)
    return into.getvalue()


class Kept:
    """How changes are made to data that knows its comments."""

    def put(self, parent: Any, step: str | int, value: Any) -> None:
        """Set a plain value, laid out like the one that stood there or beside it.

        Of mappings and lists only what differs is set, so that the comments in them stay.
        """
        if isinstance(parent, CommentedSeq) and step == len(parent):
            parent.append(node_of(value, bool(parent) and _is_flow(parent[-1])))
            return
        old = parent.get(step) if isinstance(parent, CommentedMap) else parent[step]
        if _is_shared(old) or not value:
            pass
        elif isinstance(old, CommentedMap) and isinstance(value, dict):
            for key in [key for key in old if key not in value]:
                self.remove(old, key)
            for key, item in value.items():
                self.put(old, key, item)
            return
        elif isinstance(old, CommentedSeq) and isinstance(value, list):
            for index in reversed(range(len(value), len(old))):
                self.remove(old, index)
            for index, item in enumerate(value):
                self.put(old, index, item)
            return
        elif _says(old, value):
            return
        if isinstance(old, CommentedMap | CommentedSeq) and step in parent.ca.items:
            parent.ca.items.pop(step)  # comments on what stood there
        parent[step] = node_of(value, _is_flow(old) or _is_flow(parent))

    def own(self, parent: Any, step: str | int) -> Any:
        """What stands below a step, apart from other places that show it by an alias."""
        child = parent[step]
        if _is_shared(child):
            child = parent[step] = deepcopy(child)
            child.yaml_set_anchor(None)
        return child

    def remove(self, parent: Any, step: str | int) -> None:
        """Take out what stands below a step; comments on the lines after it stay."""
        tokens = parent.ca.items.get(step)
        after = _lines_after(tokens)
        if isinstance(parent, CommentedSeq):
            before: Any = int(step) - 1 if int(step) else None
        else:
            keys = list(parent)
            at = keys.index(step)
            before = keys[at - 1] if at else None
        del parent[step]
        if isinstance(parent, CommentedMap):
            parent.ca.items.pop(step, None)
        if after and before is not None:
            _add_after(parent, before, after)


def _lines_after(tokens: Any) -> str:
    """The comments on the lines after an item, of which the first is beside it."""
    found = [token for token in tokens or () if isinstance(token, CommentToken)]
    return "".join(token.value.partition("\n")[2] for token in found)


def _add_after(parent: Any, step: str | int, comments: str) -> None:
    """Put comments on the lines after an item."""
    place = 0 if isinstance(parent, CommentedSeq) else 2
    tokens = parent.ca.items.setdefault(step, [None, None, None, None])
    if tokens[place] is None:
        tokens[place] = CommentToken("\n" + comments, CommentMark(0), None)
    else:
        tokens[place].value = tokens[place].value.rstrip("\n") + "\n" + comments


def _is_flow(node: Any) -> bool:
    """Whether it is written in brackets."""
    return isinstance(node, CommentedMap | CommentedSeq) and bool(node.fa.flow_style())


def _is_shared(node: Any) -> bool:
    """Whether an anchor makes it show in other places too."""
    return hasattr(node, "anchor") and node.anchor.value is not None


def _says(node: Any, value: Any) -> bool:
    """Whether a scalar stands for that very value, however it is written."""
    if not isinstance(node, str) or isinstance(value, dict | list | tuple):
        return False
    if isinstance(value, str) or isinstance(node, _QUOTED):
        return isinstance(value, str) and str(node) == value
    return node.replace("_", "") == plain_text(value).replace("_", "")


def node_of(value: Any, is_flow: bool = False) -> Any:
    """A plain value with the layout that people give it: what is short stands on one line."""
    if isinstance(value, dict):
        mapping = CommentedMap()
        for key, item in value.items():
            name = _text(key) if isinstance(key, str) else PlainScalarString(plain_text(key))
            mapping[name] = node_of(item, is_flow or _is_short(item))
        if is_flow or not value:
            mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list | tuple):
        items = CommentedSeq(node_of(item, is_flow or _is_short(item)) for item in value)
        if is_flow or not any(isinstance(item, dict) for item in value):
            items.fa.set_flow_style()
        return items
    return _text(value) if isinstance(value, str) else PlainScalarString(plain_text(value))


def _is_short(item: Any) -> bool:
    """Whether a mapping fits on one line, in brackets."""
    return isinstance(item, dict) and len(str(item)) <= 120


def _text(value: str) -> Any:
    """Text in quotes where it would else be read as something other than this text."""
    if "\n" in value:
        is_block = value.endswith("\n") and not value.startswith((" ", "\n"))
        return LiteralScalarString(value) if is_block else DoubleQuotedScalarString(value)
    # Not all parsers agree on text that begins with a sign, such as `:0` in brackets.
    is_plain = value[:1].isalnum() and reads_as_text(value)
    return value if is_plain else DoubleQuotedScalarString(value)
