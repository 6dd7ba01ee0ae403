"""`selector ui` says plainly when it cannot listen where it should."""

import socket
import subprocess
import sys

import pytest


def test_a_port_in_use_is_a_plain_message_and_exit_code_2() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "selector", "ui", "--port", str(port)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr == (
        f"selector: port {port} on 127.0.0.1 is in use; choose another with --port\n"
    )
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--port", "99999"), "selector: --port 99999: not a port; write 1 to 65535\n"),
        (("--port", "0"), "selector: --port 0: not a port; write 1 to 65535\n"),
        (("--home", "/nowhere/at/all"), "selector: /nowhere/at/all is not a folder; name the one "),
    ],
)
def test_what_cannot_be_served_is_refused_before_an_address_is_told(
    given: tuple[str, ...], told: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "selector", "ui", *given],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(told)
    assert done.stderr.count("\n") == 1
