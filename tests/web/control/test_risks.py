"""The pages of risks and mitigations, as a controller uses them."""

from __future__ import annotations

import html
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import build
from tests.control_world import control_world, mitigation, risk
from uppsikt.control import selectors
from uppsikt.control.actions import workshops as workshop_actions
from uppsikt.control.actions.controls import save_control
from uppsikt.control.actions.mitigations import report_status
from uppsikt.cycle import actions as cycle
from uppsikt.followup.actions import set_dependency
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation import actions as organisation
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
LIST = "/control/risks/?body=ks&round=2024-bokslut"


@pytest.fixture
def world() -> SimpleNamespace:
    return control_world()


@pytest.fixture
def controller(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(role=Role.CONTROLLER, at=world.board))
    return client


def words(answer: Any) -> str:
    """All that a page says, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def names(answer: Any) -> list[str]:
    """The risks of the list, in order."""
    text = answer.content.decode().split('id="tabell-risker"', 1)[1].split("</table>", 1)[0]
    return [html.unescape(one) for one in re.findall(r'class="row__link"[^>]*>([^<]*)</a>', text)]


def test_the_list_says_what_matters(controller: Client) -> None:
    answer = controller.get(LIST)
    assert answer.status_code == 200
    text = words(answer)
    assert "4 risker. 1 ska rapporteras uppåt. 1 hög risk har varken åtgärd eller kontroll." in text
    assert "1 risk är inte bedömd och står inte i matrisen." in text
    assert names(answer) == [
        "Risk att fel lön betalas ut", "Risk att inköp görs utan avtal", "Risk att handlingar inte arkiveras",
        "Risk som inte bedömts",
    ]  # fmt: skip


def squares(answer: Any) -> dict[str, str]:
    """The squares of the matrix that hold risks, by what they say."""
    found = re.findall(
        r'<td class="tone-[^"]*"><a href="([^"]*)".*?visually-hidden">([^<]*)<', answer.content.decode()
    )
    return {html.unescape(said): html.unescape(href) for href, said in found}


def test_the_matrix_counts_and_leads_to_its_risks(controller: Client) -> None:
    """Before: 3×4, 4×2 and 2×2; after, the first has moved to 2×3."""
    found = squares(controller.get(LIST))
    assert sorted(found) == [
        "1 risk: sannolikhet Mindre sannolik, konsekvens Lindrig, riskvärde 4, Medel",
        "1 risk: sannolikhet Möjlig, konsekvens Allvarlig, riskvärde 12, Mycket hög",
        "1 risk: sannolikhet Sannolik, konsekvens Lindrig, riskvärde 8, Hög",
    ]
    answer = controller.get("/control/risks/" + next(href for said, href in found.items() if " 12," in said))
    assert names(answer) == ["Risk att fel lön betalas ut"]
    after = squares(controller.get(LIST + "&stage=after"))
    assert "1 risk: sannolikhet Mindre sannolik, konsekvens Kännbar, riskvärde 6, Medel" in after


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("process=Inköp", ["Risk att inköp görs utan avtal", "Risk som inte bedömts"]),
        ("only=unanswered", ["Risk att inköp görs utan avtal"]),
        ("only=report", ["Risk att inköp görs utan avtal"]),
        ("only=unassessed", ["Risk som inte bedömts"]),
        ("decision=accept", ["Risk att handlingar inte arkiveras"]),
        ("band=medium", ["Risk att fel lön betalas ut", "Risk att handlingar inte arkiveras"]),
        ("q=AVTAL", ["Risk att inköp görs utan avtal"]),
        ("sort=-before&decision=", [
            "Risk att fel lön betalas ut", "Risk att inköp görs utan avtal", "Risk att handlingar inte arkiveras",
            "Risk som inte bedömts",
        ]),
    ],
)  # fmt: skip
def test_filters_stand_in_the_address(controller: Client, query: str, expected: list[str]) -> None:
    assert names(controller.get(f"{LIST}&{query}")) == expected


def test_a_risk_is_added_assessed_and_decided(controller: Client) -> None:
    controller.get(LIST)
    answer = controller.post(
        "/control/risks/new/",
        {"body": "ks", "process": "Inköp", "title": "Risk för jäv", "cause": "Få leverantörer."},
    )
    key = "2024-ks-risk-for-jav"
    assert answer.headers["Location"] == f"/control/risks/{key}/assess/"
    found = selectors.risks.by_key(key)
    assert found is not None
    version = selectors.risks.version_of(found)
    answer = controller.post(
        f"/control/risks/{key}/assess/",
        {
            "version": version,
            "before_likelihood": "2",
            "before_consequence": "4",
            "before_comment": "Har hänt.",
        },
    )
    assert answer.status_code == 302
    version = selectors.risks.version_of(found)
    answer = controller.post(
        f"/control/risks/{key}/treat/", {"version": version, "decision": "accept", "rationale": ""}
    )
    assert answer.status_code == 422
    assert "Skriv varför risken kan accepteras." in words(answer)
    controller.post(f"/control/risks/{key}/treat/", {"version": version, "decision": "control"})
    text = words(controller.get(f"/control/risks/{key}/?round=2024-bokslut"))
    assert "8 Hög" in text
    assert "2 Mindre sannolik × 4 Allvarlig" in text
    assert "Kontrolleras" in text
    assert "Har hänt." in text


def test_somebody_else_first_is_told_and_nothing_is_lost(controller: Client, world: SimpleNamespace) -> None:
    stale = selectors.risks.version_of(world.payroll)
    risk(key="2024-lon", at=world.board, title="Ny lydelse")
    answer = controller.post(
        "/control/risks/2024-lon/change/", {"version": stale, "process": "Lön", "title": "Min lydelse"}
    )
    assert answer.status_code == 409
    assert "Någon annan har sparat risken" in words(answer)
    assert "Min lydelse" in words(answer)
    assert selectors.risks.by_key("2024-lon").title == "Ny lydelse"  # type: ignore[union-attr]


def test_a_removed_risk_is_put_back(controller: Client) -> None:
    controller.post("/control/risks/2024-arkiv/remove/")
    assert controller.get("/control/risks/2024-arkiv/").status_code == 404
    assert "Risk att handlingar inte arkiveras" not in names(controller.get(LIST))
    controller.post("/control/risks/2024-arkiv/restore/")
    assert controller.get("/control/risks/2024-arkiv/").status_code == 200


def test_a_committee_takes_over_a_shared_risk_and_adapts_it(world: SimpleNamespace, client: Client) -> None:
    shared = risk(
        key="2024-gdpr", at=world.board, title="Risk att personuppgifter sprids", process="GDPR", shared=True,
        before=(3, 3),
    )  # fmt: skip
    client.force_login(build.person(key="gn-controller", role=Role.CONTROLLER, at=world.committee))
    page = "/control/risks/?body=gn&round=2024-bokslut"
    assert "Kommungemensamma risker" in words(client.get(page))
    answer = client.post("/control/risks/2024-gdpr/adopt/", {"body": "gn"})
    own = answer.headers["Location"]
    assert "Övertagen" in words(client.get(own))
    found = selectors.risks.adoptions([shared])[shared.pk][0]
    client.post(
        f"/control/risks/{found.key}/change/",
        {"version": selectors.risks.version_of(found), "process": "GDPR", "title": "Risk att elevers uppgifter sprids"},
    )  # fmt: skip
    assert "Anpassad" in words(client.get(page))
    text = words(client.get("/control/risks/2024-gdpr/"))
    assert "Hos nämnderna" in text
    assert client.post("/control/risks/2024-gdpr/change/", {}).status_code == 403


def test_what_the_board_does_and_how_its_people_voted_is_not_shown_to_other_committees(
    world: SimpleNamespace, client: Client
) -> None:
    anna = build.person(key="anna", name="Anna Berg", role=Role.REPORTER, at=world.board)
    shared = risk(key="2024-gdpr", at=world.board, shared=True, before=(3, 3))
    mitigation(of=shared, key="2024-kryptera", title="Kryptera e-posten")
    talk = workshop_actions.open_workshop(year=2024, body=world.board, name="Novembermötet", by=SYSTEM)
    workshop_actions.vote(workshop=talk, risk=shared, person=anna, likelihood=4, consequence=4, by=anna.actor)
    workshop_actions.close_workshop(workshop=talk, by=SYSTEM)
    client.force_login(build.person(key="gn-controller", role=Role.CONTROLLER, at=world.committee))
    outside = words(client.get("/control/risks/2024-gdpr/"))
    assert "Novembermötet" not in outside
    assert "Kryptera e-posten" not in outside
    client.force_login(anna)
    inside = words(client.get("/control/risks/2024-gdpr/"))
    assert "Novembermötet" in inside
    assert "Kryptera e-posten" in inside


def test_a_risk_on_an_older_scale_is_told_of_beside_the_matrix(
    world: SimpleNamespace, controller: Client
) -> None:
    document = build.preset("malomrade-2024")
    for axis in ("likelihood", "consequence"):
        document["control"][axis] = document["control"][axis][:3]
    cycle.save_model(year=2024, document=document, by=SYSTEM)
    assert "2 risker är bedömda på en annan skala och står inte i matrisen." in words(controller.get(LIST))


def test_votes_are_hidden_until_one_has_voted(world: SimpleNamespace, client: Client) -> None:
    anna = build.person(key="anna", name="Anna Berg", role=Role.REPORTER, at=world.board)
    bo = build.person(key="bo", name="Bo Ek", role=Role.REPORTER, at=world.board)
    one = workshop_actions.open_workshop(year=2024, body=world.board, name="November", by=SYSTEM)
    pk = world.payroll.pk
    page = f"/control/workshops/{one.pk}/"
    client.force_login(anna)
    client.post(page, {f"l{pk}": "4", f"c{pk}": "4", f"t{pk}": "Det hände i våras."})
    client.force_login(bo)
    before = words(client.get(page))
    assert "1 person har bedömt. Du har 4 risker kvar." in before
    assert "Det hände i våras." not in before
    assert "De andras bedömningar visas när du har lämnat din." in before
    answer = client.post(page, {f"l{pk}": "2", f"c{pk}": ""})
    assert answer.status_code == 422
    assert "Ange både sannolikhet och konsekvens." in words(answer)
    client.post(page, {f"l{pk}": "2", f"c{pk}": "3"})
    after = words(client.get(page))
    assert "Det hände i våras." in after
    assert "Median 3, lägst 2, högst 4" in after


def test_the_median_is_set_with_one_press(world: SimpleNamespace, client: Client) -> None:
    one = workshop_actions.open_workshop(year=2024, body=world.board, name="November", by=SYSTEM)
    for key, place in (("anna", (1, 2)), ("bo", (2, 2)), ("cia", (4, 3))):
        person = build.person(key=key, role=Role.REPORTER, at=world.board)
        workshop_actions.vote(
            workshop=one, risk=world.fresh, person=person, likelihood=place[0], consequence=place[1],
            by=person.actor,
        )  # fmt: skip
    client.force_login(build.person(role=Role.CONTROLLER, at=world.board))
    client.post(f"/control/workshops/{one.pk}/close/")
    text = words(client.get(f"/control/workshops/{one.pk}/"))
    assert "Cia ser det annorlunda än de andra." in text
    assert "Medianen ger 4 Medel" in text
    client.post(f"/control/workshops/{one.pk}/take/2024-ny/")
    assert "4 Medel" in words(client.get("/control/risks/2024-ny/?round=2024-bokslut"))


def test_what_waits_is_shown_both_ways(world: SimpleNamespace, controller: Client) -> None:
    set_dependency(
        item=world.mitigation.item, waits_for=world.assignment.item, label="Utbilda attestanter", by=SYSTEM
    )
    text = words(controller.get("/control/mitigations/?body=ks&round=2024-bokslut"))
    assert "1 åtgärd: 1 inte rapporterade. 1 väntar på något annat." in text
    assert "Kan inte påbörjas förrän ”Fler evenemang” är klart." in text
    assert "Överflyttad från" in text
    assert "Kan inte påbörjas" in words(
        controller.get("/control/mitigations/2024-atgard/?round=2024-bokslut")
    )
    assert "Utbilda attestanter" in words(controller.get("/assignments/2024-evenemang/"))


def test_a_risk_leads_to_a_control_that_answers_it(controller: Client) -> None:
    controller.get(LIST)
    page = controller.get("/control/risks/2024-inkop/").content.decode()
    assert 'href="/control/controls/new/?risk=2024-inkop"' in page
    form = controller.get("/control/controls/new/?risk=2024-inkop").content.decode()
    assert re.search(r'<option value="2024-inkop"\s+selected', form)
    assert 'name="process" value="Inköp"' in form


def test_a_mitigation_is_added_reported_and_waits(world: SimpleNamespace, controller: Client) -> None:
    controller.get(LIST)
    answer = controller.post(
        "/control/mitigations/new/risk/2024-inkop/", {"title": "Följ upp avtalen", "deadline": "2024-11-30"}
    )
    page = answer.headers["Location"]
    assert page == "/control/mitigations/2024-ks-folj-upp-avtalen/"
    found = selectors.mitigations.by_key("2024-ks-folj-upp-avtalen")
    assert found is not None
    offered = controller.get(f"{page}waits-for/")
    assert "Utbilda attestanter" in words(offered)
    controller.post(f"{page}waits-for/", {"waits_for": "2024-atgard", "note": "Först utbildning."})
    answer = controller.post("/control/mitigations/2024-atgard/waits-for/", {"waits_for": found.item.key})
    assert answer.status_code == 422
    assert "De skulle vänta på varandra" in words(answer)
    version = selectors.mitigations.version_of(found)
    answer = controller.post(
        f"{page}report/2024-bokslut/", {"version": version, "status": "done", "comment": "Klart i november."}
    )
    assert answer.status_code == 302
    text = words(controller.get(f"{page}?round=2024-bokslut"))
    assert "Klart i november." in text
    assert "Först utbildning." in text


def test_a_mitigation_that_is_done_is_not_held_up(world: SimpleNamespace, controller: Client) -> None:
    other = mitigation(of=world.purchase, key="2024-avtal")
    set_dependency(item=other.item, waits_for=world.mitigation.item, label="Avtal", by=SYSTEM)
    report_status(
        mitigation=world.mitigation, round_=world.rounds.year_end, status="done", comment="", by=SYSTEM
    )
    assert "Kan inte påbörjas" not in words(
        controller.get("/control/mitigations/2024-avtal/?round=2024-bokslut")
    )


def test_last_years_risks_are_brought_along(world: SimpleNamespace, controller: Client) -> None:
    build.year(number=2025)
    build.reporting_round(key="2025-augusti", of=2025, kind="interim", cutoff="2025-08-31")
    page = "/control/risks/carry/ks/2025/"
    assert "4 risker från 2024 hämtas med bedömning och beslut, och 1 åtgärd" in words(controller.get(page))
    controller.post(page)
    carried = selectors.risks.by_key("2025-lon")
    assert carried is not None
    assert carried.origin_year == 2024
    text = words(controller.get("/control/risks/2025-lon/?round=2025-augusti"))
    assert "12 Mycket hög" in text
    assert "Utbilda attestanter" in text
    assert "Överflyttad från" in text
    assert "Det finns inget mer att hämta från 2024." in words(controller.get(page))


def test_a_library_is_shown_before_anything_is_taken(world: SimpleNamespace, controller: Client) -> None:
    controller.get(LIST)
    page = controller.get("/control/libraries/vanliga-risker/")
    assert "Risk att känsliga personuppgifter sprids till obehöriga" in words(page)
    document = html.unescape(
        re.search(r'name="document" value="([^"]*)"', page.content.decode()).group(1)  # type: ignore[union-attr]
    )
    answer = controller.post(
        "/control/libraries/take/",
        {"document": document, "body": "ks", "risks": ["arkiv", "jav"], "controls": ["registrering"]},
    )
    assert answer.status_code == 302
    assert "Risk att den som beslutar om ett köp är jävig" in names(controller.get(LIST))
    again = controller.get("/control/libraries/vanliga-risker/").content.decode()
    assert "är jävig (finns redan)" in html.unescape(again)
    export = controller.get("/control/libraries/export/ks/2024/")
    assert export.content.startswith(b"format: uppsikt-control-library-1")


def test_a_faulty_library_is_told_of_and_nothing_is_taken(controller: Client) -> None:
    file = SimpleUploadedFile(
        "andras.yaml", b"format: uppsikt-control-library-1\nname: X\nrisks: [{key: a}]\n"
    )
    answer = controller.post("/control/libraries/upload/", {"file": file})
    assert answer.status_code == 422
    text = words(answer)
    assert "Inget lästes in." in text
    assert "Fältet ”process” saknas." in text


def test_one_who_only_reads_is_offered_nothing_to_change(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(key="lasare", role=Role.READER, at=world.board))
    text = words(client.get(LIST))
    assert "Lägg till risk" not in text
    assert "Bedöm" not in words(client.get("/control/risks/2024-lon/")).split("Bedömning")[0]
    assert client.get("/control/risks/2024-lon/assess/").status_code == 403


def test_the_pages_ask_few_questions(world: SimpleNamespace, controller: Client, query_budget: Any) -> None:
    save_control(
        key="2024-kontroll", year=2024, body=world.board, name="Listan granskas", risk=world.payroll,
        frequency="payroll", by=SYSTEM,
    )  # fmt: skip
    set_dependency(item=world.mitigation.item, waits_for=world.assignment.item, label="Utbilda", by=SYSTEM)
    number = workshop_actions.open_workshop(year=2024, body=world.board, name="November", by=SYSTEM).pk
    text = words(controller.get("/control/risks/2024-lon/?round=2024-bokslut"))
    assert "Listan granskas Vid varje lönekörning Inget resultat än" in text
    for name, address in (
        ("control:workshop", f"/control/workshops/{number}/"),
        ("control:libraries", "/control/libraries/"),
        ("control:risks", LIST),
        ("control:risk", "/control/risks/2024-lon/?round=2024-bokslut"),
        ("control:mitigations", "/control/mitigations/?body=ks&round=2024-bokslut"),
        ("control:mitigation", "/control/mitigations/2024-atgard/?round=2024-bokslut"),
    ):
        controller.get(address)
        with query_budget(name):
            assert controller.get(address).status_code == 200


def test_all_mitigations_are_reported_at_one_sitting(world: SimpleNamespace, controller: Client) -> None:
    other = mitigation(of=world.purchase, key="2024-avtal", title="Följ upp avtalen")
    page = "/control/mitigations/report/ks/2024-bokslut/"
    assert "2 åtgärder är kvar att rapportera." in words(controller.get(page))
    first, second = world.mitigation.pk, other.pk
    sent = {f"{letter}{pk}": "" for letter in "svc" for pk in (first, second)}
    sent |= {f"s{first}": "done", f"c{first}": "Klart."}
    assert controller.post(page, sent).status_code == 302
    text = words(controller.get("/control/mitigations/?body=ks&round=2024-bokslut"))
    assert "2 åtgärder: 1 klart och 1 inte rapporterade." in text
    report_status(mitigation=other, round_=world.rounds.year_end, status="done", comment="Andras.", by=SYSTEM)
    answer = controller.post(page, sent | {f"s{second}": "not_done", f"c{second}": "Mitt."})
    assert answer.status_code == 409
    text = words(answer)
    assert "Mitt." in text
    assert "har sparat: Klart. Andras." in text
    version = re.search(rf'name="v{second}" value="(\d+)"', answer.content.decode())
    assert version is not None
    again = sent | {f"v{second}": version.group(1), f"c{second}": "Mitt."}
    assert controller.post(page, again).status_code == 302


def test_one_who_reports_for_a_unit_votes_and_one_who_reads_does_not(
    world: SimpleNamespace, client: Client
) -> None:
    placed, _ = organisation.place_unit(
        key="lonecenter",
        name="Lönecenter",
        body=world.board,
        parent=None,
        valid_from=build.LONG_AGO,
        by=SYSTEM,
    )
    one = workshop_actions.open_workshop(year=2024, body=world.board, name="November", by=SYSTEM)
    page, pk = f"/control/workshops/{one.pk}/", world.fresh.pk
    reporter = build.person(key="ute")
    organisation.give_role(
        user=reporter, role=Role.REPORTER, unit=placed.unit, valid_from=build.LONG_AGO, by=SYSTEM
    )
    client.force_login(reporter)
    assert client.post(page, {f"l{pk}": "2", f"c{pk}": "3"}).status_code == 302
    assert selectors.risks.votes(one).count() == 1
    client.force_login(build.person(key="lasare", role=Role.READER, at=world.board))
    assert client.post(page, {f"l{pk}": "2", f"c{pk}": "3"}).status_code == 403
    client.force_login(reporter)
    workshop_actions.close_workshop(workshop=one, by=SYSTEM)
    told = client.post(page, {f"l{pk}": "4", f"c{pk}": "3"}, follow=True)
    assert "Workshopen är avslutad" in words(told)
    assert selectors.risks.votes(one).get().likelihood == 2


def test_an_assessment_after_mitigations_can_be_taken_back(
    world: SimpleNamespace, controller: Client
) -> None:
    payroll = world.payroll
    sent = {
        "version": selectors.risks.version_of(payroll), "before_likelihood": "3", "before_consequence": "4",
        "after_likelihood": "", "after_consequence": "",
    }  # fmt: skip
    assert controller.post(f"/control/risks/{payroll.key}/assess/", sent).status_code == 302
    facts = selectors.risks.facts_of([payroll])[0]
    assert (facts.value_before, facts.value_after, facts.value) == (12, None, 12)
