"""Structured text without a database: its form, its plain and HTML spellings, merging."""

from uppsikt.texts.rules.markup import from_html, to_html
from uppsikt.texts.rules.merging import Merged, merge
from uppsikt.texts.rules.nodes import (
    figure_keys,
    images,
    is_empty,
    normalise,
    resolve_figures,
    text_of,
    validate,
    words,
)
from uppsikt.texts.rules.plain import from_plain, to_plain
from uppsikt.texts.rules.reading import to_reading
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
