"""A form over something of the economy, and both versions when somebody else was first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from uppsikt.economy.pages.tabs import tabs
from uppsikt.history.superseding import SupersedingRow
from uppsikt.planning.pages.editing import Conflict
from uppsikt.texts.pages import moment_text
from uppsikt.web.diff import side_by_side
from uppsikt.web.parts import Action, Crumb, Fact, Link, Text
from uppsikt.web.tables import Table


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands now: its version, what a form would start with, and who saved it when."""

    version: str
    values: Mapping[str, Any]
    saved: Text = ""


def saved_by(row: SupersedingRow | None) -> str:
    """Who saved what stands, and when; what is said when nothing stands any more."""
    if row is None:
        return _("Borttaget av någon annan")
    return _("Sparat av %(who)s %(when)s") % {
        "who": row.recorded_by_name,
        "when": moment_text(row.recorded_at),
    }


def clash(form: Any, standing: Standing) -> Conflict:
    """The form as sent against what stands now."""
    return Conflict(
        rows=side_by_side(form.described(form.data), form.described(standing.values)),
        mine=_("Din version, inte sparad"),
        theirs=standing.saved or _("Det som är sparat"),
    )


@dataclass(frozen=True, slots=True)
class KeepPage:
    """A form with its buttons. `others`: what else may be done with the thing; `tables`: what to go by."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    tabs: tuple[Link, ...]
    form: Any
    submit: Text
    back: str
    others: tuple[Action, ...]
    conflict: Conflict | None
    facts_title: Text
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]


def keep_page(
    *,
    tab: str,
    title: Text,
    crumbs: tuple[Crumb, ...],
    form: Any,
    back: str,
    conflict: Conflict | None,
    lead: Text = "",
    others: tuple[Action, ...] = (),
    facts_title: Text = "",
    facts: tuple[Fact, ...] = (),
    tables: tuple[Table, ...] = (),
) -> KeepPage:
    """The page around a form."""
    return KeepPage(
        title=title, lead=lead, crumbs=(*crumbs, Crumb(title)), tabs=tabs(tab), form=form,
        submit=_("Spara min version") if conflict else _("Spara"), back=back, others=others, conflict=conflict,
        facts_title=facts_title, facts=facts, tables=tables,
    )  # fmt: skip
