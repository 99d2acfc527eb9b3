"""What an installation is told from outside: the environment variables, each with its meaning and default.

No Django here, so that the command line can ask before settings are loaded.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]

VARIABLES: dict[str, str] = {
    "DATABASE_URL": "Databas, t.ex. postgres://user:password@host/uppsikt. Utan: SQLite i var-mappen.",
    "UPPSIKT_VAR": "Mapp för allt som skrivs: databas, filer, hemlig nyckel. Utan: var/ i projektets mapp.",
    "UPPSIKT_URL": "Adressen som användarna ser, t.ex. https://uppsikt.kommunen.se.",
    "UPPSIKT_HOSTS": "Fler värdnamn som får besvaras, med komma emellan.",
    "UPPSIKT_SECRET_KEY": "Hemlig nyckel. Utan: skapas en gång i var-mappen.",
    "UPPSIKT_DEBUG": "1 visar felsidor med kod. Aldrig i drift.",
    "UPPSIKT_DEMO_PASSWORD": "Sätts av bin/demo: inloggningssidan erbjuder då demons personer.",
    "UPPSIKT_LOG_LEVEL": "DEBUG, INFO, WARNING eller ERROR. Utan: INFO.",
    "UPPSIKT_STATIC": "collected när filerna samlats (görs av uppsikt serve); annars läses de ur paketen.",
}


def value(name: str, default: str = "") -> str:
    """One variable as text, empty when it is not set. Asking for an undocumented one is an error."""
    if name not in VARIABLES:
        raise KeyError(name)
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    return value(name).lower() in {"1", "true", "yes", "ja", "on"}


def entries(name: str) -> list[str]:
    return [part.strip() for part in value(name).split(",") if part.strip()]


def var_folder() -> Path:
    """The folder for everything that is written; made, for its owner only, when it is missing."""
    folder = Path(value("UPPSIKT_VAR", str(REPOSITORY / "var"))).expanduser().absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions: given from outside, or made once and kept readable by its owner only."""
    given = value("UPPSIKT_SECRET_KEY")
    if given:
        return given
    path = folder / "secret"
    with locked(folder, "secret"):
        if not path.exists():
            draft = path.with_suffix(".new")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
            draft.replace(path)
    return path.read_text(encoding="ascii")


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Let one process at a time do what is named; the others wait. Released even if the process dies."""
    with (folder / f".{name}.lock").open("w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)
