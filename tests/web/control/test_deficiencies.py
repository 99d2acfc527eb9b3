"""Deficiencies and evidence as one who makes controls meets them."""

from __future__ import annotations

import datetime as dt
import html
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import build
from tests.samples_world import CLERK, control_world, deficiency, draw
from uppsikt.control.actions import controls, deficiencies, evidence, mitigations, results
from uppsikt.control.actions.audit import save_recommendation, save_review
from uppsikt.control.selectors import Deficiency, Evidence, Mitigation, Occasion
from uppsikt.files.rules import Sent
from uppsikt.organisation.rules import Role

pytestmark = [pytest.mark.django_db, pytest.mark.at("2025-09-10T10:00")]
LIST = "/control/deficiencies/?body=gn&round=2025-augusti"
PDF = b"%PDF-1.7\n1 0 obj"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world() -> SimpleNamespace:
    found = control_world()
    build.reporting_round(key="2025-augusti", of=2025, kind="interim", cutoff="2025-08-31")
    return found


@pytest.fixture
def controller(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(key="co", name="Cia Controller", role=Role.CONTROLLER, at=world.body))
    return client


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def titles(answer: Any) -> list[str]:
    return re.findall(r'class="row__link"[^>]*>([^<]*)</a>', answer.content.decode())


def action(of: Deficiency, *, key: str = "rutin", deadline: dt.date | None = None) -> Mitigation:
    row, _ = mitigations.save_mitigation(
        key=key, year=2025, body=of.occasion.control.item.body, title="Ny rutin", deficiency=of, deadline=deadline, by=CLERK
    )  # fmt: skip
    return row


def page(key: str = "moms") -> str:
    return reverse("control:deficiency", args=[key])


def test_from_found_to_closed(controller: Client, world: SimpleNamespace) -> None:
    """Written down at the occasion, an action, a retest that fails, one that passes: only then is it closed."""
    answer = controller.post(
        reverse("control:deficiency_new", args=[world.occasion.pk]),
        {"title": "Momsen dras fel", "description": "I tre fakturor.", "found_on": "2025-05-12"},
    )
    found = Deficiency.objects.get()
    assert answer["Location"] == page(found.key)
    told = words(controller.get(page(found.key)))
    assert "Ingen åtgärd" in told
    assert "Så stängs bristen Lägg till en åtgärd." in told
    assert "En brist är öppen tills ett omtest av kontrollen blir godkänt." in told
    controller.post(reverse("control:mitigation_new", args=["deficiency", found.key]), {"title": "Ny rutin"})
    assert "Åtgärd pågår" in words(controller.get(page(found.key)))
    for day, judgement in (("2025-09-10", "failed"), ("2025-09-11", "approved")):
        address = reverse("control:deficiency_retest", args=[found.key])
        assert controller.post(address, {"due": day})["Location"] == page(found.key)
        occasion = Occasion.objects.get(retest_of=found, period=day)
        assert "Inte gjort" in words(controller.get(page(found.key)))
        results.report_result(occasion=occasion, judgement=judgement, by=CLERK)
    told = words(controller.get(page(found.key)))
    assert "Stängd 10 september 2025, när omtestet blev godkänt." in told
    assert "Planera omtest" not in told


def test_the_list_begins_with_the_worst_and_filters(controller: Client, world: SimpleNamespace) -> None:
    bare = deficiency(world.occasion, key="bar", title="Utan åtgärd")
    late = deficiency(world.occasion, key="sen", title="Sen åtgärd")
    closed = deficiency(world.occasion, key="stangd", title="Stängd brist")
    action(late, deadline=dt.date(2025, 6, 30))
    occasion, _ = deficiencies.plan_retest(deficiency=closed, period="2025-08-20", by=CLERK)
    results.report_result(
        occasion=occasion, judgement="approved", performed_on=dt.date(2025, 8, 20), by=CLERK
    )
    answer = controller.get(LIST)
    assert titles(answer) == [late.title, bare.title]
    told = words(answer)
    assert "2 brister är öppna, 1 är försenad, 1 saknar åtgärd." in told
    assert titles(controller.get(f"{LIST}&only=closed")) == [closed.title]
    assert titles(controller.get(f"{LIST}&only=no-action")) == [bare.title]
    assert titles(controller.get(f"{LIST}&only=overdue")) == [late.title]
    assert titles(controller.get(f"{LIST}&only=all&sort=title")) == [late.title, closed.title, bare.title]
    assert titles(controller.get(f"{LIST}&q=sen")) == [late.title]
    assert "Inget motsvarar filtret" in words(controller.get(f"{LIST}&q=finns-inte"))


