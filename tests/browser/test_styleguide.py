"""Every component in every state, tried by axe where all of them stand on one page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import accessibility_faults


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("window", ["page", "phone"])
def test_components_are_accessible(
    window: str, theme: str, live_server: LiveServer, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue(window)
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/styleguide/")
    assert accessibility_faults(page) == []


def test_components_fit_a_telephone(phone: Page, live_server: LiveServer) -> None:
    phone.goto(f"{live_server.url}/styleguide/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_one_heading_and_a_language(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/styleguide/")
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "sv"
