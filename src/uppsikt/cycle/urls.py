"""Addresses of the year's cycle."""

from __future__ import annotations

from django.urls import path

from uppsikt.cycle import views

app_name = "cycle"

urlpatterns = [path("switch/", views.switch, name="switch")]
