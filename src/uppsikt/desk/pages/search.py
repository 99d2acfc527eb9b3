"""Search over what a person may read: names first, then texts, the latest year first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.desk.pages.addresses import of_drafts, of_report
from uppsikt.kernel import clock
from uppsikt.organisation import selectors as organisation
from uppsikt.planning.selectors.search import Hit, search, spellings
from uppsikt.reports import selectors as reports
from uppsikt.texts import selectors as texts
from uppsikt.texts.rules import text_of
from uppsikt.web.parts import Crumb, Text

SHORTEST, MOST, AROUND = 2, 12, 70
LIVE = re.compile(r"\[\[[a-z_]+\]\]")  # a live figure, before it has been worked out


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: its name with the words marked, where it belongs, and the text around the words."""

    name: SafeString
    where: str
    text: SafeString | str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind, best first. `more`: how many are not shown."""

    label: Text
    found: tuple[Found, ...]
    more: Text


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found. `query` is what was asked for."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    query: str
    groups: tuple[Group, ...]


def search_page(query: str, readable: Collection[str] | None) -> SearchPage:
    """The page. Six queries, whatever is found."""
    words = " ".join(query.split())[:100]
    groups: list[Group] = []
    if len(words) >= SHORTEST:
        names = organisation.body_names(clock.today())
        hits = search(words, readable)
        labels = {"goal": _("Mål"), "indicator": _("Indikatorer"), "assignment": _("Uppdrag")}
        for kind, label in labels.items():
            ranked = sorted((hit for hit in hits if hit.kind == kind), key=lambda hit: _rank(hit, words))
            groups.append(_group(label, [_found(hit, words, names) for hit in ranked]))
        groups.append(_group(_("Rapporter"), list(_reports(words, readable, names))))
        groups.append(_group(_("Texter"), list(_texts(words, readable, names))))
    shown = tuple(group for group in groups if group.found)
    return SearchPage(
        title=_("Sök: %(words)s") % {"words": words} if words else _("Sök"),
        lead=_lead(words, shown),
        crumbs=(Crumb(_("Sök")),),
        query=words,
        groups=shown,
    )


def _lead(words: str, groups: tuple[Group, ...]) -> str:
    if len(words) < SHORTEST:
        return _(
            "Skriv minst två tecken: ett mål, en indikator, ett uppdrag, ett ärendenummer eller ord ur en text."
        )
    if not groups:
        return _("Inget hittades. Pröva ett kortare ord eller en annan böjning.")
    count = sum(len(group.found) for group in groups)
    return ngettext("%(count)s träff.", "%(count)s träffar.", count) % {"count": count}


def _rank(hit: Hit, words: str) -> tuple[int, int, str]:
    """Names that begin with the words, names that hold them, texts; the latest year first."""
    name, wanted = hit.name.casefold(), words.casefold()
    place = 0 if name.startswith(wanted) else 1 if wanted in name else 2
    return place, -hit.year, name


def _group(label: str, found: list[Found]) -> Group:
    more = len(found) - MOST
    return Group(
        label, tuple(found[:MOST]), _("%(count)s till; skriv fler ord.") % {"count": more} if more > 0 else ""
    )


def _found(hit: Hit, words: str, names: dict[str, str]) -> Found:
    href = reverse(f"planning:{hit.kind}", args=[hit.key])
    return Found(
        name=marked(hit.name, words),
        where=f"{names.get(hit.body, hit.body)} · {hit.year}",
        text=around(hit.text, words),
        href=f"{href}?use={hit.use}" if hit.use else href,
    )


def _reports(words: str, readable: Collection[str] | None, names: dict[str, str]) -> Iterable[Found]:
    wanted = words.casefold()
    for row in reports.reports():
        title = f"{row.title} {names.get(row.body.key, '')}"
        if (readable is None or row.body.key in readable) and all(
            part in title.casefold() for part in wanted.split()
        ):
            where = f"{names.get(row.body.key, row.body.key)} · {row.year_id}"
            yield Found(marked(row.title, words), where, "", of_report(row))


def _texts(words: str, readable: Collection[str] | None, names: dict[str, str]) -> Iterable[Found]:
    """Long texts of goals and reports that hold the words."""
    rows = list(texts.containing(spellings(words)))
    hrefs = of_drafts([row.text.slot for row in rows])
    for row in rows:
        slot, plain = row.text.slot, text_of(row.content)
        href = hrefs.get(slot, "")
        body = href.split("/")[2] if slot.startswith("report:") and href else (slot.split(":") + [""] * 4)[3]
        if (
            not href
            or (readable is not None and body not in readable)
            or words.casefold() not in plain.casefold()
        ):
            continue
        if slot.startswith("goal:"):
            href = f"{reverse('planning:goal', args=[slot.split(':')[1]])}?round={slot.split(':')[2]}"
        yield Found(marked(row.text.label or slot, words), names.get(body, body), around(plain, words), href)


def marked(text: str, words: str) -> SafeString:
    """The text with the words marked."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", part) if hit else part,) for part, hit in _parts(text, words)),
    )


def around(text: str, words: str) -> SafeString | str:
    """Some of the text around the words, marked; nothing when it does not hold them."""
    flat = " ".join(LIVE.sub("…", text).split())
    at = flat.casefold().find(words.casefold())
    if at < 0:
        return ""
    begin, end = max(0, at - AROUND), min(len(flat), at + len(words) + AROUND)
    cut = flat[begin:end]
    if begin:
        cut = "… " + cut.partition(" ")[2]
    if end < len(flat):
        cut = cut.rpartition(" ")[0] + " …"
    return marked(cut, words)


def _parts(text: str, words: str) -> Iterable[tuple[str, bool]]:
    low, wanted = text.casefold(), words.casefold()
    if (
        len(low) != len(text) or not wanted
    ):  # folding changed the length (ß): mark nothing rather than wrongly
        yield text, False
        return
    at = 0
    while (next_ := low.find(wanted, at)) >= 0:
        yield text[at:next_], False
        yield text[next_ : next_ + len(wanted)], True
        at = next_ + len(wanted)
    yield text[at:], False
