"""A report payload with every kind of block, as long as a test wants it. All facts are invented."""

from __future__ import annotations

from typing import Any

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

STEPS = [
    ("circle-4", "good", "I mycket hög grad", "I mycket hög grad uppfyllt"),
    ("circle-3", "good", "I hög grad", "I hög grad uppfyllt"),
    ("circle-2", "fair", "Delvis", "Delvis uppfyllt"),
    ("circle-0", "bad", "Ej uppfyllt", "Ej uppfyllt"),
]

GOALS = [
    ("Tryggt och välkomnande", "Invånare möts där de bor", "Öka tryggheten i lokalsamhället"),
    ("Tryggt och välkomnande", "Invånare möts där de bor", "Stärka delaktighet och demokrati"),
    ("Tryggt och välkomnande", "Företag växer", "Attraktivt företagsklimat med snabb handläggning"),
    ("Klimat och natur", "Utsläppen minskar", "Minska klimatpåverkan från egna transporter"),
    ("Klimat och natur", "Naturen stärks", "Biologisk mångfald värnas i samhällsplaneringen"),
    ("Hållbar ekonomi", "Ordning i ekonomin", "Sund och uthållig ekonomi"),
    ("Hållbar ekonomi", "En bra arbetsgivare", "Attraktiv arbetsgivare med låg sjukfrånvaro"),
]

PROSE = (
    "Arbetet har följt planen under året och flera insatser har genomförts tillsammans med berörda förvaltningar. "
    "Medborgardialogerna i Norrby och Söderäng samlade fler deltagare än väntat, och synpunkterna har tagits om "
    "hand i den fortsatta samhällsbyggnadsprocessen. "
    "Samordningen mellan upphandlingsverksamheten och lokalförsörjningsplaneringen behöver utvecklas vidare. "
)


def text(words: str, *marks: str) -> dict[str, Any]:
    return {"type": "text", "text": words, "marks": list(marks)}


def paragraph(*children: Any) -> dict[str, Any]:
    return {"type": "paragraph", "children": [text(c) if isinstance(c, str) else c for c in children]}


def cell(words: str, **more: Any) -> dict[str, Any]:
    return {"text": words, **more}


def number(words: str, **more: Any) -> dict[str, Any]:
    canonical = words.replace("\u00a0", "").replace(",", ".").replace("−", "-")
    return {"text": words, "value": canonical, **more}


def document(**more: Any) -> dict[str, Any]:
    return {
        "title": "Verksamhetsberättelse 2024",
        "subtitle": "Samhällsbyggnadsnämnden",
        "kind": "report",
        "body": {"key": "sbn", "name": "Samhällsbyggnadsnämnden"},
        "municipality": {"key": "bjorkvik", "name": "Björkviks kommun", "accent": "#0b5563", "logo": None},
        "year": 2024,
        "round": {"key": "2024-bokslut", "name": "Bokslut 2024", "cutoff": "2024-12-31"},
        "date": "2025-02-14",
        "state": "draft",
        "state_text": "Utkast – inte fastställd",
        "adopted": None,
        **more,
    }


def adopted() -> dict[str, Any]:
    return document(
        state="adopted",
        state_text="Fastställd 2025-03-26 § 41",
        adopted={
            "at": "2025-03-26T10:00:00+01:00",
            "by": "Karin Ekdal",
            "decision": "SBN-2025/118, 2025-03-26 § 41",
            "fingerprint": None,
        },
    )


def goal_table() -> dict[str, Any]:
    """Goals under areas and council goals, with cells over several rows."""
    rows: list[dict[str, Any]] = []
    for index, (area, council, goal) in enumerate(GOALS):
        shape, colour, _, long = STEPS[index % 4]
        before = GOALS[index - 1] if index else ("", "", "")
        areas = sum(g[0] == area for g in GOALS)
        councils = sum(g[:2] == (area, council) for g in GOALS)
        rows.append(
            {
                "kind": "row",
                "cells": [
                    cell(area, rowspan=areas) if before[0] != area else None,
                    cell(council, rowspan=councils) if before[:2] != (area, council) else None,
                    cell(goal),
                    cell(long, symbol={"shape": shape, "colour": colour}),
                ],
            }
        )
    return {
        "kind": "table",
        "key": "t-malbedomning",
        "caption": "Nämndens bedömning av måluppfyllelsen",
        "columns": [
            {"key": "area", "title": "Målområde", "align": "start", "weight": 2},
            {"key": "council", "title": "Kommunfullmäktigemål", "align": "start", "weight": 2},
            {"key": "goal", "title": "Nämndmål", "align": "start", "weight": 3},
            {"key": "step", "title": "Måluppfyllelse", "align": "start", "weight": 2},
        ],
        "rows": rows,
        "row_header": True,
        "notes": [],
        "source": None,
        "empty": None,
    }


