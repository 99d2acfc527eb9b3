"""The first minute: the demo as bin/demo serves it, and signing in to it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, accessibility_faults

PASSWORD = "uppsikt-demo-2025"


def sign_in(page: Page, site: Site, email: str) -> None:
    page.goto(site("/goals/"))
    page.locator("input[type=email], input[name=username]:not([type=hidden])").first.fill(email)
    page.locator("input[type=password]:not([type=hidden])").first.fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Logga in", exact=True).click()


def test_signing_in_leads_to_the_page_one_asked_for(page: Page, site: Site) -> None:
    sign_in(page, site, "controller@demo.example")
    expect(page).to_have_url(site("/goals/"))
    assert accessibility_faults(page) == []


def test_the_sign_in_page_is_accessible_and_works_without_a_script(plain_page: Page, site: Site) -> None:
    sign_in(plain_page, site, "reader@demo.example")
    expect(plain_page).to_have_url(site("/goals/"))


def test_a_wrong_password_says_so(page: Page, site: Site) -> None:
    page.goto(site("/sign-in/"))
    page.locator("input[name=username]:not([type=hidden])").first.fill("reader@demo.example")
    page.locator("input[type=password]:not([type=hidden])").first.fill("fel lösenord")
    page.locator("main").get_by_role("button", name="Logga in", exact=True).click()
    assert page.locator("[aria-invalid=true], .error-summary, [role=alert]").count()
    assert accessibility_faults(page) == []
