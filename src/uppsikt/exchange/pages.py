"""The pages where data come in and go out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.exchange import selectors
from uppsikt.exchange.rules.changes import Change, RowChange, TableChanges
from uppsikt.exchange.rules.result import ImportResult
from uppsikt.kernel.numbers import format_decimal
from uppsikt.kernel.problems import Problem
from uppsikt.texts.pages import moment_text
from uppsikt.web.parts import Action, Crumb, Empty, KeyFigure, Text
from uppsikt.web.tables import Cell, Column, Row, Table

MOST_FAULTS = 500
MOST_ROWS = 100  # shown of one table's changes; the count tells of the rest
RECENT = 10


@dataclass(frozen=True, slots=True)
class ImportPage:
    """Where a file is handed in. `recent`: what has been read in before. `template_href`: a workbook to fill in."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    form: Form
    recent: Table
    template_href: str


@dataclass(frozen=True, slots=True)
class Section:
    """One table's changes, folded. `count`: in words. `is_open`: shown from the start."""

    title: Text
    count: Text
    table: Table
    is_open: bool


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a file would change, or what is wrong with it.

    `verdict` and `tone`: the answer in one sentence. `faults` or `sections` (one for each table). `apply`: the button, None when there is nothing to do.
    """

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tone: str
    icon: str
    verdict: Text
    figures: tuple[KeyFigure, ...]
    faults: Table | None
    sections: tuple[Section, ...]
    apply: Action | None
    back: Action


@dataclass(frozen=True, slots=True)
class Download:
    """One thing to take home."""

    title: Text
    text: Text
    action: Action


@dataclass(frozen=True, slots=True)
class ExportPage:
    """What there is to take home."""

    title: Text
    lead: Text
    downloads: tuple[Download, ...]


def import_page(form: Form) -> ImportPage:
    """The page for handing in a file."""
    rows = [
        Row(
            (
                Cell(moment_text(event.at)),
                Cell(event.label),
                Cell(event.actor_name),
                Cell(_number(sum(event.data.get("rows", {}).values()))),
            )
        )
        for event in selectors.recent_imports(RECENT)
    ]
    empty = Empty(
        _("Inget har lästs in ännu"), _("Här syns vad som har lästs in, när och av vem."), icon="inbox"
    )
    return ImportPage(
        title=_("Läs in data"),
        lead=_("Du får först se vad som ändras. Inget ändras förrän du har godkänt det."),
        crumbs=(),
        form=form,
        recent=Table(
            "imports",
            _("Senast inläst"),
            (
                Column("at", _("När"), width="fit"),
                Column("what", _("Vad")),
                Column("who", _("Av vem")),
                Column("rows", _("Ändrade rader"), align="num"),
            ),
            tuple(rows),
            empty=empty,
        ),
        template_href=reverse("exchange:download", args=["template"]),
    )


def preview_page(result: ImportResult, digest: str) -> PreviewPage:
    """What the file would do."""
    back = Action(_("Välj en annan fil"), reverse("exchange:import"), icon="upload")
    crumbs = (Crumb(_("Läs in data"), reverse("exchange:import")), Crumb(result.name))
    if result.problems:
        return _faulty(result, crumbs, back)
    changed = result.rows_changed
    return PreviewPage(
        title=_("Granska inläsningen"),
        lead=result.name,
        crumbs=crumbs,
        tone="accent" if changed else "good",
        icon="list-checks" if changed else "check",
        verdict=_("Så här blir det om du läser in filen. Inget är ändrat ännu.")
        if changed
        else _("Allt i filen finns redan, så det finns inget att läsa in."),
        figures=(
            KeyFigure(_("Nya rader"), _number(sum(one.new for one in result.changes))),
            KeyFigure(_("Ändrade rader"), _number(sum(one.changed for one in result.changes))),
            KeyFigure(_("Redan lika"), _number(result.rows_unchanged)),
        ),
        faults=None,
        sections=tuple(_changes(one, changed) for one in result.changes if one.rows),
        apply=Action(
            _("Läs in"), reverse("exchange:preview", args=[digest]), primary=True, post=True, icon="check"
        )
        if changed
        else None,
        back=back,
    )


def _faulty(result: ImportResult, crumbs: tuple[Crumb, ...], back: Action) -> PreviewPage:
    count = len(result.problems)
    return PreviewPage(
        title=_("Filen behöver rättas"),
        lead=result.name,
        crumbs=crumbs,
        tone="bad",
        icon="circle-alert",
        verdict=_("%(count)s fel. Ingenting har ändrats: rätta filen och läs in den igen.")
        % {"count": _number(count)},
        figures=(),
        faults=_faults(result),
        sections=(),
        apply=None,
        back=back,
    )


def _faults(result: ImportResult) -> Table:
    """The faults by file or sheet, in the order of the rows."""
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in result.problems[:MOST_FAULTS]:
        by_file[problem.where.file].append(problem)
    rest = len(result.problems) - MOST_FAULTS
    return Table(
        "faults",
        _("Det här är fel"),
        (
            Column("where", _("Var"), width="fit"),
            Column("message", _("Vad som är fel och vad du kan göra"), width="wide"),
        ),
        tuple(line for file, found in by_file.items() for line in _fault_lines(result.name, file, found)),
        caption_hidden=True,
        row_header=False,
        notes=(_("… och %(count)s fel till.") % {"count": _number(rest)},) if rest > 0 else (),
    )


def _fault_lines(name: str, file: str, problems: list[Problem]) -> Iterator[Row]:
    title = file.removeprefix(f"{name}, ") or name
    title = title[:1].upper() + title[1:] if title.startswith("bladet ") else title
    count = _("%(count)s fel") % {"count": _number(len(problems))}
    yield Row((Cell(f"{title}: {count}", colspan=2),), kind="section")
    for one in problems:
        row = "" if one.where.row is None else _("Rad %(row)s") % {"row": one.where.row}
        yield Row((Cell(row, sub=one.where.field), Cell(one.message, sub=one.remedy)))


def _changes(changes: TableChanges, total: int) -> Section:
    parts = [
        _("%(count)s nya") % {"count": _number(changes.new)} if changes.new else "",
        _("%(count)s ändrade") % {"count": _number(changes.changed)} if changes.changed else "",
    ]
    rest = len(changes.rows) - MOST_ROWS
    # What is changed matters more than what is added, which nobody has seen before.
    rows = sorted(changes.rows, key=lambda row: row.kind is Change.NEW)[:MOST_ROWS]
    return Section(
        changes.table.title,
        ", ".join(filter(None, parts)),
        Table(
            f"changes-{changes.table.key}",
            changes.table.title,
            (Column("what", _("Rad"), width="wide"), Column("change", _("Ändring"), width="wide")),
            tuple(_line(row) for row in rows),
            caption_hidden=True,
            notes=(_("… och %(count)s rader till.") % {"count": _number(rest)},) if rest > 0 else (),
        ),
        is_open=total <= MOST_ROWS // 2 or bool(changes.changed),
    )


def _line(row: RowChange) -> Row:
    label = Cell(row.label, sub=row.key if row.key != row.label else "")
    if row.kind is Change.NEW:
        return Row((label, Cell(_("ny rad"), muted=True)))
    return Row((label, Cell(lines=tuple(f"{one.name}: {one.before} → {one.after}" for one in row.fields))))


def export_page() -> ExportPage:
    """What there is to take home."""

    def download(form: str, title: Text, text: Text) -> Download:
        href = reverse("exchange:download", args=[form])
        return Download(title, text, Action(_("Hämta"), href, icon="download"))

    return ExportPage(
        title=_("Exportera data"),
        lead=_(
            "Allt om planering och uppföljning, i ett öppet format som går att läsa in igen utan förlust."
        ),
        downloads=(
            download(
                "workbook",
                _("Excel-arbetsbok"),
                _("Ett blad för varje tabell, med listor att välja ur. Bra för att rätta och fylla på."),
            ),
            download(
                "dataset",
                _("Mapp med YAML och CSV (zip)"),
                _("Samma innehåll som textfiler, med logotyp och styrmodeller. Bra för arkiv och program."),
            ),
            download(
                "template",
                _("Tom mall"),
                _("En arbetsbok med rubriker, hjälp och listor men utan rader."),
            ),
        ),
    )


def _number(count: int) -> str:
    return format_decimal(Decimal(count))
