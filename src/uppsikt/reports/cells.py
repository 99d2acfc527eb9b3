"""Printed cells: outcomes, targets, judgements, statuses. The five kinds of missing never look the same."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.cycle.rules.steering import Step
from uppsikt.kernel.numbers import MISSING, canonical, format_decimal
from uppsikt.planning.rules.judgement import TargetFact, Trend, Verdict, latest
from uppsikt.planning.selectors import AssignmentView, Figure, IndicatorView
from uppsikt.reports.composition import Composition, Notes
from uppsikt.typeset.payload import Cell, Colour, Shape, Symbol

NOT_MEASURED = "ej mätt"
NOT_PUBLISHED = "kommer senare"
UNKNOWN = "saknas"
TOO_FEW = "för få"

VERDICT_SYMBOLS: dict[Verdict, tuple[Shape, Colour]] = {
    Verdict.MET: ("check", "good"),
    Verdict.NOT_MET: ("cross", "bad"),
    Verdict.NO_OUTCOME: ("dash", "neutral"),
    Verdict.NOT_DUE: ("dot", "neutral"),
    Verdict.CANNOT_JUDGE: ("diamond", "neutral"),
}
TREND_WORDS = {Trend.BETTER: "trend_better", Trend.UNCHANGED: "trend_unchanged", Trend.WORSE: "trend_worse"}


def words(text: str, *, strong: bool = False, quiet: Sequence[str] = ()) -> Cell:
    """A cell of words; several paragraphs when the text has several lines. `quiet` lines stand in the background."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    cell: Cell = {"text": " ".join(lines), "value": None}
    if len(lines) > 1:
        cell["lines"] = lines
        aside = [place for place, line in enumerate(lines) if line in quiet]
        if aside:
            cell["quiet"] = aside
    if strong:
        cell["strong"] = True
    return cell


def symbol(step: Step) -> Symbol:
    """A step's shape and colour. The steering model's parser has checked that they exist."""
    return {"shape": step.symbol, "colour": step.colour}  # type: ignore[typeddict-item]


def outcome(c: Composition, view: IndicatorView, year: int, notes: Notes, *, remark: str = "") -> Cell:
    """A year's outcome of an indicator, all groups together."""
    found = latest(view.series, year)
    figure = view.figure(found.period.code) if found else None
    part = ""
    if (
        figure is not None
        and figure.value is not None
        and figure.period.kind not in ("year", view.indicator.periodicity)
    ):
        part = f"Utfallet avser {figure.period.label}."
    return figure_cell(c, view, figure, notes, remarks=(part, remark))


def figure_cell(
    c: Composition, view: IndicatorView, figure: Figure | None, notes: Notes, *, remarks: tuple[str, ...] = ()
) -> Cell:
    """An outcome as it may be shown: the figure with its origin, or in words why there is none."""
    if figure is None:
        return {"text": MISSING, "value": None, "note": notes.mark(*remarks)}
    if figure.hidden:
        limit = view.indicator.small_group_limit
        notes.add(
            f"{TOO_FEW[:1].upper()}{TOO_FEW[1:]}: färre än {limit} personer, eller en uppgift som skulle röja en "
            "så liten grupp. Visas inte."
        )
        return {"text": TOO_FEW, "value": None, "note": notes.mark(*remarks)}
    if figure.value is None:
        return {"text": _why(c, figure, notes), "value": None, "note": notes.mark(figure.footnote, *remarks)}
    text = format_decimal(figure.value, view.indicator.decimals)
    early = "Preliminär uppgift." if figure.preliminary else ""
    return {
        "text": text,
        "value": canonical(figure.value),
        "origin": c.figure_origin(view, figure, text),
        "note": notes.mark(early, figure.footnote, *remarks),
    }


def _why(c: Composition, figure: Figure, notes: Notes) -> str:
    policy = c.model.indicators
    if figure.status == "not_published" and policy.late_mark:
        notes.add(f"{policy.late_mark} {policy.later_mark_text or 'Utfallet publiceras senare.'}")
        return policy.late_mark
    return {"not_published": NOT_PUBLISHED, "not_measured": NOT_MEASURED}.get(figure.status, UNKNOWN)


def target(
    c: Composition,
    view: IndicatorView,
    fact: TargetFact | None,
    role_word: str,
    notes: Notes,
    *,
    remark: str = "",
) -> Cell:
    """A target exactly as decided; empty when none is decided."""
    if fact is None:
        return {"text": "", "value": None, "note": notes.mark(remark)}
    bare = fact.kind == "bare" and fact.value is not None and not fact.period_text
    return {
        "text": fact.text,
        "value": canonical(fact.value) if bare and fact.value is not None else None,
        "origin": c.target_origin(view, role_word, fact.year, fact.text),
        "note": notes.mark(remark),
    }


def departure(view: IndicatorView) -> str:
    """That the reporter departed from the rule, what the rule says, and the reason. Empty when they agree."""
    if not view.disagrees or view.report is None:
        return ""
    said = Verdict(view.reported).label.lower()
    rule = view.judgement.verdict.label.lower()
    reason = view.report.reason.strip() or "Skäl är inte angivet."
    return (
        f"Redovisas som {said}. Enligt regeln: {rule} ({view.judgement.reason.rstrip('.')}). Skäl: {reason}"
    )


def judgement(view: IndicatorView, notes: Notes, *, remark: str = "") -> Cell:
    """Whether the target is met, as reported; a note where that departs from the rule or cannot be judged."""
    verdict = view.verdict
    shape, colour = VERDICT_SYMBOLS[verdict]
    why = "" if verdict.judged or verdict is Verdict.NO_OUTCOME else view.judgement.reason
    return {
        "text": verdict.label,
        "value": None,
        "symbol": {"shape": shape, "colour": colour},
        "note": notes.mark(remark or why),
    }


def trend_word(c: Composition, view: IndicatorView) -> str:
    """Which way it goes in the municipality's words: as reported, else by rule; empty when neither is better."""
    if view.report is not None and view.report.trend:
        return c.model.word(TREND_WORDS[Trend(view.report.trend)])
    key = TREND_WORDS.get(view.trend) if view.trend else None
    if key is None or view.indicator.direction == "none":
        return ""
    return c.model.word(key)


def status(row: AssignmentView) -> Cell:
    """An assignment's status in the round."""
    return step_cell(row.step)


def step_cell(step: Step | None) -> Cell:
    """A status by symbol and word."""
    if step is None:
        return {"text": "Ej rapporterat", "value": None, "symbol": {"shape": "dash", "colour": "neutral"}}
    return {"text": step.label, "value": None, "symbol": symbol(step)}


def assignment_text(c: Composition, row: AssignmentView) -> Cell:
    """The assignment as printed: where it comes from, its text and parts, and what it was carried over from."""
    assignment = row.assignment
    origin = c.model.origin(assignment.origin)
    lines = [origin.label] if origin and origin.label else []
    lines += [assignment.text or (assignment.title if not assignment.parts else "")]
    lines += [f"{part['label']}) {part['text']}" for part in assignment.parts]
    aside = [*lines[:1], *row.badges] if origin and origin.label else [*row.badges]
    return words("\n".join([*lines, *row.badges]), quiet=aside)
