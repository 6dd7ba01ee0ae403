"""See that LibreOffice is there, with which the tests open slides and workbooks again.

Debian's packages as root; elsewhere it is asked for. Nothing happens where it is found.
"""

import os
import shutil
import subprocess
import sys

PACKAGES = (
    "libreoffice-calc", "libreoffice-impress", "poppler-utils", "fonts-liberation",
    "fonts-noto-core", "fonts-noto-cjk",
)  # fmt: skip
PROGRAMS = ("soffice", "pdftoppm")


def is_there() -> bool:
    """Whether all that the tests call is on the path."""
    return all(map(shutil.which, PROGRAMS))


def install() -> None:
    """Install the packages by apt, where that can be."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
        check=False,
        env=quiet,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    if not is_there():
        print("Installing LibreOffice for the tests of exports …", flush=True)
        install()
    if not is_there():
        sys.exit(f"{' and '.join(PROGRAMS)} are needed: install {', '.join(PACKAGES)}.")
