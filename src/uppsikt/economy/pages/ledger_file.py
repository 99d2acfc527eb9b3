"""A ledger file before it is read: handed in, looked at, and how it is to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from uppsikt.economy.pages.tabs import tabs
from uppsikt.economy.rules.coding import ALL
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors import LedgerLoad
from uppsikt.economy.selectors import models as economy_models
from uppsikt.files import selectors as files
from uppsikt.files.rules import CSV, SIE, XLSX
from uppsikt.files.selectors import StoredFile
from uppsikt.kernel import clock
from uppsikt.ledger.extract.preview import Preview, columns_of
from uppsikt.ledger.sie.reading import look_sie
from uppsikt.web.parts import Crumb, Fact, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table

LEDGERS = frozenset(kind.media_type for kind in (SIE, CSV, XLSX))
FACTS: Mapping[str, Text] = {
    "type": lazy("SIE-typ"), "company": lazy("Företag"), "org_number": lazy("Organisationsnummer"), "year": lazy("Räkenskapsår"),
    "covers_to": lazy("Till och med"), "program": lazy("Program"), "generated": lazy("Framställd"), "encoding": lazy("Teckenkodning"),
    "dimensions": lazy("Dimensioner"), "corrections": lazy("Rättelser"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UploadPage:
    """Where a file is handed in. `without_model`: there is no economy model to read it by."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    form: Any
    without_model: bool


@dataclass(frozen=True, slots=True)
class FilePage:
    """The file at a first look, and the options. `preview`: an extract's first rows. `fault`: why it cannot be read."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    facts: tuple[Fact, ...]
    form: Any
    preview: Table | None
    fault: Text


@dataclass(frozen=True, slots=True)
class Look:
    """What a file says of itself. `preview` for an extract. `fault` when it can be no ledger."""

    name: str
    facts: Mapping[str, str]
    preview: Preview | None
    fault: Text


def upload_page(form: Any) -> UploadPage:
    """The form for a file."""
    return UploadPage(
        title=_("Läs in huvudbok"),
        lead=_("Du får först se vad filen innehåller. Sedan kontrolleras allt, och inget ändras om något är fel."),
        crumbs=_crumbs(_("Läs in huvudbok")),
        tabs=tabs("economy:ledger"),
        form=form,
        without_model=not economy_models.documents(),
    )  # fmt: skip


def look(file: StoredFile, name: str) -> Look:
    """Look at a stored file. Raises: FileNotFoundError when it is no longer there."""
    source = files.path(file)
    if PurePath(name).suffix.lower() in {".csv", ".txt", ".xlsx"}:
        preview = columns_of(source, name=name)
        fault = " ".join(f"{one.message} {one.remedy}" for one in preview.problems)
        return Look(name, preview.facts, preview, fault)
    facts = look_sie(source, name=name)
    fault = "" if facts else _("Filen är ingen SIE-fil. Ta ut huvudboken på nytt ur ekonomisystemet.")
    return Look(name, facts, None, fault)


def file_page(found: Look, form: Any) -> FilePage:
    """The page of a file."""
    return FilePage(
        title=_("Granska filen"),
        lead=found.name,
        crumbs=_crumbs(_("Granska filen")),
        tabs=tabs("economy:ledger"),
        facts=facts_of(found.facts),
        form=form,
        preview=_preview(found.preview) if found.preview and not found.fault else None,
        fault=found.fault,
    )


def facts_of(facts: Mapping[str, str]) -> tuple[Fact, ...]:
    """What a file says of itself, in Swedish words."""
    return tuple(Fact(str(label), facts[key]) for key, label in FACTS.items() if facts.get(key))


def words(year: int = 0) -> dict[str, str]:
    """What an extract's columns are called: the municipality's own words for its dimensions."""
    try:
        model = economy_models.model_for(year or clock.today().year)
    except LookupError:
        model = EconomyModel("")
    known = ["account", *(one.key for one in model.dimensions)]
    found = {column: model.label_of(column) for column in known}
    return found | {
        f"{column}_name": _("%(what)s, benämning") % {"what": word} for column, word in found.items()
    }


def _preview(preview: Preview) -> Table:
    return Table(
        key="forsta-raderna",
        caption=_("Filens första rader"),
        columns=tuple(Column(f"k{number}", title or ALL) for number, title in enumerate(preview.headings)),
        rows=tuple(
            Row(tuple(Cell(text) for text in (*row, *[""] * (len(preview.headings) - len(row)))[: len(preview.headings)]))
            for row in preview.rows
        ),
        row_header=False,
        dense=True,
        sticky=False,
        notes=(_("Rubrikerna står på rad %(row)s.") % {"row": preview.heading_row},),
    )  # fmt: skip


def _crumbs(title: str) -> tuple[Crumb, ...]:
    return Crumb(_("Huvudbok"), reverse("economy:ledger")), Crumb(title)


def load_crumbs(row: LedgerLoad) -> tuple[Crumb, ...]:
    """Where a load's own page stands."""
    return _crumbs(row.name)
