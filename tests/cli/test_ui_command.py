"""`selector ui` says plainly when it cannot listen where it should."""

import socket
import subprocess
import sys


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
