"""The list of mitigations: what is done about risks, recommendations and deficiencies, and what is held up."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import links
from uppsikt.control.pages.matrix import address
from uppsikt.control.pages.mitigation_rows import blocked_words, mitigation_columns, mitigation_row
from uppsikt.control.pages.tabs import tabs
from uppsikt.control.selectors import mitigations as selectors
from uppsikt.control.selectors.mitigations import MitigationFacts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.rules.steering import Step
from uppsikt.planning.pages.words import statuses_in_words
from uppsikt.web.parts import Action, Crumb, Empty, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table, sort_state, with_sorting

PER_PAGE = 100
FILTERS = ("status", "only", "of", "q")
SORTABLE = ("title", "status", "responsible", "deadline")


@dataclass(frozen=True, slots=True)
class MitigationsPage:
    """The list with its filters. `blocked`: those that wait for something, with what; None when there is none."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    chips: tuple[Link, ...]
    kinds: tuple[Link, ...]
    kept: tuple[tuple[str, str], ...]
    q: str
    table: Table
    blocked: Table | None
    page_obj: Page[Any]


def mitigations_page(
    context: Context, params: QueryDict, bodies: frozenset[str] | None, today: dt.date, *, may_report: bool
) -> MitigationsPage:
    """The year's mitigations in the chosen round, filtered and sorted. A constant number of queries."""
    try:
        model = cycle.model_for(context.year)
        facts = selectors.mitigation_facts(context.year, bodies, context.round)
    except LookupError:
        model, facts = None, []
    steps = model.status_scale(context.round.kind).steps if model and context.round else ()
    found = [row for row in facts if _keeps(row, params, today)]
    key, descending = sort_state(params)
    if key in SORTABLE:
        found.sort(key=lambda row: _sort_key(row, key), reverse=descending)
    page_obj = Paginator(found, PER_PAGE).get_page(params.get("page"))
    blocked = [row for row in facts if row.blocked]
    names = {} if context.body else {row.key: row.short or row.name for row in context.bodies}
    counts = Counter(row.step.key if row.step else "" for row in facts)
    words = (
        statuses_in_words(model.status_scale(context.round.kind), counts) if model and context.round else ""
    )
    return MitigationsPage(
        title=_("Åtgärder %(year)s") % {"year": context.year},
        lead=_lead(facts, blocked, words, today),
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(_("Intern kontroll"), links.home(context.round)),
            Crumb(_("Åtgärder")),
        ),
        actions=_actions(context) if may_report and facts else (),
        tabs=tabs("mitigations", context.round),
        chips=tuple(_chips(facts, params, steps, today)),
        kinds=tuple(_kinds(facts, params)),
        kept=tuple(
            (name, str(params[name])) for name in ("status", "only", "of", "sort") if params.get(name)
        ),
        q=params.get("q", ""),
        table=_table(list(page_obj.object_list), context, params, names, today),
        blocked=_blocked(blocked, context) if blocked else None,
        page_obj=page_obj,
    )


def _actions(context: Context) -> tuple[Action, ...]:
    round_ = context.round
    if context.body is None or round_ is None or round_.state != RoundState.OPEN.value:
        return ()
    address = reverse("control:mitigations_report", args=[context.body.key, round_.key])
    return (Action(_("Rapportera"), address, primary=True, icon="pencil-line"),)


def about(row: MitigationFacts) -> str:
    """What the mitigation is about, in its own words."""
    mitigation = row.mitigation
    thing = mitigation.risk or mitigation.deficiency
    if thing is not None:
        return thing.title
    assert mitigation.recommendation is not None
    return mitigation.recommendation.text


def kind_words() -> Mapping[str, tuple[str, str]]:
    """What a mitigation can be about: one of it, and several."""
    return {
        "risk": (_("Risk"), _("Risker")),
        "recommendation": (_("Rekommendation"), _("Rekommendationer")),
        "deficiency": (_("Brist"), _("Brister")),
    }


def _lead(
    facts: Sequence[MitigationFacts], blocked: Sequence[MitigationFacts], words: str, today: dt.date
) -> str:
    if not facts:
        return ""
    late = sum(row.overdue(today) for row in facts)
    count = len(facts)
    parts = [
        ngettext("%(count)s åtgärd", "%(count)s åtgärder", count) % {"count": count} + (f": {words}." if words else "."),
        ngettext("%(count)s är försenad.", "%(count)s är försenade.", late) % {"count": late} if late else "",
        ngettext("%(count)s väntar på något annat.", "%(count)s väntar på något annat.", len(blocked))
        % {"count": len(blocked)}
        if blocked
        else "",
    ]  # fmt: skip
    return " ".join(filter(None, parts))


