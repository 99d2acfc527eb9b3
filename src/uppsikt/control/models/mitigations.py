"""What is done: about a risk, a deficiency that a control found, or an auditor's recommendation; and its evidence."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.control.models.audit import AuditQuestion, AuditReview, Recommendation
from uppsikt.control.models.controls import Occasion
from uppsikt.control.models.risks import Risk
from uppsikt.files.selectors import StoredFile
from uppsikt.followup.selectors import Item


class Deficiency(models.Model):
    """What a control found wrong. Open until a retest of it passes."""

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    occasion = models.ForeignKey(
        Occasion, on_delete=models.PROTECT, related_name="deficiencies", verbose_name=_("funnen vid")
    )
    title = models.CharField(_("brist"), max_length=300)
    description = models.TextField(_("beskrivning"), blank=True)
    found_on = models.DateField(_("funnen"))
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("brist")
        verbose_name_plural = _("brister")
        ordering = ["found_on", "key"]

    def __str__(self) -> str:
        return self.title


class Mitigation(models.Model):
    """An action about exactly one thing. Responsible, deadline, status, carry-over are its item's (`mitigation`)."""

    item = models.OneToOneField(
        Item, on_delete=models.PROTECT, related_name="mitigation", verbose_name=_("uppföljning")
    )
    risk = models.ForeignKey(
        Risk,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mitigations",
        verbose_name=_("risk"),
    )
    recommendation = models.ForeignKey(
        Recommendation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mitigations",
        verbose_name=_("rekommendation"),
    )
    deficiency = models.ForeignKey(
        Deficiency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mitigations",
        verbose_name=_("brist"),
    )
    title = models.TextField(_("åtgärd"))
    description = models.TextField(_("beskrivning"), blank=True)

    class Meta:
        verbose_name = _("åtgärd")
        verbose_name_plural = _("åtgärder")
        ordering = ["item__position", "item__key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(risk__isnull=False, recommendation__isnull=True, deficiency__isnull=True)
                | Q(risk__isnull=True, recommendation__isnull=False, deficiency__isnull=True)
                | Q(risk__isnull=True, recommendation__isnull=True, deficiency__isnull=False),
                name="mitigation_of_one_thing",
                violation_error_message=_("En åtgärd gäller en risk, en brist eller en rekommendation."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A file that proves something, attached to exactly one thing."""

    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("fil")
    )
    name = models.CharField(_("namn"), max_length=200)
    note = models.TextField(_("anmärkning"), blank=True)
    occasion = models.ForeignKey(
        Occasion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("kontrolltillfälle"),
    )
    mitigation = models.ForeignKey(
        Mitigation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("åtgärd"),
    )
    review = models.ForeignKey(
        AuditReview,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("granskning"),
    )
    recommendation = models.ForeignKey(
        Recommendation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("rekommendation"),
    )
    question = models.ForeignKey(
        AuditQuestion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence",
        verbose_name=_("fråga"),
    )
    recorded_at = models.DateTimeField(_("inlagd"))
    recorded_by_key = models.CharField(_("inlagd av (nyckel)"), max_length=100)
    recorded_by_name = models.CharField(_("inlagd av"), max_length=200)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("bevis")
        verbose_name_plural = _("bevis")
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return self.name
