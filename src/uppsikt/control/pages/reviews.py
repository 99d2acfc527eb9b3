"""The lists of audit: reviews, recommendations and auditors' questions, worst first."""

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

from uppsikt.control.pages.audit_words import (
    due_words,
    named,
    question_symbol,
    recommendation_href,
    review_href,
    short,
    state_symbol,
    tabs,
)
from uppsikt.control.rules.audit import RecommendationState
from uppsikt.control.rules.words import ReviewKind
from uppsikt.control.selectors.audit import (
    RecommendationFacts,
    ReviewFacts,
    recommendation_facts,
    review_facts,
)
from uppsikt.control.selectors.audit_questions import QuestionFacts, question_facts
from uppsikt.cycle.context import Context
from uppsikt.kernel import clock
from uppsikt.kernel.numbers import count_of
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.web.parts import Action, Badge, Crumb, Empty, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

A_PAGE = 50
FEW = 3
OPEN, OVERDUE, RETURNED = "open", "overdue", "returned"


@dataclass(frozen=True, slots=True)
class AuditListPage:
    """One of the lists of audit. Template: control/audit_list.html."""

    title: Text
    lead: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    tabs: tuple[Link, ...]
    chips: tuple[Link, ...]
    table: Table
    page_obj: Page[Any]


def reviews_page(
    context: Context, bodies: frozenset[str] | None, params: QueryDict, *, may_add: bool
) -> AuditListPage:
    """The reviews of the chosen body or of all one may read, of every year, the worst first."""
    facts = review_facts(None, bodies)
    kind = params.get("kind", "")
    counts = Counter(fact.review.kind for fact in facts)
    shown = [fact for fact in facts if not kind or fact.review.kind == kind]
    page_obj = Paginator(shown, A_PAGE).get_page(params.get("page"))
    names = organisation.body_names(clock.today())
    overdue, waiting = sum(fact.overdue for fact in facts), sum(fact.open for fact in facts)
    new = Action(_("Registrera granskning"), reverse("control:review_new"), primary=True, icon="plus")
    return AuditListPage(
        title=_("Revision"),
        lead=_lead(waiting, overdue) if facts else "",
        crumbs=_crumbs(context, _("Revision")),
        actions=(new,) if may_add else (),
        tabs=tabs("control:reviews"),
        chips=_chips(
            [("", _("Alla"), len(facts))]
            + [(one.value, one.label, counts[one.value]) for one in ReviewKind if counts[one.value]],
            "kind",
            kind,
        ),
        table=_reviews(list(page_obj.object_list), names, new if may_add else None),
        page_obj=page_obj,
    )


def recommendations_page(context: Context, bodies: frozenset[str] | None, params: QueryDict) -> AuditListPage:
    """Every recommendation to the chosen body or to all one may read, what waits for somebody first."""
    facts = sorted(
        recommendation_facts(bodies),
        key=lambda fact: (fact.state.rank, -fact.clock.late, fact.clock.left, fact.recommendation.key),
    )
    state = params.get("state", "")
    kept = {
        OPEN: [fact for fact in facts if fact.state.open],
        OVERDUE: [fact for fact in facts if fact.state is RecommendationState.OVERDUE],
        RETURNED: [fact for fact in facts if fact.returns_from],
    }
    shown = kept.get(state, facts)
    page_obj = Paginator(shown, A_PAGE).get_page(params.get("page"))
    names = organisation.body_names(clock.today())
    return AuditListPage(
        title=_("Rekommendationer"),
        lead=_lead(len(kept[OPEN]), len(kept[OVERDUE])) if facts else "",
        crumbs=(*_crumbs(context, _("Revision"))[:-1], *_inner(_("Rekommendationer"))),
        actions=(),
        tabs=tabs("control:recommendations"),
        chips=_chips(
            [
                ("", _("Alla"), len(facts)),
                (OPEN, _("Öppna"), len(kept[OPEN])),
                (OVERDUE, _("Försenade svar"), len(kept[OVERDUE])),
                (RETURNED, _("Återkommande"), len(kept[RETURNED])),
            ],
            "state",
            state,
        ),
        table=recommendations_table(list(page_obj.object_list), names),
        page_obj=page_obj,
    )


