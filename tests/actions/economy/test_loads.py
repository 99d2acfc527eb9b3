"""Ledger files taken in: what stands afterwards, and that nothing stands half.

The figures are those of tests/economy_world.py: the board's personnel 2024 is 1 500 000 kronor, consultants 650 000.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.economy_world import ACCOUNTS, ECONOMIST, THOUSAND, economy_world, load, sie_vouchers
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.actions import loads
from uppsikt.economy.rules.grain import Nodes
from uppsikt.economy.rules.loads import LoadState
from uppsikt.economy.selectors import CodingValue, LedgerLoad
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.files.actions import store_large
from uppsikt.files.rules import CSV, SIE
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel.problems import InputError
from uppsikt.ledger.sie.model import SieHeader, SieVoucher
from uppsikt.ledger.sie.writing import write_sie

pytestmark = pytest.mark.django_db

# A row: account, cost centre, activity, counterparty, kronor (debit +).
JANUARY = (
    "LEV",
    "9",
    "2024-01-20",
    "Konsult till",
    [("7410", "110", "901", "", 7_000), ("2440", "", "", "", -7_000)],
)
NEW_ACCOUNT = (
    "LEV",
    "10",
    "2024-01-21",
    "Nytt konto",
    [("8999", "130", "", "", 500), ("2440", "", "", "", -500)],
)


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return economy_world(settings, tmp_path)


def sums(row: LedgerLoad, year: int = 2024) -> dict[str, int]:
    """Account -> öre through one version of the ledger, income positive."""
    view = ledgers.view_of(row, year, 12)
    return {account: ore for account, ore in view.sums("account", view.scope(Nodes())).items() if ore}


def offered(source: Path, kind: Any = SIE, options: loads.Options | None = None, **more: Any) -> LedgerLoad:
    file = store_large(source=source, name=source.name, kind=kind, by=ECONOMIST)
    return loads.offer(
        file=file, name=source.name, options=options or loads.Options({}), by=ECONOMIST, **more
    )[0]


def added(folder: Path, name: str, kronor: int, **more: Any) -> LedgerLoad:
    """A SIE 4I file with one voucher in March, read in beside what stands."""
    source = folder / name
    rows = [("6110", "120", "901", "", kronor), ("2440", "", "", "", -kronor)]
    header = SieHeader(
        "Kommunen", dt.date(2024, 1, 1), dt.date(2024, 12, 31), kind="4I",
        dimensions={1: "Ansvar", 21: "Verksamhet"}, accounts=ACCOUNTS,
    )  # fmt: skip
    write_sie(source, header, sie_vouchers([("B", "1", "2024-03-05", "Bokslut", rows)]))
    return loads.read(load=offered(source, **more), by=ECONOMIST)


def vouchers(world: SimpleNamespace, *more: Any) -> list[SieVoucher]:
    from tests.economy_world import _2024

    return sie_vouchers([*_2024, *more])


def refuse(source: Path, **more: Any) -> tuple[LedgerLoad, InputError]:
    row = offered(source, **more)
    with pytest.raises(InputError) as caught:
        loads.read(load=row, by=ECONOMIST)
    row.refresh_from_db()
    return row, caught.value


def dearer(folder: Path) -> bytes:
    """The year's file with consultants in January for 410 000 kronor instead of 400 000."""
    return re.sub(rb"(?<!\d)400000", b"410000", (folder / "huvudbok-2024.se").read_bytes())


def test_an_accepted_load_says_what_was_read(world: SimpleNamespace) -> None:
    row = world.load
    assert (row.state, row.year, row.first_month, row.last_month, row.format) == (
        "accepted",
        2024,
        1,
        12,
        "sie4e",
    )
    # 400 + 600 + 300 + 500 + 200 + 600 + 250 + 50 thousand in debit.
    assert (row.rows, row.vouchers, row.debit_ore) == (13, 5, 2_900 * THOUSAND)
    assert row.summary["months"]["1"] == [6, 1_800 * THOUSAND]
    assert sums(row)["5010"] == -2_000 * THOUSAND
    told = history.about(f"ledger:{row.pk}").order_by("sequence")
    assert [event.kind for event in told] == ["ledger.offered", "ledger.loaded"]


def test_the_same_file_again_changes_nothing(world: SimpleNamespace) -> None:
    before = history.last_event()
    source = world.folder / "huvudbok-2024.se"
    file = store_large(source=source, name="annat-namn.se", kind=SIE, by=ECONOMIST)
    again, unread = loads.offer(file=file, name="annat-namn.se", options=loads.Options({}), by=ECONOMIST)
    assert (again.pk, unread) == (world.load.pk, False)
    assert history.last_event() == before


def test_the_first_file_may_come_back_when_a_corrected_one_has_taken_its_place(
    world: SimpleNamespace,
) -> None:
    load(world.folder, 2024, vouchers(world, JANUARY), name="rattad.se")
    again = load(world.folder, 2024, vouchers(world))
    assert again.pk != world.load.pk
    assert sums(again) == sums(world.load)


