"""A risk's value, band and assessment as they are printed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from uppsikt.control.selectors import RiskAssessment
from uppsikt.control.selectors.risks import RiskFacts
from uppsikt.cycle.rules.control_policy import ControlPolicy
from uppsikt.kernel.numbers import NBSP
from uppsikt.web.parts import Badge, Symbol


def value_symbol(policy: ControlPolicy, value: int | None) -> Symbol:
    """A risk value with its band: "12 Mycket hög". Not assessed has its own."""
    if value is None:
        return Symbol("dash", _("Inte bedömd"))
    band = policy.band(value)
    if band is None:
        return Symbol("dot", str(value))
    return Symbol(band.symbol, f"{value}{NBSP}{band.label}", band.colour)


def steps(policy: ControlPolicy, row: RiskAssessment) -> str:
    """How an assessment came to its value: "3 Möjlig × 4 Allvarlig"."""
    likely = policy.labels("likelihood").get(row.likelihood, "")
    grave = policy.labels("consequence").get(row.consequence, "")
    return f"{row.likelihood} {likely} × {row.consequence} {grave}"


def badges(facts: RiskFacts) -> list[Badge]:
    """What to notice about a risk."""
    risk, found = facts.risk, []
    if risk.shared:
        found.append(Badge(facts.policy.shared_text or _("kommungemensam"), "accent"))
    if risk.adopted_from_id is not None:
        found.append(Badge(_("Anpassad") if risk.adapted else _("Övertagen"), "accent"))
    if facts.must_report:
        found.append(Badge(_("Rapporteras"), "warn", "flag"))
    if facts.unanswered:
        found.append(Badge(_("Inget görs"), "bad", "circle-alert"))
    return found
