"""The oversight page: all bodies, the worst first, each cell by symbol, word and figure, with what changed since last."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import short_name
from uppsikt.cycle.selectors import Round
from uppsikt.organisation.rules import BodyKind
from uppsikt.oversight.pages.links import ground
from uppsikt.oversight.pages.listing import NAME, Line, Listing, listing
from uppsikt.oversight.pages.words import Told, told
from uppsikt.oversight.rules.board import Change, Judged, Level, Standing, change
from uppsikt.oversight.selectors.board import SUBJECTS, before
from uppsikt.web.parts import Action, Crumb, Empty, Link, Text
from uppsikt.web.tables import Sort

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Square:
    """A cell as it is drawn. `level`: its tint; `change`: better, worse, new or nothing, with `since` in words."""

    label: Text
    told: Told
    level: str
    href: str
    change: str
    change_label: Text
    since: Text


@dataclass(frozen=True, slots=True)
class Shown:
    """A body's row."""

    key: str
    name: str
    kind: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: how many stand red and yellow in it, and the link that sorts by it."""

    key: str
    label: Text
    sort: Sort
    bad: int
    warn: int


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The page. `kept`: what the search form sends beside the words; `notes` stand under the table."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    actions: tuple[Action, ...]
    chips: tuple[Link, ...]
    kinds: tuple[Link, ...]
    kept: tuple[tuple[str, str], ...]
    q: str
    headings: tuple[Heading, ...]
    body_sort: Sort
    rows: tuple[Shown, ...]
    notes: tuple[Text, ...]
    empty: Empty | None
    page_obj: Page[Any]


def board_page(context: Context, params: QueryDict, today: dt.date) -> BoardPage:
    """Every body one may read, in the chosen round. A constant number of queries."""
    listed = listing(context, params, today)
    page_obj = Paginator(listed.found, PER_PAGE).get_page(params.get("page"))
    shown: Sequence[Line] = list(page_obj.object_list)
    earlier: Round | None = None
    stood: Mapping[int, Standing] = {}
    if listed.round and shown:
        earlier, stood = before(listed.round, [line.body.pk for line in shown], today)
    return BoardPage(
        title=_("Uppsikt över alla organ"),
        lead=_lead(listed),
        crumbs=(Crumb(_("Alla organ")), Crumb(str(context.year)), Crumb(_("Uppsikt"))),
        tabs=tabs(context, "board"),
        actions=_actions(listed, params),
        chips=tuple(_chips(listed, params)),
        kinds=tuple(_kinds(listed, params)),
        kept=tuple((name, str(params[name])) for name in ("kind", "only", "sort") if params.get(name)),
        q=listed.q,
        headings=tuple(_headings(listed, params)),
        body_sort=_sort(listed, params, NAME),
        rows=tuple(_row(line, listed.round, earlier, stood.get(line.body.pk)) for line in shown),
        notes=tuple(_notes(listed, earlier)) if shown else (),
        empty=None if shown else _empty(listed),
        page_obj=page_obj,
    )


def tabs(context: Context, current: str) -> tuple[Link, ...]:
    """The page of all bodies and the lint of one body's steering."""
    round_ = f"?round={context.round.key}" if context.round else ""
    return (
        Link(_("Alla organ"), reverse("oversight:board") + round_, current == "board"),
        Link(_("Granska styrningen"), reverse("oversight:lint") + round_, current == "lint"),
    )


def query(params: QueryDict, **changes: str) -> str:
    """The page's own address with some of it changed; what concerns the switcher and the page's number is left out."""
    asked = params.copy()
    for name in ("page", "body", "round"):
        asked.pop(name, None)
    for name, value in changes.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return f"?{asked.urlencode()}"


def _lead(listed: Listing) -> str:
    lines = [line for line in listed.kept if line.standing.judged]
    if not lines:
        return ""
    red = sum(line.standing.bad > 0 for line in lines)
    if not red:
        return _("Inget av %(count)s organ har något rött.") % {"count": len(lines)}
    first = ngettext(
        "%(red)s av %(count)s organ har något rött. Sämst läge först.",
        "%(red)s av %(count)s organ har något rött. Sämst läge först.",
        len(lines),
    ) % {"red": red, "count": len(lines)}
    counts = [(levels[Level.BAD], subject) for subject, levels in zip(SUBJECTS, _levels(lines), strict=True)]
    most = max(count for count, _subject in counts)
    subjects = [subject.label.lower() for count, subject in counts if count == most]
    second = _("Flest röda: %(subjects)s (%(count)s organ).") % {
        "subjects": ", ".join(subjects[:2]),
        "count": most,
    }
    return f"{first} {second}"


def _actions(listed: Listing, params: QueryDict) -> tuple[Action, ...]:
    if not listed.found:
        return ()
    return (Action(_("Hämta till Excel"), reverse("oversight:workbook") + query(params), icon="download"),)


