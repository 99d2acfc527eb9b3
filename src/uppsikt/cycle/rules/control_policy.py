"""What a municipality has decided about internal control: its scale of risks and which scales results are told on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RiskStep:
    """A step of likelihood or consequence. `value` counts from 1."""

    value: int
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class RiskBand:
    """Risk values from `from_value` up to the next band. Shown by symbol and word, never by colour alone.

    `act`: a risk here must have a mitigation or a control. `report`: a risk here must be reported upward.
    """

    key: str
    label: str
    from_value: int
    symbol: str
    colour: str
    act: bool = False
    report: bool = False


@dataclass(frozen=True, slots=True)
class ControlPolicy:
    """How internal control is planned, judged and summed up.

    `report_from`: the risk value from which reporting upward is required; None when bands say it or nothing does.
    `result_scale` and `summary_scale`: keys of the steering model's scales. A result scale has the steps `approved`,
    `deficient` and `failed` where thresholds are to be judged. `shared_text`: how a group-wide control is marked.
    """

    likelihood: tuple[RiskStep, ...] = ()
    consequence: tuple[RiskStep, ...] = ()
    bands: tuple[RiskBand, ...] = ()
    report_from: int | None = None
    result_scale: str = ""
    summary_scale: str = ""
    shared_text: str = ""
    carried_text: str = ""

    def band(self, value: int) -> RiskBand | None:
        """The band that a risk value falls in, None when it lies under them all."""
        held = [band for band in self.bands if band.from_value <= value]
        return max(held, key=lambda band: band.from_value) if held else None

    def must_report(self, value: int) -> bool:
        """Whether a risk of this value must be reported upward."""
        band = self.band(value)
        return (self.report_from is not None and value >= self.report_from) or (
            band is not None and band.report
        )

    def must_act(self, value: int) -> bool:
        """Whether a risk of this value must have a mitigation or a control."""
        band = self.band(value)
        return band is not None and band.act

    def labels(self, axis: str) -> Mapping[int, str]:
        """The labels of `likelihood` or `consequence`, by value."""
        return {step.value: step.label for step in getattr(self, axis)}


@dataclass(frozen=True, slots=True)
class LintPolicy:
    """What the lint of the steering holds a plan to.

    `max_goals`: the most goals a body should have on a level it owns. `off`: ids of rules that are not asked.
    """

    max_goals: int | None = None
    off: tuple[str, ...] = ()
