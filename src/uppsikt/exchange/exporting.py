"""The database as a dataset: files for a folder or a zip, or a workbook."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from pathlib import Path

from uppsikt.exchange import selectors
from uppsikt.exchange.rules import writing
from uppsikt.exchange.rules.reading.folder import HEADER
from uppsikt.exchange.rules.tables import MODEL_SHEETS
from uppsikt.kernel.problems import refuse

WORKBOOK_ENDING = ".xlsx"
_DAY = (1980, 1, 1, 0, 0, 0)  # the same dataset gives the same zip


def files() -> dict[str, bytes]:
    """The dataset's files, by their path in its folder."""
    logo = selectors.logo()
    return writing.files(selectors.every_row(), selectors.documents(), dict([logo] if logo else []))


def workbook() -> bytes:
    """The dataset as a workbook, without the logotype."""
    return writing.workbook(selectors.every_row(), selectors.documents())


def template() -> bytes:
    """An empty workbook to fill in."""
    return writing.workbook({}, {})


def zipped() -> bytes:
    """The dataset's folder as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files().items()):
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def export_dataset(target: Path) -> int:
    """Write the dataset to a folder, or to a workbook when the name ends with .xlsx.

    An earlier export in the folder is replaced. Returns: how many files were written.
    Raises: InputError when the folder holds something else.
    """
    if target.suffix.lower() == WORKBOOK_ENDING:
        replace(target, workbook())
        return 1
    if target.exists() and not target.is_dir():
        raise refuse(
            "target", f"{target} är en fil.", remedy="Välj en mapp eller ett namn som slutar på .xlsx."
        )
    if target.is_dir() and any(target.iterdir()) and not (target / HEADER).is_file():
        raise refuse("target", f"Mappen {target} är inte tom.", remedy="Välj en tom mapp eller en ny.")
    return _replace_folder(target, files())


def replace(target: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as draft:
        draft.write(content)
    path = Path(draft.name)
    path.chmod(0o644)
    path.replace(target)


def _replace_folder(target: Path, content: dict[str, bytes]) -> int:
    target.mkdir(parents=True, exist_ok=True)
    earlier = [path for path in target.iterdir() if path.suffix in (".yaml", ".csv", ".png", ".jpg")]
    for path in earlier:
        if path.name not in content:
            path.unlink()
    for folder in MODEL_SHEETS:
        shutil.rmtree(target / folder, ignore_errors=True)
    for name, inside in sorted(content.items()):
        replace(target / name, inside)
    return len(content)