def _chips(listed: Listing, params: QueryDict) -> Iterable[Link]:
    counts = {
        "": sum(line.standing.judged for line in listed.kept),
        "bad": sum(line.standing.bad > 0 for line in listed.kept),
        "warn": sum(line.standing.bad + line.standing.warn > 0 for line in listed.kept),
        "empty": sum(not line.standing.judged for line in listed.kept),
    }
    words = {
        "": (_("Alla"), ""),
        "bad": (_("Med något rött"), "cross"),
        "warn": (_("Med rött eller gult"), "triangle-half"),
        "empty": (_("Utan underlag"), "dash"),
    }
    for key, (label, shape) in words.items():
        if counts[key] or key in ("", listed.only):
            yield Link(label, query(params, only=key), listed.only == key, str(counts[key]), shape)


def _kinds(listed: Listing, params: QueryDict) -> Iterable[Link]:
    counts = Counter(line.body.kind for line in listed.lines if line.standing.judged)
    if len(counts) < 2 and not listed.kind:
        return
    yield Link(_("Alla slag"), query(params, kind=""), not listed.kind)
    for kind in BodyKind:
        if counts[kind.value] or kind.value == listed.kind:
            yield Link(
                kind.label.capitalize(),
                query(params, kind=kind.value),
                listed.kind == kind.value,
                str(counts[kind.value]),
            )


def _sort(listed: Listing, params: QueryDict, key: str) -> Sort:
    """A second press takes away the sorting: worst first is where one comes back to."""
    chosen = listed.sort == key
    state: Literal["ascending", "descending", "none"] = "none"
    if chosen:
        state = "ascending" if key == NAME else "descending"
    return Sort(query(params, sort="" if chosen else key), state)


def _headings(listed: Listing, params: QueryDict) -> Iterable[Heading]:
    for subject, levels in zip(SUBJECTS, _levels(listed.found), strict=True):
        yield Heading(
            subject.value,
            subject.label,
            _sort(listed, params, subject.value),
            levels[Level.BAD],
            levels[Level.WARN],
        )


def _levels(lines: Iterable[Line]) -> list[Counter[Level]]:
    """How many stand at each level, subject by subject."""
    columns = zip(*(line.standing.cells for line in lines), strict=True)
    return [Counter(cell.level for cell in column) for column in columns] or [Counter() for _one in SUBJECTS]


def _row(line: Line, round_: Round | None, earlier: Round | None, stood: Standing | None) -> Shown:
    assert round_ is not None
    squares = []
    for at, subject in enumerate(SUBJECTS):
        cell = line.standing.cells[at]
        was = stood.cells[at] if stood else None
        changed = change(cell, was) if earlier else Change.SAME
        squares.append(
            Square(
                label=subject.label,
                told=told(cell),
                level=cell.level.name.lower(),
                href=ground(subject, cell, line.body.key, round_) if cell.level is not Level.NOTHING else "",
                change=changed.value,
                change_label=changed.label if changed else "",
                since=_since(was, earlier) if changed and was and earlier else "",
            )
        )
    return Shown(line.body.key, line.body.name, BodyKind(line.body.kind).label, tuple(squares))


def _since(was: Judged, earlier: Round) -> str:
    """How the cell stood the last time, for the change's own words."""
    held = told(was)
    return _("%(round)s: %(word)s %(figure)s") % {
        "round": short_name(earlier.kind, earlier.cutoff),
        "word": held.symbol.words,
        "figure": held.figure,
    }


def _notes(listed: Listing, earlier: Round | None) -> Iterable[str]:
    if earlier is not None:
        yield _("Pilarna visar vad som ändrats sedan %(round)s.") % {
            "round": short_name(earlier.kind, earlier.cutoff)
        }
    yield _(
        "Ordning: flest röda först, sedan flest gula, sedan kommunens egen ordning. Mål bedöms efter det sämsta målet, kontroller efter senaste resultat."
    )
    bare = [line.body.short or line.body.name for line in listed.kept if not line.standing.judged]
    if bare and not listed.only:
        names = ", ".join(bare[:8]) + (" …" if len(bare) > 8 else "")
        yield _("Utan plan, ekonomi och kontroller i år och därför inte med: %(names)s.") % {"names": names}


def _empty(listed: Listing) -> Empty:
    if listed.q or listed.only or listed.kind:
        return Empty(
            _("Inget organ motsvarar filtret"), _("Ta bort något av det du filtrerar på."), icon="binoculars"
        )
    return Empty(
        _("Inget att ha uppsikt över än"),
        _(
            "Här står alla nämnder, bolag och förbund med mål, uppdrag, ekonomi, intern kontroll och revision, så snart ett uppföljningstillfälle har öppnats."
        ),
        Action(_("Till år och tillfällen"), reverse("cycle:year_list")),
        icon="binoculars",
    )
