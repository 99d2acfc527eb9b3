"""What a report still lacks, so that nobody adopts half a report without knowing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from uppsikt.cycle.rules.steering import OutlineChapter
from uppsikt.cycle.selectors import Round
from uppsikt.planning.rules.reporting import due_period, goal_slot
from uppsikt.planning.selectors import IndicatorView, Snapshot
from uppsikt.reports.carrying import Place
from uppsikt.reports.composition import chapter_slot
from uppsikt.reports.gaps import Gap
from uppsikt.reports.rules.stated_changes import contradictions
from uppsikt.texts.rules import Node, is_empty, text_of

KINDS: Mapping[str, str] = {
    "carried": "Hämtade texter som ingen gått igenom",
    "chapter": "Kapitel utan text",
    "assessment": "Mål utan bedömning",
    "rationale": "Bedömningar utan motivering",
    "reason": "Avvikelser från regeln utan skäl",
    "status": "Uppdrag, åtgärder och kontroller utan status",
    "control": "Intern kontroll utan samlad bedömning",
    "doubt": "Uppgifter som inte följer av sitt underlag",
    "outcome": "Indikatorer utan utfall",
    "text": "Mål utan text",
    "ledger": "Ekonomi utan huvudbok",
    "variance": "Avvikelser utan förklaring",
    "forecast": "Rader utan prognos",
}


def missing(
    view: Snapshot,
    chapters: Sequence[OutlineChapter],
    texts: Mapping[str, list[Node]],
    *,
    report_key: str,
    body_key: str,
) -> list[Gap]:
    """Everything missing, in the order of `KINDS` and of the plan."""
    gaps = [*_chapters(chapters, texts, report_key), *_stated(chapters, texts, report_key)]
    if view.round is None:
        return gaps
    where = f"/rounds/{view.round.key}/{body_key}/"
    sections = _printed_sections(chapters)
    return [*gaps, *_goals(view, body_key, texts), *_items(view, where), *_outcomes(view, where, sections)]


def with_carried(gaps: Sequence[Gap], carried: Sequence[Place], round_: Round | None) -> list[Gap]:
    """What is missing when some texts are fetched and wait to be gone through: they are asked for as just that."""
    found = [
        Gap(
            "carried",
            place.title,
            place.chapter,
            _goal_href(round_, place.goal) if round_ and place.goal else "",
        )
        for place in carried
    ]
    chapters, hrefs = {gap.chapter for gap in found if gap.chapter}, {gap.href for gap in found if gap.href}
    rest = [
        gap
        for gap in gaps
        if not (gap.kind == "chapter" and gap.chapter in chapters)
        and not (gap.kind == "text" and gap.href in hrefs)
    ]
    return [*found, *rest]


def _goal_href(round_: Round, goal: str) -> str:
    return f"/rounds/{round_.key}/goals/{goal}/"


def _chapters(
    chapters: Sequence[OutlineChapter], texts: Mapping[str, list[Node]], report_key: str
) -> Iterable[Gap]:
    for chapter in chapters:
        if wants_text(chapter) and is_empty(texts.get(chapter_slot(report_key, chapter.key), [])):
            yield Gap("chapter", chapter.title, chapter.key)


def _stated(
    chapters: Sequence[OutlineChapter], texts: Mapping[str, list[Node]], report_key: str
) -> Iterable[Gap]:
    """Changes told in the chapters' texts that the figures beside them do not give."""
    for chapter in chapters:
        content = texts.get(chapter_slot(report_key, chapter.key), [])
        for told in contradictions(text_of(content)):
            yield Gap("doubt", f"{chapter.title}: {told}", chapter.key)


def wants_text(chapter: OutlineChapter) -> bool:
    """Whether the chapter has a place for text of its own."""
    return any(block.kind == "text" for block in chapter.blocks)


def _goals(view: Snapshot, body_key: str, texts: Mapping[str, list[Node]]) -> Iterable[Gap]:
    round_ = view.round
    if round_ is None:
        return
    goals = view.committee_goals
    for goal in goals:
        href = _goal_href(round_, goal.goal.key)
        if goal.level.assessed and goal.step is None:
            yield Gap("assessment", str(goal.goal), href=href)
    for goal in view.unexplained:
        yield Gap("rationale", str(goal.goal), href=_goal_href(round_, goal.goal.key))
    for goal in goals:
        kinds = view.model.texts_for(goal.level.key)
        slots = [goal_slot(goal.goal.key, round_.key, body_key, kind.key) for kind in kinds]
        if slots and all(is_empty(texts.get(slot, [])) for slot in slots):
            yield Gap("text", str(goal.goal), href=_goal_href(round_, goal.goal.key))


def _items(view: Snapshot, where: str) -> Iterable[Gap]:
    for row in view.indicators:
        if row.disagrees and not (row.report and row.report.reason.strip()):
            yield Gap("reason", row.name, href=where)
    for assignment in view.assignments:
        if assignment.step is None:
            yield Gap("status", assignment.assignment.title, href=where)


def _printed_sections(chapters: Sequence[OutlineChapter]) -> list[str]:
    """The sections, such as personnel, that the outline prints."""
    found: dict[str, None] = {}
    for chapter in chapters:
        for block in chapter.blocks:
            plain = "personal" if block.kind == "personnel" else ""
            if key := str(block.options.get("section", plain)):
                found[key] = None
    return list(found)


def _outcomes(view: Snapshot, where: str, sections: Iterable[str]) -> Iterable[Gap]:
    """Indicators whose outcome the round asks for: the same rule as the page of the round counts by."""
    round_ = view.round
    if round_ is None:
        return
    for goal in view.goals:
        for row in goal.indicators:
            if _unreported(row, round_):
                yield Gap("outcome", row.name, href=_goal_href(round_, goal.goal.key))
    for row in view.indicators:
        yield from _told(row, where)
    for key in sections:
        for row in view.sections.get(key, ()):
            yield from _told(row, f"{where}sections/{key}/")
            if _unreported(row, round_):
                yield Gap("outcome", row.name, href=f"{where}sections/{key}/")


def _told(row: IndicatorView, href: str) -> Iterable[Gap]:
    """Changes told in an indicator's analysis that the figures beside them do not give."""
    for told in contradictions(row.report.analysis if row.report else ""):
        yield Gap("doubt", f"{row.name}: {told}", href=href)


def _unreported(row: IndicatorView, round_: Round) -> bool:
    if row.report and (row.report.reported or row.report.analysis.strip()):
        return False
    due = due_period(row.indicator.periodicity, row.use.year_id, row.use.lag_years, round_.cutoff)
    return not any(
        period == due and figure.status != "missing" for (_part, period), figure in row.figures.items()
    )
