"""Stable keys of rows that continue from year to year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 80


def next_key(key: str, from_year: int, to_year: int) -> str:
    """The key of the same thing next year: the year in the key is changed, or put first when there is none."""
    before, after = str(from_year), str(to_year)
    parts = key.split("-")
    if before in parts:
        return "-".join(after if part == before else part for part in parts)
    return f"{after}-{key}"


def new_key(parts: Iterable[str], taken: Iterable[str] = ()) -> str:
    """A readable key of a new thing: "2025-ks-oka-tryggheten"; a number is added where it is taken already."""
    words = unicodedata.normalize("NFKD", "-".join(parts)).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:LONGEST].rstrip("-") or "ny"
    held = set(taken)
    key, number = stem, 1
    while key in held:
        number += 1
        key = f"{stem}-{number}"
    return key
