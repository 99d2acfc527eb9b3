"""The project's own source as the architecture tests see it: packages, files, syntax trees, contracts."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "uppsikt"


def packages() -> list[str]:
    """The packages that hold code."""
    return sorted(path.name for path in SOURCE.iterdir() if path.is_dir() and any(path.glob("*.py")))


def files(pattern: str = "**/*.py") -> list[Path]:
    """Source files by pattern, without migrations, which Django writes."""
    return sorted(path for path in SOURCE.glob(pattern) if "migrations" not in path.parts)


def modules(name: str) -> list[Path]:
    """Every `<package>/<name>.py`, and every file in a folder `<package>/<name>/`."""
    return sorted({*files(f"*/{name}.py"), *files(f"*/{name}/**/*.py")})


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@functools.cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def contract(identifier: str) -> dict[str, Any]:
    """One import contract."""
    contracts: list[dict[str, Any]] = pyproject()["tool"]["importlinter"]["contracts"]
    return next(one for one in contracts if one["id"] == identifier)


def rank() -> dict[str, int]:
    """How low each package stands: 0 is the top. Siblings share a number."""
    return {
        name.strip().strip("()"): place
        for place, layer in enumerate(contract("packages")["layers"])
        for name in re.split(r"\|", layer)
    }


@functools.cache
def tracked() -> list[Path]:
    """Every file in the repository, or in the folder where there is no repository."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        made = {".venv", "var", ".git", ".cache", "__pycache__"}
        return [path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.parts)]
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text(path: Path) -> str | None:
    """The file's text, None for pictures, fonts and the like."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
