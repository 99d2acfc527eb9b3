"""Controls: what is checked, why, how and how often; shared by all committees or a body's own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from uppsikt.accounts.selectors import User
from uppsikt.control.models.risks import Risk
from uppsikt.control.rules.words import CHOICES
from uppsikt.cycle.selectors import FiscalYear
from uppsikt.followup.selectors import Item
from uppsikt.organisation.selectors import Body
from uppsikt.planning.fields import FigureField


class Checked(models.Model):
    """What is told of a control, shared or own."""

    process = models.CharField(_("mål eller process"), max_length=200, blank=True)
    name = models.TextField(_("kontroll"))
    purpose = models.TextField(_("varför görs kontrollen?"), blank=True)
    method = models.TextField(_("så görs kontrollen"), blank=True)
    frequency = models.CharField(_("hur ofta"), max_length=10, blank=True, choices=CHOICES["Frequency"])
    period_text = models.CharField(_("period i text"), max_length=200, blank=True)
    footnote = models.TextField(_("fotnot"), blank=True)

    class Meta:
        abstract = True


class GroupControl(Checked):
    """A control that every committee makes: set by the body with the duty of oversight, one result for each.

    `rows_of`: whose rows its table has. The committees' parts are `Control`s that point here. Where rows are categories
    there is one such control, and each measure is a row; the total is then of the measure `total`.
    """

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, related_name="group_controls", verbose_name=_("år")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="group_controls", verbose_name=_("bestämd av")
    )
    rows_of = models.CharField(_("rader per"), max_length=10, choices=CHOICES["RowsOf"], default="body")
    position = models.PositiveIntegerField(_("ordning"), default=0)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("kommungemensam kontroll")
        verbose_name_plural = _("kommungemensamma kontroller")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.name


class Control(Checked):
    """A control that a body makes in a year. What is empty is as in the group-wide control it is a part of.

    Status per round, deadline, responsible and unit are its item's (kind `control`). `label`: what the row is called
    in the group-wide control's table, where it is not the body's or unit's own name.
    """

    item = models.OneToOneField(
        Item, on_delete=models.PROTECT, related_name="control", verbose_name=_("uppföljning")
    )
    group = models.ForeignKey(
        GroupControl,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="controls",
        verbose_name=_("kommungemensam kontroll"),
    )
    risk = models.ForeignKey(
        Risk, on_delete=models.PROTECT, null=True, blank=True, related_name="controls", verbose_name=_("risk")
    )
    label = models.CharField(_("radens namn"), max_length=200, blank=True)
    performer = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="controls_performed",
        verbose_name=_("utförs av"),
    )
    performer_text = models.CharField(_("utförs av (roll)"), max_length=200, blank=True)
    reviewer = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="controls_reviewed",
        verbose_name=_("granskas av"),
    )
    reviewer_text = models.CharField(_("granskas av (roll)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kontroll")
        verbose_name_plural = _("kontroller")
        ordering = ["item__position", "item__key"]

    def __str__(self) -> str:
        return self.name


class ControlMeasure(models.Model):
    """A figure of a control's result, with the thresholds it is judged by (many have none).

    `approved_from` and `deficient_from`: percent, judged on the unrounded share. `above`: the share must lie over
    `approved_from`, not merely reach it.
    """

    group = models.ForeignKey(
        GroupControl,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("kommungemensam kontroll"),
    )
    control = models.ForeignKey(
        Control,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("kontroll"),
    )
    key = models.SlugField(_("nyckel"), max_length=60)
    label = models.CharField(_("benämning"), max_length=200)
    kind = models.CharField(_("slag"), max_length=15, choices=CHOICES["MeasureKind"])
    unit_text = models.CharField(_("vad som räknas"), max_length=100, blank=True)
    approved_from = FigureField(_("godkänt från (%)"), null=True, blank=True)
    deficient_from = FigureField(_("bristfälligt från (%)"), null=True, blank=True)
    above = models.BooleanField(_("måste överstiga gränsen"), default=False)
    position = models.PositiveIntegerField(_("ordning"), default=0)
    removed_at = models.DateTimeField(_("borttaget"), null=True, blank=True)

    class Meta:
        verbose_name = _("mått i kontroll")
        ordering = ["position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, control__isnull=True)
                | Q(group__isnull=True, control__isnull=False),
                name="measure_of_group_or_control",
            ),
            models.UniqueConstraint(
                Coalesce(F("group"), Value(0)), Coalesce(F("control"), Value(0)), F("key"), name="one_measure"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Occasion(models.Model):
    """A time that a control is made, or a period that its result is of.

    `period` is a period's code (docs/formats/dataset.md) or an ISO date or week; `period_text` is how it is printed
    where the code does not say it. `retest_of`: the deficiency that is tested again.
    """

    control = models.ForeignKey(
        Control, on_delete=models.CASCADE, related_name="occasions", verbose_name=_("kontroll")
    )
    period = models.CharField(_("period"), max_length=20)
    period_text = models.CharField(_("period i text"), max_length=200, blank=True)
    due = models.DateField(_("ska vara gjord"), null=True, blank=True)
    position = models.PositiveIntegerField(_("ordning"), default=0)
    retest_of = models.ForeignKey(
        "Deficiency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="retests",
        verbose_name=_("omtest av"),
    )
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("kontrolltillfälle")
        verbose_name_plural = _("kontrolltillfällen")
        ordering = ["position", "due", "pk"]
        indexes = [
            models.Index(fields=["control"], condition=Q(removed_at__isnull=False), name="occasion_taken_out")
        ]
        constraints = [
            models.UniqueConstraint(
                F("control"), F("period"), Coalesce(F("retest_of"), Value(0)), name="one_occasion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.control_id} {self.period}"
