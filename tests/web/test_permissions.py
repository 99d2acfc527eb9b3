"""Every role at every door: in its own body, in another, and not signed in at all.

404 outside one's scope (what is there is no business of theirs), 403 inside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from tests.web.permission_matrix import MATRIX, Door, Scope, addresses
from uppsikt.accounts import actions as accounts
from uppsikt.accounts.selectors import User
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation import actions as organisation
from uppsikt.organisation.rules import Role
from uppsikt.organisation.selectors import Body

LONG_AGO = dt.date(2000, 1, 1)
PASSED = {200, 201, 204, 302, 303, 409, 422}


def test_every_address_has_a_name() -> None:
    assert [route for name, route in addresses() if name.endswith("None")] == []


def test_every_address_stands_in_the_matrix_and_the_other_way_round() -> None:
    # The API answers for its own in tests/api; its document lists them all.
    names = {name for name, _ in addresses() if not name.startswith("api-")}
    assert names == set(MATRIX)


@pytest.fixture
def bodies(db: None) -> SimpleNamespace:
    def body(key: str) -> Body:
        return organisation.save_body(key=key, kind="committee", by=SYSTEM)[0]

    return SimpleNamespace(own=body("ks"), other=body("gn"))


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    def make(role: Role, body: Body | None) -> User:
        key = f"{role}-{body.key if body else 'whole'}"
        user, _ = accounts.save_user(key=key, name=key, email=f"{key}@example.org", by=SYSTEM)
        organisation.give_role(user=user, role=role, body=body, valid_from=LONG_AGO, by=SYSTEM)
        return user

    return make


def knock(client: Client, name: str, door: Door) -> int:
    arguments = door.arguments() if callable(door.arguments) else door.arguments
    address = reverse(name, kwargs=dict(arguments), query=dict(door.query))
    answer = client.get(address) if door.data is None else client.post(address, dict(door.data))
    if answer.status_code == 302 and answer.headers["Location"].startswith(resolve_url(settings.LOGIN_URL)):
        return 401
    return answer.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("name", MATRIX)
def test_strangers_are_asked_to_sign_in(name: str, client: Client) -> None:
    door = MATRIX[name]
    status = knock(client, name, door)
    assert status in PASSED if door.scope is Scope.PUBLIC else status == 401


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", MATRIX)
def test_roles_at_doors(
    name: str, role: Role, client: Client, bodies: SimpleNamespace, person: Callable[..., User]
) -> None:
    door = MATRIX[name]
    client.force_login(person(role, None if door.scope is Scope.WHOLE else bodies.own))
    status = knock(client, name, door)
    assert status in PASSED if door.lets_in(role) else status == 403


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "name", [name for name, door in MATRIX.items() if door.scope in {Scope.BODY, Scope.WHOLE}]
)
def test_roles_held_elsewhere(
    name: str, role: Role, client: Client, bodies: SimpleNamespace, person: Callable[..., User]
) -> None:
    door = MATRIX[name]
    client.force_login(person(role, bodies.other))
    assert knock(client, name, door) == (404 if door.scope is Scope.BODY else 403)
