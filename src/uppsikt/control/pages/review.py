"""One review: what was said of the body, what it has answered and done, and what the auditor found afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from uppsikt.control.pages import links
from uppsikt.control.pages.audit_words import (
    action_symbol,
    due_words,
    named,
    recommendation_href,
    stance_symbol,
    state_symbol,
    verdict_symbol,
)
from uppsikt.control.pages.evidence import EvidencePart, evidence_part
from uppsikt.control.pages.reviews import questions_table
from uppsikt.control.rules.words import ReviewKind
from uppsikt.control.selectors import Evidence
from uppsikt.control.selectors.audit import (
    ActionFacts,
    Recommendation,
    RecommendationFacts,
    ReviewFacts,
    subject,
)
from uppsikt.control.selectors.audit_questions import QuestionFacts
from uppsikt.control.selectors.evidence import evidence_for, evidence_of
from uppsikt.cycle.rules.rounds import short_name
from uppsikt.history import selectors as history
from uppsikt.history.pages import Day, timeline
from uppsikt.kernel import clock
from uppsikt.kernel.numbers import count_of
from uppsikt.kernel.period import format_date
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.rules import Grants, Permission
from uppsikt.planning.pages.links import with_query
from uppsikt.web.parts import Action, Badge, Crumb, Fact, KeyFigure, Link, Symbol, Text
from uppsikt.web.tables import Cell, Column, Row, Table

EVENTS = 30
PROVING = (Permission.REPORT, Permission.CONTROL, Permission.AUDIT)
"""Who may attach evidence to what is said in a review."""


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """What the auditor found on a day."""

    symbol: Symbol
    date: Text
    by: str
    comment: str


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A body's answer. `decision` is by what decision; `late` says so when it came after its day."""

    symbol: Symbol | None
    text: str
    date: Text
    decision: str
    late: Text


