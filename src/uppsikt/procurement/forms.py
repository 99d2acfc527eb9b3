"""What may be sent about procurement: amounts in kronor, written the Swedish way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from uppsikt.kernel.numbers import decimals_of, format_decimal
from uppsikt.organisation import selectors as organisation
from uppsikt.organisation.selectors import Body, Unit
from uppsikt.planning.forms.plan import DAY, FigureInput, PersonField, PlanForm, decision_in
from uppsikt.procurement import selectors
from uppsikt.procurement.rules.words import AgreementKind, CheckOutcome, LimitKey, ProcurementKind
from uppsikt.procurement.selectors import Agreement, Procurement, PurchaseHandling, Supplier

ORE = 100
LARGEST = 10**17  # öre: far beyond any municipality, well inside what a column holds
ANSWERS = (("", _("inte besvarat")), ("yes", _("ja")), ("no", _("nej")))
YES_NO = {"yes": True, "no": False}
TEXT: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 4}), "required": False, "max_length": 4000}


class KronorInput(FigureInput):
    """An amount in kronor; `clean` gives öre."""

    def clean(self, value: Any) -> int | None:
        """The amount in öre, None when nothing is written. Raises: ValidationError."""
        figure: Decimal | None = super().clean(value)
        if figure is None:
            return None
        if decimals_of(figure) > 2:
            raise forms.ValidationError(_("Skriv beloppet i kronor med högst två decimaler."))
        if figure < 0:
            raise forms.ValidationError(_("Beloppet skrivs utan minus."))
        ore = int(figure * ORE)
        if ore >= LARGEST:
            raise forms.ValidationError(_("Beloppet är för stort. Det ska skrivas i kronor."))
        return ore


def written(ore: int | None) -> str:
    """Öre as an amount in kronor that can be written back unchanged."""
    if ore is None:
        return ""
    return format_decimal(Decimal(ore) / ORE, 0 if ore % ORE == 0 else 2)


def _choice(label: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, **more)


class _Form(PlanForm):
    """A form whose choices are filled when it is made."""

    def offer(self, name: str, choices: Sequence[tuple[str, Any]], *, none: bool = False) -> None:
        """Fill a field's choices, with nothing first where that is one."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *choices] if none else list(choices)


class SupplierForm(_Form):
    """A supplier."""

    name = forms.CharField(label=_("Namn"), max_length=200)
    org_number = forms.CharField(
        label=_("Organisationsnummer"),
        max_length=20,
        required=False,
        help_text=_("Ett personnummer sparas inte: leverantören blir enskild näringsidkare utan nummer."),
    )
    sole_trader = forms.BooleanField(label=_("Enskild näringsidkare"), required=False)
    codes = forms.CharField(
        label=_("Motpartskoder i huvudboken"),
        max_length=500,
        required=False,
        help_text=_("Därifrån hämtas inköpen. Flera koder skiljs åt med mellanslag."),
    )
    exempt = forms.CharField(
        label=_("Räknas inte i avtalstrohet"),
        max_length=200,
        required=False,
        help_text=_("Skriv varför, till exempel eget bolag. Tomt när köpen räknas."),
    )
    note = forms.CharField(label=_("Anteckning"), **TEXT)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        names = ("name", "org_number", "sole_trader", "codes", "exempt", "note")
        return {name: self.cleaned_data[name] for name in names}


def supplier_initial(row: Supplier) -> dict[str, Any]:
    """What the form starts with for a supplier that stands."""
    names = ("name", "org_number", "sole_trader", "codes", "exempt", "note")
    return {name: getattr(row, name) for name in names} | {"version": selectors.version_of(row)}


