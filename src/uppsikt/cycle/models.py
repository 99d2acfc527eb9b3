from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.rules.rounds import RoundKind, RoundState
from uppsikt.history.superseding import CURRENT, SupersedingRow


class FiscalYear(models.Model):
    """A calendar year to steer and follow up (the fiscal year of LKBR 3:1 is the calendar year)."""

    year = models.PositiveIntegerField(_("år"), primary_key=True)

    class Meta:
        verbose_name = _("år")
        verbose_name_plural = _("år")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class SteeringModelVersion(SupersedingRow):
    """The steering model that a year goes by. A changed model is a new version; earlier ones stay."""

    year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, related_name="models", verbose_name=_("år")
    )
    document = models.JSONField(_("styrmodell"))

    class Meta:
        verbose_name = _("styrmodell")
        constraints = [models.UniqueConstraint(fields=["year"], condition=CURRENT, name="one_model_a_year")]

    def __str__(self) -> str:
        return f"{self.document.get('name', '')} {self.year_id}"


class Round(models.Model):
    """A reporting round: everything is followed up as it stood at the cut-off."""

    key = models.SlugField(_("nyckel"), max_length=60, unique=True)
    year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("år")
    )
    kind = models.CharField(
        _("slag"), max_length=10, choices=[(kind.value, kind.label) for kind in RoundKind]
    )
    name = models.CharField(_("namn"), max_length=200)
    cutoff = models.DateField(_("avser läget till och med"))
    opens = models.DateField(_("öppnar"), null=True, blank=True)
    deadline = models.DateField(_("sista dag"), null=True, blank=True)
    state = models.CharField(
        _("läge"),
        max_length=10,
        choices=[(state.value, state.label) for state in RoundState],
        default=RoundState.PLANNED.value,
    )

    class Meta:
        verbose_name = _("uppföljningstillfälle")
        verbose_name_plural = _("uppföljningstillfällen")
        ordering = ["cutoff", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | Q(deadline__isnull=True) | Q(deadline__gte=F("opens")),
                name="round_opens_before_deadline",
                violation_error_message=_("Sista dag kan inte vara före öppningsdagen."),
            )
        ]

    def __str__(self) -> str:
        return self.name
