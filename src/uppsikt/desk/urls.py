"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from uppsikt.desk.views import audit, desk

app_name = "desk"

urlpatterns = [
    path("", desk.home, name="home"),
    path("search/", desk.search, name="search"),
    path("history/", desk.history, name="history"),
    path("audit/", audit.room, name="room"),
    path("audit/pack/", audit.pack, name="room_pack"),
    path("audit/packs/", audit.packs, name="packs"),
    path("audit/packs/<str:digest>/", audit.download, name="pack_download"),
    path("audit/sample/", audit.sample, name="room_sample"),
    path("audit/review/<slug:key>/<int:year>/", audit.basic_review, name="basic_review"),
    path("account/", desk.account, name="account"),
    path("account/keys/new/", desk.token_new, name="token_new"),
    path("account/keys/<int:pk>/revoke/", desk.token_revoke, name="token_revoke"),
]
