"""The same .sql files on Spark. PySpark is optional: `.ci/spark` installs it and runs this."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.engines import check
from uppsikt.ledger.engine.spark import SparkEngine

sql = pytest.importorskip("pyspark.sql")

pytestmark = pytest.mark.filterwarnings("default")  # PySpark's own: none of ours


@pytest.fixture(scope="module")
def engine() -> Iterator[SparkEngine]:
    """Spark in this process, with one partition of everything: the rows are few."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
    session.sparkContext.setLogLevel("OFF")
    engine = SparkEngine(session)
    yield engine
    engine.close()


def test_spark_gives_the_same_answers(engine: SparkEngine, tmp_path: Path) -> None:
    check(engine, tmp_path)
