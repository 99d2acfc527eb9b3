"""What stands under an occasion's result: its samples, and what it found wrong."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from uppsikt.control.pages.deficiency_rows import occasion_deficiencies
from uppsikt.control.pages.sample_rows import samples_table
from uppsikt.control.selectors import Occasion
from uppsikt.web.parts import Action, Text
from uppsikt.web.tables import Table


@dataclass(frozen=True, slots=True)
class OccasionParts:
    """`samples` None: none is drawn. `first`: they give the result its figures, and so stand before it. `hint`: what to do when something was wrong and nothing is written down."""

    samples: Table | None
    first: bool
    draw: Action | None
    deficiencies: Table | None
    add: Action | None
    hint: Text


def occasion_parts(
    occasion: Occasion, *, passed: bool | None, counts: bool, may_report: bool, may_see: bool
) -> OccasionParts:
    """The parts.

    Args: passed: what the occasion was judged; None before it is. counts: whether the control has a figure that a
        sample gives. may_see: the rows of samples.
    """
    samples, draw = samples_table(occasion, may_draw=may_report, may_see=may_see)
    deficiencies, add = occasion_deficiencies(occasion, may_add=may_report)
    unwritten = passed is False and not deficiencies.rows
    hint = (
        _(
            "Resultatet är inte godkänt. Skriv ner vad som är fel, så att bristen får en åtgärd och ett omtest."
        )
        if unwritten and may_report
        else ""
    )
    return OccasionParts(samples, counts, draw, deficiencies if deficiencies.rows else None, add, hint)
