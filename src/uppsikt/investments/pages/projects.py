"""The list of projects: what each has been given, has cost, is thought to cost, and how it keeps to its time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle.context import Context
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.investments.pages import links
from uppsikt.investments.pages.listing import FILTERS, SORTABLE, WHOLE, Listing, listing
from uppsikt.investments.pages.money import FLOW_WORDS, UNIT, amount, percent, schedule, tkr, variance
from uppsikt.investments.rules.listing import DECEMBER, totals, used_together
from uppsikt.investments.rules.words import NET
from uppsikt.investments.selectors.facts import ProjectFacts
from uppsikt.investments.selectors.tables import labels, specs
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table, with_sorting

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class ProjectsPage:
    """The list with its filters. `selects` and `q` are sent with GET, with `kept` beside them."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    chips: tuple[Link, ...]
    selects: tuple[Select, ...]
    kept: tuple[tuple[str, str], ...]
    q: str
    narrowed: Link | None
    table: Table
    page_obj: Page[Any]


def projects_page(
    context: Context, params: QueryDict, bodies: frozenset[str] | None, *, may_add: bool
) -> ProjectsPage:
    """The chosen body's projects in the chosen round, filtered and sorted. A constant number of queries."""
    listed = listing(context, params, bodies)
    page_obj = Paginator(listed.found, PER_PAGE).get_page(params.get("page"))
    title = f"{_('Investeringar')} {context.year}"
    return ProjectsPage(
        title=title,
        lead=_lead(listed, context),
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(_("Investeringar")),
        ),
        actions=tuple(_actions(listed, params, may_add=may_add)),
        tabs=tabs(listed.model, context, "projects"),
        chips=tuple(_chips(listed, params)),
        selects=tuple(_selects(listed, params)),
        kept=tuple(
            (name, str(params[name]))
            for name in ("kind", "group", "key", "register", "sort")
            if params.get(name)
        ),
        q=params.get("q", ""),
        narrowed=_narrowed(listed, params),
        table=_table(listed, list(page_obj.object_list), params, context),
        page_obj=page_obj,
    )


def tabs(model: EconomyModel | None, context: Context, current: str) -> tuple[Link, ...]:
    """The list, the portfolio and the year's tables of projects."""
    found = [
        Link(_("Projekt"), links.projects(round_=context.round), current == "projects"),
        Link(_("Planerat och upparbetat"), links.portfolio(context.round), current == "portfolio"),
    ]
    if model and context.round:
        found.extend(
            Link(
                spec.title.replace("{year}", str(context.year)),
                links.table(spec.key, context.round),
                current == f"table-{spec.key}",
            )
            for spec in specs(model, context.round)
        )
    return tuple(found)


def _lead(listed: Listing, context: Context) -> str:
    if not listed.found or context.round is None:
        return ""
    held = totals(listed.of(row) for row in listed.found)
    late = sum(row.schedule in ("late", "stopped") for row in listed.found)
    count = len(listed.found)
    parts = [
        ngettext("%(count)s projekt.", "%(count)s projekt.", count) % {"count": count},
        _("Utfall %(outcome)s av budget %(budget)s tkr.")
        % {"outcome": tkr(held.outcome), "budget": tkr(held.budget)}
        if held.budget is not None and held.outcome is not None
        else "",
        ngettext("%(late)s är försenat eller stoppat.", "%(late)s är försenade eller stoppade.", late)
        % {"late": late}
        if late
        else "",
    ]
    return " ".join(filter(None, parts))


def _actions(listed: Listing, params: QueryDict, *, may_add: bool) -> list[Action]:
    found = []
    if listed.found:
        workbook = reverse("investments:projects_workbook") + _address(params)
        found.append(Action(_("Hämta till Excel"), workbook, icon="download"))
    if may_add and listed.model:
        found.append(
            Action(_("Lägg till projekt"), reverse("investments:project_new"), primary=True, icon="plus")
        )
    return found


