"""JSON Schemas of the file kinds, made from their shapes, so that editors complete and check.

pydantic writes them: the engine's schemas only need their models turned into what it can read
without classes of its own. `schema/` holds the result for the shipped dictionary.
"""

from collections.abc import Mapping
from typing import Any

from selector.catalog import price_files, pricebook
from selector.catalog.shapes._shape import Schema, Shape, core_schema
from selector.catalog.shapes.compatibility import CompatibilityFile
from selector.catalog.shapes.criteria import CriteriaFile
from selector.catalog.shapes.decision import DecisionFile
from selector.catalog.shapes.facts import FactsFile
from selector.catalog.shapes.negotiated import NegotiatedFile
from selector.catalog.shapes.pattern import PatternFile
from selector.catalog.shapes.vendor import VendorFile
from selector.domain.fact import Dictionary

KINDS: Mapping[str, type[Shape]] = {
    "facts": FactsFile,
    "vendor": VendorFile,
    "criteria": CriteriaFile,
    "compatibility": CompatibilityFile,
    "pattern": PatternFile,
    "decision": DecisionFile,
    "negotiated": NegotiatedFile,
    **{f"{pricebook.FOLDER}-{name}": shape for name, (shape, _) in price_files.KINDS.items()},
}


def json_schema(kind: str, dictionary: Dictionary) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file; facts are completed from the dictionary."""
    from pydantic.json_schema import GenerateJsonSchema  # slow, and only wanted here

    shape = KINDS[kind]
    made = GenerateJsonSchema().generate(_without_classes(core_schema(shape)))
    definitions = made.pop("$defs", {})
    whole = definitions.pop(shape.__name__, made)
    facts = {
        fact: {"$ref": "#/$defs/EvidenceShape", "description": _described(dictionary, fact)}
        for fact in dictionary
    }
    for schema in (
        whole,
        definitions.get("OfferShape", {}),
        definitions.get("AlternativeShape", {}),
    ):
        place = schema.get("properties", {}).get("facts", {})
        if kind in ("vendor", "decision") and place:
            place["properties"] = facts
            place["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Selector {kind}",
        **_without_titles({key: value for key, value in whole.items() if key != "title"}),
        "$defs": _without_titles(definitions),
    }


def _without_titles(schema: Any) -> Any:
    """The schema without the titles made up from keys, which say nothing new."""
    if isinstance(schema, list):
        return [_without_titles(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    is_schema = "type" in schema or "anyOf" in schema or "$ref" in schema or len(schema) == 1
    return {
        key: _without_titles(value)
        for key, value in schema.items()
        if not (key == "title" and is_schema and isinstance(value, str))
    }


def _described(dictionary: Dictionary, fact: str) -> str:
    definition = dictionary[fact]
    unit = f" in {definition.unit}" if definition.unit else ""
    choices = definition.levels or tuple(definition.choices)
    among = f": {', '.join(choices)}" if choices else ""
    return f"{definition.name} ({definition.type}{unit}{among})"


def _without_classes(schema: Any) -> Any:
    """The engine's schema with its models as typed dictionaries."""
    if isinstance(schema, list):
        return [_without_classes(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "function-after" and schema["schema"].get("type") == "model":
        return _typed(schema["schema"]) | {"ref": schema["ref"]}
    return {key: _without_classes(value) for key, value in schema.items()}


def _typed(model: Schema) -> Schema:
    fields = {}
    for key, field in model["schema"]["fields"].items():
        inner = field["schema"]
        is_required = inner["type"] != "default"
        name = field.get("validation_alias", key)
        fields[name] = {
            "type": "typed-dict-field",
            "schema": _without_classes(inner if is_required else inner["schema"]),
            "required": is_required,
        }
    shape = model["cls"]
    return {
        "type": "typed-dict",
        "fields": fields,
        "extra_behavior": "forbid",
        "metadata": {
            "pydantic_js_updates": {"description": shape.__doc__, "additionalProperties": False}
        },
    }
