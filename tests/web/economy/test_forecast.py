"""Setting forecasts, as an economist does it the evening before the deadline."""

from __future__ import annotations

import html
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import build
from tests.economy_world import ECONOMIST, THOUSAND, unit
from tests.forecast_world import close, forecast_world, set_, unit_person
from uppsikt.economy.actions import budget
from uppsikt.economy.models import ForecastAmount
from uppsikt.history.rules import Actor
from uppsikt.ledger.reader import Ledger
from uppsikt.organisation.rules import Role

pytestmark = pytest.mark.django_db
ALL = "/economy/forecast/?body=ks&round=2024-augusti"
DIGITAL = f"{ALL}&unit=digital"
EKONOMI = f"{ALL}&unit=ekonomi"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> SimpleNamespace:
    return forecast_world(settings, tmp_path)


@pytest.fixture
def economist(world: SimpleNamespace, client: Client) -> Client:
    client.force_login(build.person(key="eva", role=Role.ECONOMIST, at=world.board))
    return client


def words(answer: Any) -> str:
    """All that a page says, with single ordinary spaces."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return " ".join(text.split())


def row(answer: Any, line: str) -> str:
    """What stands in a line's row."""
    found = re.search(rf'<tr[^>]*id="row-{line}".*?</tr>', answer.content.decode(), re.DOTALL)
    assert found, line
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found.group())).split())


def field(answer: Any, name: str) -> str:
    """What a field holds."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', answer.content.decode())
    assert found, name
    value = re.search(r'value="([^"]*)"', found.group())
    return html.unescape(value.group(1)) if value else ""


def held(world: SimpleNamespace, line: str, unit: str = "digital") -> list[tuple[str, int, str]]:
    """Activity, öre and explanation of what stands."""
    rows = (
        ForecastAmount.objects.all().current().filter(round=world.august, line=line, unit=world.units[unit])
    )
    return [(each.activity, each.amount_ore, each.explanation) for each in rows.order_by("activity")]


def send(client: Client, page: Any, address: str = DIGITAL, **changes: str) -> Any:
    """Send the page's form in as the browser would, with some fields changed ("__" for "-" in a name)."""
    text = page.content.decode()
    data = {}
    for tag in re.findall(r"<input[^>]*>", text.split("data-forecast", 1)[1]):
        name = re.search(r'name="([^"]+)"', tag)
        if name:
            value = re.search(r'value="([^"]*)"', tag)
            data[name.group(1)] = html.unescape(value.group(1)) if value else ""
    for name, told in re.findall(r'<textarea name="([^"]+)"[^>]*>\s*(.*?)</textarea>', text, re.DOTALL):
        data[name] = html.unescape(told)
    return client.post(address, data | {name.replace("__", "-"): value for name, value in changes.items()})


def test_a_unit_line_by_line(economist: Client, world: SimpleNamespace) -> None:
    page = economist.get(DIGITAL)
    assert page.status_code == 200
    # Budget, to August (8/12), booked, last year whole and to August, April, proposal. −1 200 × 1 100 / 1 100 = −1 200.
    assert row(page, "personnel").startswith("Personal −1 240 −827 −1 200 −1 100 −1 100 −1 240 −1 200")
    assert (
        "Utfall till och med augusti −1 200 × hela 2023 −1 100 / 2023 till och med augusti −1 100 = −1 200"
        in words(page)
    )
    assert field(page, "personnel-amount") == ""
    # A line without a forecast counts as its budget: −1 240 − 350.
    assert row(page, "costs").startswith("Kostnader −1 590 −1 060 −1 600 −1 400 −1 400 −1 640 −1 590 0")


def test_what_is_there_stands_in_the_field(economist: Client, world: SimpleNamespace) -> None:
    set_(world, world.august, "consultants", "digital", -600, "Vakanser.")
    page = economist.get(DIGITAL)
    assert field(page, "consultants-amount") == "−600"
    assert "−250 sämre än budget" in row(page, "consultants")
    assert "250 tkr sämre än budget." in words(page)
    assert "200 tkr sämre än i april." in words(page)


