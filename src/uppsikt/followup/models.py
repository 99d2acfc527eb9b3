from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.accounts.selectors import User
from uppsikt.cycle.selectors import FiscalYear, Round
from uppsikt.followup.rules import ItemKind
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.selectors import Body, Unit


class Item(models.Model):
    """Something a body must do in a year. What it is about stands in the package that owns its kind."""

    key = models.SlugField(_("nyckel"), max_length=120, unique=True)
    kind = models.CharField(_("slag"), max_length=20, choices=[(kind.value, kind.value) for kind in ItemKind])
    year = models.ForeignKey(FiscalYear, on_delete=models.PROTECT, related_name="items", verbose_name=_("år"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="items", verbose_name=_("organ"))
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("enhet"))
    responsible = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("ansvarig"),
    )
    deadline = models.DateField(_("ska vara klart"), null=True, blank=True)
    carried_over_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_over_to",
        verbose_name=_("överflyttad från"),
    )
    carried_from_year = models.PositiveIntegerField(_("överflyttad från år"), null=True, blank=True)
    origin_year = models.PositiveIntegerField(_("ursprungligen från år"), null=True, blank=True)
    position = models.PositiveIntegerField(_("ordning"), default=0)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("det som följs upp")
        ordering = ["position", "key"]
        indexes = [
            models.Index(fields=["year", "body"]),
            models.Index(
                fields=["year", "kind", "body", "deadline"],
                condition=Q(removed_at__isnull=True),
                name="item_by_kind",
            ),
            models.Index(
                fields=["year", "kind"], condition=Q(removed_at__isnull=False), name="item_taken_out"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class StatusEntry(SupersedingRow):
    """An item's status and comment in a round. A changed status is a new row."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="statuses", verbose_name=_("vad"))
    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="statuses", verbose_name=_("tillfälle")
    )
    status = models.CharField(_("status"), max_length=40, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)

    class Meta:
        verbose_name = _("status")
        verbose_name_plural = _("statusar")
        constraints = [
            models.UniqueConstraint(fields=["item", "round"], condition=CURRENT, name="one_status_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.status}"


class Dependency(SupersedingRow):
    """That an item cannot be done before another is. One that no longer holds has been superseded by nothing."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="waits_for", verbose_name=_("vad"))
    waits_for = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="held_up", verbose_name=_("väntar på")
    )
    note = models.TextField(_("förklaring"), blank=True)

    class Meta:
        verbose_name = _("beroende")
        verbose_name_plural = _("beroenden")
        constraints = [
            models.UniqueConstraint(fields=["item", "waits_for"], condition=CURRENT, name="one_dependency"),
            models.CheckConstraint(condition=~Q(item=F("waits_for")), name="item_not_waiting_for_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} → {self.waits_for_id}"
