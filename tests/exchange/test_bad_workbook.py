"""Thirty faults in a workbook give thirty messages, each at its own place, and nothing is changed."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.exchange.reading import BY, emptied
from tests.exchange.sheets import Error, Formula, Sheets
from uppsikt.exchange import exporting
from uppsikt.exchange.actions import import_dataset
from uppsikt.history import selectors as history
from uppsikt.organisation import selectors as organisation

pytestmark = pytest.mark.usefixtures("demo_database")


def spoilt() -> Sheets:
    """The demo with thirty faults of different kinds."""
    book = Sheets()
    outcome = {"body": "ks", "unit": None, "breakdown": None}
    # cells
    book.spoil("observations", "value", "sjuttio", indicator="oro-brottslighet", period="2022", **outcome)
    book.spoil("observations", "period", "2024-13", indicator="oro-brottslighet", period="2023", **outcome)
    book.spoil(
        "observations", "status", "kanske", indicator="servicematning-telefon", period="2022", **outcome
    )
    book.spoil(
        "observations",
        "value",
        Formula("=70+1"),
        indicator="servicematning-telefon",
        period="2023",
        **outcome,
    )
    book.spoil("observations", "value", Error("=NA()"), indicator="arbetsplatskvot", period="2022", **outcome)
    book.spoil("observations", "preliminary", "kanske", indicator="arbetsplatskvot", period="2023", **outcome)
    book.spoil("rounds", "opens", "2/1 2025", key="2024-bokslut")
    book.spoil("plans", "decision_date", "2023-02-30", year=2024)
    book.spoil("people", "email", "malin", key="controller")
    book.spoil("goals", "name", None, key="2024-foretagsklimat")
    book.spoil("goals", "key", "2024 Öka trygghet", key="2024-trygghet-delaktighet")
    book.spoil("roles", "role", "chef", person="secretary")
    book.spoil("uses", "lag_years", "ett", key="2024-arbetsplatskvot")
    # rows against each other
    book.again("people", {"key": "ny-person"}, key="reader")
    book.again("indicators", {"name": "Igen"}, key="budgethallning")
    book.again("bodies", {"valid_from": dt.date(2022, 1, 1)}, key="kf")
    book.spoil("units", "valid_to", dt.date(2018, 1, 1), key="hr")
    book.spoil("roles", "unit", "hr", person="approver")
    book.spoil("uses", "section", "personal", key="2024-bostadsratter-aganderatter")
    book.spoil("targets", "kind", "interval", use="2024-budgethallning", role="milestone")
    book.spoil("targets", "value", None, use="2024-hyresratter", role="milestone")
    # references
    book.spoil("observations", "indicator", "finns-inte", indicator="gronyta-800m", period="2022", **outcome)
    book.spoil("goals", "parent", "2025-kf-klimatpaverkan", key="2024-klimatpaverkan")
    # the steering model
    book.spoil("years", "model", "egen-modell", year=2019)
    book.spoil("goals", "level", "delmal", key="2024-bostadsbyggande")
    book.spoil("statuses", "status", "ongoing", round="2020-mars", item="2020-godstrafikplan")
    book.spoil("assessments", "step", "superbra", goal="2025-klimatpaverkan", round="2025-augusti")
    book.spoil("indicator_reports", "reason", None, use="2024-gronyta-800m", round="2024-bokslut")
    # sheets and columns
    book.sheets["Personer"][0].append("Skostorlek")
    book.sheets["Anteckningar"] = [["Kom ihåg"], ["att ringa"]]
    return book


EXPECTED = sorted(
    [
        ("decimal", "Utfall", "Utfall"),
        ("period", "Utfall", "Period"),
        ("choice", "Utfall", "Läge"),
        ("formula", "Utfall", "Utfall"),
        ("formula", "Utfall", "Utfall"),
        ("boolean", "Utfall", "Preliminärt"),
        ("date", "Uppföljningar", "Öppnar"),
        ("date", "Planer", "Beslutsdatum"),
        ("email", "Personer", "E-postadress"),
        ("required", "Mål", "Namn"),
        ("key", "Mål", "Nyckel"),
        ("choice", "Roller", "Roll"),
        ("integer", "Indikatorer i planen", "Eftersläpning i år"),
        ("address", "Personer", "E-postadress"),
        ("duplicate", "Indikatorer", "Nyckel"),
        ("overlap", "Organ", "Gäller från"),
        ("order", "Enheter", "Gäller till"),
        ("either", "Roller", "Enhet"),
        ("either", "Indikatorer i planen", "Mål"),
        ("value", "Målvärden", "Övre värde"),
        ("value", "Målvärden", "Värde"),
        ("reference", "Utfall", "Indikator"),
        ("year", "Mål", "Under målet"),
        ("model", "År", "Styrmodell"),
        ("steering", "Mål", "Nivå"),
        ("steering", "Status", "Status"),
        ("steering", "Målbedömningar", "Bedömning"),
        ("reason", "Bedömda indikatorer", "Skäl"),
        ("unknown-column", "Personer", "Skostorlek"),
        ("unknown-sheet", "Anteckningar", ""),
    ]
)


@pytest.mark.parametrize("loaded", [True, False], ids=["over the same data", "into an empty database"])
def test_thirty_faults_give_thirty_messages(loaded: bool) -> None:
    content = spoilt().workbook()
    if not loaded:
        emptied()
    before = (exporting.files(), history.recent().count())
    result = import_dataset(("fel.xlsx", content), by=BY)
    found = sorted(
        (one.code, one.where.file.removeprefix("fel.xlsx, bladet "), one.where.field)
        for one in result.problems
    )
    assert found == EXPECTED, "\n".join(map(str, result.problems))
    assert len(result.problems) == 30
    assert (exporting.files(), history.recent().count()) == before
    assert loaded or organisation.municipality() is None


def test_every_message_says_where_and_what_to_do() -> None:
    result = import_dataset(("fel.xlsx", spoilt().workbook()), by=BY, dry_run=True)
    assert [str(one) for one in result.problems if not one.remedy] == []
    placed = [one for one in result.problems if one.code != "unknown-sheet"]
    assert [str(one) for one in placed if one.where.row is None or not one.where.field] == []
    texts = [str(one) for one in result.problems]
    assert "fel.xlsx, bladet Utfall" in "\n".join(texts)
    assert len(set(texts)) == len(texts)


def test_unspoilt_it_changes_nothing() -> None:
    result = import_dataset(("rätt.xlsx", Sheets().workbook()), by=BY)
    assert (result.problems, result.rows_changed) == ((), 0)
