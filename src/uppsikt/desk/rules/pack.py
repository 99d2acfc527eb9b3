"""An evidence pack: a ZIP file that opens and can be checked without Uppsikt, written a piece at a time.

Every entry has the same time stamp (that of the moment the pack is about) and the entries stand in a fixed order, so
that the same data at the same moment give the same bytes. Only what states when the pack was made differs.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from uppsikt.desk.rules.areas import Area, harmless

SUMS = "SHA256SUMS"
INDEX, INDEX_CSV, README = "index.html", "index.csv", "README.txt"
SHOWN = 500
"""Rows of an area that the index shows; the area's files have all of them."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
PIECE = 1024 * 1024

BOM = "\ufeff"
"""First in the CSV files, so that spreadsheets read their letters right."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in the pack: where it lies, what it is, its size and its SHA-256."""

    path: str
    title: str
    group: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class About:
    """What a pack is about, in words for its first page. `created`: when it was made."""

    title: str
    owner: str
    scope: str
    year: int
    moment: str
    created: str
    made_by: str


@dataclass
class PackWriter:
    """Writes one pack. Each method adds a file; `finish` adds the index, the instructions and the sums."""

    target: IO[bytes]
    moment: dt.datetime
    packed: list[Packed] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._zip = zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        utc = self.moment.astimezone(dt.UTC)
        self._stamp = max((utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second), EARLIEST)

    def add(self, path: str, title: str, group: str, pieces: Iterable[bytes]) -> Packed:
        """Add a file from its pieces, which are never all held in memory."""
        entry = zipfile.ZipInfo(path, self._stamp)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        running, size = hashlib.sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as opened:
            for piece in pieces:
                running.update(piece)
                size += len(piece)
                opened.write(piece)
        found = Packed(path, title, group, size, running.hexdigest())
        self.packed.append(found)
        return found

    def add_csv(self, path: str, title: str, group: str, rows: Iterable[Sequence[str]]) -> Packed:
        """Add rows as a CSV file (semicolons, UTF-8) whose cells no spreadsheet runs as formulas."""
        return self.add(path, title, group, csv_pieces(rows))

    def add_json(self, path: str, title: str, group: str, rows: Iterable[Mapping[str, object]]) -> Packed:
        """Add rows as a JSON list, one object a line."""
        return self.add(path, title, group, json_pieces(rows))

    def add_area(self, area: Area) -> None:
        """Add an area as CSV and as JSON."""
        heads = ["subject", *(key for key, _label in area.columns)]
        rows: Iterator[Sequence[str]] = (row for part in ([heads], area.lines()) for row in part)
        self.add_csv(f"data/{area.key}.csv", area.title, "Uppgifter", rows)
        self.add_json(f"data/{area.key}.json", area.title, "Uppgifter", area.objects())

    def add_stored(self, path: str, title: str, group: str, source: Path, digest: str) -> None:
        """Add a stored file, held against its hash before it is put in; one that is gone or changed is told of."""
        try:
            whole = file_digest(source) == digest
        except OSError:
            whole = False
        if whole:
            self.add(path, title, group, file_pieces(source))
        else:
            self.missing.append(f"{group}: {title}")

    def finish(self, about: About, areas: Sequence[Area]) -> None:
        """Add the index, how to verify, and the sums of everything; close the pack."""
        listed = sorted(self.packed, key=lambda one: one.path)
        heads = ["fil", "innehall", "grupp", "byte", "sha256"]
        rows = ([one.path, one.title, one.group, str(one.size), one.digest] for one in listed)
        self.add_csv(INDEX_CSV, "Förteckning", "", (row for part in ([heads], rows) for row in part))
        self.add(INDEX, "Förteckning", "", [index_html(about, listed, areas, self.missing).encode()])
        self.add(README, "Så kontrolleras underlaget", "", [readme(about, self.missing).encode()])
        sums = "".join(f"{one.digest}  {one.path}\n" for one in sorted(self.packed, key=lambda one: one.path))
        self.add(SUMS, "Kontrollsummor", "", [sums.encode()])
        self._zip.close()


