"""The auditor's room: a body as it was at a day, packs of it, samples from it, and the basic review."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests import audit_world, build
from uppsikt.control.actions.risks import assess_risk, save_risk
from uppsikt.control.rules.words import Stage
from uppsikt.control.selectors import SampleDraw
from uppsikt.control.selectors.audit_questions import question_facts
from uppsikt.history.rules import SYSTEM
from uppsikt.kernel import clock
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
ROOM = "/audit/?year=2024&body=ks"


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Path) -> None:
    """Two bodies with a risk each; that of the executive board is changed two days later, in words and value."""
    settings.MEDIA_ROOT = tmp_path
    with clock.frozen(clock.now() - dt.timedelta(days=4)):
        build.year()
        build.reporting_round()
        for key in ("ks", "bun"):
            body = build.body(key=key)
            risk, _ = save_risk(
                key=f"risk-{key}", year=2024, body=body, process="Inköp", title=f"Före {key}", by=SYSTEM
            )
            assess_risk(risk=risk, stage=Stage.BEFORE, likelihood=2, consequence=3, by=SYSTEM)
            audit_world.recommendation(key=f"r-{key}", at=key, of=audit_world.review(at=("ks", "bun")))
    with clock.frozen(clock.now() - dt.timedelta(days=2)):
        risk, _ = save_risk(
            key="risk-ks", year=2024, body=build.body(), process="Inköp", title="Efter ks", by=SYSTEM
        )
        assess_risk(risk=risk, stage=Stage.BEFORE, likelihood=4, consequence=4, by=SYSTEM)


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(build.person(key="revisor", role=Role.AUDITOR, at=build.body()))
    return client


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_room_shows_a_day_as_it_was(auditor: Client) -> None:
    now = words(auditor.get(f"{ROOM}&area=risks"))
    then = words(auditor.get(f"{ROOM}&area=risks&date=2025-09-07"))
    before = words(auditor.get(f"{ROOM}&area=risks&date=2025-09-01"))
    assert "Efter ks" in now
    assert "som det är nu" in now
    assert "Före ks" in then
    assert "Efter ks" not in then
    assert "som det var den 7 september 2025" in then
    assert "Inget av det här slaget" in before


def test_another_body_is_no_business_of_the_auditors(auditor: Client) -> None:
    assert auditor.get("/audit/?body=bun&year=2024").status_code == 404
    everything = words(auditor.get("/audit/?body=all&year=2024&area=risks"))
    assert "Efter ks" in everything
    assert "Före bun" not in everything
    assert auditor.post("/audit/pack/", {"body": "bun", "year": "2024"}).status_code == 404
    assert auditor.get("/audit/review/bun/2024/").status_code == 404


def test_one_without_history_or_audit_is_turned_away(client: Client) -> None:
    client.force_login(build.person(key="las", role=Role.READER, at=build.body()))
    assert client.get("/audit/").status_code == 403
    assert client.get("/audit/packs/").status_code == 403


def test_what_happened_by_then_is_listed(auditor: Client) -> None:
    assert "2 september" not in words(auditor.get(f"{ROOM}&area=history&date=2025-09-07"))
    assert "ändrade risken Före ks" in words(auditor.get(f"{ROOM}&area=history&date=2025-09-07"))
    assert "ändrade risken Efter ks" in words(auditor.get(f"{ROOM}&area=history"))


def test_a_question_begins_from_what_is_looked_at(auditor: Client) -> None:
    page = auditor.get(f"{ROOM}&area=risks&date=2025-09-07").content.decode()
    found = re.search(r'href="(/control/questions/new/\?[^"]+)"', page)
    assert found
    form = auditor.get(html.unescape(found[1])).content.decode()
    assert 'value="risk:risk-ks"' in form
    assert 'value="2025-09-07"' in form


def test_a_pack_is_taken_out_and_fetched(auditor: Client) -> None:
    answer = auditor.post("/audit/pack/", {"body": "ks", "year": "2024", "date": "2025-09-07", "basic": "1"})
    assert answer.status_code == 302
    listed = auditor.get("/audit/packs/")
    found = re.search(r'href="(/audit/packs/[0-9a-f]{64}/)"', listed.content.decode())
    assert found
    got = auditor.get(found[1])
    archive = zipfile.ZipFile(io.BytesIO(b"".join(got.streaming_content)))
    assert "data/basic-review.csv" in archive.namelist()
    assert "Före ks" in archive.read("data/risks.csv").decode()
    other = Client()
    other.force_login(build.person(key="annan", role=Role.AUDITOR, at=build.body(key="bun")))
    assert other.get(found[1]).status_code == 404
    assert "Inget är uttaget än" in words(other.get("/audit/packs/"))


def test_the_same_seed_draws_the_same_rows(auditor: Client) -> None:
    for number in range(20):
        build.assignment(key=f"2024-u{number}", title=f"Uppdrag {number}")
    for _time in range(2):
        sent = {"area": "assignments", "size": "5", "seed": "lotta"}
        assert auditor.post("/audit/sample/?year=2024&body=ks", sent).status_code == 302
    one, other = SampleDraw.objects.all()
    assert [item.values for item in one.items.all()] == [item.values for item in other.items.all()]
    assert (one.population, one.size, one.occasion) == (20, 5, None)


def test_drawing_from_nothing_says_what_to_do(auditor: Client) -> None:
    answer = auditor.post("/audit/sample/?year=2024&body=ks", {"size": "5"})
    assert answer.status_code == 422
    assert "Välj vad som ska dras, eller ladda upp en lista." in words(answer)
    answer = auditor.post("/audit/sample/?year=2024&body=ks", {"area": "controls", "size": "5"})
    assert "Det finns inget att dra ur." in words(answer)
    answer = auditor.post("/audit/sample/?year=2024&body=ks", {"area": "vouchers", "size": "5"})
    assert "Ingen huvudbok är vald för året." in words(answer)


def test_the_basic_review_answers_with_its_grounds(auditor: Client) -> None:
    answer = auditor.get("/audit/review/ks/2024/")
    said = words(answer)
    assert "Har nämnden mål för året? Nej 0" in said
    assert "Är planen för intern kontroll fastställd? Nej Ingen plan finns" in said
    assert "Är riskerna analyserade? Ja 1 av 1" in said
    assert "/audit/?body=ks&amp;year=2024&amp;area=risks" in answer.content.decode()


def test_a_question_stands_on_the_page_of_those_who_answer(client: Client) -> None:
    asked = audit_world.question(due=dt.date(2025, 9, 12))
    client.force_login(build.person(key="cont", role=Role.CONTROLLER, at=build.body()))
    said = client.get("/")
    assert "Frågor från revisorn" in words(said)
    assert f"/control/questions/{asked.key}/" in said.content.decode()
    reader = Client()
    reader.force_login(build.person(key="las", role=Role.READER, at=build.body()))
    assert "Frågor från revisorn" not in words(reader.get("/"))
    assert question_facts(["ks"])[0].clock.left == 2


@pytest.mark.parametrize(
    "address", [f"{ROOM}&area=risks&date=2025-09-09", "/audit/review/ks/2024/?date=2025-09-09"]
)
def test_queries_do_not_follow_what_there_is(auditor: Client, address: str, count_queries: Any) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=3)):
        build.goal()
        build.assignment()
    auditor.get(address)
    few = count_queries(lambda: auditor.get(address))
    with clock.frozen(clock.now() - dt.timedelta(days=3)):
        for number in range(10):
            build.goal(key=f"g{number}")
            build.assignment(key=f"a{number}")
            save_risk(key=f"k{number}", year=2024, body=build.body(), process="P", title="R", by=SYSTEM)
    assert count_queries(lambda: auditor.get(address)) <= few + 1  # the pages of a longer list


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("desk:room", f"{ROOM}&area=risks&date=2025-09-09"),
        ("desk:packs", "/audit/packs/"),
        ("desk:basic_review", "/audit/review/ks/2024/"),
    ],
)
def test_the_room_asks_few_questions(auditor: Client, query_budget: Any, name: str, address: str) -> None:
    auditor.get(address)
    with query_budget(name):
        assert auditor.get(address).status_code == 200
