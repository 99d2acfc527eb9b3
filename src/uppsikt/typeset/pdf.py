"""A payload as an accessible PDF (PDF/UA-1 and PDF/A-3a at once), the same bytes every time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from uppsikt.typeset import charts as drawing
from uppsikt.typeset import fonts, printing
from uppsikt.typeset.payload import Payload
from uppsikt.typeset.prepare import charts_of, prepare

TEMPLATES = Path(__file__).parent / "templates"
_PACKAGE_ROOT = Path(__file__).parents[2]
TIMEOUT_SECONDS = 180


class TypesetError(RuntimeError):
    """The worker could not set the report; the message is what it said."""


def render_pdf(
    payload: Payload | Mapping[str, Any] | Callable[[], Payload],
    *,
    charts: Mapping[str, str] | None = None,
    fingerprint: str | None = None,
) -> bytes:
    """The report as PDF.

    Args:
        payload: the report, or what composes it: called while the typesetter loads.
        charts: SVG per chart key, when they are already drawn.
        fingerprint: hash of the frozen payload, printed in the footer of an adopted report.

    Raises:
        PayloadError: the payload does not follow its schema.
        TypesetError: the typesetter failed or took too long.
    """
    with tempfile.TemporaryDirectory(prefix="uppsikt-pdf-") as name, _worker(Path(name)) as worker:
        composed = payload() if callable(payload) else payload
        ready = prepare(composed, glyphs=fonts.covered(), fingerprint=fingerprint)
        wanted = charts_of(ready)
        drawn = dict(charts or {})
        missing = [chart for chart in wanted if chart["key"] not in drawn]
        if missing:
            drawn |= drawing.draw(missing, accent=ready["document"]["municipality"].get("accent"))
        write_job(printing.job(ready, drawn), Path(name))
        return _finish(worker, Path(name))


@contextmanager
def _worker(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own for one report: the typesetter's cache grows with every report and dies with it.

    It is started first and loads while the payload is checked and the charts are drawn.
    """
    paths = [str(_PACKAGE_ROOT), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(  # noqa: S603 - our own module, our own folder
        [sys.executable, "-P", "-m", "uppsikt.typeset.worker", str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _finish(worker: subprocess.Popen[bytes], folder: Path) -> bytes:
    """Let the worker begin, and take what it made."""
    try:
        _, said = worker.communicate(timeout=TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise TypesetError(f"the typesetter did not finish in {TIMEOUT_SECONDS} s") from error
    if worker.returncode != 0:
        raise TypesetError(said.decode("utf-8", "replace").strip()[-4000:])
    return (folder / "report.pdf").read_bytes()


def write_job(job: printing.Job, folder: Path) -> None:
    """Lay out a job as files: the templates, their data, and pictures."""
    for template in TEMPLATES.glob("*.typ"):
        shutil.copyfile(template, folder / template.name)
    for name, data in job.files.items():
        (folder / name).write_bytes(data)
    (folder / "data.json").write_text(json.dumps(job.data, ensure_ascii=False), encoding="utf-8")
    (folder / "row_headers.json").write_text(json.dumps(job.row_headers), encoding="utf-8")
