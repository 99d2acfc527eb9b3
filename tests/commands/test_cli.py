"""The command line as others drive it: as a process, by exit code, standard output and standard error."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from uppsikt.config.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def uppsikt(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        key: text for key, text in os.environ.items() if not key.startswith(("UPPSIKT_", "DATABASE_"))
    }
    environment |= {
        "UPPSIKT_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "uppsikt.config.settings",
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "uppsikt.config.cli", *arguments],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


ENGLISH = re.compile(r"\b(usage|options|arguments|error|show this|invalid|required|expected|unrecognized)\b")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_swedish(command: str, tmp_path: Path) -> None:
    done = uppsikt(*filter(None, [command]), "--help", folder=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("användning: uppsikt")
    assert not ENGLISH.search(done.stdout), done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    "wrong", [[], ["nothing"], ["serve", "--port", "x"], ["verify", "--more"], ["migrate", "x"]]
)
def test_wrong_calls_answer_on_standard_error(wrong: list[str], tmp_path: Path) -> None:
    done = uppsikt(*wrong, folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "fel:" in done.stderr
    assert not ENGLISH.search(done.stderr), done.stderr


def test_first_command_makes_the_database(tmp_path: Path) -> None:
    first = uppsikt("verify", folder=tmp_path)
    assert (first.returncode, first.stdout) == (0, "Historiken är hel: 0 händelser.\n"), first.stderr
    assert (tmp_path / "uppsikt.sqlite3").exists()
    assert "Förbereder databasen" in first.stderr
    assert uppsikt("verify", folder=tmp_path).stderr == ""


def test_commands_started_together_wait_for_each_other(tmp_path: Path) -> None:
    environment = {**os.environ, "UPPSIKT_VAR": str(tmp_path), "DATABASE_URL": ""}
    environment["DJANGO_SETTINGS_MODULE"] = "uppsikt.config.settings"
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "uppsikt.config.cli", "verify"],
            env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    answers = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], answers
    assert {out for out, _ in answers} == {"Historiken är hel: 0 händelser.\n"}


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    uppsikt("verify", folder=tmp_path)
    secret = tmp_path / "secret"
    made = secret.read_text(encoding="ascii")
    assert len(made) > 60
    assert secret.stat().st_mode & 0o077 == 0
    uppsikt("verify", folder=tmp_path)
    assert secret.read_text(encoding="ascii") == made


def test_no_command_asks() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/uppsikt/config").rglob("*.py"))
    assert "input(" not in source
    assert "getpass" not in source


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = uppsikt("serve", "--port", str(port), folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"127.0.0.1:{port}" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_administrator_and_an_api_key(tmp_path: Path) -> None:
    first = uppsikt("administrator", "Kim@Exempel.se", "Kim Ek", folder=tmp_path)
    assert (first.returncode, len(first.stdout.strip()) >= 20) == (0, True), first.stderr
    again = uppsikt("administrator", "kim@exempel.se", "Kim Ek", folder=tmp_path)
    assert (again.returncode, again.stdout) == (0, ""), "who has a password keeps it"
    key = uppsikt("token", "kim@exempel.se", "statistik", folder=tmp_path)
    assert (key.returncode, len(key.stdout.strip()) >= 40) == (0, True)
    events = uppsikt("verify", folder=tmp_path).stdout
    assert events == "Historiken är hel: 4 händelser.\n"  # person, role, password, key


@pytest.mark.parametrize(
    "call",
    [
        ["token", "ingen@exempel.se", "x"],
        ["status", "ks", "2024-bokslut"],
        ["administrator", "inte en adress", "Kim"],
    ],
)
def test_refusals_are_said_on_standard_error(call: list[str], tmp_path: Path) -> None:
    done = uppsikt(*call, folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip().endswith(".")
    assert "Traceback" not in done.stderr
