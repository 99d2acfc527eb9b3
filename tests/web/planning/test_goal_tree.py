"""The goal tree: what it says, how it is narrowed, how it is opened, and how much it asks of the database."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.test import Client

from tests import build
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.rules import Role
from uppsikt.planning.actions import assignments, goals, indicators
from uppsikt.planning.pages import tree

pytestmark = pytest.mark.django_db
Budget = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def world(client: Client) -> SimpleNamespace:
    made = build.small_world()
    client.force_login(build.person(role=Role.CONTROLLER, at=made.board))
    return made


def assess(world: SimpleNamespace, step: str, *, at: str = "year_end", **more: str) -> None:
    goals.assess(
        goal=world.goal, round_=getattr(world.rounds, at), body=world.board, step=step, rationale="Därför.", by=SYSTEM,
        importing=True, **more,
    )  # fmt: skip


def text(client: Client, query: str = "") -> str:
    answer = client.get(f"/goals/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_tells_how_it_stands(client: Client, world: SimpleNamespace) -> None:
    assess(world, "partly")
    page = client.get("/goals/").context["page"]
    assert page.lead == (
        "1 nämndmål: 1 delvis. Svagast: Öka tryggheten (delvis). 0 av 1 bedömda etappmål är uppnådda. "
        "1 uppdrag: 1 inte rapporterade."
    )


def test_a_departure_is_shown_with_both_sides(client: Client, world: SimpleNamespace) -> None:
    indicators.report_indicator(
        use=world.use, round_=world.rounds.year_end, reported="met", reason="Mätfel.", analysis="", rule="not_met", by=SYSTEM
    )  # fmt: skip
    html = text(client, "?open=2024-trygghet")
    assert "rapporterat som uppnått" in html
    assert "1 rapporterade" in html


def test_it_tells_what_has_changed_since_last_time(client: Client, world: SimpleNamespace) -> None:
    assess(world, "not", at="interim")
    assess(world, "high")
    assert "höjd från ej uppfyllt" in text(client)
    assess(world, "not")
    assert "oförändrad" in text(client)


@pytest.mark.parametrize(
    ("name", "found"),
    [("all", True), ("not_met", True), ("departs", False), ("no_outcome", False), ("unreported", True)],
)
def test_filters_are_links_that_narrow(
    client: Client, world: SimpleNamespace, name: str, found: bool
) -> None:
    assert ("Öka tryggheten" in text(client, f"?filter={name}")) is found


def test_a_filter_opens_what_it_found(client: Client, world: SimpleNamespace) -> None:
    assert "Oro för brott" in text(client, "?filter=not_met")


def test_rows_open_without_javascript(client: Client, world: SimpleNamespace) -> None:
    assert "Oro för brott" not in text(client, "?open=")
    assert "Oro för brott" in text(client, "?open=2024-trygghet")


def test_what_stands_under_a_goal_has_a_head_of_its_own(client: Client, world: SimpleNamespace) -> None:
    heads = re.findall(
        r'<tr class="row--head"[^>]*>(.*?)</tr>', text(client, "?open=2024-trygghet"), re.DOTALL
    )
    words = [re.findall(r'<th scope="col"[^>]*>(.*?)</th>', head) for head in heads]
    assert words == [
        ["Indikator", "Bedömning", "Utveckling", "2022–2024", "Etappmål"],
        ["Uppdrag", "Status", "Kommentar"],
    ]
    assert "row--head" not in text(client, "?open=")


def test_htmx_gets_the_row_group_alone(client: Client, world: SimpleNamespace) -> None:
    answer = client.get("/goals/?open=2024-trygghet&row=2024-trygghet", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert html.lstrip().startswith("<tbody")
    assert "Oro för brott" in html
    assert "<html" not in html


def test_boosted_and_restored_pages_are_whole(client: Client, world: SimpleNamespace) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get("/goals/?row=2024-trygghet", headers=headers).content.decode()


def test_comparing_sets_the_rounds_side_by_side(client: Client, world: SimpleNamespace) -> None:
    assess(world, "not", at="interim")
    assess(world, "high")
    assignments.report_status(
        assignment=world.assignment, round_=world.rounds.year_end, status="done", comment="", by=SYSTEM
    )
    assert "0 → 1 klara" in text(client, "?compare=1")


def test_a_year_that_is_not_set_up_says_so(client: Client, world: SimpleNamespace) -> None:
    assert "2031 är inte upplagt" in text(client, "?year=2031")


@pytest.mark.parametrize(
    "query", ["?filter=x&open=%01&year=abcd", "?round=nej&body=nej", "?row=nej&open=nej"]
)
def test_odd_addresses_do_no_harm(client: Client, world: SimpleNamespace, query: str) -> None:
    text(client, query)


@pytest.mark.parametrize("model", ["atagande-2020", "kolumner-ett-malar"])
def test_the_other_models_speak_their_own_words(client: Client, model: str) -> None:
    world = build.small_world(model=model)
    client.force_login(build.person(role=Role.CONTROLLER, at=world.board))
    html = text(client)
    words = {"atagande-2020": "utvecklingsåtagande", "kolumner-ett-malar": "Bedömning"}
    assert words[model] in html
    assert ("Läge" in html) is (model == "atagande-2020")


def test_the_councils_own_indicators_have_a_row(client: Client) -> None:
    world = build.small_world(model="kolumner-ett-malar")
    client.force_login(build.person(role=Role.CONTROLLER))
    build.use(under=world.above, of=build.indicator(key="kf-nojd", name="Nöjda invånare"))
    assert "Indikatorer för hela målet" in text(client, "?body=all")


def test_a_reader_of_one_body_sees_only_its_goals(client: Client, world: SimpleNamespace) -> None:
    other = build.body(key="nsn")
    build.goal(key="2024-natur", at=other, parent=world.above, name="Naturen mår bra")
    assert "Naturen mår bra" not in text(client, "?body=all")
    client.force_login(build.person(key="alla", role=Role.READER))
    assert "Naturen mår bra" in text(client, "?body=all")


def test_small_and_large_trees_ask_equally_little(
    client: Client, world: SimpleNamespace, query_budget: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def grow(number: int) -> None:
        for place in range(number):
            extra = build.goal(
                key=f"2024-{place}-{number}", at=world.board, parent=world.above, position=place
            )
            build.use(under=extra, of=build.indicator(key=f"i{place}-{number}"))
            build.assignment(key=f"2024-u{place}-{number}", at=world.board, goal=extra)

    for size in (1, 7):
        grow(size)
        with query_budget("planning:goals"):
            client.get("/goals/")
    monkeypatch.setattr(tree, "LARGE", 5)
    with query_budget("planning:goals large"):
        client.get("/goals/")
    with query_budget("planning:goals branch"):
        client.get("/goals/?open=2024-kf-1&row=2024-kf-1", headers={"HX-Request": "true"})


def test_a_large_tree_shows_branches_first(
    client: Client, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "LARGE", 0)
    assess(world, "partly")
    closed = text(client)
    assert "Öka tryggheten" not in closed.split("<table")[1]
    assert "1 delvis" in closed
    opened = text(client, "?open=2024-kf-1")
    assert "Öka tryggheten" in opened
    assert "Oro för brott" not in opened
    deep = "?open=2024-kf-1&open=2024-trygghet"
    assert "Oro för brott" in text(client, deep)
    part = client.get(f"/goals/{deep}&row=2024-kf-1", headers={"HX-Request": "true"}).content.decode()
    assert "Oro för brott" in part
    assert "<html" not in part