def test_a_line_is_saved_alone(economist: Client, world: SimpleNamespace) -> None:
    page = economist.get(DIGITAL)
    answer = economist.post(
        DIGITAL,
        {"row": "personnel", "personnel-amount": "1 250,5", "personnel-explanation": "", "personnel-base": "",
         "consultants-amount": "inget tal", "consultants-base": ""},
        headers=HTMX,
    )  # fmt: skip
    assert answer.status_code == 200
    # A bare figure on a cost's line is a cost; the budget's activity holds it.
    assert held(world, "personnel") == [("901", -125_050_000, "")]
    assert held(world, "consultants") == []
    text = answer.content.decode()
    assert "innerHTML:#personnel-state" in text
    assert "#consultants-state" not in text
    assert "Sparat i dag" in text
    assert page.status_code == 200


def test_a_plus_is_an_income_on_a_cost_line(economist: Client, world: SimpleNamespace) -> None:
    send(economist, economist.get(DIGITAL), consultants__amount="+50")
    assert held(world, "consultants") == [("901", 5_000_000, "")]
    page = economist.get(DIGITAL)
    assert field(page, "consultants-amount") == "+50"
    send(economist, page, personnel__amount="1240")
    assert held(world, "consultants") == [("901", 5_000_000, "")]


def test_the_whole_form_works_without_javascript(economist: Client, world: SimpleNamespace) -> None:
    answer = send(
        economist, economist.get(DIGITAL), personnel__amount="-1 200", consultants__amount="−600",
        consultants__explanation="Vakanser täcks\r\nmed konsulter.",
    )  # fmt: skip
    assert answer.status_code == 302
    assert held(world, "consultants") == [("901", -60_000_000, "Vakanser täcks\nmed konsulter.")]
    assert "2 prognoser sparade." in words(economist.get(answer.url))
    again = send(economist, economist.get(DIGITAL))
    assert "Inget var ändrat." in words(economist.get(again.url))


def test_an_emptied_field_takes_the_forecast_away(economist: Client, world: SimpleNamespace) -> None:
    set_(world, world.august, "personnel", "digital", -1200)
    send(economist, economist.get(DIGITAL), personnel__amount="")
    assert held(world, "personnel") == []
    assert (
        ForecastAmount.objects.filter(
            round=world.august, line="personnel", unit=world.units["digital"]
        ).count()
        == 1
    )


@pytest.mark.parametrize("wrong", ["tolv", "1.2.3", "9" * 29])
def test_what_is_no_amount_is_said_and_kept(economist: Client, world: SimpleNamespace, wrong: str) -> None:
    answer = send(economist, economist.get(DIGITAL), personnel__amount=wrong, consultants__amount="350")
    assert answer.status_code == 422
    assert field(answer, "personnel-amount") == wrong
    assert 'href="#personnel-amount"' in answer.content.decode()
    assert held(world, "personnel") == []
    assert held(world, "consultants") == [("901", -35_000_000, "")]


def test_an_explanation_needs_a_forecast(economist: Client, world: SimpleNamespace) -> None:
    answer = send(economist, economist.get(DIGITAL), personnel__explanation="Vakanser.")
    assert answer.status_code == 422
    assert "Förklaringen hör till en prognos. Ange prognosen, eller ta bort förklaringen." in words(answer)


def test_a_departure_must_be_explained(economist: Client, world: SimpleNamespace) -> None:
    # 250 000 over −350 000; the proposal is −400 × 300/300 = −400.
    send(economist, economist.get(DIGITAL), consultants__amount="600")
    told = "Avviker 250 tkr från budgeten och 200 tkr från förslaget."
    assert f"{told} Förklara varför." in row(economist.get(DIGITAL), "consultants")
    send(economist, economist.get(DIGITAL), consultants__explanation="Vakanser.")
    shown = row(economist.get(DIGITAL), "consultants")
    assert told in shown
    assert "Förklara varför" not in shown


def test_taking_a_proposal(economist: Client, world: SimpleNamespace) -> None:
    send(economist, economist.get(DIGITAL), take="personnel")
    assert held(world, "personnel") == [("901", -120_000_000, "")]
    assert held(world, "consultants") == []


def test_taking_all_proposals_leaves_what_is_set(economist: Client, world: SimpleNamespace) -> None:
    set_(world, world.august, "personnel", "digital", -1111)
    send(economist, economist.get(DIGITAL), take="*")
    assert held(world, "personnel") == [("", -111_100_000, "")]
    assert held(world, "consultants") == [("901", -40_000_000, "")]


