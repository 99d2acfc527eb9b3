"""How fast a report becomes a PDF/UA file, from the database on, as ratios measured in the same run.

    python benchmarks/report_pdf.py            60 pages, 40 tables, 12 charts; WeasyPrint on the same content
    python benchmarks/report_pdf.py --short    a smaller report and fewer repeats, some 20 seconds

Claim: from rows in the database to the finished file within 1.5 times the bare compile of the same payload with
charts already drawn, within 3 times when they are drawn too, and at least 5 times as fast as WeasyPrint.

Machines differ; ratios travel. "Bare" is typesetting alone: the templates and their data lie ready in a folder, charts
drawn, and one process of its own compiles them. All works take turns; the table shows medians, and the claim is held
against the median of the ratios turn by turn, since others may be working on the same machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src")]

import pikepdf  # noqa: E402

from uppsikt.typeset import charts, fonts, printing  # noqa: E402
from uppsikt.typeset.docx import render_docx  # noqa: E402
from uppsikt.typeset.html import render_html  # noqa: E402
from uppsikt.typeset.pdf import render_pdf, write_job  # noqa: E402
from uppsikt.typeset.prepare import charts_of, prepare  # noqa: E402
from uppsikt.typeset.xlsx import render_xlsx  # noqa: E402

BARE = """
import sys
from pathlib import Path
from uppsikt.typeset.worker import compile_report
folder = Path(sys.argv[1])
(folder / "bare.pdf").write_bytes(compile_report(folder, [2025, 2, 14]))
"""


YEAR = 2024


@dataclass(frozen=True)
class Size:
    """How much there is to report on. Every goal has a table of indicators and one of assignments."""

    areas: int
    goals: int
    indicators: int
    assignments: int
    charts: int
    paragraphs: int


LONG = Size(areas=4, goals=18, indicators=4, assignments=4, charts=12, paragraphs=9)
SHORT = Size(areas=2, goals=5, indicators=4, assignments=4, charts=3, paragraphs=8)


def database(folder: Path) -> None:
    """A database of its own, thrown away afterwards."""
    os.environ["UPPSIKT_VAR"] = str(folder)
    os.environ["DATABASE_URL"] = ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "uppsikt.config.settings"
    os.environ["UPPSIKT_DEBUG"] = ""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def prose(number: int, paragraphs: int) -> list[dict[str, Any]]:
    """Running text of a controller's length of breath, with a list at the end."""
    sentence = (
        f"Under året har arbetet med mål {number} fortsatt i samarbete med förvaltningarna, och uppföljningen visar "
        "att invånarnas upplevelse av tryggheten har stärkts i flera kommundelar. "
    )
    told: list[dict[str, Any]] = [
        {"type": "paragraph", "children": [{"type": "text", "text": (sentence * (2 + place % 2)).strip()}]}
        for place in range(paragraphs)
    ]
    items = [[{"type": "paragraph", "children": [{"type": "text", "text": f"Insats {n}"}]}] for n in range(4)]
    return [*told, {"type": "bullet_list", "items": items}]


