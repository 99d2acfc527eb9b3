"""Where data come in and go out."""

from __future__ import annotations

from django.urls import path

from uppsikt.exchange import views

app_name = "exchange"

urlpatterns = [
    path("import/", views.upload, name="import"),
    path("import/<str:digest>/", views.preview, name="preview"),
    path("export/", views.export, name="export"),
    path("export/<slug:form>/", views.download, name="download"),
]
