"""The pages of purchases, as a buyer and a controller use them."""

from __future__ import annotations

import datetime as dt
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
from tests.procurement_world import BUYER, PERSON, PERSON_TEXT, procurement_world
from uppsikt.economy.models import LedgerLoad
from uppsikt.history.models import Event
from uppsikt.organisation.rules import Role
from uppsikt.procurement import selectors
from uppsikt.procurement.actions import agreements, procurements, settling, suppliers

pytestmark = pytest.mark.django_db
ROUND = "?round=2024-bokslut&body=all"
PAGES = ("", "suppliers/", "agreements/", "procurements/", "follow-ups/", "limits/")


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return procurement_world(settings, tmp_path)


@pytest.fixture
def registers_only(settings: Any, tmp_path: Path) -> SimpleNamespace:
    """The registers without a ledger, for forms."""
    return procurement_world(settings, tmp_path, ledger=False)


@pytest.fixture
def clerk(registers_only: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(role=Role.CENTRAL_CONTROLLER))
    return client


@pytest.fixture
def buyer(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(role=Role.CENTRAL_CONTROLLER))
    return client


@pytest.fixture
def of_ks(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(key="ks-in", role=Role.CONTROLLER, at=world.ks))
    return client


@pytest.fixture
def reader(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(key="lasare", role=Role.READER))
    return client


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def rows(answer: Any, caption: str) -> list[list[str]]:
    """The rows of the table with this caption as words."""
    found = []
    for table in re.findall(r"<table.*?</table>", answer.content.decode(), re.DOTALL):
        if caption in table.split("</caption>", 1)[0]:
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.split("<tbody", 1)[1], re.DOTALL):
                cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
                said = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in cells]
                found.append([text.split(" visa ursprung")[0] for text in said])
    return found


def posted(client: Client, address: str, **values: Any) -> Any:
    """Send a form with the version that it shows."""
    shown = client.get(address).content.decode()
    version = re.search(r'name="version" value="([^"]*)"', shown)
    return client.post(address, {"version": version[1] if version else "", **values})


def test_the_overview_tells_what_was_bought_and_how(buyer: Client) -> None:
    answer = buyer.get(f"/purchases/{ROUND}")
    assert answer.status_code == 200
    assert rows(answer, "Avtalstrohet per nämnd") == [
        ["Kommunstyrelsen", "100 %", "6 %", "−94,5", "Låg", "1 090", "1 030"],
        ["Socialnämnden", "–", "0 %", "–", "Låg", "60", "60"],
        ["Totalt", "100 %", "5 %", "−94,8", "Låg", "1 150", "1 090"],
    ]  # fmt: skip
    assert rows(answer, "Leverantörer över") == [
        ["Beta AB", "0", "900", "900"],
        ["Staten Annan myndighet", "500", "0", "500"],
        ["Alfa AB", "200", "0", "200"],
        ["Summa 3 leverantörer", "700", "900", "1 600"],
    ]
    over = rows(answer, "Köpt utanför avtal för mer än")
    assert [row[:3] for row in over] == [
        ["Beta AB", "900", "Inte hanterad"],
        ["Alfa AB", "140", "Inte hanterad"],
    ]
    text = words(answer)
    assert "Inköp för 1,7 mnkr, 2024." in text
    assert "Avtalstrohet 5 % låg, −94,8 procentenheter mot 2023" in text
    assert "Huvudboken säger inte vem 0,0 mnkr är köpt av" in text
    assert text.count("60 tkr inom avtal ÷ 1 090 tkr") == 1


def test_a_period_and_a_body(buyer: Client) -> None:
    answer = buyer.get("/purchases/?round=2024-bokslut&body=sn&from=4&to=6")
    assert rows(answer, "Avtalstrohet per nämnd")[0] == ["Socialnämnden", "–", "0 %", "–", "Låg", "40", "40"]
    assert "april–juni 2024" in words(answer)


