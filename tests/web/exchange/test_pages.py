"""Reading data in and taking it home in the browser: look first, then read in, and never half."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.exchange.sheets import Sheets
from uppsikt.accounts import selectors as accounts
from uppsikt.history import selectors as history
from uppsikt.planning import selectors as planning


@pytest.fixture
def signed_in(demo_database: None, client: Client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def sign_in(key: str = "central-controller") -> Client:
        person = accounts.by_key(key)
        assert person is not None
        client.force_login(person)
        return client

    return sign_in


def words(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1].split("</main")[0])
    return " ".join(text.split())


def hand_in(client: Client, name: str, content: bytes):
    return client.post("/import/", {"file": SimpleUploadedFile(name, content)})


def packed(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.yaml", content)
    return out.getvalue()


GOAL = "- {key: 2025-foretagsklimat, year: 2025, body: ks, level: committee_goal, name: Bättre klimat,"


def test_look_first_then_read_in(signed_in, query_budget) -> None:
    client = signed_in()
    with query_budget("exchange:import"):
        client.get("/import/")
    content = packed(
        goals=f"{GOAL} parent: 2025-kf-arbete-foretagsamhet}}\n",
        people="- {key: ny, name: Ny Person, email: ny@demo.example}\n",
    )
    handed_in = hand_in(client, "ändring.zip", content)
    assert handed_in.status_code == 302
    looked = client.get(handed_in.url)
    assert "Inget är ändrat ännu." in words(looked)
    assert "Namn: Attraktivt företagsklimat → Bättre klimat" in words(looked)
    assert planning.goals().get(key="2025-foretagsklimat").name != "Bättre klimat"

    read_in = client.post(handed_in.url, follow=True)
    assert "ändring.zip är inläst: 2 rader ändrades." in read_in.content.decode()
    assert planning.goals().get(key="2025-foretagsklimat").name == "Bättre klimat"
    latest = history.recent(kind="dataset.imported").first()
    assert latest is not None
    assert latest.actor_key == "central-controller"
    assert "ändring.zip" in words(client.get("/import/"))
    assert "Allt i filen finns redan" in words(client.get(handed_in.url))


def test_a_faulty_workbook_is_shown_row_by_row(signed_in) -> None:
    client = signed_in()
    book = Sheets()
    book.spoil("goals", "name", None, key="2025-foretagsklimat")
    book.spoil("people", "email", "malin", key="controller")
    handed_in = hand_in(client, "fel.xlsx", book.workbook())
    before = history.recent().count()
    for answer in (client.get(handed_in.url), client.post(handed_in.url)):
        assert answer.status_code == 422
        assert "2 fel. Ingenting har ändrats" in words(answer)
        assert "”malin” är ingen e-postadress. Skriv t.ex. namn@kommunen.se." in words(answer)
        assert "Bladet Mål" in words(answer)
        assert "Läs in</button>" not in answer.content.decode()
    assert history.recent().count() == before


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bild.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "Här kan du lägga in: Excel-fil, zip-fil."),
        ("tom.zip", b"", "tom"),
    ],
)
def test_what_is_no_dataset_is_refused_at_once(signed_in, name: str, content: bytes, message: str) -> None:
    answer = hand_in(signed_in(), name, content)
    assert answer.status_code == 422
    assert message in words(answer)


def test_a_file_is_asked_for(signed_in) -> None:
    assert signed_in().post("/import/", {}).status_code == 422


@pytest.mark.parametrize(
    ("key", "status"), [("controller", 403), ("reader", 403), ("auditor", 403), ("admin", 200)]
)
def test_only_those_who_answer_for_the_whole_read_in(signed_in, key: str, status: int) -> None:
    client = signed_in(key)
    assert client.get("/import/").status_code == status
    assert ('href="/import/"' in client.get("/goals/").content.decode()) is (status == 200)


def test_an_unknown_file_is_not_found(signed_in) -> None:
    assert signed_in().get(f"/import/{'0' * 64}/").status_code == 404


@pytest.mark.parametrize(
    ("form", "start", "name"),
    [
        ("workbook", b"PK", "uppsikt.xlsx"),
        ("dataset", b"PK", "uppsikt-dataset.zip"),
        ("template", b"PK", "uppsikt-mall.xlsx"),
    ],
)
def test_what_is_taken_home_comes_in_again(signed_in, form: str, start: bytes, name: str) -> None:
    client = signed_in("auditor" if form == "dataset" else "central-controller")
    answer = client.get(f"/export/{form}/")
    assert answer.content.startswith(start)
    assert name in answer.headers["Content-Disposition"]
    client = signed_in()
    looked = client.get(hand_in(client, name, answer.content).url)
    expected = "Här finns ingenting att läsa in" if form == "template" else "Allt i filen finns redan"
    assert expected in words(looked)


def test_the_export_page(signed_in, query_budget) -> None:
    client = signed_in()
    with query_budget("exchange:export"):
        page = client.get("/export/")
    assert [link in page.content.decode() for link in ("/export/workbook/", "/export/dataset/")] == [
        True,
        True,
    ]
    assert client.get("/export/annat/").status_code == 404
