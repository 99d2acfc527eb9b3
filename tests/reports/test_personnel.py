"""The personnel chapter: months over years, managers by gender, sick leave as the law asks for it, small groups.

Printed figures are held to the report in test_golden_2024.py; months, ages and managers are the demo's examples, which
must agree with what is printed around them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.reports.golden import blocks, facts, rows
from uppsikt.exchange.actions import import_dataset
from uppsikt.history.rules import Actor
from uppsikt.planning.models import Indicator, Observation
from uppsikt.reports import selectors
from uppsikt.reports.assembly import assemble, compose
from uppsikt.reports.blocks.statutory_sick_leave import TITLE

pytestmark = pytest.mark.usefixtures("demo_database")
BY = Actor("test", "Test")


def payload(report: str = "2024-bokslut-ks") -> dict[str, Any]:
    found = selectors.report(report)
    assert found is not None
    return compose(found)  # type: ignore[return-value]


def chapter(report: str = "2024-bokslut-ks") -> list[dict[str, Any]]:
    return blocks(payload(report), "personal")


def captioned(found: list[dict[str, Any]], caption: str) -> dict[str, Any]:
    return next(block for block in found if block.get("caption") == caption)


def test_sick_leave_month_by_month_has_a_line_for_each_of_four_years() -> None:
    chart = captioned(chapter(), "Sjukfrånvaro per månad (%)")
    assert chart["type"] == "line"
    assert [one["name"] for one in chart["series"]] == ["2021", "2022", "2023", "2024"]
    assert len(chart["x"]) == 12
    assert chart["series"][3]["values"][10:] == ["4.3", None]  # December was not ready
    assert chart["series"][2]["values"][10] is None  # November 2023 is not printed
    assert "2024: lägst 2,0 i juli, högst 4,3 i november" in chart["alt"]
    table = list(rows(chart["table"]))
    assert [row["month"]["text"] for row in table][:2] == ["januari", "februari"]
    assert table[10]["2024"]["text"] == "4,3"


def test_the_months_agree_with_what_is_printed_of_the_years() -> None:
    """The mean of a year's months is the printed yearly figure, within what a missing month may do; and of 2024 every
    month but January, against 2021, is at most that of the years before, as the report says."""
    chart = captioned(chapter(), "Sjukfrånvaro per månad (%)")
    months = {one["name"]: [Decimal(v) if v else None for v in one["values"]] for one in chart["series"]}
    known = [value for value in months["2022"] if value is not None]
    assert sum(known) / len(known) == Decimal("4.4")
    filled = [Decimal("4.3") if value is None else value for value in months["2023"]]  # "on the same level"
    assert abs(sum(filled) / 12 - Decimal("4.3")) < Decimal("0.05")
    higher = [
        (year, at + 1)
        for year in ("2021", "2022", "2023")
        for at, (new, old) in enumerate(zip(months["2024"], months[year], strict=True))
        if new is not None and old is not None and new > old
    ]
    assert higher == [("2021", 1)]


def test_employees_by_month_end_come_to_the_printed_december() -> None:
    chart = captioned(chapter(), "Antal anställda, månad för månad")
    assert {one["name"]: one["values"][-1] for one in chart["series"]} == {"2023": "420", "2024": "457"}


def test_managers_by_gender_stand_side_by_side_with_their_table() -> None:
    chart = captioned(chapter(), "Antal chefer efter kön")
    assert chart["type"] == "grouped"
    assert [one["name"] for one in chart["series"]] == ["Kvinnor", "Män"]
    for row in rows(chart["table"]):
        assert int(row["gender=women"]["text"]) + int(row["gender=men"]["text"]) == int(row["total"]["text"])
    assert "Demovärde" in chart["table"]["notes"]


def test_sick_leave_as_the_law_asks_for_it() -> None:
    """LKBR 11:6: in all, the share of 60 days or more (1.1 of 3.1 is 35.5 percent), by gender, by three ages."""
    table = captioned(chapter(), TITLE)
    told = {row["name"]["text"]: (row["2023"]["text"], row["2024"]["text"]) for row in rows(table)}
    golden = {row["group"]: (row["2023"], row["2024"]) for row in facts("personnel-2024")["sick_leave_year"]}
    assert told["Total sjukfrånvaro"] == golden["totalt"]
    assert told["Kvinnor"] == golden["kvinnor"]
    assert told["Män"] == golden["män"]
    assert told["varav 60 dagar eller mer, procent av sjukfrånvaron"] == ("55,8", "35,5")
    assert list(told)[4:] == ["29 år och yngre", "30–49 år", "50 år och äldre"]


def test_a_group_of_ten_is_not_told_and_neither_is_what_would_give_it_away() -> None:
    observed = Observation.objects.all().current().filter(indicator__key="sjukfranvaro", period="2024")
    observed.filter(breakdown="age=-29").update(group_size=10)
    table = captioned(chapter(), TITLE)
    told = {row["name"]["text"]: row["2024"]["text"] for row in rows(table)}
    assert told["29 år och yngre"] == "för få"
    assert told["50 år och äldre"] == "för få"  # the smaller of the two that would give it away
    assert told["30–49 år"] == "2,9"
    assert any("högst tio anställda" in note for note in table["notes"])


def test_a_group_of_eleven_is_told() -> None:
    observed = Observation.objects.all().current().filter(indicator__key="sjukfranvaro", period="2024")
    observed.filter(breakdown="age=-29").update(group_size=11)
    told = {row["name"]["text"]: row["2024"]["text"] for row in rows(captioned(chapter(), TITLE))}
    assert told["29 år och yngre"] == "2,2"


def test_without_the_laws_smallest_group_the_table_is_withheld() -> None:
    Indicator.objects.filter(key="sjukfranvaro").update(small_group_limit=5)
    found = chapter()
    assert not [block for block in found if block.get("caption") == TITLE]
    (note,) = [block for block in found if block["kind"] == "note"]
    assert "minsta grupp som visas till 11" in note["text"]


def test_the_law_asks_for_whole_years() -> None:
    assert not [block for block in chapter("2024-augusti-ks") if block.get("caption") == TITLE]


def test_a_stated_change_that_does_not_follow_is_asked_about(tmp_path: Any) -> None:
    """The yearly report 2024 prints 0,5 for a fall from 1,5 to 0,4."""
    (tmp_path / "indicator_reports.yaml").write_text(
        "- use: 2024-personal-sjukfranvaro-manad\n  round: 2024-bokslut\n  analysis: >-\n"
        "    Den längsta frånvaron sjönk med 0,5 procentenheter från 1,5 procent till 0,4 procent.\n",
        encoding="utf-8",
    )
    assert import_dataset(tmp_path, by=BY).problems == ()
    report = selectors.report("2024-bokslut-ks")
    assert report is not None
    asked = [gap.text for gap in assemble(report).gaps if gap.kind == "doubt"]
    assert any("Texten säger 0,5, men från 1,5 till 0,4 är det 1,1" in text for text in asked)
