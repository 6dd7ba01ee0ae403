"""Files are written whole or not at all, over nothing but files, and stay whose they were."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest

from selector import cli
from selector.domain.problem import UsageError
from selector.report.exports import replace, write
from tests.exports.made import OPTIONS, shipped


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder"])
@pytest.mark.parametrize("is_link", [False, True])
def test_what_is_no_file_is_told_and_stays(
    kind: str, is_link: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # addresses of sockets are short
    odd = tmp_path / "odd.md"
    if kind == "pipe":
        os.mkfifo(odd)
    elif kind == "folder":
        odd.mkdir()
    else:
        socket.socket(socket.AF_UNIX).bind("odd.md")
    to = odd
    if is_link:
        to = tmp_path / "link.md"
        to.symlink_to(odd)
    before = odd.stat()
    with pytest.raises(UsageError, match=f"is a {kind}; name a file"):
        replace(to, b"x")
    with pytest.raises(UsageError, match=f"is a {kind}; name a file"):
        write(shipped("high-volume-chat"), to, OPTIONS)
    assert (odd.stat().st_mode, odd.stat().st_ino) == (before.st_mode, before.st_ino)
    assert to.is_symlink() == is_link
    assert {p.name for p in tmp_path.iterdir()} == {odd.name, to.name}


def test_the_commands_leave_a_pipe_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "p.md"
    os.mkfifo(pipe)
    for command in ("freeze", "export"):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, "high-volume-chat", "--to", str(pipe)])
        assert ended.value.code == 2
        assert "p.md is a pipe; name a file" in capsys.readouterr().err
    assert pipe.is_fifo()


def test_who_may_read_a_file_stays_as_it_was(tmp_path: Path) -> None:
    path, new = tmp_path / "a.json", tmp_path / "b.json"
    path.write_text("old")
    path.chmod(0o600)
    replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    replace(new, b"x")
    other = tmp_path / "c.json"
    other.write_text("as the system makes them")
    assert new.stat().st_mode == other.stat().st_mode


@pytest.mark.parametrize("how", [KeyboardInterrupt, SystemExit, MemoryError])
def test_a_stop_half_way_leaves_nothing(
    how: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: Any) -> None:
        raise how

    path = tmp_path / "k.md"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(how):
        replace(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["k.md"]
    assert path.read_text() == "old"
