"""A page of reporting: what is asked for beside what is known. One goal, a section, or all assignments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.cycle.rules.rounds import RoundState
from uppsikt.cycle.rules.steering import Step
from uppsikt.cycle.selectors import Round
from uppsikt.kernel.numbers import count_of
from uppsikt.kernel.period import format_date
from uppsikt.kernel.tree import walk
from uppsikt.organisation import selectors as organisation
from uppsikt.planning import selectors
from uppsikt.planning.pages import figures, links
from uppsikt.planning.pages.reporting_context import IndicatorContext, indicator_context
from uppsikt.planning.pages.reporting_parts import Fault, PartView, Sent, part_views
from uppsikt.planning.pages.words import capital, noun, numbered, small
from uppsikt.planning.rules.reporting import PartKind
from uppsikt.planning.selectors import AssignmentView, IndicatorView
from uppsikt.planning.selectors.reporting_sheet import Before, Part, Sheet
from uppsikt.texts.rules import Node, to_html
from uppsikt.web.parts import Badge, Crumb, Fact, Judgement, Link, Symbol, Text


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """An indicator to report: its outcomes, what the rule says, what the reporter says, and what is known.

    `judged`: there is a target to judge, or a judgement has been reported. `limited`: small groups are hidden.
    """

    key: str
    name: str
    href: str
    measure: Text
    note: Text
    limited: bool
    judged: bool
    outcomes: tuple[PartView, ...]
    judgement: PartView
    verdict: Judgement
    reason: Text
    context: IndicatorContext
    responsible: str


@dataclass(frozen=True, slots=True)
class AssignmentBlock:
    """An assignment to report, with what was said last time."""

    key: str
    title: str
    href: str
    text: str
    badges: tuple[Badge, ...]
    facts: tuple[Fact, ...]
    part: PartView
    steps: tuple[Step, ...]
    before: Symbol | None
    before_comment: str
    goal: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A text to write. `before` is what stood there last time, safe to print."""

    part: PartView
    before: SafeString | str


@dataclass(frozen=True, slots=True)
class AssessmentBlock:
    """The goal's assessment: the scale, what the rule proposes and why, and how it stood last time."""

    part: PartView
    steps: tuple[Step, ...]
    proposed: str
    proposal: Symbol | None
    proposal_reason: Text
    before: Symbol | None
    before_rationale: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page of reporting. `outline` leads to its parts and says how far each has come.

    `closed` says why nothing can be written, `read_only` that this person writes nothing here. `carry` is
    where to fetch last round's texts, empty when there is nothing to fetch or nowhere to put it.
    """

    title: Text
    lead: Text
    eyebrow: Text
    crumbs: tuple[Crumb, ...]
    url: str
    draft_url: str
    outline: tuple[Link, ...]
    indicators: tuple[IndicatorBlock, ...]
    indicators_label: Text
    assignments: tuple[AssignmentBlock, ...]
    assignments_label: Text
    texts: tuple[TextBlock, ...]
    assessment: AssessmentBlock | None
    fulfilment_label: Text
    before_label: Text
    closed: Text
    read_only: bool
    faults: tuple[Fault, ...]
    conflicts: int
    carry: str
    previous: Link | None
    following: Link | None
    round_href: str
    writer_key: str
    more: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """Who looks at the page and what they may write."""

    key: str
    may: Callable[[Part], bool]


def goal_report_page(sheet: Sheet, sent: Sent, asker: Asker, before: Before | None) -> SheetPage:
    """The page of one goal."""
    view = sheet.goal
    assert view is not None
    goal, round_ = view.goal, sheet.round
    carried = before is not None and any(
        part.kind is PartKind.TEXT
        and not part.values["content"]
        and part.slots["content"] not in sheet.drafts
        and before.texts.get(part.key.removeprefix("text-"))
        and asker.may(part)
        for part in sheet.parts
    )
    return _page(
        sheet,
        sent,
        asker,
        before,
        title=numbered(goal.number, goal.name),
        lead="",
        eyebrow=view.level.label,
        url=reverse("planning:report_goal", args=[round_.key, goal.key]),
        around=_neighbours(goal.key, goal.body_id, round_),
        carry=reverse("planning:report_carry", args=[round_.key, goal.key])
        if carried and sheet.is_open
        else "",
    )


def section_report_page(
    sheet: Sheet, sent: Sent, asker: Asker, section: str, periods: Sequence[str]
) -> SheetPage:
    """The page of a section's indicators, such as personnel."""
    label = next((each.label for each in sheet.model.sections if each.key == section), section)
    url = reverse("planning:report_section", args=[sheet.round.key, sheet.body.key, section])
    query = "".join(f"&period={code}" for code in periods)
    return _page(
        sheet, sent, asker, None, title=label, lead="", eyebrow="", around=(None, None), carry="",
        url=f"{url}?{query.lstrip('&')}" if query else url,
    )  # fmt: skip


