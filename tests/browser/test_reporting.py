"""Reporting in a real browser: the journey of a reporter, two people at once, a lost session, no JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, WCAG, Site

ROUND = "/rounds/2025-augusti"
GOAL = f"{ROUND}/goals/2025-livsmiljoer/"
NATURE = f"{ROUND}/goals/2025-biologisk-mangfald/"
PARKS = "2025-nojda-lekplatser"
PASSWORD = "uppsikt-demo-2025"
PAGES = (
    "/",
    "/rounds/2025-augusti/ks/",
    GOAL,
    "/rounds/2025-augusti/ks/assignments/",
    "/history/",
    "/account/",
)


def sign_in(page: Page, site: Site, who: str, path: str = GOAL) -> Page:
    page.goto(site("/sign-in/"))
    page.fill("[name=username]", f"{who}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button[type=submit]").first.click()
    page.goto(site(path))
    return page


@pytest.fixture
def someone(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Somebody at a computer of their own."""
    contexts: list[BrowserContext] = []

    def arrive(who: str, path: str = GOAL, **more: object) -> Page:
        context = browser.new_context(viewport=DESKTOP, locale="sv-SE", **more)
        contexts.append(context)
        return sign_in(context.new_page(), site, who, path)

    yield arrive
    for context in contexts:
        context.close()


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line per fault."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


@contextmanager
def one_answer(page: Page) -> Iterator[None]:
    with page.expect_response(lambda answer: "/goals/" in answer.url and answer.request.method == "POST"):
        yield


def test_a_reporter_reports(someone: Callable[..., Page]) -> None:
    page = someone("reporter")
    value = page.locator(f"#outcome-{PARKS}-2025-value")
    value.fill("78")
    with one_answer(page):
        value.press("Enter")
    expect(page.locator(f"#outcome-{PARKS}-2025-state")).to_contain_text("Sparat i dag")
    expect(page.locator(f"#verdict-{PARKS}")).to_contain_text("Ej uppnått")

    status = page.locator("#status-2025-bostadsforsorjningsprogram")
    with one_answer(page):
        status.get_by_text("Troligen klart i år").click()
    status.locator("textarea").fill("Programmet är på remiss.")
    with one_answer(page):
        status.locator("textarea").blur()
    expect(status.locator("[data-part-state]")).to_contain_text("Sparat i dag")

    judgement = page.locator(f"#judgement-{PARKS}")
    judgement.locator("summary").click()
    with one_answer(page):
        judgement.get_by_text("Uppnått", exact=True).click()
    expect(judgement.locator(".part__messages")).to_contain_text("Skriv varför")
    judgement.get_by_label("Skäl till avvikelsen").fill("Enkäten gjordes före upprustningen.")
    with one_answer(page):
        judgement.get_by_label("Skäl till avvikelsen").blur()
    expect(page.locator(f"#verdict-{PARKS}")).to_contain_text("rapporterat som uppnått")

    page.reload()
    expect(page.locator(f"#outcome-{PARKS}-2025-value")).to_have_value("78")
    expect(page.locator("#status-2025-bostadsforsorjningsprogram textarea")).to_have_value(
        "Programmet är på remiss."
    )


def test_two_people_in_the_same_field_see_both_versions(someone: Callable[..., Page]) -> None:
    path = f"{ROUND}/goals/2025-bostadsbyggande/"
    one, other = someone("reporter", path), someone("controller", path)
    field = "#status-2025-utbyggnadsstrategi textarea"
    other.locator(field).fill("Strategin är antagen.")
    with one_answer(other):
        other.locator(field).blur()
    one.locator(field).fill("Strategin väntar på beslut.")
    with one_answer(one):
        one.locator(field).blur()
    conflict = one.locator("#status-2025-utbyggnadsstrategi .part-conflict")
    expect(conflict).to_contain_text("Malin Ekestubbe sparade")
    expect(conflict.locator("del").last).to_have_text("antagen")
    expect(conflict.locator("ins").last).to_have_text("på beslut")
    expect(one.locator(field)).to_have_value("Strategin väntar på beslut.")
    conflict.get_by_role("button", name="Spara min").click()
    expect(one.locator(field)).to_have_value("Strategin väntar på beslut.")
    other.reload()
    expect(other.locator(field)).to_have_value("Strategin väntar på beslut.")


def test_a_text_outlives_a_lost_session(someone: Callable[..., Page], site: Site) -> None:
    page = someone("reporter", NATURE)
    field = "#judgement-2025-gronyta-300m textarea[name$=analysis]"
    page.locator(field).focus()
    page.keyboard.type("Parken har fått en stig.")
    expect(page.locator("#judgement-2025-gronyta-300m textarea[name$=analysis] + .autosave")).to_contain_text(
        "Utkast sparat"
    )
    page.context.clear_cookies()
    page.keyboard.type(" Och en bänk.")
    expect(page.locator("#judgement-2025-gronyta-300m textarea[name$=analysis] + .autosave")).to_contain_text(
        "utloggad"
    )
    sign_in(page, site, "reporter", NATURE)
    expect(page.locator(field)).to_have_value("Parken har fått en stig. Och en bänk.")


def test_saving_when_signed_out_says_so_and_keeps_the_text(someone: Callable[..., Page]) -> None:
    page = someone("reporter", NATURE)
    page.context.clear_cookies()
    area = page.locator("#judgement-2025-gronyta-800m textarea[name$=analysis]")
    area.fill("Mätningen görs i oktober.")
    area.blur()
    expect(page.locator("#judgement-2025-gronyta-800m-state")).to_contain_text("Inte sparat")
    expect(area).to_have_value("Mätningen görs i oktober.")


def test_without_javascript_one_button_saves_all(someone: Callable[..., Page]) -> None:
    page = someone("controller", f"{ROUND}/goals/2025-sund-ekonomi/", java_script_enabled=False)
    page.locator("#outcome-2025-budgethallning-2025-value").fill("1,2")
    page.locator("textarea[name=text-work_done-content]").fill("Prognosen är ett överskott.")
    page.get_by_role("button", name="Spara allt").click()
    expect(page.locator("#outcome-2025-budgethallning-2025-value")).to_have_value("1,2")
    expect(page.locator("textarea[name=text-work_done-content]")).to_have_value("Prognosen är ett överskott.")
    page.locator("#outcome-2025-budgethallning-2025-value").fill("mycket")
    page.get_by_role("button", name="Spara allt").click()
    expect(page.get_by_role("heading", name="Det här behöver rättas")).to_be_visible()
    expect(page.locator("#outcome-2025-budgethallning-2025-value")).to_have_value("mycket")


def test_from_my_page_to_the_field(someone: Callable[..., Page]) -> None:
    page = someone("reporter", "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Min sida")
    page.get_by_role("link", name="Fortsätt rapportera").click()
    expect(page).to_have_url(re.compile(r"/rounds/2025-augusti/goals/"))
    page.get_by_role("searchbox").fill("laddinfrastruktur")
    page.keyboard.press("Enter")
    expect(page.locator(".found mark").first).to_have_text("laddinfrastruktur")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_are_accessible(browser: Browser, site: Site, size: dict[str, int], theme: str) -> None:
    context = browser.new_context(viewport=size, color_scheme=theme, locale="sv-SE")
    page = sign_in(context.new_page(), site, "controller", "/")
    found = {}
    for path in PAGES:
        page.goto(site(path))
        page.wait_for_load_state("networkidle")
        found[path] = faults(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} scrolls sideways by {wide} px"
    context.close()
    assert {path: rows for path, rows in found.items() if rows} == {}
