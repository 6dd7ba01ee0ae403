"""Read objective figures from published packages and from checkouts, without the network.

A package is read from a wheel in a folder (`pip download --no-deps -d FOLDER botocore …`) or, where
there is none, from the Python at work. A checkout is a git repository at a given path, read at its
HEAD; it need not have its files laid out.

How a figure is got is said in one line of `tools/refresh.csv`:

botocore                  regions SERVICE PARTITION, regions_eu SERVICE PARTITION
genai-prices              PROVIDER MODEL FIELD, with `top` for the highest tier, `announced` for
                          a price that begins later, `* 1.1` for a factor
litellm                   ENTRY FIELD (costs are per token, told per million); ENTRY FIELD * FIELD,
                          where a number may stand for a field; ENTRY discount BATCH FULL
google-cloud-aiplatform   regions, regions_eu
others, and checkouts     files PATTERN … counts files, without those of !PATTERN; rows HEAD FILE …
                          counts the entries in the lists of the AWS provider, HEAD being
                          Resources or DataSources
"""

import ast
import fnmatch
import importlib.metadata
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol

NOT_EU = {"eu-west-2", "eu-central-2", "europe-west2", "europe-west6"}
"""London and Zurich: in Europe, not in the European Union."""
_LITELLM_FILE = "litellm/model_prices_and_context_window_backup.json"
_EARLIEST = date(2021, 1, 1)
"""Some builders stamp every file with a fixed day long past; that is no release date."""


class CannotRead(Exception):
    """Why a figure could not be got, in words."""


class Figure(NamedTuple):
    """A figure recomputed, with what it was read from and the date of that, if it says one."""

    value: float
    version: str
    as_of: date | None


class Material(Protocol):
    """Something with files: a wheel, an installed package, or a checkout."""

    version: str
    as_of: date | None

    def names(self) -> Sequence[str]:
        """The paths of its files."""

    def text(self, name: str) -> str:
        """What one file holds."""


class Wheel:
    """A package as a wheel, read in place."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive = zipfile.ZipFile(path)
        self.version = path.name.split("-")[1]
        days = [date(*entry.date_time[:3]) for entry in self._archive.infolist()]
        newest = max(days, default=_EARLIEST)
        self.as_of = newest if newest > _EARLIEST else None

    def names(self) -> Sequence[str]:
        """The paths of its files."""
        return self._archive.namelist()

    def text(self, name: str) -> str:
        """What one file holds."""
        try:
            return self._archive.read(name).decode()
        except KeyError:
            raise CannotRead(f"{name} is not in {self.path.name}") from None


class Installed:
    """A package of the Python at work. The day it was put there is not its release date."""

    as_of = None

    def __init__(self, package: str) -> None:
        try:
            self._about = importlib.metadata.distribution(package)
        except importlib.metadata.PackageNotFoundError:
            raise CannotRead(f"{package} is neither in the wheels nor installed") from None
        self.version = self._about.version

    def names(self) -> Sequence[str]:
        """The paths of its files."""
        return [str(name) for name in self._about.files or []]

    def text(self, name: str) -> str:
        """What one file holds."""
        try:
            return Path(str(self._about.locate_file(name))).read_text(encoding="utf-8")
        except OSError:
            raise CannotRead(f"{name} is not in the package installed") from None


class Checkout:
    """A git repository at its HEAD, with or without its files laid out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.version = self._git("rev-parse", "HEAD").strip()
        self.as_of = date.fromisoformat(self._git("show", "-s", "--format=%cs", "HEAD").strip())

    def _git(self, *words: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.path), *words], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise CannotRead(f"{self.path}: {done.stderr.strip() or 'git cannot read it'}")
        return done.stdout

    def names(self) -> Sequence[str]:
        """The paths of its files."""
        return self._git("ls-tree", "-r", "--name-only", "HEAD").splitlines()

    def text(self, name: str) -> str:
        """What one file holds."""
        return self._git("show", f"HEAD:{name}")


