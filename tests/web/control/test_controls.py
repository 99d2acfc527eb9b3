"""The pages of controls and group-wide controls, as those who make them and those who look at all of them use them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests import build
from tests import controls_world as world
from tests.controls_world import sample
from uppsikt.control.actions import results
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.selectors import Control, GroupControl
from uppsikt.control.selectors.control_rows import controls, groups, parts_of
from uppsikt.control.selectors.controls import control_facts
from uppsikt.control.selectors.groups import group_table
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def signed_in(client: Client, role: Role, **more: Any) -> Client:
    client.force_login(build.person(role=role, **more))
    return client


@pytest.fixture
def representation() -> Control:
    """The board's control with limits of 95 and 80: failed at the interim, nothing yet at year end."""
    build.year()
    build.reporting_round()
    row = world.control(
        key="2024-rep", name="Underlag för representation", process="Representation", frequency="tertial",
        purpose="Så att riktlinjen följs.", performer_text="Redovisningsekonom",
    )  # fmt: skip
    world.measure(of=row)
    world.found(world.occasion(of=row, period="2024-T2", due=None), sample(20, 10), comment="Syfte saknas.")
    world.occasion(of=row, period="2024", position=9)
    return row


def occasion_of(row: Control, period: str) -> int:
    (facts,) = (one for one in control_facts(2024, None) if one.control.pk == row.pk)
    return next(one.occasion.pk for one in facts.occasions if one.occasion.period == period)


def test_the_list_says_how_each_control_goes(representation: Control, client: Client) -> None:
    world.control(key="2024-lon", name="Löner", process="Löneutbetalning", frequency="month")
    page = signed_in(client, Role.CONTROLLER, at=build.body()).get("/control/controls/?body=ks")
    assert page.status_code == 200
    text = words(page)
    assert "0 av 2 kontroller är klara för året. 1 är underkänd." in text
    assert "tertial 2 2024: gjord" in text
    assert "1 av 2 gjorda" in text
    assert "Underkänt 50\u00a0%" in text or "Underkänt 50 %" in text
    assert "Varje tertial, utförs av Redovisningsekonom" in text
    only = words(client.get("/control/controls/?body=ks&show=bad"))
    assert "Underlag för representation" in only
    assert "Löner" not in only


def test_an_empty_list_says_how_to_begin(client: Client) -> None:
    build.year()
    build.reporting_round()
    page = words(signed_in(client, Role.CONTROLLER, at=build.body()).get("/control/controls/?body=ks"))
    assert "Inga kontroller för 2024 än" in page
    assert "Lägg till kontroll" in page
    reader = signed_in(client, Role.READER, key="lasare")
    assert "Lägg till kontroll" not in words(reader.get("/control/controls/?body=ks"))


def test_a_control_shows_why_how_and_what_was_found(representation: Control, client: Client) -> None:
    page = words(signed_in(client, Role.READER).get("/control/controls/2024-rep/"))
    for expected in (
        "Varför görs kontrollen?", "Så att riktlinjen följs.", "20 kontrollerade, 10 fel", "Syfte saknas.",
        "(20 − 10) / 20", "godkänt från 95 %, bristfälligt från 80 %",
    ):  # fmt: skip
        assert expected in page
    assert "Ändra" not in page


def test_a_control_is_added_with_the_years_occasions(client: Client) -> None:
    build.year()
    build.reporting_round()
    signed_in(client, Role.CONTROLLER, at=build.body())
    answer = client.post(
        "/control/controls/new/", {"body": "ks", "name": "Attest av löner", "frequency": "month"}
    )
    assert answer.status_code == 302
    (facts,) = control_facts(2024, ["ks"])
    assert (facts.name, len(facts.occasions)) == ("Attest av löner", 12)
    refused = client.post("/control/controls/new/", {"body": "ks", "name": " "})
    assert refused.status_code == 422


def test_figures_give_a_proposal_before_anything_is_saved(representation: Control, client: Client) -> None:
    signed_in(client, Role.REPORTER, at=build.body())
    address = f"/control/occasions/{occasion_of(representation, '2024')}/"
    typed = {"act": "preview", "right.checked": "22", "right.faulty": "3"}
    answer = client.post(address, typed, headers=HTMX)
    assert answer.status_code == 200
    assert "Gränserna ger: Bristfälligt" in words(answer)
    typed["right.faulty"] = "fel"
    assert "Fyll i siffrorna" in words(client.post(address, typed, headers=HTMX))
    (facts,) = control_facts(2024, None)
    assert not facts.occasions[-1].done


