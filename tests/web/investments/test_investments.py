"""The pages of projects, as an economist uses them."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import build
from tests.investments_world import THOUSAND, give, investments_world, project
from uppsikt.investments import selectors
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
LIST = "/investments/?round=2024-bokslut"


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return investments_world(settings, tmp_path)


@pytest.fixture
def economist(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(role=Role.ECONOMIST, at=world.board))
    return client


@pytest.fixture
def reader(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(key="lasare", role=Role.READER, at=world.board))
    return client


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def rows(answer: Any) -> list[list[str]]:
    """The table's rows as words."""
    text = answer.content.decode()
    body = text.split("<tbody", 1)[1].split("</table>", 1)[0]
    return [
        [
            " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    ]


def names(answer: Any) -> list[str]:
    return [row[0] for row in rows(answer)]


def test_the_list_shows_every_project_and_the_sum(economist: Client) -> None:
    answer = economist.get(LIST)
    assert answer.status_code == 200
    found = rows(answer)
    assert [row[0] for row in found] == [
        "Fiber IT", "Trygghetskameror", "Kommunhuset", "Norra industriområdet Västra", "Centrum Mellersta",
        "Summa 5 projekt",
    ]  # fmt: skip
    assert found[3][1:] == [
        "Planeringsprojekt", "Försenat", "−30 000", "−30 000", "–", "0", "30 000", "100 000", "30 %",
    ]  # fmt: skip
    # Used together: 220 900 of 1 492 000 for the three with a decided total.
    assert found[5][3:] == ["−135 600", "−110 555", "–", "25 045", "231 455", "1 492 000", "15 %"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=committee", ["Fiber IT", "Trygghetskameror", "Summa 2 projekt"]),
        ("phase=building", ["Centrum Mellersta", "Summa 1 projekt"]),
        ("area=west&kind=development", ["Norra industriområdet Västra", "Summa 1 projekt"]),
        ("schedule=late", ["Norra industriområdet Västra", "Summa 1 projekt"]),
        ("q=1003", ["Trygghetskameror", "Summa 1 projekt"]),
        ("group=IT", ["Fiber IT", "Summa 1 projekt"]),
        ("key=centre", ["Centrum Mellersta", "Summa 1 projekt"]),
    ],
)
def test_filters(economist: Client, query: str, expected: list[str]) -> None:
    assert names(economist.get(f"{LIST}&{query}")) == expected


def test_sorting_puts_what_is_missing_last_both_ways(economist: Client) -> None:
    up = names(economist.get(f"{LIST}&sort=decided"))
    down = names(economist.get(f"{LIST}&sort=-decided"))
    assert up[:3] == ["Norra industriområdet Västra", "Centrum Mellersta", "Kommunhuset"]
    assert down[:3] == ["Kommunhuset", "Centrum Mellersta", "Norra industriområdet Västra"]
    assert set(up[3:5]) == set(down[3:5]) == {"Fiber IT", "Trygghetskameror"}


def test_flow_shows_the_sales_side(economist: Client) -> None:
    found = rows(economist.get(f"{LIST}&flow=sales_net&key=north"))
    assert found[0][3:5] == ["55 000", "42 000"]


def test_a_filter_without_answer_says_so(economist: Client) -> None:
    assert "Inget motsvarar filtret" in economist.get(f"{LIST}&q=finns-inte").content.decode()


def test_the_whole_register_can_be_shown(economist: Client) -> None:
    answer = economist.get(f"{LIST}&register=all")
    assert "Gamla kajen Västra" in names(answer)


def test_two_hundred_projects_take_no_more_queries_than_five(
    economist: Client, world: SimpleNamespace, count_queries: Any
) -> None:
    economist.get(LIST)
    few = count_queries(lambda: economist.get(LIST))
    for number in range(60):
        row = project(f"more-{number}", world.board, "committee", f"Projekt {number}")
        give(row, "budget", "expense", 2024, -number)
    economist.get(LIST)
    assert count_queries(lambda: economist.get(LIST)) <= few


def test_workbook_has_every_row_with_figures_as_figures(economist: Client) -> None:
    answer = economist.get("/investments.xlsx?round=2024-bokslut&kind=development")
    assert "investeringar-2024-bokslut-ks.xlsx" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    sheet = book.get_sheet_by_index(1).to_python()
    north = next(row for row in sheet if row[0] == "Norra industriområdet")
    assert north[6:10] == ["Planeringsprojekt", "Försenat", -30000, -30000]


def test_a_project_shows_its_money_reports_and_vouchers(economist: Client) -> None:
    answer = economist.get("/investments/projects/cameras/?round=2024-bokslut")
    text = words(answer)
    assert "Överfört och justerat" in text
    assert "KS-2024/7, Kommunstyrelsen 2024-03-06 § 12" in text
    assert "−7 000 000,00" in text  # the largest voucher, kronor
    assert "Saldoöverföring" in text
    href = re.search(r'href="(/economy/vouchers/[^"]+)"', answer.content.decode())
    assert href is not None
    assert "Faktura 2" in words(economist.get(html.unescape(href[1])))


@pytest.mark.parametrize("key", ["fiber", "townhall", "north", "old"])
def test_every_project_can_be_opened_in_any_round(economist: Client, key: str) -> None:
    for round_ in ("2024-augusti", "2024-bokslut"):
        assert economist.get(f"/investments/projects/{key}/?round={round_}").status_code == 200


def test_cells_of_a_table_lead_to_the_projects_they_add_up(economist: Client) -> None:
    answer = economist.get("/investments/table/exploatering/?round=2024-bokslut")
    text = html.unescape(answer.content.decode())
    hrefs = re.findall(r'class="cell-link" href="(/investments/\?[^"]+)"', text)
    assert "/investments/?kind=development&phase=planning&flow=sales_net&round=2024-bokslut" in hrefs
    href = next(one for one in hrefs if "flow=expense" in one and "phase=building" in one)
    assert rows(economist.get(href))[-1][4] == "−100 000"


def test_table_of_another_source_or_none_is_not_here(economist: Client) -> None:
    assert economist.get("/investments/table/finns-inte/").status_code == 404


def test_portfolio_by_phase_and_area(economist: Client) -> None:
    text = economist.get("/investments/portfolio/?round=2024-bokslut").content.decode()
    assert "3 projekt med beslutad totalutgift" in text
    assert text.count('role="img"') >= 2
    assert "2 projekt saknar beslutad totalutgift" in text


# ---------------------------------------------------------------- forms


def posted(client: Client, address: str, **values: str) -> Any:
    """Send a form with the version that it shows."""
    shown = client.get(address).content.decode()
    version = re.search(r'name="version" value="([^"]*)"', shown)
    return client.post(address, {"version": version[1] if version else "", **values})


PROJECT = {
    "name": "Ny bro", "body": "ks", "kind": "development", "area": "west", "group": "", "code": "4001",
    "decided_total": "25 000,5", "spent_before": "", "spent_before_source": "", "guarantee_until": "",
    "decision_body": "Kommunfullmäktige", "decision_date": "2024-11-11", "decision_section": "8", "decision_case": "",
}  # fmt: skip


def test_a_project_is_added(economist: Client) -> None:
    answer = posted(economist, "/investments/new/", **PROJECT)
    assert answer.status_code == 302
    row = selectors.project("ks-ny-bro")
    assert row is not None
    assert (row.decided_total_ore, row.codes) == (2_500_050_000, ("4001",))
    assert str(row.decision) == "Kommunfullmäktige 2024-11-11 §\u00a08"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Benämning"),
        ({"code": "1001"}, "Koden 1001 hör redan till Fiber."),
        ({"decided_total": "mycket"}, "är inget tal"),
        ({"spent_before": "100"}, "Det upparbetade beloppet har ingen källa."),
        ({"kind": "finns-inte"}, "Projektslag"),
        ({"decided_total": "9" * 30}, "Beloppet är för stort"),
    ],
)
def test_faults_in_the_register_are_said_at_once(
    economist: Client, change: dict[str, str], said: str
) -> None:
    answer = posted(economist, "/investments/new/", **{**PROJECT, **change})
    assert answer.status_code == 422
    text = html.unescape(answer.content.decode())
    assert "Det här behöver rättas" in text
    assert said in text