def test_an_empty_list_says_where_one_is_added(controller: Client) -> None:
    assert "En brist läggs till på det kontrolltillfälle som fann den." in words(controller.get(LIST))


def test_one_that_comes_back_says_so(controller: Client, world: SimpleNamespace) -> None:
    deficiency(world.occasion)
    second, _ = controls.save_occasion(control=world.control, period="2025-T2", by=CLERK)
    deficiency(second, key="igen", found_on=dt.date(2025, 9, 1))
    told = words(controller.get(page("igen")))
    assert "Återkommer från" in told
    assert "Samma kontroll har haft brister förut" in told
    assert titles(controller.get(f"{LIST}&only=recurring")) == ["Momsen dras fel"]


def test_what_is_wrong_comes_back_with_the_form(controller: Client, world: SimpleNamespace) -> None:
    deficiency(world.occasion)
    answer = controller.post(
        reverse("control:deficiency_change", args=["moms"]),
        {"title": "", "found_on": "2025-09-11", "version": ""},
    )
    assert answer.status_code == 422
    answer = controller.post(reverse("control:deficiency_retest", args=["moms"]), {"due": "2025-01-01"})
    assert answer.status_code == 422
    assert "innan bristen hittades" in words(answer)
    answer = controller.post(reverse("control:deficiency_retest", args=["moms"]), {"due": "snart"})
    assert answer.status_code == 422


def test_a_change_is_not_written_over_somebody_else_s(controller: Client, world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    address = reverse("control:deficiency_change", args=["moms"])
    version = re.search(r'name="version" value="(\d+)"', controller.get(address).content.decode())
    assert version is not None
    deficiencies.save_deficiency(
        key="moms", occasion=world.occasion, title="Nytt namn", found_on=found.found_on, by=CLERK
    )
    sent = {"title": "Mitt namn", "found_on": "2025-05-12", "version": version[1]}
    answer = controller.post(address, sent)
    assert answer.status_code == 409
    assert "Någon annan har sparat bristen" in words(answer)
    found.refresh_from_db()
    assert found.title == "Nytt namn"


def test_taking_out_is_undone(controller: Client, world: SimpleNamespace) -> None:
    found = deficiency(world.occasion)
    planned = action(found)
    remove = reverse("control:deficiency_remove", args=["moms"])
    assert "Bristen har åtgärder." in words(controller.post(remove, follow=True))
    mitigations.remove_mitigation(mitigation=planned, by=CLERK)
    controller.post(remove)
    assert controller.get(page()).status_code == 404
    controller.post(reverse("control:deficiency_restore", args=["moms"]))
    assert controller.get(page()).status_code == 200


@pytest.mark.parametrize(
    ("role", "changes"), [(Role.REPORTER, True), (Role.READER, False), (Role.AUDITOR, False)]
)
def test_readers_read_and_reporters_write(
    client: Client, world: SimpleNamespace, role: Role, changes: bool
) -> None:
    deficiency(world.occasion)
    client.force_login(build.person(role=role, at=world.body))
    assert client.get(page()).status_code == 200
    for name, at in (
        ("deficiency_change", "moms"),
        ("deficiency_retest", "moms"),
        ("deficiency_new", world.occasion.pk),
    ):
        assert client.get(reverse(f"control:{name}", args=[at])).status_code == (200 if changes else 403)


def test_forty_take_no_more_queries_than_four(
    controller: Client, world: SimpleNamespace, count_queries: Any
) -> None:
    def add(first: int, last: int) -> None:
        for number in range(first, last):
            action(deficiency(world.occasion, key=f"b-{number}"), key=f"a-{number}")

    add(0, 4)
    controller.get(LIST)  # the choice of body and round is remembered now
    add(4, 5)
    few = count_queries(lambda: controller.get(LIST))
    add(5, 40)
    assert count_queries(lambda: controller.get(LIST)) == few


def attach(client: Client, of: str, pk: int, content: bytes = PDF, name: str = "protokoll.pdf") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("control:evidence_new", args=[of, pk]), {"file": file, "note": "Sidan 3."})


