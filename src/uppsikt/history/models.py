from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChainHead(models.Model):
    """The last link of the history. One row, locked by every writer, so that the chain never forks."""

    sequence = models.BigIntegerField(_("löpnummer"), default=0)
    hash = models.CharField(_("kontrollsumma"), max_length=64)

    class Meta:
        verbose_name = _("historikens slut")

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:8]}"


class Event(models.Model):
    """One thing that happened. Never changed; `data` alone may be emptied by erasure (GDPR art. 17)."""

    sequence = models.BigIntegerField(_("löpnummer"), primary_key=True)
    at = models.DateTimeField(_("tidpunkt"), db_index=True)
    actor_key = models.CharField(_("vem (nyckel)"), max_length=100, db_index=True)
    actor_name = models.CharField(_("vem"), max_length=200)
    kind = models.CharField(_("händelse"), max_length=50, db_index=True)
    subject = models.CharField(_("vad (nyckel)"), max_length=200, db_index=True)
    label = models.CharField(_("vad"), max_length=300)
    body_key = models.CharField(_("organ"), max_length=100, blank=True, db_index=True)
    data = models.JSONField(_("innehåll"), default=dict)
    data_digest = models.CharField(_("innehållets kontrollsumma"), max_length=64)
    previous_hash = models.CharField(_("föregående kontrollsumma"), max_length=64)
    hash = models.CharField(_("kontrollsumma"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.subject}"
