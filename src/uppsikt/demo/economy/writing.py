"""How the solved amounts are written: CSV with headings, one line end everywhere."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def write(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, object]]) -> None:
    """One CSV file with headings."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