def test_two_at_once_lose_nothing(economist: Client, world: SimpleNamespace) -> None:
    page = economist.get(DIGITAL)
    other = Actor("annan", "Anna Annan")
    budget.set_forecast(
        round_=world.august, body=world.board, line="personnel", unit=world.units["digital"],
        amount_ore=-1300 * THOUSAND, explanation="Höjda löner.", by=other,
    )  # fmt: skip
    answer = send(economist, page, personnel__amount="1 250", consultants__amount="350")
    assert answer.status_code == 409
    said = row(answer, "personnel")
    assert "Anna Annan sparade i dag" in said
    assert "−1 300 tkr. Höjda löner." in said
    assert "−1 250 tkr." in said
    assert field(answer, "personnel-amount") == "1 250"
    assert held(world, "personnel") == [("", -130_000_000, "Höjda löner.")]
    assert held(world, "consultants") == [("901", -35_000_000, "")]
    send(economist, answer, choose="personnel:mine")
    assert held(world, "personnel") == [("", -125_000_000, "")]


def test_the_others_version_can_be_kept(economist: Client, world: SimpleNamespace) -> None:
    page = economist.get(DIGITAL)
    set_(world, world.august, "personnel", "digital", -1300)
    answer = send(economist, page, personnel__amount="1 250")
    kept = send(economist, answer, choose="personnel:theirs")
    assert kept.status_code == 302
    assert held(world, "personnel") == [("", -130_000_000, "")]


def test_what_another_set_meanwhile_is_left_alone(economist: Client, world: SimpleNamespace) -> None:
    page = economist.get(DIGITAL)
    set_(world, world.august, "personnel", "digital", -1300)
    assert send(economist, page, consultants__amount="350").status_code == 302
    assert held(world, "personnel") == [("", -130_000_000, "")]


def test_a_line_written_back_as_it_was_is_still_written(economist: Client, world: SimpleNamespace) -> None:
    set_(world, world.august, "personnel", "digital", -1200)
    base = field(economist.get(DIGITAL), "personnel-base")
    set_(world, world.august, "personnel", "digital", -1300)
    sent = {
        "row": "personnel",
        "personnel-amount": "−1 200",
        "personnel-explanation": "",
        "personnel-base": base,
    }
    answer = economist.post(DIGITAL, sent, headers=HTMX)
    assert answer.status_code == 409
    assert "−1 300 tkr." in words(answer)
    # The version is still the one begun from, so that saving everything does not write over the other's either.
    assert field(answer, "personnel-base") == base
    assert held(world, "personnel") == [("", -130_000_000, "")]


def test_all_units_at_a_glance(economist: Client, world: SimpleNamespace) -> None:
    set_(world, world.august, "consultants", "digital", -600)
    page = economist.get(ALL)
    said = words(page)
    # Budget −1 590, booked −1 600, April −1 640, now −1 240 − 600 = −1 840.
    assert "Digitaliseringsavdelningen −1 590 −1 600 −1 640 −1 840 −250" in said
    assert "1 av 2" in said
    # All: −1 780 − 250; April −1 780 − 50.
    assert "Summa −1 780 −1 700 −1 830 −2 030 −250" in said
    assert "4 rader utan prognos räknas som budget." in said


def test_a_closed_round_is_only_read(economist: Client, world: SimpleNamespace) -> None:
    set_(world, world.august, "consultants", "digital", -600, "Vakanser.")
    page = economist.get(DIGITAL)
    close(world)
    read = economist.get(DIGITAL)
    assert "är stängt, så prognosen kan inte ändras." in words(read)
    assert 'name="personnel-amount"' not in read.content.decode()
    assert "−600" in row(read, "consultants")
    answer = send(economist, page, personnel__amount="1 250")
    assert answer.status_code == 422
    assert held(world, "personnel") == []


def test_a_reader_reads(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(key="lasare", role=Role.READER, at=world.board))
    page = client.get(DIGITAL)
    assert page.status_code == 200
    assert 'name="personnel-amount"' not in page.content.decode()
    assert client.post(DIGITAL, {"personnel-amount": "1", "personnel-base": ""}).status_code == 403
    assert held(world, "personnel") == []


