"""The economy in the dataset: money in two units, tables that come in whole, and what is refused."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from tests.exchange.reading import BY, emptied
from tests.exchange.sheets import Sheets
from uppsikt.demo.selectors import DATA
from uppsikt.economy.selectors import BudgetAmount, CodingValue, ForecastAmount, FrameAmount
from uppsikt.economy.selectors.models import document
from uppsikt.exchange import exporting
from uppsikt.exchange.actions import ImportResult, import_dataset
from uppsikt.exchange.rules.cells import CellFault, read, write
from uppsikt.exchange.rules.spec import Field, Kind
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.investments.selectors import ProjectAmount

MONEY = Field("amount_ore", "Belopp (kr)", Kind.MONEY, default=None)
MONTHS = Field("months", "Per månad (kr)", Kind.MONTHS, default=())


@pytest.mark.parametrize(
    ("written", "kronor", "ore"),
    [
        ("-123450", False, -123_450),
        ("−1 234,50", True, -123_450),
        (-1234.5, True, -123_450),
        (748300000.1, True, 74_830_000_010),
        ("0,07", True, 7),
        (0.29, True, 29),  # 0.29 × 100 is 28.999… in binary
        ("", True, None),
    ],
)
def test_an_amount_is_read_to_the_ore(written: object, kronor: bool, ore: int | None) -> None:
    assert read(MONEY, written, kronor=kronor) == ore


@pytest.mark.parametrize(
    ("written", "kronor"),
    [("12,345", True), ("12,5", False), ("tusen", True), ("100 kr", True), ("10000000000000000", False)],
)
def test_what_is_no_amount_is_refused(written: str, kronor: bool) -> None:
    with pytest.raises(CellFault):
        read(MONEY, written, kronor=kronor)


@pytest.mark.parametrize("ore", [0, 1, -1, 99, -100, 123_456_789_012_345, -818_331_900_07])
def test_an_amount_is_the_same_in_both_units(ore: int) -> None:
    for kronor in (True, False):
        assert read(MONEY, write(MONEY, ore, kronor=kronor), kronor=kronor) == ore
        months = (ore, *range(11))
        assert read(MONTHS, write(MONTHS, months, kronor=kronor), kronor=kronor) == months


def test_a_year_has_twelve_months() -> None:
    with pytest.raises(CellFault) as caught:
        read(MONTHS, "1 2 3")
    assert caught.value.code == "months"


def _csv(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _places(result: ImportResult) -> list[tuple[str, str, int | None, str]]:
    return [(one.code, one.where.file, one.where.row, one.where.field) for one in result.problems]


@pytest.mark.usefixtures("demo_economy")
def test_the_heading_says_the_unit(tmp_path: Path) -> None:
    _csv(
        tmp_path, "budget-a.csv",
        "body,year,line,unit,activity,amount_ore,profile",
        "ks,2024,fees,hr,905,150,even",
    )  # fmt: skip
    _csv(
        tmp_path, "budget-b.csv",
        "Organ;År;Rad;Enhet;Verksamhet;Belopp (kr);Fördelning över året",
        "ks;2024;sales;kansli;905;1,50;jämnt över året",
    )  # fmt: skip
    assert import_dataset(tmp_path, by=BY).problems == ()
    rows = BudgetAmount.objects.all().current().filter(year=2024, activity="905")
    assert set(rows.filter(amount_ore=150).values_list("line", "unit__key")) == {
        ("fees", "hr"),
        ("sales", "kansli"),
    }


@pytest.mark.usefixtures("demo_economy")
def test_a_table_of_codes_is_one_event(tmp_path: Path) -> None:
    before = history.recent().count()
    rows = [f"2031,account,{number},Konto {number},,," for number in range(3000, 5500)]
    _csv(tmp_path, "coding-2031.csv", "year,dimension,key,name,parent,unit,body", *rows)
    result = import_dataset(tmp_path, by=BY)
    assert (result.problems, result.rows_changed) == ((), 2500)
    assert CodingValue.objects.filter(year=2031).count() == 2500
    assert history.recent().count() == before + 2  # the codes, and the import
    assert import_dataset(tmp_path, by=BY).rows_changed == 0


@pytest.mark.usefixtures("demo_economy")
def test_an_amount_that_changes_keeps_what_it_was(tmp_path: Path) -> None:
    _csv(
        tmp_path, "budget.csv",
        "body,year,line,unit,activity,amount_ore,profile",
        "ks,2031,fees,hr,,100,even",
        "ks,2031,sales,hr,,200,even",
    )  # fmt: skip
    import_dataset(tmp_path, by=BY)
    _csv(
        tmp_path, "budget.csv",
        "body,year,line,unit,activity,amount_ore,profile",
        "ks,2031,fees,hr,,150,even",
        "ks,2031,sales,hr,,200,even",
    )  # fmt: skip
    assert import_dataset(tmp_path, by=BY).rows_changed == 1
    rows = BudgetAmount.objects.filter(year=2031, line="fees").order_by("recorded_at")
    assert [(row.amount_ore, row.superseded_at is None) for row in rows] == [(100, False), (150, True)]
    told = history.recent(kind=EventKind.BUDGET_SET)[0]
    assert told.data == {"rows": [["fees", "hr", "", "", 100, 150, "even"]]}


@pytest.mark.usefixtures("demo_economy")
def test_a_row_that_is_left_out_stays(tmp_path: Path) -> None:
    before = FrameAmount.objects.all().current().count()
    _csv(tmp_path, "frame_amounts.csv", "frame,column,amount_ore", "2020-ks-ram,frame,-5")
    assert import_dataset(tmp_path, by=BY).rows_changed == 1
    standing = FrameAmount.objects.all().current()
    assert standing.count() == before
    assert standing.get(decision__key="2020-ks-ram", column="frame").amount_ore == -5


@pytest.mark.usefixtures("demo_economy")
def test_every_fault_has_its_place(tmp_path: Path) -> None:
    """Faults of all the tables at once, each said once, and nothing changed."""
    _csv(
        tmp_path, "budget.csv",
        "body,year,line,unit,activity,frame,amount_ore,profile,months",
        "ks,2024,costs,hr,905,,-100,even,",
        "ks,2024,konsulter,hr,905,,-100,even,",
        "ks,2024,consultants,hr-x,905,,-100,even,",
        "ks,2024,consultants,hr,99999,,-100,even,",
        "ks,2024,grants,hr,905,,-100,manual,1 1 1 1 1 1 1 1 1 1 1 1",
        "ks,2024,premises,hr,905,,-100,even,0 0 0 0 0 0 0 0 0 0 0 0",
        "ks,2024,sales,hr,905,2020-ks-ram,100,even,",
        "ks,2024,fees,hr,905,,12.5,even,",
    )  # fmt: skip
    _csv(
        tmp_path, "coding-2024.csv",
        "year,dimension,key,name,parent,unit,body",
        "2024,account,x1,Ett,x2,,",
        "2024,account,x2,Två,x1,,",
        "2024,account,x3,Tre,finns-inte,,",
        "2024,konton,x4,Fyra,,,",
        "2024,account,x3,Tre igen,,,",
    )  # fmt: skip
    (tmp_path / "frames.yaml").write_text(
        "- {key: 2024-ny, body: ks, year: 2024, original: true, date: 2024-03-01, text: Ny ram}\n",
        encoding="utf-8",
    )
    _csv(tmp_path, "frame_amounts.csv", "frame,column,amount_ore", "2024-ks-ram,potten,-5", "okand,frame,-5")
    _csv(
        tmp_path, "forecasts.csv",
        "body,round,line,unit,activity,amount_ore,explanation",
        "ks,2024-juli,fees,hr,905,1,",
        "ks,2024-bokslut,result,hr,905,1,",
    )  # fmt: skip
    _csv(
        tmp_path, "registers.csv",
        "register,key,body,year,name,goal",
        "potter,en,ks,2024,En,",
        "pots,tva,ks,2024,Två,finns-inte",
    )  # fmt: skip
    _csv(
        tmp_path, "register_amounts.csv",
        "register,item,round,measure,amount_ore,count,source",
        "pots,digitaliseringspott,2024-bokslut,reserved,,5,Bok",
        "pots,digitaliseringspott,2024-bokslut,initiatives_done,500,,Bok",
        "pots,digitaliseringspott,2024-bokslut,fyra,5,,Bok",
        "pots,saknas,2024-bokslut,reserved,5,,Bok",
    )  # fmt: skip
    _csv(
        tmp_path, "projects.csv",
        "key,body,kind,name,code,spent_before_ore,spent_before_source",
        "nytt-a,ks,committee,A,9901,,",
        "nytt-b,ks,committee,B,9901,,",
        "nytt-c,ks,slott,C,,,",
        "nytt-d,ks,committee,D,,5,",
    )  # fmt: skip
    _csv(
        tmp_path, "project_amounts.csv",
        "project,year,kind,flow,round,amount_ore",
        "nytt-a,2024,forecast,expense,,-5",
        "nytt-a,2024,budget,expense,2024-bokslut,-5",
        "nytt-a,2023,forecast,expense,2024-bokslut,-5",
        "nytt-x,2024,budget,expense,,-5",
    )  # fmt: skip
    _csv(tmp_path, "project_phases.csv", "project,round,phase", "nytt-a,2024-bokslut,slutet")
    before = exporting.files()
    result = import_dataset(tmp_path, by=BY)
    assert _places(result) == [
        ("line", "budget.csv", 2, "line"),
        ("economy", "budget.csv", 3, "line"),
        ("reference", "budget.csv", 4, "unit"),
        ("reference", "budget.csv", 5, "activity"),
        ("months", "budget.csv", 6, "months"),
        ("months", "budget.csv", 7, "months"),
        ("year", "budget.csv", 8, "frame"),
        ("money", "budget.csv", 9, "amount_ore"),
        ("circle", "coding-2024.csv", 2, "parent"),
        ("reference", "coding-2024.csv", 4, "parent"),
        ("choice", "coding-2024.csv", 5, "dimension"),
        ("duplicate", "coding-2024.csv", 6, "year"),
        ("reference", "forecasts.csv", 2, "round"),
        ("line", "forecasts.csv", 3, "line"),
        ("economy", "frame_amounts.csv", 2, "column"),
        ("reference", "frame_amounts.csv", 3, "frame"),
        ("decision", "frames.yaml", 1, "decision_date"),
        ("duplicate", "frames.yaml", 1, "original"),
        ("either", "project_amounts.csv", 2, "round"),
        ("either", "project_amounts.csv", 3, "round"),
        ("year", "project_amounts.csv", 4, "round"),
        ("reference", "project_amounts.csv", 5, "project"),
        ("economy", "project_phases.csv", 2, "phase"),
        ("code", "projects.csv", 3, "code"),
        ("economy", "projects.csv", 4, "kind"),
        ("source", "projects.csv", 5, "spent_before_source"),
        ("either", "register_amounts.csv", 2, "amount_ore"),
        ("either", "register_amounts.csv", 3, "count"),
        ("economy", "register_amounts.csv", 4, "measure"),
        ("reference", "register_amounts.csv", 5, "item"),
        ("economy", "registers.csv", 2, "register"),
        ("reference", "registers.csv", 3, "goal"),
    ], "\n".join(map(str, result.problems))
    assert [str(one) for one in result.problems if not one.remedy] == []
    assert exporting.files() == before


@pytest.mark.usefixtures("demo_economy")
def test_a_faulty_economy_model_is_one_fault(tmp_path: Path) -> None:
    """What rests on the model is not complained of: the model is."""
    (tmp_path / "economy_models").mkdir()
    (tmp_path / "economy_models" / "egen.yaml").write_text("name: Egen\nlinez: []\n", encoding="utf-8")
    (tmp_path / "economy_years.yaml").write_text(
        "- {year: 2031, model: egen}\n- {year: 2032, model: finns-inte}\n", encoding="utf-8"
    )
    _csv(
        tmp_path, "budget.csv",
        "body,year,line,unit,activity,amount_ore,profile",
        "ks,2031,egen_rad,hr,,100,even",
    )  # fmt: skip
    assert _places(import_dataset(tmp_path, by=BY)) == [
        ("model", "economy_models/egen.yaml", None, "linez"),
        ("model", "economy_years.yaml", 2, "model"),
    ]
    assert document(2031) is None


@pytest.mark.django_db
def test_without_any_economy_model(tmp_path: Path) -> None:
    _csv(tmp_path, "coding.csv", "year,dimension,key", "2024,account,5011")
    _csv(
        tmp_path, "restatements.csv",
        "key,body,year,line,amount_ore,reason",
        "flytt,ks,2024,fees,1,Flytten",
    )  # fmt: skip
    assert _places(import_dataset(tmp_path, by=BY)) == [
        ("reference", "restatements.csv", 2, "body"),
        ("model", "restatements.csv", 2, "year"),
    ]


@pytest.mark.usefixtures("demo_economy")
def test_amounts_stand_in_kronor_in_a_workbook() -> None:
    book = Sheets()
    assert book.sheets["Rambelopp"][0] == ["Rambeslut", "Kolumn", "Belopp (kr)"]
    book.spoil("frame_amounts", "amount_ore", "-748 300 000,01", frame="2024-ks-ram", column="frame")
    book.spoil("frame_amounts", "amount_ore", "0,001", frame="2024-ks-ram", column="reserve")
    result = import_dataset(("bok.xlsx", book.workbook()), by=BY, dry_run=True)
    assert [(one.code, one.where.field) for one in result.problems] == [("money", "Belopp (kr)")]
    changed = [row for table in result.changes for row in table.rows if row.key == "2024-ks-ram, frame"]
    assert [(one.before, one.after) for one in changed[0].fields] == [
        ("−748\u00a0300\u00a0000,00\u00a0kr", "−748\u00a0300\u00a0000,01\u00a0kr")
    ]


@pytest.mark.usefixtures("demo_economy")
def test_the_demo_holds_its_economy() -> None:
    """Every row of the demo's files stands, and the adjusted frame is the detailed budget, to the öre."""
    held = {table.key: len(rows) for table, rows in _files().items()}
    assert held["coding"] == CodingValue.objects.count()
    assert held["budget"] == BudgetAmount.objects.all().current().count()
    assert held["forecasts"] == ForecastAmount.objects.all().current().count()
    assert held["project_amounts"] == ProjectAmount.objects.all().current().count()
    budget: dict[int, int] = defaultdict(int)
    for row in BudgetAmount.objects.all().current().filter(body__key="ks"):
        budget[row.year] += row.amount_ore
    frame: dict[int, int] = defaultdict(int)
    for amount in FrameAmount.objects.all().current().filter(column="frame").select_related("decision"):
        frame[amount.decision.year] += amount.amount_ore
    assert {year: budget[year] for year in frame} == dict(frame)
    original = FrameAmount.objects.all().current().get(decision__key="2024-ks-ram", column="frame")
    assert original.amount_ore == -74_830_000_000  # the yearly report: 748,3 miljoner kronor
    assert round(frame[2024] / 10_000_000) == -8183  # and 818,3 after the year's adjustments


def _files() -> dict[object, list[dict[str, str]]]:
    from uppsikt.exchange.rules.tables import table_named

    found: dict[object, list[dict[str, str]]] = defaultdict(list)
    for path in sorted(DATA.glob("*.csv")):
        table = table_named(path.stem)
        assert table is not None
        found[table] += csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.usefixtures("demo_economy")
@pytest.mark.parametrize("form", ["folder", "workbook"])
def test_economy_models_go_out_and_in(tmp_path: Path, form: str) -> None:
    first = {year: document(year) for year in (2020, 2024)}
    target = tmp_path / ("ut.xlsx" if form == "workbook" else "ut")
    exporting.export_dataset(target)
    if form == "folder":
        written = yaml.safe_load((target / "economy_models" / "2020.yaml").read_text(encoding="utf-8"))
        assert list(written)[:2] == ["name", "dimensions"]
    emptied()
    assert import_dataset(target, by=BY).problems == ()
    assert {year: document(year) for year in first} == first
