"""Evidence: what may be attached, to what, and that nothing is lost when it is taken out."""

from __future__ import annotations

import datetime as dt
import hashlib
from types import SimpleNamespace
from typing import Any

import pytest

from tests.samples_world import CLERK, control_world, deficiency, workbook
from uppsikt.control.actions import evidence, mitigations
from uppsikt.control.actions.audit import save_recommendation, save_review
from uppsikt.control.selectors import Evidence
from uppsikt.control.selectors import evidence as reading
from uppsikt.files.rules import Sent, name_for
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind
from uppsikt.kernel import clock
from uppsikt.kernel.problems import InputError

pytestmark = pytest.mark.django_db
PDF = Sent("protokoll.pdf", b"%PDF-1.7\n1 0 obj")
MAIL = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Svar\r\nDate: Mon, 1 Sep 2025 10:00:00 +0200\r\n\r\nHej!"
MESSAGE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "__properties_version1.0".encode("utf-16-le")


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def world() -> SimpleNamespace:
    found = control_world()
    found.review, _ = save_review(
        key="rev-1", kind="audit_report", year=2025, title="Inköp", bodies=[found.body, found.other], by=CLERK
    )
    found.recommendation, _ = save_recommendation(
        key="rek-1", review=found.review, body=found.other, text="Stärk kontrollen.", by=CLERK
    )
    found.mitigation, _ = mitigations.save_mitigation(
        key="rutin",
        year=2025,
        body=found.body,
        title="Ny rutin",
        deficiency=deficiency(found.occasion),
        by=CLERK,
    )
    return found


@pytest.mark.parametrize(
    ("target", "bodies", "subject"),
    [
        ("occasion", {"gn"}, "control:2025-gn-fakturor"),
        ("mitigation", {"gn"}, "mitigation:rutin"),
        ("review", {"gn", "fn"}, "review:rev-1"),
        ("recommendation", {"fn"}, "recommendation:rek-1"),
    ],
)
def test_it_is_attached_to_one_thing_and_told_of_there(
    world: SimpleNamespace, target: str, bodies: set[str], subject: str
) -> None:
    held = getattr(world, target)
    row = evidence.add_evidence(file=PDF, note=" Sidan 3. ", target=held, by=CLERK)
    assert reading.evidence_of(held) == [row]
    assert reading.attached_to(row) == held
    assert set(reading.bodies_of(held)) == bodies
    assert (row.name, row.note, row.recorded_by_name, row.recorded_at) == (
        "protokoll.pdf", "Sidan 3.", "Lo Handläggare", clock.now(),
    )  # fmt: skip
    assert row.file.digest == hashlib.sha256(PDF.content).hexdigest()
    event = history.about(subject).first()
    assert event is not None
    assert (event.kind, event.label) == (EventKind.EVIDENCE_ADDED.value, "protokoll.pdf")
    assert event.data["file"] == row.file.digest


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"a;b\n1;2", "text/plain"),
        ("Räksmörgås".encode("cp1252"), "text/plain"),
        (MAIL, "message/rfc822"),
        (MESSAGE, "application/vnd.ms-outlook"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (
            workbook({(0, 0): "a"}),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
    ids=["pdf", "csv", "windows-1252", "e-mail", "outlook", "picture", "workbook"],
)
def test_what_may_prove_something(world: SimpleNamespace, content: bytes, media_type: str) -> None:
    row = evidence.add_evidence(file=Sent("bevis", content), target=world.occasion, by=CLERK)
    assert row.file.media_type == media_type


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "type"),
        (b"<!doctype html><p>Hej", "type"),
        (b"MZ\x90\0\x03", "type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "type"),
        (b"PK\x03\x04", "type"),
        (b"\x81\x8d\x8f", "type"),
        (b"text" + b"x" * 21 * 1024 * 1024, "size"),
    ],
)
def test_what_may_not(world: SimpleNamespace, content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        evidence.add_evidence(file=Sent("rapport.pdf", content), target=world.occasion, by=CLERK)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("media_type", "name", "expected"),
    [
        ("application/pdf", "virus.exe", "virus.exe.pdf"),
        ("application/pdf", "Rapport.PDF", "Rapport.PDF"),
        ("text/plain", "lista.csv", "lista.csv"),
        ("text/plain", "start.bat", "start.bat.txt"),
        ("image/jpeg", "foto.jpeg", "foto.jpeg"),
        ("message/rfc822", "../svar", "svar.eml"),
    ],
)
def test_a_name_never_says_that_it_is_a_program(media_type: str, name: str, expected: str) -> None:
    assert name_for(media_type, name) == expected


def test_the_same_file_twice_is_refused_but_may_prove_another_thing(world: SimpleNamespace) -> None:
    evidence.add_evidence(file=PDF, target=world.occasion, by=CLERK)
    with pytest.raises(InputError, match="redan bifogad"):
        evidence.add_evidence(file=PDF, name="Samma", target=world.occasion, by=CLERK)
    evidence.add_evidence(file=PDF, target=world.mitigation, by=CLERK)
    assert Evidence.objects.values("file").distinct().count() == 1


def test_taken_out_it_is_kept_and_can_be_read_back(world: SimpleNamespace) -> None:
    row = evidence.add_evidence(file=PDF, target=world.occasion, by=CLERK)
    moment = clock.now()
    with clock.frozen(moment + dt.timedelta(hours=1)):
        assert evidence.remove_evidence(evidence=row, by=CLERK)
        assert not evidence.remove_evidence(evidence=row, by=CLERK)
    assert reading.evidence_of(world.occasion) == []
    assert reading.evidence_of(world.occasion, moment) == [row]
    assert reading.evidence_of(world.occasion, moment - dt.timedelta(hours=1)) == []
    assert evidence.restore_evidence(evidence=row, by=CLERK)
    assert reading.evidence_of(world.occasion) == [row]


def test_all_of_a_year_s_for_some_bodies(world: SimpleNamespace) -> None:
    held = {
        name: evidence.add_evidence(file=PDF, target=getattr(world, name), by=CLERK)
        for name in ("occasion", "mitigation", "review", "recommendation")
    }
    assert set(reading.evidence_within(2025, None)) == set(held.values())
    assert set(reading.evidence_within(2025, ["fn"])) == {held["review"], held["recommendation"]}
    assert reading.evidence_within(2024, None) == []
    assert reading.evidence_for("occasion", [world.occasion.pk]) == {world.occasion.pk: [held["occasion"]]}
