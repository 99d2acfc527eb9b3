"""What the environment makes of the settings, asked of a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK = "import json; from uppsikt.config import settings as s; print(json.dumps({n: getattr(s, n) for n in %r}, default=str))"


def run(*command: str, folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {key: text for key, text in os.environ.items() if not key.startswith(("UPPSIKT_", "DATABASE_"))}
    kept |= {"UPPSIKT_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "uppsikt.config.settings", **given}
    return subprocess.run(
        [sys.executable, *command], env=kept, cwd=ROOT, capture_output=True, text=True, check=False
    )


def settings(*names: str, folder: Path, **given: str) -> dict[str, object]:
    done = run("-c", ASK % (names,), folder=folder, **given)
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_plain_http_on_ones_own_machine(tmp_path: Path) -> None:
    found = settings(
        "DEBUG", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", folder=tmp_path
    )
    assert found == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": False,
        "SECURE_HSTS_SECONDS": 0,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]", "127.0.0.1"],
    }


def test_https_closes_the_cookies(tmp_path: Path) -> None:
    found = settings(
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "CSRF_TRUSTED_ORIGINS", "ALLOWED_HOSTS",
        folder=tmp_path, UPPSIKT_URL="https://uppsikt.exempel.se", UPPSIKT_HOSTS="intern.exempel.se",
    )  # fmt: skip
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["CSRF_COOKIE_SECURE"] is True
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://uppsikt.exempel.se"]
    assert {"uppsikt.exempel.se", "intern.exempel.se"} <= set(found["ALLOWED_HOSTS"])  # type: ignore[call-overload]


def test_djangos_own_inspection_of_an_installation(tmp_path: Path) -> None:
    done = run(
        "-m", "django", "check", "--deploy", "--fail-level", "WARNING",
        folder=tmp_path, UPPSIKT_URL="https://uppsikt.exempel.se",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_sqlite_gets_its_options_from_an_address_too(tmp_path: Path) -> None:
    found = settings("DATABASES", folder=tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/other.sqlite3")
    entry = found["DATABASES"]["default"]  # type: ignore[index]
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert entry["NAME"].endswith("other.sqlite3")


def test_postgresql_connections_are_kept_and_checked(tmp_path: Path) -> None:
    found = settings("DATABASES", folder=tmp_path, DATABASE_URL="postgres://u:p@127.0.0.1/uppsikt")
    entry = found["DATABASES"]["default"]  # type: ignore[index]
    assert (entry["CONN_MAX_AGE"], entry["CONN_HEALTH_CHECKS"]) == (600, True)


def test_the_var_folder_is_its_owners_own(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"
    settings("DEBUG", folder=folder)
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["UPPSIKT_VAR", "DATABASE_URL", "UPPSIKT_URL"])
def test_operators_can_read_about_every_variable(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs/howto/operators.md").read_text(encoding="utf-8")
