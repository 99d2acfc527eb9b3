"""What is bought: suppliers, agreements, procurements, what is settled about purchases and what was found out."""

from __future__ import annotations

from uppsikt.exchange.rules.spec import (
    Field,
    Kind,
    Table,
    choice,
    date,
    decision,
    key,
    money,
    prose,
    reference,
    text,
    year_of,
)
from uppsikt.procurement.rules.words import AgreementKind, CheckOutcome, LimitKey, ProcurementKind

SUPPLIERS = Table(
    "suppliers",
    "Leverantörer",
    "De som kommunen köper av. En enskild näringsidkares personnummer skrivs aldrig ut och sparas inte när det läses in.",
    ("key",),
    (
        key(),
        text("name", "Namn", 200, required=True),
        text("org_number", "Organisationsnummer", 20, help="Tomt för enskilda näringsidkare."),
        Field("sole_trader", "Enskild näringsidkare", Kind.BOOLEAN, default=False),
        text("codes", "Motpartskoder", 500, help="Huvudbokens koder, med mellanslag emellan."),
        text("exempt", "Räknas inte i avtalstrohet", 200, help="Varför: till exempel eget bolag."),
        prose("note", "Anteckning"),
    ),
    as_csv=True,
)

AGREEMENTS = Table(
    "agreements",
    "Avtal",
    "Avtal med leverantörer: när de gäller och för vilka organ.",
    ("key",),
    (
        key(),
        text("number", "Avtalsnummer", 60),
        text("title", "Benämning", 200, required=True),
        reference("supplier", "Leverantör", "suppliers", required=True),
        Field(
            "bodies",
            "Gäller för",
            Kind.LIST,
            help="Nycklar i bladet Organ, med semikolon emellan. Tomt: alla.",
        ),
        choice("kind", "Slag", tuple((one.value, one.label) for one in AgreementKind), required=True),
        date("valid_from", "Gäller från och med", required=True),
        date("last_day", "Gäller till och med", help="Sista dagen, den inräknad. Tomt: tills vidare."),
        money("value_ore", "Värde (kr)", help="Utan moms."),
        text("case_number", "Diarienummer", 60),
        text("category", "Kategori", 100),
        reference("responsible", "Avtalsansvarig", "people"),
        date("follow_up_due", "Följs upp senast"),
    ),
    as_csv=True,
)

PROCUREMENTS = Table(
    "procurements",
    "Upphandlingar",
    "Upphandlingar, avrop och direktupphandlingar.",
    ("key",),
    (
        key(),
        text("title", "Benämning", 200, required=True),
        choice("kind", "Slag", tuple((one.value, one.label) for one in ProcurementKind), required=True),
        reference("body", "Organ", "bodies", required=True),
        reference("unit", "Enhet", "units"),
        date("date", "Datum", required=True, help="Beslut eller anmälan."),
        money("value_ore", "Värde (kr)", help="Utan moms, för hela avtalstiden."),
        date("period_from", "Avtalstid från"),
        date("period_to", "Avtalstid till och med"),
        reference("supplier", "Leverantör", "suppliers"),
        reference("agreement", "Avtal", "agreements", help="För ett avrop."),
        text("case_number", "Upphandlingens nummer", 60),
        text("category", "Kategori", 100),
        text("purchaser", "Beställare", 200),
        Field("certified", "Certifierad beställare", Kind.BOOLEAN, default=None, help="Tomt: inte angivet."),
        Field("documented", "Dokumenterad", Kind.BOOLEAN, default=None, help="Tomt: inte angivet."),
        *decision(),
    ),
    as_csv=True,
)

PURCHASE_LIMITS = Table(
    "purchase_limits",
    "Inköpsgränser",
    "Vad som är bestämt om inköp, från ett datum: ett belopp, en andel eller ord.",
    ("key", "valid_from"),
    (
        choice("key", "Gräns", tuple((one.value, one.label) for one in LimitKey), required=True),
        date("valid_from", "Gäller från och med", required=True),
        money("amount_ore", "Belopp (kr)"),
        Field("percent", "Procent", Kind.DECIMAL, default=None),
        text("text", "Ord", 500, help="Rader ur ekonomimodellen med mellanslag, kategorier med semikolon."),
        text("source", "Källa", 300),
    ),
)

PURCHASE_HANDLINGS = Table(
    "purchase_handlings",
    "Hanterade inköp",
    "Hur ett års inköp utanför avtal från en leverantör hanterades.",
    ("year", "supplier"),
    (
        year_of("year", "År", required=True),
        reference("supplier", "Leverantör", "suppliers", required=True),
        text("category", "Kategori", 100, required=True),
        prose("handling", "Så hanterades det"),
    ),
)

SUPPLIER_CHECKS = Table(
    "supplier_checks",
    "Leverantörskontroller",
    "Kontroller av leverantörer: skatter, registrering, ekonomi.",
    ("supplier", "date", "kind"),
    (
        reference("supplier", "Leverantör", "suppliers", required=True),
        date("date", "Datum", required=True),
        text("kind", "Kontroll", 100, required=True),
        choice("outcome", "Utfall", tuple((one.value, one.label) for one in CheckOutcome), required=True),
        prose("note", "Anteckning"),
    ),
    as_csv=True,
)

AGREEMENT_FOLLOW_UPS = Table(
    "agreement_follow_ups",
    "Avtalsuppföljningar",
    "Vad uppföljningen av ett avtal visade, och vad som återfördes.",
    ("agreement", "date"),
    (
        reference("agreement", "Avtal", "agreements", required=True),
        date("date", "Datum", required=True),
        prose("finding", "Vad som framkom", required=True),
        money("recovered_ore", "Återfört (kr)", default=0, help="Positivt."),
        prose("note", "Anteckning"),
    ),
)
