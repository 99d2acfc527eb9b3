"""What may go wrong and what is done about it: risks, controls and their occasions, deficiencies, mitigations.

Evidence, drawn samples, workshops and their votes are no tables (docs/formats/dataset.md).
"""

from __future__ import annotations

from uppsikt.control.rules.words import CHOICES
from uppsikt.exchange.rules.spec import (
    Field,
    Kind,
    Table,
    choice,
    date,
    integer,
    key,
    prose,
    reference,
    text,
    year_of,
)
from uppsikt.exchange.rules.tables.planning import BODY, POSITION, YEAR
from uppsikt.exchange.rules.tables.reporting import ITEM_TABLES

UNIT = reference("unit", "Enhet", "units")
RESPONSIBLE = reference("responsible", "Ansvarig", "people")
RISK = reference("risk", "Risk", "risks")
GROUP = reference("group", "Kommungemensam kontroll", "group_controls")
CONTROL = reference("control", "Kontroll", "controls", required=True)
PERIOD = Field(
    "period", "Period", Kind.OCCASION, required=True, help="2024, 2024-T1, 2024-Q1, 2024-03, 2024-W07 eller 2024-03-15."
)  # fmt: skip
RETEST_OF = reference("retest_of", "Omtest av brist", "deficiencies", help="Tomt: en vanlig gång.")

RISKS = Table(
    "risks",
    "Risker",
    "Risker i ett organs år.",
    ("key",),
    (
        key("Börja med året."),
        YEAR,
        BODY,
        UNIT,
        text("process", "Område eller process", 200, required=True),
        prose("title", "Risk", required=True),
        prose("cause", "Orsak"),
        prose("consequence", "Konsekvens"),
        prose("background", "Bakgrund"),
        year_of("origin_year", "Dokumenterad första gången år"),
        RESPONSIBLE,
        Field("shared", "Kommungemensam", Kind.BOOLEAN, default=False),
        reference("adopted_from", "Övertagen från", "risks", help="En kommungemensam risk samma år."),
        Field("adapted", "Anpassad", Kind.BOOLEAN, default=False),
        reference("carried_over_from", "Fortsätter från", "risks", help="Samma risk ett tidigare år."),
        POSITION,
    ),
)

RISK_ASSESSMENTS = Table(
    "risk_assessments",
    "Riskbedömningar",
    "Hur sannolik och hur allvarlig en risk är, före och efter åtgärder.",
    ("risk", "stage"),
    (
        reference("risk", "Risk", "risks", required=True),
        choice("stage", "Skede", CHOICES["Stage"], required=True),
        integer(
            "likelihood",
            "Sannolikhet",
            required=True,
            maximum=99,
            help="Ett steg på årets skala: 1, 2, 3 ...",
        ),
        integer(
            "consequence",
            "Konsekvens",
            required=True,
            maximum=99,
            help="Ett steg på årets skala: 1, 2, 3 ...",
        ),
        prose("comment", "Motivering"),
    ),
)

RISK_TREATMENTS = Table(
    "risk_treatments",
    "Riskbeslut",
    "Vad organet har bestämt att göra åt en risk.",
    ("risk",),
    (
        reference("risk", "Risk", "risks", required=True),
        choice("decision", "Beslut", CHOICES["RiskDecision"], required=True),
        prose("rationale", "Motivering"),
    ),
)

_CHECKED = (
    prose("purpose", "Varför görs kontrollen?"),
    prose("method", "Så görs kontrollen"),
    choice("frequency", "Hur ofta", CHOICES["Frequency"]),
    text("period_text", "Period i text", 200),
    prose("footnote", "Fotnot"),
)

GROUP_CONTROLS = Table(
    "group_controls",
    "Kommungemensamma kontroller",
    "Kontroller som alla nämnder gör. Nämndernas delar står i bladet Kontroller.",
    ("key",),
    (
        key("Börja med året."),
        YEAR,
        reference("body", "Bestämd av", "bodies", required=True),
        text("process", "Mål eller process", 200),
        prose("name", "Kontroll", required=True),
        *_CHECKED,
        choice("rows_of", "Rader per", CHOICES["RowsOf"], required=True),
        POSITION,
    ),
)

