"""The pages where registers are kept: amounts that no ledger holds, each with its source."""

from __future__ import annotations

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
from uppsikt.cycle import actions as cycle
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.economy.actions import registers as actions
from uppsikt.economy.selectors import RegisterAmount, RegisterItem, tables
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
Budget = Callable[[str], AbstractContextManager[None]]
PAGE = "/economy/registers/?body=ks&round=2024-bokslut"
ITEM = "/economy/registers/initiatives/ks/2024-bokslut/"


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return economy_world(settings, tmp_path)


@pytest.fixture
def economist(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(role=Role.ECONOMIST, at=world.board))
    return client


def version(client: Client, address: str) -> str:
    found: str = client.get(address).context["page"].form.initial["version"]
    return found


def test_each_amount_says_who_when_and_from_where(economist: Client, query_budget: Budget) -> None:
    with query_budget("economy:registers"):
        answer = economist.get(PAGE)
    found = rows(answer, "register-initiatives")
    assert found[0][0] == "Klimatsatsning"
    assert found[0][1].startswith("500")
    assert "Beslut KS § 12" in found[0][1]
    assert "Eva Ekonom" in found[0][1]
    assert found[1] == ["Summa", "500", "420"]


def test_an_item_is_added_with_its_goal_and_counts_in_the_table(
    economist: Client, world: SimpleNamespace
) -> None:
    goal = build.goal(at=world.board, name="Öka tryggheten")
    given = {
        "name": "Trygga skolvägar", "group": "Trygghet", "goal": goal.key, "project": "4711", "amount-budget": "1 250",
        "source-budget": "Mål och budget", "amount-outcome": "", "source-outcome": "", "version": "",
    }  # fmt: skip
    done = economist.post(ITEM + "new/", given, follow=True)
    found = rows(done, "register-initiatives")
    assert ["Trygghet"] in found
    assert any(row[0] == "Trygga skolvägar Öka tryggheten · projekt 4711" for row in found)
    assert found[-1] == ["Summa", "1 750", "420"]
    table = tables.table(world.board, world.round, "satsningar")
    assert any(row.cell("budget").exact == 1_250 * THOUSAND for row in table.rows if row.role == "detail")


def test_an_amount_without_a_source_is_refused(economist: Client) -> None:
    answer = economist.post(
        ITEM + "new/", {"name": "X", "amount-budget": "5", "source-budget": "", "version": ""}
    )
    assert answer.status_code == 422
    assert "Skriv varifrån beloppet kommer" in words(answer)
    assert 'value="5"' in answer.content.decode()
    assert RegisterItem.objects.count() == 1


def test_amounts_are_changed_and_taken_away_and_nothing_is_lost(economist: Client) -> None:
    address = ITEM + "klimat/"
    given = {
        "name": "Klimatsatsning", "amount-budget": "600", "source-budget": "Tilläggsbudget", "amount-outcome": "",
        "source-outcome": "", "version": version(economist, address),
    }  # fmt: skip
    assert economist.post(address, given).status_code == 302
    standing = RegisterAmount.objects.all().current()
    assert [(row.measure, row.amount) for row in standing] == [("budget", 600 * THOUSAND)]
    assert RegisterAmount.objects.count() == 3


def test_two_who_change_the_same_item_both_see_and_one_chooses(
    economist: Client, world: SimpleNamespace
) -> None:
    address = ITEM + "klimat/"
    begun = version(economist, address)
    item = RegisterItem.objects.get(key="klimat")
    actions.set_amount(
        item=item, round_=world.round, measure="budget", amount=550 * THOUSAND, source="Rättat", by=ECONOMIST
    )
    given = {
        "name": "Klimatsatsning", "amount-budget": "600", "source-budget": "Tilläggsbudget", "amount-outcome": "420",
        "source-outcome": "Beslut KS § 12", "version": begun,
    }  # fmt: skip
    clash = economist.post(address, given)
    assert clash.status_code == 409
    assert "Rättat" in words(clash)
    assert 'value="600"' in clash.content.decode()
    newer = clash.context["page"].form.data["version"]
    assert economist.post(address, given | {"version": newer}).status_code == 302


def test_items_are_moved_removed_and_put_back(economist: Client, world: SimpleNamespace) -> None:
    economist.post(ITEM + "new/", {"name": "Andra", "version": ""})
    second = RegisterItem.objects.get(name="Andra")
    economist.post(ITEM + f"{second.key}/move/", {"way": "up"})
    assert [row[0] for row in rows(economist.get(PAGE), "register-initiatives")] == [
        "Andra",
        "Klimatsatsning",
        "Summa",
    ]
    economist.post(ITEM + f"{second.key}/move/", {"way": "up"})
    economist.post(ITEM + "klimat/remove/")
    assert [row[0] for row in rows(economist.get(PAGE), "register-initiatives")] == ["Andra", "Summa"]
    economist.post(ITEM + "klimat/restore/")
    assert rows(economist.get(PAGE), "register-initiatives")[-1] == ["Summa", "500", "420"]


def test_a_closed_round_is_only_read(economist: Client, world: SimpleNamespace) -> None:
    cycle.move_round(round_=world.round, state=RoundState.CLOSED, by=SYSTEM)
    assert "Tillfället är inte öppet" in words(economist.get(PAGE))
    assert "Lägg till post" not in words(economist.get(PAGE))
    done = economist.get(ITEM + "klimat/", follow=True)
    assert "Tillfället är inte öppet" in words(done)
    economist.post(ITEM + "klimat/remove/")
    assert RegisterItem.objects.filter(removed_at__isnull=True).count() == 1
