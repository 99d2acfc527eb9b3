from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.loads import LoadMode, LoadState
from uppsikt.files.selectors import StoredFile
from uppsikt.history.superseding import CURRENT, SupersedingRow


class LedgerLoad(models.Model):
    """One reading of a ledger file. Its id names the version of the ledger that it made.

    The ledger is the accepted loads together; no row is ever changed once accepted or refused.
    """

    year = models.PositiveSmallIntegerField(_("år"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="ledger_loads", verbose_name=_("fil")
    )
    name = models.CharField(_("filens namn"), max_length=200)
    format = models.CharField(_("format"), max_length=10, blank=True)
    options = models.JSONField(_("val vid inläsningen"), default=dict)
    mode = models.CharField(
        _("sätt"),
        max_length=10,
        choices=[(mode.value, mode.label) for mode in LoadMode],
        default=LoadMode.REPLACE.value,
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ersätter")
    )
    first_month = models.PositiveSmallIntegerField(_("från månad"), null=True, blank=True)
    last_month = models.PositiveSmallIntegerField(_("till månad"), null=True, blank=True)
    state = models.CharField(
        _("läge"),
        max_length=10,
        choices=[(state.value, state.label) for state in LoadState],
        default=LoadState.WAITING.value,
    )
    rows = models.PositiveIntegerField(_("rader"), default=0)
    vouchers = models.PositiveIntegerField(_("verifikat"), default=0)
    debit_ore = models.BigIntegerField(_("debet (öre)"), default=0)
    summary = models.JSONField(_("vad som lästes"), default=dict, blank=True)
    problems = models.JSONField(_("fel"), default=list, blank=True)
    created_at = models.DateTimeField(_("inlämnad"))
    created_by_key = models.CharField(_("inlämnad av (nyckel)"), max_length=100)
    created_by_name = models.CharField(_("inlämnad av"), max_length=200)
    finished_at = models.DateTimeField(_("klar"), null=True, blank=True)

    class Meta:
        verbose_name = _("inläsning av huvudbok")
        verbose_name_plural = _("inläsningar av huvudbok")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=LoadState.ACCEPTED.value)
                | (
                    Q(year__isnull=False)
                    & Q(first_month__gte=1)
                    & Q(last_month__lte=12)
                    & Q(first_month__lte=F("last_month"))
                ),
                name="accepted_load_has_a_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"


class RoundLedger(SupersedingRow):
    """The version of the ledger that a round reads: taken in by choice, never by itself."""

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="ledgers", verbose_name=_("tillfälle")
    )
    load = models.ForeignKey(
        LedgerLoad, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("inläsning")
    )

    class Meta:
        verbose_name = _("tillfällets huvudbok")
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=CURRENT, name="one_ledger_a_round")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.load_id}"
