from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.history.superseding import CURRENT, SupersedingRow


class Text(models.Model):
    """A place for a long text. What the place is stands in its slot, which the package above decides."""

    slot = models.CharField(_("plats"), max_length=190, unique=True)
    label = models.CharField(_("namn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texter")
        ordering = ["slot"]

    def __str__(self) -> str:
        return self.label or self.slot


class TextVersion(SupersedingRow):
    """What was written in a place at a time, as structured text. Numbered from 1."""

    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="versions", verbose_name=_("text"))
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("innehåll"), default=list, blank=True)

    class Meta:
        verbose_name = _("textversion")
        verbose_name_plural = _("textversioner")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["text"], condition=CURRENT, name="one_current_version_a_text"),
            models.UniqueConstraint(fields=["text", "number"], name="text_versions_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id} v{self.number}"


class Draft(models.Model):
    """What one person is writing in a place and has not saved. Outlives the session and the browser.

    Working material: overwritten as the person writes, seen by nobody else, no part of the history.
    """

    slot = models.CharField(_("plats"), max_length=190)
    user_key = models.CharField(_("vem (nyckel)"), max_length=100, db_index=True)
    label = models.CharField(_("namn"), max_length=300, blank=True)
    content = models.JSONField(_("innehåll"), default=list, blank=True)
    base_number = models.PositiveIntegerField(_("utgår från version"), null=True, blank=True)
    saved_at = models.DateTimeField(_("sparat"))

    class Meta:
        verbose_name = _("utkast")
        verbose_name_plural = _("utkast")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "user_key"], name="one_draft_a_person_and_slot")
        ]

    def __str__(self) -> str:
        return self.label or self.slot