class Shelf:
    """All that figures are read from, each opened once."""

    def __init__(
        self, wheels: Path | None, checkouts: dict[str, Path], day: date, dates: dict[str, date]
    ) -> None:
        self._wheels = wheels
        self._checkouts = checkouts
        self._day = day
        self._dates = dates
        self._opened: dict[str, Material | CannotRead] = {}
        self._parsed: dict[str, Any] = {}

    def figure(self, package: str, how: str) -> Figure:
        """The figure that `how` describes. Raises CannotRead with the reason."""
        material = self._material(package)
        words = how.split()
        try:
            value = _READERS.get(package, _counted)(self, material, words)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise CannotRead(f"{how}: not found ({type(error).__name__}: {error})") from None
        return Figure(value, material.version, self._dates.get(package, material.as_of))

    def _material(self, package: str) -> Material:
        if package not in self._opened:
            try:
                self._opened[package] = self._open(package)
            except CannotRead as reason:
                self._opened[package] = reason
        found = self._opened[package]
        if isinstance(found, CannotRead):
            raise found
        return found

    def _open(self, package: str) -> Material:
        if package in self._checkouts:
            return Checkout(self._checkouts[package])
        name = package.replace("-", "_")
        wheels = sorted(self._wheels.glob(f"{name}-*.whl")) if self._wheels else []
        if len(wheels) > 1:
            raise CannotRead(f"several wheels of {package}; leave one")
        if wheels:
            return Wheel(wheels[0])
        if package.startswith("terraform-provider-"):
            raise CannotRead(f"no checkout; give --checkout {package}=PATH")
        return Installed(package)

    def parsed(self, material: Material, name: str, read: Callable[[str], Any]) -> Any:
        """A file of the material, parsed once."""
        key = f"{id(material)}:{name}"
        if key not in self._parsed:
            self._parsed[key] = read(material.text(name))
        return self._parsed[key]

    @property
    def day(self) -> date:
        """The day whose prices are in force."""
        return self._day


def _eu_only(regions: set[str]) -> set[str]:
    return {r for r in regions if r.startswith(("eu-", "europe-"))} - NOT_EU


def _botocore(shelf: Shelf, material: Material, words: list[str]) -> float:
    what, service, partition = words
    data = shelf.parsed(material, "botocore/data/endpoints.json", json.loads)
    found = next(p for p in data["partitions"] if p["partition"] == partition)
    regions = set(found["services"][service]["endpoints"]) & set(found["regions"])
    return len(regions if what == "regions" else _eu_only(regions))


def _aiplatform(shelf: Shelf, material: Material, words: list[str]) -> float:
    tree = shelf.parsed(material, "google/cloud/aiplatform/constants/base.py", ast.parse)
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == (
            "SUPPORTED_REGIONS"
        ):
            regions = {
                n.value
                for n in ast.walk(node.value)
                if isinstance(n, ast.Constant) and isinstance(n.value, str)
            } - {"global"}
            return len(regions if words[0] == "regions" else _eu_only(regions))
    raise CannotRead("SUPPORTED_REGIONS is no longer there")


def _litellm(shelf: Shelf, material: Material, words: list[str]) -> float:
    entry = shelf.parsed(material, _LITELLM_FILE, json.loads)[words[0]]
    if words[1] == "discount":
        batch, full = (_field(entry, name) for name in words[2:4])
        return _tidy(100 * (1 - batch / full))
    value = 1.0
    for name in words[1:]:
        if name != "*":
            value *= _field(entry, name)
    per_token = any("cost" in name for name in words[1:])
    return _tidy(value * 1e6 if per_token else value)


def _field(entry: Any, name: str) -> float:
    if name[0].isdigit():
        return float(name)
    for step in name.split("."):
        entry = entry[step]
    return float(entry)


class Entry:
    """One entry of a catalogue written as Python: its keywords as attributes, else None."""

    def __init__(self, kind: str, **given: Any) -> None:
        self.kind = kind
        self.__dict__.update(given)

    def __getattr__(self, name: str) -> None:
        return None


