"""Internal control in reports and in the plan of internal control: what the example municipality's documents print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, cast

import pytest

from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.rules.rounds import seen_on
from uppsikt.desk.pages.addresses import of_subjects
from uppsikt.history.rules import Actor
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.organisation import selectors as organisation
from uppsikt.oversight.selectors.board import standings
from uppsikt.publishing import selectors as publishing
from uppsikt.reports import selectors as reports
from uppsikt.reports.actions import adoption
from uppsikt.reports.actions.reports import ensure_report, save_outline
from uppsikt.reports.assembly import assemble, compose
from uppsikt.reports.pages.adopted import publication_page
from uppsikt.reports.selectors import Report
from uppsikt.typeset.payload import Payload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]
BY = Actor("tester", "Test")
SAMPLE = "Stickprov via manuell granskning"


def report(body: str, round_: str) -> Report:
    found, when = organisation.body(body), cycle.round_by_key(round_)
    assert found is not None
    assert when is not None
    return reports.report_or_new(found, when)


def plan(body: str, year: int) -> Report:
    found = organisation.body(body)
    assert found is not None
    return reports.plan_report_or_new(found, year, reports.CONTROL_PLAN)


def blocks(payload: Payload, chapter: str, kind: str) -> list[dict[str, Any]]:
    held = next(one for one in payload["chapters"] if one["key"] == chapter)
    return [cast("dict[str, Any]", block) for block in held["blocks"] if block["kind"] == kind]


def lines(table: dict[str, Any]) -> Iterator[list[str]]:
    for row in table["rows"]:
        yield [cell["text"] if cell else "" for cell in row["cells"]]


def sampled(payload: Payload) -> dict[str, Any]:
    tables = blocks(payload, "kommungemensamma-kontroller", "table")
    return next(table for table in tables if table["caption"].startswith(SAMPLE))


def test_the_boards_report_has_every_committee_side_by_side_with_the_total_of_the_parts() -> None:
    table = sampled(compose(report("ks", "2024-bokslut")))
    rows = list(lines(table))
    assert len(rows) == 10
    total = rows[-1]
    assert total[0] == "Totalt"
    assert "59\N{NO-BREAK SPACE}%" in total
    assert total[3:5] == ["192", "79"]


def test_a_committees_report_has_its_own_part_only() -> None:
    rows = list(lines(sampled(compose(report("gan", "2024-bokslut")))))
    assert len(rows) == 1
    assert "23\N{NO-BREAK SPACE}%" in rows[0]


def test_a_total_of_percentages_says_that_it_is_as_reported() -> None:
    tables = blocks(compose(report("ks", "2024-bokslut")), "kommungemensamma-kontroller", "table")
    known = {table["caption"].split(",")[0]: table["notes"] for table in tables}
    said = [name for name, notes in known.items() if any("som den har rapporterats" in one for one in notes)]
    assert len(known) == 6
    assert len(said) == 3  # two of percentages only, and one where some committees share an amount
    assert not any(name.startswith(SAMPLE) for name in said)


def test_the_interim_report_has_the_interim_result() -> None:
    rows = list(lines(sampled(compose(report("ks", "2024-augusti")))))
    assert next(row for row in rows if row[0] == "Kommunstyrelsen")[1] == "50\N{NO-BREAK SPACE}%"


def test_the_actions_stand_with_status_and_comment_and_what_is_common_stands_once() -> None:
    table = blocks(compose(report("ks", "2024-bokslut")), "riskatgarder", "table")[0]
    statuses = [row[3] for row in lines(table)]
    assert sorted(statuses) == ["Ej klart i år"] * 3 + ["Klart"] * 3
    spans = [
        cell.get("rowspan") for row in table["rows"] for cell in row["cells"] if cell and cell.get("rowspan")
    ]
    assert spans == [2, 2]  # one process and its risk, with two actions


def test_the_summary_says_what_was_set_and_what_the_rule_proposes() -> None:
    found = blocks(compose(report("ks", "2024-bokslut")), "intern-kontroll", "fulfilment")
    assert len(found) == 1
    figures = blocks(compose(report("ks", "2024-bokslut")), "intern-kontroll", "key_figures")[0]["items"]
    told = {item["label"]: item["text"] for item in figures}
    assert told["Kontroller gjorda"] == "7 av 7"
    assert told["Åtgärder klara"] == "3 av 8"


def test_a_count_that_the_text_states_and_the_list_does_not_have_is_told_before_adoption() -> None:
    told = [gap.text for gap in assemble(report("ks", "2020-mars")).gaps if gap.kind == "doubt"]
    assert any("3" in text and "4" in text for text in told)


def test_the_plan_of_internal_control_is_written_printed_and_adopted_as_a_document() -> None:
    payload = compose(plan("ks", 2025))
    assert payload["document"]["kind"] == "plan"
    assert payload["document"]["title"] == "Internkontrollplan 2025"
    matrix = blocks(payload, "riskanalys", "table")[0]
    placed = sum(int(cell["value"]) for row in matrix["rows"] for cell in row["cells"][1:])
    risks = blocks(payload, "riskanalys", "table")[1]
    assert placed == len(risks["rows"])
    adopted = adoption.adopt(
        report=ensure_report(report=plan("ks", 2025), by=BY),
        decision=Decision("KS-2025/1", "Kommunstyrelsen", dt.date(2025, 2, 4), "12"),
        by=BY,
    )
    frozen = publishing.latest(reports.subject(plan("ks", 2025)))
    assert frozen is not None
    assert frozen.pk == adopted.pk
    assert publication_page(adopted).difference_href == "/reports/ks/2025/control-plan/difference/"
    written = reports.subject(plan("ks", 2025))
    assert of_subjects([written]) == {written: "/reports/ks/2025/control-plan/"}


def test_a_plan_for_the_year_and_one_of_internal_control_stand_side_by_side() -> None:
    body = organisation.body("ks")
    assert body is not None
    assert reports.plan_report_or_new(body, 2025).key != plan("ks", 2025).key


def test_all_bodies_stand_side_by_side_in_a_report_as_on_their_page() -> None:
    outline = [{"key": "uppsikt", "title": "Uppsikt", "level": 1, "blocks": [{"kind": "oversight_table"}]}]
    found = report("ks", "2024-bokslut")
    save_outline(report=ensure_report(report=found, by=BY), chapters=outline, by=BY)
    table = blocks(compose(found), "uppsikt", "table")[0]
    when = cycle.round_by_key("2024-bokslut")
    assert when is not None
    judged = standings(when, seen_on(when.state, when.cutoff, clock.today()))
    assert len(table["rows"]) == sum(one.judged for one in judged.values())
    red = [
        sum(one.get("symbol") == {"shape": "cross", "colour": "bad"} for one in row["cells"])
        for row in table["rows"]
    ]
    assert red == sorted(red, reverse=True)
    assert red[0] > 0
