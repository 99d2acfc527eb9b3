"""What: goals, indicators with targets and outcomes, assignments."""

from __future__ import annotations

from uppsikt.exchange.rules.spec import (
    Field,
    Kind,
    Table,
    choice,
    date,
    decision,
    integer,
    key,
    prose,
    reference,
    text,
    year_of,
)

YEAR = Field("year", "År", Kind.YEAR, required=True, default=None, table="years")
BODY = reference("body", "Organ", "bodies", required=True)
POSITION = integer("position", "Ordning", default=0, maximum=2_147_483_647)
LIMIT = 2_147_483_647

GOALS = Table(
    "goals",
    "Mål",
    "Målen för varje år, fullmäktiges och nämndernas.",
    ("key",),
    (
        key("Börja med året: 2024-trygghet."),
        YEAR,
        reference("body", "Organ", "bodies", required=True, help="Organet som sätter målet."),
        text("level", "Nivå", 40, required=True, help="En nivå i årets styrmodell."),
        reference("parent", "Under målet", "goals", help="Målet ovanför, samma år."),
        text("number", "Nummer", 20),
        text("name", "Namn", 300, required=True),
        prose("description", "Inledande text"),
        POSITION,
        reference("responsible", "Ansvarig", "people"),
        reference("carried_over_from", "Fortsätter från", "goals", help="Samma mål ett tidigare år."),
    ),
)

PRIORITIES = Table(
    "priorities",
    "Särskilt prioriterat",
    "Politiska prioriteringar under ett mål.",
    ("goal", "position"),
    (
        reference("goal", "Mål", "goals", required=True),
        integer("position", "Ordning", required=True, maximum=LIMIT, help="1, 2, 3 ..."),
        prose("text", "Text", required=True),
    ),
)

INDICATORS = Table(
    "indicators",
    "Indikatorer",
    "Mätta serier. De hör inte till något år; bladet Indikatorer i planen kopplar dem.",
    ("key",),
    (
        key(),
        text("name", "Namn", 300, required=True),
        text("measure", "Måttenhet", 60),
        integer("decimals", "Decimaler", maximum=10, help="Antal som alltid visas. Tomt: som rapporterat."),
        choice(
            "direction",
            "Önskad riktning",
            (("up", "högre är bättre"), ("down", "lägre är bättre"), ("none", "varken eller")),
            required=True,
        ),
        choice(
            "periodicity",
            "Mäts",
            (
                ("year", "per år"),
                ("tertial", "per tertial"),
                ("quarter", "per kvartal"),
                ("month", "per månad"),
                ("rolling12", "rullande tolv månader"),
            ),
            required=True,
        ),
        choice(
            "source_kind",
            "Slag av källa",
            (
                ("own", "egen statistik"),
                ("kolada", "Kolada"),
                ("scb", "SCB"),
                ("survey", "enkät"),
                ("other", "annan"),
            ),
            required=True,
        ),
        text("source", "Källa", 300),
        Field("kolada_ids", "Kolada-id", Kind.LIST, maximum=100, help="Flera skiljs med semikolon."),
        text("published", "Publiceras", 200),
        integer("published_week", "Publiceras vecka", maximum=53),
        integer(
            "small_group_limit",
            "Minsta grupp som visas",
            help="Utfall om färre personer än så döljs. 11 för sjukfrånvaro.",
        ),
        prose("note", "Anmärkning"),
        prose("definition", "Definition"),
    ),
)

USES = Table(
    "uses",
    "Indikatorer i planen",
    "En indikator under ett mål, eller i ett avsnitt som personal, i ett organs år.",
    ("key",),
    (
        key("Börja med året: 2024-oro-brottslighet."),
        YEAR,
        BODY,
        reference("goal", "Mål", "goals", help="Mål eller avsnitt, inte båda."),
        text("section", "Avsnitt", 40, help="Ett avsnitt i årets styrmodell, t.ex. personal."),
        reference("indicator", "Indikator", "indicators", required=True),
        POSITION,
        text("label", "Namn i planen", 300),
        integer("lag_years", "Eftersläpning i år", default=0, maximum=20),
        Field("breakdowns", "Uppdelningar", Kind.LIST, maximum=300, help="T.ex. gender;interval."),
        reference("responsible", "Ansvarig", "people"),
        reference("unit", "Enhet", "units", help="Enheten som rapporterar."),
        prose("note", "Anmärkning"),
    ),
)