def test_a_project_is_changed_and_the_change_stands_in_the_history(economist: Client) -> None:
    page = "/investments/projects/fiber/"
    answer = posted(economist, f"{page}change/", **{**PROJECT, "name": "Fiber i norr", "code": "1001"})
    assert answer.status_code == 302
    assert "ändrade projektet Fiber i norr" in economist.get(page).content.decode()
    timeline = economist.get("/history/")
    assert f'href="{page}"' in timeline.content.decode()
    assert "25 000 500 kr" in words(timeline)  # the decided total, in kronor


def test_nobody_overwrites_another_unseen(economist: Client, world: SimpleNamespace) -> None:
    address = "/investments/projects/fiber/change/"
    economist.get(address)
    first = posted(economist, address, **{**PROJECT, "code": "1001", "name": "Först"})
    assert first.status_code == 302
    late = economist.post(address, {"version": "1", **PROJECT, "code": "1001", "name": "Sedan"})
    assert late.status_code == 409
    assert selectors.project("fiber").name == "Först"  # type: ignore[union-attr]
    assert "Någon annan har sparat" in html.unescape(late.content.decode())


def test_removing_can_be_undone(economist: Client) -> None:
    address = "/investments/projects/fiber/"
    assert economist.post(f"{address}remove/").status_code == 302
    assert economist.get(address).status_code == 404
    assert f"{address}restore/" in economist.get(LIST).content.decode()
    assert economist.post(f"{address}restore/").status_code == 302
    assert economist.get(address).status_code == 200


