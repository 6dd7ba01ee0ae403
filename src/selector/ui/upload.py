"""Somebody's own profile, read from what the browser sent: checked like a file, kept nowhere."""

from __future__ import annotations

from selector.catalog import checks
from selector.catalog.library import shipped_home, sorted_problems
from selector.catalog.reading import parse_document
from selector.catalog.records.vendor import vendor_record
from selector.catalog.shapes._common import shaped
from selector.catalog.shapes.vendor import VendorFile
from selector.domain.fact import Dictionary
from selector.domain.problem import InputError
from selector.domain.vendor import Vendor


def read_profile(raw: bytes, name: str, dictionary: Dictionary) -> Vendor:
    """Return the vendor of a profile; InputError lists every problem, placed in the file `name`.

    The problems are those that `selector validate` tells of a profile; the id need not be the
    file's name.
    """
    document = parse_document(raw, name)
    shape = shaped(document, VendorFile)
    if shape is not None:
        vendor = vendor_record(document, shape, dictionary)
        if not document.problems:
            document.problems.extend(checks.problems(checks.Subject(document, vendor, dictionary)))
        if not document.problems:
            return vendor
    raise InputError(sorted_problems(document.problems))


def template() -> bytes:
    """Return the template of a profile that ships with the vendors."""
    return (shipped_home() / "vendors" / "_template.yaml").read_bytes()