@dataclass(frozen=True, slots=True)
class RecommendationPart:
    """A recommendation with everything that has come of it. `returns_from`: the first time it was given last."""

    key: str
    heading: Text
    text: str
    background: str
    body: str
    theme: str
    state: Symbol
    due: Text
    badges: tuple[Badge, ...]
    answer: AnswerPart | None
    actions: Table | None
    follow_ups: tuple[FollowUpLine, ...]
    returns_from: tuple[Link, ...]
    returned_as: tuple[Link, ...]
    evidence: EvidencePart
    buttons: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One review. Template: control/review.html."""

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    actions: tuple[Action, ...]
    figures: tuple[KeyFigure, ...]
    summary: str
    facts: tuple[Fact, ...]
    recommendations: tuple[RecommendationPart, ...]
    evidence: EvidencePart
    questions: Table | None
    history: tuple[Day, ...]


def review_page(facts: ReviewFacts, held: Grants, questions: Sequence[QuestionFacts]) -> ReviewPage:
    """The page, of what the reader may see of the review."""
    row = facts.review
    names = organisation.body_names(clock.today())
    proof = evidence_for("recommendation", [one.recommendation.pk for one in facts.recommendations])
    answered, total = facts.answered, len(facts.recommendations)
    return ReviewPage(
        title=row.title,
        lead="",
        eyebrow=" · ".join(filter(None, (ReviewKind(row.kind).label, row.case_number))),
        crumbs=(Crumb(_("Revision"), reverse("control:reviews")), Crumb(row.title)),
        actions=tuple(_actions(facts, held)),
        figures=(
            KeyFigure(_("Besvarade"), count_of(answered, total)),
            KeyFigure(_("Öppna"), str(facts.open)),
            KeyFigure(
                _("Försenade svar"),
                str(facts.overdue),
                note=_("svarsdagen har passerat") if facts.overdue else "",
            ),
        )
        if total
        else (),
        summary=row.summary,
        facts=tuple(_facts(facts, names)),
        recommendations=tuple(
            _part(one, held, names, proof.get(one.recommendation.pk, ())) for one in facts.recommendations
        ),
        evidence=evidence_part(row, evidence_of(row), may_change=_may(held, _bodies(facts), *PROVING)),
        questions=questions_table(questions, names) if questions else None,
        history=_history(facts) if _may(held, _bodies(facts), Permission.READ_HISTORY) else (),
    )


def _bodies(facts: ReviewFacts) -> tuple[str, ...]:
    """The bodies that the review is about; one of no body in particular is of the whole municipality."""
    return facts.bodies or ("",)


def _may(held: Grants, bodies: Collection[str], *permissions: Permission) -> bool:
    return any(held.allows(one, body=body) for one in permissions for body in bodies)


def _actions(facts: ReviewFacts, held: Grants) -> list[Action]:
    key, found = facts.review.key, []
    if _may(held, _bodies(facts), Permission.CONTROL, Permission.AUDIT):
        found += [
            Action(
                _("Lägg till rekommendation"),
                reverse("control:recommendation_new", args=[key]),
                primary=True,
                icon="plus",
            ),
        ]
    if all(_may(held, (body,), Permission.CONTROL, Permission.AUDIT) for body in _bodies(facts)):
        found.append(
            Action(_("Ändra uppgifter"), reverse("control:review_change", args=[key]), icon="pencil")
        )
    if _may(held, _bodies(facts), Permission.AUDIT):
        ask = with_query(reverse("control:question_new"), {"review": key})
        found.append(Action(_("Ställ en fråga"), ask, icon="message-circle"))
    return found


def _facts(facts: ReviewFacts, names: Mapping[str, str]) -> list[Fact]:
    row = facts.review
    words = (
        (_("Granskade organ"), ", ".join(names.get(key, key) for key in facts.bodies)),
        (_("Granskare"), row.auditor),
        (_("Avser år"), str(row.year_id)),
        (_("Daterad"), format_date(row.date) if row.date else ""),
        (_("Samlad bedömning"), row.judgement),
        (_("Svar senast"), format_date(row.answer_due) if row.answer_due else ""),
    )
    return [Fact(label, text) for label, text in words if text]


def _part(
    facts: RecommendationFacts, held: Grants, names: Mapping[str, str], proof: Iterable[Evidence]
) -> RecommendationPart:
    row = facts.recommendation
    return RecommendationPart(
        key=row.key,
        heading=_("Rekommendation %(number)s") % {"number": row.number}
        if row.number
        else _("Rekommendation"),
        text=row.text,
        background=row.background,
        body=names.get(row.body.key, row.body.key),
        theme=row.theme,
        state=state_symbol(facts.state),
        due=due_words(facts.clock, stopped=facts.answer is not None),
        badges=tuple(_badges(facts)),
        answer=_answer(facts),
        actions=_action_table(row.key, facts.mitigations) if facts.mitigations else None,
        follow_ups=tuple(
            FollowUpLine(
                verdict_symbol(one.verdict), format_date(one.date), one.recorded_by_name, one.comment
            )
            for one in facts.follow_ups
        ),
        returns_from=tuple(_linked(one) for one in facts.returns_from if _readable(held, one.body.key)),
        returned_as=tuple(_linked(one) for one in facts.returned_as if _readable(held, one.body.key)),
        evidence=evidence_part(row, proof, may_change=_may(held, (row.body.key,), *PROVING)),
        buttons=tuple(_buttons(facts, held)),
    )


def _readable(held: Grants, body: str) -> bool:
    return held.allows(Permission.READ, body=body)


def _linked(row: Recommendation) -> Link:

    when = format_date(row.review.date) if row.review.date else str(row.review.year_id)
    return Link(f"{row.review.title}, {when}: {named(row)}", recommendation_href(row))


def _badges(facts: RecommendationFacts) -> list[Badge]:
    if not facts.returns_from:
        return []
    first = facts.returns_from[-1].review
    year = first.date.year if first.date else first.year_id
    return [Badge(_("Återkommer, första gången %(year)s") % {"year": year}, "warn", "repeat")]


def _answer(facts: RecommendationFacts) -> AnswerPart | None:
    answer = facts.answer
    if answer is None:
        return None
    return AnswerPart(
        symbol=stance_symbol(facts.stance),
        text=answer.text,
        date=_("%(day)s, inlagt av %(who)s")
        % {"day": format_date(answer.answered_on), "who": answer.recorded_by_name},
        decision=str(answer.decision),
        late=due_words(facts.clock, stopped=True) if facts.clock.late else "",
    )


def _action_table(key: str, actions: Sequence[ActionFacts]) -> Table:
    today = clock.today()
    return Table(
        key=f"atgarder-{key}",
        caption=_("Åtgärder"),
        columns=(
            Column("title", _("Åtgärd"), width="wide"),
            Column("who", _("Ansvarig")),
            Column("deadline", _("Ska vara klar")),
            Column("status", _("Status")),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(str(one.mitigation), href=links.mitigation(one.item.key)),
                    Cell(one.item.responsible.name if one.item.responsible else "–"),
                    Cell(
                        format_date(one.item.deadline) if one.item.deadline else "–",
                        badges=(Badge(_("Försenad"), "bad", "clock"),) if one.overdue(today) else (),
                    ),
                    Cell(
                        symbol=action_symbol(one),
                        sub=_status_words(one),
                    ),
                )
            )
            for one in actions
        ),
    )


def _status_words(action: ActionFacts) -> str:
    if action.entry is None:
        return ""
    round_ = action.entry.round
    return ": ".join(filter(None, (short_name(round_.kind, round_.cutoff), action.entry.comment)))


def _buttons(facts: RecommendationFacts, held: Grants) -> list[Action]:
    row, found = facts.recommendation, []
    body = (row.body.key,)

    def to(view: str) -> str:
        return reverse(f"control:recommendation_{view}", args=[row.key])

    if _may(held, body, Permission.CONTROL):
        label = _("Ändra svaret") if facts.answer else _("Svara")
        found.append(Action(label, to("answer"), icon="reply", primary=facts.answer is None))
        add = links.new_mitigation("recommendation", row.key)
        found.append(Action(_("Lägg till åtgärd"), add, icon="plus"))
    if _may(held, body, Permission.AUDIT):
        found.append(Action(_("Följ upp"), to("follow_up"), icon="search-check"))
    if _may(held, body, Permission.CONTROL, Permission.AUDIT):
        found.append(Action(_("Återkommer från …"), to("return"), icon="repeat"))
        found.append(Action(_("Ändra"), to("change"), icon="pencil"))
    return found


def _history(facts: ReviewFacts) -> tuple[Day, ...]:
    subjects = [subject(facts.review), *(subject(one.recommendation) for one in facts.recommendations)]
    return timeline(history.about(*subjects)[:EVENTS])