def _address(params: QueryDict, **changes: str) -> str:
    query = params.copy()
    for name in ("page", "body", "round"):
        query.pop(name, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


def _chips(listed: Listing, params: QueryDict) -> list[Link]:
    chosen, whole = params.get("kind", ""), params.get("register") == WHOLE
    counts = Counter(row.project.kind for row in listed.facts)
    names = labels("kind", (), listed.model) if listed.model else {}
    chips = [Link(_("Alla"), _address(params, kind="", phase=""), not chosen, str(len(listed.facts)))]
    chips.extend(
        Link(
            names.get(key, key),
            _address(params, kind=key, phase=""),
            chosen == key,
            str(counts[key]),
        )
        for key in [*names, *(key for key in counts if key not in names)]
        if counts[key] or chosen == key
    )
    if whole or listed.register > len(listed.facts):
        chips.append(
            Link(
                _("Hela registret"),
                _address(params, register="" if whole else WHOLE),
                whole,
                str(listed.register),
            )
        )
    return chips


def _selects(listed: Listing, params: QueryDict) -> list[Select]:
    if listed.model is None:
        return []
    kind = params.get("kind", "")
    words: tuple[tuple[str, str, str], ...] = (
        ("phase", _("Skede"), _("Alla skeden")),
        ("area", _("Område"), _("Alla områden")),
        ("schedule", _("Tidplan"), _("Alla tidplaner")),
    )
    found = []
    rows = [row for row in listed.facts if not kind or row.project.kind == kind]
    for name, label, every in words:
        chosen = params.get(name, "")
        held = {getattr(row.traits, name) for row in rows} | {chosen}
        names = labels(name, listed.facts, listed.model, kind)
        keys = [*(key for key in names if key in held), *sorted(held - names.keys())]
        options = [Option("", every, not chosen)]
        options.extend(Option(key, names.get(key, key), key == chosen) for key in keys if key)
        if len(options) > 2 or chosen:
            found.append(Select(name, label, tuple(options)))
    flows = {flow for row in listed.facts for held in (*row.budgets.values(), *row.outcomes.values())
             for flow, amount_ore in held.items() if amount_ore}  # fmt: skip
    if len(flows) > 1 or listed.flow != NET:
        options = [
            Option("" if key == NET else key, text, key == listed.flow) for key, text in FLOW_WORDS.items()
        ]
        found.append(Select("flow", _("Flöde"), tuple(options)))
    return found


def _narrowed(listed: Listing, params: QueryDict) -> Link | None:
    """What a link from a table has narrowed the list to beside the visible filters, and the way out of it."""
    names = labels("key", listed.facts, listed.model) if listed.model else {}
    words = [names.get(params.get("key", ""), params.get("key", "")), params.get("group", "")]
    text = ", ".join(filter(None, words))
    return Link(text, _address(params, key="", group=""), current=True) if text else None


def _table(listed: Listing, shown: Sequence[ProjectFacts], params: QueryDict, context: Context) -> Table:
    columns = with_sorting(
        (
            Column("name", _("Projekt")),
            Column("phase", _("Skede")),
            Column("schedule", _("Tidplan")),
            Column("budget", _("Budget"), "num"),
            Column("outcome", _("Utfall"), "num"),
            Column("forecast", _("Prognos"), "num"),
            Column("variance", _("Avvikelse"), "num"),
            Column("spent", _("Upparbetat"), "num"),
            Column("decided", _("Beslutat"), "num"),
            Column("used", _("Använt"), "num"),
        ),
        params,
        sortable=SORTABLE,
    )
    filtered = any(params.get(name) for name in (*FILTERS, "q"))
    names = {} if context.body else {row.key: row.short or row.name for row in context.bodies}
    rows = [_row(row, listed, context, names) for row in shown]
    if rows:
        rows.append(_total(listed))
    return Table(
        key="projekt",
        caption=FLOW_WORDS[listed.flow] if listed.flow != NET else _("Projekt"),
        unit=UNIT,
        dense=True,
        columns=columns,
        rows=tuple(rows),
        notes=tuple(_notes(listed, context)) if rows else (),
        empty=Empty(
            _("Inget motsvarar filtret") if filtered else _("Inga projekt för %(year)s än") % {"year": context.year},
            "" if filtered else _("Här står investeringar, lokalprojekt och exploatering med budget, utfall, prognos och tidplan."),
            icon="construction",
        ),
    )  # fmt: skip


def _row(row: ProjectFacts, listed: Listing, context: Context, names: Mapping[str, str]) -> Row:
    held, model = listed.of(row), listed.model
    assert model is not None or not row.phase
    phases = labels("phase", (), model, row.project.kind) if model else {}
    areas = labels("area", (), model) if model else {}
    under = [
        names.get(row.project.body.key, ""),
        row.project.group,
        areas.get(row.project.area, row.project.area),
    ]
    over = held.estimated is not None and held.decided is not None and held.estimated > held.decided
    return Row(
        (
            Cell(
                row.project.name,
                sub=" · ".join(filter(None, under)),
                badges=(Badge(_("Över beslutat"), "warn", "circle-alert"),) if over else (),
            ),
            Cell(phases.get(row.phase, row.phase), muted=True),
            Cell(symbol=schedule(row.schedule)),
            amount(held.budget),
            amount(held.outcome),
            amount(held.forecast),
            variance(held.variance),
            amount(held.spent),
            amount(held.decided),
            Cell(percent(held.used), muted=held.used is None),
        ),
        href=links.project(row.project.key, context.round),
        key=row.project.key,
    )


def _total(listed: Listing) -> Row:
    every = [listed.of(row) for row in listed.found]
    held = totals(every)
    return Row(
        (
            Cell(_("Summa %(count)s projekt") % {"count": len(every)}),
            Cell(),
            Cell(),
            amount(held.budget),
            amount(held.outcome),
            amount(held.forecast),
            variance(held.variance),
            amount(held.spent),
            amount(held.decided),
            Cell(percent(used_together(every))),
        ),
        kind="total",
    )


def _notes(listed: Listing, context: Context) -> list[str]:
    year_end = context.round is not None and context.round.cutoff.month == DECEMBER
    notes = [
        _(
            "Inkomster är positiva och utgifter negativa. Upparbetat och beslutat är utgifter som positiva tal."
        ),
        _("Avvikelsen är utfall minus budget.") if year_end else _("Avvikelsen är prognos minus budget."),
    ]
    if any(row.project.decided_total_ore is None for row in listed.found):
        notes.append(_("I summans andel använt ingår bara projekt med beslutad totalutgift."))
    if context.round is None or not any(row.outcomes for row in listed.facts):
        notes.append(_("Ingen huvudbok är vald för tillfället, så utfall saknas."))
    return notes
