"""Addresses of the year's cycle."""

from __future__ import annotations

from django.urls import path

from uppsikt.cycle import views

app_name = "cycle"

urlpatterns = [
    path("switch/", views.switch, name="switch"),
    path("years/", views.year_list, name="year_list"),
    path("years/open/", views.year_open, name="year_open"),
    path("years/rounds/<slug:round>/open/", views.round_open, name="round_open"),
]
