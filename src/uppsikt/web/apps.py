from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates, components and the little that makes htmx, themes and tables work."""

    name = "uppsikt.web"
    label = "web"
    verbose_name = "Gränssnitt"
