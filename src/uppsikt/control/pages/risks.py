"""The risks of a body and year: the matrix, the list behind it, and what is shared by all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.pages import links
from uppsikt.control.pages.matrix import Matrix, address, matrix_of, stage_of
from uppsikt.control.pages.symbols import badges, value_symbol
from uppsikt.control.pages.tabs import tabs
from uppsikt.control.rules.listing import Listed, keeps
from uppsikt.control.rules.words import RiskDecision
from uppsikt.control.selectors import Risk
from uppsikt.control.selectors import risks as selectors
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle import selectors as cycle
from uppsikt.cycle.context import Context
from uppsikt.cycle.rules.control_policy import ControlPolicy
from uppsikt.planning.pages.words import listed
from uppsikt.web.chrome import Option, Select
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Text
from uppsikt.web.tables import Cell, Column, Row, Table, sort_state, with_sorting

PER_PAGE = 100
FILTERS = ("process", "band", "decision", "only", "l", "c", "q")
SORTABLE = ("title", "process", "before", "after", "decision")


@dataclass(frozen=True, slots=True)
class RisksPage:
    """The matrix with its list. `shared` are the shared risks a committee can take over, None when there is none."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    matrix: Matrix | None
    chips: tuple[Link, ...]
    selects: tuple[Select, ...]
    kept: tuple[tuple[str, str], ...]
    q: str
    narrowed: Link | None
    table: Table
    shared: Table | None
    page_obj: Page[Any]


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with the chosen body's risks. `vote`: take part in a workshop."""

    control: bool = False
    vote: bool = False


def risks_page(
    context: Context, params: QueryDict, bodies: frozenset[str] | None, rights: Rights
) -> RisksPage:
    """The year's risks, filtered and sorted. A constant number of queries."""
    try:
        policy = cycle.model_for(context.year).control
        facts = selectors.risk_facts(context.year, bodies)
    except LookupError:
        policy, facts = ControlPolicy(), []
    found = [
        row for row in facts if keeps(_listed(row, params), {name: params.get(name, "") for name in FILTERS})
    ]
    key, descending = sort_state(params)
    if key in SORTABLE:
        found.sort(key=lambda row: _sort_key(row, key), reverse=descending)
    page_obj = Paginator(found, PER_PAGE).get_page(params.get("page"))
    shared = list(selectors.shared_risks(context.year))
    return RisksPage(
        title=f"{_('Risker')} {context.year}",
        lead=lead(facts),
        crumbs=(
            Crumb(context.body.name if context.body else _("Alla nämnder")),
            Crumb(str(context.year)),
            Crumb(_("Intern kontroll"), links.home(context.round)),
            Crumb(_("Risker")),
        ),
        actions=tuple(_actions(context, facts, rights)),
        tabs=tabs("risks", context.round),
        matrix=matrix_of(policy, facts, params) if facts else None,
        chips=tuple(_chips(facts, params)),
        selects=tuple(_selects(facts, policy, params)),
        kept=tuple(
            (name, str(params[name]))
            for name in ("only", "l", "c", "stage", "sort")
            if params.get(name)
        ),
        q=params.get("q", ""),
        narrowed=_narrowed(policy, params),
        table=_table(list(page_obj.object_list), context, params, rights),
        shared=_shared(shared, context, rights) if context.body else None,
        page_obj=page_obj,
    )  # fmt: skip


def lead(facts: Sequence[RiskFacts]) -> str:
    """What matters: how many, how many must be reported, and where nothing is done though it must."""
    if not facts:
        return ""
    report = sum(row.must_report for row in facts)
    unanswered = sum(row.unanswered for row in facts)
    undecided = sum(row.treatment is None for row in facts)
    count = len(facts)
    parts = [ngettext("%(count)s risk.", "%(count)s risker.", count) % {"count": count}]
    if report:
        words = ngettext("%(count)s ska rapporteras uppåt.", "%(count)s ska rapporteras uppåt.", report)
        parts.append(words % {"count": report})
    if unanswered:
        words = ngettext(
            "%(count)s hög risk har varken åtgärd eller kontroll.",
            "%(count)s höga risker har varken åtgärd eller kontroll.",
            unanswered,
        )
        parts.append(words % {"count": unanswered})
    elif undecided:
        words = ngettext("%(count)s saknar beslut.", "%(count)s saknar beslut.", undecided)
        parts.append(words % {"count": undecided})
    return " ".join(parts)


