"""Every role at every door: in its own body, in another, and not signed in at all.

404 outside one's scope (what is there is no business of theirs), 403 inside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from tests.web.permission_matrix import MATRIX, Door, Scope, addresses
from uppsikt.accounts import actions as accounts
from uppsikt.accounts.selectors import User
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation import actions as organisation
from uppsikt.organisation.rules import Role

LONG_AGO = dt.date(2000, 1, 1)
OWN, OTHER, WHOLE = "ks", "gn", "whole"
PASSED = {200, 201, 204, 302, 303, 409, 422}


def test_every_address_has_a_name() -> None:
    assert [route for name, route in addresses() if name.endswith("None")] == []


def test_every_address_stands_in_the_matrix_and_the_other_way_round() -> None:
    # The API answers for its own in tests/api; its document lists them all.
    names = {name for name, _ in addresses() if not name.startswith("api-")}
    assert names == set(MATRIX)


@pytest.fixture(scope="module")
def people(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Mapping[tuple[Role, str], User]]:
    """A person for every role: in their own body, in another, and for the whole municipality."""
    with django_db_blocker.unblock(), transaction.atomic():
        bodies = {
            key: organisation.save_body(key=key, kind="committee", by=SYSTEM)[0] for key in (OWN, OTHER)
        }
        made: dict[tuple[Role, str], User] = {}
        for role in Role:
            for place in (OWN, OTHER, WHOLE):
                key = f"{role}-{place}"
                user, _ = accounts.save_user(key=key, name=key, email=f"{key}@example.org", by=SYSTEM)
                organisation.give_role(
                    user=user, role=role, body=bodies.get(place), valid_from=LONG_AGO, by=SYSTEM
                )
                made[role, place] = user
        yield made
        transaction.set_rollback(True)


def address_of(name: str, door: Door) -> str:
    arguments = door.arguments() if callable(door.arguments) else door.arguments
    return reverse(name, kwargs=dict(arguments), query=dict(door.query))


def knock(client: Client, address: str, door: Door) -> int:
    """What comes of it, and nothing else: what a press of a button wrote is taken back."""
    with transaction.atomic():
        answer = client.get(address) if door.data is None else client.post(address, dict(door.data))
        if hasattr(answer, "streaming_content"):
            answer.getvalue()
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.headers["Location"].startswith(resolve_url(settings.LOGIN_URL)):
        return 401
    return answer.status_code


def passed(status: int) -> int | str:
    return "passed" if status in PASSED else status


@pytest.mark.django_db
@pytest.mark.parametrize("name", MATRIX)
def test_every_role_at_the_door(name: str, people: Mapping[tuple[Role, str], User]) -> None:
    """One world for each door; everybody knocks at it, and finds it as the one before did."""
    door = MATRIX[name]
    address = address_of(name, door)
    expected: dict[str, int | str] = {"stranger": "passed" if door.scope is Scope.PUBLIC else 401}
    got = {"stranger": passed(knock(Client(), address, door))}
    for role in Role:
        for place in _places(door):
            client = Client()
            client.force_login(people[role, place])
            got[f"{role} {place}"] = passed(knock(client, address, door))
            expected[f"{role} {place}"] = _expected(door, role, place)
    assert got == expected


def _places(door: Door) -> tuple[str, ...]:
    if door.scope is Scope.WHOLE:
        return (WHOLE, OTHER)
    return (OWN, OTHER) if door.scope is Scope.BODY else (OWN,)


def _expected(door: Door, role: Role, place: str) -> int | str:
    if place == OTHER:
        return 404 if door.scope is Scope.BODY else 403
    return "passed" if door.lets_in(role) else 403
