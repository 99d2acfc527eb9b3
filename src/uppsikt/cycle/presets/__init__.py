"""Steering models that ship with Uppsikt: plain data, chosen per year and changed freely afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The presets there are."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def preset(name: str) -> dict[str, Any]:
    """A preset's document.

    Raises: LookupError when there is none of that name.
    """
    if name not in names():
        raise LookupError(f"no preset {name!r}")
    document: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return document
