"""The editor as one uses it: write, be interrupted, come back; two at once; and read by axe."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import accessibility_faults
from tests.browser.editor_urls import SLOT
from uppsikt.texts import selectors
from uppsikt.texts.rules import to_plain

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.editor_urls"),
]

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFElEQVR4nGNkYPjPgA0wYRUdtBIAO0YBDy5c7cYAAAAASUVORK5CYII="
)


@pytest.fixture
def address(live_server: LiveServer, tmp_path: Path, settings: pytest.FixtureRequest) -> str:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    return f"{live_server.url}/skriv"


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    """Another person's window, or one whose network fails (which the browser complains of)."""
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    yield context.new_page()
    context.close()


def opened(page: Page, url: str) -> Page:
    page.goto(url)
    expect(page.locator("[data-writer]")).to_have_attribute("data-ready", "true")
    return page


def write(page: Page, *parts: str) -> None:
    """Type into the text, each part followed by Enter except the last."""
    for index, part in enumerate(parts):
        if index:
            page.keyboard.press("Enter")
        page.keyboard.type(part)


def text(page: Page) -> None:
    page.get_by_role("textbox", name="Sammanfattning").click()


def press(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Texten är sparad.").first).to_be_visible()


def stands() -> str:
    row = selectors.current(SLOT)
    return to_plain(row.content) if row else ""


def test_writing_all_that_a_report_needs(page: Page, address: str) -> None:
    opened(page, f"{address}/anna/")
    text(page)
    write(page, "Vi nådde [[indicators_met_of_total]] etappmål.", "")
    expect(page.locator(".live-figure").first).to_have_text("8 av 18")
    page.get_by_label("Stycketyp").select_option("3")
    write(page, "Genomfört arbete", "- Utbildning av ")
    page.keyboard.press("Control+b")
    page.keyboard.type("alla")
    page.keyboard.press("Control+b")
    write(page, " chefer", "Samverkan", "", "Bättre än länet")
    press(page, "Fotnot")
    page.keyboard.type("Enligt SCB.")
    write(page, "", "och väntas bestå, se ")
    press(page, "Länk")
    page.get_by_label("Webbadress eller e-postadress").fill("inte en adress")
    page.get_by_role("button", name="Lägg in länken").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    page.get_by_label("Webbadress eller e-postadress").fill("exempel.se/plan")
    page.get_by_label("Länkens ord").fill("planen")
    page.get_by_role("button", name="Lägg in länken").click()
    page.keyboard.press("Enter")
    press(page, "Tabell")
    for word in ("År", "Antal", "Andel", "2024", "18", "52 %"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    press(page, "Ta bort rad")
    press(page, "Tabellrubrik")
    page.get_by_label("Vad tabellen visar").fill("Ärenden")
    page.get_by_role("button", name="Klar").click()
    page.locator(".writer__text > p").last.click()
    press(page, "Bild")
    page.get_by_label(re.compile("^Bildfil")).set_input_files(
        {"name": "karta.png", "mimeType": "image/png", "buffer": PNG}
    )
    page.get_by_role("button", name="Lägg in bilden").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text("Beskriv vad bilden visar.")
    page.get_by_label("Beskrivning av vad bilden visar").fill("Karta")
    page.get_by_role("button", name="Lägg in bilden").click()
    expect(page.get_by_role("img", name="Karta")).to_be_visible()
    save(page)
    digest = re.search(r"sha256:([0-9a-f]{64})", stands())
    assert digest
    assert stands() == (
        "Vi nådde [[indicators_met_of_total]] etappmål.\n\n## Genomfört arbete\n\n- Utbildning av **alla** chefer\n"
        "- Samverkan\n\nBättre än länet^[Enligt SCB.] och väntas bestå, se [planen](https://exempel.se/plan)\n\n"
        "| År | Antal | Andel |\n| --- | --- | --- |\n| 2024 | 18 | 52 % |\n: Ärenden\n\n"
        f"![Karta](sha256:{digest[1]})"
    )
    before = stands()
    opened(page, f"{address}/anna/")
    text(page)
    page.keyboard.press("Control+End")
    page.keyboard.type("Slut.")
    save(page)
    assert stands() == f"{before}\n\nSlut."


def test_a_draft_survives_and_can_be_thrown_away(page: Page, address: str) -> None:
    opened(page, f"{address}/anna/")
    text(page)
    page.keyboard.type("Ett påbörjat stycke")
    expect(page.locator("[data-draft-status]")).to_have_text(re.compile(r"Utkast sparat \d\d\.\d\d"))
    opened(page, f"{address}/anna/")
    expect(page.get_by_text("Du har ett utkast från i dag")).to_be_visible()
    expect(page.get_by_role("textbox", name="Sammanfattning")).to_have_text("Ett påbörjat stycke")
    assert accessibility_faults(page) == []
    assert stands() == ""
    page.get_by_text("Kasta utkastet").click()
    page.get_by_role("button", name="Ja, kasta det").click()
    expect(page.get_by_text("Utkastet är kastat.").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Sammanfattning")).to_have_text("")


def test_nothing_is_lost_while_the_server_is_away(other: Page, address: str) -> None:
    opened(other, f"{address}/anna/")
    other.route(
        "**/skriv/anna/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    text(other)
    other.keyboard.type("Skrivet utan kontakt")
    expect(other.locator("[data-draft-status]")).to_contain_text("Texten finns kvar i webbläsaren")
    other.unroute("**/skriv/anna/")
    opened(other, f"{address}/anna/")
    expect(other.get_by_role("textbox", name="Sammanfattning")).to_have_text("Skrivet utan kontakt")
    expect(other.locator("[data-draft-status]")).to_have_text(re.compile("Utkast sparat"))
    save(other)
    assert stands() == "Skrivet utan kontakt"
    assert other.evaluate("localStorage.length") == 0


def test_a_lost_session_is_told_and_the_text_comes_back(other: Page, address: str) -> None:
    opened(other, f"{address}/anna/")
    other.route(
        "**/skriv/anna/",
        lambda route: (
            route.fulfill(status=302, headers={"location": "/"})
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    text(other)
    other.keyboard.type("Skrivet utloggad")
    expect(other.locator("[data-draft-status]")).to_contain_text("Du är utloggad")
    other.unroute("**/skriv/anna/")
    opened(other, f"{address}/anna/")
    expect(other.get_by_role("textbox", name="Sammanfattning")).to_have_text("Skrivet utloggad")


def test_two_at_once(page: Page, address: str, other: Page) -> None:
    opened(page, f"{address}/anna/")
    text(page)
    write(page, "Första stycket", "Andra stycket")
    save(page)
    opened(page, f"{address}/anna/")
    opened(other, f"{address}/bo/")
    text(other)
    other.keyboard.press("Control+End")
    other.keyboard.type(", av Bo")
    save(other)
    text(page)
    page.keyboard.press("Control+Home")
    page.keyboard.type("Annas: ")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("heading", name="Två har skrivit i samma text")).to_be_visible()
    expect(page.locator(".diff ins")).to_have_text(["Annas: "])
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Spara den sammansatta texten").click()
    expect(page.get_by_text("Texten är sparad.").first).to_be_visible()
    assert stands() == "Annas: Första stycket\n\nAndra stycket, av Bo"


def test_the_toolbar_by_keyboard_and_out_of_a_table(page: Page, address: str) -> None:
    opened(page, f"{address}/anna/")
    bold = page.get_by_role("button", name="Fet")
    bold.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Kursiv")).to_be_focused()
    page.keyboard.press("Home")
    expect(bold).to_be_focused()
    page.keyboard.press("Enter")
    expect(bold).to_have_attribute("aria-pressed", "true")
    press(page, "Tabell")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Spara", exact=True)).to_be_focused()


def test_text_from_a_word_processor(page: Page, address: str) -> None:
    opened(page, f"{address}/anna/")
    text(page)
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(".writer__text").dispatchEvent(event);
        }""",
        "<h1 style='color:red'>Rubrik</h1><p class=MsoListParagraph style='mso-list:l0'><span>·&nbsp;&nbsp;</span>Ett</p>"
        "<p class=MsoListParagraph><span>·&nbsp;&nbsp;</span>Två</p><p style='font:9px x' onclick='x()'>Stycke</p>",
    )
    save(page)
    assert stands() == "## Rubrik\n\n- Ett\n- Två\n\nStycke"


def test_on_a_phone(phone: Page, address: str) -> None:
    opened(phone, f"{address}/anna/")
    text(phone)
    phone.keyboard.type("Kort")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert accessibility_faults(phone) == []
    save(phone)  # a draft on its way would come in among the next test's texts
    assert stands() == "Kort"


def test_without_script(plain_page: Page, address: str) -> None:
    plain_page.goto(f"{address}/anna/")
    plain_page.get_by_label("Sammanfattning").fill("Ett stycke\n\n- punkt")
    plain_page.get_by_role("button", name="Spara", exact=True).click()
    assert stands() == "Ett stycke\n\n- punkt"