TARGET_KINDS = (
    ("ge", "minst (≥)"),
    ("gt", "mer än (>)"),
    ("le", "högst (≤)"),
    ("lt", "mindre än (<)"),
    ("eq", "lika med (=)"),
    ("interval", "mellan två värden"),
    ("bare", "bara ett värde"),
    ("keep", "behåll"),
    ("decrease", "minska"),
    ("increase", "öka"),
    ("reference", "mot ett jämförelsevärde"),
)

TARGETS = Table(
    "targets",
    "Målvärden",
    "Etappmål (ett års) och målvärde (ett senare års).",
    ("use", "role", "year"),
    (
        reference("use", "Indikator i planen", "uses", required=True),
        choice("role", "Slag", (("milestone", "etappmål"), ("final", "målvärde")), required=True),
        year_of("year", "Avser år", required=True),
        choice("kind", "Jämförelse", TARGET_KINDS, required=True),
        Field("value", "Värde", Kind.DECIMAL, default=None),
        Field("upper", "Övre värde", Kind.DECIMAL, default=None, help="Vid ”mellan två värden”."),
        choice(
            "comparator",
            "Tecken",
            (("lt", "<"), ("le", "≤"), ("gt", ">"), ("ge", "≥")),
            help="Mot jämförelsevärdet.",
        ),
        text("reference", "Jämförelsevärde", 100, help="T.ex. Länssnitt."),
        text("period_text", "Tillägg", 60, help="T.ex. per år."),
        text("printed", "Som beslutat", 100, help="Målet exakt som det är beslutat."),
    ),
    as_csv=True,
)

OBSERVATIONS = Table(
    "observations",
    "Utfall",
    "Utfall per period.",
    ("indicator", "body", "unit", "period", "breakdown", "round"),
    (
        reference("indicator", "Indikator", "indicators", required=True),
        reference("body", "Organ", "bodies", help="Vems utfall. Tomt: hela kommunens."),
        reference("unit", "Enhet", "units"),
        Field(
            "period",
            "Period",
            Kind.PERIOD,
            required=True,
            help="2024, 2024-T1, 2024-Q1, 2024-03, eller 2020-02/R12 (tolv månader till och med februari 2020).",
        ),
        Field("breakdown", "Uppdelning", Kind.BREAKDOWN, help="Tomt: totalt. T.ex. gender=women."),
        Field("value", "Utfall", Kind.DECIMAL, default=None),
        choice(
            "status",
            "Läge",
            (
                ("value", "utfall"),
                ("not_measured", "ej mätt"),
                ("not_published", "ännu ej publicerat"),
                ("missing", "saknas"),
            ),
            required=True,
        ),
        Field("preliminary", "Preliminärt", Kind.BOOLEAN, default=False),
        integer("group_size", "Antal i gruppen", maximum=LIMIT, help="För att dölja små grupper."),
        prose("footnote", "Fotnot"),
        text("source", "Källa för värdet", 300),
        reference("round", "Rapporterat vid", "rounds", help="Tidigare uppföljningar ser det inte."),
    ),
    as_csv=True,
)

ASSIGNMENTS = Table(
    "assignments",
    "Uppdrag",
    "Uppdrag och åtaganden.",
    ("key",),
    (
        key("Börja med året."),
        YEAR,
        BODY,
        reference("goal", "Mål", "goals"),
        text("number", "Nummer", 20),
        text("title", "Rubrik", 300, required=True),
        prose("text", "Text"),
        prose("background", "Bakgrund"),
        Field("parts", "Delar", Kind.PARTS, default=(), help="a) Kartlägga.;; b) Genomföra."),
        text("origin", "Ursprung", 40, required=True, help="Ett ursprung i årets styrmodell."),
        *decision(),
        reference("responsible", "Ansvarig", "people"),
        reference("unit", "Enhet", "units"),
        date("deadline", "Ska vara klart"),
        reference("carried_over_from", "Överflyttat från", "assignments", help="Samma uppdrag tidigare år."),
        year_of("carried_from_year", "Överflyttat från år"),
        year_of("origin_year", "Ursprungligen från år"),
        POSITION,
    ),
)
