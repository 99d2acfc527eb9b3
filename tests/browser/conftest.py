"""A real browser against a real server: Debian's Chromium, and the demo served as `bin/demo` serves it."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright keeps an event loop in the test's thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def _settings(folder: Path) -> dict[str, str]:
    kept = {key: text for key, text in os.environ.items() if not key.startswith("UPPSIKT_")}
    return kept | {
        "UPPSIKT_VAR": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "uppsikt.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }


def _uppsikt(folder: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "uppsikt.config.cli", *arguments],
        env=_settings(folder), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, loaded once for all processes of the run. Copied before use, never changed."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            _uppsikt(folder, "demo", "--no-serve")
            (folder / "ready").touch()
    return folder


@dataclass(frozen=True)
class Site:
    """A served installation."""

    address: str
    folder: Path

    def __call__(self, path: str = "/") -> str:
        return self.address + path


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def site(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo served for the tests of one file, which may change it as they like."""
    folder = tmp_path_factory.mktemp("site") / "var"
    shutil.copytree(demo_folder, folder)
    port = _free_port()
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "uppsikt.config.cli", "serve", "--port", str(port)],
            env=_settings(folder), cwd=ROOT, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_it_answers(address, server, folder)
            yield Site(address, folder)
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_until_it_answers(address: str, server: subprocess.Popen[bytes], folder: Path) -> None:
    patience = time.monotonic() + 60
    while time.monotonic() < patience and server.poll() is None:
        try:
            urllib.request.urlopen(address + "/styleguide/", timeout=5)
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not start:\n" + (folder / "server.log").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield started
        started.close()


def _context(browser: Browser, viewport: dict[str, int], *, javascript: bool = True) -> BrowserContext:
    context = browser.new_context(
        viewport=viewport,  # type: ignore[arg-type]
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        java_script_enabled=javascript,
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    return context


# What each open page has complained of.
_complaints: dict[Page, list[str]] = {}
# The pages that axe has measured. It measures with inline styles, which the policy stops and reports, sometimes
# long afterwards: there, and only there, such a report is no complaint about the page.
_measured: set[Page] = set()
STOPPED_STYLE = "Applying inline style violates"


def _watched(context: BrowserContext) -> Iterator[Page]:
    """A page that must not complain: no script error, and nothing stopped by the content security policy."""
    page = context.new_page()
    complaints = _complaints[page] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    del _complaints[page]
    if page in _measured:
        complaints = [text for text in complaints if not text.startswith(STOPPED_STYLE)]
        _measured.discard(page)
    # A refused form (422) and a missing page (404) are answers, though the console calls them errors.
    assert [text for text in complaints if "status of 4" not in text] == []


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: the server's thread may still be writing a draft when a test is over, and a database in
    shared memory refuses to be emptied then, where one in a file waits.
    """
    from django.conf import settings

    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop window."""
    yield from _watched(_context(browser, DESKTOP))


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A telephone held upright."""
    yield from _watched(_context(browser, PHONE))


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A desktop window without JavaScript: everything is to work here too."""
    yield from _watched(_context(browser, DESKTOP, javascript=False))


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA, one line per fault."""
    _measured.add(page)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return [
        f"{fault['id']}: {fault['help']} – {node['html'][:200]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
