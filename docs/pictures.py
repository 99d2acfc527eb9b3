"""Take the pictures of the documentation: `.venv/bin/python docs/pictures.py [NAME…]`.

The demo is loaded into a folder of its own and served as `bin/demo` serves it; Debian's Chromium photographs it.
Pages of the PDF are drawn by the typesetter itself, so nothing more is needed than what the tests install.
Nothing outside docs/pictures/ is written. With names, only those pictures are taken.
"""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typst
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
PASSWORD = "uppsikt-demo-2025"  # noqa: S105 - the demo's own, printed by `uppsikt demo`
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Shot:
    """One page as one role sees it.

    `round` is chosen in the switcher first; `scroll_to` is brought to the top of the window.
    """

    name: str
    role: str
    path: str
    round: str = "2025-augusti"
    body: str = "ks"
    phone: bool = True
    dark: bool = False
    scroll_to: str = ""


SHOTS = (
    Shot("start", "controller", "/"),
    Shot("goals", "controller", "/goals/", round="2024-bokslut"),
    Shot("indicator", "controller", "/indicators/gronyta-800m/", round="2024-bokslut"),
    Shot("round", "controller", "/rounds/2025-augusti/ks/"),
    Shot("goal-report", "controller", "/rounds/2025-augusti/goals/2025-livsmiljoer/"),
    Shot("report", "controller", "/reports/ks/2024-bokslut/", round="2024-bokslut"),
    Shot("plan", "controller", "/plans/ks/2025/"),
    Shot("goals-dark", "controller", "/goals/", round="2024-bokslut", phone=False, dark=True),
    Shot("sign-in", "", "/", phone=False),
)
# Pages of the year-end report's PDF.
PDF_PAGES = {"pdf-contents": 2, "pdf-goal": 8}


def main(wanted: list[str]) -> None:
    """Take all pictures, or those named."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="uppsikt-pictures-") as name:
        folder = Path(name)
        _uppsikt(folder, "demo", "--no-serve")
        shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
        if shots:
            with _served(folder) as address, sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
                )
                for shot in shots:
                    _take(browser, address, shot)
                browser.close()
        pages = {key: page for key, page in PDF_PAGES.items() if not wanted or key in wanted}
        if pages:
            _uppsikt(folder, "report", "ks", "2024-bokslut", "--out", str(folder / "report.pdf"))
            for key, page in pages.items():
                _draw(folder, page, key)


def _environment(folder: Path) -> dict[str, str]:
    kept = {key: text for key, text in os.environ.items() if not key.startswith("UPPSIKT_")}
    return kept | {
        "UPPSIKT_VAR": str(folder),
        "UPPSIKT_DEMO_PASSWORD": PASSWORD,
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "uppsikt.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }


def _uppsikt(folder: Path, *arguments: str) -> None:
    subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "uppsikt.config.cli", *arguments],
        env=_environment(folder), cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    server = subprocess.Popen(  # noqa: S603 - our own command line
        [sys.executable, "-m", "uppsikt.config.cli", "serve", "--port", str(port)],
        env=_environment(folder), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _turn in range(300):
            try:
                urllib.request.urlopen(address + "/sign-in/", timeout=5)  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _take(browser: Browser, address: str, shot: Shot) -> None:
    for viewport, suffix in ((DESKTOP, ""), (PHONE, "-phone")) if shot.phone else ((DESKTOP, ""),):
        context = browser.new_context(
            viewport=viewport,
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            color_scheme="dark" if shot.dark else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        if shot.role:
            _sign_in(page, address, shot.role)
            page.goto(f"{address}/goals/?body={shot.body}&round={shot.round}")
        answer = page.goto(address + shot.path)
        if answer is None or not answer.ok:
            print(f"{shot.path}: {answer.status if answer else 'no answer'}", file=sys.stderr)
        page.wait_for_load_state("networkidle")
        if shot.scroll_to:
            page.locator(shot.scroll_to).first.evaluate("element => element.scrollIntoView()")
        _save(page.screenshot(), shot.name + suffix)
        context.close()


def _sign_in(page: Page, address: str, role: str) -> None:
    page.goto(address + "/sign-in/")
    form = page.locator("form", has=page.locator(f'input[value="{role}@demo.example"]'))
    form.get_by_role("button").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def _draw(folder: Path, page: int, name: str) -> None:
    source = folder / "page.typ"
    source.write_text(
        f'#set page(width: 210mm, height: 297mm, margin: 0pt)\n#image("report.pdf", page: {page}, width: 100%)',
        encoding="utf-8",
    )
    drawn = typst.compile(str(source), root=str(folder), format="png", ppi=110)
    assert isinstance(drawn, bytes)
    _save(drawn, name)


def _save(picture: bytes, name: str) -> None:
    """Few colours are enough for a page, and a third of the size."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(colors=200, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)
    print(f"docs/pictures/{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
