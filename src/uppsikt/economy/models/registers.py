from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.selectors import Round
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.selectors import Body


class RegisterItem(models.Model):
    """An item of one of the economy model's registers: an initiative, a pot, an external grant, equity.

    `goal`: the key of the goal it serves. `project`: the ledger's project code that its outcome is read from.
    """

    register = models.CharField(_("register"), max_length=40)
    key = models.SlugField(_("nyckel"), max_length=100)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="register_items", verbose_name=_("organ")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    group = models.CharField(_("grupp"), max_length=200, blank=True)
    name = models.CharField(_("benämning"), max_length=200)
    position = models.PositiveIntegerField(_("ordning"), default=0)
    goal = models.CharField(_("mål (nyckel)"), max_length=120, blank=True)
    project = models.CharField(_("projektkod"), max_length=40, blank=True)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("registerpost")
        verbose_name_plural = _("registerposter")
        ordering = ["register", "position", "key"]
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="one_register_item")]

    def __str__(self) -> str:
        return self.name


class RegisterAmount(SupersedingRow):
    """What is written down of an item in a round: money in öre or a count, with the source it comes from."""

    item = models.ForeignKey(
        RegisterItem, on_delete=models.PROTECT, related_name="amounts", verbose_name=_("registerpost")
    )
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="register_amounts", verbose_name=_("tillfälle")
    )
    measure = models.CharField(_("mått"), max_length=40)
    amount = models.BigIntegerField(_("belopp (öre) eller antal"))
    source = models.CharField(_("källa"), max_length=300)

    class Meta:
        verbose_name = _("registrerat belopp")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "round", "measure"], condition=CURRENT, name="one_register_amount"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.measure} {self.amount}"
