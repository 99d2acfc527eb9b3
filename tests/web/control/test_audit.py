"""Reviews, recommendations and auditors' questions, as a controller and an auditor use them."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import build
from uppsikt.control.actions import audit, audit_questions
from uppsikt.control.selectors.audit import (
    AuditReview,
    Recommendation,
    recommendation_facts,
    version_of,
)
from uppsikt.control.selectors.audit_questions import AuditQuestion, question_facts
from uppsikt.history.rules import Actor
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
AUDITOR = Actor("rev", "Rut Revisor")


@pytest.fixture
def review() -> AuditReview:
    build.year()
    build.reporting_round()
    row, _ = audit.save_review(
        key="2024-inkop", kind="audit_report", year=2024, title="Granskning av inköp", case_number="REV-2025/7",
        auditor="Granskarna AB", date=dt.date(2025, 3, 10), judgement="Inte helt tillräcklig",
        answer_due=dt.date(2025, 9, 20), bodies=[build.body(), build.body(key="bun", name="Barnnämnden")], by=AUDITOR,
    )  # fmt: skip
    return row


def recommendation(review: AuditReview, key: str, at: str = "ks", **more: Any) -> Recommendation:
    values = {"number": key, "text": "Säkerställ att avtal finns vid inköp", "theme": "Inköp"} | more
    return audit.save_recommendation(key=key, review=review, body=build.body(key=at), by=AUDITOR, **values)[0]


@pytest.fixture
def controller(review: AuditReview, client: Client) -> Client:
    client.force_login(build.person(role=Role.CONTROLLER, at=build.body()))
    return client


@pytest.fixture
def auditor(review: AuditReview) -> Client:
    client = Client()
    client.force_login(build.person(key="revisor", role=Role.AUDITOR, at=build.body()))
    return client


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_lists_say_what_waits(controller: Client, review: AuditReview) -> None:
    recommendation(review, "r1")
    recommendation(review, "r2", answer_due=dt.date(2025, 9, 1))
    said = words(controller.get("/control/reviews/?body=ks"))
    assert "2 rekommendationer är öppna. 1 svar är försenat." in said
    assert "Granskning av inköp Revisionsrapport · REV-2025/7 · Granskarna AB" in said
    listed = words(controller.get("/control/recommendations/?state=overdue"))
    assert "r2 Säkerställ" in listed
    assert "1 september 2025, 9 dagar försenat" in listed
    assert "r1 Säkerställ" not in listed


def test_an_empty_list_says_what_to_do(client: Client) -> None:
    build.year()
    client.force_login(build.person(role=Role.CONTROLLER, at=build.body()))
    said = words(client.get("/control/reviews/"))
    assert "Inga granskningar" in said
    assert "Registrera granskning" in said


def test_a_reader_of_one_body_sees_only_what_is_said_to_it(controller: Client, review: AuditReview) -> None:
    recommendation(review, "r1")
    recommendation(review, "r2", at="bun", text="Bara barnnämnden")
    said = words(controller.get("/control/reviews/2024-inkop/"))
    assert "Rekommendation r1" in said
    assert "Bara barnnämnden" not in said
    assert controller.get("/control/recommendations/r2/answer/").status_code == 404


def test_a_review_is_registered_with_its_first_recommendation(controller: Client) -> None:
    sent = {"kind": "audit_letter", "title": "Skrivelse om attest", "year": "2024", "bodies": ["ks"]}
    answer = controller.post("/control/reviews/new/", sent)
    assert answer.status_code == 302
    row = AuditReview.objects.get(title="Skrivelse om attest")
    assert [body.key for body in row.bodies.all()] == ["ks"]
    answer = controller.post(
        f"/control/reviews/{row.key}/recommendation/", {"body": "ks", "text": "Inför kontroll"}
    )
    assert answer.status_code == 302
    assert Recommendation.objects.get(review=row).text == "Inför kontroll"


def test_what_is_wrong_is_said_at_the_fields(controller: Client) -> None:
    answer = controller.post("/control/reviews/new/", {"kind": "audit_letter", "year": "2024"})
    assert answer.status_code == 422
    assert AuditReview.objects.count() == 1


def test_a_change_from_an_old_version_is_told(controller: Client, review: AuditReview) -> None:
    old = version_of(review)
    recommendation(review, "r1")
    audit.save_review(
        key=review.key, kind="audit_report", year=2024, title="Bytt rubrik", bodies=[build.body()], by=AUDITOR
    )
    sent = {"version": old, "kind": "audit_letter", "title": "Min rubrik", "year": "2024", "bodies": ["ks"]}
    answer = controller.post("/control/reviews/2024-inkop/change/", sent)
    assert answer.status_code == 409
    assert "Någon annan har sparat granskningen" in words(answer)
    assert AuditReview.objects.get().title == "Bytt rubrik"


def test_the_controller_answers_and_the_auditor_follows_up(
    controller: Client, auditor: Client, review: AuditReview
) -> None:
    row = recommendation(review, "r1")
    sent = {
        "version": version_of(row), "stance": "partly", "text": "Vi ser över rutinen", "answered_on": "2025-09-09",
        "decision_body": "Kommunstyrelsen", "decision_date": "2025-09-09", "decision_section": "88",
    }  # fmt: skip
    assert controller.post("/control/recommendations/r1/answer/", sent).status_code == 302
    assert controller.get("/control/recommendations/r1/follow-up/").status_code == 403
    assert auditor.get("/control/recommendations/r1/answer/").status_code == 403
    late = {"date": "2025-09-11", "verdict": "partly"}
    assert auditor.post("/control/recommendations/r1/follow-up/", late).status_code == 422
    followed = {"date": "2025-09-10", "verdict": "not_done", "comment": "Rutinen saknas än"}
    assert auditor.post("/control/recommendations/r1/follow-up/", followed).status_code == 302
    said = words(auditor.get("/control/reviews/2024-inkop/"))
    for part in ("Instämmer delvis", "Vi ser över rutinen", "Kommunstyrelsen 2025-09-09 §", "Inte åtgärdad enligt revisorn",
                 "Rutinen saknas än"):  # fmt: skip
        assert part in said


def test_a_return_is_offered_and_linked_only_when_chosen(controller: Client, review: AuditReview) -> None:
    old, _ = audit.save_review(
        key="2021", kind="audit_report", year=2024, title="Inköp 2021", date=dt.date(2022, 3, 1),
        bodies=[build.body()], by=AUDITOR,
    )  # fmt: skip
    recommendation(old, "r0", text="Se till att avtal finns vid inköp")
    row = recommendation(review, "r1")
    page = words(controller.get("/control/recommendations/r1/return/"))
    assert "Förslag: Inköp 2021, 1 mars 2022: r0 Se till att avtal finns vid inköp (samma område" in page
    assert Recommendation.objects.get(key="r1").returns is None
    sent = {"version": version_of(row), "earlier": "r0"}
    assert controller.post("/control/recommendations/r1/return/", sent).status_code == 302
    said = words(controller.get("/control/reviews/2024-inkop/"))
    assert "Återkommer, första gången 2022" in said
    assert "Har lämnats förut Inköp 2021" in said
    assert "Har kommit tillbaka" in words(controller.get("/control/reviews/2021/"))
    assert "r1 Säkerställ" in words(controller.get("/control/recommendations/?state=returned"))


def test_what_is_removed_can_be_put_back(controller: Client, review: AuditReview) -> None:
    recommendation(review, "r1")
    assert controller.post("/control/recommendations/r1/remove/").status_code == 302
    assert recommendation_facts(None) == []
    assert controller.post("/control/recommendations/r1/restore/").status_code == 302
    client = Client()
    client.force_login(build.person(key="central", role=Role.CENTRAL_CONTROLLER))
    assert client.post("/control/reviews/2024-inkop/remove/").status_code == 302
    assert controller.get("/control/reviews/2024-inkop/").status_code == 404
    assert client.post("/control/reviews/2024-inkop/restore/").status_code == 302
    assert len(recommendation_facts(None)) == 1


def test_what_is_about_several_bodies_no_single_one_changes(
    controller: Client, review: AuditReview, client: Client
) -> None:
    for address in ("change/", "remove/", "restore/"):
        assert controller.post(f"/control/reviews/{review.key}/{address}").status_code in (403, 404)
    assert AuditReview.objects.get().removed_at is None
    assert "Ändra uppgifter" not in words(controller.get(f"/control/reviews/{review.key}/"))


def test_a_review_of_no_body_in_particular_is_read_by_those_who_read_all(
    controller: Client, review: AuditReview
) -> None:
    audit.save_review(
        key="kommunen", kind="external_review", year=2024, title="Kommunen som helhet", by=AUDITOR
    )
    assert controller.get("/control/reviews/kommunen/").status_code == 404
    controller.force_login(build.person(key="central", role=Role.CENTRAL_CONTROLLER))
    assert controller.get("/control/reviews/kommunen/").status_code == 200


def test_a_question_goes_to_the_body_and_back(
    controller: Client, auditor: Client, review: AuditReview
) -> None:
    page = auditor.get("/control/questions/new/?body=ks&about=risk:x&as_of=2025-06-30&review=2024-inkop")
    assert 'value="2025-06-30"' in page.content.decode()
    sent = {
        "body": "ks",
        "subject": "Attest",
        "text": "Vem attesterar?",
        "due": "2025-09-20",
        "as_of": "2025-06-30",
    }
    assert controller.get("/control/questions/new/").status_code == 403
    assert auditor.post("/control/questions/new/?review=2024-inkop", sent).status_code == 302
    row = AuditQuestion.objects.get()
    assert row.as_of is not None
    assert row.as_of.date() == dt.date(2025, 6, 30)
    said = words(controller.get("/control/questions/"))
    assert "1 fråga väntar på svar" in said
    assert "20 september 2025, 10 dagar kvar" in said
    answer = {"version": version_of(row), "text": "Ekonomichefen"}
    assert auditor.get(f"/control/questions/{row.key}/answer/").status_code == 403
    assert controller.post(f"/control/questions/{row.key}/answer/", answer).status_code == 302
    assert "Ekonomichefen" in words(auditor.get(f"/control/questions/{row.key}/"))
    assert controller.post(f"/control/questions/{row.key}/close/").status_code == 403
    assert auditor.post(f"/control/questions/{row.key}/close/").status_code == 302
    assert question_facts(["ks"])[0].state.value == "closed"
    assert "Attest" in words(auditor.get("/control/reviews/2024-inkop/"))


def test_the_pages_ask_no_more_when_there_is_more(
    controller: Client, review: AuditReview, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    pages = (
        "/control/reviews/",
        "/control/recommendations/",
        "/control/reviews/2024-inkop/",
        "/control/questions/",
    )
    recommendation(review, "r1")
    audit_questions.ask_question(body=build.body(), subject="Ett", text="Ett?", by=AUDITOR)
    few = [count_queries(lambda page=page: controller.get(page)) for page in pages]  # type: ignore[misc]
    for number in range(2, 12):
        recommendation(review, f"r{number}")
        audit_questions.ask_question(body=build.body(), subject=f"Nr {number}", text="?", by=AUDITOR)
    assert [count_queries(lambda page=page: controller.get(page)) for page in pages] == few  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("control:reviews", "/control/reviews/"),
        ("control:recommendations", "/control/recommendations/"),
        ("control:review", "/control/reviews/2024-inkop/"),
        ("control:questions", "/control/questions/"),
    ],
)
def test_audit_asks_few_questions(
    controller: Client, review: AuditReview, query_budget: Any, name: str, address: str
) -> None:
    recommendation(review, "r1")
    controller.get("/")
    with query_budget(name):
        assert controller.get(address).status_code == 200
