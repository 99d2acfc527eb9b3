"""Audit: what auditors and other reviewers have said, what bodies answer, and what auditors ask."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.control.rules.words import CHOICES
from uppsikt.cycle.selectors import FiscalYear
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.decided import DecisionReference
from uppsikt.organisation.selectors import Body


class AuditReview(models.Model):
    """An audit report, a letter or an external review, with its overall judgement. `year`: what it is about."""

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    kind = models.CharField(_("slag"), max_length=20, choices=CHOICES["ReviewKind"])
    year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("avser år")
    )
    title = models.CharField(_("rubrik"), max_length=300)
    case_number = models.CharField(_("ärendenummer"), max_length=60, blank=True)
    auditor = models.CharField(_("granskare"), max_length=200, blank=True)
    date = models.DateField(_("daterad"), null=True, blank=True)
    judgement = models.CharField(_("samlad bedömning"), max_length=300, blank=True)
    summary = models.TextField(_("sammanfattning"), blank=True)
    answer_due = models.DateField(_("svar senast"), null=True, blank=True)
    bodies = models.ManyToManyField(
        Body, related_name="reviews", blank=True, verbose_name=_("granskade organ")
    )
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("granskning")
        verbose_name_plural = _("granskningar")
        ordering = ["-date", "key"]

    def __str__(self) -> str:
        return self.title


class Recommendation(models.Model):
    """What a review asks a body to do. `returns`: the earlier recommendation that comes back, under whatever name."""

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    review = models.ForeignKey(
        AuditReview, on_delete=models.PROTECT, related_name="recommendations", verbose_name=_("granskning")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="recommendations", verbose_name=_("organ")
    )
    number = models.CharField(_("nummer"), max_length=20, blank=True)
    text = models.TextField(_("rekommendation"))
    background = models.TextField(_("risk eller bakgrund"), blank=True)
    theme = models.CharField(_("område"), max_length=200, blank=True)
    answer_due = models.DateField(_("svar senast"), null=True, blank=True)
    returns = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="returned_as",
        verbose_name=_("återkommer från"),
    )
    position = models.PositiveIntegerField(_("ordning"), default=0)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("rekommendation")
        verbose_name_plural = _("rekommendationer")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.text


class RecommendationAnswer(SupersedingRow, DecisionReference):
    """The body's answer to a recommendation. A changed answer is a new row."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="answers", verbose_name=_("rekommendation")
    )
    stance = models.CharField(_("ställningstagande"), max_length=10, blank=True, choices=CHOICES["Stance"])
    text = models.TextField(_("svar"))
    answered_on = models.DateField(_("besvarad"))

    class Meta:
        verbose_name = _("svar på rekommendation")
        constraints = [
            models.UniqueConstraint(fields=["recommendation"], condition=CURRENT, name="one_answer")
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.stance}"


class AuditorFollowUp(SupersedingRow):
    """What the auditor found when looking again, on a day."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="follow_ups", verbose_name=_("rekommendation")
    )
    date = models.DateField(_("datum"))
    verdict = models.CharField(_("bedömning"), max_length=10, choices=CHOICES["FollowUpVerdict"])
    comment = models.TextField(_("kommentar"), blank=True)

    class Meta:
        verbose_name = _("revisorns uppföljning")
        verbose_name_plural = _("revisorns uppföljningar")
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "date"], condition=CURRENT, name="one_auditor_follow_up_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.date} {self.verdict}"


class AuditQuestion(models.Model):
    """A dated question from an auditor to a body. `as_of`: the moment that the auditor was looking at."""

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="audit_questions", verbose_name=_("organ")
    )
    review = models.ForeignKey(
        AuditReview,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("granskning"),
    )
    subject = models.CharField(_("ämne"), max_length=300)
    text = models.TextField(_("fråga"))
    about = models.CharField(_("gäller"), max_length=200, blank=True)
    as_of = models.DateTimeField(_("sett som det var"), null=True, blank=True)
    due = models.DateField(_("svar senast"), null=True, blank=True)
    asked_at = models.DateTimeField(_("ställd"))
    asked_by_key = models.CharField(_("ställd av (nyckel)"), max_length=100)
    asked_by_name = models.CharField(_("ställd av"), max_length=200)
    closed_at = models.DateTimeField(_("avslutad"), null=True, blank=True)

    class Meta:
        verbose_name = _("revisionsfråga")
        verbose_name_plural = _("revisionsfrågor")
        ordering = ["-asked_at", "key"]

    def __str__(self) -> str:
        return self.subject


class AuditAnswer(SupersedingRow):
    """The body's answer to an auditor's question. A changed answer is a new row."""

    question = models.ForeignKey(
        AuditQuestion, on_delete=models.CASCADE, related_name="answers", verbose_name=_("fråga")
    )
    text = models.TextField(_("svar"))

    class Meta:
        verbose_name = _("svar på revisionsfråga")
        constraints = [
            models.UniqueConstraint(fields=["question"], condition=CURRENT, name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"
