"""Reading a steering model document: every fault at once, in words that say what to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from uppsikt.cycle.rules.control_policy import ControlPolicy, LintPolicy, RiskBand, RiskStep
from uppsikt.cycle.rules.steering import (
    COMMITTEE,
    COUNCIL,
    AssessmentRule,
    AssignmentPolicy,
    Dimension,
    GoalTextKind,
    IndicatorPolicy,
    Level,
    Origin,
    OutlineBlock,
    OutlineChapter,
    RoundTemplate,
    Scale,
    Section,
    SteeringModel,
    Step,
    TargetPolicy,
)
from uppsikt.kernel.documents import Reader
from uppsikt.kernel.problems import Problem

SYMBOLS = frozenset(
    {
        "circle-0", "circle-1", "circle-2", "circle-3", "circle-4", "square-full", "square-empty",
        "triangle-right", "triangle-half", "dash", "cross", "check", "diamond", "dot",
    }
)  # fmt: skip
COLOURS = frozenset({"good", "fair", "warn", "bad", "neutral", "accent"})
TARGET_KINDS = (
    "ge", "gt", "le", "lt", "eq", "interval", "bare", "keep", "decrease", "increase", "reference",
)  # fmt: skip
ROUND_KINDS = ("month", "interim", "year_end")
BLOCK_KINDS = (
    "text", "summary_figures", "goal_assessment_table", "goal_sections", "indicator_chart",
    "assignment_list", "measures_by_gender", "personnel", "economy_table", "economy_chart",
    "variance_comments", "sources_list", "disagreements", "control_summary", "group_control", "risk_matrix",
    "risk_table", "mitigation_table", "control_table", "audit_table", "supplier_table", "compliance_table",
    "procurement_table", "oversight_table",
)  # fmt: skip

T = TypeVar("T")
_SECTIONS = tuple(f.name for f in fields(SteeringModel))


def parse(
    document: Mapping[str, Any], file: str = "styrmodell"
) -> tuple[SteeringModel | None, list[Problem]]:
    """The model that `document` describes, and every problem found in it.

    Returns: (model, problems); the model is None when there is any problem.
    """
    reader = Reader(file)
    for name in document:
        if name not in _SECTIONS:
            reader.fault(name, f"Okänd del ”{name}”.", f"Kända delar: {', '.join(_SECTIONS)}.")
    if not document.get("name"):
        reader.fault("name", "Styrmodellen har inget namn.", "Skriv ett namn.")

    model = SteeringModel(
        name=str(document.get("name", "")),
        description=str(document.get("description", "")),
        words={str(k): str(v) for k, v in reader.mapping(document.get("words"), "words").items()},
        levels=reader.each(Level, document.get("levels"), "levels"),
        goal_texts=reader.each(GoalTextKind, document.get("goal_texts"), "goal_texts"),
        scales={
            key: Scale(key, reader.each(Step, steps, f"scales.{key}"))
            for key, steps in reader.mapping(document.get("scales"), "scales").items()
        },
        assessment=_one(
            reader, AssessmentRule, document, "assessment", thresholds=partial(_thresholds, reader)
        ),
        indicators=_one(reader, IndicatorPolicy, document, "indicators"),
        dimensions=reader.each(
            Dimension, document.get("dimensions"), "dimensions", values=partial(_values, reader)
        ),
        targets=_one(reader, TargetPolicy, document, "targets"),
        origins=reader.each(Origin, document.get("origins"), "origins"),
        assignments=_one(reader, AssignmentPolicy, document, "assignments"),
        sections=reader.each(Section, document.get("sections"), "sections"),
        rounds=reader.each(RoundTemplate, document.get("rounds"), "rounds"),
        outline=outline(document.get("outline"), reader, "outline"),
        plan_outline=outline(document.get("plan_outline"), reader, "plan_outline"),
        control_plan_outline=outline(document.get("control_plan_outline"), reader, "control_plan_outline"),
        control=_one(
            reader,
            ControlPolicy,
            document,
            "control",
            likelihood=partial(reader.each, RiskStep, place="control.likelihood"),
            consequence=partial(reader.each, RiskStep, place="control.consequence"),
            bands=partial(reader.each, RiskBand, place="control.bands"),
        ),
        lint=_one(reader, LintPolicy, document, "lint"),
    )
    _check(model, reader)
    return (None if reader.problems else model), reader.problems


def parse_outline(data: Any, file: str = "disposition") -> tuple[tuple[OutlineChapter, ...], list[Problem]]:
    """A report's own outline, in the same form as in the model."""
    reader = Reader(file)
    chapters = outline(data, reader, "outline")
    _check_outline(chapters, "outline", reader)
    return chapters, reader.problems


def outline(data: Any, reader: Reader, place: str) -> tuple[OutlineChapter, ...]:
    """The chapters of an outline."""

    def blocks(rows: Any) -> tuple[OutlineBlock, ...]:
        return reader.each(OutlineBlock, rows, f"{place}.blocks", options=dict)

    return reader.each(OutlineChapter, data, place, blocks=blocks)


def _one(
    reader: Reader, cls: type[T], document: Mapping[str, Any], name: str, **convert: Callable[[Any], Any]
) -> T:
    data = reader.mapping(document.get(name), name)
    return reader.build(cls, data, name, **convert) or cls()


