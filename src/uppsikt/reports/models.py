from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.selectors import FiscalYear, Round
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.selectors import Body
from uppsikt.publishing.selectors import Publication


class Report(models.Model):
    """A body's report of a round, or its plan for a year, while it is written and after."""

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    kind = models.CharField(
        _("slag"),
        max_length=15,
        choices=[("report", _("rapport")), ("plan", _("plan")), ("control_plan", _("internkontrollplan"))],
        default="report",
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reports", verbose_name=_("organ"))
    year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, related_name="reports", verbose_name=_("år")
    )
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("tillfälle"),
    )
    title = models.CharField(_("rubrik"), max_length=300)

    class Meta:
        verbose_name = _("rapport")
        verbose_name_plural = _("rapporter")
        ordering = ["-year_id", "body__position", "round__cutoff", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "round"], condition=Q(round__isnull=False), name="one_report_a_round"
            ),
            models.UniqueConstraint(
                fields=["body", "year", "kind"],
                condition=Q(round__isnull=True),
                name="one_plan_report_a_year",
            ),
            models.CheckConstraint(
                condition=Q(kind="report", round__isnull=False)
                | Q(kind__in=["plan", "control_plan"], round__isnull=True),
                name="report_of_a_round_or_plan",
                violation_error_message=_("En rapport hör till ett tillfälle, en plan till ett år."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReportOutline(SupersedingRow):
    """A report's own outline, where it departs from the steering model's. A changed outline is a new row."""

    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, related_name="outlines", verbose_name=_("rapport")
    )
    chapters = models.JSONField(_("kapitel"))
    hidden = models.JSONField(_("dolda kapitel"), default=list, blank=True)

    class Meta:
        verbose_name = _("disposition")
        constraints = [
            models.UniqueConstraint(fields=["report"], condition=CURRENT, name="one_outline_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.report_id}"


class Adoption(models.Model):
    """That a report was adopted as a publication."""

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="adoptions", verbose_name=_("rapport")
    )
    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="adoption", verbose_name=_("fastställd som")
    )

    class Meta:
        verbose_name = _("fastställande")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.publication_id)
