"""Steering models that ship with Uppsikt: plain data, chosen per year and changed freely afterwards."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
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
    return deepcopy(_read(name))


@lru_cache(maxsize=16)
def _read(name: str) -> dict[str, Any]:
    """A preset as it stands in its file, which comes with the code."""
    document: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return document
