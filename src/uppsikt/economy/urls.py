"""Addresses of the economy."""

from __future__ import annotations

from django.urls import path

from uppsikt.economy.views import tables

app_name = "economy"

urlpatterns = [
    path("", tables.statement, name="tables"),
    path("tables/<slug:key>/", tables.statement, name="table"),
]
