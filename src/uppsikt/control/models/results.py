"""Results of controls: a judgement, figures and words for each occasion, and for all committees together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.control.models.controls import Control, GroupControl, Occasion
from uppsikt.cycle.selectors import FiscalYear, Round
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.selectors import Body
from uppsikt.planning.fields import FigureField


class Figures(SupersedingRow):
    """The figures of one measure. Which are filled depends on the measure's kind.

    `value`: percent, where no counts are known. `checked` and `faulty`: a sample. `count` with `extra_count` and
    `extra_text`: "8 + 127 placeringsärenden". `total_ore` and `outside_ore`: the amount and what of it lies outside.
    `faults`: kinds of fault, [{"kind": text, "count": number}].
    """

    measure = models.SlugField(_("mått"), max_length=60)
    value = FigureField(_("andel (%)"), null=True, blank=True)
    checked = models.PositiveIntegerField(_("antal kontrollerade"), null=True, blank=True)
    faulty = models.PositiveIntegerField(_("antal fel"), null=True, blank=True)
    count = models.PositiveIntegerField(_("antal"), null=True, blank=True)
    extra_count = models.PositiveIntegerField(_("därutöver antal"), null=True, blank=True)
    extra_text = models.CharField(_("därutöver vad"), max_length=200, blank=True)
    total_ore = models.BigIntegerField(_("belopp (öre)"), null=True, blank=True)
    outside_ore = models.BigIntegerField(_("varav utanför (öre)"), null=True, blank=True)
    faults = models.JSONField(_("slag av fel"), default=list, blank=True)

    class Meta:
        abstract = True


NOT_MORE_FAULTY = Q(checked__isnull=True) | Q(faulty__isnull=True) | Q(faulty__lte=models.F("checked"))


class ControlResult(SupersedingRow):
    """The result of an occasion in words: judgement on the model's scale or freely, comment, recommendation.

    `control`, `body`, `year` and `ends` (the last day of the occasion's period, not included; a retest's is at least
    that of what it tests) are the occasion's own, kept here so that a hundred thousand results are counted by body from an index alone.
    """

    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, related_name="results", verbose_name=_("tillfälle")
    )
    control = models.ForeignKey(
        Control, on_delete=models.CASCADE, related_name="results", verbose_name=_("kontroll")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="control_results", verbose_name=_("organ")
    )
    year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, related_name="control_results", verbose_name=_("år")
    )
    ends = models.DateField(_("periodens slut (ej med)"))
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="control_results",
        verbose_name=_("rapporterat vid"),
    )
    judgement = models.CharField(_("resultat"), max_length=40, blank=True)
    judgement_text = models.CharField(_("resultat i ord"), max_length=200, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)
    recommendation = models.TextField(_("rekommendation"), blank=True)
    reason = models.TextField(_("skäl till avvikelse från tröskeln"), blank=True)
    performed_on = models.DateField(_("utförd"), null=True, blank=True)
    performed_by = models.CharField(_("utförd av"), max_length=200, blank=True)
    reviewed_on = models.DateField(_("granskad"), null=True, blank=True)
    reviewed_by = models.CharField(_("granskad av"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kontrollresultat")
        verbose_name_plural = _("kontrollresultat")
        constraints = [
            models.UniqueConstraint(fields=["occasion"], condition=CURRENT, name="one_control_result")
        ]
        indexes = [
            models.Index(
                fields=["year", "body", "control", "occasion", "round", "performed_on"],
                condition=CURRENT,
                name="control_result_by_body",
            ),
            models.Index(
                fields=["year", "judgement", "body", "control", "ends", "occasion", "round", "performed_on"],
                condition=CURRENT,
                name="control_result_by_judgement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.judgement or self.judgement_text}"


class ResultPart(Figures):
    """The figures of one measure of an occasion."""

    occasion = models.ForeignKey(
        Occasion, on_delete=models.CASCADE, related_name="parts", verbose_name=_("tillfälle")
    )

    class Meta:
        verbose_name = _("siffra i kontrollresultat")
        constraints = [
            models.UniqueConstraint(
                fields=["occasion", "measure"], condition=CURRENT, name="one_result_part"
            ),
            models.CheckConstraint(
                condition=NOT_MORE_FAULTY,
                name="result_part_faulty_within_checked",
                violation_error_message=_("Antal fel kan inte vara fler än antal kontrollerade."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion_id} {self.measure}"


class GroupResult(SupersedingRow):
    """What is said of a group-wide control for the municipality as a whole, for a period."""

    group = models.ForeignKey(
        GroupControl, on_delete=models.CASCADE, related_name="results", verbose_name=_("kontroll")
    )
    period = models.CharField(_("period"), max_length=20)
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="group_results",
        verbose_name=_("rapporterat vid"),
    )
    judgement = models.CharField(_("resultat"), max_length=40, blank=True)
    judgement_text = models.CharField(_("resultat i ord"), max_length=200, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)
    recommendation = models.TextField(_("rekommendation"), blank=True)
    change = models.CharField(
        _("jämfört med förra gången"),
        max_length=10,
        blank=True,
        choices=[("better", _("bättre")), ("unchanged", _("oförändrat")), ("worse", _("sämre"))],
    )

    class Meta:
        verbose_name = _("kommungemensamt resultat")
        constraints = [
            models.UniqueConstraint(fields=["group", "period"], condition=CURRENT, name="one_group_result")
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.period}"


class GroupPart(Figures):
    """A total as it was reported, for a measure and period: the figure where the parts do not give it."""

    group = models.ForeignKey(
        GroupControl, on_delete=models.CASCADE, related_name="parts", verbose_name=_("kontroll")
    )
    period = models.CharField(_("period"), max_length=20)

    class Meta:
        verbose_name = _("rapporterad total")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "period", "measure"], condition=CURRENT, name="one_group_part"
            ),
            models.CheckConstraint(
                condition=NOT_MORE_FAULTY,
                name="group_part_faulty_within_checked",
                violation_error_message=_("Antal fel kan inte vara fler än antal kontrollerade."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.period} {self.measure}"


class ControlSummary(SupersedingRow):
    """A body's summary assessment of its internal control in a round, with the rule's proposal and the reasons.

    `stated`: counts that the summary's text states, [{"of": "mitigation" or "control", "status": step, "count": n}],
    so that they can be held against the lists they are about.
    """

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="control_summaries", verbose_name=_("organ")
    )
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="control_summaries", verbose_name=_("tillfälle")
    )
    step = models.CharField(_("samlad bedömning"), max_length=40, blank=True)
    proposed = models.CharField(_("regelns förslag"), max_length=40, blank=True)
    rationale = models.TextField(_("motivering"), blank=True)
    stated = models.JSONField(_("antal som texten anger"), default=list, blank=True)

    class Meta:
        verbose_name = _("samlad bedömning av intern kontroll")
        constraints = [
            models.UniqueConstraint(fields=["body", "round"], condition=CURRENT, name="one_control_summary")
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.step}"