def _listed(row: RiskFacts, params: QueryDict) -> Listed:
    return Listed(
        title=row.risk.title,
        process=row.risk.process,
        value=row.value,
        place=row.place(stage_of(params)),
        band=row.band.key if row.band else "",
        decision=row.decision.value if row.decision else "",
        must_report=row.must_report,
        nothing_done=row.nothing_done,
        unanswered=row.unanswered,
    )


def _sort_key(row: RiskFacts, key: str) -> Any:
    return {
        "title": row.risk.title.casefold(),
        "process": row.risk.process.casefold(),
        "before": row.value_before or 0,
        "after": row.value or 0,
        "decision": row.decision.label if row.decision else "",
    }[key]


def _actions(context: Context, facts: Sequence[RiskFacts], rights: Rights) -> list[Action]:
    if not rights.control or context.body is None:
        return []
    found = []
    if facts:
        found.append(Action(_("Öppna workshop"), reverse("control:workshop_new"), icon="users"))
    carry = reverse("control:risks_carry", args=[context.body.key, context.year])
    found.append(Action(_("Hämta från %(year)s") % {"year": context.year - 1}, carry, icon="arrow-right"))
    found.append(Action(_("Lägg till risk"), reverse("control:risk_new"), primary=True, icon="plus"))
    return found


def _chips(facts: Sequence[RiskFacts], params: QueryDict) -> list[Link]:
    only = params.get("only", "")
    counts = {
        "report": (_("Ska rapporteras"), sum(row.must_report for row in facts)),
        "unanswered": (_("Höga utan åtgärd eller kontroll"), sum(row.unanswered for row in facts)),
        "undone": (_("Utan åtgärd eller kontroll"), sum(row.nothing_done for row in facts)),
        "undecided": (_("Utan beslut"), sum(row.treatment is None for row in facts)),
        "unassessed": (_("Inte bedömda"), sum(row.value is None for row in facts)),
    }
    chips = [Link(_("Alla"), address(params, only=""), not only, str(len(facts)))]
    chips.extend(
        Link(label, address(params, only=key), only == key, str(count))
        for key, (label, count) in counts.items()
        if count or only == key
    )
    return chips


def _selects(facts: Sequence[RiskFacts], policy: ControlPolicy, params: QueryDict) -> list[Select]:
    processes = sorted({row.risk.process for row in facts}, key=str.casefold)
    offered: tuple[tuple[str, str, str, list[tuple[str, str]]], ...] = (
        ("process", _("Område eller process"), _("Alla områden"), [(each, each) for each in processes]),
        ("band", _("Nivå"), _("Alla nivåer"), [(band.key, band.label) for band in policy.bands]),
        ("decision", _("Beslut"), _("Alla beslut"), [(each.value, each.label) for each in RiskDecision]),
    )
    found = []
    for name, label, every, options in offered:
        chosen = params.get(name, "")
        if len(options) > 1 or chosen:
            choices = [Option("", every, not chosen)]
            choices.extend(Option(key, text, key == chosen) for key, text in options)
            found.append(Select(name, label, tuple(choices)))
    return found


def _narrowed(policy: ControlPolicy, params: QueryDict) -> Link | None:
    """The square of the matrix that the list is narrowed to, with the way out of it."""
    likely = {str(step.value): step.label for step in policy.likelihood}.get(params.get("l", ""))
    grave = {str(step.value): step.label for step in policy.consequence}.get(params.get("c", ""))
    parts = [
        _("sannolikhet %(step)s") % {"step": likely.lower()} if likely else "",
        _("konsekvens %(step)s") % {"step": grave.lower()} if grave else "",
    ]
    text = listed(parts)
    return Link(text, address(params, l="", c=""), current=True) if text else None