def csv_pieces(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The rows as CSV, in pieces."""
    yield BOM.encode()
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def json_pieces(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """The rows as a JSON list, in pieces."""
    opening = "[\n"
    for row in rows:
        yield f"{opening}{json.dumps(row, ensure_ascii=False, sort_keys=True)}".encode()
        opening = ",\n"
    yield b"[]\n" if opening == "[\n" else b"\n]\n"


def file_pieces(source: Path) -> Iterator[bytes]:
    """A file's content, in pieces."""
    with source.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def file_digest(source: Path) -> str:
    """A file's SHA-256. Raises: OSError when it is gone."""
    running = hashlib.sha256()
    for piece in file_pieces(source):
        running.update(piece)
    return running.hexdigest()


def plain_name(text: str, ending: str = "") -> str:
    """A name that every system takes: lower-case letters, figures and hyphens, with the ending kept."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:60].strip("-") or "fil"
    return f"{stem}{ending}"


def readme(about: About, missing: Sequence[str]) -> str:
    """How the pack is opened and verified."""
    lines = [
        about.title,
        "=" * len(about.title),
        "",
        f"Kommun: {about.owner}",
        f"Omfattning: {about.scope}",
        f"År: {about.year}",
        f"Visar det som stod i Uppsikt: {about.moment}",
        f"Uttaget: {about.created} av {about.made_by}",
        "",
        "Öppna index.html i en webbläsare. Inget program och ingen uppkoppling behövs.",
        "",
        "Så kontrolleras att inget har ändrats",
        "-------------------------------------",
        "1. Packa upp filen och öppna en terminal i mappen.",
        f"2. Linux: sha256sum -c {SUMS}",
        f"   macOS: shasum -a 256 -c {SUMS}",
        "   Windows (PowerShell): Get-FileHash FILNAMN, och jämför med raden i filen.",
        "3. Varje rad ska sluta med OK.",
        "",
        "Händelserna i history/ bär varsin kontrollsumma. En händelses kontrollsumma är SHA-256 av",
        "JSON-listan [sequence, at, actor_key, kind, subject, body_key, data_digest, previous_hash]",
        "utan mellanslag, i UTF-8, där at är tiden i UTC med sex decimaler på sekunden. data_digest är",
        "SHA-256 av data som JSON med sorterade nycklar, utan mellanslag. previous_hash är kontrollsumman",
        "för händelsen med närmast föregående nummer. När uttaget gäller en del av kommunen saknas nummer",
        "i kedjan: då kan varje händelse kontrolleras för sig, och kedjan i dess helhet i Uppsikt.",
        "",
        "I CSV-filerna står en apostrof före celler som ett kalkylprogram annars skulle kunna köra som formel.",
    ]
    if missing:
        lines += [
            "",
            "Filer som var borta eller ändrade och därför inte är med:",
            *(f"- {one}" for one in missing),
        ]
    return "\n".join(lines) + "\n"


_STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%;margin-block:.5rem 1.5rem}
th,td{text-align:left;vertical-align:top;padding:.375rem .5rem;border-bottom:1px solid #767676}
caption{text-align:left;font-weight:600;padding-block:.5rem}
.scroll{overflow-x:auto}code{overflow-wrap:anywhere}a{color:#0b4f8a}
"""


def index_html(about: About, packed: Sequence[Packed], areas: Sequence[Area], missing: Sequence[str]) -> str:
    """The first page: what the pack holds, with links to every file and the rows of each area."""
    esc = html.escape
    facts = (
        ("Kommun", about.owner), ("Omfattning", about.scope), ("År", str(about.year)),
        ("Visar det som stod i Uppsikt", about.moment), ("Uttaget", f"{about.created} av {about.made_by}"),
    )  # fmt: skip
    parts = [
        '<!doctype html>\n<html lang="sv"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{esc(about.title)}</title><style>{_STYLE}</style></head><body><main>",
        f"<h1>{esc(about.title)}</h1><dl>",
        *(f"<dt><strong>{esc(label)}</strong></dt><dd>{esc(text)}</dd>" for label, text in facts),
        (
            f'</dl><p>Så kontrolleras att inget har ändrats: <a href="{README}">{README}</a>, '
            f'<a href="{SUMS}">{SUMS}</a>. Förteckningen som fil: <a href="{INDEX_CSV}">{INDEX_CSV}</a>.</p>'
        ),
    ]
    if missing:
        rows = "".join(f"<li>{esc(one)}</li>" for one in missing)
        parts.append(
            f"<h2>Saknas</h2><p>Filer som var borta eller ändrade och inte är med:</p><ul>{rows}</ul>"
        )
    parts.append('<nav aria-label="Innehåll"><h2>Innehåll</h2><ul>')
    parts += [f'<li><a href="#{area.key}">{esc(area.title)}</a> ({len(area.records)})</li>' for area in areas]
    parts.append('<li><a href="#filer">Alla filer</a></li></ul></nav>')
    parts += [_area_html(area) for area in areas]
    parts.append(
        '<h2 id="filer">Alla filer</h2><div class="scroll"><table><caption>Filer med kontrollsummor</caption>'
        '<thead><tr><th scope="col">Fil</th><th scope="col">Innehåll</th><th scope="col">Byte</th>'
        '<th scope="col">SHA-256</th></tr></thead><tbody>'
    )
    parts += [
        f'<tr><th scope="row"><a href="{esc(one.path)}">{esc(one.path)}</a></th><td>{esc(one.title)}</td>'
        f"<td>{one.size}</td><td><code>{one.digest}</code></td></tr>"
        for one in packed
    ]
    parts.append("</tbody></table></div></main></body></html>\n")
    return "".join(parts)


def _area_html(area: Area) -> str:
    esc = html.escape
    files = (
        f'<p>Alla rader: <a href="data/{area.key}.csv">CSV</a>, <a href="data/{area.key}.json">JSON</a>.'
        + (f" Här visas de första {SHOWN} av {len(area.records)}." if len(area.records) > SHOWN else "")
        + "</p>"
    )
    heading = f'<h2 id="{area.key}">{esc(area.title)}</h2>'
    if not area.records:
        return f"{heading}<p>Inget.</p>{files}"
    heads = "".join(f'<th scope="col">{esc(label)}</th>' for _key, label in area.columns)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{esc(str(value))}</th>' if at == 0 else f"<td>{esc(str(value))}</td>"
            for at, value in enumerate(record.values)
        )
        + "</tr>"
        for record in area.records[:SHOWN]
    )
    return (
        f'{heading}{files}<div class="scroll"><table><caption>{esc(area.title)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