def indicator_table(key: str, caption: str = "Indikatorer för nämndmålet", repeat: int = 1) -> dict[str, Any]:
    met = {"shape": "check", "colour": "good"}
    missed = {"shape": "cross", "colour": "bad"}
    rows: list[dict[str, Any]] = []
    for turn in range(repeat):
        if repeat > 1:
            rows.append({"kind": "section", "cells": [cell(f"Kommundel {turn + 1}")]})
        rows += [
            {
                "kind": "row",
                "cells": [
                    cell("Oro för brottslighet i samhället (%)"),
                    number("44"), number("52"), number("55", origin="o1", note="1"),
                    cell("≤38"), cell("Ej uppnått", symbol=missed), cell("≤35"),
                ],
            },
            {
                "kind": "row",
                "cells": [
                    cell("Servicemätning – enkelt att få hjälp med sin fråga via telefon, index"),
                    number("73"), number("69,6"), number("74,5", origin="o2"),
                    cell(">74"), cell("Uppnått", symbol=met), cell(">76"),
                ],
            },
            {
                "kind": "row",
                "cells": [
                    cell("Nettokostnadsutvecklingstakt för lokalförsörjningsverksamheten, procentenheter"),
                    number("−1,2"), number("0,4"), number("−0,3"),
                    cell("≤0"), cell("Uppnått", symbol=met), cell("≤0"),
                ],
            },
        ]  # fmt: skip
    return {
        "kind": "table",
        "key": key,
        "caption": caption,
        "columns": [
            {"key": "indicator", "title": "Indikator", "align": "start", "weight": 4},
            {"key": "y2022", "title": "2022", "align": "end", "weight": "auto"},
            {"key": "y2023", "title": "2023", "align": "end", "weight": "auto"},
            {"key": "y2024", "title": "2024", "align": "end", "weight": "auto"},
            {"key": "target", "title": "Etappmål 2024", "align": "end", "weight": "auto"},
            {"key": "judgement", "title": "Bedömning", "align": "start", "weight": "auto"},
            {"key": "final", "title": "Mål 2030", "align": "end", "weight": "auto"},
        ],
        "rows": rows,
        "row_header": True,
        "notes": ["Mätningen 2024 gjordes med ny metod och jämförs med försiktighet."],
        "source": "Källor: Trygghetsmätningen; Servicemätningen.",
        "empty": None,
    }


def budget_table(key: str = "t-drift") -> dict[str, Any]:
    def row(kind: str, name: str, *figures: str) -> dict[str, Any]:
        return {"kind": kind, "cells": [cell(name), *[number(figure) for figure in figures]]}

    return {
        "kind": "table",
        "key": key,
        "caption": "Driftredovisning, mnkr",
        "columns": [
            {"key": "name", "title": "Verksamhet", "align": "start", "weight": 3},
            {"key": "budget", "title": "Budget", "align": "end", "weight": 1},
            {"key": "outcome", "title": "Utfall", "align": "end", "weight": 1},
            {"key": "variance", "title": "Avvikelse", "align": "end", "weight": 1},
        ],
        "rows": [
            {"kind": "section", "cells": [cell("Intäkter")]},
            row("row", "Avgifter", "1\u00a0204,5", "1\u00a0251,0", "46,5"),
            row("row", "Bidrag", "88,0", "79,5", "−8,5"),
            row("subtotal", "Summa intäkter", "1\u00a0292,5", "1\u00a0330,5", "38,0"),
            {"kind": "section", "cells": [cell("Kostnader")]},
            row("row", "Personal", "−812,0", "−823,4", "−11,4"),
            row("row", "Lokaler", "−240,2", "−251,9", "−11,7"),
            row("subtotal", "Summa kostnader", "−1\u00a0052,2", "−1\u00a0075,3", "−23,1"),
            row("total", "Nettoresultat", "240,3", "255,2", "14,9"),
        ],
        "row_header": True,
        "notes": [],
        "source": None,
        "empty": None,
    }


