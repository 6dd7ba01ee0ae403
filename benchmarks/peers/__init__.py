"""Sampling as the users of other libraries do it, each timed in an interpreter that has it.

A script takes alternatives, criteria and samples, and prints the seconds of all samples after a
short run to warm up. Time grows with the samples, so few are run, and the caller scales up.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PLACES = HERE.parents[1] / ".venv-peers"
APART = ("pysensmcda", "pyrepo-mcda")
"""Packages that pin older libraries or that nothing else here needs: each has its own place."""

SAMPLERS = {  # script: (package, samples that are run)
    "with_scikit_criteria": ("scikit-criteria", 300),
    "with_pymcdm": ("pymcdm", 3_000),
    "with_pysensmcda": ("pysensmcda", 3_000),
    "with_pyrepo_mcda": ("pyrepo-mcda", 3_000),
}


def seconds(rows: int, columns: int, samples: int) -> dict[str, float]:
    """How long each peer takes for so many samples, by package, from a shorter run."""
    found = {}
    for script, (package, looped) in SAMPLERS.items():
        command = [_python(package), str(HERE / f"{script}.py"), str(rows), str(columns)]
        done = subprocess.run(
            [*command, str(looped)], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        found[package] = float(done.stdout) * samples / looped
    return found


def _python(package: str) -> str:
    """The interpreter that has a package; on first use its environment is made."""
    if package not in APART:
        return sys.executable
    place = PLACES / package
    python = place / "bin" / "python"
    if not (place / ".installed").exists():
        print(f"Installing {package} into {place.relative_to(Path.cwd())} (once) …", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, package], check=True)
        (place / ".installed").touch()
    return str(python)
