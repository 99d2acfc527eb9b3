"""The editor's address: showing, autosaving, discarding, saving, refusing, and two at once; with and without script."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.test import Client

from tests.browser.editor_urls import SLOT
from uppsikt.kernel import clock
from uppsikt.texts import selectors
from uppsikt.texts.rules import from_plain, to_plain

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.browser.editor_urls")]

ANNA, BO = "/skriv/anna/", "/skriv/bo/"


def stands() -> str:
    row = selectors.current(SLOT)
    return to_plain(row.content) if row else ""


def save(client: Client, url: str, content: str, base: int | None, **more: str) -> int:
    data = {"content": content, "base_number": "" if base is None else str(base), **more}
    return client.post(url, data).status_code


def test_a_plain_field_is_enough(client: Client) -> None:
    page = client.get(ANNA).content.decode()
    assert "<textarea" in page
    assert save(client, ANNA, "Ett stycke\r\n\r\n- punkt", None) == 302
    assert stands() == "Ett stycke\n\n- punkt"
    shown = client.get(ANNA).content.decode()
    assert "Ett stycke\n\n- punkt</textarea>" in shown
    assert "<li><p>punkt</p></li>" in shown
    assert "av Anna Ek" in shown


def test_what_the_editor_sends_is_cleaned(client: Client) -> None:
    html = '<p onclick="x()">Hej <script>alert(1)</script><b>du</b> <a href="javascript:x">där</a></p>'
    save(client, ANNA, html, None, **{"content-format": "html"})
    assert stands() == "Hej **du** där"
    save(client, ANNA, "<p><script></p>", 1, **{"content-format": "okänt"})
    shown = client.get(ANNA).content.decode()
    assert "<p>&lt;p&gt;&lt;script&gt;&lt;/p&gt;</p>" in shown


def test_json_is_taken_and_rubbish_is_not(client: Client) -> None:
    save(client, ANNA, json.dumps(from_plain("## Rubrik")), None, **{"content-format": "json"})
    assert stands() == "## Rubrik"
    save(client, ANNA, "[" * 5000, 1, **{"content-format": "json"})
    assert stands() == ""


@pytest.mark.at("2025-09-10T14:32")
def test_a_draft_is_kept_shown_and_thrown_away(client: Client) -> None:
    save(client, ANNA, "Ett", None)
    answer = client.post(
        ANNA, {"verb": "autosave", "content": "<p>Ett till</p>", "content-format": "html", "base_number": "1"}
    )
    assert answer.json() == {"saved_at": "14.32", "words": "2 ord", "draft": True}
    page = client.get(ANNA).content.decode()
    assert "Du har ett utkast från i dag 14.32." in page
    assert "Ett till</textarea>" in page
    assert "utkast från" not in client.get(BO).content.decode()
    assert stands() == "Ett"
    assert client.post(ANNA, {"verb": "discard"}).status_code == 302
    assert "utkast från" not in client.get(ANNA).content.decode()
    same = client.post(ANNA, {"verb": "autosave", "content": "Ett", "base_number": "1"})
    assert same.json() == {"saved_at": "", "words": "1 ord", "draft": False}
    for base in ("x", "0", "-1", "9" * 40, "²"):
        assert client.post(ANNA, {"verb": "autosave", "content": "a", "base_number": base}).status_code == 200
        assert client.post(ANNA, {"content": "a", "base_number": base}).status_code == 422


def test_an_old_draft_tells_its_day_and_that_others_have_saved(client: Client, moment: dt.datetime) -> None:
    save(client, ANNA, "Ett", None)
    with clock.frozen(moment - dt.timedelta(days=2)):
        client.post(ANNA, {"verb": "autosave", "content": "Ett två", "base_number": "1"})
    save(client, BO, "Ett, av Bo", 1)
    page = client.get(ANNA).content.decode()
    assert "utkast från 8 september 2025 10.00" in page
    assert "Bo Alm har sparat texten sedan du började" in page
    assert 'name="base_number" value="1"' in page


def test_two_at_once_see_both_and_choose(client: Client) -> None:
    save(client, ANNA, "Ett\n\nTvå", None)
    assert save(client, BO, "Ett\n\nTvå av Bo", 1) == 302
    answer = client.post(ANNA, {"content": "Ett av Anna\n\nTvå", "base_number": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Bo Alm sparade ”Sammanfattning”" in page
    assert "<ins>" in page
    assert "<del>" in page
    assert "Ett av Anna\n\nTvå av Bo</textarea>" in page  # both, since they changed in different places
    assert stands() == "Ett\n\nTvå av Bo"
    assert save(client, ANNA, "Ett av Anna\n\nTvå av Bo", 2) == 302
    assert stands() == "Ett av Anna\n\nTvå av Bo"


def test_a_picture_nobody_described_is_refused_but_not_lost(client: Client) -> None:
    content = f"![](sha256:{'ab' * 32})\n\nText"
    answer = client.post(ANNA, {"content": content})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Bild 1 saknar beskrivning." in page
    assert 'aria-invalid="true"' in page
    assert stands() == ""
    draft = selectors.draft(SLOT, "anna")
    assert draft is not None
    assert to_plain(draft.content) == content


def test_the_versions_and_what_one_changed(client: Client) -> None:
    assert "Inget är skrivet än" in client.get("/versioner/anna/").content.decode()
    save(client, ANNA, "Ett", None)
    save(client, BO, "Ett två", 1)
    page = client.get("/versioner/anna/").content.decode()
    assert "<ins> två</ins>" in page
    assert "Version 2" in page
    assert "<ins>Ett</ins>" in client.get("/versioner/anna/?version=1").content.decode()


def test_the_editor_costs_two_queries(client: Client, count_queries: object) -> None:
    save(client, ANNA, "Ett", None)
    client.get(ANNA)
    assert callable(count_queries)
    assert count_queries(lambda: client.get(ANNA)) <= 6