def assignments_report_page(sheet: Sheet, sent: Sent, asker: Asker) -> SheetPage:
    """The quick list: every assignment's status and comment in one table."""
    word = noun(sheet.model, "assignment", 2)
    done = sum(row.step is not None for row in sheet.assignments)
    lead = _("%(count)s %(word)s är rapporterade. Varje rad sparas för sig.") % {
        "count": count_of(done, len(sheet.assignments)), "word": word,
    }  # fmt: skip
    return _page(
        sheet, sent, asker, None, title=capital(word), lead=lead, eyebrow="", around=(None, None), carry="",
        url=reverse("planning:report_assignments", args=[sheet.round.key, sheet.body.key]),
    )  # fmt: skip


def _page(
    sheet: Sheet,
    sent: Sent,
    asker: Asker,
    before: Before | None,
    *,
    title: str,
    lead: str,
    eyebrow: str,
    url: str,
    around: tuple[Link | None, Link | None],
    carry: str,
) -> SheetPage:
    round_, body, model = sheet.round, sheet.body, sheet.model
    views = part_views(sheet, sent, asker.may)
    name = organisation.body_names(round_.cutoff).get(body.key, body.key)
    start = reverse("planning:report_body", args=[round_.key, body.key])
    state = RoundState(round_.state)
    indicators = _indicator_blocks(sheet, views, before)
    assignments = tuple(_assignment_block(row, views, sheet, before) for row in sheet.assignments)
    texts = tuple(
        TextBlock(view, _html(before.texts.get(key.removeprefix("text-")) if before else None))
        for key, view in views.items()
        if view.kind == PartKind.TEXT.value
    )
    assessment = _assessment_block(sheet, views, before)
    return SheetPage(
        title=title,
        lead=lead or _goal_lead(round_),
        eyebrow=eyebrow,
        crumbs=(Crumb(name, links.goals(round_, body.key)), Crumb(round_.name, start), Crumb(title)),
        url=url,
        draft_url=f"{url.partition('?')[0]}?draft=",
        outline=_outline(sheet, indicators, assignments, texts, assessment),
        indicators=indicators,
        indicators_label=capital(noun(model, "indicator", 2)),
        assignments=assignments,
        assignments_label=capital(noun(model, "assignment", 2)),
        texts=texts,
        assessment=assessment,
        fulfilment_label=capital(model.word("fulfilment")),
        before_label=before.round.name if before else "",
        closed="" if state is RoundState.OPEN else _closed(state, round_),
        read_only=state is RoundState.OPEN and not any(view.editable for view in views.values()),
        faults=tuple(fault for view in views.values() for fault in view.faults),
        conflicts=sum(view.conflict is not None for view in views.values()),
        carry=carry,
        previous=around[0],
        following=around[1],
        round_href=start,
        writer_key=asker.key,
    )


def _goal_lead(round_: Round) -> str:
    if round_.deadline is None:
        return _("Läget till och med %(day)s.") % {"day": format_date(round_.cutoff)}
    return _("Läget till och med %(day)s. Sista dag att rapportera: %(deadline)s.") % {
        "day": format_date(round_.cutoff),
        "deadline": format_date(round_.deadline),
    }


def _closed(state: RoundState, round_: Round) -> str:
    if state is RoundState.PLANNED:
        return _("%(round)s är inte öppnad än. Sidan visar vad som ska rapporteras.") % {"round": round_.name}
    return _(
        "%(round)s är stängd. Det som rapporterades ligger fast; den som driver uppföljningen kan öppna den på nytt med skäl."
    ) % {"round": round_.name}


def _html(content: list[Node] | None) -> SafeString | str:
    return mark_safe(to_html(content)) if content else ""  # noqa: S308  to_html escapes everything


def _indicator_blocks(
    sheet: Sheet, views: Mapping[str, PartView], before: Before | None
) -> tuple[IndicatorBlock, ...]:
    outcomes: dict[int, list[PartView]] = defaultdict(list)
    for part in sheet.parts:
        if part.kind is PartKind.OUTCOME and part.indicator:
            outcomes[part.indicator.use.pk].append(views[part.key])
    earlier = {view.indicator.pk: view for view in before.goal.indicators} if before and before.goal else {}
    return tuple(
        _indicator_block(
            view, tuple(outcomes[view.use.pk]), views[f"judgement-{view.use.key}"], sheet,
            earlier.get(view.indicator.pk), before.round if before else None,
        )
        for view in sheet.indicators
    )  # fmt: skip


def _indicator_block(
    view: IndicatorView,
    outcomes: tuple[PartView, ...],
    judgement: PartView,
    sheet: Sheet,
    earlier: IndicatorView | None,
    earlier_round: Round | None,
) -> IndicatorBlock:
    use = view.use
    return IndicatorBlock(
        key=use.key,
        name=view.name,
        href=links.indicator(view.indicator.key, use=use.key, round_=sheet.round),
        measure=figures.measure_of(view),
        note=figures.lag_note(view, sheet.round.year_id) or use.note,
        limited=view.indicator.small_group_limit is not None,
        judged=view.target is not None or bool(view.reported),
        outcomes=outcomes,
        judgement=judgement,
        verdict=figures.judgement_of(view),
        reason=view.judgement.reason,
        context=indicator_context(view, sheet, earlier, earlier_round),
        responsible=use.responsible.name if use.responsible else "",
    )


