"""A payload as one self-contained HTML file: no request leaves it, no script runs in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from uppsikt.typeset import charts as drawing
from uppsikt.typeset import fonts, labels, palette, pictures
from uppsikt.typeset.html_blocks import Page, block_html, count_footnotes, element, footnotes_html
from uppsikt.typeset.payload import Chapter, Payload
from uppsikt.typeset.prepare import charts_of, prepare

_STYLES = Path(__file__).parent / "templates" / "report.css"
_DEEPEST_LISTED = 3
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def render_html(
    payload: Payload | Mapping[str, Any],
    *,
    charts: Mapping[str, str] | None = None,
    fingerprint: str | None = None,
    embed_fonts: bool = True,
) -> str:
    """The whole report as a page in one file, every figure linked to where it comes from.

    Args:
        charts: SVG per chart key, when they are already drawn.
        fingerprint: hash of the frozen payload, shown in the foot of an adopted report.
        embed_fonts: False leaves the typeface to the reader's own system (some 95 kB smaller).

    Raises:
        PayloadError: the payload does not follow its schema.
    """
    ready = prepare(payload, fingerprint=fingerprint)
    page = _page(ready, charts, app_links=False)
    chapters = _chapters_html(ready["chapters"], page)
    document = ready["document"]
    accent = document["municipality"].get("accent")
    title = f"{document['title']} – {document['body']['name']}"
    draft = document["state"] == "draft"
    parts = [
        "<!DOCTYPE html>",
        '<html lang="sv"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escape(title)}</title>",
        element("meta", {"name": "author", "content": document["municipality"]["name"]}),
        element("meta", {"name": "dcterms.date", "content": document["date"]}),
        f"<style>{_faces() if embed_fonts else ''}{stylesheet(accent)}</style>",
        f'</head><body class="{"draft" if draft else "adopted"}">',
        '<a class="skip" href="#innehall">Hoppa till innehållet</a>',
        f'<p class="banner">{escape(document["state_text"])}</p>' if draft else "",
        _cover(ready),
        '<div class="frame">',
        _contents(ready, bool(page.used_origins)),
        f'<main id="innehall" class="report" tabindex="-1">{chapters}{_appendix(ready, page)}</main>',
        "</div>",
        f'<footer class="foot"><p>{escape(labels.footer_state(document))}</p>',
        f"<p>{escape(document['municipality']['name'])} · {escape(document['body']['name'])}</p></footer>",
        "</body></html>",
    ]
    return "".join(parts)


def render_body(
    payload: Payload | Mapping[str, Any],
    chapter_keys: Collection[str] | None = None,
    *,
    charts: Mapping[str, str] | None = None,
) -> str:
    """Only the chapters, for a preview inside the application; tables and figures keep the report's numbers.

    A figure links to its origin's own address in the application. Wrap the result in an element with class
    "report" and load `stylesheet()` once.

    Args:
        chapter_keys: the chapters wanted; None means all.
    """
    ready = prepare(payload)
    wanted = [c for c in ready["chapters"] if chapter_keys is None or c["key"] in chapter_keys]
    page = _page(ready, charts, app_links=True, only=wanted)
    return _chapters_html(ready["chapters"], page, chapter_keys)


def stylesheet(accent: str | None = None) -> str:
    """The report's styles with the municipality's accent, for light, dark, phone and print."""
    light, dark = palette.accent_of(accent), palette.accent_on_dark(accent)
    own = (
        f":root{{--accent:{light};--accent-deep:{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}"
        f"@media print{{:root{{--accent:{light}}}}}"
    )
    return _styles() + own + drawing.screen_css(accent)


@cache
def _styles() -> str:
    return _STYLES.read_text(encoding="utf-8")


@cache
def _faces() -> str:
    cuts = (
        ("Inter-Regular", "400", "normal"),
        ("Inter-SemiBold", "600", "normal"),
        ("Inter-Italic", "400", "italic"),
    )
    return "".join(
        f'@font-face{{font-family:"Inter";font-weight:{weight};font-style:{style};'
        f'src:url({fonts.woff2(cut)}) format("woff2")}}'
        for cut, weight, style in cuts
    )


def _page(
    ready: Payload,
    charts: Mapping[str, str] | None,
    *,
    app_links: bool,
    only: Collection[Chapter] | None = None,
) -> Page:
    keys = None if only is None else {c["key"] for c in only}
    drawn = dict(charts or {})
    wanted = charts_of(ready)
    if keys is not None:
        shown = [b["key"] for c in only or () for b in c["blocks"] if b["kind"] == "chart"]
        wanted = [c for c in wanted if c["key"] in shown]
    missing = [c for c in wanted if c["key"] not in drawn]
    accent = ready["document"]["municipality"].get("accent")
    drawn |= drawing.draw(missing, accent=accent)
    return Page(origins=ready.get("origins") or {}, charts=drawn, app_links=app_links)


def _chapters_html(chapters: list[Chapter], page: Page, keys: Collection[str] | None = None) -> str:
    parts = []
    for chapter in chapters:
        if keys is not None and chapter["key"] not in keys:
            page.note_count += count_footnotes(chapter["blocks"])
            continue
        body = "".join(block_html(block, page) for block in chapter["blocks"])
        notes = footnotes_html(page)
        number = (
            f'<span class="number">{escape(chapter.get("number") or "")}</span> '
            if chapter.get("number")
            else ""
        )
        level = min(chapter["level"] + 1, 6)
        anchor = chapter.get("anchor", "")
        parts.append(
            f'<section class="chapter level-{chapter["level"]}" aria-labelledby="{anchor}">'
            f'<h{level} id="{anchor}">{number}{escape(chapter["title"])}</h{level}>{body}{notes}</section>'
        )
    return "".join(parts)


def _cover(ready: Payload) -> str:
    document = ready["document"]
    municipality = document["municipality"]
    logo = municipality.get("logo")
    picture = pictures.read(logo["data"]) if logo else None
    if picture and logo:
        source = picture.address()
        brand = element("img", {"class": "logo", "src": source, "alt": logo["alt"] or municipality["name"]})
    else:
        brand = escape(municipality["name"])
    subtitle = document.get("subtitle")
    below = (
        f'<p class="subtitle">{escape(subtitle)}</p>'
        if subtitle and subtitle != document["body"]["name"]
        else ""
    )
    facts = "".join(
        f"<div><dt>{escape(a)}</dt><dd>{escape(b)}</dd></div>" for a, b in labels.title_facts(document)
    )
    return (
        f'<header class="cover"><p class="brand">{brand}</p><div class="plate">'
        f'<p class="eyebrow">{escape(document["body"]["name"])}</p><h1>{escape(document["title"])}</h1>{below}</div>'
        f'<dl class="facts">{facts}</dl></header>'
    )


def _contents(ready: Payload, origins: bool) -> str:
    items = []
    for chapter in ready["chapters"]:
        number = (
            f'<span class="number">{escape(chapter.get("number") or "")}</span> '
            if chapter.get("number")
            else ""
        )
        items.append(
            f'<li class="level-{chapter["level"]}"><a href="#{chapter.get("anchor", "")}">'
            f"{number}{escape(chapter['title'])}</a></li>"
        )
        for block in chapter["blocks"]:
            if block["kind"] == "heading" and block.get("listed"):
                link = element("a", {"href": f"#{block.get('anchor', '')}"}, escape(block["text"]))
                items.append(f'<li class="level-{min(block["level"], _DEEPEST_LISTED)}">{link}</li>')
    if origins:
        items.append('<li class="level-1"><a href="#siffrornas-ursprung">Siffrornas ursprung</a></li>')
    return (
        '<nav class="contents" aria-labelledby="innehallsrubrik"><h2 id="innehallsrubrik">Innehåll</h2>'
        f"<ul>{''.join(items)}</ul></nav>"
    )


def _appendix(ready: Payload, page: Page) -> str:
    """Where every linked figure comes from: label, value, source, formula, by whom and when."""
    if not page.used_origins:
        return ""
    known = ready.get("origins") or {}
    rows = []
    for key, number in page.used_origins.items():
        origin = known[key]
        back = (
            f'<a href="#siffra-{number}" '
            f'aria-label="{number}, tillbaka till siffran {escape(origin["label"])}">{number}&nbsp;↑</a>'
        )
        told = [text for name in ("source", "formula") if (text := origin.get(name))]
        registered = [text for name in ("by", "at") if (text := origin.get(name))]
        rows.append(
            f'<tr id="ursprung-{number}"><td>{back}</td><th scope="row">{escape(origin["label"])}</th>'
            + "".join(
                f"<td>{''.join(element('div', {}, escape(str(text))) for text in texts) or '–'}</td>"
                for texts in ([origin["value"]], told, registered)
            )
            + "</tr>"
        )
    heads = ("Nr", "Uppgift", "Värde", "Källa eller beräkning", "Registrerad")
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    return (
        '<section class="chapter level-1 origins" aria-labelledby="siffrornas-ursprung">'
        '<h2 id="siffrornas-ursprung">Siffrornas ursprung</h2>'
        "<p>Understrukna siffror i texten leder hit. Här står varifrån var och en kommer.</p>"
        '<div class="scroll" role="region" tabindex="0" aria-labelledby="siffrornas-ursprung">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></section>"
    )
