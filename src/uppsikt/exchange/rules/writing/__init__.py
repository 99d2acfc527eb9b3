"""Writing a dataset: as a folder's files or as a workbook. The same rows always give the same bytes."""

from uppsikt.exchange.rules.writing.folder import files
from uppsikt.exchange.rules.writing.workbook import workbook

__all__ = ["files", "workbook"]
