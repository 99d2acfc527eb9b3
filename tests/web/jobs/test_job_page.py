"""Following a job in the browser: with htmx, without JavaScript, and by whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from tests.actions.jobs import work
from uppsikt.accounts import actions as accounts
from uppsikt.accounts.selectors import User
from uppsikt.history.rules import Actor
from uppsikt.jobs import actions
from uppsikt.jobs.models import Job
from uppsikt.jobs.rules import JobState
from uppsikt.organisation import actions as organisation
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
BY = Actor("system", "Uppsikt")
URL = "/jobb/prov:1/"
HTMX = {"HX-Request": "true"}


def person(key: str, role: Role) -> User:
    user, _ = accounts.save_user(key=key, name=key, email=f"{key}@example.org", by=BY)
    organisation.give_role(user=user, role=role, valid_from=dt.date(2000, 1, 1), by=BY)
    return user


@pytest.fixture
def eva(client: Client) -> User:
    user = person("eva", Role.READER)
    client.force_login(user)
    return user


def job(by: User, **fields: Any) -> Job:
    row = actions.start(
        key="prov:1", task=work.count, title="Läser huvudboken", by=by.actor, href="/historik/", until=4
    )
    Job.objects.filter(pk=row.pk).update(**fields)
    return row


def running(by: User, **fields: Any) -> None:
    job(by, state=JobState.RUNNING, finished_at=None, **{"done": 1, "total": 4, "words": "Läser.", **fields})


def html(client: Client, address: str = URL, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def poll_address(page: str) -> str:
    found = re.search(r'hx-get="([^"]+)" hx-trigger="every 1s"', page)
    assert found is not None
    return found[1]


def test_a_running_job_shows_how_far_it_has_come_and_asks_for_news(client: Client, eva: User) -> None:
    running(eva)
    page = html(client)
    assert "Läser huvudboken" in page
    assert "Läser." in page
    assert "1 av 4" in page
    assert poll_address(page).startswith(URL)
    assert f'<a href="{URL}">Uppdatera</a>' in page
    assert "http-equiv" not in page


def test_news_is_the_part_alone_and_is_read_aloud_only_when_the_words_change(
    client: Client, eva: User
) -> None:
    running(eva)
    address = poll_address(html(client))
    Job.objects.update(done=2)
    part = html(client, address, **HTMX)
    assert "<html" not in part
    assert "2 av 4" in part
    assert "hx-swap-oob" not in part
    Job.objects.update(words="Summerar.")
    part = html(client, address, **HTMX)
    assert re.search(r'id="jobb-prov-1-ord" hx-swap-oob="innerHTML">.*Summerar\.', part, re.DOTALL)


def test_a_finished_job_asks_no_more_and_leads_to_its_result(client: Client, eva: User) -> None:
    running(eva)
    address = poll_address(html(client))
    Job.objects.all().delete()
    job(eva)
    part = html(client, address, **HTMX)
    assert "Klart. Räknade till 4." in part
    assert 'href="/historik/"' in part
    assert "every 1s" not in part
    assert "Uppdatera" not in part


def test_a_failed_job_says_every_fault(client: Client, eva: User) -> None:
    job(eva, state=JobState.FAILED, message="Rad 3: fel.\nRad 4: <fel>.")
    page = html(client)
    assert "Misslyckades. Rad 3: fel.<br>Rad 4: &lt;fel&gt;." in page


def test_a_job_of_unknown_size_has_words_and_no_bar(client: Client, eva: User) -> None:
    running(eva, done=0, total=0)
    page = html(client)
    assert "Läser." in page
    assert "progress__bar" not in page


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMINISTRATOR, 200), (Role.CENTRAL_CONTROLLER, 200), (Role.CONTROLLER, 403)]
)
def test_others_follow_it_only_when_they_may_read_in_data(role: Role, status: int, client: Client) -> None:
    job(person("eva", Role.READER))
    client.force_login(person("maj", role))
    assert client.get(URL).status_code == status


def test_what_exists_is_told_only_to_those_who_may_see_it(client: Client) -> None:
    client.force_login(person("maj", Role.READER))
    assert client.get("/jobb/finns-inte/").status_code == 403
    client.force_login(person("ada", Role.ADMINISTRATOR))
    assert client.get("/jobb/finns-inte/").status_code == 404


def test_asking_every_second_is_cheap(
    client: Client, eva: User, query_budget: Callable[[str], AbstractContextManager[None]]
) -> None:
    running(eva)
    address = poll_address(html(client))
    with query_budget("jobs:job news"):
        html(client, address, **HTMX)
