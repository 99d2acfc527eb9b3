"""What a file is, told by its content, and where it lies."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from uppsikt.kernel.problems import Problem, Where


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: media type, ending, what it is called, and how large it may be (in mebibytes)."""

    media_type: str
    ending: str
    label: str
    limit_mib: int


PNG = Kind("image/png", ".png", "PNG-bild", 10)
JPEG = Kind("image/jpeg", ".jpg", "JPEG-bild", 10)
GIF = Kind("image/gif", ".gif", "GIF-bild", 5)
WEBP = Kind("image/webp", ".webp", "WebP-bild", 10)
PDF = Kind("application/pdf", ".pdf", "PDF", 100)
DOCX = Kind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", "Word-fil", 50
)
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", "Excel-fil", 50)
ZIP = Kind("application/zip", ".zip", "zip-fil", 100)
JSON = Kind("application/json", ".json", "JSON-fil", 50)
HTML = Kind("text/html", ".html", "HTML-fil", 50)
TEXT = Kind("text/plain", ".txt", "textfil", 20)
EMAIL = Kind("message/rfc822", ".eml", "e-post (.eml)", 50)
OUTLOOK = Kind("application/vnd.ms-outlook", ".msg", "e-post (.msg)", 50)
# Ledgers: what they hold is told by their reader, not by their first bytes (SIE is written in CP437).
SIE = Kind("application/x-sie", ".se", "SIE-fil", 2_048)
CSV = Kind("text/csv", ".csv", "CSV-fil", 2_048)

# No SVG: it can carry scripts, and the report's own logo comes another way.
PICTURES: tuple[Kind, ...] = (PNG, JPEG, GIF, WEBP)
DOCUMENTS: tuple[Kind, ...] = (PDF, DOCX, XLSX)
# What may prove something. A CSV file is a text here: its first bytes tell no more.
EVIDENCE: tuple[Kind, ...] = (*DOCUMENTS, TEXT, *PICTURES, EMAIL, OUTLOOK)
# What the browser may show by itself; everything else is handed over as a file to save.
SHOWN_INLINE = frozenset(kind.media_type for kind in (*PICTURES, PDF))

_KNOWN = {kind.media_type: kind for kind in (*EVIDENCE, ZIP, JSON, HTML)}
_MAX_NAME = 120
# The control characters (Unicode's Cc) but for those that a text has: tab, line feed, form feed, carriage return.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_MIB = 1024 * 1024
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The stream that every Outlook message has (MS-OXMSG 2.4), as its directory writes it.
_MESSAGE_STREAM = "__properties_version1.0".encode("utf-16-le")
_HEADER = re.compile(r"[\x21-\x39\x3b-\x7e]+:")
_MESSAGE_HEADERS = frozenset({"from:", "date:"})  # RFC 5322 section 3.6: these two are required
# Endings that say more than the content can.
_ENDINGS: dict[str, tuple[str, ...]] = {
    TEXT.media_type: (".txt", ".csv", ".tsv", ".md", ".log"), JPEG.media_type: (".jpg", ".jpeg"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came in: what it was called, and what it holds."""

    name: str
    content: bytes


def digest(content: bytes) -> str:
    """The file's identity: SHA-256 as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def is_digest(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None


def place(digest_: str) -> PurePosixPath:
    """Where the file lies under the folder of files: spread over 256 folders."""
    return PurePosixPath(digest_[:2], digest_[2:])


def kind_of(content: bytes) -> Kind | None:
    """What the content is, by its first bytes (and the parts of an Office file). None when unknown."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content.startswith(_COMPOUND):
        return OUTLOOK if _MESSAGE_STREAM in content else None
    return _written(content)


def _packed(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return DOCX
        return XLSX if "xl/workbook.xml" in names else None
    return ZIP


def _written(content: bytes) -> Kind | None:
    text = text_of(content)
    if text is None or _CONTROL.search(text):
        return None
    begins = text.lstrip()[:1000].lower()
    if begins.startswith(("<!doctype html", "<html")):
        return HTML
    if begins.startswith(("{", "[")):
        return JSON
    return EMAIL if _is_message(text) else TEXT


def text_of(content: bytes) -> str | None:
    """The content as text: UTF-8, else as Windows writes Swedish (Windows-1252). None when it is neither."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_message(text: str) -> bool:
    """Whether it begins with the headings of an e-mail, followed by an empty line."""
    headings: set[str] = set()
    for line in text[:100_000].splitlines():
        if not line:
            return headings >= _MESSAGE_HEADERS
        found = _HEADER.match(line)
        if found is not None:
            headings.add(found[0].lower())
        elif not headings or line[0] not in " \t":
            return False
    return False


def faults(content: bytes, name: str, allowed: Collection[Kind]) -> list[Problem]:
    """What keeps the file from being stored: empty, of a kind that is not allowed here, or too large."""
    where = Where(file=safe_name(name), field="file")
    if not content:
        return [Problem("empty", where, "Filen är tom.", "Välj en annan fil.")]
    kind = kind_of(content)
    if kind is None or kind not in allowed:
        wanted = ", ".join(each.label for each in allowed)
        found = f"Filen är en {kind.label}." if kind else "Filens innehåll känns inte igen."
        return [Problem("type", where, found, f"Här kan du lägga in: {wanted}.")]
    if len(content) > kind.limit_mib * _MIB:
        size = -(-len(content) // _MIB)
        return [
            Problem(
                "size",
                where,
                f"Filen är {size} MB, men en {kind.label} får vara högst {kind.limit_mib} MB.",
                "Gör den mindre och försök igen.",
            )
        ]
    return []


def kind_label(media_type: str) -> str:
    """What a stored file is, in words."""
    known = _KNOWN.get(media_type)
    return known.label if known else media_type


def name_for(kind: str, name: str) -> str:
    """The name to save under, with an ending that goes with the content: a picture is never saved as a program."""
    safe, known = safe_name(name), _KNOWN.get(kind)
    if known is None or safe.lower().endswith(_ENDINGS.get(kind, (known.ending,))):
        return safe
    return f"{safe}{known.ending}"


def safe_name(name: str) -> str:
    """The name to show and to save under: no folders, no signs a file system or a header cannot bear."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C"
    )
    kept = re.sub(r'[<>:"|?*]+', "-", kept)
    kept = re.sub(r"\s+", " ", kept).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if dot and len(kept) > _MAX_NAME:
        kept = f"{stem[: _MAX_NAME - len(ending) - 1]}.{ending}"
    return kept[:_MAX_NAME] or "fil"
