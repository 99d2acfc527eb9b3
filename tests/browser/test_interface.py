"""What the script and the stylesheet promise, tried on the style guide: it needs no database and no demo."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import Browser, Page

from tests.browser.conftest import accessibility_faults

DESK, HAND, SMALL_HAND = 1440, 390, 320


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's own name
        pass


@pytest.fixture(scope="module")
def guide() -> Iterator[str]:
    """The style guide served alone."""
    with override_settings(UPPSIKT_ACCENT="#0b5563", DEBUG=True):
        server = make_server(
            "127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), server_class=_Server, handler_class=_Silent
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/styleguide/"
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


@pytest.fixture
def window(page: Page, request: pytest.FixtureRequest) -> Page:
    """A window of the width and theme that the test asks for."""
    width, theme = request.param
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    return page


on_desk = pytest.mark.parametrize("window", [(DESK, "light")], indirect=True, ids=("desk",))
in_hand = pytest.mark.parametrize(
    "window", [(HAND, "light"), (HAND, "dark")], indirect=True, ids=("light", "dark")
)


@pytest.mark.parametrize(
    "window",
    [(width, theme) for width in (DESK, HAND) for theme in ("light", "dark")],
    indirect=True,
    ids=lambda look: f"{look[0]}-{look[1]}",
)
def test_no_accessibility_faults(window: Page, guide: str) -> None:
    window.goto(guide)
    assert accessibility_faults(window) == []


@in_hand
def test_no_accessibility_faults_in_the_open_menu(window: Page, guide: str) -> None:
    window.goto(guide)
    window.click("[data-menu-open]")
    assert window.is_visible("#meny")
    assert accessibility_faults(window) == []
    window.keyboard.press("Escape")
    assert not window.is_visible("#meny")


@pytest.mark.parametrize(
    "window", [(HAND, "light"), (SMALL_HAND, "light")], indirect=True, ids=("390", "320")
)
def test_the_page_never_scrolls_sideways(window: Page, guide: str) -> None:
    window.goto(guide)
    wide, room = window.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= room


@on_desk
def test_a_tree_row_is_swapped_in_place_and_keeps_the_focus(window: Page, guide: str) -> None:
    window.goto(guide)
    for key, state, rows in (("Enter", "true", 4), ("Space", "false", 1)):
        window.locator("#vippa-mal-klimat").press(key)
        window.locator(f'#vippa-mal-klimat[aria-expanded="{state}"]').wait_for()
        assert window.evaluate("document.activeElement.id") == "vippa-mal-klimat"
        assert window.locator("#grupp-mal-klimat tr").count() == rows


@on_desk
def test_a_figure_shows_where_it_comes_from(window: Page, guide: str) -> None:
    window.goto(guide)
    window.locator(".key-figure .figure").first.click()
    opened = window.locator(".popover:popover-open")
    assert opened.count() == 1
    assert "Egen mätning" in opened.inner_text()
    window.keyboard.press("Escape")
    assert window.locator(".popover:popover-open").count() == 0


@on_desk
def test_the_theme_changes_at_once_and_is_remembered(window: Page, guide: str) -> None:
    window.goto(guide)
    window.click('[data-theme-switch] button[value="dark"]')
    assert window.get_attribute("html", "data-theme") == "dark"
    window.reload()
    assert window.get_attribute("html", "data-theme") == "dark"


@on_desk
def test_the_search_is_one_key_away_but_not_while_writing(window: Page, guide: str) -> None:
    window.goto(guide)
    window.keyboard.press("/")
    assert window.evaluate("document.activeElement.id") == "sok"
    window.keyboard.type("a/b")
    assert window.input_value("#sok") == "a/b"


@on_desk
def test_shortcuts_are_listed_and_can_be_switched_off(window: Page, guide: str) -> None:
    window.goto(guide)
    window.keyboard.press("?")
    assert window.is_visible("#genvagar")
    window.uncheck("[data-shortcuts-toggle]")
    window.keyboard.press("Escape")
    window.keyboard.press("/")
    assert window.evaluate("document.activeElement.id") != "sok"


@on_desk
def test_the_table_head_stays_when_the_page_scrolls(window: Page, guide: str) -> None:
    window.set_viewport_size({"width": DESK, "height": 500})
    window.goto(guide)
    window.evaluate("window.scrollTo(0, document.querySelector('#rad-mal-mangfald').offsetTop + 200)")
    head = window.locator("#tabell-mal thead th").first.bounding_box()
    assert head is not None
    assert head["y"] == pytest.approx(0, abs=1)


def test_everything_works_without_a_script(browser: Browser, guide: str) -> None:
    plain = browser.new_context(viewport={"width": HAND, "height": 844}, java_script_enabled=False)
    page = plain.new_page()
    page.goto(guide)
    page.click("text=Meny")
    assert page.is_visible("#meny")
    page.click('[data-theme-switch] button[value="dark"]')
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#vippa-mal-klimat")
    assert page.locator("#grupp-mal-klimat tr").count() == 4
    plain.close()
