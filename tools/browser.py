"""See that a Chromium is there for the browser tests; install one where none is found.

Debian's package as root, else Playwright's own download. Nothing happens where one is found.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """The path of a Chromium: the one named by SELECTOR_CHROMIUM, on the path, or Playwright's."""
    named = os.environ.get("SELECTOR_CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), None
    )
    if named:
        return named
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install() -> None:
    """Install Chromium, by apt where that can be, else by Playwright."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        done = subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            check=False,
            env=quiet,
            stdout=subprocess.DEVNULL,
        )
        if done.returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if found() is None:
        print("Installing Chromium for the browser tests …", flush=True)
        install()
    if found() is None:
        sys.exit("No Chromium was found or could be installed; set SELECTOR_CHROMIUM to one.")
