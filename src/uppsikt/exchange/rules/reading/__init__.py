"""Reading a dataset: a folder, a zip of one, or an Excel workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from uppsikt.exchange.rules.reading import folder, workbook
from uppsikt.exchange.rules.reading.archive import is_workbook, is_zip, unpack
from uppsikt.exchange.rules.rows import Dataset
from uppsikt.kernel.problems import Where

Source = Path | tuple[str, bytes]
"""A folder or a file on disk, or an uploaded file as its name and content."""


def read(source: Source) -> Dataset:
    """Everything in the source. What cannot be read is among its faults, never an exception."""
    dataset = Dataset()
    name, content = _content(source, dataset)
    if isinstance(content, bytes):
        if is_workbook(content):
            workbook.read(name, content, dataset)
        elif is_zip(content):
            folder.read(unpack(name, content, dataset.faults), dataset)
        else:
            dataset.faults.file(
                "source",
                Where(name),
                "Filen är varken en Excel-arbetsbok eller en zip-fil.",
                "Välj en arbetsbok (.xlsx), en mapp eller en zip-fil med en mapp.",
            )
    elif content is not None:
        folder.read(content, dataset)
    held = (*dataset.documents.values(), *dataset.rows.values())
    if not dataset.faults.problems and not any(held):
        dataset.faults.file(
            "empty",
            Where(name),
            "Här finns ingenting att läsa in.",
            "Lägg tabeller i mappen (t.ex. goals.yaml) eller rader i arbetsboken.",
        )
    return dataset


def _content(source: Source, dataset: Dataset) -> tuple[str, bytes | Mapping[str, bytes] | None]:
    if isinstance(source, tuple):
        return source
    if source.is_dir():
        return source.name, folder.files_in(source, dataset.faults)
    try:
        return source.name, source.read_bytes()
    except OSError:
        dataset.faults.file(
            "source",
            Where(str(source)),
            "Filen eller mappen finns inte, eller får inte läsas.",
            "Kontrollera namnet.",
        )
        return source.name, None


__all__ = ["Source", "read"]
