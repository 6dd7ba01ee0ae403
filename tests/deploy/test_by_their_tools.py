"""The files under deploy/ before the tools that read such files: each takes ours, none a bad one.

Kubernetes' manifests are held against its schemas in test_deploy.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
PATIENCE = 60  # seconds
COMMANDS = {
    "Containerfile": ("hadolint", "--failure-threshold=style", "--trusted-registry=docker.io"),
    "compose.yaml": ("check-jsonschema", "--builtin-schema=vendor.compose-spec"),
    "Caddyfile": ("caddy", "validate", "--adapter=caddyfile", "--config"),
}
SPOILED: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("Containerfile", lambda text: text.replace("python:3.12-slim", "python")),
    ("Containerfile", lambda text: text.replace("docker.io/", "example.com/")),
    ("Containerfile", lambda text: text.replace("EXPOSE 8501", "EXPOSE 85010")),
    ("Containerfile", lambda text: text.replace("USER 10001", "USERS 10001")),
    ("compose.yaml", lambda text: text.replace("read_only: true", "read_only: [true]")),
    ("compose.yaml", lambda text: text.replace("depends_on:", "depend_on:")),
    ("Caddyfile", lambda text: text.replace("lb_policy cookie", "lb_policy biscuit")),
    ("Caddyfile", lambda text: text.replace("read_header 10s", "read_header soon")),
    ("Caddyfile", lambda text: text.replace("reverse_proxy", "revers_proxy")),
)


def tool(name: str) -> str:
    """Where a command lies that came with the test tools."""
    found = shutil.which(name, path=Path(sys.executable).parent)
    assert found, f"{name} is not installed"
    return found


def _asked(file: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    name, *options = COMMANDS[file.name]
    environment = {
        "SELECTOR_SITE": "selector.example.com",
        "HOME": str(folder),
        "PATH": str(Path(sys.executable).parent),
    }
    return subprocess.run(
        [tool(name), *options, str(file)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=environment,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_its_tool_takes_each_file(name: str, tmp_path: Path) -> None:
    done = _asked(DEPLOY / name, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("name", "spoil"), SPOILED)
def test_its_tool_refuses_what_is_wrong(
    name: str, spoil: Callable[[str], str], tmp_path: Path
) -> None:
    good = (DEPLOY / name).read_text(encoding="utf-8")
    bad = spoil(good)
    assert bad != good
    (tmp_path / name).write_text(bad, encoding="utf-8")
    assert _asked(tmp_path / name, tmp_path).returncode != 0