def _assignment_block(
    row: AssignmentView, views: Mapping[str, PartView], sheet: Sheet, before: Before | None
) -> AssignmentBlock:
    item = row.assignment.item
    earlier = _earlier(row, before)
    facts = [
        Fact(sheet.model.words.get("responsible", _("Ansvarig")), item.responsible.name)
        if item.responsible
        else None,
        Fact(_("Ska vara klart"), format_date(item.deadline)) if item.deadline else None,
        Fact(_("Beslut"), str(row.assignment.decision)) if str(row.assignment.decision) else None,
    ]
    return AssignmentBlock(
        key=item.key,
        title=numbered(row.assignment.number, row.assignment.title),
        href=links.assignment(item.key),
        text=row.assignment.text,
        badges=tuple(Badge(text) for text in row.badges),
        facts=tuple(fact for fact in facts if fact),
        part=views[f"status-{item.key}"],
        steps=sheet.model.status_scale(sheet.round.kind).steps,
        before=figures.status_symbol(earlier.step) if earlier else None,
        before_comment=earlier.entry.comment if earlier and earlier.entry else "",
        goal=row.assignment.goal.name if row.assignment.goal else "",
        responsible=item.responsible.name if item.responsible else "",
    )


def _earlier(row: AssignmentView, before: Before | None) -> AssignmentView | None:
    if before is None or before.goal is None:
        return None
    same = {row.assignment.item_id, row.assignment.item.carried_over_from_id}
    return next((each for each in before.goal.assignments if each.assignment.item_id in same), None)


def _assessment_block(
    sheet: Sheet, views: Mapping[str, PartView], before: Before | None
) -> AssessmentBlock | None:
    view, scale = sheet.goal, sheet.model.fulfilment
    part = views.get(f"assessment-{view.goal.key}") if view else None
    if view is None or scale is None or part is None:
        return None
    proposal = view.proposal
    then = before.goal if before else None
    return AssessmentBlock(
        part=part,
        steps=scale.steps,
        proposed=proposal.step.key if proposal else "",
        proposal=figures.step_symbol(proposal.step) if proposal else None,
        proposal_reason=proposal.reason
        if proposal
        else _("Regeln föreslår inget förrän något utfall eller någon status är rapporterad."),
        before=figures.step_symbol(then.step) if then and then.step else None,
        before_rationale=then.assessment.rationale if then and then.assessment else "",
    )


def _outline(
    sheet: Sheet,
    indicators: Sequence[IndicatorBlock],
    assignments: Sequence[AssignmentBlock],
    texts: Sequence[TextBlock],
    assessment: AssessmentBlock | None,
) -> tuple[Link, ...]:
    """The page's parts in order, each with how far it has come."""
    model = sheet.model
    found = []
    if indicators:
        told = sum(_has_outcome(block) for block in indicators)
        label = capital(noun(model, "indicator", 2))
        found.append(Link(label, "#indicators", count=count_of(told, len(indicators))))
    if assignments:
        told = sum(bool(block.part.shown["step_"]) for block in assignments)
        label = capital(noun(model, "assignment", 2))
        found.append(Link(label, "#assignments", count=count_of(told, len(assignments))))
    if texts:
        told = sum(bool(block.part.html) for block in texts)
        found.append(Link(ngettext("Text", "Texter", len(texts)), "#texts", count=count_of(told, len(texts))))
    if assessment:
        step = assessment.part.shown["step_"]
        found.append(
            Link(
                capital(model.word("fulfilment")),
                "#assessment",
                count=small(step.label) if step else _("inte bedömt"),
                shape=step.symbol if step else "dash",
            )
        )
    return tuple(found)


def _has_outcome(block: IndicatorBlock) -> bool:
    told = block.judgement.shown
    return bool(told["analysis"] or told["reported"]) or any(
        part.shown["value"] is not None or part.shown["status"] in ("not_measured", "not_published")
        for part in block.outcomes
    )


def _neighbours(key: str, body: int, round_: Round) -> tuple[Link | None, Link | None]:
    """The goal before and after this one in the plan's order."""
    year = round_.year_id
    ordered = walk(selectors.outline(year, {body}), lambda goal: goal.pk, lambda goal: goal.parent)
    listed = [node.value for node in ordered if node.value.body == body]
    place = next((index for index, goal in enumerate(listed) if goal.key == key), None)
    if place is None:
        return None, None
    around = [listed[at] if 0 <= at < len(listed) else None for at in (place - 1, place + 1)]
    found = [
        Link(numbered(goal.number, goal.name), reverse("planning:report_goal", args=[round_.key, goal.key]))
        if goal
        else None
        for goal in around
    ]
    return found[0], found[1]
