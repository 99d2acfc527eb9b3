"""People and the keys of their programs."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from uppsikt.accounts import actions, selectors
from uppsikt.accounts.selectors import ApiToken, User
from uppsikt.history import selectors as history
from uppsikt.history.rules import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    row, _ = actions.save_user(key="eva", name="Eva Lind", email="Eva@Example.org", by=SYSTEM)
    return row


def test_an_address_is_found_whatever_its_case(user: User) -> None:
    assert selectors.by_email(" EVA@example.ORG ") == user


def test_a_new_person_cannot_sign_in_before_a_password_is_set(user: User, client: Client) -> None:
    assert not client.login(username="eva@example.org", password="")
    actions.set_password(user=user, password="lång-mening-med-ord", by=SYSTEM)
    assert client.login(username="eva@example.org", password="lång-mening-med-ord")
    assert "lång-mening" not in str([event.data for event in history.about("user:eva")])


def test_example_people_share_a_password(user: User) -> None:
    other, _new = actions.save_user(key="bo", name="Bo", email="bo@example.org", by=SYSTEM)
    actions.set_shared_password(users=[user, other], password="demo", by=SYSTEM)
    assert user.check_password("demo")
    assert other.check_password("demo")
    assert next(event.data for event in history.about("user:bo")) == {"password": ["", "*"]}


def test_a_token_is_shown_once_and_can_be_revoked(user: User) -> None:
    token = actions.create_token(user=user, name="Kolada", by=user.actor)
    row = ApiToken.objects.get()
    assert token not in row.digest
    assert selectors.by_token(token) == user
    assert selectors.by_token(token + "x") is None
    actions.revoke_token(token=row, by=user.actor)
    assert selectors.by_token(token) is None


def test_a_closed_account_s_tokens_are_dead(user: User) -> None:
    token = actions.create_token(user=user, name="Kolada", by=user.actor)
    actions.save_user(key="eva", name="Eva Lind", email="eva@example.org", is_active=False, by=SYSTEM)
    assert selectors.by_token(token) is None


def test_a_wrong_password_is_told_without_telling_which(client: Client, user: User) -> None:
    del user
    answer = client.post(reverse("accounts:sign_in"), {"username": "eva@example.org", "password": "fel"})
    assert "stämmer inte" in answer.content.decode()


def test_people_are_offered_only_in_a_demonstration(client: Client, user: User, settings: object) -> None:
    actions.set_password(user=user, password="demo", by=SYSTEM)
    assert "Eva Lind" not in client.get(reverse("accounts:sign_in")).content.decode()
    settings.UPPSIKT_DEMO_PASSWORD = "demo"  # type: ignore[attr-defined]
    assert "Eva Lind" in client.get(reverse("accounts:sign_in")).content.decode()
    answer = client.post(reverse("accounts:sign_in"), {"username": user.email, "password": "demo"})
    assert answer.status_code == 302


def test_an_erased_person_is_known_by_key_alone() -> None:
    user, _ = actions.save_user(
        key="p17", name="Anna Ek", email="anna@example.org", title="Controller", by=SYSTEM
    )
    actions.save_user(key="p18", name="Bo Al", email="bo@example.org", by=user.actor)
    token = actions.create_token(user=user, name="x", by=user.actor)
    actions.erase_user(user=user, by=SYSTEM)
    user.refresh_from_db()
    assert (user.name, user.title, user.is_active, user.email) == (
        "(borttagen)", "", False, "p17@borttagen.invalid",
    )  # fmt: skip
    assert selectors.by_token(token) is None
    left = str([(event.actor_name, event.label, event.data) for event in history.recent()])
    assert "Anna" not in left
    assert "anna@" not in left
    assert history.broken_at() is None