class AgreementForm(_Form):
    """An agreement."""

    title = forms.CharField(label=_("Benämning"), max_length=200)
    number = forms.CharField(label=_("Avtalsnummer"), max_length=60, required=False)
    supplier = _choice(_("Leverantör"))
    kind = _choice(_("Slag"))
    valid_from = forms.DateField(label=_("Gäller från och med"), widget=DAY)
    valid_to = forms.DateField(
        label=_("Gäller till och med"), widget=DAY, required=False, help_text=_("Tomt: tills vidare.")
    )
    bodies = forms.MultipleChoiceField(
        label=_("Gäller för"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen vald: alla nämnder."),
    )
    category = forms.CharField(label=_("Kategori"), max_length=100, required=False)
    value = KronorInput(label=_("Värde, kr"), help_text=_("Utan moms, för hela avtalstiden."))
    case_number = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)
    responsible = PersonField(label=_("Avtalsansvarig"))
    follow_up_due = forms.DateField(label=_("Följs upp senast"), widget=DAY, required=False)

    def __init__(self, *args: Any, bodies: Sequence[tuple[Body, str]], for_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        if not for_all:
            self.fields["bodies"].required = True
            self.fields["bodies"].help_text = _(
                "Bara den som upphandlar för hela kommunen kan låta det gälla alla."
            )
        self.offer("supplier", [(row.key, row.name) for row in selectors.suppliers()])
        self.offer("kind", [(kind.value, kind.label.capitalize()) for kind in AgreementKind])
        self.offer("bodies", [(row.key, name) for row, name in bodies])

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        kept = (
            "title",
            "number",
            "kind",
            "valid_from",
            "valid_to",
            "category",
            "case_number",
            "follow_up_due",
        )
        return {name: data[name] for name in kept} | {
            "supplier": selectors.supplier(data["supplier"]),
            "bodies": [self._bodies[key] for key in data["bodies"]],
            "value_ore": data["value"],
            "responsible": data["responsible"],
        }


def agreement_initial(row: Agreement) -> dict[str, Any]:
    """What the form starts with for an agreement that stands."""
    kept = ("title", "number", "kind", "valid_from", "valid_to", "category", "case_number", "follow_up_due")
    return {name: getattr(row, name) for name in kept} | {
        "supplier": row.supplier.key,
        "bodies": [body.key for body in row.bodies.all()],
        "value": written(row.value_ore),
        "responsible": row.responsible.key if row.responsible else "",
        "version": selectors.version_of(row),
    }


class ProcurementForm(_Form):
    """A procurement, a call-off or a direct procurement."""

    title = forms.CharField(label=_("Benämning"), max_length=200)
    kind = _choice(_("Slag"))
    body = _choice(_("Nämnd"))
    unit = _choice(_("Förvaltning eller enhet"), required=False)
    date = forms.DateField(label=_("Datum"), widget=DAY, help_text=_("När den beslutades eller anmäldes."))
    value = KronorInput(label=_("Värde, kr"), help_text=_("Utan moms, för hela avtalstiden."))
    period_from = forms.DateField(label=_("Avtalstid från"), widget=DAY, required=False)
    period_to = forms.DateField(label=_("Avtalstid till och med"), widget=DAY, required=False)
    supplier = _choice(_("Leverantör"), required=False)
    agreement = _choice(_("Avtal"), required=False, help_text=_("Det avtal som det avropas från."))
    category = forms.CharField(label=_("Kategori"), max_length=100, required=False)
    case_number = forms.CharField(label=_("Upphandlingens nummer"), max_length=60, required=False)
    purchaser = forms.CharField(label=_("Beställare"), max_length=200, required=False)
    certified = forms.ChoiceField(label=_("Certifierad beställare"), choices=ANSWERS, required=False)
    documented = forms.ChoiceField(
        label=_("Dokumenterad enligt riktlinjerna"), choices=ANSWERS, required=False
    )
    decision_body = forms.CharField(label=_("Beslutat av"), max_length=200, required=False)
    decision_date = forms.DateField(label=_("Beslutsdatum"), widget=DAY, required=False)
    decision_section = forms.CharField(label=_("Paragraf"), max_length=20, required=False)
    decision_case = forms.CharField(label=_("Ärendenummer"), max_length=60, required=False)

    def __init__(self, *args: Any, bodies: Sequence[tuple[Body, str]], day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {row.key: row for row, _name in bodies}
        units = [row for row in organisation.units_on(day) if row.body in self._bodies]
        kept: Mapping[str, Any] = kwargs.get("initial") or {}
        known = {row.key for row in units}
        more = [(kept["unit"], kept["unit"])] if kept.get("unit") and kept["unit"] not in known else []
        self.offer("kind", [(kind.value, kind.label.capitalize()) for kind in ProcurementKind])
        self.offer("body", [(row.key, name) for row, name in bodies])
        self.offer("unit", [*((row.key, f"{'– ' * row.depth}{row.name}") for row in units), *more], none=True)
        self.offer("supplier", [(row.key, row.name) for row in selectors.suppliers()], none=True)
        self.offer("agreement", [(row.key, row.title) for row in selectors.agreements()], none=True)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        data = self.cleaned_data
        kept = ("title", "kind", "date", "period_from", "period_to", "category", "case_number", "purchaser")
        return {name: data[name] for name in kept} | {
            "body": self._bodies[data["body"]],
            "unit": _unit(data["unit"]),
            "value_ore": data["value"],
            "supplier": selectors.supplier(data["supplier"]) if data["supplier"] else None,
            "agreement": selectors.agreement(data["agreement"]) if data["agreement"] else None,
            "certified": YES_NO.get(data["certified"]),
            "documented": YES_NO.get(data["documented"]),
            "decision": decision_in(data),
        }


def _unit(key: str) -> Unit | None:
    return organisation.unit(key) if key else None


def procurement_initial(row: Procurement) -> dict[str, Any]:
    """What the form starts with for a procurement that stands."""
    kept = (
        "title", "kind", "date", "period_from", "period_to", "category", "case_number", "purchaser", "decision_body",
        "decision_date", "decision_section", "decision_case",
    )  # fmt: skip
    answers = {True: "yes", False: "no", None: ""}
    return {name: getattr(row, name) for name in kept} | {
        "body": row.body.key,
        "unit": row.unit.key if row.unit else "",
        "value": written(row.value_ore),
        "supplier": row.supplier.key if row.supplier else "",
        "agreement": row.agreement.key if row.agreement else "",
        "certified": answers[row.certified],
        "documented": answers[row.documented],
        "version": selectors.version_of(row),
    }


class CheckForm(_Form):
    """A check of a supplier."""

    date = forms.DateField(label=_("Datum"), widget=DAY)
    kind = forms.CharField(
        label=_("Kontroll"), max_length=100, help_text=_("Till exempel Skatter och avgifter.")
    )
    outcome = _choice(_("Utfall"))
    note = forms.CharField(label=_("Anteckning"), **TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("outcome", [(one.value, one.label.capitalize()) for one in CheckOutcome])

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        return {name: self.cleaned_data[name] for name in ("date", "kind", "outcome", "note")}


class HandlingForm(_Form):
    """How purchases outside agreements were dealt with."""

    category = forms.CharField(
        label=_("Kategori"),
        max_length=100,
        help_text=_("Leverantörerna räknas per kategori, till exempel Entreprenad."),
    )
    handling = forms.CharField(label=_("Så hanterades det"), **TEXT)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        return {name: self.cleaned_data[name] for name in ("category", "handling")}


def handling_initial(row: PurchaseHandling | None) -> dict[str, Any]:
    """What the form starts with."""
    return {"category": row.category, "handling": row.handling} if row else {}


class FollowUpForm(_Form):
    """What following up an agreement found."""

    date = forms.DateField(label=_("Datum"), widget=DAY)
    finding = forms.CharField(
        label=_("Vad som framkom"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    recovered = KronorInput(
        label=_("Återfört belopp, kr"), help_text=_("Det som leverantören har betalat tillbaka.")
    )
    note = forms.CharField(label=_("Anteckning"), **TEXT)

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        kept = {name: self.cleaned_data[name] for name in ("date", "finding", "note")}
        return kept | {"recovered_ore": self.cleaned_data["recovered"] or 0}


class LimitForm(_Form):
    """Something settled about purchases, from a date."""

    key = _choice(_("Gräns"))
    valid_from = forms.DateField(label=_("Gäller från och med"), widget=DAY)
    amount_ore = KronorInput(label=_("Belopp, kr"), help_text=_("För gränser som är belopp."))
    percent = FigureInput(label=_("Procent"), help_text=_("För god och låg avtalstrohet."))
    text = forms.CharField(
        label=_("Ord"),
        max_length=500,
        required=False,
        help_text=_("Rader ur ekonomimodellen med mellanslag, kategorier med semikolon, eller ett nummer."),
    )
    source = forms.CharField(label=_("Källa"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("key", [(key.value, key.label) for key in LimitKey])

    def values(self) -> dict[str, Any]:
        """What was written, by the names of the action."""
        names = ("key", "valid_from", "amount_ore", "percent", "text", "source")
        return {name: self.cleaned_data[name] for name in names}