def test_budget_and_plan_are_set_for_each_flow(economist: Client, world: SimpleNamespace) -> None:
    answer = posted(
        economist, "/investments/projects/fiber/amounts/2024/", **{
            "budget-2024-expense": "-6 000", "budget-2024-income": "250", "plan-2025-expense": "−1 000,5",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    found = {(one.kind, one.year, one.flow): one.amount_ore for one in selectors.amounts(world.fiber)}
    assert found == {
        ("budget", 2024, "expense"): -6_000 * THOUSAND,
        ("budget", 2024, "income"): 250 * THOUSAND,
        ("plan", 2025, "expense"): -100_050_000,
        ("forecast", 2024, "expense"): -5_000 * THOUSAND,
    }


def test_an_expense_is_written_with_a_minus(economist: Client) -> None:
    answer = posted(
        economist, "/investments/projects/fiber/amounts/2024/", **{"budget-2024-expense": "6 000"}
    )
    assert answer.status_code == 422
    assert "En utgift skrivs med minus" in answer.content.decode()


def test_unspent_budget_is_proposed_and_carried_over(economist: Client, world: SimpleNamespace) -> None:
    address = "/investments/projects/fiber/carry-over/2024/"
    shown = html.unescape(economist.get(f"{address}?round=2024-bokslut").content.decode())
    assert 'value="−2\u00a0039"' in shown
    without = posted(economist, address, flow="expense", amount="−2 039", decision_body="", decision_date="")
    assert without.status_code == 422
    done = posted(
        economist, address, flow="expense", amount="−2 000", decision_body="Kommunstyrelsen",
        decision_date="2025-03-05", decision_section="9", decision_case="",
    )  # fmt: skip
    assert done.status_code == 302
    carried = selectors.amounts(world.fiber).get(kind="carry_over")
    assert (carried.year, carried.amount_ore, carried.decision.section) == (2025, -2_000 * THOUSAND, "9")


def test_a_budget_is_adjusted_by_decision(economist: Client, world: SimpleNamespace) -> None:
    done = posted(
        economist, "/investments/projects/fiber/adjust/2024/", flow="expense", amount="1 000",
        decision_body="Kommunstyrelsen", decision_date="2024-06-05", decision_section="9", decision_case="",
    )  # fmt: skip
    assert done.status_code == 302
    found = rows(economist.get(f"{LIST}&key=fiber"))
    assert found[0][3] == "−4 500"


def test_a_project_is_reported_in_an_open_round(economist: Client, world: SimpleNamespace) -> None:
    address = "/investments/projects/north/report/2024-bokslut/"
    shown = economist.get(address).content.decode()
    assert '<option value="planning" selected>' in shown
    done = posted(
        economist, address, **{
            "phase": "building", "schedule": "stopped", "estimated_total": "120 000", "comment": "Överklagat.",
            "forecast-2024-expense": "−45 000", "forecast-2024-income": "10 000",
        },
    )  # fmt: skip
    assert done.status_code == 302
    page = words(economist.get("/investments/projects/north/?round=2024-bokslut"))
    for said in ("Stoppat", "Genomförandeprojekt", "Överklagat.", "Bedöms kosta 20 000 tkr mer än beslutat"):
        assert said in page
    earlier = economist.get("/investments/projects/north/?round=2024-augusti").content.decode()
    assert "Försenat" in earlier


def test_a_closed_round_takes_no_report(economist: Client, world: SimpleNamespace) -> None:
    from uppsikt.cycle import actions as cycle
    from uppsikt.cycle.rules.rounds import RoundState
    from uppsikt.history.rules import SYSTEM

    cycle.move_round(round_=world.august, state=RoundState.CLOSED, by=SYSTEM)
    answer = posted(
        economist, "/investments/projects/north/report/2024-augusti/", phase="building", schedule=""
    )
    assert answer.status_code == 422


# ---------------------------------------------------------------- who


def test_a_reader_sees_and_changes_nothing(reader: Client) -> None:
    assert reader.get(LIST).status_code == 200
    page = reader.get("/investments/projects/fiber/")
    assert page.status_code == 200
    for name in ("change/", "amounts/2024/", "carry-over/2024/", "adjust/2024/", "report/2024-bokslut/"):
        assert name not in page.content.decode()
        assert reader.get(f"/investments/projects/fiber/{name}").status_code == 403
    assert reader.get("/investments/new/").status_code == 403


def test_others_projects_are_not_there(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(key="annan", role=Role.ECONOMIST, at=world.other))
    assert client.get("/investments/projects/fiber/").status_code == 404
    answer = client.get(LIST)
    assert "Fiber" not in answer.content.decode()
    moved = client.post("/investments/new/", {**PROJECT, "version": ""})
    assert moved.status_code == 422  # the other body is not among the choices


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("investments:projects", LIST),
        ("investments:project", "/investments/projects/cameras/?round=2024-bokslut"),
        ("investments:table", "/investments/table/exploatering/?round=2024-bokslut"),
        ("investments:portfolio", "/investments/portfolio/?round=2024-bokslut"),
        ("investments:project_report", "/investments/projects/north/report/2024-bokslut/"),
    ],
)
def test_queries(economist: Client, query_budget: Any, name: str, address: str) -> None:
    economist.get(address)
    with query_budget(name):
        assert economist.get(address).status_code == 200


def test_without_an_economy_model_the_pages_say_what_is_missing(client: Client) -> None:
    board = build.body()
    build.year()
    build.reporting_round()
    client.force_login(build.person(role=Role.ECONOMIST, at=board))
    assert "Inga projekt för 2024 än" in client.get(reverse("investments:projects")).content.decode()
    assert client.get(reverse("investments:portfolio")).status_code == 200
    answer = client.post(reverse("investments:project_new"), {**PROJECT, "version": ""})
    assert answer.status_code == 422
