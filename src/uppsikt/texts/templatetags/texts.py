"""Structured texts in templates: `{% load texts %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from uppsikt.texts.rules import normalise, text_of, to_html, words

register = template.Library()


@register.filter
def structured(content: Any) -> SafeString:
    """A structured text as HTML. Stand it in an element with class "prose". `{{ content|structured }}`"""
    return mark_safe(to_html(normalise(content)))  # noqa: S308  built from known nodes, everything escaped


@register.filter
def plain_words(content: Any) -> str:
    """The words of a structured text on one line, for lists and tables."""
    return text_of(normalise(content)).replace("\n", " ")


@register.filter
def word_count(content: Any) -> int:
    """How many words a structured text has."""
    return words(normalise(content))
