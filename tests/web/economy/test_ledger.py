"""The pages where the ledger is loaded and a round's ledger is chosen, as an economist uses them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import build
from tests.actions.economy.test_loads import JANUARY, NEW_ACCOUNT, vouchers
from tests.economy_world import economy_world, load
from tests.web.economy_words import rows, words
from uppsikt.economy.selectors import CodingValue, LedgerLoad
from uppsikt.economy.selectors import ledger as ledgers
from uppsikt.jobs import selectors as jobs
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
Budget = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return economy_world(settings, tmp_path)


@pytest.fixture
def economist(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(role=Role.ECONOMIST))
    return client


def hand_in(client: Client, name: str, content: bytes) -> Any:
    given = {"file": SimpleUploadedFile(name, content)}
    return client.post(reverse("economy:ledger_new"), given, follow=True)


def test_the_list_tells_what_is_loaded_and_what_a_round_reads(
    economist: Client, query_budget: Budget
) -> None:
    with query_budget("economy:ledger"):
        answer = economist.get(reverse("economy:ledger"))
    found = rows(answer, "inlasningar")
    assert [row[0] for row in found] == ["huvudbok-2024.se", "huvudbok-2023.se"]
    assert found[0][1:6] == ["2024", "januari–december", "13", "2 900 tkr", "Inläst"]
    assert rows(answer, "tillfallen")[0][2] == "Ingen nyare"


def test_a_file_is_handed_in_looked_at_and_read(economist: Client, world: SimpleNamespace) -> None:
    content = (world.folder / "huvudbok-2024.se").read_bytes() + b"\n"
    looked = hand_in(economist, "huvudbok ny.se", content)
    assert looked.status_code == 200
    assert "Räkenskapsår" in words(looked)
    done = economist.post(looked.request["PATH_INFO"] + "?" + looked.request["QUERY_STRING"], {}, follow=True)
    row = LedgerLoad.objects.first()
    assert row is not None
    assert (row.name, row.state) == ("huvudbok ny.se", "accepted")
    job = jobs.job(f"ledger-load:{row.pk}")
    assert job is not None
    assert job.state == "done"
    assert "Filen är inläst. Den ändrar inget belopp mot huvudboken före den." in words(done)
    assert rows(done, "manader")[0] == ["Januari", "6", "1 800 000"]


def test_the_same_file_again_is_said_to_be_loaded(economist: Client, world: SimpleNamespace) -> None:
    looked = hand_in(economist, "huvudbok-2024.se", (world.folder / "huvudbok-2024.se").read_bytes())
    before = LedgerLoad.objects.count()
    done = economist.post(looked.request["PATH_INFO"] + "?" + looked.request["QUERY_STRING"], {}, follow=True)
    assert "Filen är redan inläst. Ingenting har ändrats." in words(done)
    assert LedgerLoad.objects.count() == before


def test_a_corrected_file_says_what_it_changed(economist: Client, world: SimpleNamespace) -> None:
    row = load(world.folder, 2024, vouchers(world, JANUARY, NEW_ACCOUNT), name="rattad.se")
    answer = economist.get(reverse("economy:ledger_load", args=[row.pk]))
    assert rows(answer, "andrar") == [
        ["2440 Leverantörsskulder", "–", "+7 500"],
        ["7410 Konsultarvoden", "Konsulter", "−7 000"],
        ["8999", "–", "−500"],
    ]
    assert "Konton utan rad" in words(answer)
    assert rows(answer, "nya-koder")[0] == ["Konto", "1", "8999"]


def test_a_broken_file_is_refused_and_may_be_tried_again(economist: Client) -> None:
    looked = hand_in(economist, "trasig.se", b'#FLAGGA 0\n#SIETYP 4\n#RAR 0 20240101 20241231\n#VER A 1 20240105 ""\n{\n'
        b"#TRANS 5010 {} 100.00\n#TRANS 1930 {} -90.00\n}\n")  # fmt: skip
    done = economist.post(looked.request["PATH_INFO"] + "?" + looked.request["QUERY_STRING"], {}, follow=True)
    said = words(done)
    assert "Ingenting har ändrats" in said
    assert "balanserar inte" in said
    assert any(row[0].startswith("Rad ") for row in rows(done, "fel"))
    assert "Försök igen med andra val" in said
    assert ledgers.accepted().count() == 2


def test_an_extract_shows_its_headings_and_first_rows(economist: Client) -> None:
    content = b"Datum;Konto;Ansvar;Belopp\n2024-11-01;7410;110;100,50\n2024-11-01;2440;;-100,50\n"
    looked = hand_in(economist, "utdrag.csv", content)
    assert rows(looked, "forsta-raderna")[0] == ["2024-11-01", "7410", "110", "100,50"]
    address = looked.request["PATH_INFO"] + "?" + looked.request["QUERY_STRING"]
    without = economist.post(address, {"column-date": "Datum", "year": "2024"})
    assert without.status_code == 422
    assert "Välj den rubrik som gäller." in words(without)
    chosen = {
        "column-date": "Datum", "column-account": "Konto", "column-cost_centre": "Ansvar", "column-amount": "Belopp",
        "year": "2024", "mode": "add",
    }  # fmt: skip
    done = economist.post(address, chosen, follow=True)
    assert "Filen är inläst." in words(done)


@pytest.mark.parametrize("name", ["bild.png", "huvudbok.zip"])
def test_other_files_are_turned_away(economist: Client, name: str) -> None:
    answer = hand_in(economist, name, b"x")
    assert answer.status_code == 422
    assert "Filen ska sluta på" in words(answer)


def test_a_newer_ledger_is_shown_and_taken_in(
    economist: Client, world: SimpleNamespace, query_budget: Budget
) -> None:
    row = load(world.folder, 2024, vouchers(world, JANUARY), name="rattad.se")
    listed = economist.get(reverse("economy:ledger"))
    assert rows(listed, "tillfallen")[0][2] == "Nyare huvudbok finns rattad.se"
    with query_budget("economy:ledger_change"):
        answer = economist.get(reverse("economy:ledger_change") + "?round=2024-bokslut&body=ks")
    found = rows(answer, "tabellrader")
    assert found[0] == ["Resultaträkning, tkr"]
    assert found[1] == ["Konsulter", "−650", "−657", "−7"]
    assert found[3] == ["Årets resultat", "−2 000", "−2 007", "−7"]
    assert rows(answer, "konton") == [["Konsulter", "−7 000"], ["7410 Konsultarvoden", "−7 000"]]
    done = economist.post(reverse("economy:ledger_choose", args=["2024-bokslut", row.pk]), follow=True)
    assert "läser nu den valda huvudboken" in words(done)
    view = ledgers.view(world.round)
    assert view is not None
    assert view.version == row.pk
    again = economist.get(reverse("economy:ledger_change") + "?round=2024-bokslut&body=ks")
    assert "Ingen nyare huvudbok" in words(again)


def test_who_reads_one_body_sees_the_list_but_no_load(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(key="lasare", role=Role.READER, at=world.board))
    assert client.get(reverse("economy:ledger")).status_code == 200
    assert client.get(reverse("economy:ledger_load", args=[world.load.pk])).status_code == 403


def test_the_model_and_the_codes_can_be_read(economist: Client, query_budget: Budget) -> None:
    answer = economist.get(reverse("economy:model") + "?year=2024")
    assert rows(answer, "rader")[4] == ["Konsulter", "74", "consultants"]
    assert "minst 50 000 kr och minst 5 % av budgeten" in words(answer)
    with query_budget("economy:codes"):
        answer = economist.get(reverse("economy:codes", args=[2024, "activity"]))
    assert [row[0] for row in rows(answer, "koder")] == ["100", "101", "900", "901"]
    accounts = economist.get(reverse("economy:codes", args=[2024, "account"]) + "?only=1")
    assert [row[0] for row in rows(accounts, "koder")] == ["1510", "2440", "2710"]


def test_a_code_is_moved_and_two_who_move_it_both_see(economist: Client) -> None:
    address = reverse("economy:code", args=[2024, "cost_centre", "120"])
    page = economist.get(address)
    version = page.context["page"].form.initial["version"]
    wrong = economist.post(address, {"name": "Redovisning", "parent": "999", "version": version})
    assert wrong.status_code == 422
    assert "Det finns ingen kod 999 2024." in words(wrong)
    given = {"name": "Redovisning", "unit": "digital", "version": version}
    assert economist.post(address, given).status_code == 302
    row = CodingValue.objects.get(year=2024, dimension="cost_centre", key="120")
    assert row.unit is not None
    assert row.unit.key == "digital"
    clash = economist.post(address, given | {"name": "Ekonomi", "unit": "ekonomi"})
    assert clash.status_code == 409
    assert "Någon annan har sparat" in words(clash)
    assert 'value="Ekonomi"' in clash.content.decode()
    newer = clash.context["page"].form.data["version"]
    assert economist.post(address, given | {"name": "Ekonomi", "version": newer}).status_code == 302