def chart(
    key: str, kind: str = "line", series: int = 1, caption: str = "Oro för brottslighet, andel i procent"
) -> dict[str, Any]:
    names = ["Totalt", "Kvinnor", "Män"][:series] if series > 1 else ["Totalt"]
    values = [["44", "52", "55"], ["49.5", "58", "61"], ["39", "46", None]][:series]
    return {
        "kind": "chart",
        "key": key,
        "caption": caption,
        "alt": "Linjediagram: andelen steg från 44 procent 2022 till 55 procent 2024. Etappmålet är högst 38.",
        "type": kind,
        "unit": "procent",
        "x": ["2022", "2023", "2024"],
        "series": [{"name": n, "values": v} for n, v in zip(names, values, strict=True)],
        "target": {"label": "Mål ≤38", "value": "38"} if kind == "line" else None,
        "table": {
            "kind": "table",
            "key": key + "-data",
            "caption": caption,
            "columns": [{"key": "s", "title": "Serie", "align": "start"}]
            + [{"key": x, "title": x, "align": "end"} for x in ("2022", "2023", "2024")],
            "rows": [
                {
                    "kind": "row",
                    "cells": [cell(n), *[number(v.replace(".", ",")) if v else cell("–") for v in vs]],
                }
                for n, vs in zip(names, values, strict=True)
            ],
            "row_header": True,
        },
    }


def commitment(key: str, title: str) -> dict[str, Any]:
    return {
        "kind": "commitment",
        "key": key,
        "title": title,
        "badges": ["Överflyttad från verksamhetsberättelse för 2023.", "Åtagandet är från 2021."],
        "background": "Björkvik växer och kännedomen om platsen behöver stärkas. Varumärket ska hålla ihop "
        "kommunen som plats, arbetsgivare och organisation.",
        "text": "",
        "parts": [
            {"label": "a", "text": "Uppdatera den gemensamma varumärkesplattformen."},
            {"label": "b", "text": "Förankra plattformen i alla förvaltningar."},
        ],
        "status": {"symbol": "triangle-right", "colour": "fair", "label": "Blir klart i år"},
        "comment": "Planering och två förberedande workshoppar är genomförda. Upphandlingen görs under våren.\n"
        "Förankringen sker under hösten.",
        "facts": [
            {"label": "Ansvarig", "text": "Kommunikationsavdelningen"},
            {"label": "Klart senast", "text": "2025-12-31"},
        ],
        "labels": {"text": "Utvecklingsåtagande"},
    }


def opening() -> dict[str, Any]:
    return {
        "key": "sammanfattning",
        "title": "Sammanfattning",
        "level": 1,
        "number": "1",
        "blocks": [
            {
                "kind": "text",
                "key": "sammanfattning",
                "content": [
                    paragraph(
                        PROSE + "Av årets etappmål är ",
                        {"type": "figure", "key": "targets_met", "text": "8 av 18", "origin": "o3"},
                        " uppnådda.",
                        {
                            "type": "footnote",
                            "children": [text("Ett etappmål saknar utfall och räknas inte in.")],
                        },
                    ),
                    {
                        "type": "bullet_list",
                        "items": [
                            [paragraph(text("Trygghet. ", "bold"), "Tre av fem uppdrag är klara.")],
                            [paragraph(text("Klimat. ", "bold"), "Utsläppen minskar, men för långsamt.")],
                            [
                                paragraph(
                                    "Se även ",
                                    {"type": "link", "href": "https://example.org/plan", "text": "planen"},
                                    ".",
                                )
                            ],
                        ],
                    },
                ],
            },
            {
                "kind": "key_figures",
                "items": [
                    {"label": "Etappmål uppnådda", "text": "8 av 18", "origin": "o3", "note": None},
                    {
                        "label": "Uppdrag klara",
                        "text": "21 av 30",
                        "origin": None,
                        "note": "3 överflyttade till 2025",
                    },
                    {"label": "Resultat, mnkr", "text": "14,9", "origin": None, "note": None},
                    {"label": "Sjukfrånvaro", "text": "6,1 %", "origin": None, "note": "6,8 % året före"},
                ],
            },
            {"kind": "note", "tone": "info", "text": "Siffrorna avser läget den 31 december 2024."},
        ],
    }


