"""What every test has: a clock that stands still, no network, and a way to count queries."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from uppsikt.history.rules import Actor
from uppsikt.kernel import clock

# A Wednesday in the demo's open round: after the cut-off in August, before the deadline.
MOMENT = dt.datetime(2025, 9, 10, 10, 0, tzinfo=clock.STOCKHOLM)
LOADER = Actor("import-demo", "Import: demo")
DEMO_PASSWORD = "uppsikt-demo-2025"  # as `uppsikt demo` gives
MONEY = ("economy", "investments")
BUDGETS = Path(__file__).parent / "web" / "query_budgets.json"

settings.register_profile(
    "ci",
    deadline=None,  # the machine is shared; benchmarks measure time
    max_examples=60,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("long", settings.get_profile("ci"), max_examples=5_000, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(autouse=True)
def moment(request: pytest.FixtureRequest) -> Iterator[dt.datetime]:
    """The time in the test. Another one: `@pytest.mark.at("2024-12-31T12:00")` (Swedish time)."""
    marker = request.node.get_closest_marker("at")
    chosen = dt.datetime.fromisoformat(marker.args[0]).replace(tzinfo=clock.STOCKHOLM) if marker else MOMENT
    with clock.frozen(chosen):
        yield chosen


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Nothing counted in one test is remembered in the next, so that queries are counted from cold."""
    cache.clear()


class OutsideCall(AssertionError):
    """A test tried to reach something that is not on this machine."""


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Let connections reach this machine only: the database, the test server, the browser."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int] | str) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OutsideCall(f"no test may call {address}")
        connect(self, address)  # type: ignore[arg-type]

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


@pytest.fixture
def count_queries(db: None) -> Callable[[Callable[[], object]], int]:
    """How many queries a call makes: `count_queries(lambda: client.get(url))`."""

    def count(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            act()
        return len(captured)

    return count


@pytest.fixture
def query_budget(db: None) -> Callable[[str], AbstractContextManager[None]]:
    """Hold a page to its recorded number of queries: `with query_budget("planning:goals"): client.get(url)`.

    The numbers stand in tests/web/query_budgets.json. A page without a number fails. To record one, run
    the test with UPPSIKT_RECORD_QUERIES=1 (one process), and look at the difference before committing it.
    """

    @contextmanager
    def hold(name: str) -> Iterator[None]:
        with CaptureQueriesContext(connection) as captured:
            yield
        budgets: dict[str, int] = json.loads(BUDGETS.read_text(encoding="utf-8"))
        if os.environ.get("UPPSIKT_RECORD_QUERIES"):
            budgets[name] = len(captured)
            BUDGETS.write_text(json.dumps(dict(sorted(budgets.items())), indent=2) + "\n", encoding="utf-8")
            return
        assert name in budgets, f"{name} has no recorded number of queries ({len(captured)} now)"
        listing = "\n".join(query["sql"][:300] for query in captured)
        assert len(captured) <= budgets[name], (
            f"{name}: {len(captured)} queries, {budgets[name]} allowed\n{listing}"
        )

    return hold


@pytest.fixture(scope="session")
def _demo_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[models.Model]:
    """Every row of the demo, made once in a worker: importing takes seconds, copying rows a moment."""
    from django.contrib.auth.hashers import make_password

    from uppsikt.demo.selectors import DATA
    from uppsikt.exchange.actions import import_dataset

    with _taken_back(django_db_blocker):
        result = import_dataset(DATA, by=LOADER)
        assert result.problems == (), "\n".join(map(str, result.problems))
        rows = _own_rows()
    for row in rows:
        if row._meta.label == "accounts.User":
            row.password = make_password(DEMO_PASSWORD)
    return rows


@pytest.fixture(scope="session")
def _demo_rows_without_money(_demo_rows: list[models.Model]) -> list[models.Model]:
    return [row for row in _demo_rows if row._meta.app_label not in MONEY]


@pytest.fixture(scope="session")
def _demo_ledger_rows(
    _demo_rows: list[models.Model], django_db_blocker: DjangoDbBlocker
) -> list[models.Model]:
    """The same with the demo's ledgers read in, whole amounts in fewer vouchers than `uppsikt demo` makes."""
    from uppsikt.demo.ledgers import load_ledgers
    from uppsikt.economy.selectors import ledger as ledgers

    with _taken_back(django_db_blocker):
        _put(_demo_rows)
        load_ledgers(by=LOADER, rows_per_year=12_000)
        shutil.copy2(ledgers.path(), _kept_ledger())
        return _own_rows()


@contextmanager
def _taken_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    from django.db import transaction

    with blocker.unblock(), clock.frozen(MOMENT), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_database(db: None, _demo_rows_without_money: list[models.Model]) -> None:
    """The database holds the demo without its economy, which most tests need not copy; everyone's password is `DEMO_PASSWORD`.

    Works with `client` and with `live_server`. Sign in: `client.force_login(accounts.by_key("controller"))`.
    """
    _put(_demo_rows_without_money)


@pytest.fixture
def demo_economy(db: None, _demo_ledger_rows: list[models.Model]) -> None:
    """The database holds the demo, ledgers too, as `uppsikt demo` leaves it."""
    from uppsikt.economy.selectors import ledger as ledgers

    _put(_demo_ledger_rows)
    kept, path = _kept_ledger(), ledgers.path()
    if not path.exists() or path.stat().st_mtime_ns != kept.stat().st_mtime_ns:
        path.unlink(missing_ok=True)  # another file and not new content: readers tell them apart by that
        shutil.copy2(kept, path)  # a test has emptied the demo, or read in more


def _kept_ledger() -> Path:
    return Path(os.environ["UPPSIKT_VAR"]) / "demo-ledger.duckdb"


Inserts = list[tuple[str, list[tuple[object, ...]]]]
_made_ready: dict[int, Inserts] = {}


def _put(demo: list[models.Model]) -> None:
    """Copy rows in as they are. What is to be written is made ready once: hundreds of tests begin with the same."""
    ready = _made_ready.get(id(demo))
    if ready is None:
        ready = _made_ready[id(demo)] = [
            _insert(model, list(rows)) for model, rows in itertools.groupby(demo, key=type)
        ]
    with connection.cursor() as cursor:
        for statement, values in ready:
            cursor.executemany(statement, values)
        if connection.vendor == "postgresql":
            for statement in connection.ops.sequence_reset_sql(no_style(), _own_models()):
                cursor.execute(statement)


def _insert(model: type[models.Model], rows: list[models.Model]) -> tuple[str, list[tuple[object, ...]]]:
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    values = [
        tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields)
        for row in rows
    ]
    return statement, values


def _own_rows() -> list[models.Model]:
    return [row for model in _own_models() for row in model._base_manager.order_by("pk")]


def _own_models() -> list[type[models.Model]]:
    """Those of the project, and the ones that Django makes between two of them."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model.__module__.startswith("uppsikt.")]
