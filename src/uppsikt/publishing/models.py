from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.cycle.selectors import FiscalYear, Round
from uppsikt.files.selectors import StoredFile
from uppsikt.kernel.decision import Decision
from uppsikt.organisation.selectors import Body


class Publication(models.Model):
    """Something adopted, as it was then. Never changed, never rebuilt; adopting again makes a new one."""

    subject = models.CharField(_("vad (nyckel)"), max_length=150, db_index=True)
    title = models.CharField(_("rubrik"), max_length=300)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="publications", verbose_name=_("organ")
    )
    year = models.ForeignKey(
        FiscalYear, on_delete=models.PROTECT, related_name="publications", verbose_name=_("år")
    )
    round = models.ForeignKey(
        Round,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="publications",
        verbose_name=_("tillfälle"),
    )
    payload = models.JSONField(_("innehåll"))
    schema = models.CharField(_("innehållets form"), max_length=40)
    fingerprint = models.CharField(_("kontrollsumma"), max_length=64)
    adopted_at = models.DateTimeField(_("fastställd"))
    adopted_by_key = models.CharField(_("fastställd av (nyckel)"), max_length=100)
    adopted_by_name = models.CharField(_("fastställd av"), max_length=200)
    decision_case = models.CharField(_("ärendenummer"), max_length=60, blank=True)
    decision_body = models.CharField(_("beslutat av"), max_length=200, blank=True)
    decision_date = models.DateField(_("beslutsdatum"), null=True, blank=True)
    decision_section = models.CharField(_("paragraf"), max_length=20, blank=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("ersätter"),
    )

    class Meta:
        verbose_name = _("fastställd handling")
        verbose_name_plural = _("fastställda handlingar")
        ordering = ["-adopted_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def decision(self) -> Decision:
        """The decision it was adopted by."""
        return Decision(self.decision_case, self.decision_body, self.decision_date, self.decision_section)


class PublicationFile(models.Model):
    """One of the files a publication was handed out as."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="files", verbose_name=_("handling")
    )
    format = models.CharField(_("format"), max_length=5)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, verbose_name=_("fil"))

    class Meta:
        verbose_name = _("handlingens fil")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "format"], name="one_file_a_format"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}.{self.format}"
