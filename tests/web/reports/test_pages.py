"""The pages of reports: what each role sees, what works without a script, and how many questions they ask."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from uppsikt.accounts import selectors as accounts
from uppsikt.publishing import selectors as publishing
from uppsikt.texts import selectors as texts

pytestmark = pytest.mark.django_db
YEAR_END = "/reports/ks/2024-bokslut/"
OPEN = "/reports/ks/2025-augusti/"
DECISION = {
    "decision_body": "Kommunstyrelsen",
    "decision_date": "2025-03-26",
    "decision_section": "41",
    "decision_case": "KS-2025/211",
}


@pytest.fixture
def signed_in(demo_database: None, client: Client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def sign_in(key: str = "controller") -> Client:
        person = accounts.by_key(key)
        assert person is not None
        client.force_login(person)
        return client

    return sign_in


def body(answer) -> str:
    return answer.content.decode()


def test_the_list_leads_to_every_report(signed_in, query_budget) -> None:
    client = signed_in()
    with query_budget("reports:reports"):
        page = body(client.get("/reports/?body=ks"))
    assert f'href="{YEAR_END}"' in page
    assert 'href="/reports/ks/2024/plan/"' in page
    assert "Planen fastställd 20" in page
    assert "· inte fryst här" in page
    assert "Utkast, tillfället stängt" in page


def test_the_workspace_shows_outline_and_chapter(signed_in, query_budget) -> None:
    client = signed_in()
    with query_budget("reports:workspace"):
        page = body(client.get(f"{YEAR_END}?chapter=malbedomning"))
    assert 'aria-current="page"' in page
    assert "Tabell 1. Nämndmål: måluppfyllelse" in page
    assert "Utkast – inte fastställt." in page
    assert "Inget saknas" in page


def test_a_report_that_holds_more_asks_no_more_questions(signed_in, count_queries) -> None:
    client = signed_in()
    counts = {}
    for url in (YEAR_END, "/reports/ks/2020-mars/"):
        client.get(url)  # the choice of round is remembered the first time
        counts[url] = count_queries(lambda url=url: client.get(url))
    # 2020 has three times the actions and twice the controls, and lacks some kinds of chapters.
    assert counts["/reports/ks/2020-mars/"] <= counts[YEAR_END], counts


def test_htmx_gets_the_workspace_alone(signed_in) -> None:
    answer = signed_in().get(f"{YEAR_END}?chapter=kallor", headers={"HX-Request": "true"})
    assert body(answer).lstrip().startswith('<div class="split split--outline" id="workspace">')
    assert "<html" not in body(answer)


def test_what_is_missing_leads_to_where_it_is_put_right(signed_in) -> None:
    page = body(signed_in().get(OPEN))
    assert f'href="{OPEN}chapters/effektivisering/"' in page
    assert 'href="/rounds/2025-augusti/goals/2025-foretagsklimat/"' in page


def test_a_chapter_is_written_with_its_data_beside(signed_in) -> None:
    client = signed_in()
    page = body(client.get(f"{OPEN}chapters/effektivisering/"))
    assert "Indikatorer som redovisas nå sitt etappmål" in page  # a figure to put in
    sent = {"content": "Ny **text**.", "content-format": "plain", "base_number": ""}
    answer = client.post(f"{OPEN}chapters/effektivisering/", sent)
    assert answer.status_code == 302
    assert "Ny <strong>text</strong>." in body(client.get(f"{OPEN}?chapter=effektivisering"))


def test_two_writers_meet_in_both_versions(signed_in) -> None:
    client = signed_in()
    sent = {"content": "En.", "content-format": "plain", "base_number": ""}
    client.post(f"{OPEN}chapters/effektivisering/", sent)
    answer = client.post(f"{OPEN}chapters/effektivisering/", sent | {"content": "Två."})
    assert answer.status_code == 409
    assert "Två har skrivit i samma text" in body(answer)
    assert texts.versions("report:2025-augusti-ks:effektivisering").count() == 1


def test_the_outline_is_changed_by_buttons(signed_in) -> None:
    client = signed_in()
    answer = client.post(f"{OPEN}outline/", {"verb": "down", "key": "sammanfattning"})
    assert answer.status_code == 302
    page = body(client.get(OPEN))
    assert page.index(">Målbedömning") < page.index(">Sammanfattning")
    assert client.post(f"{OPEN}outline/", {"verb": "rename", "key": "mal", "title": ""}).status_code == 422
    assert client.post(f"{OPEN}outline/", {"verb": "up", "key": "gone"}).status_code == 422


def test_what_a_block_shows_is_chosen_in_the_outline(signed_in) -> None:
    client = signed_in()
    chapter = {"key": "sammanfattning"}
    client.post(f"{OPEN}outline/", {"verb": "add_block", "kind": "indicator_chart", **chapter})
    assert "Ingen indikator är vald till diagrammet." in body(client.get(OPEN))
    page = body(client.get(f"{OPEN}outline/"))
    assert '<option value="2025-personal-antal-anstallda">Antal anställda</option>' in page
    found = re.search(r'id="option-(\d+)-sammanfattning-indicator"', page)
    assert found is not None
    chapter["index"] = found[1]
    sent = {"verb": "set_options", "option-indicator": "2025-foretagsklimat-nki", **chapter}
    assert client.post(f"{OPEN}outline/", sent).status_code == 302
    assert '<option value="2025-foretagsklimat-nki" selected>' in body(client.get(f"{OPEN}outline/"))
    assert "Ingen indikator är vald" not in body(client.get(OPEN))
    assert client.post(f"{OPEN}outline/", {**sent, "option-colour": "red"}).status_code == 422


def test_texts_of_the_last_report_are_fetched_on_request(signed_in) -> None:
    client = signed_in()
    answer = client.post(f"{OPEN}carry/", follow=True)
    page = body(answer)
    assert re.search(r"\d+ texter är hämtade till dina utkast", page)
    assert "Hämtade texter som ingen gått igenom" in page
    assert "(hämtad, gå igenom)" in page
    assert f'action="{OPEN}carry/undo/"' in page
    page = body(client.post(f"{OPEN}carry/undo/", follow=True))
    assert re.search(r"\d+ hämtade texter är borttagna", page)
    assert "(hämtad, gå igenom)" not in page


@pytest.mark.parametrize("ending", ["pdf", "docx", "html", "xlsx", "json"])
def test_a_draft_can_be_had_in_every_format(signed_in, ending: str) -> None:
    answer = signed_in().get(f"{YEAR_END}draft.{ending}")
    assert answer.status_code == 200
    assert f"2024-bokslut-ks-utkast.{ending}" in answer["Content-Disposition"]
    if ending in ("html", "json"):
        assert "Utkast" in body(answer)


def test_adopting_asks_to_have_seen_what_is_missing(signed_in) -> None:
    client = signed_in()
    page = body(client.get(f"{OPEN}adopt/"))
    assert "är fortfarande öppet för rapportering" in page
    answer = client.post(f"{OPEN}adopt/", DECISION)
    assert answer.status_code == 422
    assert "Kryssa i rutan" in body(answer)
    answer = client.post(f"{OPEN}adopt/", {})
    assert "Skriv vem som fattade beslutet" in body(answer)
    assert "Skriv vilken dag beslutet fattades" in body(answer)
    assert "Detta fält" not in body(answer)
    assert publishing.latest("report:2025-augusti-ks") is None


def test_adopted_shown_handed_out_and_compared(signed_in, query_budget) -> None:
    client = signed_in()
    answer = client.post(f"{YEAR_END}adopt/", DECISION)
    row = publishing.latest("report:2024-bokslut-ks")
    assert row is not None
    assert answer["Location"] == f"/publications/{row.pk}/"
    with query_budget("reports:publication"):
        page = body(client.get(f"/publications/{row.pk}/"))
    assert row.fingerprint in page
    assert '<span class="nowrap">2025-03-26 §\u00a041</span></dd>' in page
    assert '<span class="nowrap">KS-2025/211</span>, Kommunstyrelsen <span class="nowrap">2025-03-26' in page
    assert "stämmer med kontrollsummorna" in page
    frozen = client.get(f"/publications/{row.pk}/page/")
    assert "frame-ancestors 'self'" in frozen["Content-Security-Policy"]
    assert "script" not in frozen["Content-Security-Policy"]
    pdf = client.get(f"/publications/{row.pk}/file.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert "Fastställd" in body(client.get(YEAR_END))
    assert "Ingenting skiljer" in body(client.get(f"{YEAR_END}difference/"))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reports/ks/nothing/", 404),
        ("/reports/nothing/2024-bokslut/", 404),
        ("/reports/ks/1999/plan/", 404),
        (f"{YEAR_END}difference/", 404),
        (f"{YEAR_END}chapters/nothing/", 404),
        (f"{YEAR_END}draft.exe", 404),
        ("/publications/999/", 404),
        ("/reports/ks/2024/plan/", 200),
        (f"{YEAR_END}earlier/", 200),
        (f"{YEAR_END}chapters/sammanfattning/versions/", 200),
        ("/reports/preview.css", 200),
    ],
)
def test_addresses(signed_in, address: str, status: int) -> None:
    assert signed_in().get(address).status_code == status


def test_who_only_reads_gets_no_buttons(signed_in) -> None:
    page = body(signed_in("representative").get(OPEN))
    assert "Fastställ" not in page.replace("fastställ", "")
    assert "/outline/" not in page
    assert "Skriv i kapitlet" not in page


def test_another_round_beside_the_report_leads_to_its_report(signed_in) -> None:
    answer = signed_in().get(f"/switch/?next={YEAR_END}&body=ks&round=2020-mars")
    assert answer["Location"] == "/reports/ks/2020-mars/"
