"""Packed folders from others."""

from __future__ import annotations

import zipfile
from io import BytesIO

from uppsikt.exchange.rules.rows import Faults
from uppsikt.exchange.rules.tables import MODEL_SHEETS
from uppsikt.kernel.archive import too_large
from uppsikt.kernel.problems import Where


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def is_workbook(content: bytes) -> bool:
    """Whether it is packed as an Excel workbook."""
    return is_zip(content) and "xl/workbook.xml" in names(content)


def names(content: bytes) -> list[str]:
    """The files inside; none when it cannot be opened."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return []


def unpack(name: str, content: bytes, faults: Faults) -> dict[str, bytes]:
    """The files of a packed folder, by their path in it. A single folder around them all is taken away."""
    if problem := too_large(name, content):
        faults.problems.append(problem)
        return {}
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for entry in archive.infolist():
                if entry.is_dir() or entry.filename.startswith("__MACOSX/"):
                    continue
                with archive.open(entry) as inside:
                    files[entry.filename.replace("\\", "/")] = inside.read(entry.file_size + 1)
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError, EOFError):
        faults.file(
            "archive",
            Where(name),
            "Filen är skadad eller låst med lösenord.",
            "Packa mappen på nytt utan lösenord.",
        )
        return {}
    tops = {path.split("/")[0] for path in files}
    if len(tops) == 1 and all("/" in path for path in files) and not tops <= set(MODEL_SHEETS):
        return {path.split("/", 1)[1]: inside for path, inside in files.items()}
    return files
