"""A model (of steering or economy) as lines of path and value, for a sheet in Excel, and in one fixed order for files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import yaml

from uppsikt.cycle.rules import steering
from uppsikt.economy.rules import model as economy
from uppsikt.exchange.rules.tables import ECONOMY, STEERING

_STEP = re.compile(r"[^.\[\]]+|\[\d+\]")
_PARTS: dict[str, tuple[type[Any], ...]] = {
    STEERING: (
        steering.SteeringModel, steering.Level, steering.GoalTextKind, steering.Step,
        steering.AssessmentRule, steering.IndicatorPolicy, steering.Dimension, steering.TargetPolicy,
        steering.Origin, steering.AssignmentPolicy, steering.Section, steering.RoundTemplate,
        steering.OutlineBlock, steering.OutlineChapter,
    ),
    ECONOMY: (
        economy.EconomyModel, economy.Dimension, economy.Line, economy.Named, economy.Threshold,
        economy.Register, economy.RegisterMeasure, economy.ProjectKind, economy.FinancialGoal,
        economy.TableSpec, economy.Column, economy.RowSpec,
    ),
}  # fmt: skip
_ORDERS = {
    folder: {
        name: rank
        for rank, name in enumerate(dict.fromkeys(field.name for cls in parts for field in fields(cls)))
    }
    for folder, parts in _PARTS.items()
}
_FIRST = {"key": -2, "kind": -1}


def ordered(document: Any, folder: str = STEERING) -> Any:
    """The same document with its fields in the order of the model's rules, whatever database kept it.

    Args: folder: which kind of model it is, by the folder of a dataset that holds such.
    """
    if isinstance(document, dict):
        order = _ORDERS[folder]
        names = sorted(document, key=lambda name: (_FIRST.get(name, order.get(name, len(order))), str(name)))
        return {str(name): ordered(document[name], folder) for name in names}
    if isinstance(document, list):
        return [ordered(one, folder) for one in document]
    return document


def lines(document: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The document as (path, value): "levels[0].key", "area". Values are written as in YAML."""
    if isinstance(document, dict) and document:
        for name, value in document.items():
            yield from lines(value, f"{path}.{name}" if path else str(name))
    elif isinstance(document, list) and document:
        for index, value in enumerate(document):
            yield from lines(value, f"{path}[{index}]")
    else:
        yield path, _written(document)


def _written(value: Any) -> str:
    if isinstance(value, str):
        try:
            plain = yaml.safe_load(value) == value and value.strip() == value
        except (yaml.YAMLError, ValueError):
            plain = False
        return value if plain and value else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def assemble(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any] | None:
    """The document that the lines make; None when they contradict each other."""
    root: dict[str, Any] = {}
    for path, value in pairs:
        steps: list[str | int] = [
            int(step[1:-1]) if step.startswith("[") else step for step in _STEP.findall(path)
        ]
        if not steps or not _place(root, steps, value):
            return None
    return root


def _place(root: dict[str, Any], steps: list[str | int], value: Any) -> bool:
    here: Any = root
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        make: Any = value if following is None else ([] if isinstance(following, int) else {})
        if isinstance(step, int):
            if not isinstance(here, list) or step > len(here):
                return False
            if step == len(here):
                here.append(make)
        elif not isinstance(here, dict):
            return False
        else:
            here.setdefault(step, make)
        here = here[step]
    return True