def test_no_personal_number_on_any_page_or_sheet(buyer: Client, world: SimpleNamespace) -> None:
    suppliers.save_supplier(key="anna", name="Annas trädgård", org_number=PERSON, codes="K3", by=BUYER)
    addresses = [f"/purchases/{page}{ROUND}" for page in PAGES]
    addresses += [f"/purchases/suppliers/{key}/{ROUND}" for key in ("anna", "alfa")]
    addresses += [
        f"/purchases{name}.xlsx{ROUND}" for name in ("", "/suppliers", "/agreements", "/procurements")
    ]
    addresses += [f"/purchases/open-data/2024-bokslut.csv{ROUND}", "/history/"]
    addresses += [f"/api/rounds/2024-bokslut/purchases/{name}" for name in ("suppliers", "compliance")]
    for address in addresses:
        answer = buyer.get(address)
        assert answer.status_code == 200, address
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if ".xlsx" in address:
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            content = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names]).encode()
        assert b"9805" not in content, address
        assert b"Personen" not in content, address
    assert "Enskild näringsidkare" in words(buyer.get(f"/purchases/suppliers/anna/{ROUND}"))
    load = LedgerLoad.objects.filter(year=2024).get()
    load.summary = load.summary | {"new": {"counterparty": [PERSON, "K9"]}}
    load.save()
    for address in (
        "/economy/vouchers/2024/LEV/7/", "/economy/codes/2024/counterparty/", f"/economy/ledger/{load.pk}/",
    ):  # fmt: skip
        answer = buyer.get(address)
        assert "innehåller personuppgifter" in words(answer), address
        assert "9805" not in words(answer), address
    told = Event.objects.filter(kind="coding.saved").values_list("data", flat=True)
    assert told
    assert "9805" not in str(list(told))


def test_suppliers_are_filtered_and_sorted(buyer: Client) -> None:
    gamma = "Gamma AB Saknas i registret"
    expected = {
        "": ["Beta AB", "Staten Annan myndighet", "Alfa AB", gamma],
        "&show=outside": ["Beta AB", "Alfa AB", gamma],
        "&show=unknown": [gamma],
        "&show=unchecked": ["Beta AB", "Alfa AB"],
        "&sort=total&show=outside": [gamma, "Alfa AB", "Beta AB"],
        "&q=beta": ["Beta AB"],
    }
    for query, names in expected.items():
        found = [row[0] for row in rows(buyer.get(f"/purchases/suppliers/{ROUND}{query}"), "Köpt")]
        assert [name for name in found if "näringsidkare" not in name] == names, query


def test_a_supplier_shows_its_years_agreements_and_vouchers(buyer: Client) -> None:
    answer = buyer.get(f"/purchases/suppliers/alfa/{ROUND}")
    assert rows(answer, "Köpt över åren") == [
        ["2023", "80", "0", "80", "100 %"],
        ["2024", "200", "0", "200", "30 %"],
    ]
    assert [row[-2:] for row in rows(answer, "Största verifikaten")] == [
        ["utanför", "100 000,00"], ["inom avtal", "60 000,00"], ["utanför", "40 000,00"],
    ]  # fmt: skip
    assert len(rows(answer, "Avtal")) >= 2
    href = re.search(r'href="(/economy/vouchers/[^"]+)"', answer.content.decode())
    assert href is not None
    assert buyer.get(html.unescape(href[1])).status_code == 200


def test_a_supplier_from_the_ledger_is_added_with_its_code(buyer: Client) -> None:
    listed = buyer.get(f"/purchases/suppliers/{ROUND}&show=unknown").content.decode()
    href = re.search(r'href="(/purchases/suppliers/new/[^"]+)"', listed)
    assert href is not None
    shown = buyer.get(html.unescape(href[1])).content.decode()
    assert 'value="K3"' in shown
    answer = posted(
        buyer, "/purchases/suppliers/new/", name="Gamma AB", codes="K3", org_number="", exempt="", note=""
    )
    assert answer.status_code == 302
    assert selectors.supplier("gamma-ab").code_list == ("K3",)  # type: ignore[union-attr]


