"""A file is known by its content: stored once, checked when read, handed out so that no browser runs it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from uppsikt.files import selectors, views
from uppsikt.files.actions import store_file
from uppsikt.files.rules import DOCUMENTS, PICTURES, kind_of, safe_name
from uppsikt.history import selectors as history
from uppsikt.history.rules import Actor
from uppsikt.kernel.problems import InputError

pytestmark = pytest.mark.django_db

ANNA = Actor("anna", "Anna Ek")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture(autouse=True)
def folder(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


def packed(*names: str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return target.getvalue()


def test_the_same_content_is_stored_once(folder: Path) -> None:
    first = store_file(content=PNG, name="karta.png", by=ANNA)
    again = store_file(content=PNG, name="annat namn.png", by=ANNA)
    assert first == again
    assert again.name == "karta.png"
    assert selectors.content(first) == PNG
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1
    assert history.about(f"file:{first.digest}").count() == 1
    assert selectors.by_digest(first.digest) == first
    assert selectors.by_digest("../../etc/passwd") is None
    assert list(selectors.by_digests([first.digest, "0" * 64])) == [first.digest]


def test_damage_is_found_and_put_right() -> None:
    stored = store_file(content=PNG, name="karta.png", by=ANNA)
    selectors.path(stored).write_bytes(b"annat")
    with pytest.raises(selectors.DamagedFile):
        selectors.content(stored)
    store_file(content=PNG, name="karta.png", by=ANNA)
    assert selectors.content(stored) == PNG
    selectors.path(stored).unlink()
    with pytest.raises(selectors.DamagedFile):
        selectors.content(stored)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "tom.png", "empty"),
        (b"<svg onload=alert(1)>", "bild.png", "type"),
        (b"MZ\x90\0\x03", "bild.png", "type"),
        (b"%PDF-1.7", "bild.png", "type"),
        (PNG + b"\0" * 10 * 1024 * 1024, "stor.png", "size"),
    ],
)
def test_what_is_not_a_picture_is_refused(content: bytes, name: str, code: str, folder: Path) -> None:
    with pytest.raises(InputError) as caught:
        store_file(content=content, name=name, by=ANNA)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not folder.exists()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"%PDF-1.7\n", "application/pdf"),
        (
            packed("[Content_Types].xml", "word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            packed("[Content_Types].xml", "xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (packed("a.txt"), "application/zip"),
        (b'{"a": 1}', "application/json"),
        ("  <!DOCTYPE html>å".encode(), "text/html"),
        ("Räksmörgås".encode(), "text/plain"),
        (b"PK\x03\x04trasig", None),
        (b"\0\1\2", None),
    ],
)
def test_the_content_tells_the_kind(content: bytes, media_type: str | None) -> None:
    kind = kind_of(content)
    assert (kind.media_type if kind else None) == media_type


@given(st.binary(max_size=60), st.text(max_size=300))
def test_any_content_and_name_can_be_judged(content: bytes, name: str) -> None:
    kind_of(content)
    safe = safe_name(name)
    assert 0 < len(safe) <= 120
    assert not set(safe) & set('/\\<>:"|?*\r\n\0')


@pytest.mark.parametrize(
    ("name", "safe"),
    [("C:\\Mina filer\\karta.png", "karta.png"), ("../../x", "x"), ("..", "fil"), ("a\r\nb.png", "ab.png")],
)
def test_a_name_is_only_a_name(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_picture_is_shown_and_all_else_is_handed_over() -> None:
    shown = views.serve(store_file(content=PNG, name="kärta.png", by=ANNA))
    assert shown["Content-Type"] == "image/png"
    assert shown["Content-Disposition"] == "inline; filename*=UTF-8''k%C3%A4rta.png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    saved = views.serve(
        store_file(
            content=packed("[Content_Types].xml", "xl/workbook.xml"),
            name="x.xlsx",
            by=ANNA,
            allowed=DOCUMENTS,
        )
    )
    assert saved["Content-Disposition"].startswith("attachment;")


def test_uploading_a_picture(rf: RequestFactory) -> None:
    upload = BytesIO(PNG)
    upload.name = "karta.png"
    answer = views.handle_picture_upload(rf.post("/x", {"file": upload}), by=ANNA)
    assert answer.status_code == 201
    assert b"/filer/" in answer.content
    wrong = BytesIO(b"text")
    wrong.name = "karta.png"
    assert views.handle_picture_upload(rf.post("/x", {"file": wrong}), by=ANNA).status_code == 422
    assert views.handle_picture_upload(rf.post("/x"), by=ANNA).status_code == 422
    assert PICTURES
