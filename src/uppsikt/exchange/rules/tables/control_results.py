"""What controls found: results and figures of occasions, of all committees together, and the body's summary."""

from __future__ import annotations

from uppsikt.exchange.rules.spec import (
    Field,
    Kind,
    Table,
    choice,
    date,
    integer,
    money,
    prose,
    reference,
    text,
)
from uppsikt.exchange.rules.tables.control import CONTROL, PERIOD, RETEST_OF
from uppsikt.exchange.rules.tables.planning import BODY, LIMIT
from uppsikt.exchange.rules.tables.reporting import ROUND

REPORTED_AT = reference("round", "Rapporterat vid", "rounds", help="Tidigare uppföljningar ser det inte.")
GROUP = reference("group", "Kommungemensam kontroll", "group_controls", required=True)
MEASURE = text("measure", "Mått", 60, required=True, help="En nyckel i bladet Kontrollmått.")
SAID = (
    text("judgement", "Resultat", 40, help="Ett steg på styrmodellens skala för kontrollresultat."),
    text("judgement_text", "Resultat i ord", 200),
    prose("comment", "Kommentar"),
    prose("recommendation", "Rekommendation"),
)

FIGURES = (
    Field("value", "Andel (%)", Kind.DECIMAL, default=None, help="När antalen inte är kända."),
    integer("checked", "Antal kontrollerade", maximum=LIMIT),
    integer("faulty", "Antal fel", maximum=LIMIT),
    integer("count", "Antal", maximum=LIMIT),
    integer("extra_count", "Därutöver antal", maximum=LIMIT),
    text("extra_text", "Därutöver vad", 200),
    money("total_ore", "Belopp (kr)"),
    money("outside_ore", "Varav utanför (kr)"),
    Field("faults", "Slag av fel", Kind.COUNTS, default=(), help="attest saknas: 5; agenda saknas: 2"),
)

CONTROL_RESULTS = Table(
    "control_results",
    "Kontrollresultat",
    "Vad en kontroll kom fram till en gång.",
    ("control", "period", "retest_of"),
    (
        CONTROL,
        PERIOD,
        RETEST_OF,
        REPORTED_AT,
        *SAID,
        prose("reason", "Skäl till avvikelse från tröskeln"),
        date("performed_on", "Utförd"),
        text("performed_by", "Utförd av", 200),
        date("reviewed_on", "Granskad"),
        text("reviewed_by", "Granskad av", 200),
    ),
)

CONTROL_FIGURES = Table(
    "control_figures",
    "Kontrollsiffror",
    "Siffrorna i en kontrolls resultat, mått för mått.",
    ("control", "period", "retest_of", "measure"),
    (CONTROL, PERIOD, RETEST_OF, MEASURE, *FIGURES),
    as_csv=True,
)

GROUP_RESULTS = Table(
    "group_results",
    "Gemensamma resultat",
    "Vad som sägs om en kommungemensam kontroll för hela kommunen.",
    ("group", "period"),
    (
        GROUP,
        PERIOD,
        REPORTED_AT,
        *SAID,
        choice(
            "change",
            "Jämfört med förra gången",
            (("better", "bättre"), ("unchanged", "oförändrat"), ("worse", "sämre")),
        ),
    ),
)

GROUP_FIGURES = Table(
    "group_figures",
    "Gemensamma siffror",
    "Totaler som de är rapporterade, där delarna inte ger dem.",
    ("group", "period", "measure"),
    (GROUP, PERIOD, MEASURE, *FIGURES),
    as_csv=True,
)

CONTROL_SUMMARIES = Table(
    "control_summaries",
    "Samlad intern kontroll",
    "Ett organs samlade bedömning av sin interna kontroll vid en uppföljning.",
    ("body", "round"),
    (
        BODY,
        ROUND,
        text(
            "step",
            "Samlad bedömning",
            40,
            required=True,
            help="Ett steg på styrmodellens skala; - när bara motivering finns.",
        ),
        prose("rationale", "Motivering", help="Krävs när bedömningen avviker från regelns förslag."),
        Field(
            "stated",
            "Antal som texten anger",
            Kind.STATED,
            default=(),
            help="mitigation done 2; mitigation not_done 3; control done 7",
        ),
    ),
)
