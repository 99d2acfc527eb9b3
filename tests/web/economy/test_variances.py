"""What departs is explained with the ledger's own proposals beside, and stands fast when the round is closed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import build
from tests.economy_world import economy_world, plan
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.actions import loads
from uppsikt.economy.selectors import coding as codings
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.economy.selectors.variances import comments, missing_comments
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.rules import Role
from uppsikt.texts.rules import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/economy/variances/resultat/consultants/?round=2024-bokslut&body=ks"


@pytest.fixture
def world(settings: Any, tmp_path: Path, client: Client) -> SimpleNamespace:
    found = economy_world(settings, tmp_path)
    client.force_login(build.person(role=Role.ECONOMIST, name="Eva Ekonom"))
    return found


def text(response: Any) -> str:
    found: str = response.content.decode().replace("\u00a0", " ")
    return found


def save(client: Client, words: str, base: str = "") -> Any:
    return client.post(ADDRESS, {"content": words, "content-format": "plain", "base_number": base})


def test_only_what_lies_over_the_threshold_must_be_explained(world: SimpleNamespace, client: Client) -> None:
    shown = text(client.get("/economy/variances/", {"body": "ks"}))
    assert "En post avviker så mycket att den ska förklaras. En förklaring saknas." in shown
    assert "−300 tkr" in shown
    assert "Förklaras från 50 000 kr och 5 procent av budget." in shown
    assert [found.key for found in missing_comments(world.board, world.round)] == [
        ("resultat", "consultants")
    ]


def test_bodies_explain_their_own(world: SimpleNamespace, client: Client) -> None:
    """With all bodies chosen nothing is asked for in tables that each body explains."""
    assert "Avvikelser förklaras nämnd för nämnd" in text(client.get("/economy/variances/", {"body": "all"}))
    assert "Oförklarad" not in text(client.get("/economy/tables/resultat/", {"body": "all"}))
    assert "Oförklarad" in text(client.get("/economy/tables/resultat/", {"body": "ks"}))


def test_causes_are_proposed_against_budget_and_last_year(world: SimpleNamespace, client: Client) -> None:
    """Consultants: 650 against a budget of 350 and 300 last year, all of it bought from one company."""
    shown = text(client.get(ADDRESS))
    assert "Utfall mot 2023 per konto" in shown
    assert "7410 Konsultarvoden" in shown
    assert "Utfall mot 2023 per motpart" in shown
    assert "Konsultbolaget AB" in shown
    assert "−350" in shown  # against last year


def test_a_forecast_is_explained_by_units_and_by_what_is_booked(
    world: SimpleNamespace, client: Client
) -> None:
    """In the interim round the forecast is 600 against a budget of 350; nothing is booked of the 60 for goods."""
    round_ = build.reporting_round(key="2024-augusti", kind="interim", cutoff="2024-08-31")
    plan(world.board, world.units, world.year, round_)
    loads.choose(round_=round_, load=world.load, by=SYSTEM)
    assert [found.key for found in missing_comments(world.board, round_)] == [
        ("resultat", "consultants"), ("resultat", "goods"), ("prognos", "consultants"),
    ]  # fmt: skip
    shown = text(client.get("/economy/variances/?round=2024-augusti&body=ks"))
    assert "Prognos helår −600 minus budget helår −350. Överskrider budget med 71,4 procent." in shown
    assert "−250 tkr" in shown


def test_an_explanation_is_kept_told_of_and_shown(world: SimpleNamespace, client: Client) -> None:
    assert save(client, "Vakanser täcktes med konsulter.").status_code == 302
    written = comments(world.board, world.round)
    assert {key: text_of(nodes) for key, nodes in written.items()} == {
        ("resultat", "consultants"): "Vakanser täcktes med konsulter."
    }
    assert missing_comments(world.board, world.round) == []
    assert "Allt är förklarat." in text(client.get("/economy/variances/", {"body": "ks"}))
    followed = text(
        client.get("/economy/tables/resultat/", {"body": "ks", "follow": "consultants:avvikelse"})
    )
    assert "Vakanser täcktes med konsulter." in followed
    assert "Ändra förklaringen" in followed
    assert history.recent(kind=EventKind.VARIANCE_EXPLAINED.value, body_key="ks").count() == 1


def test_two_who_write_at_once_lose_nothing(world: SimpleNamespace, client: Client) -> None:
    save(client, "Min text.")
    other = Client()
    other.force_login(build.person(key="annan", role=Role.ECONOMIST))
    clash = save(other, "En annans text.")
    assert clash.status_code == 409
    assert "Min text." in text(clash)
    assert "En annans text." in text(clash)


def test_what_is_written_is_kept_as_a_draft_meanwhile(world: SimpleNamespace, client: Client) -> None:
    answer = client.post(ADDRESS, {"verb": "autosave", "content": "Påbörjat", "content-format": "plain"})
    assert answer.json()["draft"] is True
    assert "Påbörjat" in text(client.get(ADDRESS))


def test_a_closed_round_may_only_be_read(world: SimpleNamespace, client: Client) -> None:
    save(client, "Så var det.")
    cycle.move_round(round_=world.round, state=RoundState.CLOSED, by=SYSTEM)
    shown = text(client.get(ADDRESS))
    assert "Tillfället är stängt." in shown
    assert "Så var det." in shown
    assert "<textarea" not in shown
    assert save(client, "Ändrat.", base="1").status_code == 403


def test_a_reader_may_read_but_not_write(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(key="las", role=Role.READER, at=world.board))
    assert "<textarea" not in text(client.get(ADDRESS))
    assert save(client, "Nej.").status_code == 403
    client.force_login(build.person(key="annan", role=Role.ECONOMIST, at=world.social))
    assert client.get(ADDRESS).status_code == 404


def test_rows_that_nobody_explains_have_no_page(world: SimpleNamespace, client: Client) -> None:
    place = "?round=2024-bokslut&body=ks"
    for part in ("satsningar/klimat/", "resultat/ingen/", "ingen/consultants/"):
        assert client.get(f"/economy/variances/{part}{place}").status_code == 404


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("economy:variances", "/economy/variances/?body=ks"),
        ("economy:variance", ADDRESS),
    ],
)
def test_pages_hold_their_number_of_queries(
    world: SimpleNamespace, client: Client, query_budget: Callable[[str], AbstractContextManager[None]], name: str,
    address: str,
) -> None:  # fmt: skip
    codings._coding.cache_clear()  # counted from cold, whatever other tests have read
    ledgers.members.cache_clear()
    with query_budget(name):
        assert client.get(address).status_code == 200