def _table(shown: Sequence[RiskFacts], context: Context, params: QueryDict, rights: Rights) -> Table:
    columns = with_sorting(
        (
            Column("title", _("Risk"), width="wide"),
            Column("process", _("Område eller process")),
            Column("before", _("Före åtgärd")),
            Column("after", _("Efter åtgärd")),
            Column("decision", _("Beslut")),
            Column("done", _("Åtgärder och kontroller")),
        ),
        params,
        sortable=SORTABLE,
    )
    filtered = any(params.get(name) for name in FILTERS)
    names = {} if context.body else {row.key: row.short or row.name for row in context.bodies}
    return Table(
        key="risker",
        caption=_("Risker"),
        caption_hidden=True,
        columns=columns,
        rows=tuple(_row(row, context, names) for row in shown),
        empty=_empty(context, rights, filtered=filtered),
    )


def _empty(context: Context, rights: Rights, *, filtered: bool) -> Empty:
    if filtered:
        return Empty(_("Inget motsvarar filtret"), icon="shield-check")
    start = rights.control and context.body is not None
    return Empty(
        _("Inga risker för %(year)s än") % {"year": context.year},
        _("Här står vad som kan gå fel, hur troligt och hur allvarligt det är, och vad som görs åt det. Börja med en egen risk, ta över de kommungemensamma, hämta förra årets eller hämta ur ett bibliotek."),
        Action(_("Lägg till risk"), reverse("control:risk_new"), primary=True, icon="plus") if start else None,
        icon="shield-check",
    )  # fmt: skip


def _row(row: RiskFacts, context: Context, names: Mapping[str, str]) -> Row:
    risk = row.risk
    done = [
        ngettext("%(n)s åtgärd", "%(n)s åtgärder", len(row.mitigations)) % {"n": len(row.mitigations)}
        if row.mitigations
        else "",
        ngettext("%(n)s kontroll", "%(n)s kontroller", len(row.controls)) % {"n": len(row.controls)}
        if row.controls
        else "",
    ]
    after = value_symbol(row.policy, row.value_after) if row.after else None
    return Row(
        (
            Cell(risk.title, sub=names.get(risk.body.key, ""), badges=tuple(badges(row))),
            Cell(risk.process, muted=True),
            Cell(symbol=value_symbol(row.policy, row.value_before)),
            Cell(symbol=after) if after else Cell("–", muted=True),
            Cell(row.decision.label if row.decision else _("Inte beslutat"), muted=row.decision is None),
            Cell(", ".join(filter(None, done)) or "–", muted=row.nothing_done),
        ),
        href=links.risk(risk.key, context.round),
        key=risk.key,
    )


def _shared(shared: Sequence[Risk], context: Context, rights: Rights) -> Table | None:
    """The shared risks of others, with whether the chosen body has taken each over."""
    assert context.body is not None
    others = [row for row in shared if row.body.key != context.body.key]
    if not others:
        return None
    taken = selectors.adoptions(others)
    facts = {row.risk.pk: row for row in selectors.facts_of(others)}
    rows = []
    for risk in others:
        own = next((row for row in taken.get(risk.pk, ()) if row.body.key == context.body.key), None)
        adopt = Action(
            _("Ta över"),
            reverse("control:risk_adopt", args=[risk.key]),
            post=True,
            hidden=(("body", context.body.key),),
        )
        state = Cell(badges=(Badge(_("Anpassad") if own.adapted else _("Övertagen"), "good", "check"),)) if own else Cell(
            "" if rights.control else _("Inte övertagen"), action=adopt if rights.control else None, muted=True
        )  # fmt: skip
        rows.append(
            Row(
                (
                    Cell(risk.title, sub=risk.process),
                    Cell(symbol=value_symbol(facts[risk.pk].policy, facts[risk.pk].value)),
                    state,
                ),
                href=links.risk(own.key if own else risk.key, context.round),
                key=risk.key,
            )
        )
    return Table(
        key="kommungemensamma",
        caption=_("Kommungemensamma risker"),
        columns=(
            Column("title", _("Risk"), width="wide"),
            Column("value", _("Riskvärde")),
            Column("state", _("Hos oss")),
        ),
        rows=tuple(rows),
        sticky=False,
    )
