"""Stable keys of rows that continue from year to year."""

from __future__ import annotations


def next_key(key: str, from_year: int, to_year: int) -> str:
    """The key of the same thing next year: the year in the key is changed, or put first when there is none."""
    before, after = str(from_year), str(to_year)
    parts = key.split("-")
    if before in parts:
        return "-".join(after if part == before else part for part in parts)
    return f"{after}-{key}"
