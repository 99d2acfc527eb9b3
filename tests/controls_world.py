"""A year with committees and a group-wide control, built through actions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests import build
from uppsikt.control.actions import controls as actions
from uppsikt.control.actions import results
from uppsikt.control.rules.figures import PartInput
from uppsikt.control.selectors import Control, ControlMeasure, GroupControl, Occasion
from uppsikt.history.rules import SYSTEM
from uppsikt.organisation.selectors import Body

COMMITTEES = ("gsn", "fsn", "sn")


def sample(checked: int, faulty: int) -> PartInput:
    return PartInput(checked=checked, faulty=faulty)


def group(*, key: str = "2024-representation", at: Body | None = None, **more: Any) -> GroupControl:
    values = {
        "name": "Underlag för representation",
        "purpose": "Så att riktlinjen följs.",
        "frequency": "tertial",
    }
    found, _ = actions.save_group_control(
        key=key, year=2024, body=at or build.body(), **(values | more), by=SYSTEM
    )
    return found


def measure(*, of: GroupControl | Control, key: str = "right", **more: Any) -> ControlMeasure:
    values: dict[str, Any] = {
        "label": "Andel rätt", "kind": "sample", "unit_text": "underlag",
        "approved_from": Decimal(95), "deficient_from": Decimal(80),
    }  # fmt: skip
    owner: dict[str, Any] = {"group": of} if isinstance(of, GroupControl) else {"control": of}
    found, _ = actions.save_measure(key=key, **owner, **(values | more), by=SYSTEM)
    return found


def control(*, key: str, at: Body | None = None, **more: Any) -> Control:
    found, _ = actions.save_control(
        key=key, year=2024, body=at or build.body(), **({"name": ""} | more), by=SYSTEM
    )
    return found


def occasion(*, of: Control, period: str = "2024", **more: Any) -> Occasion:
    found, _ = actions.save_occasion(control=of, period=period, **more, by=SYSTEM)
    return found


def found(at: Occasion, part: PartInput | None = None, **more: Any) -> None:
    parts = {"right": part} if part is not None else None
    results.report_result(occasion=at, parts=parts, **more, by=SYSTEM)


def shared_world() -> GroupControl:
    """Three committees: 20 of 22 right and 15 of 20 at year end, 10 of 20 the first at the interim; one unreported."""
    build.year()
    whole = group()
    measure(of=whole)
    for position, (key, interim, final) in enumerate(
        zip(COMMITTEES, (sample(20, 10), None, None), (sample(22, 2), sample(20, 5), None), strict=True)
    ):
        at = build.body(key=key, name=f"Nämnd {key}")
        row = control(key=f"2024-{key}-representation", at=at, group=whole, position=position)
        for period, part in (("2024-T2", interim), ("2024", final)):
            time = occasion(of=row, period=period)
            if part is not None:
                found(time, part)
    return whole