def _thresholds(reader: Reader, rows: Any) -> tuple[tuple[str, Decimal], ...]:
    listed = [row for _place, row in reader.rows(rows, "assessment.thresholds")]
    pairs = [(str(row["step"]), Decimal(str(row["from_percent"]))) for row in listed]
    return tuple(sorted(pairs, key=lambda pair: pair[1], reverse=True))


def _values(reader: Reader, rows: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(row["key"]), str(row["label"])) for _place, row in reader.rows(rows, "dimensions.values")
    )


def _check(model: SteeringModel, reader: Reader) -> None:
    """What the parts demand of each other."""
    if not model.levels:
        reader.fault("levels", "Styrmodellen har inga målnivåer.", "Lägg till minst en nivå.")
    reader.unique("levels", [level.key for level in model.levels])
    reader.unique("origins", [origin.key for origin in model.origins])
    reader.unique("rounds", [template.key for template in model.rounds])
    reader.unique("goal_texts", [kind.key for kind in model.goal_texts])
    for level in model.levels:
        reader.among(f"levels.{level.key}.owner", level.owner, (COUNCIL, COMMITTEE))
    for kind in model.goal_texts:
        reader.among(f"goal_texts.{kind.key}.per", kind.per, ("goal", "priority"))
        for name in kind.levels:
            reader.among(f"goal_texts.{kind.key}.levels", name, [level.key for level in model.levels])
    for scale in model.scales.values():
        reader.unique(f"scales.{scale.key}", [step.key for step in scale.steps])
        reader.unique(f"scales.{scale.key}", [step.label for step in scale.steps])
        for step in scale.steps:
            reader.among(f"scales.{scale.key}.{step.key}.symbol", step.symbol, SYMBOLS)
            reader.among(f"scales.{scale.key}.{step.key}.colour", step.colour, COLOURS)
    for name in ("scale_interim", "scale_year_end"):
        reader.among(f"assignments.{name}", getattr(model.assignments, name), model.scales)
    _check_assessment(model, reader)
    reader.among(
        "indicators.future_target_counts",
        model.indicators.future_target_counts,
        ("from_target_year", "always"),
    )
    for target_kind in model.targets.kinds:
        reader.among("targets.kinds", target_kind, TARGET_KINDS)
    for template in model.rounds:
        reader.among(f"rounds.{template.key}.kind", template.kind, ROUND_KINDS)
    _check_outline(model.outline, "outline", reader)
    _check_outline(model.plan_outline, "plan_outline", reader)
    _check_outline(model.control_plan_outline, "control_plan_outline", reader)
    _check_control(model, reader)


def _check_assessment(model: SteeringModel, reader: Reader) -> None:
    rule = model.assessment
    reader.among("assessment.rule", rule.rule, ("shares", "none"))
    if rule.scale is None:
        if any(level.assessed for level in model.levels):
            reader.fault("assessment.scale", "En nivå ska bedömas men ingen skala är vald.", "Ange scale.")
        return
    reader.among("assessment.scale", rule.scale, model.scales)
    scale = model.scales.get(rule.scale)
    for step, _from in rule.thresholds:
        if scale is not None:
            reader.among("assessment.thresholds", step, [s.key for s in scale.steps])
    if rule.rule == "shares" and not any(limit == 0 for _step, limit in rule.thresholds):
        reader.fault(
            "assessment.thresholds", "Inget steg gäller från 0 procent.", "Lägg till ett lägsta steg."
        )


def _check_outline(chapters: tuple[OutlineChapter, ...], place: str, reader: Reader) -> None:
    reader.unique(place, [chapter.key for chapter in chapters])
    for chapter in chapters:
        if not 1 <= chapter.level <= 3:
            reader.fault(f"{place}.{chapter.key}.level", "Nivån ska vara 1, 2 eller 3.")
        for block in chapter.blocks:
            reader.among(f"{place}.{chapter.key}.blocks", block.kind, BLOCK_KINDS)
        for kind in chapter.round_kinds:
            reader.among(f"{place}.{chapter.key}.round_kinds", kind, ROUND_KINDS)


def _check_control(model: SteeringModel, reader: Reader) -> None:
    policy = model.control
    for axis in ("likelihood", "consequence"):
        values = [step.value for step in getattr(policy, axis)]
        if values != list(range(1, len(values) + 1)):
            reader.fault(
                f"control.{axis}",
                "Stegen ska numreras från 1 i ordning.",
                "Numrera dem 1, 2, 3 och så vidare.",
            )
    if bool(policy.likelihood) != bool(policy.consequence):
        reader.fault("control", "Riskskalan har bara en axel.", "Ange både likelihood och consequence.")
    reader.unique("control.bands", [band.key for band in policy.bands])
    for band in policy.bands:
        reader.among(f"control.bands.{band.key}.symbol", band.symbol, SYMBOLS)
        reader.among(f"control.bands.{band.key}.colour", band.colour, COLOURS)
    for name in ("result_scale", "summary_scale"):
        if getattr(policy, name):
            reader.among(f"control.{name}", getattr(policy, name), model.scales)