def _keeps(row: MitigationFacts, params: QueryDict, today: dt.date) -> bool:
    status, only, of, q = (params.get(name, "") for name in FILTERS)
    if status and (row.step.key if row.step else "none") != status:
        return False
    if of and row.of != of:
        return False
    if q and q.casefold() not in f"{row.mitigation.title} {about(row)}".casefold():
        return False
    match only:
        case "overdue":
            return row.overdue(today)
        case "blocked":
            return row.blocked
        case "carried":
            return row.item.carried_from_year is not None
        case _:
            return True


def _sort_key(row: MitigationFacts, key: str) -> Any:
    item = row.item
    return {
        "title": row.mitigation.title.casefold(),
        "status": row.step.rank if row.step else -1,
        "responsible": item.responsible.name.casefold() if item.responsible else "",
        "deadline": item.deadline or dt.date.max,
    }[key]


def _chips(
    facts: Sequence[MitigationFacts], params: QueryDict, steps: Sequence[Step], today: dt.date
) -> list[Link]:
    status, only = params.get("status", ""), params.get("only", "")
    counts = Counter(row.step.key if row.step else "none" for row in facts)
    chips = [
        Link(_("Alla"), address(params, status="", only=""), not status and not only, str(len(facts))),
        *(
            Link(
                step.label,
                address(params, status=step.key, only=""),
                status == step.key,
                str(counts[step.key]),
                step.symbol,
            )
            for step in steps
            if counts[step.key] or status == step.key
        ),
    ]
    if steps and counts["none"]:
        chips.append(
            Link(
                _("Inte rapporterat"),
                address(params, status="none", only=""),
                status == "none",
                str(counts["none"]),
                "dash",
            )
        )
    told = (
        ("overdue", _("Försenade"), sum(row.overdue(today) for row in facts)),
        ("blocked", _("Väntar på annat"), sum(row.blocked for row in facts)),
        ("carried", _("Överflyttade"), sum(row.item.carried_from_year is not None for row in facts)),
    )
    chips.extend(
        Link(label, address(params, status="", only=key), only == key, str(count))
        for key, label, count in told
        if count or only == key
    )
    return chips


def _kinds(facts: Sequence[MitigationFacts], params: QueryDict) -> list[Link]:
    """What the mitigations are about, when it is not all the same."""
    of = params.get("of", "")
    counts = Counter(row.of for row in facts)
    if len(counts) < 2 and not of:
        return []
    return [
        Link(_("Allt"), address(params, of=""), not of),
        *(
            Link(words[1], address(params, of=key), of == key, str(counts[key]))
            for key, words in kind_words().items()
            if counts[key] or of == key
        ),
    ]


def _table(
    shown: Sequence[MitigationFacts],
    context: Context,
    params: QueryDict,
    names: Mapping[str, str],
    today: dt.date,
) -> Table:
    filtered = any(params.get(name) for name in FILTERS)
    words = kind_words()
    return Table(
        key="atgarder",
        caption=_("Åtgärder"),
        caption_hidden=True,
        columns=with_sorting(mitigation_columns(), params, sortable=SORTABLE),
        rows=tuple(
            mitigation_row(
                row,
                context.round,
                today,
                under=" · ".join(
                    filter(None, (names.get(row.item.body.key, ""), f"{words[row.of][0]}: {about(row)}"))
                ),
            )
            for row in shown
        ),
        empty=Empty(
            _("Inget motsvarar filtret") if filtered else _("Inga åtgärder för %(year)s än") % {"year": context.year},
            "" if filtered else _("En åtgärd läggs till på sidan för den risk, brist eller rekommendation som den gäller."),
            icon="list-checks",
        ),
    )  # fmt: skip


def _blocked(blocked: Sequence[MitigationFacts], context: Context) -> Table:
    return Table(
        key="vantar",
        caption=_("Väntar på något annat"),
        columns=(Column("title", _("Åtgärd"), width="wide"), Column("why", _("Därför"), width="wide")),
        rows=tuple(
            Row(
                (Cell(row.mitigation.title), Cell(blocked_words(row))),
                href=links.mitigation(row.item.key, context.round),
                key=row.item.key,
            )
            for row in blocked
        ),
        sticky=False,
    )
