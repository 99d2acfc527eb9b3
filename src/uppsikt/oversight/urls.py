"""Addresses of oversight."""

from __future__ import annotations

from django.urls import path

from uppsikt.oversight.views import board, lint

app_name = "oversight"

urlpatterns = [
    path("", board.board, name="board"),
    path("uppsikt.xlsx", board.workbook, name="workbook"),
    path("lint/", lint.lint, name="lint"),
]