def fill(size: Size) -> None:
    """The plan and what was reported, written straight into the tables."""
    import yaml

    from uppsikt.cycle.models import FiscalYear, Round, SteeringModelVersion
    from uppsikt.followup.models import Item, StatusEntry
    from uppsikt.organisation.models import Body, BodyName, Municipality
    from uppsikt.planning.models import (
        Assessment,
        Assignment,
        Goal,
        Indicator,
        IndicatorReport,
        IndicatorUse,
        Observation,
        Target,
    )
    from uppsikt.reports.models import Report
    from uppsikt.texts.models import Text, TextVersion

    moment = dt.datetime(YEAR, 12, 31, 12, tzinfo=dt.UTC)
    said = {"recorded_at": moment, "recorded_by_key": "system", "recorded_by_name": "Uppsikt"}
    Municipality.objects.create(key="norrby", name="Norrby kommun", accent="#0b5563")
    year = FiscalYear.objects.create(year=YEAR)
    document = yaml.safe_load(
        (ROOT / "src/uppsikt/cycle/presets/malomrade-2024.yaml").read_text(encoding="utf-8")
    )
    for chapter in document["outline"]:
        for block in chapter["blocks"]:
            if block["kind"] == "goal_sections":
                block["options"]["charts"] = True
    SteeringModelVersion.objects.create(year=year, document=document, **said)
    round_ = Round.objects.create(
        key=f"{YEAR}-bokslut",
        year=year,
        kind="year_end",
        name="Bokslut",
        cutoff=dt.date(YEAR, 12, 31),
        state="open",
    )
    council, board = (Body.objects.create(key=key, kind=kind, position=n) for n, (key, kind) in
                      enumerate((("kf", "council"), ("ks", "executive_board"))))  # fmt: skip
    for body, name in ((council, "Kommunfullmäktige"), (board, "Kommunstyrelsen")):
        BodyName.objects.create(body=body, name=name, short=name, valid_from=dt.date(2000, 1, 1))

    def goals(level: str, count: int, above: list[Goal], body: Body) -> list[Goal]:
        return Goal.objects.bulk_create(
            Goal(key=f"{level}-{n}", year=year, body=body, level=level, position=n,
                 name=f"Norrby är en trygg kommun att leva i, del {n + 1}",
                 parent=above[n * len(above) // count] if above else None)
            for n in range(count)
        )  # fmt: skip

    areas = goals("area", size.areas, [], council)
    lower = goals("committee_goal", size.goals, goals("council_goal", size.goals, areas, council), board)
    count = size.goals * size.indicators
    series = Indicator.objects.bulk_create(
        Indicator(key=f"i{n}", name=f"Invånare som upplever trygghet i kommunen, del {n} (%)", measure="procent",
                  direction="up" if n % 2 else "down", source="Kommunens egen undersökning")
        for n in range(count)
    )  # fmt: skip
    uses = IndicatorUse.objects.bulk_create(
        IndicatorUse(
            key=f"{YEAR}-i{n}",
            year=year,
            body=board,
            goal=lower[n // size.indicators],
            indicator=one,
            position=n,
        )
        for n, one in enumerate(series)
    )
    Target.objects.bulk_create(
        Target(use=use, role=role, year=at, kind="ge", value=Decimal(50 + n % 40), **said)
        for n, use in enumerate(uses)
        for role, at in (("milestone", YEAR), ("final", 2030))
    )
    drawn = {
        n * count // size.charts for n in range(size.charts)
    }  # three outcomes are worth a chart, two are not
    Observation.objects.bulk_create(
        Observation(indicator=one, body=board, period=str(at), period_end=dt.date(at + 1, 1, 1),
                    value=Decimal(40 + (n * 7 + at) % 55), **said)
        for n, one in enumerate(series)
        for at in range(YEAR - (9 if n in drawn else 1), YEAR + 1)
    )  # fmt: skip
    IndicatorReport.objects.bulk_create(
        IndicatorReport(
            use=use,
            round=round_,
            analysis="Utfallet är bättre än året före men når inte etappmålet. " * 3,
            **said,
        )
        for use in uses
    )
    Assessment.objects.bulk_create(
        Assessment(goal=goal, round=round_, body=board, step=("very_high", "high", "partly", "not")[n % 4],
                   rationale="Etappmålen nås till största delen och uppdragen löper som planerat. " * 3, **said)
        for n, goal in enumerate(lower)
    )  # fmt: skip
    items = Item.objects.bulk_create(
        Item(key=f"u{n}", kind="assignment", year=year, body=board, position=n)
        for n in range(size.goals * size.assignments)
    )
    Assignment.objects.bulk_create(
        Assignment(item=item, goal=lower[n // size.assignments], title=f"Utreda trygghetsfråga {n}", origin="council",
                   text="Utreda hur tryggheten kan ökas i kommunens centrum och återkomma med förslag till åtgärder.")
        for n, item in enumerate(items)
    )  # fmt: skip
    StatusEntry.objects.bulk_create(
        StatusEntry(item=item, round=round_, status="done" if n % 3 else "not_done",
                    comment="Arbetet är påbörjat och återrapporteras till nämnden efter sommaren.", **said)
        for n, item in enumerate(items)
    )  # fmt: skip
    report = Report.objects.create(
        key="bokslut-ks", body=board, year=year, round=round_, title=f"Verksamhetsberättelse {YEAR}"
    )
    chapters = (
        "sammanfattning",
        "handelser",
        "effektivisering",
        "uppdrag",
        "personal",
        "personalforsorjning",
    )
    slots = [f"report:{report.key}:{key}" for key in chapters]
    slots += [f"goal:{goal.key}:{round_.key}:ks:work_done" for goal in lower]
    written = Text.objects.bulk_create(Text(slot=slot) for slot in slots)
    TextVersion.objects.bulk_create(
        TextVersion(text=text, number=1, content=prose(n, size.paragraphs), **said)
        for n, text in enumerate(written)
    )


def compose() -> dict[str, Any]:
    """The report's payload, read from the database."""
    from uppsikt.reports import assembly, selectors

    report = selectors.report("bokslut-ks")
    assert report is not None
    return dict(assembly.compose(report))


@dataclass
class Taken:
    """What one work took in every turn: seconds by the clock, and of the processors, child processes included."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def turns(works: dict[str, Callable[[], object]], repeats: int) -> dict[str, Taken]:
    """What each took in every turn. They take turns, so that a machine busy for a while is so for all."""
    taken = {label: Taken() for label in works}
    for _ in range(repeats):
        for label, work in works.items():
            before, started = os.times(), time.perf_counter()
            work()
            taken[label].wall.append(time.perf_counter() - started)
            taken[label].processor.append(sum(os.times()[:4]) - sum(before[:4]))
    return taken


def bare(folder: Path) -> Callable[[], object]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return lambda: subprocess.run([sys.executable, "-c", BARE, str(folder)], env=environment, check=True)


def own_memory() -> float:
    """What this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def memory(payload: dict[str, Any], drawn: dict[str, str], reports: int) -> list[tuple[int, float]]:
    """What this process holds after so many reports."""
    marks = [(0, own_memory())]
    for number in range(1, reports + 1):
        payload["document"]["title"] = f"Rapport {number}"
        render_pdf(payload, charts=drawn)
        if number in (1, reports // 4, reports // 2, reports):
            marks.append((number, own_memory()))
    return marks


def weasyprint_times(html: str) -> dict[str, Taken]:
    """The same content through WeasyPrint; nothing when it is not installed."""
    try:
        import weasyprint
    except ImportError:
        print("WeasyPrint is not installed (requirements/benchmark.txt); its row is left out\n")
        return {}
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return turns({WEASYPRINT: lambda: weasyprint.HTML(string=html).write_pdf()}, 3)


def ratio_of(taken: list[float], base: list[float]) -> float:
    """The median of the ratios turn by turn; of the medians where the turns were others."""
    if len(taken) != len(base):
        return median(taken) / median(base)
    return median(a / b for a, b in zip(taken, base, strict=True))


BARE_LABEL = "Bare Typst compile, charts drawn"
WHOLE = "From database to PDF/UA, charts drawn"
WITH_CHARTS = "From database to PDF/UA, drawing the charts"
WEASYPRINT = "WeasyPrint on render_html's page"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--reports", type=int, default=None, help="reports in the memory test")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database(Path(folder))
        fill(SHORT if options.short else LONG)
        return measure(short=options.short, reports=options.reports or (5 if options.short else 100))


def measure(*, short: bool, reports: int) -> int:
    """Print the tables; 1 when a claim does not hold."""
    repeats = 3 if short else 7
    payload = compose()
    accent = payload["document"]["municipality"]["accent"]
    pdf = render_pdf(payload)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    blocks = [block["kind"] for chapter in payload["chapters"] for block in chapter["blocks"]]
    print(
        f"{pages} pages, {blocks.count('table')} tables, {blocks.count('chart')} charts, {len(pdf) / 1000:.0f} kB"
    )
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, medians of {repeats} turns\n")
    ready = prepare(payload, glyphs=fonts.covered())
    drawn = charts.draw(charts_of(ready), accent=accent)
    html = render_html(payload, charts=drawn)

    def forgetting() -> None:
        charts.forget()
        render_pdf(compose)

    works: dict[str, Callable[[], object]] = {
        WHOLE: lambda: render_pdf(compose, charts=drawn),
        WITH_CHARTS: forgetting,
        "- of which composing": compose,
        "render_pdf alone, charts drawn": lambda: render_pdf(payload, charts=drawn),
        "render_html": lambda: render_html(payload, charts=drawn),
        "render_docx": lambda: render_docx(payload, charts=drawn),
        "render_xlsx": lambda: render_xlsx(payload),
    }
    with tempfile.TemporaryDirectory() as name:
        write_job(printing.job(ready, drawn), Path(name))
        times = turns({BARE_LABEL: bare(Path(name)), **works}, repeats)
    base = times[BARE_LABEL]
    if short:
        print("WeasyPrint is left out of the short form\n")
    else:
        times |= weasyprint_times(html)

    limits = {} if short else {WHOLE: 1.5, WITH_CHARTS: 3.0}
    over = []
    print(
        "| | seconds | times bare | asked | processor seconds | times bare |\n|---|---:|---:|---:|---:|---:|"
    )
    for label, taken in times.items():
        ratio, limit = ratio_of(taken.wall, base.wall), limits.get(label)
        if limit and ratio > limit:
            over.append(label)
        print(
            f"| {label} | {median(taken.wall):.3f} | {ratio:.2f} | {f'≤ {limit:g}' if limit else ''} "
            f"| {median(taken.processor):.3f} | {ratio_of(taken.processor, base.processor):.2f} |"
        )
    if WEASYPRINT in times:
        slower = median(times[WEASYPRINT].wall) / median(times[WHOLE].wall)
        print(
            f"\nWeasyPrint takes {slower:.1f} times as long as the way from database to PDF/UA (asked: at least 5)"
        )
        over += [WEASYPRINT] if slower < 5 else []

    print(f"\nMemory of the calling process over {reports} reports, charts drawn:\n")
    print("| reports | MB |\n|---:|---:|")
    for number, held in memory(payload, drawn, reports):
        print(f"| {number} | {held:.0f} |")
    if over:
        print(f"\nnot as asked: {', '.join(over)}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
