"""Making a plan with nothing but links and forms: add, change, refuse, meet somebody else, take back, adopt."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import build
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.rules import Role
from uppsikt.planning import selectors
from uppsikt.planning.actions import goals
from uppsikt.planning.selectors import target_version, version_of

pytestmark = pytest.mark.django_db
PLAN = "/plans/ks/2024/"


@pytest.fixture
def world(client: Client) -> SimpleNamespace:
    made = build.small_world()
    client.force_login(build.person(key="ek", name="Vera Ek", role=Role.CONTROLLER, at=made.board))
    return made


def text(client: Client, address: str = PLAN) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def goal_form(world: SimpleNamespace, **more: Any) -> dict[str, Any]:
    return {
        "level": "committee_goal", "parent": str(world.above.pk), "name": "Ett nytt mål", "responsible": "", "version": "",
    } | more  # fmt: skip


def test_the_plan_says_what_is_left_to_settle(client: Client, world: SimpleNamespace) -> None:
    build.goal(
        key="2024-kf-ensamt",
        at=world.council,
        level="council_goal",
        parent=world.above.parent,
        name="Ensamt mål",
    )
    html = text(client)
    assert "1 av fullmäktiges mål saknar svar" in html
    assert "Saknar svar" in html
    assert "Ensamt mål" in html


def test_a_goal_is_added(client: Client, world: SimpleNamespace) -> None:
    answer = client.post(f"{PLAN}goals/new/", goal_form(world))
    assert answer.status_code == 302
    assert "Ett nytt mål" in text(client)
    saved = selectors.goals(2024).get(name="Ett nytt mål")
    assert saved.parent == world.above


def test_a_form_that_is_not_filled_in_is_refused_with_a_summary(
    client: Client, world: SimpleNamespace
) -> None:
    answer = client.post(f"{PLAN}goals/new/", goal_form(world, name=""))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Det här behöver rättas" in html
    assert 'href="#id_name"' in html


def test_what_an_action_refuses_stands_at_its_field(client: Client, world: SimpleNamespace) -> None:
    address = f"{PLAN}indicators/new/?goal=2024-trygghet&indicator=oro"
    answer = client.post(
        address, {"lag_years": "0", "label": "", "responsible": "", "note": "", "version": ""}
    )
    assert answer.status_code == 422
    assert "finns redan här" in answer.content.decode()


def test_two_people_at_once_lose_nothing(client: Client, world: SimpleNamespace) -> None:
    opened = version_of(world.goal)
    goals.save_goal(
        key=world.goal.key, year=2024, body=world.board, level="committee_goal", parent=world.above,
        name="Tryggt för alla", position=world.goal.position, by=build.person(key="bo", name="Bo Alm").actor,
    )  # fmt: skip
    form = goal_form(world, name="Trygghet varje dag", version=opened)
    answer = client.post("/plans/goals/2024-trygghet/change/", form)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Sparad av Bo Alm" in html
    assert "Trygghet varje dag" in html
    world.goal.refresh_from_db()
    assert world.goal.name == "Tryggt för alla"
    version = answer.context["page"].form.data["version"]
    assert client.post("/plans/goals/2024-trygghet/change/", form | {"version": version}).status_code == 302
    world.goal.refresh_from_db()
    assert world.goal.name == "Trygghet varje dag"


def test_something_removed_can_be_put_back_from_the_message(client: Client, world: SimpleNamespace) -> None:
    html = client.post("/plans/rows/uses/2024-oro/remove/", follow=True).content.decode()
    assert "är borttagen ur planen" in html
    assert 'action="/plans/rows/uses/2024-oro/restore/"' in html
    client.post("/plans/rows/uses/2024-oro/restore/")
    assert selectors.uses().filter(key="2024-oro").exists()


def test_a_goal_with_something_under_it_says_why_it_stays(client: Client, world: SimpleNamespace) -> None:
    html = client.post("/plans/rows/goals/2024-trygghet/remove/", follow=True).content.decode()
    assert "finns mål, indikatorer eller uppdrag" in html


def test_moving(client: Client, world: SimpleNamespace) -> None:
    build.goal(key="2024-annat", at=world.board, parent=world.above, position=9)
    client.post("/plans/rows/goals/2024-annat/move/", {"way": "up"})
    keys = list(selectors.goals(2024).filter(parent=world.above).values_list("key", flat=True))
    assert keys == ["2024-annat", "2024-trygghet"]


def test_a_series_is_searched_for_and_chosen(client: Client, world: SimpleNamespace) -> None:
    build.indicator(key="nki", name="Företagsklimat NKI", kolada_ids="U07451")
    html = text(client, f"{PLAN}indicators/new/?goal=2024-trygghet&q=u07451")
    assert "Företagsklimat NKI" in html
    assert "Oro för brott" not in html.split("<table")[1]
    form = {"lag_years": "1", "label": "", "responsible": "", "note": "", "version": ""}
    client.post(f"{PLAN}indicators/new/?goal=2024-trygghet&indicator=nki", form)
    assert selectors.uses(2024).get(indicator__key="nki").lag_years == 1


def test_a_new_series_is_made_on_the_way(client: Client, world: SimpleNamespace) -> None:
    form = {
        "name": "Nöjda besökare", "measure": "procent", "direction": "up", "periodicity": "year", "source_kind": "own",
        "source": "", "kolada_ids": "", "published": "", "definition": "", "lag_years": "0", "label": "",
        "responsible": "", "note": "", "version": "",
    }  # fmt: skip
    assert client.post(f"{PLAN}indicators/new/?goal=2024-trygghet&indicator=new", form).status_code == 302
    assert selectors.indicators().get(name="Nöjda besökare").direction == "up"


def target_form(world: SimpleNamespace, **more: str) -> dict[str, str]:
    standing = selectors.standing_target(world.use, "milestone", 2024)
    return {
        "year": "2024", "kind": "lt", "value": "37,5", "period_text": "", "printed": "", "version": target_version(standing),
    } | more  # fmt: skip


ADDRESS = "/plans/uses/2024-oro/targets/milestone/"


def test_a_target_is_previewed_without_being_saved(client: Client, world: SimpleNamespace) -> None:
    answer = client.post(ADDRESS, target_form(world, act="preview"))
    html = answer.content.decode()
    assert "&lt;37,5" in html
    assert "37,5 räcker inte" in html
    assert selectors.targets().filter(use=world.use, kind="lt").count() == 0
    part = client.post(
        ADDRESS, target_form(world, act="preview"), headers={"HX-Request": "true"}
    ).content.decode()
    assert "37,5 räcker inte" in part
    assert "<html" not in part


def test_a_target_is_set_and_the_earlier_one_kept(client: Client, world: SimpleNamespace) -> None:
    assert client.post(ADDRESS, target_form(world)).status_code == 302
    assert [row.printed or row.kind for row in selectors.targets_ever(world.use)] == ["lt", "le"]
    assert "Tidigare satta" in text(client, ADDRESS)


def test_a_target_that_is_no_figure_is_refused(client: Client, world: SimpleNamespace) -> None:
    answer = client.post(ADDRESS, target_form(world, value="sjuttio"))
    assert answer.status_code == 422
    assert "är inget tal" in answer.content.decode()


def test_a_target_set_by_another_is_met(client: Client, world: SimpleNamespace) -> None:
    form = target_form(world)
    build.target(of=world.use, value="40")
    answer = client.post(ADDRESS, form)
    assert answer.status_code == 409
    assert "Någon annan har satt målet" in answer.content.decode()


def test_a_role_the_model_does_not_use_is_not_found(client: Client, world: SimpleNamespace) -> None:
    assert client.get("/plans/uses/2024-oro/targets/other/").status_code == 404


def test_an_assignment_with_decision_and_parts(client: Client) -> None:
    world = build.small_world(model="atagande-2020")
    client.force_login(build.person(role=Role.CONTROLLER, at=world.board))
    form = {
        "title": "Tillgängliga lokaler", "text": "Gör lokalerna tillgängliga", "parts": "a) kartlägg\nåtgärda", "background": "",
        "goal": str(world.goal.pk), "number": "", "origin": "council", "responsible": "", "deadline": "2024-12-01",
        "decision_body": "Kommunfullmäktige", "decision_date": "2023-11-13", "decision_section": "9",
        "decision_case": "KS-2023/1702", "version": "",
    }  # fmt: skip
    assert client.post(f"{PLAN}assignments/new/", form).status_code == 302
    saved = selectors.assignments(2024).get(title="Tillgängliga lokaler")
    assert saved.parts == [{"label": "a", "text": "kartlägg"}, {"label": "b", "text": "åtgärda"}]
    assert str(saved.decision) == "KS-2023/1702, Kommunfullmäktige 2023-11-13 §\u00a09"


def test_a_year_is_rolled_forward_after_a_look(client: Client, world: SimpleNamespace) -> None:
    build.year(number=2025)
    preview = text(client, "/plans/ks/2025/roll/")
    assert "1 nämndmål, 1 indikator och 1 uppdrag följer med från 2024" in preview
    assert "2 överordnade mål är inte upplagda för 2025 än" in preview
    assert client.post("/plans/ks/2025/roll/", {"from": "2024"}).status_code == 302
    html = text(client, "/plans/ks/2025/")
    assert "Öka tryggheten" in html
    assert "Fullmäktiges mål för 2025 är inte upplagda än" in html
    assert not selectors.goals(2025).filter(body=world.council).exists()


def test_one_who_plans_for_all_rolls_the_councils_goals_too(client: Client, world: SimpleNamespace) -> None:
    build.year(number=2025)
    client.force_login(build.person(key="alla", role=Role.CENTRAL_CONTROLLER))
    preview = text(client, "/plans/ks/2025/roll/")
    assert "1 nämndmål, 2 överordnade mål, 1 indikator och 1 uppdrag följer med" in preview
    done = client.post("/plans/ks/2025/roll/", {"from": "2024"}, follow=True).content.decode()
    assert "Hämtade 1 nämndmål, 2 överordnade mål, 1 indikator och 1 uppdrag." in done
    assert "inte upplagda än" not in done
    assert "Inget nytt följer med från 2024." in text(client, "/plans/ks/2025/roll/")
    again = client.post("/plans/ks/2025/roll/", {"from": "2024"}, follow=True).content.decode()
    assert "Inget nytt fanns att hämta." in again


def test_what_is_left_is_counted_as_it_is_shown(client: Client, world: SimpleNamespace) -> None:
    page = client.get(PLAN).context["page"]
    asked = [
        text for goal in page.sections[0].goals for row in goal.indicators for text, *_rest in row.targets
    ]
    assert (asked[0] != "", asked[1]) == (True, "")
    assert "1 indikator saknar målvärde" in page.gaps
    build.use(under=world.goal, of=build.indicator(key="nki"))
    assert {"1 indikator saknar etappmål", "2 indikatorer saknar målvärde"} <= set(
        client.get(PLAN).context["page"].gaps
    )


def test_the_years_hold_the_one_shown_and_the_next_can_be_asked_for(
    client: Client, world: SimpleNamespace
) -> None:
    assert "Be en central controller eller administratör" in text(client)
    build.year(number=2025)
    page = client.get("/plans/ks/2025/").context["page"]
    assert [(link.label, link.current) for link in page.years] == [("2024", False), ("2025", True)]
    client.force_login(build.person(key="alla", role=Role.CENTRAL_CONTROLLER))
    following = client.get("/plans/ks/2025/").context["page"].next_year
    assert (following.label, following.href) == ("Lägg upp 2026", "/years/")
    assert client.get(PLAN).context["page"].next_year is None


def test_personnel_is_planned_as_what_stands_under_goals(client: Client, world: SimpleNamespace) -> None:
    series = build.indicator(key="sjuk", name="Sjukfrånvaro")
    place = f"{PLAN}indicators/new/?section=personal"
    assert "Sjukfrånvaro" in text(client, place)
    form = {
        "lag_years": "0",
        "label": "",
        "responsible": "",
        "note": "",
        "version": "",
        "breakdowns": ["gender", "age"],
    }
    answer = client.post(f"{place}&indicator=sjuk", form)
    assert answer.headers["Location"] == f"{PLAN}#avsnitt-personal"
    use = selectors.uses(2024).get(indicator=series)
    assert (use.section, use.goal, use.breakdowns) == ("personal", None, "gender;age")
    html = text(client)
    assert "Sjukfrånvaro" in html.split('id="avsnitt-personal"')[1]
    assert f"/plans/uses/{use.key}/change/" in html
    assert "1 indikator saknar målvärde" in client.get(PLAN).context["page"].gaps
    client.post(f"/plans/rows/uses/{use.key}/remove/")
    assert client.get(PLAN).context["page"].outside[0].indicators == ()


def test_breakdowns_are_changed_and_compared_when_two_have_them_open(
    client: Client, world: SimpleNamespace
) -> None:
    address = "/plans/uses/2024-oro/change/"
    form = {
        "name": "Oro för brott", "measure": "procent", "direction": "down", "periodicity": "year", "source_kind": "own",
        "lag_years": "0", "version": "gammal", "breakdowns": ["gender", "interval"],
    }  # fmt: skip
    answer = client.post(address, form)
    assert answer.status_code == 409
    assert "Kön, Frånvarons längd" in answer.content.decode()
    sent = answer.context["page"].form.data
    assert sent.getlist("breakdowns") == ["gender", "interval"]
    assert client.post(address, form | {"version": sent["version"]}).status_code == 302
    world.use.refresh_from_db()
    assert world.use.breakdowns == "gender;interval"


def test_a_section_the_model_does_not_have_is_not_found(client: Client, world: SimpleNamespace) -> None:
    assert client.get(f"{PLAN}indicators/new/?section=nej").status_code == 404


def test_a_plan_is_adopted_and_opened_again(client: Client, world: SimpleNamespace) -> None:
    decision = {
        "decision_body": "Kommunstyrelsen", "decision_date": "2023-12-11", "decision_section": "41", "decision_case": "",
    }  # fmt: skip
    assert client.post(f"{PLAN}adopt/", decision | {"decision_date": ""}).status_code == 422
    assert client.post(f"{PLAN}adopt/", decision).status_code == 302
    html = text(client)
    assert "Kommunstyrelsen 2023-12-11" in html
    assert "Flytta upp" not in html
    assert client.post(f"{PLAN}goals/new/", goal_form(world)).status_code == 422
    assert client.post(f"{PLAN}reopen/", {"reason": ""}).status_code == 422
    assert client.post(f"{PLAN}reopen/", {"reason": "Budgeten ändrades."}).status_code == 302
    assert client.post(f"{PLAN}goals/new/", goal_form(world)).status_code == 302


def test_a_reader_sees_the_plan_but_no_buttons(client: Client, world: SimpleNamespace) -> None:
    client.force_login(build.person(key="las", role=Role.READER, at=world.board))
    html = text(client)
    assert "Öka tryggheten" in html
    assert "/plans/rows/" not in html
    assert "goals/new" not in html


def test_an_empty_plan_says_how_to_begin(client: Client, world: SimpleNamespace) -> None:
    build.year(number=2025)
    assert "Hämta från tidigare år" in text(client, "/plans/ks/2025/")
    assert client.get("/plans/ks/2031/").status_code == 404


def test_the_list_of_plans(client: Client, world: SimpleNamespace) -> None:
    html = text(client, "/plans/?year=2024")
    assert "Utkast" in html
    assert "NSN" not in html


def test_texts_of_others_are_never_html(client: Client, world: SimpleNamespace) -> None:
    client.post(f"{PLAN}goals/new/", goal_form(world, name="<script>alert(1)</script>"))
    for address in (PLAN, "/goals/"):
        assert "<script>alert" not in text(client, address)


def test_the_act_is_the_persons(client: Client, world: SimpleNamespace) -> None:
    client.post(f"{PLAN}goals/new/", goal_form(world))
    from uppsikt.history import selectors as history

    assert {event.actor_key for event in history.recent(kind="goal.saved")[:1]} == {"ek"}
    assert SYSTEM.key != "ek"