def test_faults_are_said_at_once(clerk: Client) -> None:
    faults = (
        ({"name": ""}, "Namn"),
        ({"codes": "K1"}, "Koden K1 hör redan till Alfa AB."),
        ({"org_number": "556036-0794"}, "fel kontrollsiffra"),
        ({"note": f"Anna {PERSON_TEXT}"}, "Här står ett personnummer."),
    )
    values = {"name": "Ny AB", "codes": "", "org_number": "", "exempt": "", "note": ""}
    for change, said in faults:
        answer = clerk.post("/purchases/suppliers/new/", values | change)
        assert answer.status_code == 422
        assert said in words(answer)


def test_nobody_overwrites_another_unseen(clerk: Client) -> None:
    address = "/purchases/suppliers/beta/change/"
    values = {"name": "Beta Nya AB", "codes": "K2", "org_number": "", "exempt": "", "note": ""}
    assert posted(clerk, address, **values).status_code == 302
    late = clerk.post(address, values | {"version": "1", "name": "Annat AB"})
    assert late.status_code == 409
    assert "Någon annan har sparat" in words(late)
    assert selectors.supplier("beta").name == "Beta Nya AB"  # type: ignore[union-attr]


def test_purchases_outside_agreements_are_handled(buyer: Client) -> None:
    answer = posted(
        buyer, "/purchases/suppliers/beta/handle/2024/", category="Entreprenad", handling="Upphandlas 2025"
    )
    assert answer.status_code == 302
    text = words(buyer.get(f"/purchases/{ROUND}"))
    assert "2 leverantörer. Entreprenad: 1, inte hanterade: 1." in text


def test_checks_agreements_and_follow_ups_by_form(buyer: Client, world: SimpleNamespace) -> None:
    checked = posted(
        buyer, "/purchases/suppliers/beta/check/", date="2024-05-01", kind="Skatter", outcome="ok", note=""
    )
    assert checked.status_code == 302
    added = posted(
        buyer, "/purchases/agreements/new/", title="Bygg", number="B-1", supplier="beta", kind="framework",
        valid_from="2024-01-01", valid_to="2024-12-31", bodies=["ks"], category="Entreprenad", value="1 000 000",
    )  # fmt: skip
    assert added.status_code == 302
    found = selectors.agreement("avtal-2024-bygg")
    assert found is not None
    assert (found.value_ore, [body.key for body in found.bodies.all()]) == (100_000_000, ["ks"])
    told = posted(
        buyer, "/purchases/agreements/avtal-2024-bygg/follow-up/", date="2024-06-01", finding="Fel pris",
        recovered="2 500,50", note="",
    )  # fmt: skip
    assert told.status_code == 302
    page = words(buyer.get(f"/purchases/agreements/avtal-2024-bygg/{ROUND}"))
    assert "Köpt under avtalet 2024 0,9 mnkr" in page
    assert "2 501 kr" in page
    assert "Återfört" in words(buyer.get(f"/purchases/follow-ups/{ROUND}"))
    assert rows(buyer.get(f"/purchases/{ROUND}"), "Avtalstrohet per nämnd")[0][2] == "88 %"
    again = posted(buyer, "/purchases/agreements/avtal-2024-bygg/change/", title="Bygg", supplier="beta",
                   kind="framework", valid_from="2024-01-01", valid_to="2023-01-01")  # fmt: skip
    assert again.status_code == 422


