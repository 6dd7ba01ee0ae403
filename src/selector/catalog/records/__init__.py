"""Shapes to records: what the files say, with every reference and type checked."""

from collections.abc import Iterable


def quoted(given: object) -> str:
    """What was written, as a message shows it: in quotes, and not longer than a line."""
    text = repr(given)
    return text if len(text) <= 60 else f"{text[:58]}…{text[0]}"


def unknown_name(kind: str, name: str, known: Iterable[str]) -> tuple[str, str]:
    """What to say of a name that does not exist: what is wrong, and the nearest that does."""
    from difflib import get_close_matches  # only when something is wrong

    names = sorted(known)
    near = get_close_matches(name[:200], names, n=1)
    if near:
        instead = f"did you mean {near[0]!r}?"
    elif names:
        shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
        instead = f"there are: {shown}"
    else:
        instead = "there are none"
    return f"there is no {kind} {quoted(name)}", instead
