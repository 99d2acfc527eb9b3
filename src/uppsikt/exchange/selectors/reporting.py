"""What was said, as rows."""

from __future__ import annotations

from uppsikt.cycle import selectors as cycle
from uppsikt.exchange.rules.rows import Values
from uppsikt.exchange.rules.tables.reporting import NOT_SET
from uppsikt.followup.selectors import StatusEntry
from uppsikt.history.rules import canonical_json
from uppsikt.planning.selectors import Assessment, IndicatorReport
from uppsikt.reports import selectors as reports
from uppsikt.reports.rules.outline import as_document
from uppsikt.texts import selectors as texts
from uppsikt.texts.rules import is_empty, to_plain


def tables() -> dict[str, list[Values]]:
    """The tables of reports."""
    own = _own_outlines()
    return {
        "indicator_reports": [
            {
                "use": row.use.key,
                "round": row.round.key,
                "reported": row.reported,
                "reason": row.reason,
                "analysis": row.analysis,
                "trend": row.trend,
                "unjustified": row.unjustified,
            }
            for row in IndicatorReport.objects.all()
            .current()
            .filter(use__removed_at__isnull=True)
            .select_related("use", "round")
            .order_by("round__cutoff", "round__key", "use__key")
        ],
        "assessments": [
            {
                "goal": row.goal.key,
                "round": row.round.key,
                "body": row.body.key,
                "step": row.step or NOT_SET,
                "rationale": row.rationale,
            }
            for row in Assessment.objects.all()
            .current()
            .filter(goal__removed_at__isnull=True)
            .select_related("goal", "round", "body")
            .order_by("round__cutoff", "round__key", "goal__key", "body__key")
        ],
        "goal_texts": _goal_texts(),
        "statuses": [
            {
                "item": row.item.key,
                "round": row.round.key,
                "status": row.status or NOT_SET,
                "comment": row.comment,
            }
            for row in StatusEntry.objects.all()
            .current()
            .filter(item__removed_at__isnull=True)
            .select_related("item", "round")
            .order_by("round__cutoff", "round__key", "item__key")
        ],
        "reports": [
            {
                "key": row.key,
                "kind": row.kind,
                "body": row.body.key,
                "year": row.year_id,
                "round": row.round.key if row.round else "",
                "title": row.title,
                "outline": own.get(row.pk, ""),
            }
            for row in reports.reports().order_by("year_id", "key")
        ],
        "report_texts": _report_texts(),
    }


def _own_outlines() -> dict[int, str]:
    """The outlines that depart from the steering model's, by report."""
    found = {}
    for row in reports.ReportOutline.objects.all().current().select_related("report"):
        model = cycle.model_for(row.report.year_id)
        given = model.plan_outline if row.report.kind == "plan" else model.outline
        if row.hidden or row.chapters != as_document(given):
            found[row.report_id] = canonical_json({"chapters": row.chapters, "hidden": row.hidden})
    return found


def _goal_texts() -> list[Values]:
    rows = []
    for slot, content in _contents("goal").items():
        _goal, goal, round_, body, kind = slot.split(":", 4)
        shown = kind.replace(":priority-", ":")
        rows.append({"goal": goal, "round": round_, "body": body, "kind": shown, "content": content})
    return sorted(rows, key=lambda row: (row["round"], row["goal"], row["body"], row["kind"]))


def _report_texts() -> list[Values]:
    rows = []
    for slot, content in _contents("report").items():
        _report, report, chapter = slot.split(":", 2)
        rows.append({"report": report, "chapter": chapter, "content": content})
    return sorted(rows, key=lambda row: (row["report"], row["chapter"]))


def _contents(kind: str) -> dict[str, str]:
    slots = list(texts.slots(kind).values_list("slot", flat=True))
    found = texts.contents(slots)
    return {slot: to_plain(nodes) for slot, nodes in found.items() if not is_empty(nodes)}
