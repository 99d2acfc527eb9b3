"""The tags and filters of the interface: `{% load uppsikt %}`. See docs/design.md."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import lucide
from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template import loader
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from uppsikt.kernel import numbers
from uppsikt.kernel.period import format_date
from uppsikt.web import notices
from uppsikt.web.chrome import NavItem
from uppsikt.web.parts import Judgement, Origin, Symbol, Text, Trend
from uppsikt.web.svg import SYMBOLS
from uppsikt.web.svg import sparkline as draw_sparkline
from uppsikt.web.tables import Group, Table

register = template.Library()


# ---------------------------------------------------------------- figures and dates


@register.filter
def decimal(value: Decimal | int | None, decimals: int | None = None) -> str:
    """A figure the Swedish way; an en dash for None. `{{ value|decimal:1 }}`"""
    return numbers.format_decimal(Decimal(value) if isinstance(value, int) else value, decimals)


@register.filter
def share(value: Decimal | None, decimals: int = 0) -> str:
    """A share (0-1) as percent with its sign; an en dash for None."""
    if value is None:
        return numbers.MISSING
    return f"{numbers.format_decimal(value * 100, decimals)}{numbers.NBSP}%"


@register.filter
def signed(value: Decimal | None, decimals: int | None = None) -> str:
    """A change or a distance, with a plus before positive figures."""
    return numbers.format_signed(value, decimals)


@register.filter
def date_sv(value: date | None) -> str:
    """A date in words, such as 26 mars 2025; an en dash for None."""
    return numbers.MISSING if value is None else format_date(value)


@register.simple_tag
def count_of(part: int, whole: int) -> str:
    """A count of a whole, such as 8 av 18."""
    return numbers.count_of(part, whole)


# ---------------------------------------------------------------- signs


def _inline(component: str, context: dict[str, Any]) -> SafeString:
    """A component in the middle of a sentence: without the line break that ends its file."""
    return mark_safe(loader.get_template(f"web/components/{component}.html").render(context).strip())  # noqa: S308


@register.simple_tag
def icon(name: str, *, css: str = "", label: Text = "") -> SafeString:
    """An icon from Lucide, silent unless it has a label. `{% icon "search" %}`"""
    return _drawn_icon(str(name), f"icon {css}".strip(), str(label))


@lru_cache(maxsize=512)
def _drawn_icon(name: str, classes: str, label: str) -> SafeString:
    """The icon as SVG, drawn once: a table has the same one in every row."""
    spoken = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    # Lucide writes XML attributes escaped; the names come from templates, never from input.
    return mark_safe(lucide._render_icon(name, None, **{"class": classes}, **spoken))  # noqa: S308, SLF001


@register.simple_tag
def shape(name: str, colour: str = "") -> SafeString:
    """A symbol's shape alone, for where its words already stand beside it."""
    drawing = SYMBOLS[str(name)]
    tone = f" tone-{colour}" if colour else ""
    return format_html(
        '<svg class="symbol{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{}</svg>',
        tone,
        mark_safe(drawing),  # noqa: S308  our own drawings
    )


@register.simple_tag
def symbol(value: Symbol | None, *, large: bool = False, toned: bool = False) -> SafeString:
    """Shape and word of a `Symbol`; nothing for None."""
    return _inline("state", {"symbol": value, "large": large, "toned": toned})


@register.simple_tag
def fulfilment_symbol(
    shape: str, words: Text, colour: str = "neutral", *, note: Text = "", large: bool = False
) -> SafeString:
    """A filling circle with its words. `{% fulfilment_symbol "circle-3" "I hög grad" "good" %}`"""
    return _inline("state", {"symbol": Symbol(shape, words, colour, note), "large": large, "toned": False})


@register.simple_tag
def status_symbol(shape: str, words: Text, colour: str = "neutral", *, note: Text = "") -> SafeString:
    """A status shape with its words. `{% status_symbol "square-full" "Klart" "good" %}`"""
    return _inline("state", {"symbol": Symbol(shape, words, colour, note), "large": False, "toned": False})


@register.simple_tag
def judgement(value: Judgement | str, *, departs: Text = "") -> SafeString:
    """Whether a target is met, and the diamond where a person departs from the rule."""
    return _inline(
        "judgement",
        {"judgement": value if isinstance(value, Judgement) else Judgement(value, departs=departs)},
    )


@register.simple_tag
def trend(value: Trend) -> SafeString:
    """An arrow with bättre, sämre or oförändrad."""
    return _inline("trend", {"trend": value})


@register.simple_tag
def sparkline(
    values: list[Decimal | None], target: Decimal | None = None, description: str = ""
) -> SafeString:
    """A series drawn in a line of text."""
    return _inline("sparkline", {"sparkline": draw_sparkline(values, target, description=description)})


@register.simple_tag
def figure(text: str, origin: Origin | Mapping[str, Any] | None = None) -> SafeString:
    """A figure; with an origin it can be pressed to see where it comes from.

    The id is drawn by lot, because parts of a page arrive at different times and must not collide.
    """
    if isinstance(origin, Mapping):
        origin = Origin(**{key: origin.get(key) or "" for key in Origin.__dataclass_fields__})
    return _inline(
        "figure", {"text": text, "origin": origin, "id": f"ursprung-{secrets.token_hex(4)}" if origin else ""}
    )


_WHOLE = re.compile(r"\d{4}-\d{2}-\d{2}(?:\s§\s?\w+)?|§\s?\w+|[A-ZÅÄÖ]{1,6}[- ]?\d{4}[/:-]\d+")


@register.filter
def unbroken(text: object) -> SafeString:
    """Words in which dates, sections and case numbers never break over two lines: `{{ fact|unbroken }}`."""
    words = str(text)
    parts: list[str] = []
    at = 0
    for found in _WHOLE.finditer(words):
        parts += (words[at : found.start()], format_html('<span class="nowrap">{}</span>', found.group()))
        at = found.end()
    parts.append(words[at:])
    return format_html_join("", "{}", ((part,) for part in parts))


# ---------------------------------------------------------------- tables and page


@register.inclusion_tag("web/components/table.html", takes_context=True)
def data_table(context: template.Context, table: Table) -> dict[str, Any]:
    """A whole table with head, sections, sums, notes, and its empty state."""
    return {"table": table, "request": context.get("request"), "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("web/components/table_group.html", takes_context=True)
def table_group(context: template.Context, table: Table, group: Group) -> dict[str, Any]:
    """One row group, as htmx fetches it when a tree row is opened or closed."""
    return {"table": table, "group": group, "csrf_token": context.get("csrf_token")}


@register.simple_tag(takes_context=True)
def is_current(context: template.Context, item: NavItem) -> bool:
    """Whether a link of the navigation leads to where one is. A page may decide with `nav_current`."""
    chosen = context.get("nav_current")
    if chosen:
        return bool(chosen == item.key)
    request: HttpRequest | None = context.get("request")
    match = request.resolver_match if request is not None else None
    return match is not None and any(match.view_name.startswith(start) for start in item.matches)


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The numbers to show of a long list, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def undo_address(extra_tags: str | None) -> str:
    """The address that takes back what a message tells of."""
    return notices.undo_address(extra_tags)


@register.simple_tag
def url_or_empty(name: str) -> str:
    """An address by name, or nothing where the installation has no such page (error pages use it)."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
