"""The oversight page as a board member reads it: who stands worst, why, and what has changed."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests import build
from uppsikt.accounts.selectors import by_key
from uppsikt.config.warming import warm
from uppsikt.control.actions.controls import save_group_control
from uppsikt.control.actions.mitigations import save_mitigation
from uppsikt.control.actions.risks import assess_risk, save_risk
from uppsikt.control.rules.words import Stage
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.actions import move_round
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.followup.actions import report_status
from uppsikt.followup.selectors import items
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Role
from uppsikt.oversight.selectors import board
from uppsikt.planning.actions.assignments import save_assignment

pytestmark = pytest.mark.django_db
PAGE = "/oversight/?round=2025-augusti"
ASSIGNMENTS, RISKS = 1, 5


def cells(answer: Any) -> dict[str, list[str]]:
    """Each body's cells as words, by its name, in the order of the page."""
    body = answer.content.decode().split("<tbody", 1)[1].split("</tbody>", 1)[0]
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL):
        name = re.search(r'board__name">(.*?)<', row)
        assert name
        squares = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        found[html.unescape(name[1])] = [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", square)).split()) for square in squares
        ]
    return found


def say(key: str, round_: str, status: str) -> None:
    """Report an assignment's status in a round."""
    told = cycle.round_by_key(round_)
    item = items().get(key=key)
    assert told
    scale = cycle.model_for(told.year_id).status_scale(told.kind)
    report_status(item=item, round_=told, status=status, comment="", scale=scale, label="Uppdrag", by=SYSTEM)


@pytest.fixture
def world() -> None:
    """Two committees, a company and a joint authority with an assignment each, in a round of August 2025."""
    build.year(number=2025)
    april = build.reporting_round(key="2025-april", of=2025, kind="interim", cutoff="2025-04-30")
    build.reporting_round(key="2025-augusti", of=2025, kind="interim", cutoff="2025-08-31")
    told = {
        "bolag": ("Bergviks Bostäder AB", "company_board", "done", dt.date(2025, 6, 1)),
        "arkiv": ("Arkivnämnden", "committee", "not_done", dt.date(2025, 12, 1)),
        "bad": ("Badnämnden", "committee", "on_track", dt.date(2025, 6, 1)),
        "forbund": ("Räddningsförbundet", "joint_authority", "on_track", dt.date(2025, 12, 1)),
    }
    for key, (name, kind, status, deadline) in told.items():
        body = build.body(key=key, kind=kind, name=name)
        save_assignment(
            key=f"u-{key}", year=2025, body=body, title="Ägardirektiv", deadline=deadline, by=SYSTEM
        )
        say(f"u-{key}", "2025-augusti", status)
    say("u-arkiv", "2025-april", "on_track")
    say("u-bolag", "2025-april", "not_done")
    move_round(round_=april, state=RoundState.CLOSED, by=SYSTEM)
    build.body(key="tom", name="Tomma nämnden")


@pytest.fixture
def reader(world: None, client: Client) -> Client:
    client.force_login(build.person(key="lasare", role=Role.READER))
    return client


def test_the_worst_stands_first_and_companies_among_the_committees(reader: Client) -> None:
    found = cells(reader.get(PAGE))
    assert list(found) == ["Badnämnden", "Arkivnämnden", "Bergviks Bostäder AB", "Räddningsförbundet"]


def test_each_cell_says_how_it_stands_and_what_has_changed_since_the_last_round(reader: Client) -> None:
    found = {name: squares[ASSIGNMENTS] for name, squares in cells(reader.get(PAGE)).items()}
    assert found == {
        "Badnämnden": "Uppdrag 1 försenat 0 av 1 klara ny",
        "Arkivnämnden": "Uppdrag 1 blir inte klart 0 av 1 klara sämre",
        "Bergviks Bostäder AB": "Uppdrag Klara 1 av 1 klara bättre",
        "Räddningsförbundet": "Uppdrag I fas 0 av 1 klara ny",
    }


def test_a_cell_with_nothing_to_judge_says_why(reader: Client) -> None:
    squares = cells(reader.get(PAGE))["Arkivnämnden"]
    assert squares[0] == "Mål – inga mål"
    assert squares[2] == "Mot budget – ingen ekonomimodell"


def test_a_cell_leads_to_the_list_it_counts(reader: Client) -> None:
    text = html.unescape(reader.get(PAGE).content.decode())
    address = "/assignments/?body=bad&round=2025-augusti&only=overdue"
    assert f'href="{address}"' in text
    assert "Badnämnden" in reader.get(address).content.decode()


def test_the_page_follows_what_is_reported(reader: Client) -> None:
    reader.get(PAGE)
    say("u-bad", "2025-augusti", "done")
    found = cells(reader.get(PAGE))
    assert found["Badnämnden"][ASSIGNMENTS] == "Uppdrag Klara 1 av 1 klara ny"
    assert next(iter(found)) == "Arkivnämnden"


def test_what_is_held_is_read_anew_when_the_model_or_the_bodies_change(reader: Client) -> None:
    reader.get(PAGE)
    tom = organisation.body("tom")
    assert tom
    save_assignment(key="u-tom", year=2025, body=tom, title="Nytt", deadline=dt.date(2025, 5, 1), by=SYSTEM)
    assert "Tomma nämnden" in cells(reader.get(PAGE))


def test_what_a_row_is_moved_from_is_read_again_too(reader: Client) -> None:
    reader.get(PAGE)
    tom = organisation.body("tom")
    assert tom
    save_assignment(
        key="u-bad", year=2025, body=tom, title="Ägardirektiv", deadline=dt.date(2025, 6, 1), by=SYSTEM
    )
    assert "Badnämnden" not in cells(reader.get(PAGE))


