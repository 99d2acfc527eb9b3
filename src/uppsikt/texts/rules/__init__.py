"""Structured text without a database: its form, its plain and HTML spellings, merging."""

from uppsikt.texts.rules.content import (
    figure_keys,
    images,
    is_empty,
    resolve_figures,
    text_of,
    validate,
    words,
)
from uppsikt.texts.rules.from_markup import from_html
from uppsikt.texts.rules.merging import Merged, merge
from uppsikt.texts.rules.nodes import normalise
from uppsikt.texts.rules.plain import from_plain, to_plain
from uppsikt.texts.rules.reading import to_reading
from uppsikt.texts.rules.to_markup import to_html
from uppsikt.typeset.payload import Inline, Node

__all__ = [
    "Inline",
    "Merged",
    "Node",
    "figure_keys",
    "from_html",
    "from_plain",
    "images",
    "is_empty",
    "merge",
    "normalise",
    "resolve_figures",
    "text_of",
    "to_html",
    "to_plain",
    "to_reading",
    "validate",
    "words",
]
