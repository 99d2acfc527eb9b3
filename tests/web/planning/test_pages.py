"""A goal, an indicator, an assignment, and the list of assignments."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests import build
from uppsikt.history.rules import SYSTEM, Actor
from uppsikt.kernel import clock
from uppsikt.organisation.rules import Role
from uppsikt.planning import selectors
from uppsikt.planning.actions import assignments, goals, indicators, plans

pytestmark = pytest.mark.django_db
Budget = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def world(client: Client) -> SimpleNamespace:
    made = build.small_world()
    client.force_login(build.person(role=Role.CONTROLLER, at=made.board))
    return made


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_goal_shows_what_was_assessed_and_what_the_rule_proposed(
    client: Client, world: SimpleNamespace
) -> None:
    goals.assess(
        goal=world.goal, round_=world.rounds.year_end, body=world.board, step="high", proposed="not",
        rationale="Mycket har gjorts.", by=SYSTEM,
    )  # fmt: skip
    html = text(client, "/goals/2024-trygghet/")
    assert "Mycket har gjorts." in html
    assert "Regeln föreslog ej uppfyllt" in html


ASKED = "Bedömningen avviker nu från regeln och saknar motivering."


def test_an_assessment_that_a_corrected_outcome_left_behind_asks_for_its_reason(
    client: Client, world: SimpleNamespace
) -> None:
    """It agreed when it was made, so nobody was asked why."""

    def assess(rationale: str) -> None:
        goals.assess(
            goal=world.goal, round_=world.rounds.year_end, body=world.board, step="not", proposed="not",
            rationale=rationale, by=SYSTEM,
        )  # fmt: skip

    def unexplained() -> list[str]:
        view = selectors.snapshot(year=2024, round_=world.rounds.year_end, body=world.board)
        return [goal.goal.key for goal in view.unexplained]

    assess("")
    assert ASKED not in text(client, "/goals/2024-trygghet/")
    build.outcome(of=world.indicator, value="30", at=world.board, round_=world.rounds.year_end)
    html = text(client, "/goals/2024-trygghet/")
    assert ASKED in html
    assert 'href="/rounds/2024-bokslut/goals/2024-trygghet/"' in html
    assert unexplained() == ["2024-trygghet"]
    client.force_login(build.person(key="las", role=Role.READER, at=world.board))
    assert "Skriv motiveringen" not in text(client, "/goals/2024-trygghet/")
    assess("Utfallet rättades sent.")
    assert unexplained() == []


def test_a_superseded_assessment_is_struck_out(client: Client, world: SimpleNamespace) -> None:
    for step in ("not", "partly"):
        goals.assess(
            goal=world.goal,
            round_=world.rounds.year_end,
            body=world.board,
            step=step,
            rationale="Skäl.",
            by=SYSTEM,
        )
    assert "row--removed" in text(client, "/goals/2024-trygghet/")


def test_the_councils_goal_lists_the_answers_one_may_read(client: Client, world: SimpleNamespace) -> None:
    build.goal(key="2024-natur", at=build.body(key="nsn"), parent=world.above, name="Naturen mår bra")
    html = text(client, f"/goals/{world.above.key}/")
    assert "Öka tryggheten" in html
    assert "Naturen mår bra" not in html


def test_an_indicator_tells_verdict_distance_and_origin(client: Client, world: SimpleNamespace) -> None:
    html = text(client, "/indicators/oro/")
    assert "Ej uppnått" in html
    assert "17 procentenheter kvar till målet" in html
    assert "Uppsikt" in html  # who registered it
    assert "<svg" in html
    assert 'aria-label="Oro för brott.' in html


def test_revisions_are_listed(client: Client, world: SimpleNamespace) -> None:
    build.outcome(of=world.indicator, period="2024", value="54.5", at=world.board, by=Actor("ek", "Vera Ek"))
    html = text(client, "/indicators/oro/")
    assert "54,5" in html
    assert "Vera Ek" in html
    assert "Ersatt 2025-09-10" in html


def test_it_can_be_read_as_known_on_a_day(client: Client, world: SimpleNamespace) -> None:
    later = dt.datetime(2025, 10, 1, 12, tzinfo=clock.STOCKHOLM)
    with clock.frozen(later):
        build.outcome(of=world.indicator, period="2024", value="54.5", at=world.board)
    assert "54,5" in text(client, "/indicators/oro/")
    then = text(client, "/indicators/oro/?moment=2025-09-30")
    assert "54,5" not in then
    assert "Så som det var känt den 30 september 2025" in then


def test_gender_is_told_apart_by_name_and_small_groups_are_hidden(
    client: Client, world: SimpleNamespace
) -> None:
    indicators.save_indicator(key="oro", small_group_limit=11, by=SYSTEM)
    for part, size in (("women", 40), ("men", 9)):
        build.outcome(
            of=world.indicator, value="50", breakdown=f"gender={part}", group_size=size, at=world.board
        )
    html = text(client, "/indicators/oro/")
    assert "Kvinnor" in html
    assert "för få" in html


@pytest.mark.parametrize("query", ["?moment=igår", "?round=nej", "?moment=0001-01-01"])
def test_odd_addresses_do_no_harm(client: Client, world: SimpleNamespace, query: str) -> None:
    text(client, f"/indicators/oro/{query}")


def test_a_use_of_another_indicator_is_not_found(client: Client, world: SimpleNamespace) -> None:
    build.indicator(key="annan")
    assert client.get("/indicators/annan/?use=2024-oro").status_code == 404


def test_another_bodys_indicator_is_nobodys_business(client: Client, world: SimpleNamespace) -> None:
    theirs = build.goal(key="2024-natur", at=build.body(key="nsn"), parent=world.above)
    build.use(under=theirs, of=build.indicator(key="deras"))
    assert client.get("/indicators/deras/").status_code == 404


def test_an_assignment_shows_its_whole_chain(client: Client, world: SimpleNamespace) -> None:
    assignments.report_status(
        assignment=world.assignment,
        round_=world.rounds.year_end,
        status="not_done",
        comment="Det drog ut.",
        by=SYSTEM,
    )
    build.year(number=2025)
    plans.roll_year(body=world.board, from_year=2024, to_year=2025, by=SYSTEM)
    html = text(client, "/assignments/2025-evenemang/")
    assert "Det drog ut." in html
    assert "Överflyttad från verksamhetsberättelse för 2024" in html
    assert 'href="/assignments/2024-evenemang/"' in html


def test_history_is_for_those_who_may_read_it(client: Client, world: SimpleNamespace) -> None:
    assert "ändrade uppdraget" in text(client, "/assignments/2024-evenemang/")
    client.force_login(build.person(key="las", role=Role.READER, at=world.board))
    assert "ändrade uppdraget" not in text(client, "/assignments/2024-evenemang/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True), ("?status=none", True), ("?status=done", False), ("?only=overdue", True), ("?only=carried", False),
        ("?responsible=ingen", False), ("?origin=council", False), ("?sort=-deadline", True), ("?sort=%22", True),
        ("?page=99", True),
    ],
)  # fmt: skip
def test_the_list_is_filtered_and_sorted_by_its_address(
    client: Client, world: SimpleNamespace, query: str, found: bool
) -> None:
    assert (
        "Fler evenemang" in text(client, f"/assignments/{query}").split('id="tabell-uppdrag"')[1]
    ) is found


def test_missing_values_are_sorted_last_both_ways(client: Client, world: SimpleNamespace) -> None:
    build.assignment(key="2024-utan-dag", at=world.board, title="Utan dag")
    for sort in ("deadline", "-title"):
        text(client, f"/assignments/?sort={sort}")


def test_pages_ask_a_constant_number_of_queries(
    client: Client, world: SimpleNamespace, query_budget: Budget
) -> None:
    for size in (1, 6):
        for place in range(size):
            build.assignment(key=f"2024-u{place}-{size}", at=world.board, goal=world.goal)
            build.outcome(of=world.indicator, period=f"{1990 + place + size}", value="1", at=world.board)
        for name, address in (
            ("planning:assignments", "/assignments/"), ("planning:goal", "/goals/2024-trygghet/"),
            ("planning:indicator", "/indicators/oro/"), ("planning:plan", "/plans/ks/2024/"),
        ):  # fmt: skip
            with query_budget(name):
                client.get(address)


def sheet_of(client: Client, address: str) -> list[list[object]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "uppdrag-2024-bokslut-" in answer.headers["Content-Disposition"]
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(1).to_python()


def test_the_list_is_taken_home_as_it_is_filtered(client: Client, world: SimpleNamespace) -> None:
    build.assignment(key="2024-formel", at=world.board, title="=1+1")
    assignments.report_status(
        assignment=world.assignment,
        round_=world.rounds.year_end,
        status="done",
        comment="Allt är gjort.",
        by=SYSTEM,
    )
    page = client.get("/assignments/?status=done").context["page"]
    assert page.workbook.href == "/assignments.xlsx?status=done"
    rows = sheet_of(client, page.workbook.href)
    assert [row[:5] for row in rows[3:5]] == [
        ["Uppdrag", "Nämnd", "Mål", "Status", "Kommentar"],
        ["Fler evenemang", "KS", "Öka tryggheten", "Klart", "Allt är gjort."],
    ]
    assert [row[0] for row in sheet_of(client, "/assignments.xlsx?sort=title")[4:6]] == [
        "=1+1",
        "Fler evenemang",
    ]
    assert client.get("/assignments/?status=nej").context["page"].workbook is None


def test_a_reader_takes_home_only_what_may_be_read(client: Client, world: SimpleNamespace) -> None:
    build.assignment(key="2024-natur", at=build.body(key="nsn"), title="Plantera träd")
    rows = sheet_of(client, "/assignments.xlsx?body=all")
    assert "Plantera träd" not in {row[0] for row in rows}