def test_a_file_that_waits_is_not_handed_in_twice(world: SimpleNamespace) -> None:
    source = world.folder / "vantar.se"
    source.write_bytes((world.folder / "huvudbok-2024.se").read_bytes() + b"\r\n")
    assert offered(source).pk == offered(source).pk


def test_a_corrected_file_takes_its_own_period_and_says_what_changed(world: SimpleNamespace) -> None:
    corrected = load(world.folder, 2024, vouchers(world, JANUARY, NEW_ACCOUNT), name="rattad.se")
    assert corrected.summary["changes"] == [
        ["2440", "Leverantörsskulder", "", 7_500_00],
        ["7410", "Konsultarvoden", "Konsulter", -7_000_00],
        ["8999", "", "", -500_00],
    ]
    assert corrected.summary["moved"] == 3
    assert corrected.summary["new"] == {"account": ["8999"], "cost_centre": ["130"]}
    assert corrected.summary["unmapped"] == ["8999"]
    assert corrected.summary["balance"] == ["1510", "2440", "2710"]
    assert sums(corrected)["7410"] == -657 * THOUSAND
    assert sums(corrected, 2023)["7410"] == -300 * THOUSAND  # the other year is untouched
    assert world.load.summary["first"] is False
    assert CodingValue.objects.filter(year=2024, dimension="cost_centre", key="130").exists()


def test_a_round_reads_its_own_version_while_a_newer_exists(world: SimpleNamespace) -> None:
    corrected = load(world.folder, 2024, vouchers(world, JANUARY), name="rattad.se")
    view = ledgers.view(world.round)
    assert view is not None
    assert view.version == world.load.pk
    assert view.amount(view.scope(Nodes(line="consultants"))) == -650 * THOUSAND
    assert ledgers.newer(world.round) == corrected
    loads.choose(round_=world.round, load=corrected, by=ECONOMIST)
    view = ledgers.view(world.round)
    assert view is not None
    assert view.amount(view.scope(Nodes(line="consultants"))) == -657 * THOUSAND
    assert ledgers.newer(world.round) is None


def test_a_corrected_comparison_year_is_news_too(world: SimpleNamespace) -> None:
    assert ledgers.newer(world.round) is None
    corrected = load(world.folder, 2023, vouchers_of_2023(), name="rattad-2023.se")
    assert ledgers.newer(world.round) == corrected


def vouchers_of_2023() -> list[SieVoucher]:
    rows = [("5010", "110", "901", "", 900), ("2710", "", "", "", -900)]
    return sie_vouchers([("LON", "1", "2023-02-25", "Löner", rows)])


def test_a_broken_file_changes_nothing_and_says_where(world: SimpleNamespace) -> None:
    lines = (
        (world.folder / "huvudbok-2024.se")
        .read_bytes()
        .split(b"\r\n" if b"\r\n" in (world.folder / "huvudbok-2024.se").read_bytes() else b"\n")
    )
    number = next(place for place, line in enumerate(lines) if line.strip().startswith(b"#TRANS"))
    lines[number] = lines[number].replace(b"400000", b"400001")
    source = world.folder / "trasig.se"
    source.write_bytes(b"\n".join(lines))
    before, held = sums(world.load), ledgers.path().read_bytes()
    row, error = refuse(source)
    assert (row.state, row.summary) == (LoadState.REFUSED.value, {})
    [problem] = [one for one in error.problems if one.where.row]
    assert problem.where.file == "trasig.se"
    assert problem.where.row is not None
    assert abs(problem.where.row - number) < 6  # the voucher's own lines
    assert [one["row"] for one in row.problems if one["row"]] == [problem.where.row]
    assert ledgers.path().read_bytes() == held
    assert sums(world.load) == before
    assert list(ledgers.path().parent.glob("staged-*")) == []


def test_a_file_of_vouchers_is_added_beside_and_replaced_by_its_own(world: SimpleNamespace) -> None:
    beside = added(world.folder, "bokslut.si", 1_000)
    assert (beside.mode, beside.format, beside.first_month) == ("add", "sie4i", 3)
    assert sums(beside)["6110"] == -51 * THOUSAND
    instead = added(world.folder, "bokslut-2.si", 3_000, replaces=beside)
    assert sums(instead)["6110"] == -53 * THOUSAND
    assert sums(beside)["6110"] == -51 * THOUSAND


def test_only_an_added_file_can_be_replaced_by_another(world: SimpleNamespace) -> None:
    source = world.folder / "bokslut.si"
    added(world.folder, "bokslut.si", 1_000)
    source.write_bytes(source.read_bytes() + b"\n")
    row, error = refuse(source, replaces=world.load)
    assert row.state == LoadState.REFUSED.value
    assert {problem.code for problem in error.problems} == {"replaces"}
    _row, error = refuse(source, replaces=world.load_2023)
    assert {problem.code for problem in error.problems} == {"replaces", "year"}


