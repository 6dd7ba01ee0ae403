"""What all shapes share: identifiers, and error messages with positions."""

from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic_core import ValidationError

from selector.catalog.reading import Document
from selector.catalog.shapes._shape import After, Limits, Shape, wrong
from selector.domain.naming import shown

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]*$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"


def _counted(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'s' * (count != 1)}"


def _named(value: Any) -> str:
    """A value as a message names it, shortened."""
    if value is None:
        return "nothing stands here"
    kinds = {dict: "a mapping", list: "a list", bool: "true or false", date: "a date"}
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) in kinds:
        return f"{kinds[type(value)]} stands here"
    text = str(value)
    return repr(text if len(text) <= 40 else text[:37] + "…")


def one_line(value: str) -> str:
    """Text of one line, without the spaces around it."""
    value = value.strip()
    if "\n" in value or "\t" in value:
        raise wrong(
            "a line break in a name" if "\n" in value else "a tab in a name", "write it on one line"
        )
    if value and not shown(value):
        raise wrong("nothing that can be seen stands here", "write letters that show")
    return value


def _name(value: str) -> str:
    value = one_line(value)
    if not value:
        raise wrong("nothing stands here", "write a name")
    return value


def _web_address(value: str) -> str:
    rest = value.removeprefix("https://").removeprefix("http://")
    host = rest.split("/")[0]
    if rest == value or "." not in host or value.split() != [value]:
        raise wrong(f"{value!r} is not a web address", "write https://… as one would open it")
    return value


LONGEST_ID = 200  # letters
Id = Annotated[str, Limits(pattern=ID_PATTERN, max_length=LONGEST_ID)]
Line = Annotated[str, After(one_line)]
Name = Annotated[str, Limits(min_length=1), After(_name)]
WebAddress = Annotated[str, After(_web_address)]
ShapeT = TypeVar("ShapeT", bound=Shape)


def shaped(document: Document, model: type[ShapeT]) -> ShapeT | None:
    """The document as `model`, with its problems noted in the document.

    What has the wrong shape is left out, so that the rest can be checked further; None where too
    little would be left.
    """
    if not isinstance(document.data, dict):
        document.complain(
            (), f"{_named(document.data)}", "a mapping of keys to values belongs here"
        )
        return None
    document.kept = document.data
    try:
        return model.validated(document.data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
    from selector.catalog.shapes._mending import Mended  # few files are wrong

    for item in faults:
        where = _real_path(document.data, item["loc"])
        what, instead = words_of(item, where)
        at_key = item["type"] in ("extra_forbidden", "invalid_key") or "[key]" in item["loc"]
        document.complain(where, what, instead, key=at_key)
    mended = Mended(document.data)
    for _ in range(3):  # what is cut can leave something that no longer holds together
        cuts = [
            mended.cut(_real_path(mended.data, item["loc"]), item["type"], item["loc"])
            for item in reversed(faults)
        ]
        if not all(cuts):
            break
        try:
            shape = model.validated(mended.data)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            continue
        document.silent, document.silent_names = mended.silent, mended.silent_names
        document.kept = mended.data
        return shape
    return None


def _real_path(data: Any, loc: tuple[int | str, ...]) -> tuple[object, ...]:
    """The steps of pydantic's location that exist in the data; names of union members do not."""
    steps: list[object] = []
    for step in loc:
        if isinstance(data, dict) and not (isinstance(step, str) and step in data):
            step = next((key for key in data if step in (key, repr(key), str(key))), step)
        is_key = isinstance(data, dict) and step in data
        is_index = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if not is_key and not is_index:
            continue
        data = data[step]
        steps.append(step)
    return tuple(steps)


def _on_one_line(key: str) -> str:
    return key if key.isprintable() else repr(key)


_PATTERNS = {CURRENCY_PATTERN: ("a currency", "write three capital letters, such as EUR")}
_BOUNDS = {
    "greater_than_equal": ("ge", "from {:g} on"),
    "greater_than": ("gt", "above {:g}"),
    "less_than_equal": ("le", "up to {:g}"),
    "less_than": ("lt", "below {:g}"),
}


def words_of(item: Any, where: tuple[object, ...] = ()) -> tuple[str, str]:
    """One of pydantic's errors for people: what is wrong at a place, and what would be right."""
    kind, given, context = item["type"], item.get("input"), item.get("ctx") or {}
    name = str(item["loc"][-1]) if item["loc"] else ""
    key = where[-1] if where and isinstance(where[-1], str) else ""
    label = f"{_on_one_line(key)}: " if key.strip() else ""
    if kind == "selector":
        return label + context["what"], context["instead"]
    if kind == "extra_forbidden":
        return f"the key {name!r} is not known here", "remove it or correct its spelling"
    if kind == "invalid_key":
        name = f"{where[-1]}" if where else name
        return f"the key {name} is not text", "put it in quotes, or write the key that is meant"
    if kind == "missing":
        return f"the key {name!r} is missing", f"add '{name}: …'"
    if kind == "string_pattern_mismatch" and context["pattern"] in _PATTERNS:
        what, instead = _PATTERNS[context["pattern"]]
        return f"{label}{_named(given)} is not {what}", instead
    if kind in _BOUNDS:
        key, wording = _BOUNDS[kind]
        bound = context[key]
        # A tiny bound keeps infinities out; who wrote nothing or less need not know it.
        is_tiny = key == "ge" and 0 < bound < 1e-6 and given <= 0
        told = _BOUNDS["greater_than"][1].format(0) if is_tiny else ""
        instead = f"write a figure {told or wording.format(bound)}"
        return f"{label}{_named(given)} is out of bounds", instead
    if kind == "string_pattern_mismatch":
        return (
            f"{label}{_named(given)} is not an id",
            "use a-z, 0-9, '-' and '_', a letter or digit first",
        )
    if kind in {"too_short", "too_long"}:
        least, most = context.get("min_length"), context.get("max_length")
        bound = f"at most {most}" if least is None else f"at least {least}"
        return f"{label}{_counted(len(given), 'item')} in the list", f"write {bound}"
    if kind == "string_too_long":
        most = f"at most {context['max_length']} letters"
        return f"{label}{_named(given)} has {len(given):,} letters", f"use {most}"
    if kind in {"literal_error", "enum"}:
        return f"{label}{_named(given)} is not one of the choices", f"write {context['expected']}"
    wanted = {
        "string_type": "write text; put it in quotes if it looks like a number or date",
        "bool_type": "write true or false",
        "dict_type": "a mapping of keys to values belongs here",
        "model_type": "a mapping of keys to values belongs here",
        "model_attributes_type": "a mapping of keys to values belongs here",
        "list_type": "a list belongs here",
        "tuple_type": "a list belongs here",
        "date_type": "write a date as year-month-day",
        "int_type": "write a whole number",
        "float_type": "write a number",
    }.get(kind)
    if wanted:
        return f"{label}{_named(given)}", wanted
    message = str(item["msg"])
    return f"{label}{_named(given)}", message[0].lower() + message[1:]