def questions_page(
    context: Context, bodies: frozenset[str] | None, params: QueryDict, *, may_ask: bool
) -> AuditListPage:
    """Auditors' questions to the chosen body or to all one may read, those that wait longest first."""
    facts = question_facts(bodies)
    state = params.get("state", "")
    counts = Counter(fact.state.value for fact in facts)
    shown = [fact for fact in facts if not state or fact.state.value == state]
    page_obj = Paginator(shown, A_PAGE).get_page(params.get("page"))
    ask = Action(_("Ställ en fråga"), reverse("control:question_new"), primary=True, icon="message-circle")
    labels = {fact.state.value: fact.state.label for fact in facts}
    return AuditListPage(
        title=_("Frågor från revisorn"),
        lead=_questions_lead(facts),
        crumbs=(*_crumbs(context, _("Revision"))[:-1], *_inner(_("Frågor från revisorn"))),
        actions=(ask,) if may_ask else (),
        tabs=tabs("control:questions"),
        chips=_chips(
            [("", _("Alla"), len(facts)), *((key, label, counts[key]) for key, label in labels.items())],
            "state",
            state,
        ),
        table=questions_table(
            list(page_obj.object_list), organisation.body_names(clock.today()), ask if may_ask else None
        ),
        page_obj=page_obj,
    )


def recommendations_table(
    facts: Sequence[RecommendationFacts], names: Mapping[str, str], *, key: str = "rekommendationer"
) -> Table:
    """Recommendations with their state, clock and actions."""
    return Table(
        key=key,
        caption=_("Rekommendationer"),
        caption_hidden=True,
        columns=(
            Column("text", _("Rekommendation"), width="wide"),
            Column("body", _("Organ")),
            Column("state", _("Läge")),
            Column("due", _("Svar senast")),
            Column("actions", _("Åtgärder klara"), "num"),
        ),
        rows=tuple(_recommendation(fact, names) for fact in facts),
        empty=Empty(
            _("Inga rekommendationer"),
            _("När en granskning registreras står dess rekommendationer här, de som väntar på svar först."),
            icon="clipboard-check",
        ),
    )


def questions_table(
    facts: Sequence[QuestionFacts], names: Mapping[str, str], ask: Action | None = None
) -> Table:
    """Questions with their state and clock."""
    return Table(
        key="fragor",
        caption=_("Frågor från revisorn"),
        caption_hidden=True,
        columns=(
            Column("subject", _("Fråga"), width="wide"),
            Column("body", _("Till")),
            Column("state", _("Läge")),
            Column("due", _("Svar senast")),
            Column("asked", _("Ställd")),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(fact.question.subject, sub=short(fact.question.text)),
                    Cell(names.get(fact.question.body.key, fact.question.body.key)),
                    Cell(symbol=question_symbol(fact.state)),
                    Cell(due_words(fact.clock, stopped=not fact.state.waits) or "–"),
                    Cell(
                        format_date(fact.question.asked_at.astimezone(clock.STOCKHOLM).date()),
                        sub=fact.question.asked_by_name,
                    ),
                ),
                href=reverse("control:question", args=[fact.question.key]),
            )
            for fact in facts
        ),
        empty=Empty(
            _("Inga frågor"),
            _("Frågor som revisorn ställer står här med svarsdag och svar."),
            action=ask,
            icon="message-circle",
        ),
    )