def test_what_is_settled_for_a_group_of_controls_makes_every_body_be_read_again(reader: Client) -> None:
    reader.get(PAGE)
    with patch.object(board, "read", wraps=board.read) as reading:
        save_group_control(key="g-1", year=2025, body=organisation.body("bad"), name="Attest", by=SYSTEM)
        reader.get(PAGE)
    assert reading.call_args_list[0].args[2:] == ()


def test_what_is_read_when_the_process_starts_is_not_read_again(reader: Client) -> None:
    warm()
    with patch.object(board, "read", wraps=board.read) as reading:
        reader.get(PAGE)
    assert [len(call.args) for call in reading.call_args_list] == [3]  # the shown bodies' earlier round alone


def test_a_mitigation_is_counted_for_the_body_whose_risk_it_answers(reader: Client) -> None:
    bad, arkiv = organisation.body("bad"), organisation.body("arkiv")
    risk, _new = save_risk(key="r-1", year=2025, body=bad, process="Bad", title="Halka", by=SYSTEM)
    assess_risk(risk=risk, stage=Stage.BEFORE, likelihood=4, consequence=4, by=SYSTEM)
    assert cells(reader.get(PAGE))["Badnämnden"][RISKS].startswith("Höga risker 1 utan åtgärd")
    values = {"key": "g-1", "year": 2025, "body": arkiv, "title": "Salta", "by": SYSTEM}
    with patch.object(board, "read", wraps=board.read) as reading:
        save_mitigation(risk=risk, **values)
        assert "utan åtgärd" not in cells(reader.get(PAGE))["Badnämnden"][RISKS]
    assert reading.call_args_list[0].args[2] == {bad.pk, arkiv.pk}
    other, _new = save_risk(key="r-2", year=2025, body=arkiv, process="Arkiv", title="Fukt", by=SYSTEM)
    save_mitigation(risk=other, **values)
    assert "utan åtgärd" in cells(reader.get(PAGE))["Badnämnden"][RISKS]


def test_what_no_cell_is_made_of_makes_nothing_be_read_again(reader: Client) -> None:
    reader.get(PAGE)
    with patch.object(board, "read", wraps=board.read) as reading:
        build.person(key="ny-anvandare")
        reader.get(PAGE)
    assert reading.call_count == 0


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("&only=bad", ["Badnämnden"]),
        ("&only=warn", ["Badnämnden", "Arkivnämnden"]),
        ("&only=empty", ["Tomma nämnden"]),
        ("&kind=company_board", ["Bergviks Bostäder AB"]),
        ("&q=nämnden", ["Badnämnden", "Arkivnämnden"]),
        (
            "&sort=name",
            ["Arkivnämnden", "Badnämnden", "Bergviks Bostäder AB", "Räddningsförbundet"],
        ),
        (
            "&sort=assignments",
            ["Badnämnden", "Arkivnämnden", "Bergviks Bostäder AB", "Räddningsförbundet"],
        ),
    ],
)
def test_filters_and_sorting_are_in_the_address(reader: Client, query: str, names: list[str]) -> None:
    assert list(cells(reader.get(PAGE + query))) == names


def test_a_search_without_answer_says_what_to_do(reader: Client) -> None:
    assert "Ta bort något av det du filtrerar på" in reader.get(f"{PAGE}&q=finns+inte").content.decode()


def test_one_sees_only_the_bodies_that_one_may_read(world: None, client: Client) -> None:
    body = organisation.body("arkiv")
    client.force_login(build.person(key="egen", role=Role.READER, at=body))
    assert list(cells(client.get(PAGE))) == ["Arkivnämnden"]
    [sheet] = workbook(client.get("/oversight/uppsikt.xlsx?round=2025-augusti"))
    assert "Badnämnden" not in str(sheet)


def workbook(answer: Any) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names[-1:]]


def test_the_workbook_holds_what_the_filters_leave(reader: Client) -> None:
    [sheet] = workbook(reader.get("/oversight/uppsikt.xlsx?round=2025-augusti&only=warn"))
    told = [row for row in sheet if row and row[0] in ("Badnämnden", "Arkivnämnden", "Bergviks Bostäder AB")]
    assert [row[:4] for row in told] == [["Badnämnden", "nämnd", 1, 0], ["Arkivnämnden", "nämnd", 0, 1]]
    assert "1 försenat: 0 av 1 klara" in told[0]
    assert "rött" in told[0]


def test_before_anything_is_loaded_the_page_says_what_will_stand_there(client: Client, db: None) -> None:
    client.force_login(build.person(key="lasare", role=Role.READER))
    assert "Inget att ha uppsikt över än" in client.get("/oversight/").content.decode()


def test_the_page_takes_as_many_queries_for_many_bodies_as_for_few(
    reader: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    from django.core.cache import cache

    def cold() -> object:
        cache.clear()
        return reader.get(PAGE)

    cold()
    few = count_queries(cold)
    for number in range(30):
        body = build.body(key=f"n{number}", name=f"Nämnd {number}")
        save_assignment(key=f"u{number}", year=2025, body=body, title="Plan", by=SYSTEM)
        say(f"u{number}", "2025-augusti", "on_track")
    assert count_queries(cold) <= few
    assert len(cells(reader.get(PAGE))) == 34


def test_the_demo_within_its_budget(
    demo_database: None, client: Client, query_budget: Callable[[str], AbstractContextManager[None]]
) -> None:
    person = by_key("central-controller")
    assert person
    client.force_login(person)
    client.get(PAGE)
    from django.core.cache import cache

    cache.clear()
    with query_budget("oversight:board"):
        answer = client.get(f"{PAGE}&body=all")
    assert answer.status_code == 200
    assert "Kommunstyrelsen" in cells(answer)
