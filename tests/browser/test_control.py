"""Internal control in a real browser: from a risk to the report and the board's page, and an auditor who follows it."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Site, accessibility_faults

PLACE = "round=2025-augusti&body=ks"
CLOSED = "round=2024-bokslut&body=ks"
PASSWORD = "uppsikt-demo-2025"
RISK = "Utbetalning till fel mottagare"
CONTROL = "Utbetalningar mot beslut"
DEFICIENCY = "Beslut saknas bakom utbetalningar"
MITIGATION = "Spärra utbetalning utan bilagt beslut"
QUESTION = "Granskning av den som utför"
REASON = "Omtestet visar att spärren fungerar."
SEED = "hösten-2025"
"""What the tests write. None of it is in the demo."""


PAGES = {
    "risks": ("controller", (
        f"/control/?{PLACE}",
        f"/control/risks/?{PLACE}",
        f"/control/risks/?{PLACE} /control/risks/",
        f"/control/risks/new/?{PLACE}",
        f"/control/mitigations/?{PLACE}",
        f"/control/mitigations/?{PLACE} /control/mitigations/",
        f"/control/workshops/?{PLACE}",
        f"/control/libraries/?{PLACE}",
        f"/control/libraries/?{PLACE} /control/libraries/",
    )),
    "controls": ("controller", (
        f"/control/controls/?{PLACE}",
        f"/control/controls/?{PLACE} /control/controls/",
        f"/control/controls/?{PLACE} /control/controls/ /control/occasions/",
        f"/control/controls/new/?{PLACE}",
        f"/control/deficiencies/?{PLACE}",
        f"/control/deficiencies/?{PLACE} /control/deficiencies/",
        "/control/summary/2025-augusti/ks/",
    )),
    "audit": ("controller", (
        f"/control/reviews/?{PLACE}",
        f"/control/reviews/?{PLACE} /control/reviews/",
        f"/control/recommendations/?{PLACE}",
        f"/control/questions/?{PLACE}",
    )),
    "room": ("auditor", (
        "/audit/?body=ks&year=2025",
        "/audit/?body=ks&year=2024&area=history",
        "/audit/packs/",
        "/audit/sample/?body=ks&year=2025",
        "/audit/review/ks/2024/",
    )),
    "all": ("central-controller", (
        f"/control/group/?{CLOSED}",
        f"/control/group/?{CLOSED} /control/group/",
        "/oversight/?round=2025-augusti&body=all",
        f"/oversight/lint/?{PLACE}",
    )),
    "purchases": ("controller", (
        f"/purchases/?{CLOSED}",
        f"/purchases/suppliers/?{CLOSED}",
        f"/purchases/suppliers/?{CLOSED} /purchases/suppliers/",
        f"/purchases/agreements/?{CLOSED}",
        f"/purchases/agreements/?{CLOSED} /purchases/agreements/",
        f"/purchases/procurements/?{CLOSED}",
        f"/purchases/procurements/?{CLOSED} /purchases/procurements/",
        f"/purchases/limits/?{CLOSED}",
        f"/purchases/follow-ups/?{CLOSED}",
    )),
}  # fmt: skip
"""Who opens what. A page with parts after it: the first link of its content that begins so, and so on from there."""


def signed_in(page: Page, site: Site, role: str) -> Page:
    page.context.clear_cookies()
    page.goto(site("/sign-in/"))
    page.fill("[name=username]", f"{role}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button[type=submit]").first.click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    return page


def save(page: Page) -> None:
    """Send in the page's form."""
    page.locator("main form button.button--primary[type=submit]:visible").first.click()


def follow(page: Page, name: str) -> None:
    """Follow the first link of the page's content with this name."""
    page.locator("main").get_by_role("link", name=name).first.click()


def says(page: Page, *texts: str) -> None:
    """The page's content comes to say all of it."""
    for text in texts:
        expect(page.locator("main")).to_contain_text(text)


