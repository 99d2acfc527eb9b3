from __future__ import annotations

from django.urls import path

from uppsikt.web import views

app_name = "web"

urlpatterns = [
    path("tema/", views.theme, name="theme"),
    path("theme.css", views.theme_css, name="theme_css"),
    path("styleguide/", views.styleguide, name="styleguide"),
]
