"""Reading a steering model document: every fault at once, in words that say what to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, TypeVar

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
from uppsikt.kernel.problems import Problem, Where

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
    "assignment_list", "measures_by_gender", "personnel", "sources_list", "disagreements",
)  # fmt: skip

T = TypeVar("T")
_SECTIONS = tuple(f.name for f in fields(SteeringModel))


class _Reader:
    """Collects problems while plain data become dataclasses."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def fault(self, place: str, message: str, remedy: str = "") -> None:
        self.problems.append(Problem("model", Where(self.file, None, place), message, remedy))

    def mapping(self, data: Any, place: str) -> Mapping[str, Any]:
        if data is None:
            return {}
        if not isinstance(data, Mapping):
            self.fault(place, "Här ska stå namngivna fält.", "Skriv ”fält: värde”.")
            return {}
        return data

    def rows(self, data: Any, place: str) -> list[tuple[str, Mapping[str, Any]]]:
        if data is None:
            return []
        if not isinstance(data, list):
            self.fault(place, "Här ska stå en lista.", "Börja varje rad med ett bindestreck.")
            return []
        return [(f"{place}[{i}]", self.mapping(row, f"{place}[{i}]")) for i, row in enumerate(data)]

    def build(
        self, cls: type[T], data: Mapping[str, Any], place: str, **convert: Callable[[Any], Any]
    ) -> T | None:
        """An instance of the dataclass `cls`, or None when a field is missing, unknown or of the wrong type."""
        known = {f.name: f for f in fields(cls)}  # type: ignore[arg-type]
        for name in data:
            if name not in known:
                self.fault(
                    f"{place}.{name}", f"Okänt fält ”{name}”.", f"Kända fält: {', '.join(sorted(known))}."
                )
        values: dict[str, Any] = {}
        for name, spec in known.items():
            if name not in data:
                if spec.default is MISSING and spec.default_factory is MISSING:
                    self.fault(f"{place}.{name}", f"Fältet ”{name}” saknas.", "Lägg till det.")
                    return None
                continue
            value = data[name]
            try:
                values[name] = convert[name](value) if name in convert else _plain(value, str(spec.type))
            except (TypeError, ValueError, InvalidOperation) as error:
                self.fault(f"{place}.{name}", f"Värdet {value!r} kan inte användas ({error}).")
                return None
        return cls(**values)

    def each(self, cls: type[T], data: Any, place: str, **convert: Callable[[Any], Any]) -> tuple[T, ...]:
        built = [self.build(cls, row, where, **convert) for where, row in self.rows(data, place)]
        return tuple(item for item in built if item is not None)


def _plain(value: Any, type_name: str) -> Any:
    """A YAML value as the field's type says. Raises: TypeError, ValueError."""
    optional = "None" in type_name
    if value is None:
        if optional:
            return None
        raise TypeError("värde saknas")
    if type_name.startswith("bool"):
        if not isinstance(value, bool):
            raise TypeError("ska vara true eller false")
        return value
    if type_name.startswith("int"):
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError("ska vara ett heltal")
        return value
    if type_name.startswith("Decimal"):
        return Decimal(str(value))
    if type_name.startswith("tuple[str"):
        return tuple(str(item) for item in value)
    if not isinstance(value, str | int):
        raise TypeError("ska vara en text")
    return str(value)


def parse(
    document: Mapping[str, Any], file: str = "styrmodell"
) -> tuple[SteeringModel | None, list[Problem]]:
    """The model that `document` describes, and every problem found in it.

    Returns: (model, problems); the model is None when there is any problem.
    """
    reader = _Reader(file)
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
    )
    _check(model, reader)
    return (None if reader.problems else model), reader.problems


def parse_outline(data: Any, file: str = "disposition") -> tuple[tuple[OutlineChapter, ...], list[Problem]]:
    """A report's own outline, in the same form as in the model."""
    reader = _Reader(file)
    chapters = outline(data, reader, "outline")
    _check_outline(chapters, "outline", reader)
    return chapters, reader.problems


def outline(data: Any, reader: _Reader, place: str) -> tuple[OutlineChapter, ...]:
    """The chapters of an outline."""

    def blocks(rows: Any) -> tuple[OutlineBlock, ...]:
        return reader.each(OutlineBlock, rows, f"{place}.blocks", options=dict)

    return reader.each(OutlineChapter, data, place, blocks=blocks)


def _one(
    reader: _Reader, cls: type[T], document: Mapping[str, Any], name: str, **convert: Callable[[Any], Any]
) -> T:
    data = reader.mapping(document.get(name), name)
    return reader.build(cls, data, name, **convert) or cls()


