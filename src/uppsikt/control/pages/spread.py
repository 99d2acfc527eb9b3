"""How those who voted on a risk see it: a dot a vote on the scale, the median, who is far from the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from uppsikt.control.rules.risks import Spread, Verdict
from uppsikt.cycle.rules.control_policy import ControlPolicy, RiskStep
from uppsikt.kernel.numbers import format_decimal
from uppsikt.planning.pages.words import listed
from uppsikt.web.parts import Text


@dataclass(frozen=True, slots=True)
class SpreadStep:
    """A step of the scale with a dot for each vote. `proposed`: the median points here."""

    value: str
    label: Text
    dots: tuple[int, ...]
    spoken: Text
    proposed: bool


@dataclass(frozen=True, slots=True)
class SpreadAxis:
    """One axis with its steps, and the median with the lowest and highest in words."""

    label: Text
    steps: tuple[SpreadStep, ...]
    words: Text


@dataclass(frozen=True, slots=True)
class SpreadPicture:
    """Both axes, and in a sentence how well they agree."""

    axes: tuple[SpreadAxis, ...]
    voters: Text
    summary: Text
    agreed: bool


def spread_picture(policy: ControlPolicy, said: Verdict, names: Mapping[str, str]) -> SpreadPicture:
    """The picture of a risk's votes. Args: names: of those who voted, by key."""
    apart = [names.get(key, key) for key in said.apart]
    if said.voters == 1:
        summary = ""
    elif apart:
        summary = _("%(names)s ser det annorlunda än de andra. Prata om varför innan ni bestämmer er.") % {
            "names": listed(apart)
        }
    elif said.agreed:
        summary = _("Ni är överens, på ett steg när.")
    else:
        summary = _("Bedömningarna går isär mer än ett steg.")
    return SpreadPicture(
        axes=(
            _axis(_("Sannolikhet"), policy.likelihood, said.likelihood),
            _axis(_("Konsekvens"), policy.consequence, said.consequence),
        ),
        voters=ngettext("%(n)s har bedömt", "%(n)s har bedömt", said.voters) % {"n": said.voters},
        summary=summary,
        agreed=said.agreed,
    )


def _axis(label: str, steps: tuple[RiskStep, ...], said: Spread) -> SpreadAxis:
    counts = dict(said.counts)
    return SpreadAxis(
        label=label,
        steps=tuple(
            SpreadStep(
                value=str(step.value),
                label=step.label,
                dots=tuple(range(counts.get(step.value, 0))),
                spoken=ngettext("%(n)s röst", "%(n)s röster", counts.get(step.value, 0))
                % {"n": counts.get(step.value, 0)},
                proposed=step.value == said.proposal,
            )
            for step in sorted(steps, key=lambda one: one.value)
        ),
        words=_("Median %(median)s, lägst %(lowest)s, högst %(highest)s")
        % {"median": format_decimal(said.median), "lowest": said.lowest, "highest": said.highest},
    )
