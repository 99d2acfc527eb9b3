"""Real writers at the same time, each with a connection of its own, on whichever database the suite runs on."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from django.db import connection, connections

from uppsikt.cycle import actions as cycle
from uppsikt.cycle.presets import preset
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation import actions as organisation
from uppsikt.planning.actions import assignments, goals, indicators

T = TypeVar("T")


class Writers:
    """Runs functions side by side. SQLite's database in memory cannot be shared, so there it is a file."""

    def __init__(self, file: Path) -> None:
        self.file = file if connection.vendor == "sqlite" else None
        if self.file:
            with closing(sqlite3.connect(self.file)) as target:
                target.execute("PRAGMA journal_mode=WAL")
                connection.connection.backup(target)

    def at_once(self, *acts: Callable[[], T]) -> list[T]:
        """What each act gives; they start together. Raises what any of them raised."""
        start = threading.Barrier(len(acts))

        def run(act: Callable[[], T]) -> T:
            mine: Any = connections["default"]
            if self.file:
                mine.settings_dict = {**mine.settings_dict, "NAME": str(self.file)}
            try:
                mine.ensure_connection()
                start.wait(timeout=30)
                return act()
            finally:
                mine.close()

        with ThreadPoolExecutor(len(acts)) as pool:
            waiting: Sequence[Any] = [pool.submit(run, act) for act in acts]
            return [one.result(timeout=120) for one in waiting]

    def look(self, act: Callable[[], T]) -> T:
        """Read what the writers left."""
        return self.at_once(act)[0]


@pytest.fixture
def town(transactional_db: None) -> SimpleNamespace:
    """A board with an open round, a goal, an indicator and an assignment."""
    board, _ = organisation.save_body(key="ks", kind="executive_board", by=SYSTEM)
    cycle.save_model(year=2025, document=preset("malomrade-2024"), by=SYSTEM)
    round_, _ = cycle.save_round(
        key="2025-bokslut",
        year=2025,
        kind="year_end",
        name="Bokslut",
        cutoff=dt.date(2025, 12, 31),
        by=SYSTEM,
    )
    cycle.move_round(round_=round_, state=RoundState.OPEN, by=SYSTEM)
    goal, _ = goals.save_goal(
        key="trygg", year=2025, body=board, level="committee_goal", name="Trygghet", by=SYSTEM
    )
    series, _ = indicators.save_indicator(key="oro", name="Oro", measure="procent", by=SYSTEM)
    use, _ = indicators.save_use(
        key="2025-oro", year=2025, body=board, goal=goal, indicator=series, by=SYSTEM
    )
    assignment, _ = assignments.save_assignment(
        key="2025-program", year=2025, body=board, goal=goal, title="Ta fram program", by=SYSTEM
    )
    return SimpleNamespace(
        board=board, round=round_, goal=goal, series=series, use=use, assignment=assignment
    )


@pytest.fixture
def writers(town: SimpleNamespace, tmp_path: Path) -> Writers:
    return Writers(tmp_path / "town.sqlite3")