def _thresholds(reader: _Reader, rows: Any) -> tuple[tuple[str, Decimal], ...]:
    listed = [row for _place, row in reader.rows(rows, "assessment.thresholds")]
    pairs = [(str(row["step"]), Decimal(str(row["from_percent"]))) for row in listed]
    return tuple(sorted(pairs, key=lambda pair: pair[1], reverse=True))


def _values(reader: _Reader, rows: Any) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(row["key"]), str(row["label"])) for _place, row in reader.rows(rows, "dimensions.values")
    )


def _check(model: SteeringModel, reader: _Reader) -> None:
    """What the parts demand of each other."""
    if not model.levels:
        reader.fault("levels", "Styrmodellen har inga målnivåer.", "Lägg till minst en nivå.")
    _unique(reader, "levels", [level.key for level in model.levels])
    _unique(reader, "origins", [origin.key for origin in model.origins])
    _unique(reader, "rounds", [template.key for template in model.rounds])
    _unique(reader, "goal_texts", [kind.key for kind in model.goal_texts])
    for level in model.levels:
        _among(reader, f"levels.{level.key}.owner", level.owner, (COUNCIL, COMMITTEE))
    for kind in model.goal_texts:
        _among(reader, f"goal_texts.{kind.key}.per", kind.per, ("goal", "priority"))
        for name in kind.levels:
            _among(reader, f"goal_texts.{kind.key}.levels", name, [level.key for level in model.levels])
    for scale in model.scales.values():
        _unique(reader, f"scales.{scale.key}", [step.key for step in scale.steps])
        _unique(reader, f"scales.{scale.key}", [step.label for step in scale.steps])
        for step in scale.steps:
            _among(reader, f"scales.{scale.key}.{step.key}.symbol", step.symbol, SYMBOLS)
            _among(reader, f"scales.{scale.key}.{step.key}.colour", step.colour, COLOURS)
    for name in ("scale_interim", "scale_year_end"):
        _among(reader, f"assignments.{name}", getattr(model.assignments, name), model.scales)
    _check_assessment(model, reader)
    _among(
        reader,
        "indicators.future_target_counts",
        model.indicators.future_target_counts,
        ("from_target_year", "always"),
    )
    for target_kind in model.targets.kinds:
        _among(reader, "targets.kinds", target_kind, TARGET_KINDS)
    for template in model.rounds:
        _among(reader, f"rounds.{template.key}.kind", template.kind, ROUND_KINDS)
    _check_outline(model.outline, "outline", reader)
    _check_outline(model.plan_outline, "plan_outline", reader)


def _check_assessment(model: SteeringModel, reader: _Reader) -> None:
    rule = model.assessment
    _among(reader, "assessment.rule", rule.rule, ("shares", "none"))
    if rule.scale is None:
        if any(level.assessed for level in model.levels):
            reader.fault("assessment.scale", "En nivå ska bedömas men ingen skala är vald.", "Ange scale.")
        return
    _among(reader, "assessment.scale", rule.scale, model.scales)
    scale = model.scales.get(rule.scale)
    for step, _from in rule.thresholds:
        if scale is not None:
            _among(reader, "assessment.thresholds", step, [s.key for s in scale.steps])
    if rule.rule == "shares" and not any(limit == 0 for _step, limit in rule.thresholds):
        reader.fault(
            "assessment.thresholds", "Inget steg gäller från 0 procent.", "Lägg till ett lägsta steg."
        )


def _check_outline(chapters: tuple[OutlineChapter, ...], place: str, reader: _Reader) -> None:
    _unique(reader, place, [chapter.key for chapter in chapters])
    for chapter in chapters:
        if not 1 <= chapter.level <= 3:
            reader.fault(f"{place}.{chapter.key}.level", "Nivån ska vara 1, 2 eller 3.")
        for block in chapter.blocks:
            _among(reader, f"{place}.{chapter.key}.blocks", block.kind, BLOCK_KINDS)
        for kind in chapter.round_kinds:
            _among(reader, f"{place}.{chapter.key}.round_kinds", kind, ROUND_KINDS)


def _unique(reader: _Reader, place: str, values: list[str]) -> None:
    for value in sorted({value for value in values if values.count(value) > 1}):
        reader.fault(place, f"”{value}” förekommer flera gånger.", "Ge varje rad ett eget värde.")


def _among(reader: _Reader, place: str, value: str, allowed: Iterable[str]) -> None:
    choices = list(allowed)
    if value not in choices:
        reader.fault(place, f"”{value}” är inte giltigt.", f"Välj något av: {', '.join(sorted(choices))}.")
