"""The economist's evening in a real browser: load the ledger, follow a red line, say why, forecast, see the report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, accessibility_faults
from uppsikt.demo.economy.ledger import ledger_files

PLACE = "round=2025-augusti&body=ks"
PASSWORD = "uppsikt-demo-2025"
PAGES = (
    f"/economy/?{PLACE}",
    "/economy/tables/resultatrakning/?round=2024-bokslut&body=ks&follow=consultants:avvikelse",
    "/economy/variances/?round=2024-bokslut&body=ks",
    f"/economy/forecast/?{PLACE}&unit=digitalisering",
    f"/economy/budget/?{PLACE}",
    "/economy/registers/?round=2024-bokslut&body=ks",
    f"/economy/ledger/?{PLACE}",
    "/investments/?round=2024-bokslut&body=ks",
)


def signed_in(page: Page, site: Site) -> Page:
    page.goto(site("/sign-in/"))
    page.fill("[name=username]", "economist@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button[type=submit]").first.click()
    return page


def corrected_ledger(folder: Path) -> Path:
    """January to August once more, as another file of the same year."""
    return ledger_files(folder, rows_per_year=4_000, years=[2025])[-1].path


def test_an_economist_loads_follows_explains_and_forecasts(page: Page, site: Site, tmp_path: Path) -> None:
    signed_in(page, site)

    # The ledger is handed in, looked at, and read by the queue.
    page.goto(site(f"/economy/ledger/new/?{PLACE}"))
    page.set_input_files("input[type=file]", corrected_ledger(tmp_path))
    page.get_by_role("button", name="Granska filen").click()
    page.get_by_role("button", name="Kontrollera och läs in").click()
    page.get_by_role("link", name="Visa resultatet").click(timeout=90_000)
    expect(page.locator("main")).to_contain_text("Inläst")

    # It is taken in by choice, once it is seen what it changes.
    page.goto(site(f"/economy/ledger/change/?{PLACE}"))
    expect(page.locator("main")).to_contain_text("Konsulter och inhyrd personal")
    page.get_by_role("button", name="Ta in den nyare huvudboken").click()
    page.goto(site(f"/economy/tables/resultatrakning_delar/?{PLACE}"))
    expect(page.locator("main")).to_contain_text("huvudbok-2025-08.se")

    # A red line leads by unit, account and month to a voucher and the row of the file.
    page.goto(site(f"/economy/tables/resultatrakning_delar/?{PLACE}&follow=consultants:avvikelse"))
    panel = page.locator("[id*=figure], .figure-panel").first
    expect(panel).to_contain_text("minus")
    panel.get_by_role("link", name="Digitaliseringsavdelningen").click()
    voucher = page.locator("a[href*='/economy/vouchers/2025/']").first
    expect(voucher).to_be_visible()
    voucher.click()
    expect(page.locator("main")).to_contain_text("huvudbok-2025-08.se")

    # The forecast is set with its reason, and so the line must be explained.
    page.goto(site(f"/economy/forecast/?{PLACE}&unit=digitalisering"))
    page.fill("[name=consultants-amount]", "40000")
    page.fill("[name=consultants-explanation]", "Vakanta tjänster täcks av inhyrd personal året ut.")
    page.locator("main button.button--primary:visible", has_text="Spara").first.click()
    expect(page.locator("[name=consultants-amount]")).to_have_value(re.compile("40.000"))
    page.goto(site(f"/economy/variances/resultatrakning_delar/consultants/?{PLACE}"))
    writing = page.locator(".ProseMirror").first
    writing.click()
    writing.press_sequentially("Tjänsterna tillsätts först efter årsskiftet.")
    page.locator("main button.button--primary:visible", has_text="Spara").first.click()
    page.wait_for_load_state()

    # The report prints the forecast in its table and the reason beneath it.
    page.goto(site("/reports/ks/2025-augusti/chapters/resultatrakning/"))
    frame = page.frame_locator("iframe").first
    shown = frame.locator("body") if page.locator("iframe").count() else page.locator("main")
    expect(shown).to_contain_text("Tjänsterna tillsätts först efter årsskiftet.", timeout=30_000)
    expect(shown).to_contain_text("40\u00a0000")


@pytest.mark.parametrize("path", PAGES)
def test_the_economy_is_accessible(page: Page, site: Site, path: str) -> None:
    answer = signed_in(page, site).goto(site(path))
    assert answer is not None
    assert answer.ok
    assert accessibility_faults(page) == []


def test_a_statement_is_read_on_a_telephone(phone: Page, site: Site) -> None:
    signed_in(phone, site).goto(site("/economy/tables/resultatrakning/?round=2024-bokslut&body=ks"))
    expect(phone.get_by_role("heading", name="Resultaträkning").first).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
