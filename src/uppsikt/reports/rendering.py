"""The one payload as each of the outputs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from uppsikt.history.rules import canonical_json
from uppsikt.typeset import charts
from uppsikt.typeset.docx import render_docx
from uppsikt.typeset.html import render_html, stylesheet
from uppsikt.typeset.pdf import render_pdf
from uppsikt.typeset.prepare import charts_of, prepare
from uppsikt.typeset.xlsx import render_xlsx

FORMATS: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
LABELS: Mapping[str, str] = {
    "pdf": "PDF",
    "docx": "Word",
    "html": "Webbsida",
    "xlsx": "Excel",
    "json": "JSON",
}


def render(
    payload: Mapping[str, Any],
    format_: str,
    *,
    fingerprint: str | None = None,
    drawn: Mapping[str, str] | None = None,
) -> bytes:
    """The payload in one format.

    Args: fingerprint: of the frozen payload, printed in an adopted report. drawn: charts already drawn, by key.
    Raises: KeyError for a format that is not among `FORMATS`.
    """
    match format_:
        case "pdf":
            return render_pdf(payload, charts=drawn, fingerprint=fingerprint)
        case "docx":
            return render_docx(payload, charts=drawn, fingerprint=fingerprint)
        case "html":
            return render_html(payload, charts=drawn, fingerprint=fingerprint).encode()
        case "xlsx":
            return render_xlsx(payload, fingerprint=fingerprint)
        case "json":
            return canonical_json(payload).encode()
    raise KeyError(format_)


def preview_css(accent: str) -> str:
    """The report's styles for a preview inside the application: they reach nothing outside `.report-preview`.

    Colours come from the application's own tokens (reports.css), so that the preview follows its theme.
    """
    own = re.sub(r"@media \(prefers-color-scheme:dark\)\{:root\{[^}]*\}\}", "", stylesheet(accent))
    own = re.sub(r"@media print\{:root\{[^}]*\}\}", "", own)
    own = re.sub(r":root\{[^}]*\}", "", own)
    return f".report-preview{{{own}}}"


def render_all(payload: Mapping[str, Any], *, fingerprint: str | None = None) -> dict[str, bytes]:
    """The payload in every format, charts drawn once."""
    ready = prepare(payload)
    drawn = charts.draw(charts_of(ready), accent=ready["document"]["municipality"].get("accent"))
    return {name: render(payload, name, fingerprint=fingerprint, drawn=drawn) for name in FORMATS}
