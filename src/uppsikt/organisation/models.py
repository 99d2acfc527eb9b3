from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.accounts.selectors import User
from uppsikt.organisation.rules import BodyKind, Role


def _starts_before_end(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
        name=name,
        violation_error_message=_("Slutdatum måste vara senare än startdatum."),
    )


class Municipality(models.Model):
    """The owner of the installation. One row."""

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    name = models.CharField(_("namn"), max_length=200)
    accent = models.CharField(_("accentfärg"), max_length=7, default="#0b5563")
    logo = models.CharField(_("logotyp (kontrollsumma)"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("kommun")

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A decision-making body (KL 3 kap): council, executive board, committee, company board …"""

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    kind = models.CharField(_("slag"), max_length=20, choices=[(kind.value, kind.label) for kind in BodyKind])
    position = models.PositiveIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("organ")
        verbose_name_plural = _("organ")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.key


class BodyName(models.Model):
    """What a body is called during a time. A renamed body keeps its key and gets a new row here."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="names", verbose_name=_("organ"))
    name = models.CharField(_("namn"), max_length=200)
    short = models.CharField(_("kortnamn"), max_length=30, blank=True)
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till (ej med)"), null=True, blank=True)

    class Meta:
        verbose_name = _("organets namn")
        ordering = ["valid_from"]
        constraints = [
            _starts_before_end("body_name_period"),
            models.UniqueConstraint(fields=["body", "valid_from"], name="body_name_start"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """A body's task goes over to another: split, merged or replaced."""

    predecessor = models.ForeignKey(
        Body, on_delete=models.CASCADE, related_name="successions", verbose_name=_("föregångare")
    )
    successor = models.ForeignKey(
        Body, on_delete=models.CASCADE, related_name="origins", verbose_name=_("efterföljare")
    )
    date = models.DateField(_("datum"))
    kind = models.CharField(
        _("slag"),
        max_length=10,
        choices=[("split", _("delning")), ("merge", _("sammanslagning")), ("rename", _("ersätter"))],
    )

    class Meta:
        verbose_name = _("efterföljd")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Unit(models.Model):
    """A part of the administration. Where it stands, and what it is called, is in its placements."""

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("enhet")
        verbose_name_plural = _("enheter")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Placement(models.Model):
    """A unit's name, body and parent unit during a time."""

    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="placements", verbose_name=_("enhet")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="placements", verbose_name=_("organ")
    )
    parent = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("överordnad"),
    )
    name = models.CharField(_("namn"), max_length=200)
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till (ej med)"), null=True, blank=True)

    class Meta:
        verbose_name = _("enhetens plats")
        ordering = ["valid_from"]
        constraints = [
            _starts_before_end("placement_period"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="placement_start"),
        ]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """A role given to a person: in one body, in one unit, or (neither) in the whole municipality."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="roles", verbose_name=_("användare")
    )
    role = models.CharField(_("roll"), max_length=30, choices=[(role.value, role.label) for role in Role])
    body = models.ForeignKey(Body, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("organ"))
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, verbose_name=_("enhet"))
    valid_from = models.DateField(_("från och med"))
    valid_to = models.DateField(_("till (ej med)"), null=True, blank=True)

    class Meta:
        verbose_name = _("rolltilldelning")
        constraints = [
            _starts_before_end("role_period"),
            models.CheckConstraint(
                condition=Q(body__isnull=True) | Q(unit__isnull=True),
                name="role_body_or_unit",
                violation_error_message=_("Ange organ eller enhet, inte båda."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"