def catalogue(text: str) -> list[Any]:
    """The `providers` of genai-prices, read as data: nothing of the package is run."""
    for node in ast.parse(text).body:
        target = node.target if isinstance(node, ast.AnnAssign) else None
        if getattr(target, "id", "") == "providers" and isinstance(node, ast.AnnAssign):
            return list(_plain(node.value))
    raise CannotRead("the list of providers is no longer there")


def _plain(node: Any) -> Any:
    if isinstance(node, ast.List):
        return [_plain(item) for item in node.elts]
    if isinstance(node, ast.Call):
        kind = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        values = [_plain(argument) for argument in node.args]
        if kind == "Decimal":
            return float(values[0])
        if kind == "date":
            return date(*values)
        return Entry(kind, **{k.arg: _plain(k.value) for k in node.keywords if k.arg})
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None  # a setting of the package's own, which no figure needs


def _genai(shelf: Shelf, material: Material, words: list[str]) -> float:
    providers = shelf.parsed(material, "genai_prices/data.py", catalogue)
    return genai_figure(providers, words, shelf.day)


def genai_figure(providers: Sequence[Any], words: Sequence[str], day: date) -> float:
    """A price or the context window of a model, in force on that day.

    `words` are provider, model and field; then perhaps `top` for the highest tier, `announced` for
    the last dated entry even if it lies ahead, and `* 1.1` for a factor. Prices may be a list of
    dated entries: the last whose start is not after the day holds; one that holds for some hours of
    the day only is passed over.
    """
    provider = next((p for p in providers if p.id == words[0]), None)
    model = next((m for m in provider.models if m.id == words[1]), None) if provider else None
    if model is None:
        raise CannotRead(f"no model {words[1]} of {words[0]}")
    if words[2] == "context_window":
        held: Any = model.context_window
    else:
        until = date.max if "announced" in words else day
        held = getattr(_in_force(model.prices, until), words[2])
    if held is None:
        raise CannotRead(f"{words[1]} has no {words[2]}")
    if isinstance(held, Entry):
        held = held.tiers[-1].price if "top" in words else held.base
    factor = float(words[words.index("*") + 1]) if "*" in words else 1.0
    return _tidy(float(held) * factor)


def _in_force(prices: Any, day: date) -> Any:
    if not isinstance(prices, list):
        return prices
    for entry in reversed(prices):
        limit = entry.constraint
        if limit is None or (limit.start_date is not None and limit.start_date <= day):
            return entry.prices
    return prices[0].prices


def _counted(shelf: Shelf, material: Material, words: list[str]) -> float:
    what, rest = words[0], words[1:]
    if what == "files":
        wanted = [p for p in rest if p[0] != "!"]
        left_out = [p[1:] for p in rest if p[0] == "!"]
        return sum(_matches(n, wanted) and not _matches(n, left_out) for n in material.names())
    if what == "rows":
        return sum(_rows(material.text(name), rest[0]) for name in rest[1:])
    raise CannotRead(f"no such way to count: {what}")


def _matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


def _rows(text: str, head: str) -> int:
    """Entries in the functions whose names end in `head`; each has one Factory, not all a name."""
    pattern = rf"^func \([^)]*\) (?:Framework|SDK){head}\(.*?^}}"
    blocks = re.findall(pattern, text, re.M | re.S)
    if not blocks:
        raise CannotRead(f"no list of {head}")
    return sum(len(re.findall(r"^\s*Factory:", block, re.M)) for block in blocks)


def _tidy(value: float) -> float:
    """Without the dust of binary fractions."""
    return float(f"{value:.10g}")


_READERS: dict[str, Callable[[Shelf, Material, list[str]], float]] = {
    "botocore": _botocore,
    "genai-prices": _genai,
    "google-cloud-aiplatform": _aiplatform,
    "litellm": _litellm,
}
