"""Following steering in a real browser: from the weakest goal down to who gave a figure; and planning a target."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, accessibility_faults
from tests.browser.test_sign_in import sign_in

TREE = "/goals/?body=ks&round=2024-bokslut"


@pytest.fixture
def signed_in(page: Page, site: Site) -> Page:
    sign_in(page, site, "controller@demo.example")
    return page


def test_from_the_weakest_goal_to_who_gave_the_figure(signed_in: Page, site: Site) -> None:
    page = signed_in
    page.goto(site(TREE))
    expect(page.get_by_role("heading", name="Mål 2024")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("Svagast: Minska klimatpåverkan (delvis)")
    expect(page.locator(".lead")).to_contain_text("8 av 17 bedömda etappmål")
    expect(page.get_by_role("link", name="Fordon med förnyelsebara drivmedel")).to_be_visible()

    toggle = page.get_by_role("button", name="Visa vad som ligger under Öka trygghet och delaktighet")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(toggle).to_be_focused()
    row = page.get_by_role("row", name="Oro för brottslighet i samhället")
    expect(row).to_contain_text("Ej uppnått")
    assert accessibility_faults(page) == []

    row.get_by_role("button", name="visa ursprung").click()
    expect(page.locator(".popover:popover-open")).to_contain_text("Nationella trygghetundersökning")
    page.keyboard.press("Escape")
    row.get_by_role("link", name="Oro för brottslighet").click()
    expect(page.get_by_role("heading", name="Oro för brottslighet i samhället")).to_be_visible()
    expect(page.locator("main")).to_contain_text("17 procentenheter kvar till målet")
    expect(page.locator("#tabell-registrerat")).to_contain_text("Import: demo")
    assert accessibility_faults(page) == []


def test_filters_and_rows_work_without_a_script(plain_page: Page, site: Site) -> None:
    page = plain_page
    sign_in(page, site, "reader@demo.example")
    page.goto(site(TREE))
    page.get_by_role("link", name="Avviker från regeln").click()
    expect(page.get_by_text("rapporterat som uppnått").first).to_be_visible()
    page.get_by_role("link", name="Alla", exact=True).click()
    page.get_by_role("button", name="Visa vad som ligger under Attraktivt företagsklimat").click()
    expect(page.get_by_role("link", name="Arbetsplatskvot")).to_be_visible()


def test_the_tree_fits_a_telephone(phone: Page, site: Site) -> None:
    sign_in(phone, site, "representative@demo.example")
    phone.goto(site(TREE))
    assert phone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert accessibility_faults(phone) == []


@pytest.mark.parametrize(
    "address",
    [
        "/goals/?body=ks&round=2020-mars&open=2020-langsiktig-balans", "/goals/2024-klimatpaverkan/",
        "/assignments/?round=2024-bokslut", "/assignments/2024-evenemang/", "/plans/", "/plans/ks/2025/",
        "/indicators/sjukfranvaro-manad/",
    ],
)  # fmt: skip
def test_pages_are_accessible(signed_in: Page, site: Site, address: str) -> None:
    for scheme in ("light", "dark"):
        signed_in.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        signed_in.goto(site(address))
        assert accessibility_faults(signed_in) == []


def test_planning_a_target_with_its_meaning_in_view(signed_in: Page, site: Site) -> None:
    page = signed_in
    page.goto(site("/plans/ks/2025/"))
    page.get_by_role("link", name="Öppna igen").click()
    page.get_by_label("Skäl").fill("Budgeten ändrades i juni.")
    page.get_by_role("button", name="Öppna igen").click()
    expect(page.locator("main")).to_contain_text("Utkast")
    assert accessibility_faults(page) == []

    page.get_by_role("link", name="Etappmål: Oro för brottslighet").click()
    page.get_by_label("Värde", exact=False).first.fill("36,5")
    preview = page.locator("#forhandsvisning")
    expect(preview).to_contain_text("≤36,5")
    expect(preview).to_contain_text("36,5 eller lägre")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("link", name="Etappmål: Oro för brottslighet")).to_contain_text("≤36,5")