def test_a_result_is_reported_and_judged_by_its_limits(representation: Control, client: Client) -> None:
    signed_in(client, Role.REPORTER, at=build.body())
    address = f"/control/occasions/{occasion_of(representation, '2024')}/"
    version = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    assert version is not None
    sent = {
        "version": version[1], "act": "save", "right.checked": "22", "right.faulty": "3",
        "right.faults": "Kvitto saknas 2\nSyfte saknas", "comment": "Tre fel.", "performed_on": "2024-12-12",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    (facts,) = control_facts(2024, None)
    latest = facts.latest
    assert latest is not None
    assert (facts.judgement, latest.parts["right"].faults) == (
        "deficient", [{"kind": "Kvitto saknas", "count": 2}, {"kind": "Syfte saknas", "count": 1}],
    )  # fmt: skip
    assert client.post(address, sent).status_code == 409, "somebody else has saved since"


def test_departing_from_the_limits_asks_why(representation: Control, client: Client) -> None:
    signed_in(client, Role.REPORTER, at=build.body())
    address = f"/control/occasions/{occasion_of(representation, '2024')}/"
    version = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    assert version is not None
    sent = {"version": version[1], "right.checked": "22", "right.faulty": "23", "judgement": "approved"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "antal fel är mer än antal kontrollerade" in words(answer)
    answer = client.post(address, sent | {"right.faulty": "3"})
    assert answer.status_code == 422
    assert "Resultatet avviker från vad kontrollens gränser ger. Skriv varför." in words(answer)
    assert client.post(address, sent | {"right.faulty": "3", "reason": "Ringa fel."}).status_code == 302
    page = words(client.get("/control/controls/2024-rep/"))
    assert "Att kontrollera" in page
    assert "gränserna ger bristfälligt" in page


def test_readers_read_a_result_and_cannot_write_it(representation: Control, client: Client) -> None:
    signed_in(client, Role.READER)
    address = f"/control/occasions/{occasion_of(representation, '2024-T2')}/"
    page = client.get(address)
    assert "Syfte saknas." in words(page)
    assert 'name="right.checked"' not in page.content.decode()
    assert client.post(address, {"right.checked": "1"}).status_code == 403


def test_a_measure_in_swedish_figures(representation: Control, client: Client) -> None:
    signed_in(client, Role.CONTROLLER, at=build.body())
    form = client.get("/control/controls/2024-rep/measures/new/").content.decode()
    version = re.search(r'name="version" value="(\d+)"', form)
    assert version is not None
    sent = {"version": version[1], "label": "Andel attesterade", "kind": "share", "approved_from": "92,5"}
    assert client.post("/control/controls/2024-rep/measures/new/", sent).status_code == 302
    (facts,) = control_facts(2024, None)
    added = next(one for one in facts.measures if one.key == "andel-attesterade")
    assert added.approved_from == Decimal("92.5")


def test_every_committee_side_by_side(client: Client) -> None:
    """35 of 42 right is 83.3 %, of the counts and not of the committees' shares."""
    world.shared_world()
    page = words(signed_in(client, Role.READER).get("/control/group/2024-representation/"))
    for expected in (
        "2024: 2 av 3 har rapporterat. 2 ligger under gränsen.", "Inte rapporterat än",
        "42 kontrollerade, 7 fel", "83\u00a0%", "(42 − 7) / 42", "summan av 2 rader",
        "Andel rätt: totalen räknas på antalen i raderna",
        "Nämnd gsn och Nämnd fsn",
    ):  # fmt: skip
        assert expected.replace("\u00a0", " ") in page.replace("\u00a0", " ")


def test_the_interim_and_the_year_end_beside_each_other(client: Client) -> None:
    world.shared_world()
    signed_in(client, Role.READER)
    page = words(client.get("/control/group/2024-representation/?period=2024-T2&against=2024"))
    assert "Alla sida vid sida, tertial 2 2024" in page
    assert "91" in page, "20 of 22 right at year end, beside the interim's 50"


def test_a_committees_reader_sees_its_own_row_and_everyones_total(client: Client) -> None:
    world.shared_world()
    page = words(
        signed_in(client, Role.READER, at=build.body(key="fsn")).get("/control/group/2024-representation/")
    )
    assert "Nämnd fsn" in page
    assert "Nämnd gsn" not in page
    assert "Totalen gäller alla 3." in page
    assert "42 kontrollerade, 7 fel" in page


def test_a_group_wide_control_is_set_up_given_out_and_summed_up(client: Client) -> None:
    build.year()
    build.reporting_round()
    for key in ("gsn", "sn"):
        build.body(key=key, name=f"Nämnd {key}")
    build.body(kind="executive_board")
    signed_in(client, Role.CENTRAL_CONTROLLER)
    made = client.post("/control/group/new/", {"name": "Attest", "rows_of": "body", "frequency": "year"})
    assert made.status_code == 302
    (group,) = groups(2024)
    assert client.post(f"/control/group/{group.key}/give/", {"bodies": ["gsn", "sn"]}).status_code == 302
    assert client.post(f"/control/group/{group.key}/give/", {"bodies": ["gsn"]}).status_code == 302
    assert sorted(row.item.body.key for row in controls(2024)) == ["gsn", "sn"]
    world.measure(of=group, key="andel", label="Andel", kind="share")
    _report(group, "gsn", PartInput(value=Decimal(51)))
    address = f"/control/group/{group.key}/report/?period=2024"
    version = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    assert version is not None
    sent = {
        "version": version[1],
        "andel.value": "56,5",
        "judgement": "failed",
        "comment": "Sämre än väntat.",
    }
    assert client.post(address, sent).status_code == 302
    assert group_table(group).totals["andel"].reported == Decimal("56.5")
    page = words(client.get("/control/group/?round=2024-bokslut"))
    assert "56,5" in page
    assert "som rapporterat" in page


def _report(group: GroupControl, body: str, part: PartInput) -> None:
    row = next(row for row in group_table(group).rows if row.body.key == body)
    occasion = row.occasion or row.facts.occasions[0]
    results.report_result(occasion=occasion.occasion, parts={"andel": part}, by=SYSTEM)


def test_status_is_reported_in_the_round(representation: Control, client: Client) -> None:
    signed_in(client, Role.REPORTER, at=build.body())
    address = "/control/controls/2024-rep/status/2024-bokslut/"
    form = client.get(address).content.decode()
    version = re.search(r'name="version" value="(\d+)"', form)
    step = re.search(r'name="status" value="([a-z_]+)"', form)
    assert version is not None
    assert step is not None
    sent = {"version": version[1], "status": step[1], "comment": "Gjord enligt plan."}
    assert client.post(address, sent).status_code == 302
    assert "Gjord enligt plan." in words(client.get("/control/controls/2024-rep/?round=2024-bokslut"))


def test_pages_keep_to_their_queries(
    representation: Control, client: Client, query_budget: Callable[[str], AbstractContextManager[None]]
) -> None:
    whole = world.shared_world()
    signed_in(client, Role.CENTRAL_CONTROLLER)
    pages = {
        "control:controls": "/control/controls/?body=all",
        "control:control": "/control/controls/2024-rep/",
        "control:occasion": f"/control/occasions/{occasion_of(representation, '2024')}/",
        "control:groups": "/control/group/",
        "control:group": f"/control/group/{whole.key}/",
    }
    for name, address in pages.items():
        client.get(address)
        with query_budget(name):
            assert client.get(address).status_code == 200


def test_a_measure_that_is_not_touched_keeps_what_the_form_does_not_show(
    client: Client, representation: Control
) -> None:
    """A share's kinds of fault come from samples and have no field of their own."""
    signed_in(client, Role.CENTRAL_CONTROLLER)
    world.measure(
        of=representation, key="part", label="Andel", kind="share", approved_from=None, deficient_from=None
    )
    pk = occasion_of(representation, "2024")
    kinds = [{"kind": "syfte saknas", "count": 1}]
    row = next(one for one in representation.occasions.all() if one.pk == pk)
    figures = PartInput(checked=20, faulty=1, faults=kinds)
    results.report_result(occasion=row, parts={"part": figures}, judgement="approved", by=SYSTEM)
    address = f"/control/occasions/{pk}/"
    version = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    assert version is not None
    sent = {
        "version": version[1],
        "judgement": "approved",
        "part.checked": "20",
        "part.faulty": "1",
        "comment": "Ny",
    }
    assert client.post(address, sent).status_code == 302
    assert parts_of(row)["part"].faults == kinds
    again = re.search(r'name="version" value="(\d+)"', client.get(address).content.decode())
    assert again is not None
    assert client.post(address, sent | {"version": again[1], "part.faulty": "2"}).status_code == 302
    assert (parts_of(row)["part"].faulty, parts_of(row)["part"].faults) == (2, [])