def test_a_file_is_attached_read_and_taken_out(controller: Client, world: SimpleNamespace) -> None:
    answer = attach(controller, "occasion", world.occasion.pk)
    occasion = reverse("control:occasion", args=[world.occasion.pk])
    assert answer["Location"] == occasion
    row = Evidence.objects.get()
    told = words(controller.get(occasion))
    assert "protokoll.pdf" in told
    assert "Sidan 3." in told
    assert "Cia Controller" in told
    assert row.file.digest in told
    fetched = controller.get(reverse("control:evidence_file", args=[row.pk]))
    assert fetched.content == PDF
    assert fetched["X-Content-Type-Options"] == "nosniff"
    controller.post(reverse("control:evidence_remove", args=[row.pk]))
    assert "protokoll.pdf" not in words(controller.get(occasion)).replace("protokoll.pdf är borttagen", "")
    assert controller.get(reverse("control:evidence_file", args=[row.pk])).status_code == 404
    controller.post(reverse("control:evidence_restore", args=[row.pk]))
    assert controller.get(reverse("control:evidence_file", args=[row.pk])).status_code == 200


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><script>alert(1)</script>", "Filen är en HTML-fil."),
        (b"MZ\x90\0\x03", "Filens innehåll känns inte igen."),
        (b"", "Filen är tom."),
    ],
)
def test_what_proves_nothing_comes_back(
    controller: Client, world: SimpleNamespace, content: bytes, said: str
) -> None:
    answer = attach(controller, "occasion", world.occasion.pk, content, "rapport.pdf")
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Evidence.objects.exists()


def test_a_file_is_never_run_in_the_browser(controller: Client, world: SimpleNamespace) -> None:
    content = b"hej <script>alert(1)</script>"
    row = evidence.add_evidence(file=Sent("x.html", content), target=world.occasion, by=CLERK)
    answer = controller.get(reverse("control:evidence_file", args=[row.pk]))
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''x.html.txt"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_follows_what_it_is_attached_to(client: Client, world: SimpleNamespace) -> None:
    review, _ = save_review(
        key="rev-1", kind="audit_report", year=2025, title="Inköp", bodies=[world.body, world.other], by=CLERK
    )
    said, _ = save_recommendation(key="rek-1", review=review, body=world.other, text="Stärk.", by=CLERK)
    on_review = evidence.add_evidence(file=Sent("a.pdf", PDF), target=review, by=CLERK)
    on_said = evidence.add_evidence(file=Sent("a.pdf", PDF), target=said, by=CLERK)

    def status(row: Evidence) -> int:
        return client.get(reverse("control:evidence_file", args=[row.pk])).status_code

    client.force_login(build.person(key="las", role=Role.READER, at=world.body))
    assert (status(on_review), status(on_said)) == (200, 404)
    assert client.get(reverse("control:evidence_new", args=["review", review.pk])).status_code == 403
    assert client.get(reverse("control:evidence_new", args=["recommendation", said.pk])).status_code == 404
    assert client.get(reverse("control:evidence_new", args=["annat", 1])).status_code == 404
    client.force_login(build.person(key="rev", role=Role.AUDITOR, at=world.other))
    assert (status(on_review), status(on_said)) == (200, 200)
    assert client.get(reverse("control:evidence_new", args=["recommendation", said.pk])).status_code == 200
    client.force_login(build.person(key="utan", role=Role.READER, at=build.body(key="bn")))
    assert (status(on_review), status(on_said)) == (404, 404)


def test_query_budgets(controller: Client, world: SimpleNamespace, query_budget: Any) -> None:
    found = deficiency(world.occasion)
    action(found)
    deficiencies.plan_retest(deficiency=found, period="2025-12-01", by=CLERK)
    sample = draw(world)
    controller.get(LIST)  # the choice of body and round is remembered now
    pages = {
        "control:deficiencies": LIST,
        "control:deficiency": page(),
        "control:sample": reverse("control:sample", args=[sample.pk]),
    }
    for name, address in pages.items():
        with query_budget(name):
            assert controller.get(address).status_code == 200


def test_a_failed_occasion_asks_for_what_was_wrong(controller: Client, world: SimpleNamespace) -> None:
    occasion = reverse("control:occasion", args=[world.occasion.pk])
    asked = "Skriv ner vad som är fel, så att bristen får en åtgärd och ett omtest."
    assert asked not in words(controller.get(occasion))
    results.report_result(occasion=world.occasion, judgement="failed", by=CLERK)
    assert asked in words(controller.get(occasion))
    deficiency(world.occasion)
    assert asked not in words(controller.get(occasion))


def test_who_may_not_see_the_rows_is_not_led_to_them(client: Client, world: SimpleNamespace) -> None:
    sample = draw(world)
    client.force_login(build.person(key="las", role=Role.READER, at=world.body))
    told = client.get(reverse("control:occasion", args=[world.occasion.pk])).content.decode()
    assert "fakturor.csv" in told
    assert reverse("control:sample", args=[sample.pk]) not in told
