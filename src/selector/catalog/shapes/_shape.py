"""Strict models on pydantic's engine, without its front end.

`pydantic_core` validates; the schema it wants is made here from a class's annotations, on first
use. The whole of pydantic costs as much time to import as reading all profiles, which a command
that answers in a third of a second cannot spare. What a shape may use: str, bool, int, float,
date, Literal, list, dict, other shapes, `X | None`, unions told apart by their YAML kind, and
`Annotated` with `Limits`, `Before` and `After`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Self, Union, get_args, get_origin, get_type_hints

from pydantic_core import PydanticCustomError, SchemaValidator

Schema = dict[str, Any]
_PLAIN = {str: "str", bool: "bool", int: "int", float: "float", Any: "any"}


class Limits:
    """Bounds of a number (ge, gt, le, lt) or of text and lists (min_length, pattern)."""

    def __init__(self, **limits: Any) -> None:
        self.limits = limits

    def applied(self, schema: Schema) -> Schema:
        """The schema with the limits."""
        return schema | self.limits


@dataclass(frozen=True, eq=False)
class Before:
    """A function that checks or rewrites what was read, before the type is looked at.

    `json` says to editors, as JSON Schema, what the function lets through; `or_text` that it is
    text, beside what comes behind the function.
    """

    function: Callable[[Any], Any]
    json: Schema | None = None
    or_text: bool = False

    def applied(self, schema: Schema) -> Schema:
        """The schema behind the function."""
        made = _function("function-before", self.function, schema)
        if self.json is not None or self.or_text:
            made["metadata"] = {"pydantic_js_functions": [self._for_editors]}
        return made

    def _for_editors(self, schema: Schema, handler: Callable[[Schema], Schema]) -> Schema:
        return {"anyOf": [{"type": "string"}, handler(schema)]} if self.or_text else self.json or {}


@dataclass(frozen=True, eq=False)
class After:
    """A function that checks or rewrites what has the right type."""

    function: Callable[[Any], Any]

    def applied(self, schema: Schema) -> Schema:
        """The schema before the function."""
        return _function("function-after", self.function, schema)


def as_day(value: Any) -> Any:
    """The day that text in quotes names, for JSON has no other; all else as it is."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    except ValueError:
        return value


def _function(kind: str, function: Callable[[Any], Any], schema: Schema) -> Schema:
    return {
        "type": kind,
        "function": {"type": "no-info", "function": function},
        "schema": schema,
    }


def wrong(what: str, instead: str) -> PydanticCustomError:
    """The error to raise in a check: what is wrong and what would be right."""
    return PydanticCustomError("selector", "{what}; {instead}", {"what": what, "instead": instead})


class Shape:
    """Base of all shapes: keys are the annotated names, and no others; nothing is converted.

    A name that ends in '_' stands for the key without it (`is_`). `check` looks at the whole.
    """

    __slots__ = (
        "__dict__",
        "__pydantic_extra__",
        "__pydantic_fields_set__",
        "__pydantic_private__",
    )

    def check(self) -> None:
        """Relations between the fields; raises `wrong(…)`."""

    def written(self) -> set[str]:
        """The names of the fields that the file writes; the others have their defaults."""
        return set(self.__pydantic_fields_set__)  # type: ignore[attr-defined]

    @classmethod
    def validated(cls, data: Any) -> Self:
        """The data as this shape. Raises pydantic_core.ValidationError with every problem."""
        return _validator(cls).validate_python(data)  # type: ignore[no-any-return, arg-type]


@cache
def _validator(shape: type[Shape]) -> SchemaValidator:
    schema: Any = core_schema(shape)
    return SchemaValidator(schema)


def core_schema(shape: type[Shape]) -> Schema:
    """What pydantic's engine needs to know of a shape and of those it holds."""
    definitions: dict[str, Schema] = {}
    schema = _reference(shape, definitions)
    return {"type": "definitions", "schema": schema, "definitions": [*definitions.values()]}


def _reference(shape: type[Shape], definitions: dict[str, Schema]) -> Schema:
    name = shape.__name__
    if name not in definitions:
        definitions[name] = {}  # stands here while its own fields may name it
        fields = {
            key: _field(shape, key, kind, definitions)
            for key, kind in get_type_hints(shape, include_extras=True).items()
            if not key.startswith("_")
        }
        model = {
            "type": "model",
            "cls": shape,
            "config": {"strict": True, "allow_inf_nan": False},
            "schema": {"type": "model-fields", "fields": fields, "extra_behavior": "forbid"},
        }
        definitions[name] = _function("function-after", _checked, model) | {"ref": name}
    return {"type": "definition-ref", "schema_ref": name}


def _checked(shape: Shape) -> Shape:
    shape.check()
    return shape


def _field(shape: type[Shape], key: str, kind: Any, definitions: dict[str, Schema]) -> Schema:
    schema = _schema_of(kind, definitions)
    if hasattr(shape, key):
        default = getattr(shape, key)
        schema = {"type": "default", "schema": schema, "default": default}
    field = {"type": "model-field", "schema": schema}
    return field | ({"validation_alias": key[:-1]} if key.endswith("_") else {})


def _schema_of(kind: Any, definitions: dict[str, Schema]) -> Schema:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is date:
        return _function("function-before", as_day, {"type": "date"})
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    if origin is Annotated:
        schema = _schema_of(arguments[0], definitions)
        for mark in arguments[1:]:
            schema = mark.applied(schema)
        return schema
    if origin is Literal:
        return {"type": "literal", "expected": list(arguments)}
    if origin is list:
        return {"type": "list", "items_schema": _schema_of(arguments[0], definitions)}
    if origin is dict:
        keys, values = (_schema_of(argument, definitions) for argument in arguments)
        return {"type": "dict", "keys_schema": keys, "values_schema": values}
    if origin in (Union, UnionType):
        return _union(arguments, definitions)
    if isinstance(kind, type) and issubclass(kind, Shape):
        return _reference(kind, definitions)
    raise TypeError(f"a shape cannot hold {kind}")


def _union(members: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    schemas = [_schema_of(member, definitions) for member in members if member is not NoneType]
    schema = schemas[0]
    if len(schemas) > 1:
        choices = {choice["type"]: choice for choice in schemas}
        kinds = {str: "str", list: "list", dict: "dict", float: "float", int: "float"}
        first = next(iter(choices))
        schema = {
            "type": "tagged-union",
            "choices": choices,
            "discriminator": lambda value: kinds.get(type(value), first),
        }
    return {"type": "nullable", "schema": schema} if NoneType in members else schema
