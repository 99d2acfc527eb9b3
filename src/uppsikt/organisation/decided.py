"""The columns of a decision that something rests on; the same four everywhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from uppsikt.kernel.decision import Decision


class DecisionReference(models.Model):
    """The decision that something rests on; the same four fields everywhere."""

    decision_case = models.CharField(_("ärendenummer"), max_length=60, blank=True)
    decision_body = models.CharField(_("beslutat av"), max_length=200, blank=True)
    decision_date = models.DateField(_("beslutsdatum"), null=True, blank=True)
    decision_section = models.CharField(_("paragraf"), max_length=20, blank=True)

    class Meta:
        abstract = True

    @property
    def decision(self) -> Decision:
        """The reference as one value."""
        return Decision(self.decision_case, self.decision_body, self.decision_date, self.decision_section)
