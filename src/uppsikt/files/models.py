from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file on disk, known by the SHA-256 of its content. Never changed, never removed."""

    digest = models.CharField(_("kontrollsumma"), max_length=64, unique=True)
    name = models.CharField(_("namn"), max_length=200)
    media_type = models.CharField(_("filtyp"), max_length=100)
    size = models.PositiveBigIntegerField(_("storlek i byte"))
    recorded_at = models.DateTimeField(_("inlagd"))
    recorded_by_key = models.CharField(_("inlagd av (nyckel)"), max_length=100)
    recorded_by_name = models.CharField(_("inlagd av"), max_length=200)

    class Meta:
        verbose_name = _("fil")
        verbose_name_plural = _("filer")
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return self.name
