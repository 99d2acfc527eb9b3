"""Adopting a report freezes it: payload, files and hashes. Later changes are told of, and never reach it."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest

from uppsikt.cycle import selectors as cycle
from uppsikt.files import selectors as files
from uppsikt.history import selectors as history
from uppsikt.history.rules import Actor, digest
from uppsikt.kernel import clock
from uppsikt.kernel.decision import Decision
from uppsikt.kernel.period import parse_period
from uppsikt.kernel.problems import InputError
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors as planning
from uppsikt.planning.actions import indicators
from uppsikt.publishing import selectors as publishing
from uppsikt.publishing.selectors import Publication
from uppsikt.reports import selectors
from uppsikt.reports.actions.adoption import adopt
from uppsikt.reports.actions.reports import change_outline
from uppsikt.reports.actions.texts import save_chapter_text
from uppsikt.reports.assembly import compose
from uppsikt.reports.rules.difference import difference
from uppsikt.reports.rules.outline import Change
from uppsikt.reports.selectors import Report
from uppsikt.texts.rules import from_plain

pytestmark = pytest.mark.django_db
BY = Actor("controller", "Malin Ekestubbe")
DECISION = Decision("KS-2025/211", "Kommunstyrelsen", dt.date(2025, 3, 26), "41")


@pytest.fixture
def report(demo_database: None) -> Report:
    found = selectors.report("2024-bokslut-ks")
    assert found is not None
    return found


@pytest.fixture
def publication(report: Report, settings, tmp_path) -> Publication:
    settings.MEDIA_ROOT = tmp_path
    return adopt(report=report, decision=DECISION, by=BY)


def change_a_figure() -> None:
    body = organisation.body("ks")
    indicator = planning.indicators().get(key="foretagsklimat-nki")
    indicators.record_observation(
        indicator=indicator, body=body, period=parse_period("2023"), value=Decimal(74), by=BY, importing=True
    )


def test_adoption_keeps_payload_files_and_who(report: Report, publication: Publication) -> None:
    row = publishing.latest("report:2024-bokslut-ks")
    assert row == publication
    assert (row.adopted_by_key, str(row.decision)) == (
        "controller",
        "KS-2025/211, Kommunstyrelsen 2025-03-26 §\u00a041",
    )
    assert row.fingerprint == digest(row.payload)
    document = row.payload["document"]
    assert (document["state"], document["state_text"]) == ("adopted", "Fastställd 2025-03-26 §\u00a041")
    assert document["adopted"]["decision_case"] == "KS-2025/211"
    assert document["adopted"]["decision_section"] == "41"
    assert {each.format for each in row.files.all()} == {"pdf", "docx", "html", "xlsx", "json"}
    assert json.loads(publishing.content(row, "json") or b"") == row.payload
    assert (publishing.content(row, "pdf") or b"")[:5] == b"%PDF-"
    page = (publishing.content(row, "html") or b"").decode()
    assert row.fingerprint in page
    assert "Fastställd 2025-03-26 §\u00a041 · " in page  # in the foot
    assert "2025-03-26 §\u00a041 av Kommunstyrelsen" in page  # on the title page
    assert "Utkast" not in page
    assert publishing.verify(row).holds
    event = history.about("report:2024-bokslut-ks").first()
    assert event is not None
    assert (event.kind, event.data["fingerprint"]) == ("report.adopted", row.fingerprint)
    assert report.adoptions.get().publication == row


def test_later_data_never_reach_what_is_adopted(report: Report, publication: Publication) -> None:
    before = {each.format: publishing.content(publication, each.format) for each in publication.files.all()}
    change_a_figure()
    row = publishing.publication(publication.pk)
    assert row is not None
    assert row.payload == publication.payload
    assert {each.format: publishing.content(row, each.format) for each in row.files.all()} == before
    assert publishing.verify(row).holds


def test_the_difference_since_is_told_place_by_place(report: Report, publication: Publication) -> None:
    assert difference(publication.payload, dict(compose(report))) == []
    change_a_figure()
    saved = save_chapter_text(
        report=report, chapter="effektivisering", content=from_plain("Ny text."), base_number=1, by=BY
    )
    assert saved.changed  # type: ignore[union-attr]
    told = {(c.place, c.before, c.after) for c in difference(publication.payload, dict(compose(report)))}
    name = "Företagsklimat enligt öppna jämförelser (Insikt) - Totalt, NKI"
    assert (f"Indikatorer: Attraktivt företagsklimat: {name}, 2023", "78", "74") in told
    assert any(place.startswith("Texten") and after == "Ny text." for place, _before, after in told)


def test_adopting_again_supersedes_and_keeps_both(report: Report, publication: Publication) -> None:
    change_a_figure()
    second = adopt(report=report, decision=DECISION, by=BY)
    assert second.supersedes == publication
    assert publishing.latest("report:2024-bokslut-ks") == second
    assert second.fingerprint != publication.fingerprint
    first = publishing.publication(publication.pk)
    assert first is not None
    assert publishing.verify(first).holds


def test_a_changed_file_is_found_out(publication: Publication) -> None:
    row = publishing.publication(publication.pk)
    assert row is not None
    stored = publishing.stored(row, "pdf")
    assert stored is not None
    files.path(stored).write_bytes(b"%PDF-1.7 another report")
    assert publishing.verify(row).faults == (f"Filen {stored.name} är borta eller ändrad.",)


def test_a_changed_payload_is_found_out(publication: Publication) -> None:
    row = publishing.publication(publication.pk)
    assert row is not None
    row.payload["document"]["title"] = "Something else"
    assert "Innehållet stämmer inte med kontrollsumman." in publishing.verify(row).faults


def test_nothing_is_adopted_without_a_decision(report: Report) -> None:
    with pytest.raises(InputError, match="vem som beslutade"):
        adopt(report=report, decision=Decision(), by=BY)
    assert publishing.latest("report:2024-bokslut-ks") is None


def test_a_report_can_be_read_as_it_was(report: Report) -> None:
    moment = clock.now() + dt.timedelta(seconds=1)
    then = compose(report)
    with clock.frozen(moment + dt.timedelta(hours=1)):
        change_a_figure()
        change_outline(report=report, change=Change("rename", "handelser", "Händelser"), by=BY)
        save_chapter_text(
            report=report, chapter="handelser", content=from_plain("Nytt."), base_number=1, by=BY
        )
        assert difference(dict(then), dict(compose(report))) != []
        assert difference(dict(then), dict(compose(report, moment))) == []


def test_the_plan_is_adopted_by_the_same_door(demo_database: None, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    report = selectors.report("2024-plan-ks")
    assert report is not None
    row = adopt(report=report, decision=DECISION, by=BY)
    assert row.round is None
    assert row.payload["document"]["kind"] == "plan"
    table = next(b for c in row.payload["chapters"] for b in c["blocks"] if b["kind"] == "table")
    # The plan for 2024 was decided when 2023 was the last year known.
    assert [column["title"] for column in table["columns"]][1:4] == ["2021", "2022", "2023"]
    assert cycle.model_for(2024).plan_outline[0].key == row.payload["chapters"][0]["key"]