def test_direct_procurements_with_what_is_missing(buyer: Client, world: SimpleNamespace) -> None:
    answer = posted(
        buyer, "/purchases/procurements/new/", title="Fönster", kind="direct", body="ks", date="2024-03-01",
        value="60 000", certified="no", documented="", purchaser="Bo Beställare",
    )  # fmt: skip
    assert answer.status_code == 302
    for number in range(3):
        procurements.save_procurement(
            key=f"p{number}", title="Placering", kind="direct", body=world.sn, date=dt.date(2024, 4, 1), category="Placeringar",
            value_ore=9_000_000, certified=True, documented=True, by=BUYER,
        )  # fmt: skip
    settling.settle(key="apart_categories", valid_from=dt.date(2020, 1, 1), text="Placeringar", by=BUYER)
    overview = buyer.get(f"/purchases/{ROUND}")
    assert rows(overview, "Direktupphandlingar över") == [
        ["Kommunstyrelsen", "1", "1", "0", "1"],
        ["Socialnämnden", "0 + 3 placeringar", "0", "0", "0"],
        ["Totalt", "1 (4)", "1", "0", "1"],
    ]
    listed = rows(buyer.get(f"/purchases/procurements/{ROUND}&flag=uncertified"), "Upphandlingar och avrop")
    assert [row[0].split(" KS")[0] for row in listed] == ["Fönster Kommunstyrelsen"] or listed[0][
        0
    ].startswith("Fönster")
    assert "Ej certifierad beställare" in listed[0][-1]
    page = words(buyer.get(f"/purchases/procurements/ks-2024-fonster/{ROUND}"))
    assert "Certifierad beställare nej" in page
    assert posted(buyer, "/purchases/procurements/ks-2024-fonster/change/", title="Fönster", kind="direct", body="ks",
                  date="2024-03-01", certified="yes", documented="yes").status_code == 302  # fmt: skip
    assert selectors.procurement("ks-2024-fonster").certified is True  # type: ignore[union-attr]


def test_a_committees_buyer_cannot_change_what_holds_for_others(
    of_ks: Client, world: SimpleNamespace
) -> None:
    assert of_ks.get("/purchases/agreements/alfa-2024/change/").status_code == 200
    assert of_ks.get("/purchases/agreements/alfa-2022/change/").status_code == 403
    assert of_ks.get("/purchases/limits/new/").status_code == 403
    answer = posted(
        of_ks,
        "/purchases/agreements/new/",
        title="Nytt",
        supplier="beta",
        kind="framework",
        valid_from="2024-01-01",
    )
    assert answer.status_code == 422
    assert "Bara den som upphandlar för hela kommunen" in words(answer)
    text = words(of_ks.get("/purchases/?round=2024-bokslut"))
    assert "Socialnämnden" not in text


def test_a_supplier_shows_no_procurements_of_bodies_that_one_may_not_read(
    of_ks: Client, world: SimpleNamespace
) -> None:
    for body in (world.ks, world.sn):
        procurements.save_procurement(
            key=f"p-{body.key}", title=f"Köp {body.key}", kind="direct", body=body, date=dt.date(2024, 3, 1),
            supplier=world.alfa, by=BUYER,
        )  # fmt: skip
    text = words(of_ks.get("/purchases/suppliers/alfa/?round=2024-bokslut"))
    assert "Köp ks" in text
    assert "Köp sn" not in text


def test_removing_can_be_undone(clerk: Client) -> None:
    assert clerk.post("/purchases/suppliers/alfa/remove/").status_code == 302
    assert selectors.supplier("alfa").removed_at is None  # type: ignore[union-attr]  # its agreements stand
    for kind, key in (("agreements", "alfa-2024"), ("suppliers", "beta")):
        address = f"/purchases/{kind}/{key}/"
        assert clerk.post(f"{address}remove/").status_code == 302
        assert clerk.get(address).status_code == 404
        assert f"{address}restore/" in clerk.get(f"/purchases/{kind}/{ROUND}").content.decode()
        assert clerk.post(f"{address}restore/").status_code == 302
        assert clerk.get(address).status_code == 200