def _reviews(facts: Sequence[ReviewFacts], names: Mapping[str, str], new: Action | None) -> Table:
    return Table(
        key="granskningar",
        caption=_("Granskningar"),
        caption_hidden=True,
        columns=(
            Column("title", _("Granskning"), width="wide"),
            Column("body", _("Organ")),
            Column("date", _("Daterad")),
            Column("judgement", _("Samlad bedömning")),
            Column("answered", _("Besvarade"), "num"),
            Column("open", _("Öppna"), "num"),
            Column("overdue", _("Försenade svar"), "num"),
        ),
        rows=tuple(_review(fact, names) for fact in facts),
        empty=Empty(
            _("Inga granskningar"),
            _(
                "Registrera en revisionsrapport, en skrivelse eller en extern granskning med dess rekommendationer."
            ),
            action=new,
            icon="clipboard-check",
        ),
    )


def _review(fact: ReviewFacts, names: Mapping[str, str]) -> Row:
    row = fact.review
    given = len(fact.recommendations)
    return Row(
        cells=(
            Cell(
                row.title,
                sub=" · ".join(filter(None, (ReviewKind(row.kind).label, row.case_number, row.auditor))),
            ),
            Cell(_bodies(fact.bodies, names)),
            Cell(format_date(row.date) if row.date else "–", sub=_("avser %(year)s") % {"year": row.year_id}),
            Cell(row.judgement or "–"),
            Cell(count_of(fact.answered, given) if given else "–"),
            Cell(str(fact.open) if given else "–"),
            Cell(symbol=Symbol("cross", str(fact.overdue), "bad"))
            if fact.overdue
            else Cell("0" if given else "–"),
        ),
        href=review_href(row.key),
    )


def _bodies(keys: Sequence[str], names: Mapping[str, str]) -> str:
    """The reviewed bodies in a line: the first few by name."""
    told = ", ".join(names.get(key, key) for key in keys[:FEW])
    if len(keys) <= FEW:
        return told
    return _("%(some)s och %(count)s till") % {"some": told, "count": len(keys) - FEW}


def _recommendation(fact: RecommendationFacts, names: Mapping[str, str]) -> Row:
    row = fact.recommendation
    badges = [Badge(_("Återkommer"), "warn", "repeat")] if fact.returns_from else []
    done, given = sum(action.done for action in fact.mitigations), len(fact.mitigations)
    return Row(
        cells=(
            Cell(
                named(row),
                sub=" · ".join(filter(None, (row.review.title, row.theme))),
                badges=tuple(badges),
            ),
            Cell(names.get(row.body.key, row.body.key)),
            Cell(symbol=state_symbol(fact.state)),
            Cell(due_words(fact.clock, stopped=fact.answer is not None) or "–"),
            Cell(count_of(done, given) if given else "–"),
        ),
        href=recommendation_href(row),
    )


def _lead(waiting: int, overdue: int) -> str:
    said = ngettext("%(count)s rekommendation är öppen.", "%(count)s rekommendationer är öppna.", waiting)
    late = ngettext("%(count)s svar är försenat.", "%(count)s svar är försenade.", overdue)
    return " ".join([said % {"count": waiting}, late % {"count": overdue}])


def _questions_lead(facts: Sequence[QuestionFacts]) -> str:
    waiting = sum(fact.state.waits for fact in facts)
    if not facts:
        return ""
    if not waiting:
        return _("Ingen fråga väntar på svar.")
    return ngettext("%(count)s fråga väntar på svar.", "%(count)s frågor väntar på svar.", waiting) % {
        "count": waiting
    }


def _crumbs(context: Context, last: str) -> tuple[Crumb, ...]:
    return (Crumb(context.body.name if context.body else _("Alla nämnder")), Crumb(last))


def _inner(last: str) -> tuple[Crumb, ...]:
    return (Crumb(_("Revision"), reverse("control:reviews")), Crumb(last))


def _chips(rows: Sequence[tuple[str, str, int]], name: str, chosen: str) -> tuple[Link, ...]:
    return tuple(
        Link(label, f"?{name}={key}" if key else "?", key == chosen, str(count)) for key, label, count in rows
    )
