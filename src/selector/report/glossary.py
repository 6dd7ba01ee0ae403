"""The words of the field as the documentation has them: for the app and every export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from selector.catalog.library import shipped_home

_ENTRY = re.compile(r"^\*\*(.+?)\*\*: (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[(.+?)\]\(.+?\)")


@cache
def words() -> Mapping[str, str]:
    """What each word means, by the word, as plain text in the order of docs/glossary.md."""
    text = (shipped_home() / "docs" / "glossary.md").read_text(encoding="utf-8")
    found = _ENTRY.findall(text)
    return MappingProxyType({word: _plain(meaning) for word, meaning in found})


def _plain(text: str) -> str:
    """The text without Markdown's marks."""
    return _LINK.sub(r"\1", text).replace("**", "").replace("`", "")
