"""The economy's tables by API: as printed, and only for who may read them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import build
from tests.economy_world import economy_world
from uppsikt.accounts import actions as accounts
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.rules import Role
from uppsikt.organisation.selectors import Body


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> SimpleNamespace:
    return economy_world(settings, tmp_path)


def key_of(role: Role, at: Body | None) -> dict[str, str]:
    user = build.person(key=f"api-{role}-{at.key if at else 'all'}", role=role, at=at)
    return {"HTTP_AUTHORIZATION": f"Bearer {accounts.create_token(user=user, name='prov', by=SYSTEM)}"}


def test_a_table_is_told_as_it_is_printed(client: Client, world: SimpleNamespace) -> None:
    reader = key_of(Role.READER, None)
    base = f"/api/rounds/{world.round.key}/bodies/{world.board.key}/tables"
    listed = client.get(base, **reader).json()
    assert listed
    for each in listed:
        told = client.get(f"{base}/{each['key']}", **reader).json()
        assert told["table"] == each["key"]
        assert all(set(row["values"]) == set(told["columns"]) for row in told["rows"])


def test_another_body_is_nothing_one_may_know_of(client: Client, world: SimpleNamespace) -> None:
    stranger = key_of(Role.READER, world.social)
    base = f"/api/rounds/{world.round.key}/bodies/{world.board.key}"
    assert client.get(f"{base}/tables", **stranger).status_code == 404
    assert client.get(f"{base}/project-tables/x", **stranger).status_code == 404


def test_whole_tables_are_for_those_who_may_read_the_whole(client: Client, world: SimpleNamespace) -> None:
    own, every = key_of(Role.READER, world.board), key_of(Role.READER, None)
    base = f"/api/rounds/{world.round.key}/bodies/{world.board.key}/tables"
    told = {row["key"] for row in client.get(base, **every).json() if row["whole"]}
    assert told.isdisjoint(row["key"] for row in client.get(base, **own).json())
    for key in told:
        assert client.get(f"{base}/{key}", **own).status_code == 404


@pytest.mark.parametrize("path", ["tables/nothing", "project-tables/nothing"])
def test_a_table_there_is_none_of(client: Client, world: SimpleNamespace, path: str) -> None:
    reader = key_of(Role.READER, None)
    answer = client.get(f"/api/rounds/{world.round.key}/bodies/{world.board.key}/{path}", **reader)
    assert answer.status_code == 404