def test_a_dry_check_reads_everything_and_writes_nothing(world: SimpleNamespace, tmp_path: Path) -> None:
    before = (LedgerLoad.objects.count(), history.last_event(), ledgers.path().read_bytes())
    source = world.folder / "huvudbok-2024.se"
    (tmp_path / "prov").mkdir()
    staged = loads.check(source, name=source.name, options=loads.Options({}), folder=tmp_path / "prov")
    assert (staged.rows, staged.problems) == (13, ())
    assert (LedgerLoad.objects.count(), history.last_event(), ledgers.path().read_bytes()) == before


def test_an_extract_is_read_by_its_headings(world: SimpleNamespace) -> None:
    source = world.folder / "utdrag.csv"
    source.write_text("Datum;Konto;Ansvar;Belopp\n2024-11-01;7410;110;100,50\n2024-11-01;2440;;-100,50\n")
    mapping = {"date": "Datum", "account": "Konto", "cost_centre": "Ansvar", "amount": "Belopp"}
    row = offered(source, CSV, loads.Options(mapping, 2024, mode="add"))
    loads.read(load=row, by=ECONOMIST)
    assert (row.state, row.format, row.first_month, row.last_month) == ("accepted", "extract", 11, 11)
    assert sums(row)["7410"] == -650_100_50


def test_a_crash_between_store_and_database_leaves_the_ledger_as_it_was(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = world.folder / "krasch.se"
    source.write_bytes(dearer(world.folder))
    before, row = sums(world.load), offered(source)

    def crash(**_given: Any) -> None:
        raise OSError("mitt i")

    with monkeypatch.context() as patch:
        patch.setattr(loads, "_accept", crash)
        with pytest.raises(OSError, match="mitt i"):
            loads.read(load=row, by=ECONOMIST)
    row.refresh_from_db()
    assert row.state == LoadState.RUNNING.value
    assert ledgers.accepted().last() == world.load
    assert sums(world.load) == before
    loads.read(load=row, by=ECONOMIST)
    assert sums(row)["7410"] == -660 * THOUSAND
    assert sums(world.load) == before
    with pytest.raises(InputError, match="redan inläst"):
        loads.read(load=row, by=ECONOMIST)


def test_a_load_between_a_crash_and_its_repair_keeps_its_place(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Versions follow the order of acceptance, not that of handing in; a rebuilt store says the same."""
    early = world.folder / "tidig.si"
    added(world.folder, "forsta.si", 1)
    early.write_bytes(dearer(world.folder))
    first = offered(early.rename(world.folder / "tidig.se"))
    later = added(world.folder, "senare.si", 2_000)
    assert first.pk < later.pk
    loads.read(load=first, by=ECONOMIST)
    said = sums(first)
    assert said["6110"] == -50 * THOUSAND  # it replaced its months, the added ones too
    assert [row.pk for row in ledgers.accepted()][-2:] == [later.pk, first.pk]
    loads.rebuild(also=(later.pk,))
    assert sums(first) == said
    assert sums(later)["6110"] == -52_001_00


def test_a_rebuilt_store_gives_the_same_sums(world: SimpleNamespace) -> None:
    newest = added(world.folder, "bokslut.si", 1_000)
    before = (sums(newest), sums(world.load), sums(newest, 2023))
    ledgers.path().unlink()
    assert ledgers.view(world.round) is None
    assert ledgers.missing()
    assert loads.rebuild() == 3
    assert (sums(newest), sums(world.load), sums(newest, 2023)) == before


def test_a_lost_store_is_made_whole_by_the_next_load(world: SimpleNamespace) -> None:
    ledgers.path().unlink()
    newest = added(world.folder, "bokslut.si", 1_000)
    assert sums(newest)["6110"] == -51 * THOUSAND
    assert sums(newest)["7410"] == -650 * THOUSAND


def test_a_version_nobody_read_can_still_be_chosen(world: SimpleNamespace) -> None:
    middle = added(world.folder, "ett.si", 1_000)
    added(world.folder, "tva.si", 2_000)
    added(world.folder, "tre.si", 3_000)
    loads.choose(round_=world.round, load=middle, by=ECONOMIST)
    view = ledgers.view(world.round)
    assert view is not None
    assert view.amount(view.scope(Nodes(line="goods"))) == -51 * THOUSAND


def test_a_missing_stored_file_is_told_of(world: SimpleNamespace) -> None:
    from uppsikt.files import selectors as files

    source = world.folder / "bort.se"
    source.write_bytes((world.folder / "huvudbok-2024.se").read_bytes() + b"\n")
    row = offered(source)
    files.path(row.file).unlink()
    with pytest.raises(InputError, match="finns inte längre"):
        loads.read(load=row, by=ECONOMIST)


def test_a_closed_round_keeps_its_ledger(world: SimpleNamespace) -> None:
    corrected = load(world.folder, 2024, vouchers(world, JANUARY), name="rattad.se")
    cycle.move_round(round_=world.round, state=RoundState.CLOSED, by=SYSTEM)
    world.round.refresh_from_db()
    with pytest.raises(InputError, match="stäng"):
        loads.choose(round_=world.round, load=corrected, by=ECONOMIST)
