"""What is stored of projects. Their outcomes are not among it: they are in the ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.selectors import Round
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.investments.rules.words import AmountKind, Flow, Schedule
from uppsikt.kernel.decision import Decision
from uppsikt.organisation.selectors import Body


class Project(models.Model):
    """A project that money is decided for: an investment, premises, a development project.

    `kind` and `area` are keys of the economy model. `code`: the ledger's project codes, a space between them.
    Decided and spent totals are outlays: what goes out, net of what comes in, as a positive figure.
    """

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="projects", verbose_name=_("organ"))
    kind = models.CharField(_("projektslag"), max_length=40)
    name = models.CharField(_("benämning"), max_length=200)
    area = models.CharField(_("område"), max_length=100, blank=True)
    group = models.CharField(_("grupp"), max_length=100, blank=True)
    code = models.CharField(_("projektkod i huvudboken"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("ordning"), default=0)
    decision_case = models.CharField(_("ärendenummer"), max_length=60, blank=True)
    decision_body = models.CharField(_("beslutat av"), max_length=200, blank=True)
    decision_date = models.DateField(_("beslutsdatum"), null=True, blank=True)
    decision_section = models.CharField(_("paragraf"), max_length=20, blank=True)
    decided_total_ore = models.BigIntegerField(_("beslutad totalutgift (öre)"), null=True, blank=True)
    spent_before_ore = models.BigIntegerField(_("upparbetat före huvudböckerna (öre)"), default=0)
    spent_before_source = models.CharField(_("källa till det upparbetade"), max_length=300, blank=True)
    guarantee_until = models.DateField(_("garanti till och med"), null=True, blank=True)
    removed_at = models.DateTimeField(_("borttaget"), null=True, blank=True)

    class Meta:
        verbose_name = _("projekt")
        verbose_name_plural = _("projekt")
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(spent_before_ore=0) | ~Q(spent_before_source=""),
                name="spent_before_has_a_source",
                violation_error_message=_("Skriv varifrån det upparbetade beloppet kommer."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def codes(self) -> tuple[str, ...]:
        """The ledger's project codes."""
        return tuple(self.code.split())

    @property
    def decision(self) -> Decision:
        """The decision to carry it out."""
        return Decision(self.decision_case, self.decision_body, self.decision_date, self.decision_section)


class ProjectAmount(SupersedingRow):
    """What a project has been given, plans or expects in a year. Income positive, expense negative.

    A forecast belongs to the round it was said in. `key` tells several carry-overs or adjustments of a year apart.
    """

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="amounts", verbose_name=_("projekt")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    kind = models.CharField(
        _("slag"), max_length=12, choices=[(kind.value, kind.label) for kind in AmountKind]
    )
    flow = models.CharField(_("flöde"), max_length=15, choices=[(flow.value, flow.label) for flow in Flow])
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="project_amounts",
        verbose_name=_("tillfälle"),
    )
    key = models.SlugField(_("nyckel"), max_length=100, blank=True)
    amount_ore = models.BigIntegerField(_("belopp (öre)"))
    decision_case = models.CharField(_("ärendenummer"), max_length=60, blank=True)
    decision_body = models.CharField(_("beslutat av"), max_length=200, blank=True)
    decision_date = models.DateField(_("beslutsdatum"), null=True, blank=True)
    decision_section = models.CharField(_("paragraf"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("projektbelopp")
        constraints = [
            models.UniqueConstraint(
                F("project"),
                F("year"),
                F("kind"),
                F("flow"),
                Coalesce(F("round"), 0),
                F("key"),
                condition=CURRENT,
                name="one_project_amount",
            ),
            models.CheckConstraint(
                condition=Q(kind=AmountKind.FORECAST.value, round__isnull=False)
                | (~Q(kind=AmountKind.FORECAST.value) & Q(round__isnull=True)),
                name="project_forecast_has_a_round",
                violation_error_message=_("En prognos hör till ett tillfälle, andra belopp gör det inte."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.year} {self.kind} {self.amount_ore}"

    @property
    def decision(self) -> Decision:
        """The decision that made it."""
        return Decision(self.decision_case, self.decision_body, self.decision_date, self.decision_section)


class ProjectReport(SupersedingRow):
    """What is said of a project in a round: its phase, how it keeps to its time, its estimated total outlay."""

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="reports", verbose_name=_("projekt")
    )
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="project_reports", verbose_name=_("tillfälle")
    )
    phase = models.CharField(_("skede"), max_length=40, blank=True)
    schedule = models.CharField(
        _("tidplan"),
        max_length=10,
        blank=True,
        choices=[(schedule.value, schedule.label) for schedule in Schedule],
    )
    estimated_total_ore = models.BigIntegerField(_("bedömd totalutgift (öre)"), null=True, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)

    class Meta:
        verbose_name = _("projektrapport")
        verbose_name_plural = _("projektrapporter")
        constraints = [
            models.UniqueConstraint(fields=["project", "round"], condition=CURRENT, name="one_project_report")
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.round_id} {self.phase}"
