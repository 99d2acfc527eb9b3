from __future__ import annotations

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.grain import Profile
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.kernel.decision import Decision
from uppsikt.organisation.selectors import Body, Unit


class FrameDecision(models.Model):
    """A decision that sets or changes a body's budget frame: the year's frame, or an adjustment during the year."""

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="frame_decisions", verbose_name=_("organ")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    original = models.BooleanField(_("årets ursprungliga ram"), default=False)
    date = models.DateField(_("datum"))
    text = models.CharField(_("vad beslutet gäller"), max_length=300)
    decision_case = models.CharField(_("ärendenummer"), max_length=60, blank=True)
    decision_body = models.CharField(_("beslutat av"), max_length=200, blank=True)
    decision_date = models.DateField(_("beslutsdatum"), null=True, blank=True)
    decision_section = models.CharField(_("paragraf"), max_length=20, blank=True)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("rambeslut")
        verbose_name_plural = _("rambeslut")
        ordering = ["date", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year"],
                condition=models.Q(original=True, removed_at__isnull=True),
                name="one_original_frame",
                violation_error_message=_(
                    "Året har redan en ursprunglig ram. Lägg in ändringen som en justering."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def decision(self) -> Decision:
        """The decision it rests on."""
        return Decision(self.decision_case, self.decision_body, self.decision_date, self.decision_section)


class FrameAmount(SupersedingRow):
    """What a frame decision moves in one column: the frame itself, a reserve, or what the economy model has."""

    decision = models.ForeignKey(
        FrameDecision, on_delete=models.PROTECT, related_name="amounts", verbose_name=_("rambeslut")
    )
    column = models.CharField(_("kolumn"), max_length=40)
    amount_ore = models.BigIntegerField(_("belopp (öre)"))

    class Meta:
        verbose_name = _("rambelopp")
        constraints = [
            models.UniqueConstraint(fields=["decision", "column"], condition=CURRENT, name="one_frame_amount")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.column}"


class BudgetAmount(SupersedingRow):
    """A detailed budget amount for a year: line, unit and activity. Income positive, cost negative.

    With a frame decision it is that decision's change; without one it is the year's original detailed budget.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="budget", verbose_name=_("organ"))
    year = models.PositiveSmallIntegerField(_("år"))
    line = models.CharField(_("rad"), max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet")
    )
    activity = models.CharField(_("verksamhet"), max_length=40, blank=True)
    decision = models.ForeignKey(
        FrameDecision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="details",
        verbose_name=_("rambeslut"),
    )
    amount_ore = models.BigIntegerField(_("belopp för året (öre)"))
    profile = models.CharField(
        _("fördelning över året"),
        max_length=10,
        choices=[(profile.value, profile.label) for profile in Profile],
        default=Profile.EVEN.value,
    )
    months = models.JSONField(_("belopp per månad (öre)"), default=list, blank=True)

    class Meta:
        verbose_name = _("budgetbelopp")
        constraints = [
            models.UniqueConstraint(
                F("body"),
                F("year"),
                F("line"),
                Coalesce(F("unit"), 0),
                F("activity"),
                Coalesce(F("decision"), 0),
                condition=CURRENT,
                name="one_budget_amount",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.line} {self.amount_ore}"


class ForecastAmount(SupersedingRow):
    """What a line of a unit is expected to come to for the whole year, as said in a round, and why."""

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="forecasts", verbose_name=_("tillfälle")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="forecasts", verbose_name=_("organ")
    )
    line = models.CharField(_("rad"), max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet")
    )
    activity = models.CharField(_("verksamhet"), max_length=40, blank=True)
    amount_ore = models.BigIntegerField(_("prognos för året (öre)"))
    explanation = models.TextField(_("förklaring"), blank=True)

    class Meta:
        verbose_name = _("prognosbelopp")
        constraints = [
            models.UniqueConstraint(
                F("round"),
                F("body"),
                F("line"),
                Coalesce(F("unit"), 0),
                F("activity"),
                condition=CURRENT,
                name="one_forecast",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.line} {self.amount_ore}"


class Restatement(SupersedingRow):
    """What a year's outcome is moved by to be comparable with today's organisation, with the reason (a footnote)."""

    key = models.SlugField(_("nyckel"), max_length=100)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="restatements", verbose_name=_("organ")
    )
    year = models.PositiveSmallIntegerField(_("räknas om för år"))
    line = models.CharField(_("rad"), max_length=60)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet")
    )
    activity = models.CharField(_("verksamhet"), max_length=40, blank=True)
    amount_ore = models.BigIntegerField(_("belopp (öre)"))
    reason = models.CharField(_("skäl (fotnot)"), max_length=300)

    class Meta:
        verbose_name = _("omräkning av jämförelseår")
        verbose_name_plural = _("omräkningar av jämförelseår")
        constraints = [models.UniqueConstraint(fields=["key"], condition=CURRENT, name="one_restatement")]

    def __str__(self) -> str:
        return f"{self.year} {self.line} {self.amount_ore}"
