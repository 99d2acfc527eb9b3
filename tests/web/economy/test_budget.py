"""The pages where a budget is kept, as an economist uses them.

Figures are those of tests/economy_world.py: the board's frame is −1 780 tkr and its detailed budget adds up to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import build
from tests.economy_world import ECONOMIST, THOUSAND, economy_world
from tests.web.economy_words import rows, words
from uppsikt.economy.actions import budget as actions
from uppsikt.economy.rules.grain import Profile
from uppsikt.economy.selectors import BudgetAmount, FrameDecision, Restatement, budget, tables
from uppsikt.kernel.decision import Decision
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
Budget = Callable[[str], AbstractContextManager[None]]
PAGE = "/economy/budget/?body=ks&year=2024"


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return economy_world(settings, tmp_path)


@pytest.fixture
def economist(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(role=Role.ECONOMIST, at=world.board))
    return client


def frame(**more: Any) -> dict[str, Any]:
    return {
        "date": "2024-05-20", "text": "Tilläggsbudget maj", "decision_body": "KF", "decision_date": "2024-05-20",
        "decision_section": "44", "decision_case": "KS-2024/5", "column-frame": "−20", "version": "",
    } | more  # fmt: skip


def amount(client: Client, query: str = "") -> tuple[str, Any]:
    """The address of an amount's form, and its version."""
    address = "/economy/budget/ks/2024/amount/" + query
    return address, client.get(address).context["page"].form.initial.get("version")


DIGITAL = "?line=personnel&unit=digital&activity=901"


def test_frame_and_detailed_budget_stand_side_by_side(economist: Client, query_budget: Budget) -> None:
    with query_budget("economy:budget"):
        answer = economist.get(PAGE)
    assert rows(answer, "ram")[0][1:] == ["−1 780", "−1 780", "−1 780"]
    assert "KS-2023/100, KF 2023-11-20 § 7" in words(answer)
    assert "Detaljbudgeten är lika med ramen" in words(answer)
    found = rows(answer, "detalj")
    assert found[-1][:6] == ["Summa", "", "", "−1 780", "0", "−1 780"]
    assert ["Personal", "Digitaliseringsavdelningen", "901 Lokaler och IT", "−1 240", "–", "−1 240"] in [
        row[:6] for row in found
    ]


def test_the_detailed_budget_is_filtered_by_unit_and_line(economist: Client) -> None:
    answer = economist.get(PAGE + "&unit=digital&line=consultants")
    assert [row[5] for row in rows(answer, "detalj")] == ["−350", "−350"]


def test_an_adjustment_of_the_frame_is_registered_changed_and_removed(economist: Client) -> None:
    added = economist.post("/economy/budget/ks/2024/frame/", frame(), follow=True)
    assert [row[1:] for row in rows(added, "ram")] == [
        ["−1 780", "−1 780", "−1 780"], ["−20", "−20", "−1 800"], ["−1 800", "−1 800", "−1 800"],
    ]  # fmt: skip
    assert "Detaljbudgeten skiljer +20 tkr från ramen" in words(added)
    row = FrameDecision.objects.get(text="Tilläggsbudget maj")
    address = f"/economy/budget/ks/2024/frame/{row.key}/"
    page = economist.get(address).context["page"]
    changed = frame(**{"column-frame": "-25 000 kr", "version": page.form.initial["version"]})
    assert economist.post(address, changed).status_code == 302
    clash = economist.post(address, changed | {"column-frame": "-30"})
    assert clash.status_code == 409
    assert "Någon annan har sparat" in words(clash)
    gone = economist.post(address + "remove/", follow=True)
    assert len(rows(gone, "ram")) == 2