def goal_chapter(index: int, *, charts: bool = True, tables: int = 1) -> dict[str, Any]:
    """A goal with its judgement, rationale, indicators, chart and commitments."""
    area, council, goal = GOALS[index % len(GOALS)]
    shape, colour, label, long = STEPS[index % 4]
    blocks: list[dict[str, Any]] = [
        {
            "kind": "fulfilment",
            "symbol": shape,
            "colour": colour,
            "label": label,
            "long": long,
            "proposal": "Regeln föreslog Delvis: ett av tre etappmål är uppnått.",
        },
        {"kind": "heading", "level": 3, "text": "Motivering", "eyebrow": None},
        {"kind": "text", "key": f"motivering-{index}", "content": [paragraph(PROSE), paragraph(PROSE * 2)]},
    ]
    blocks += [
        indicator_table(f"t-ind-{index}-{turn}", repeat=1 if turn else 1 + index % 3)
        for turn in range(tables)
    ]
    if charts:
        blocks.append(chart(f"c-{index}", series=1 + index % 3, kind="bar" if index % 4 == 3 else "line"))
    blocks += [
        {"kind": "heading", "level": 3, "text": "Uppdrag", "eyebrow": None},
        {"kind": "text", "key": f"uppdrag-{index}", "content": [paragraph(PROSE)]},
        commitment(f"a-{index}-1", "En uppdaterad och moderniserad varumärkesplattform"),
        commitment(f"a-{index}-2", "Trafiksäkerhetshöjande åtgärder vid skolor"),
    ]
    return {
        "key": f"mal-{index}",
        "title": f"{goal}",
        "level": 2,
        "number": None,
        "blocks": [{"kind": "note", "tone": "info", "text": f"Målområde: {area} · {council}"}, *blocks],
    }


def payload(
    *, goals: int = 2, charts: bool = True, tables: int = 1, **document_fields: Any
) -> dict[str, Any]:
    """A report with `goals` goal chapters: 2 make a handful of pages, 28 about sixty."""
    assessment = {
        "key": "malbedomning",
        "title": "Målbedömning",
        "level": 1,
        "number": "2",
        "blocks": [
            {"kind": "text", "key": "malbedomning", "content": [paragraph(PROSE)]},
            goal_table(),
            {"kind": "page_break"},
            budget_table(),
            {
                "kind": "text",
                "key": "ekonomi",
                "content": [
                    {"type": "heading", "level": 3, "children": [text("Analys")]},
                    paragraph(PROSE),
                    {
                        "type": "table",
                        "header": [[text("Åtgärd")], [text("Effekt")]],
                        "rows": [
                            [[text("Samordnad upphandling")], [text("2,4 mnkr per helår")]],
                            [[text("Energieffektivisering av fastighetsbeståndet")], [text("Mindre förbrukning")]],
                        ],
                        "caption": "Beslutade åtgärder",
                    },
                    {"type": "quote", "children": [paragraph("Nämnden ska hålla sin budget.")]},
                    {"type": "image", "file": "0" * 64, "alt": "En grön ruta", "caption": "Skiss", "data": PIXEL, "mime": "image/png"},
                ],
            },
        ],
    }  # fmt: skip
    chapters = [opening(), assessment]
    chapters.append(
        {"key": "mal", "title": "Nämndens mål och resultat", "level": 1, "number": "3", "blocks": []}
    )
    chapters += [goal_chapter(index, charts=charts, tables=tables) for index in range(goals)]
    return {
        "schema": "uppsikt.report/1",
        "language": "sv",
        "document": {**document(), **document_fields},
        "chapters": chapters,
        "origins": {
            "o1": {"label": "Oro för brottslighet, 2024", "value": "55", "source": "Trygghetsmätningen", "formula": None,
                   "by": "Import: demo", "at": "2025-01-20", "href": "/indikatorer/oro"},
            "o2": {"label": "Servicemätning, 2024", "value": "74,5", "source": "Servicemätningen", "formula": None,
                   "by": "Alma Norén", "at": "2025-01-21", "href": None},
            "o3": {"label": "Etappmål uppnådda", "value": "8 av 18", "source": None,
                   "formula": "antal etappmål med bedömning uppnått / antal etappmål", "by": None, "at": "2025-02-14",
                   "href": None},
        },
        "xlsx_name": "verksamhetsberattelse-2024.xlsx",
    }  # fmt: skip
