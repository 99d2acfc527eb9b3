"""The workbook's first sheet: how it is filled in."""

from __future__ import annotations

INSTRUCTIONS: tuple[tuple[str, str], ...] = (
    (
        "Så här gör du",
        (
            "Fyll i bladen nedan och läs in arbetsboken i Uppsikt (Läs in data). Du får först se vad som ändras, "
            "och inget ändras förrän du har godkänt det. Finns det fel listas alla på en gång, med blad, rad och "
            "kolumn, och då ändras ingenting."
        ),
    ),
    ("Rubriker", "Rubrikerna står på rad 1. De med * måste fyllas i. Peka på en rubrik för att se hjälp."),
    (
        "Nycklar",
        (
            "Nyckeln är det som gör att en rad hittas igen: samma nyckel ändrar raden, en ny nyckel lägger till "
            "en rad. Använd små bokstäver a–z, siffror och bindestreck. Ändra aldrig en nyckel."
        ),
    ),
    (
        "Det som inte är med",
        (
            "Rader som saknas i arbetsboken tas inte bort. En kolumn som du tar bort lämnas som den är. "
            "En tom cell betyder att värdet ska vara tomt."
        ),
    ),
    (
        "Tal",
        "Skriv bara talet, med decimalkomma eller punkt och utan enhet. Decimalerna behålls: 2,0 förblir 2,0.",
    ),
    (
        "Belopp",
        "Skriv belopp i kronor. Intäkter och inkomster är positiva, kostnader och utgifter negativa.",
    ),
    ("Datum", "Skriv datum som 2024-12-31. ”Gäller till” är den första dag då något inte längre gäller."),
    (
        "Perioder",
        "2024, 2024-T1 (tertial), 2024-Q1 (kvartal), 2024-03 (månad), 2020-02/R12 (rullande tolv månader).",
    ),
    (
        "Kontrolltillfällen",
        (
            "En kontroll hittas igen på kontroll och period: en period som ovan, en vecka (2024-W07) eller en dag "
            "(2024-03-15). Ett omtest pekar dessutom ut bristen som prövas om. Underlag, stickprov, röster och "
            "revisorers frågor är inte med i arbetsboken."
        ),
    ),
    (
        "Långa texter",
        (
            "Tom rad skiljer stycken. Börja rader med ”- ” för punktlista och ”### ” för rubrik. "
            "**fet**, *kursiv*, [länk](https://…)."
        ),
    ),
    ("Formler", "Formler läses inte in. Klistra in dem som värden."),
    (
        "Ekonomimodeller",
        "Varje år i bladet Ekonomiår har en modell i bladet Ekonomimodell, ett värde per rad.",
    ),
    (
        "Styrmodeller",
        "Skriv en inbyggd modells namn i bladet År. En egen modell står i bladet Styrmodell, ett värde per rad.",
    ),
)
