"""An economist reads a statement and follows a figure to its voucher; nobody sees another body's figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import build
from tests.economy_world import economy_world, load, sie_vouchers
from uppsikt.economy.actions import coding as coding_actions
from uppsikt.economy.actions import loads
from uppsikt.economy.selectors import coding as codings
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any, tmp_path: Path, client: Client) -> SimpleNamespace:
    found = economy_world(settings, tmp_path)
    client.force_login(build.person(role=Role.ECONOMIST))
    return found


def text(response: Any) -> str:
    """What the page says, with its addresses, but without what keeps words on one line."""
    found: str = response.content.decode().replace("\u00a0", " ")
    return re.sub(r'<span class="nowrap">([^<]*)</span>', r"\1", found)


def test_statement_tells_the_deficit_and_what_wants_an_explanation(
    world: SimpleNamespace, client: Client
) -> None:
    page = client.get("/economy/", {"body": "ks"})
    assert page.status_code == 200
    shown = text(page)
    assert "Underskott 220 tkr mot budget (12,4 procent). En post ligger över gränsen för kommentar." in shown
    assert "Utfall ur huvudbok-2024.se, inläst 2025-09-10 av Eva Ekonom." in shown
    assert "follow=consultants%3Aavvikelse" in shown
    assert "Intäkter är positiva" in shown


def test_whole_municipality_has_tables_of_its_own(world: SimpleNamespace, client: Client) -> None:
    shown = text(client.get("/economy/", {"body": "all"}))
    assert "Driftredovisning per nämnd" in shown
    assert "Socialnämnden" in shown


def test_figure_says_how_it_comes_about_and_from_where(world: SimpleNamespace, client: Client) -> None:
    shown = text(client.get("/economy/tables/resultat/", {"body": "ks", "follow": "consultants:avvikelse"}))
    assert "Utfall helår −650 minus budget helår −350. Överskrider budget med 85,7 procent." in shown
    assert "Digitaliseringsavdelningen" in shown
    assert "2 rader i 2 verifikat ur huvudbok-2024.se, inläst 2025-09-10 av Eva Ekonom." in shown
    assert "−400 000" in shown
    assert "/economy/vouchers/2024/LEV/1/" in shown
    assert "Skriv varför" in shown


def test_htmx_gets_the_panel_alone(world: SimpleNamespace, client: Client) -> None:
    query = {"body": "ks", "follow": "personnel:utfall"}
    part = text(client.get("/economy/tables/resultat/", query, headers={"HX-Request": "true"}))
    assert part.strip().startswith('<aside class="panel figure-panel')
    assert "<html" not in part


def test_a_part_leads_further_in_and_back(world: SimpleNamespace, client: Client) -> None:
    query = {
        "body": "ks",
        "follow": "personnel:utfall",
        "place": "unit:digital",
        "activity": "101",
        "month": "7",
    }
    shown = text(client.get("/economy/tables/resultat/", query))
    assert "Bokfört juli 2024." in shown
    assert "−600 tkr" in shown
    assert "1 rad i 1 verifikat" in shown
    assert "Vägen in i siffran" in shown


def test_steps_outside_the_figure_are_not_found(world: SimpleNamespace, client: Client) -> None:
    """The social committee's units are no part of the board's statement."""
    query = {"body": "ks", "follow": "personnel:utfall"}
    for outside in ({"place": "body:sn"}, {"place": "210"}, {"line": "revenue"}, {"month": "13"}):
        assert client.get("/economy/tables/resultat/", {**query, **outside}).status_code == 404


def test_budget_tells_who_set_it_and_how_it_is_spread(world: SimpleNamespace, client: Client) -> None:
    shown = text(client.get("/economy/tables/resultat/", {"body": "ks", "follow": "personnel:budget"}))
    assert "Budget för 2024 med ändringar under året: Personal." in shown
    assert "−1 240" in shown
    assert "jämnt över året" in shown
    assert "Detaljbudget 2024, senast ändrad 2025-09-10 av Eva Ekonom" in shown


def test_forecast_tells_its_explanation(world: SimpleNamespace, client: Client) -> None:
    shown = text(client.get("/economy/tables/resultat/", {"body": "ks", "follow": "consultants:prognos"}))
    assert "Vakanser täcks med konsulter." in shown


def test_registered_amount_tells_its_source(world: SimpleNamespace, client: Client) -> None:
    shown = text(client.get("/economy/tables/satsningar/", {"body": "ks", "follow": "klimat:utfall"}))
    assert "Beslut KS § 12" in shown


def test_a_sum_shows_its_rows(world: SimpleNamespace, client: Client) -> None:
    shown = text(client.get("/economy/tables/resultat/", {"body": "ks", "follow": "costs:utfall"}))
    assert "Personal −1 500 plus Konsulter −650 plus Varor och tjänster −50." in shown


def test_figure_has_a_page_of_its_own(world: SimpleNamespace, client: Client) -> None:
    query = {
        "body": "ks",
        "round": "2024-bokslut",
        "table": "resultat",
        "row": "consultants",
        "column": "utfall",
    }
    shown = text(client.get("/economy/figure/", query))
    assert "<h1>Konsulter, utfall helår</h1>" in shown
    assert client.get("/economy/figure/", {**query, "row": "ingen"}).status_code == 404
    assert client.get("/economy/figure/", {**query, "table": "ingen"}).status_code == 404


def test_voucher_shows_every_row_and_where_it_was_read(world: SimpleNamespace, client: Client) -> None:
    shown = text(client.get("/economy/vouchers/2024/LEV/2/", {"body": "ks"}))
    for expected in (
        "7410 Konsultarvoden", "Konsultbolaget AB", "250 000", "300 000", "2024-10-02", "huvudbok-2024.se",
        world.load.file.digest, "Debet och kredit tar ut varandra.",
    ):  # fmt: skip
        assert expected in shown
    assert client.get("/economy/vouchers/2024/LEV/99/").status_code == 404


def test_other_bodies_rows_of_a_voucher_stand_as_one(settings: Any, tmp_path: Path, client: Client) -> None:
    """LON 1 pays both the board's and the social committee's salaries."""
    world = economy_world(settings, tmp_path)
    client.force_login(build.person(key="lasare", role=Role.READER, at=world.board))
    shown = text(client.get("/economy/vouchers/2024/LON/1/"))
    assert "1 rad i andra nämnder" in shown
    assert "Hemtjänst" not in shown
    client.force_login(build.person(key="annan", role=Role.READER, at=build.body(key="bun")))
    assert client.get("/economy/vouchers/2024/LON/1/").status_code == 404


def test_only_readable_bodies_are_shown(settings: Any, tmp_path: Path, client: Client) -> None:
    world = economy_world(settings, tmp_path)
    client.force_login(build.person(key="lasare", role=Role.READER, at=world.board))
    assert client.get("/economy/", {"body": "ks"}).status_code == 200
    assert client.get("/economy/", {"body": "sn"}).status_code == 404
    assert client.get("/economy/tables/namnder/").status_code == 404


def test_newer_ledger_is_told_of_but_not_shown(world: SimpleNamespace, client: Client) -> None:
    extra = [
        (
            "LEV",
            "3",
            "2024-12-30",
            "Sent",
            [("7410", "110", "901", "K1", 100_000), ("2440", "", "", "", -100_000)],
        )
    ]
    load(world.folder, 2024, sie_vouchers(extra), name="huvudbok-ny.se")
    shown = text(client.get("/economy/tables/resultat/", {"body": "ks"}))
    assert "Nyare huvudbok finns." in shown
    assert "Utfall ur huvudbok-2024.se" in shown
    assert "−650" in shown


def test_empty_states_say_how_to_begin(client: Client) -> None:
    build.body(kind="executive_board")
    client.force_login(build.person(role=Role.ECONOMIST))
    assert "Ingen uppföljning har börjat" in text(client.get("/economy/"))
    build.year()
    build.reporting_round()
    assert "Ingen ekonomimodell för 2024" in text(client.get("/economy/"))


def test_table_goes_home_as_a_workbook(world: SimpleNamespace, client: Client) -> None:
    answer = client.get("/economy/tables/resultat/excel/", {"body": "ks"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="resultat-2024-bokslut-ks.xlsx"'
    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize(
    ("name", "address", "query"),
    [
        ("economy:tables", "/economy/", {}),
        ("economy:table followed", "/economy/tables/resultat/", {"follow": "consultants:avvikelse"}),
        ("economy:figure", "/economy/figure/", {"table": "resultat", "row": "result", "column": "utfall"}),
        ("economy:figure budget", "/economy/figure/", {"table": "resultat", "row": "result", "column": "budget"}),
        ("economy:voucher", "/economy/vouchers/2024/LEV/2/", {}),
    ],
)  # fmt: skip
def test_pages_hold_their_number_of_queries(
    world: SimpleNamespace, client: Client, query_budget: Callable[[str], AbstractContextManager[None]], name: str,
    address: str, query: dict[str, str],
) -> None:  # fmt: skip
    codings._coding.cache_clear()  # counted from cold, whatever other tests have read
    ledgers.members.cache_clear()
    with query_budget(name):
        assert client.get(address, {"body": "ks", **query}).status_code == 200


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("nettokostnad", "Nettokostnad 2,0 mnkr, 60,0 procent mer än året före."),
        ("enheter", "Underskott 220 tkr mot budget (12,4 procent)."),
        ("satsningar", ""),
    ],
)
def test_headline_says_what_the_table_comes_to(
    world: SimpleNamespace, client: Client, key: str, words: str
) -> None:
    """Net cost 2 000 against 1 250 the year before."""
    shown = text(client.get(f"/economy/tables/{key}/", {"body": "ks"}))
    found = re.search(r'<p class="lead">(.*?)</p>', shown)
    assert (found.group(1) if found else "") == words


def test_headline_says_until_when_it_compares(world: SimpleNamespace, client: Client) -> None:
    """Until August 200 − 1 500 − 400 = −1 700 is booked against 8/12 of −1 780 = −1 187: 513 worse, 43,3 percent."""
    document = {**world.model, "tables": [_until_cutoff(world.model["tables"][0])]}
    coding_actions.save_model(year=2024, document=document, by=SYSTEM)
    round_ = build.reporting_round(key="2024-augusti", kind="interim", cutoff="2024-08-31")
    loads.choose(round_=round_, load=world.load, by=SYSTEM)
    shown = text(client.get("/economy/?round=2024-augusti&body=ks"))
    assert "Underskott 513 tkr mot budget till och med augusti (43,3 procent)." in shown


def _until_cutoff(table: dict[str, Any]) -> dict[str, Any]:
    columns = [
        {**column, "measure": "budget_accumulated"} if column["key"] == "budget" else column
        for column in table["columns"]
    ]
    return {**table, "columns": columns}
