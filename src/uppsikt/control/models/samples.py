"""Samples: rows drawn from a list so that anyone can draw the same again, and what each was found to be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.control.models.controls import Occasion
from uppsikt.files.selectors import StoredFile
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.selectors import Body


class SampleDraw(models.Model):
    """A draw from an uploaded list. The file, the seed and the size give the same rows every time.

    A draw belongs to a control's occasion, or to an auditor (no occasion) who looks at a body.
    """

    occasion = models.ForeignKey(
        Occasion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="draws",
        verbose_name=_("tillfälle"),
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="sample_draws", verbose_name=_("organ")
    )
    measure = models.SlugField(_("mått"), max_length=60, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="sample_draws", verbose_name=_("lista")
    )
    file_name = models.CharField(_("listans namn"), max_length=200)
    columns = models.JSONField(_("kolumner"), default=list)
    population = models.PositiveIntegerField(_("rader i listan"))
    size = models.PositiveIntegerField(_("dragna rader"))
    seed = models.CharField(_("frö"), max_length=100)
    method = models.CharField(_("metod"), max_length=40)
    drawn_at = models.DateTimeField(_("dragen"))
    drawn_by_key = models.CharField(_("dragen av (nyckel)"), max_length=100)
    drawn_by_name = models.CharField(_("dragen av"), max_length=200)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("stickprov")
        verbose_name_plural = _("stickprov")
        ordering = ["-drawn_at", "pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.seed}"


class SampleItem(models.Model):
    """A drawn row: its number in the list (1 is the first after the headings) and its cells."""

    draw = models.ForeignKey(
        SampleDraw, on_delete=models.CASCADE, related_name="items", verbose_name=_("stickprov")
    )
    row = models.PositiveIntegerField(_("rad"))
    values = models.JSONField(_("värden"), default=list)

    class Meta:
        verbose_name = _("draget underlag")
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["draw", "row"], name="one_item_a_row")]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.row}"


class SampleVerdict(SupersedingRow):
    """What a drawn row was found to be. `faults`: kinds of fault, texts."""

    item = models.ForeignKey(
        SampleItem, on_delete=models.CASCADE, related_name="verdicts", verbose_name=_("underlag")
    )
    faulty = models.BooleanField(_("fel"))
    faults = models.JSONField(_("slag av fel"), default=list, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)

    class Meta:
        verbose_name = _("granskat underlag")
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=CURRENT, name="one_verdict_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.faulty}"
