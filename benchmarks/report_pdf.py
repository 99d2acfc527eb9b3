"""How fast a report becomes a PDF, as ratios measured in the same run.

    python benchmarks/report_pdf.py            60 pages, 40 tables, 12 charts; WeasyPrint on the same content
    python benchmarks/report_pdf.py --short    a smaller report and fewer repeats, some 20 seconds

Machines differ; ratios travel. "Bare" is typesetting alone: the templates and their data lie ready in a folder, charts
drawn, and one process of its own compiles them.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import pikepdf  # noqa: E402

from tests.typeset import sample  # noqa: E402
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


def report(*, short: bool) -> dict[str, Any]:
    """The report measured: goal chapters until it has some 60 pages, 40 tables and 12 charts."""
    payload = sample.payload(goals=6 if short else 28, tables=1)
    goals = [chapter for chapter in payload["chapters"] if chapter["key"].startswith("mal-")]
    wanted_charts = 3 if short else 12
    for number, chapter in enumerate(goals):
        blocks = chapter["blocks"]
        if number >= wanted_charts:
            blocks[:] = [block for block in blocks if block["kind"] != "chart"]
        if not short and number < 9:
            blocks.append(sample.budget_table(f"t-drift-{number}"))
        for block in blocks:
            if block["kind"] == "chart":
                block["type"] = "line"
                block["series"] = block["series"][:1]
                block["series"][0]["values"] = [str(40 + number), "52", str(55 + number)]
    return payload


def best(works: dict[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """The shortest time of each. They take turns, so that a machine busy for a while is so for all."""
    taken: dict[str, list[float]] = {label: [] for label in works}
    for _ in range(repeats):
        for label, work in works.items():
            started = time.perf_counter()
            work()
            taken[label].append(time.perf_counter() - started)
    return {label: min(times) for label, times in taken.items()}


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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--reports", type=int, default=None, help="reports in the memory test")
    options = parser.parse_args()
    repeats = 3 if options.short else 7
    payload = report(short=options.short)
    accent = payload["document"]["municipality"]["accent"]

    pdf = render_pdf(payload)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    blocks = [block["kind"] for chapter in payload["chapters"] for block in chapter["blocks"]]
    ready = prepare(payload, glyphs=fonts.covered())
    drawn = charts.draw(charts_of(ready), accent=accent)
    # One more table stands in a text.
    print(
        f"{pages} pages, {blocks.count('table') + 1} tables, {blocks.count('chart')} charts, {len(pdf) / 1000:.0f} kB"
    )
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, best of {repeats}\n")

    def with_charts() -> None:
        charts.forget()
        render_pdf(payload)

    html = render_html(payload, charts=drawn)
    works: dict[str, Callable[[], object]] = {
        "render_pdf, charts drawn": lambda: render_pdf(payload, charts=drawn),
        "render_pdf, drawing the charts": with_charts,
        "render_html": lambda: render_html(payload, charts=drawn),
        "render_docx": lambda: render_docx(payload, charts=drawn),
        "render_xlsx": lambda: render_xlsx(payload),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_job(printing.job(ready, drawn), folder)
        times = best({"Bare Typst compile, charts drawn": bare(folder), **works}, repeats)
    try:
        import weasyprint
    except ImportError:
        print("WeasyPrint is not installed (pip install uppsikt[benchmark]); its row is left out\n")
    else:
        slow = {"WeasyPrint on render_html's page": lambda: weasyprint.HTML(string=html).write_pdf()}
        times |= best(slow, 1 if options.short else 3)
        ratio = times["WeasyPrint on render_html's page"] / times["render_pdf, charts drawn"]
        print(f"WeasyPrint takes {ratio:.1f} times as long as render_pdf, charts drawn (asked: at least 5)\n")

    base = times["Bare Typst compile, charts drawn"]
    asked = {"render_pdf, charts drawn": "≤ 1.5", "render_pdf, drawing the charts": "≤ 3"}
    print("| | seconds | times bare | asked |\n|---|---:|---:|---:|")
    for label, taken in times.items():
        print(f"| {label} | {taken:.3f} | {taken / base:.2f} | {asked.get(label, '')} |")

    reports = options.reports or (10 if options.short else 100)
    print(f"\nMemory of the calling process over {reports} reports, charts drawn:\n")
    print("| reports | MB |\n|---:|---:|")
    for number, held in memory(payload, drawn, reports):
        print(f"| {number} | {held:.0f} |")


if __name__ == "__main__":
    main()
