from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.selectors import Body, Unit


class EconomyModelVersion(SupersedingRow):
    """The economy model a year goes by: dimensions, lines, registers, tables. A changed one is a new version."""

    year = models.PositiveSmallIntegerField(_("år"))
    document = models.JSONField(_("ekonomimodell"))

    class Meta:
        verbose_name = _("ekonomimodell")
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=CURRENT, name="one_economy_model_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.document.get('name', '')} {self.year}"


class CodingValue(models.Model):
    """A value of a coding dimension in a year: an account, a cost centre, an activity, a project, a counterparty."""

    year = models.PositiveSmallIntegerField(_("år"))
    dimension = models.CharField(_("koddel"), max_length=20)
    key = models.CharField(_("kod"), max_length=40)
    name = models.CharField(_("benämning"), max_length=200, blank=True)
    parent = models.CharField(_("överordnad kod"), max_length=40, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organ")
    )

    class Meta:
        verbose_name = _("kod")
        verbose_name_plural = _("koder")
        ordering = ["dimension", "key"]
        constraints = [
            models.UniqueConstraint(fields=["year", "dimension", "key"], name="one_code_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}".strip()
