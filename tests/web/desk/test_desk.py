"""My page, search, the history and the account, as each role of the demo meets them."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client

from uppsikt.accounts import selectors as accounts
from uppsikt.history.models import Event

pytestmark = pytest.mark.django_db
ROLES = (
    "admin", "central-controller", "controller", "reporter", "approver", "secretary", "representative", "auditor",
    "reader",
)  # fmt: skip


@pytest.fixture
def as_(demo_database: None):
    cache.clear()

    def sign_in(key: str) -> Client:
        person, client = accounts.by_key(key), Client()
        assert person is not None
        client.force_login(person)
        return client

    return sign_in


def page(client: Client, url: str = "/") -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("key", ROLES)
def test_everyone_sees_how_it_stands_at_once(key: str, as_) -> None:
    html = page(as_(key))
    assert "4 av 9 bedömda" in html
    assert "Vad som har hänt" in html


def test_a_reporter_sees_their_own_things_and_how_many(as_) -> None:
    html = page(as_("reporter-miljo"))
    assert "Principer för laddinfrastruktur" in html
    assert "Budgethållning" not in html
    count = re.search(r'class="nav__count">(\d+)', html)
    assert count is not None
    assert f"{count[1]} saker är kvar för dig i Delårsrapport per 31 augusti 2025" in html
    assert html.count('class="row--row row--link"') == int(count[1])


def test_the_count_follows_what_is_reported(as_) -> None:
    client = as_("reporter-miljo")

    def count() -> int:
        found = re.search(r'class="nav__count">(\d+)', page(client, "/account/"))
        return int(found[1]) if found else 0

    before = count()
    url = "/rounds/2025-augusti/ks/assignments/"
    key = "status-2025-laddinfrastruktur"
    client.post(url, {f"{key}-base": "", f"{key}-status": "done", f"{key}-comment": ""})
    assert count() == before - 1


def test_an_approver_is_asked_to_assess(as_) -> None:
    html = page(as_("approver"))
    assert "Attraktivt företagsklimat" in html
    assert "bedömning" in html


def test_a_reader_is_asked_for_nothing(as_) -> None:
    html = page(as_("reader"))
    assert "Kvar för mig" not in html
    assert 'class="nav__count"' not in html


@pytest.mark.parametrize(
    ("asked", "expected"), [("trygg", "2025-trygghet-delaktighet"), ("ÖKA TRYGG", "2025-trygghet")]
)
def test_search_finds_goals_whatever_the_case(asked: str, expected: str, as_) -> None:
    assert f"/goals/{expected}" in page(as_("reader"), f"/search/?q={asked}")


def test_search_does_not_fold_swedish_letters(as_) -> None:
    client = as_("reader")
    assert "Inget hittades" in page(client, "/search/?q=Oka trygghet")
    assert "Inget hittades" not in page(client, "/search/?q=Öka trygghet")


def test_search_finds_texts_and_case_numbers(as_) -> None:
    client = as_("reader")
    assert "<mark>Konsultationsteamet</mark>" in page(client, "/search/?q=Konsultationsteamet")
    assert "2025-aterbruk" in page(client, "/search/?q=KS-2023/1702")


def test_search_stays_within_what_one_may_read(as_) -> None:
    assert "2025-laddinfrastruktur" not in page(as_("controller-nsn"), "/search/?q=laddinfrastruktur")


def test_the_history_shows_before_and_after(as_) -> None:
    client = as_("controller")
    key = "status-2025-ny-vision"
    url = "/rounds/2025-augusti/ks/assignments/"
    html = client.get(url).content.decode()
    base = re.search(rf'name="{key}-base" value="(\d+)"', html)
    assert base is not None
    client.post(url, {f"{key}-base": base[1], f"{key}-status": "likely", f"{key}-comment": "Snart."})
    html = page(client, "/history/?kind=status&person=controller")
    assert "rapporterade status för Ny vision" in html
    assert "<del>Ej klart i år</del>" in html
    assert "<ins>Troligen klart i år</ins>" in html


def test_the_chain_is_walked_on_request(as_) -> None:
    client = as_("auditor")
    assert "Kedjan är hel" in page(client, "/history/?verify=1")
    Event.objects.filter(sequence=5).update(label="Ändrad", kind="goal.removed")
    assert "Kedjan bryts vid händelse 5" in page(client, "/history/?verify=1")


def test_a_key_is_shown_once_and_can_be_revoked(as_) -> None:
    client = as_("reporter")
    html = client.post("/account/keys/new/", {"name": "Statistiken"}).content.decode()
    found = re.search(r'class="token">([^<]+)<', html)
    assert found is not None
    person = accounts.by_token(found[1])
    assert person is not None
    assert person.key == "reporter"
    html = page(client, "/account/")
    assert found[1] not in html
    revoke = re.search(r'action="(/account/keys/\d+/revoke/)"', html)
    assert revoke is not None
    as_("controller").post(revoke[1])
    assert accounts.by_token(found[1]) is not None
    client.post(revoke[1])
    assert accounts.by_token(found[1]) is None


@pytest.mark.parametrize("url", ["/", "/search/?q=trygg", "/history/", "/account/"])
def test_the_desk_asks_few_questions(url: str, as_, query_budget) -> None:
    client = as_("controller")
    client.get(url)
    with query_budget(f"desk:{url.strip('/').partition('/')[0] or 'home'}"):
        client.get(url)
