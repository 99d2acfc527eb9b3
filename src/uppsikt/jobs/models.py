from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uppsikt.jobs.rules import JobState


class Job(models.Model):
    """A long piece of work outside the page's request, and how far it has come. Forgotten after 90 days."""

    key = models.CharField(_("nyckel"), max_length=120, unique=True)
    title = models.CharField(_("rubrik"), max_length=300)
    href = models.CharField(_("resultatets adress"), max_length=300, blank=True)
    task_id = models.UUIDField(_("plats i kön"), null=True, blank=True, unique=True)
    state = models.CharField(
        _("läge"),
        max_length=10,
        choices=[(one.value, one.label) for one in JobState],
        default=JobState.WAITING,
    )
    restarts_left = models.PositiveSmallIntegerField(_("omstarter kvar"), default=0)
    done = models.PositiveBigIntegerField(_("gjort"), default=0)
    total = models.PositiveBigIntegerField(_("av"), default=0)
    words = models.CharField(_("gör just nu"), max_length=300, blank=True)
    message = models.TextField(_("besked"), blank=True)
    started_by_key = models.CharField(_("startat av (nyckel)"), max_length=100)
    created_at = models.DateTimeField(_("startat"))
    begun_at = models.DateTimeField(_("påbörjat"), null=True, blank=True)
    heard_at = models.DateTimeField(_("senaste livstecken"), null=True, blank=True)
    finished_at = models.DateTimeField(_("avslutat"), null=True, blank=True)

    class Meta:
        verbose_name = _("jobb")
        verbose_name_plural = _("jobb")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], finished_at__isnull=True)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="job_finished_has_its_time",
                violation_error_message=_("Ett avslutat jobb ska ha en sluttid, och bara ett avslutat."),
            )
        ]

    def __str__(self) -> str:
        return self.title
