"""What was said: reports of a round."""

from __future__ import annotations

from uppsikt.exchange.rules.spec import Field, Kind, Table, choice, key, prose, reference, text

ITEM_TABLES = ("assignments", "mitigations", "controls")
"""The tables of what has a status in every round. A key is of one of them only."""

NOT_SET = "-"  # a comment or a rationale, and nothing chosen on the scale yet

ROUND = reference("round", "Uppföljning", "rounds", required=True)
BODY = reference("body", "Organ", "bodies", required=True)

INDICATOR_REPORTS = Table(
    "indicator_reports",
    "Bedömda indikatorer",
    "Vad den som rapporterar säger om en indikator.",
    ("use", "round"),
    (
        reference("use", "Indikator i planen", "uses", required=True),
        ROUND,
        choice(
            "reported",
            "Bedömning",
            (("met", "uppnått"), ("not_met", "ej uppnått")),
            help="Tomt: följer regeln.",
        ),
        prose("reason", "Skäl", help="Krävs när bedömningen avviker från regeln."),
        prose("analysis", "Analys"),
        choice("trend", "Trend", (("better", "bättre"), ("unchanged", "oförändrad"), ("worse", "sämre"))),
        choice("unjustified", "Omotiverade skillnader", (("gender", "mellan könen"), ("none", "nej"))),
    ),
)

ASSESSMENTS = Table(
    "assessments",
    "Målbedömningar",
    "Ett organs bedömning av ett mål.",
    ("goal", "round", "body"),
    (
        reference("goal", "Mål", "goals", required=True),
        ROUND,
        BODY,
        text(
            "step",
            "Bedömning",
            40,
            required=True,
            help="Ett steg på styrmodellens skala; - när bara motivering finns.",
        ),
        prose("rationale", "Motivering", help="Krävs när bedömningen avviker från regelns förslag."),
    ),
)

GOAL_TEXTS = Table(
    "goal_texts",
    "Texter om mål",
    "Det som skrivs om ett mål vid en uppföljning.",
    ("goal", "round", "body", "kind"),
    (
        reference("goal", "Mål", "goals", required=True),
        ROUND,
        BODY,
        text(
            "kind", "Slag", 60, required=True, help="En text i styrmodellen; priority:2 för prioritering 2."
        ),
        Field("content", "Innehåll", Kind.RICH, required=True),
    ),
)

STATUSES = Table(
    "statuses",
    "Status",
    "Status och kommentar för ett uppdrag, en åtgärd eller en kontroll.",
    ("item", "round"),
    (
        reference(
            "item",
            "Vad",
            ITEM_TABLES[0],
            also=ITEM_TABLES[1:],
            former=("assignment", "Uppdrag"),
            required=True,
            help="Ett uppdrag, en åtgärd eller en kontroll.",
        ),
        ROUND,
        text(
            "status",
            "Status",
            40,
            required=True,
            help="Ett steg på uppföljningens skala; - när bara kommentar finns.",
        ),
        prose("comment", "Kommentar"),
    ),
)

REPORTS = Table(
    "reports",
    "Rapporter",
    "Rapporter och planer som trycks.",
    ("key",),
    (
        key(),
        choice(
            "kind",
            "Slag",
            (("report", "rapport"), ("plan", "plan"), ("control_plan", "internkontrollplan")),
            required=True,
        ),
        BODY,
        Field("year", "År", Kind.YEAR, required=True, default=None, table="years"),
        reference("round", "Uppföljning", "rounds", help="För en rapport."),
        text("title", "Rubrik", 300, required=True),
        Field("outline", "Egen disposition", Kind.OUTLINE, help="Tomt: styrmodellens. Skrivs av Uppsikt."),
    ),
)

REPORT_TEXTS = Table(
    "report_texts",
    "Rapporttexter",
    "Texten i en rapports kapitel.",
    ("report", "chapter"),
    (
        reference("report", "Rapport", "reports", required=True),
        text("chapter", "Kapitel", 60, required=True, help="Ett kapitel i rapportens disposition."),
        Field("content", "Innehåll", Kind.RICH, required=True),
    ),
)