def test_a_frame_needs_its_decision_and_an_amount(economist: Client) -> None:
    without = economist.post("/economy/budget/ks/2024/frame/", frame(decision_date=""))
    assert without.status_code == 422
    assert "data-error-summary" in without.content.decode()
    empty = economist.post("/economy/budget/ks/2024/frame/", frame(**{"column-frame": ""}))
    assert "Skriv minst ett belopp." in words(empty)
    second = economist.post("/economy/budget/ks/2024/frame/", frame(original="on"))
    assert second.status_code == 422
    assert "Året har redan en ursprunglig ram." in words(second)


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("−1 500", -1_500 * THOUSAND),
        ("-1 500 000,50 kr", -150_000_050),
        ("-1,5 mnkr", -1_500 * THOUSAND),
        ("0", 0),
    ],
)
def test_an_amount_is_written_the_swedish_way(economist: Client, text: str, ore: int) -> None:
    address, version = amount(economist, DIGITAL)
    done = economist.post(address, {"amount": text, "profile": "even", "version": version})
    assert done.status_code == 302
    row = BudgetAmount.objects.all().current().get(line="personnel", unit__key="digital")
    assert row.amount_ore == ore


@pytest.mark.parametrize("text", ["mycket", "1 2,3,4", "0,000001", "99999999999999"])
def test_what_is_no_amount_is_said_so_and_kept(economist: Client, text: str) -> None:
    address, version = amount(economist, DIGITAL)
    answer = economist.post(address, {"amount": text, "profile": "even", "version": version})
    assert answer.status_code == 422
    assert f'value="{text}"' in answer.content.decode()


def test_months_by_hand_add_up_to_the_year(economist: Client) -> None:
    address, version = amount(economist, DIGITAL)
    months = {f"m{number}": "-100" for number in range(1, 13)}
    off = economist.post(address, {"amount": "-1 250", "profile": "manual", "version": version, **months})
    assert off.status_code == 422
    assert "Månaderna blir tillsammans −1 200 tkr, men årets belopp är −1 250 tkr." in words(off)
    right = {"amount": "", "profile": "manual", "version": version, **months, "m12": "-140"}
    assert economist.post(address, right).status_code == 302
    row = BudgetAmount.objects.all().current().get(line="personnel", unit__key="digital")
    assert (row.amount_ore, row.months[0], row.months[11]) == (
        -1_240 * THOUSAND,
        -100 * THOUSAND,
        -140 * THOUSAND,
    )
    assert rows(economist.get(address), "historik")[1][2:] == ["jämnt över året", "−1 240"]


