"""What is stored of procurement. What was bought is not among it: that is in the ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from uppsikt.accounts.selectors import User
from uppsikt.history.superseding import CURRENT, SupersedingRow
from uppsikt.organisation.decided import DecisionReference
from uppsikt.organisation.selectors import Body, Unit
from uppsikt.planning.fields import FigureField
from uppsikt.procurement.rules.words import AgreementKind, CheckOutcome, LimitKey, ProcurementKind


class Supplier(models.Model):
    """Somebody bought from. `codes`: the ledger's counterparty codes, a space between them.

    A sole trader has no number here: it would be a personal number. `exempt`: why purchases of it are not counted
    in contract compliance (an own company, another authority); empty when they are.
    """

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    name = models.CharField(_("namn"), max_length=200)
    org_number = models.CharField(_("organisationsnummer"), max_length=20, blank=True)
    sole_trader = models.BooleanField(_("enskild näringsidkare"), default=False)
    codes = models.CharField(_("motpartskoder i huvudboken"), max_length=500, blank=True)
    exempt = models.CharField(_("räknas inte i avtalstrohet"), max_length=200, blank=True)
    note = models.TextField(_("anteckning"), blank=True)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("leverantör")
        verbose_name_plural = _("leverantörer")
        ordering = ["name", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sole_trader=False) | Q(org_number=""),
                name="sole_trader_has_no_number",
                violation_error_message=_(
                    "En enskild näringsidkares nummer är ett personnummer och sparas inte."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code_list(self) -> tuple[str, ...]:
        """The ledger's counterparty codes."""
        return tuple(self.codes.split())


class Agreement(models.Model):
    """An agreement with a supplier. It holds for `bodies`, or for all when none is named; both days included."""

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    number = models.CharField(_("avtalsnummer"), max_length=60, blank=True)
    title = models.CharField(_("benämning"), max_length=200)
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("leverantör")
    )
    bodies = models.ManyToManyField(Body, blank=True, related_name="agreements", verbose_name=_("gäller för"))
    kind = models.CharField(
        _("slag"), max_length=12, choices=[(kind.value, kind.label) for kind in AgreementKind]
    )
    valid_from = models.DateField(_("gäller från och med"))
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)
    value_ore = models.BigIntegerField(_("värde (öre)"), null=True, blank=True)
    case_number = models.CharField(_("ärendenummer"), max_length=60, blank=True)
    category = models.CharField(_("kategori"), max_length=100, blank=True)
    responsible = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("avtalsansvarig"),
    )
    follow_up_due = models.DateField(_("följs upp senast"), null=True, blank=True)
    removed_at = models.DateTimeField(_("borttaget"), null=True, blank=True)

    class Meta:
        verbose_name = _("avtal")
        verbose_name_plural = _("avtal")
        ordering = ["title", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agreement_ends_after_it_begins",
                violation_error_message=_("Avtalet slutar innan det börjar."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Procurement(DecisionReference):
    """A procurement, a call-off or a direct procurement. `value_ore` is the whole value without VAT.

    `certified` and `documented` are answered for direct procurements; None: nobody has told.
    """

    key = models.SlugField(_("nyckel"), max_length=100, unique=True)
    title = models.CharField(_("benämning"), max_length=200)
    kind = models.CharField(
        _("slag"), max_length=12, choices=[(kind.value, kind.label) for kind in ProcurementKind]
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="procurements", verbose_name=_("organ")
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet")
    )
    date = models.DateField(_("datum"))
    value_ore = models.BigIntegerField(_("värde (öre)"), null=True, blank=True)
    period_from = models.DateField(_("avtalstid från"), null=True, blank=True)
    period_to = models.DateField(_("avtalstid till"), null=True, blank=True)
    supplier = models.ForeignKey(
        Supplier,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="procurements",
        verbose_name=_("leverantör"),
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="procurements",
        verbose_name=_("avtal"),
    )
    case_number = models.CharField(_("upphandlingens nummer"), max_length=60, blank=True)
    category = models.CharField(_("kategori"), max_length=100, blank=True)
    purchaser = models.CharField(_("beställare"), max_length=200, blank=True)
    certified = models.BooleanField(_("certifierad beställare"), null=True, blank=True)
    documented = models.BooleanField(_("dokumenterad"), null=True, blank=True)
    removed_at = models.DateTimeField(_("borttagen"), null=True, blank=True)

    class Meta:
        verbose_name = _("upphandling")
        verbose_name_plural = _("upphandlingar")
        ordering = ["-date", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_to__isnull=True)
                | Q(period_from__isnull=True)
                | Q(period_to__gte=F("period_from")),
                name="procured_period_ends_after_it_begins",
                violation_error_message=_("Avtalstiden slutar innan den börjar."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class PurchaseLimit(SupersedingRow):
    """What is settled about purchases from a date: an amount, a percentage or words, as its key asks."""

    key = models.CharField(_("gräns"), max_length=30, choices=[(key.value, key.label) for key in LimitKey])
    valid_from = models.DateField(_("gäller från och med"))
    amount_ore = models.BigIntegerField(_("belopp (öre)"), null=True, blank=True)
    percent = FigureField(_("procent"), null=True, blank=True)
    text = models.CharField(_("ord"), max_length=500, blank=True)
    source = models.CharField(_("källa"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("gräns för inköp")
        verbose_name_plural = _("gränser för inköp")
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], condition=CURRENT, name="one_limit_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"


class PurchaseHandling(SupersedingRow):
    """How purchases outside agreements over the direct procurement limit were dealt with, by supplier and year."""

    year = models.PositiveSmallIntegerField(_("år"))
    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="handlings", verbose_name=_("leverantör")
    )
    category = models.CharField(_("kategori"), max_length=100)
    handling = models.TextField(_("så hanterades det"), blank=True)

    class Meta:
        verbose_name = _("hanterade inköp")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "supplier"], condition=CURRENT, name="one_handling_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.year}"


class SupplierCheck(SupersedingRow):
    """A check of a supplier: taxes, register of companies, credit … A corrected one takes the other's place."""

    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, related_name="checks", verbose_name=_("leverantör")
    )
    date = models.DateField(_("datum"))
    kind = models.CharField(_("kontroll"), max_length=100)
    outcome = models.CharField(
        _("utfall"), max_length=10, choices=[(one.value, one.label) for one in CheckOutcome]
    )
    note = models.TextField(_("anteckning"), blank=True)

    class Meta:
        verbose_name = _("leverantörskontroll")
        verbose_name_plural = _("leverantörskontroller")
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "date", "kind"], condition=CURRENT, name="one_supplier_check"
            )
        ]

    def __str__(self) -> str:
        return f"{self.supplier_id} {self.date} {self.kind}"


class AgreementFollowUp(SupersedingRow):
    """What following up an agreement found, and what the supplier paid back of it."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="follow_ups", verbose_name=_("avtal")
    )
    date = models.DateField(_("datum"))
    finding = models.TextField(_("vad som framkom"))
    recovered_ore = models.BigIntegerField(_("återfört belopp (öre)"), default=0)
    note = models.TextField(_("anteckning"), blank=True)

    class Meta:
        verbose_name = _("avtalsuppföljning")
        verbose_name_plural = _("avtalsuppföljningar")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "date"], condition=CURRENT, name="one_agreement_follow_up"
            ),
            models.CheckConstraint(
                condition=Q(recovered_ore__gte=0),
                name="recovered_is_not_negative",
                violation_error_message=_("Ett återfört belopp skrivs utan minus."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.date}"