def test_a_role_in_a_unit_sets_that_unit_only(world: SimpleNamespace, client: Client) -> None:
    client.force_login(unit_person(world.units["ekonomi"]))
    assert 'name="personnel-amount"' in client.get(EKONOMI).content.decode()
    assert 'name="personnel-amount"' not in client.get(DIGITAL).content.decode()
    assert client.post(DIGITAL, {"personnel-amount": "1", "personnel-base": ""}).status_code == 403
    send(client, client.get(EKONOMI), EKONOMI, personnel__amount="310")
    assert held(world, "personnel", "ekonomi") == [("901", -31_000_000, "")]


def test_another_bodys_reader_sees_nothing(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(key="annan", role=Role.READER, at=world.social))
    assert client.get(DIGITAL).status_code == 404
    assert client.post(DIGITAL, {}).status_code == 404


def test_a_unit_there_is_none_of(economist: Client, world: SimpleNamespace) -> None:
    assert economist.get(f"{ALL}&unit=finns-inte").status_code == 404
    assert economist.post(ALL, {}).status_code == 403


def test_the_address_without_a_body(world: SimpleNamespace, client: Client) -> None:
    client.force_login(build.person(role=Role.ECONOMIST))
    answer = client.get("/economy/forecast/?body=all&round=2024-augusti")
    assert "Välj en nämnd" in words(answer)


def test_accuracy(economist: Client, world: SimpleNamespace) -> None:
    # The ledger holds 2024 to October only, so 2024 waits in the year-end round as well.
    answer = economist.get("/economy/forecast/accuracy/?body=ks&round=2024-augusti")
    assert "Ingen prognos att hålla mot ett utfall än" in words(answer)


def test_accuracy_by_unit_and_by_line(
    economist: Client, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, query_budget: Any
) -> None:
    # Let December have been read in: nothing was booked then.
    monkeypatch.setattr(Ledger, "months", lambda *_: frozenset(range(1, 13)))
    address = "/economy/forecast/accuracy/?body=ks&round=2024-bokslut"
    economist.get(address)
    with query_budget("economy:forecast_accuracy"):
        answer = economist.get(address)
    said = words(answer)
    # The worst first: ekonomi said −180 and came to −150; digital −1 640 in April, −1 800 at the year's end, −1 850.
    assert said.index("Ekonomiavdelningen 16,7 %") < said.index("Digitaliseringsavdelningen")
    assert "+30 (+16,7 %) prognos −180, utfall −150" in said
    assert "−210 (−12,8 %) prognos −1 640, utfall −1 850 −50 (−2,8 %) prognos −1 800, utfall −1 850" in said
    assert "<svg" in answer.content.decode()
    lines = words(economist.get(f"{address}&by=line&unit=digital"))
    assert "Bara: Digitaliseringsavdelningen Visa alla" in lines
    assert "−250 (−62,5 %) prognos −400, utfall −650" in lines


def test_many_units_take_no_more_queries(
    economist: Client, world: SimpleNamespace, count_queries: Any
) -> None:
    economist.get(ALL)
    before = [count_queries(lambda at=address: economist.get(at)) for address in (ALL, DIGITAL)]
    for number in range(18):
        place = unit(f"enhet-{number}", f"Enhet {number}", world.board, world.units["ksf"])
        budget.set_budget(
            body=world.board, year=2024, line="goods", unit=place, amount_ore=-THOUSAND, by=ECONOMIST
        )
    economist.get(ALL)
    assert [count_queries(lambda at=address: economist.get(at)) for address in (ALL, DIGITAL)] == before


def test_a_role_in_a_unit_lands_there(world: SimpleNamespace, client: Client) -> None:
    client.force_login(unit_person(world.units["ekonomi"]))
    assert "Prognos för Ekonomiavdelningen" in words(client.get(ALL))
    assert "Prognos per enhet" in words(client.get(f"{ALL}&unit=*"))


def test_queries(economist: Client, world: SimpleNamespace, query_budget: Any) -> None:
    set_(world, world.august, "consultants", "digital", -600)
    economist.get(DIGITAL)
    with query_budget("economy:forecast"):
        economist.get(ALL)
    with query_budget("economy:forecast unit"):
        economist.get(DIGITAL)
