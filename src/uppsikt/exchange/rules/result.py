"""What an import came to."""

from __future__ import annotations

from dataclasses import dataclass

from uppsikt.exchange.rules.changes import TableChanges
from uppsikt.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did or, with `dry_run`, would do. With problems nothing is changed."""

    name: str
    problems: tuple[Problem, ...]
    changes: tuple[TableChanges, ...]
    dry_run: bool

    @property
    def rows_changed(self) -> int:
        """How many rows are new or changed."""
        return sum(len(table.rows) for table in self.changes)

    @property
    def rows_unchanged(self) -> int:
        """How many rows the database has already."""
        return sum(table.unchanged for table in self.changes)
