"""Risks: what may happen, how likely and how grave it is, and what the body does about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.accounts.selectors import User
from uppsikt.control.rules.words import CHOICES
from uppsikt.cycle.selectors import FiscalYear
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.selectors import Body, Unit


class Risk(models.Model):
    """A risk in a body's year. A shared risk is set centrally; a committee that adopts it has a row of its own.

    `process` is the area or process it stands under in print. `title` is the risk as it is printed.
    """

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="risks", verbose_name=_("år"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="risks", verbose_name=_("organ"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("enhet"))
    process = models.CharField(_("område eller process"), max_length=200)
    title = models.TextField(_("risk"))
    cause = models.TextField(_("orsak"), blank=True)
    consequence = models.TextField(_("konsekvens"), blank=True)
    background = models.TextField(_("bakgrund"), blank=True)
    origin_year = models.PositiveIntegerField(_("dokumenterad första gången år"), null=True, blank=True)
    responsible = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="risks",
        verbose_name=_("ansvarig"),
    )
    shared = models.BooleanField(_("kommungemensam"), default=False)
    adopted_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="adopted_by",
        verbose_name=_("övertagen från"),
    )
    adapted = models.BooleanField(_("anpassad"), default=False)
    carried_over_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_over_to",
        verbose_name=_("fortsätter från"),
    )
    position = models.PositiveIntegerField(_("ordning"), default=0)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risker")
        ordering = ["position", "key"]
        indexes = [models.Index(fields=["year", "body"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(adopted_from__isnull=True) | Q(shared=False),
                name="adopted_risk_is_not_shared",
                violation_error_message=_("En övertagen risk kan inte själv vara kommungemensam."),
            ),
            models.CheckConstraint(
                condition=Q(adopted_from__isnull=True) | ~Q(adopted_from=F("id")),
                name="risk_not_adopted_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RiskAssessment(SupersedingRow):
    """How likely a risk is and how grave, on the steering model's scale, before or after mitigations."""

    risk = models.ForeignKey(
        Risk, on_delete=models.CASCADE, related_name="assessments", verbose_name=_("risk")
    )
    stage = models.CharField(_("skede"), max_length=10, choices=CHOICES["Stage"])
    likelihood = models.PositiveSmallIntegerField(_("sannolikhet"))
    consequence = models.PositiveSmallIntegerField(_("konsekvens"))
    comment = models.TextField(_("motivering"), blank=True)

    class Meta:
        verbose_name = _("riskbedömning")
        verbose_name_plural = _("riskbedömningar")
        constraints = [
            models.UniqueConstraint(fields=["risk", "stage"], condition=CURRENT, name="one_risk_assessment")
        ]

    def __str__(self) -> str:
        return f"{self.risk_id} {self.likelihood}×{self.consequence}"


class RiskTreatment(SupersedingRow):
    """What the body has decided to do about a risk, and why."""

    risk = models.ForeignKey(
        Risk, on_delete=models.CASCADE, related_name="treatments", verbose_name=_("risk")
    )
    decision = models.CharField(_("beslut"), max_length=10, choices=CHOICES["RiskDecision"])
    rationale = models.TextField(_("motivering"), blank=True)

    class Meta:
        verbose_name = _("riskbeslut")
        constraints = [models.UniqueConstraint(fields=["risk"], condition=CURRENT, name="one_risk_treatment")]

    def __str__(self) -> str:
        return f"{self.risk_id} {self.decision}"


class RiskWorkshop(models.Model):
    """A time when several persons assess a body's risks, each for themselves. Open until it is closed."""

    year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, related_name="workshops", verbose_name=_("år")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="workshops", verbose_name=_("organ")
    )
    name = models.CharField(_("namn"), max_length=200)
    opened_at = models.DateTimeField(_("öppnad"))
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True)

    class Meta:
        verbose_name = _("riskworkshop")
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.name


class RiskVote(SupersedingRow):
    """One person's assessment of a risk in a workshop."""

    workshop = models.ForeignKey(
        RiskWorkshop, on_delete=models.CASCADE, related_name="votes", verbose_name=_("workshop")
    )
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="votes", verbose_name=_("risk"))
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="risk_votes", verbose_name=_("person")
    )
    likelihood = models.PositiveSmallIntegerField(_("sannolikhet"))
    consequence = models.PositiveSmallIntegerField(_("konsekvens"))
    comment = models.TextField(_("kommentar"), blank=True)

    class Meta:
        verbose_name = _("röst om risk")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "risk", "person"], condition=CURRENT, name="one_vote_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.risk_id} {self.likelihood}×{self.consequence}"
