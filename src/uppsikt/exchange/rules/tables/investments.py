"""What is built: projects, their amounts over the years, what was said of them."""

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
    money,
    prose,
    reference,
    text,
)
from uppsikt.investments.rules.words import AmountKind, Flow, Schedule

PROJECTS = Table(
    "projects",
    "Projekt",
    "Projekt som pengar är beslutade för: investeringar, lokaler, exploatering.",
    ("key",),
    (
        key(),
        reference("body", "Organ", "bodies", required=True),
        text("kind", "Projektslag", 40, required=True, help="Ett projektslag i ekonomimodellen."),
        text("name", "Benämning", 200, required=True),
        text("area", "Område", 100, help="Ett område i ekonomimodellen."),
        text("group", "Grupp", 100),
        text("code", "Projektkoder", 200, help="Huvudbokens koder, med mellanslag emellan."),
        integer("position", "Ordning", default=0, maximum=2_147_483_647),
        *decision(),
        money("decided_total_ore", "Beslutad totalutgift (kr)", help="Netto, positivt."),
        money(
            "spent_before_ore",
            "Upparbetat före huvudböckerna (kr)",
            default=0,
            help="Netto, positivt: det som de inlästa huvudböckerna inte har.",
        ),
        text("spent_before_source", "Källa till det upparbetade", 300),
        date("guarantee_until", "Garanti till och med"),
    ),
    as_csv=True,
)

PROJECT_AMOUNTS = Table(
    "project_amounts",
    "Projektbelopp",
    "Ett projekts budget, plan och prognos, år för år.",
    ("project", "year", "kind", "flow", "round", "key"),
    (
        reference("project", "Projekt", "projects", required=True),
        Field("year", "År", Kind.YEAR, required=True, default=None),
        choice("kind", "Slag", tuple((kind.value, kind.label) for kind in AmountKind), required=True),
        choice("flow", "Flöde", tuple((flow.value, flow.label) for flow in Flow), required=True),
        reference("round", "Uppföljning", "rounds", help="För en prognos."),
        Field(
            "key", "Nyckel", Kind.KEY, maximum=100, help="Skiljer årets överföringar eller justeringar åt."
        ),
        money("amount_ore", "Belopp (kr)", required=True, help="Inkomst positiv, utgift negativ."),
        *decision(),
    ),
    as_csv=True,
)

PROJECT_PHASES = Table(
    "project_phases",
    "Projektlägen",
    "Vad som sades om ett projekt vid en uppföljning.",
    ("project", "round"),
    (
        reference("project", "Projekt", "projects", required=True),
        reference("round", "Uppföljning", "rounds", required=True),
        text("phase", "Skede", 40, help="Ett av projektslagets skeden."),
        choice("schedule", "Tidplan", tuple((one.value, one.label) for one in Schedule)),
        money("estimated_total_ore", "Bedömd totalutgift (kr)", help="Netto, positivt."),
        prose("comment", "Kommentar"),
    ),
    as_csv=True,
)