CONTROLS = Table(
    "controls",
    "Kontroller",
    "Ett organs kontroller. Det som är tomt är som i den kommungemensamma kontrollen.",
    ("key",),
    (
        key("Börja med året."),
        YEAR,
        BODY,
        UNIT,
        GROUP,
        RISK,
        text("process", "Mål eller process", 200),
        prose("name", "Kontroll", help="Får vara tomt för en del av en kommungemensam kontroll."),
        *_CHECKED,
        text("label", "Radens namn", 200, help="I den kommungemensamma tabellen. Tomt: organets eller enhetens."),
        RESPONSIBLE,
        reference("performer", "Utförs av", "people"),
        text("performer_text", "Utförs av (roll)", 200),
        reference("reviewer", "Granskas av", "people"),
        text("reviewer_text", "Granskas av (roll)", 200),
        date("deadline", "Ska vara klar"),
        reference("carried_over_from", "Överflyttad från", "controls", help="Samma kontroll ett tidigare år."),
        year_of("carried_from_year", "Överflyttad från år"),
        year_of("origin_year", "Ursprungligen från år"),
        POSITION,
    ),
)  # fmt: skip

CONTROL_MEASURES = Table(
    "control_measures",
    "Kontrollmått",
    "Siffrorna i en kontrolls resultat, och trösklarna de bedöms mot.",
    ("group", "control", "key"),
    (
        GROUP,
        reference("control", "Kontroll", "controls", help="Kontroll eller kommungemensam kontroll, inte båda."),
        text("key", "Mått", 60, required=True, help="Måttets nyckel: a–z, siffror, bindestreck och understreck."),
        text("label", "Benämning", 200, required=True),
        choice("kind", "Slag", CHOICES["MeasureKind"], required=True),
        text("unit_text", "Vad som räknas", 100),
        Field("approved_from", "Godkänt från (%)", Kind.DECIMAL, default=None),
        Field("deficient_from", "Bristfälligt från (%)", Kind.DECIMAL, default=None),
        Field("above", "Måste överstiga gränsen", Kind.BOOLEAN, default=False),
        POSITION,
    ),
    as_csv=True,
)  # fmt: skip

OCCASIONS = Table(
    "occasions",
    "Kontrolltillfällen",
    "Gångerna som en kontroll görs, eller perioderna som resultaten gäller.",
    ("control", "period", "retest_of"),
    (
        CONTROL,
        PERIOD,
        text("period_text", "Period i text", 200),
        date("due", "Ska vara gjord"),
        POSITION,
        RETEST_OF,
    ),
    as_csv=True,
)

DEFICIENCIES = Table(
    "deficiencies",
    "Brister",
    "Vad en kontroll fann var fel. Öppen tills ett omtest godkänns.",
    ("key",),
    (
        key(),
        CONTROL,
        PERIOD,
        text("title", "Brist", 300, required=True),
        prose("description", "Beskrivning"),
        date("found_on", "Funnen", required=True),
        reference("retest_of", "Funnen vid omtest av", "deficiencies", help="Tomt: en vanlig gång."),
    ),
)

MITIGATIONS = Table(
    "mitigations",
    "Åtgärder",
    "Vad som görs åt en risk, en rekommendation eller en brist: exakt en av dem.",
    ("key",),
    (
        key("Börja med året."),
        YEAR,
        BODY,
        UNIT,
        reference("risk", "Risk", "risks", help="Eller rekommendation, eller brist."),
        reference("recommendation", "Rekommendation", "recommendations"),
        reference("deficiency", "Brist", "deficiencies"),
        prose("title", "Åtgärd", required=True),
        prose("description", "Beskrivning"),
        RESPONSIBLE,
        date("deadline", "Ska vara klart"),
        reference("carried_over_from", "Överflyttad från", "mitigations", help="Samma åtgärd ett tidigare år."),
        year_of("carried_from_year", "Överflyttad från år"),
        year_of("origin_year", "Ursprungligen från år"),
        POSITION,
    ),
)  # fmt: skip

DEPENDENCIES = Table(
    "dependencies",
    "Beroenden",
    "Att något kan genomföras först när något annat är klart: uppdrag, åtgärder och kontroller.",
    ("item", "waits_for"),
    (
        reference("item", "Vad", ITEM_TABLES[0], also=ITEM_TABLES[1:], required=True),
        reference("waits_for", "Väntar på", ITEM_TABLES[0], also=ITEM_TABLES[1:], required=True),
        prose("note", "Förklaring"),
    ),
)
