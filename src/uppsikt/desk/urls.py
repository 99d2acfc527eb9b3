"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from uppsikt.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("history/", views.history, name="history"),
    path("account/", views.account, name="account"),
    path("account/keys/new/", views.token_new, name="token_new"),
    path("account/keys/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
]