def opened(page: Page, site: Site, way: str) -> None:
    """Go to a page, by the links of its way."""
    start, *parts = way.split()
    page.goto(site(start))
    for part in parts:
        hrefs = page.locator(f"main a[href^='{part}']").evaluate_all(
            "all => all.map(a => a.getAttribute('href'))"
        )
        one = re.compile(re.escape(part) + r"(?!new/|upload/|export/)[^/?]+/(\?|$)")
        page.goto(site(next(href for href in hrefs if one.match(href))))


def faults(page: Page) -> list[str]:
    """What is not accessible on a desktop and on a telephone, and whether the telephone must be moved sideways."""
    found = accessibility_faults(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found += [f"phone: {fault}" for fault in accessibility_faults(page)]
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    return found + ([f"phone: {wide} px wide"] if wide > PHONE["width"] else [])


def risks_at(page: Page, site: Site, stage: str, value: int) -> int:
    """How many risks stand in the squares of the matrix with a risk value."""
    page.goto(site(f"/control/risks/?{PLACE}&stage={stage}"))
    squares = page.locator(f".risk-matrix td:has(.risk-matrix__value:text-is('{value}')) .risk-matrix__count")
    return sum(int(number) for number in squares.all_text_contents())


def board_says(page: Page, site: Site) -> str:
    """What the board's page says of the controls of the executive board."""
    page.goto(site("/oversight/?round=2025-augusti&body=all"))
    cell = page.locator("#organ-ks .board__cell", has=page.locator(".board__label", has_text="kontroll"))
    return " ".join(cell.locator("a").inner_text().split())


def payments(folder: Path) -> Path:
    """A list of forty payments to draw from."""
    rows = [f"V{number:03};{number * 100};D-{number}" for number in range(1, 41)]
    listed = folder / "utbetalningar.csv"
    listed.write_text("\n".join(["Verifikation;Belopp;Beslut", *rows]), encoding="utf-8")
    return listed


def drawn_by(seed: str, rows: int, size: int) -> list[int]:
    """The rows that a seed gives, worked out as the page of the sample tells anyone to do it."""
    numbers = sorted(range(1, rows + 1), key=lambda row: hashlib.sha256(f"{seed}:{row}".encode()).hexdigest())
    return sorted(numbers[:size])


def test_a_risk_is_followed_to_the_report_and_the_boards_page(page: Page, site: Site, tmp_path: Path) -> None:
    signed_in(page, site, "controller")
    quiet = board_says(page, site)
    stood = risks_at(page, site, "before", 16), risks_at(page, site, "after", 9)

    # A risk is added, assessed before and after, and moves in the matrix.
    page.goto(site(f"/control/risks/new/?{PLACE}"))
    page.fill("[name=process]", "Utbetalningar")
    page.fill("[name=title]", RISK)
    page.fill("[name=cause]", "Underlaget granskas inte mot beslutet.")
    save(page)
    for field, step in (
        ("before_likelihood", 4), ("before_consequence", 4), ("after_likelihood", 3), ("after_consequence", 3),
    ):  # fmt: skip
        page.locator(f"[name={field}][value='{step}']").check()
    save(page)
    says(page, RISK, "16", "9")
    risk = page.url
    moved = risks_at(page, site, "before", 16), risks_at(page, site, "after", 9)
    assert moved == (stood[0] + 1, stood[1] + 1)

    # It is to be controlled, by a control with limits whose occasions follow from how often it is made.
    page.goto(risk)
    follow(page, "Besluta")
    page.locator("[name=decision][value=control]").check()
    save(page)
    says(page, "Kontrolleras")
    follow(page, "Lägg till kontroll")
    page.fill("[name=name]", CONTROL)
    page.fill("[name=purpose]", "Så att bara den som har rätt till pengarna får dem.")
    page.select_option("[name=frequency]", "tertial")
    save(page)
    follow(page, "Lägg till mått")
    page.fill("[name=label]", "Andel med beslut")
    page.select_option("[name=kind]", "sample")
    page.fill("[name=approved_from]", "95")
    page.fill("[name=deficient_from]", "80")
    save(page)
    says(page, CONTROL, "godkänt från 95 %")
    control = page.url
    page.goto(risk)
    says(page, CONTROL)

    # A sample is drawn from a list by a seed that anyone can draw by again, and judged so that it fails.
    page.goto(control)
    page.locator("main a[href*='/control/occasions/']").nth(1).click()
    page.wait_for_load_state()
    occasion = page.url
    follow(page, "Dra stickprov")
    page.set_input_files("[name=file]", payments(tmp_path))
    page.fill("[name=size]", "10")
    page.fill("[name=seed]", SEED)
    save(page)
    rows = page.locator("li.sample-row")
    expect(rows).to_have_count(10)
    drawn = [int(re.findall(r"V(\d{3})", text)[0]) for text in rows.all_inner_texts()]
    assert drawn == drawn_by(SEED, 40, 10)
    assert faults(page) == []
    for at in range(10):
        row = rows.nth(at)
        row.locator(f"[name=verdict][value={'faulty' if at < 3 else 'right'}]").check()
        expect(row.locator("[id$=-state]")).to_contain_text("Malin Ekestubbe")
    rows.first.locator("[name=other]").fill("Beslut saknas")
    rows.first.locator("[name=comment]").click()
    says(page, "3 fel av 10 granskade", "Beslut saknas 1")
    page.locator("main").get_by_role("button", name="För in i resultatet").click()
    says(page, "Underkänt")
    page.fill("[name=comment]", "Tre av tio utbetalningar saknade beslut.")
    save(page)
    says(page, "Underkänt", "10 kontrollerade, 3 fel")
    failed = board_says(page, site)
    assert failed != quiet
    assert "underkän" in failed

    # What was wrong is written down; somebody does something about it by a day, and says that it is done.
    page.goto(occasion)
    follow(page, "Lägg till brist")
    page.fill("[name=title]", DEFICIENCY)
    page.fill("[name=found_on]", "2025-09-10")
    save(page)
    says(page, DEFICIENCY, "Ingen åtgärd än")
    deficiency = page.url
    follow(page, "Lägg till åtgärd")
    page.fill("[name=title]", MITIGATION)
    page.select_option("[name=responsible]", label="Kasper Idegran")
    page.fill("[name=deadline]", "2025-10-31")
    save(page)
    says(page, "Kasper Idegran", "31 oktober 2025")
    follow(page, "Rapportera")
    page.locator("main .scale__step, main label", has_text=re.compile(r"^\s*Klar")).first.click()
    page.fill("[name=comment]", "Spärren är på plats.")
    save(page)
    says(page, "Spärren är på plats.")

    # The control is made again. When it passes, the deficiency closes.
    page.goto(deficiency)
    follow(page, "Planera omtest")
    page.fill("[name=due]", "2025-12-15")
    save(page)
    says(page, "15 december 2025")
    follow(page, "Rapportera omtestet")
    page.locator("[name$='.checked']").fill("20")
    page.locator("[name$='.faulty']").fill("0")
    expect(page.locator("#forslag")).to_contain_text("Godkänt")
    save(page)
    page.goto(deficiency)
    says(page, "Stängd")
    mended = board_says(page, site)
    assert mended not in (quiet, failed)

    # The whole is summed up. Who departs from the rule's proposal says why.
    page.goto(site(f"/control/?{PLACE}"))
    follow(page, "Bedöm")
    proposed = page.locator("[name=step]").input_value()
    steps = page.locator("[name=step] option").evaluate_all("all => all.map(one => one.value)")
    page.select_option("[name=step]", next(step for step in steps if step and step != proposed))
    page.fill("[name=rationale]", "")
    save(page)
    expect(page.locator("main .field__error, main .error-summary").first).to_be_visible()
    page.fill("[name=rationale]", REASON)
    save(page)
    says(page, REASON, "Avviker från regelns förslag")

    # The report says the same.
    for chapter, expected in (("intern-kontroll", REASON), ("systematiska-kontroller", CONTROL)):
        page.goto(site(f"/reports/ks/2025-augusti/chapters/{chapter}/"))
        frame = page.locator("iframe")
        shown = frame.first.content_frame.locator("body") if frame.count() else page.locator("main")
        expect(shown).to_contain_text(expected, timeout=30_000)


def test_an_auditor_asks_draws_and_takes_out_what_the_answer_rests_on(
    page: Page, site: Site, tmp_path: Path
) -> None:
    signed_in(page, site, "auditor")

    # A day is chosen, and the room shows what stood then.
    page.goto(site("/audit/?body=ks&year=2025&area=controls"))
    expect(page.locator("main tbody tr").first).to_be_visible()
    page.fill("#f-date", "2019-01-01")
    page.locator("main form.filters button").click()
    says(page, "som det var den 1 januari 2019", "Inget av det här slaget")
    page.go_back()

    # A sample is drawn from what the room lists.
    follow(page, "Dra stickprov")
    page.select_option("[name=area]", "controls")
    page.fill("[name=size]", "3")
    page.fill("[name=seed]", SEED)
    save(page)
    expect(page.locator("li.sample-row")).to_have_count(3)
    says(page, SEED)

    # A question is asked about a row, answered by the body, and closed by the one who asked.
    page.goto(site("/audit/?body=ks&year=2025&area=controls"))
    follow(page, "Fråga")
    page.fill("[name=subject]", QUESTION)
    page.fill("[name=text]", "Vem granskar den som utför kontrollen?")
    page.fill("[name=due]", "2027-01-15")
    save(page)
    says(page, QUESTION, "15 januari 2027")
    assert faults(page) == []
    question = page.url
    signed_in(page, site, "controller")
    says(page, QUESTION)
    page.goto(question)
    follow(page, "Svara")
    page.fill("[name=text]", "Enhetschefen granskar varje månad.")
    save(page)
    says(page, "Enhetschefen granskar varje månad.", "Besvarad")
    signed_in(page, site, "auditor").goto(question)
    page.locator("main").get_by_role("button", name="Avsluta frågan").click()
    says(page, "Avslutad")

    # The pack holds what its sums say, and is read without Uppsikt.
    page.goto(site("/audit/?body=ks&year=2025"))
    page.locator("main").get_by_role("button", name="Ta ut underlag").click()
    page.locator("main a[href='/audit/packs/']").last.click(timeout=90_000)
    with page.expect_download() as download:
        page.locator("main tbody a").first.click()
    pack = tmp_path / "underlag"
    with zipfile.ZipFile(download.value.path()) as file:
        file.extractall(pack)
    (sums,) = pack.rglob("SHA256SUMS")
    listed = dict(line.split("  ", 1)[::-1] for line in sums.read_text(encoding="utf-8").splitlines())
    held = {path.relative_to(sums.parent).as_posix() for path in sums.parent.rglob("*") if path.is_file()}
    assert set(listed) == held - {"SHA256SUMS"}
    assert {name: digest(sums.parent / name) for name in listed} == listed
    page.goto((sums.parent / "index.html").as_uri())
    expect(page.locator("h2", has_text="Alla filer")).to_be_visible()
    hrefs = page.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    files = {unquote(href.split("#")[0]) for href in hrefs if not href.startswith(("#", "http"))}
    assert files == held - {"index.html"}


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("area", PAGES)
def test_the_pages_are_accessible_and_fit_a_telephone(page: Page, site: Site, area: str) -> None:
    role, ways = PAGES[area]
    signed_in(page, site, role)
    found = {}
    for way in ways:
        opened(page, site, way)
        expect(page.locator("h1")).to_be_visible()
        found[way] = faults(page)
    assert {way: told for way, told in found.items() if told} == {}


def test_a_workshop_is_voted_in_on_a_telephone(phone: Page, site: Site) -> None:
    signed_in(phone, site, "controller")
    phone.goto(site(f"/control/workshops/new/?{PLACE}"))
    phone.fill("[name=name]", "Riskworkshop i september")
    save(phone)
    expect(phone.locator("main")).to_contain_text("Riskworkshop i september")
    opened(phone, site, f"/control/workshops/?{PLACE} /control/workshops/")
    assert faults(phone) == []