def test_two_who_change_the_same_amount_both_see_and_one_chooses(
    economist: Client, world: SimpleNamespace
) -> None:
    address, version = amount(economist, DIGITAL)
    actions.set_budget(
        body=world.board, year=2024, line="personnel", unit=world.units["digital"], activity="901",
        amount_ore=-1_300 * THOUSAND, by=ECONOMIST,
    )  # fmt: skip
    clash = economist.post(address, {"amount": "-1 100", "profile": "even", "version": version})
    assert clash.status_code == 409
    said = words(clash)
    assert "Sparat av Eva Ekonom" in said
    assert "−1 300" in said
    assert 'value="-1 100"' in clash.content.decode()
    newer = clash.context["page"].form.data["version"]
    assert (
        economist.post(address, {"amount": "-1 100", "profile": "even", "version": newer}).status_code == 302
    )
    stood = BudgetAmount.objects.filter(line="personnel", unit__key="digital").order_by("pk")
    assert [row.amount_ore // THOUSAND for row in stood] == [-1_240, -1_300, -1_100]


def test_a_new_amount_where_one_stands_is_a_clash(economist: Client) -> None:
    given = {
        "line": "personnel",
        "unit": "digital",
        "activity": "901",
        "decision": "",
        "amount": "-9",
        "profile": "even",
    }
    answer = economist.post("/economy/budget/ks/2024/amount/", given)
    assert answer.status_code == 409
    assert "−1 240" in words(answer)


def test_an_adjustment_rests_on_its_decision_and_can_be_taken_away(
    economist: Client, world: SimpleNamespace
) -> None:
    economist.post("/economy/budget/ks/2024/frame/", frame())
    key = FrameDecision.objects.get(text="Tilläggsbudget maj").key
    given = {
        "line": "consultants", "unit": "digital", "activity": "901", "decision": key, "amount": "-20", "profile": "even",
    }  # fmt: skip
    done = economist.post("/economy/budget/ks/2024/amount/", given, follow=True)
    assert "Detaljbudgeten är lika med ramen" in words(done)
    assert ["Konsulter", "−350", "−20", "−370"] in [[row[0], *row[3:6]] for row in rows(done, "detalj")]
    table = tables.table(world.board, world.round, "resultat")
    assert table.row("consultants").cell("budget").exact == -370 * THOUSAND
    held = economist.post(f"/economy/budget/ks/2024/frame/{key}/remove/", follow=True)
    assert "Detaljbudgeten har belopp som vilar på beslutet." in words(held)
    address, version = amount(economist, f"?line=consultants&unit=digital&activity=901&decision={key}")
    economist.post(address, {"amount": "", "profile": "even", "version": version})
    assert budget.details(2024) == {"ks": -1_780 * THOUSAND}


def test_the_budget_month_by_month(economist: Client, world: SimpleNamespace, query_budget: Budget) -> None:
    """Consultants follow last year: 300 000 kronor in March 2023 and nothing else, so the year's 350 lies there."""
    actions.set_budget(
        body=world.board, year=2024, line="consultants", unit=world.units["digital"], activity="901",
        amount_ore=-350 * THOUSAND, profile=Profile.LAST_YEAR, by=ECONOMIST,
    )  # fmt: skip
    address = "/economy/budget/months/?body=ks&year=2024&round=2024-bokslut"
    with query_budget("economy:budget_months"):
        answer = economist.get(address)
    found = {row[0]: row[1:] for row in rows(answer, "manader")}
    assert found["Konsulter"] == ["0", "0", "−350", *["0"] * 9, "−350"]
    assert found["Intäkter"][0] == "15"
    assert found["Årets resultat"][-1] == "−1 780"
    summed = {row[0]: row[1:] for row in rows(economist.get(address + "&as=sum"), "manader")}
    assert summed["Intäkter"][:2] == ["15", "30"]
    assert summed["Årets resultat"][11] == "−1 780"


def test_the_whole_municipality_sees_every_body(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(key="cc", role=Role.CENTRAL_CONTROLLER))
    answer = client.get("/economy/budget/?body=all&year=2024")
    assert rows(answer, "namnder")[0] == ["Kommunstyrelsen", "−1 780", "−1 780", "0"]


def test_a_comparison_year_is_moved_with_its_reason(economist: Client, world: SimpleNamespace) -> None:
    address = "/economy/budget/ks/2023/restatement/"
    given = {"line": "personnel", "unit": "digital", "activity": "", "amount": "-50", "reason": ""}
    without = economist.post(address, given)
    assert without.status_code == 422
    done = economist.post(address, given | {"reason": "Växeln flyttades hit 2024."}, follow=True)
    assert rows(done, "omrakningar")[0][3].startswith("−50")
    row = Restatement.objects.get()
    change = f"{address}?key={row.key}"
    version = economist.get(change).context["page"].form.initial["version"]
    assert (
        economist.post(change, {"amount": "", "reason": "Borttagen", "version": version}).status_code == 302
    )
    assert not Restatement.objects.all().current().exists()


def test_a_reader_reads_and_changes_nothing(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(key="lasare", role=Role.READER, at=world.board))
    answer = client.get(PAGE)
    assert "Lägg till" not in words(answer).split("Budget 2024")[-1]
    assert client.get("/economy/budget/ks/2024/amount/").status_code == 403
    assert client.get("/economy/budget/sn/2024/amount/").status_code == 404
    assert client.get("/economy/budget/?body=sn&year=2024").status_code == 404


def test_a_year_without_a_frame_says_how_to_begin(economist: Client, world: SimpleNamespace) -> None:
    assert "Ingen ram för 2023" in words(economist.get("/economy/budget/?body=ks&year=2023"))
    actions.save_frame(
        key="r", body=world.board, year=2023, original=True, date=dt.date(2023, 1, 1), text="Ram",
        decision=Decision(body="KF"), amounts={"frame": -5}, by=ECONOMIST,
    )  # fmt: skip
    assert "Detaljbudget" in words(economist.get("/economy/budget/?body=ks&year=2023"))