def test_limits_are_settled_and_taken_away(buyer: Client) -> None:
    answer = posted(
        buyer, "/purchases/limits/new/", key="direct", valid_from="2024-01-01", amount_ore="950 000"
    )
    assert answer.status_code == 302
    assert "Ingen leverantör över gränsen" in words(buyer.get(f"/purchases/{ROUND}"))
    row = selectors.PurchaseLimit.objects.get(key="direct", valid_from=dt.date(2024, 1, 1))
    assert "950 000 kr" in words(buyer.get(f"/purchases/limits/{ROUND}"))
    assert buyer.post(f"/purchases/limits/{row.pk}/remove/").status_code == 302
    assert "Ingen leverantör över gränsen" not in words(buyer.get(f"/purchases/{ROUND}"))
    assert (
        posted(
            buyer, "/purchases/limits/new/", key="direct", valid_from="2024-01-01", percent="5"
        ).status_code
        == 422
    )


def test_a_reader_sees_everything_and_changes_nothing(reader: Client) -> None:
    for page in PAGES:
        answer = reader.get(f"/purchases/{page}{ROUND}")
        assert answer.status_code == 200
        assert "Lägg till" not in words(answer)
    assert reader.get("/purchases/suppliers/new/").status_code == 403


def test_empty_pages_say_what_to_do(client: Client) -> None:
    build.year(number=2024)
    build.reporting_round()
    client.force_login(build.person(role=Role.CENTRAL_CONTROLLER))
    assert "Ingen huvudbok är vald" in words(client.get("/purchases/?round=2024-bokslut"))
    for page, said in (
        ("suppliers/", "Inga leverantörer än"),
        ("agreements/", "Inga avtal än"),
        ("limits/", "Inget är bestämt än"),
    ):
        assert said in words(client.get(f"/purchases/{page}?round=2024-bokslut"))


def test_the_workbook_has_figures_as_figures(buyer: Client) -> None:
    answer = buyer.get(f"/purchases.xlsx{ROUND}")
    assert "inkop-2024-bokslut-alla.xlsx" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    found = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    assert any(row[:1] == ["Kommunstyrelsen"] and 1090 in row for row in found)


def test_queries_do_not_follow_the_registers(
    buyer: Client, world: SimpleNamespace, count_queries: Any
) -> None:
    addresses = [f"/purchases/{page}{ROUND}" for page in PAGES]

    def ask() -> None:
        for address in addresses:
            assert buyer.get(address).status_code == 200

    ask()
    few = count_queries(ask)
    for number in range(15):
        held, _ = suppliers.save_supplier(
            key=f"s{number}", name=f"Leverantör {number}", codes=f"X{number}", by=BUYER
        )
        found, _ = agreements.save_agreement(
            key=f"a{number}", title=f"Avtal {number}", supplier=held, valid_from=dt.date(2020, 1, 1),
            valid_to=dt.date(2020, 12, 31), bodies=[world.ks], by=BUYER,
        )  # fmt: skip
        agreements.follow_up_agreement(
            agreement=found, date=dt.date(2024, 1, number + 1), finding="Bra", by=BUYER
        )
        suppliers.check_supplier(
            supplier=held, date=dt.date(2024, 1, 1), kind="Skatter", outcome="ok", by=BUYER
        )
        procurements.save_procurement(
            key=f"p{number}",
            title="Köp",
            kind="direct",
            body=world.ks,
            date=dt.date(2024, 4, 1),
            supplier=held,
            by=BUYER,
        )
    ask()
    assert count_queries(ask) <= few


def test_query_budgets(buyer: Client, query_budget: Any) -> None:
    for page in ("overview", "suppliers", "agreements", "procurements", "follow_ups", "limits"):
        address = f"{reverse(f'procurement:{page}')}{ROUND}"
        buyer.get(address)
        with query_budget(f"procurement:{page}"):
            assert buyer.get(address).status_code == 200
    address = f"/purchases/suppliers/alfa/{ROUND}"
    buyer.get(address)
    with query_budget("procurement:supplier"):
        assert buyer.get(address).status_code == 200
