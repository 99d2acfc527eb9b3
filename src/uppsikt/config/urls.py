"""The addresses of the whole installation: each package answers for its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from uppsikt.config import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", api.urls()),
    path("", include("uppsikt.web.urls")),
    path("", include("uppsikt.files.urls")),
    path("", include("uppsikt.accounts.urls")),
    path("", include("uppsikt.jobs.urls")),
    path("", include("uppsikt.cycle.urls")),
    path("", include("uppsikt.planning.urls")),
    path("economy/", include("uppsikt.economy.urls")),
    path("control/", include("uppsikt.control.urls")),
    path("", include("uppsikt.investments.urls")),
    path("", include("uppsikt.procurement.urls")),
    path("oversight/", include("uppsikt.oversight.urls")),
    path("", include("uppsikt.desk.urls")),
    path("", include("uppsikt.reports.urls")),
    path("", include("uppsikt.exchange.urls")),
]

handler400 = "uppsikt.web.errors.bad_request"
handler403 = "uppsikt.web.errors.permission_denied"
handler404 = "uppsikt.web.errors.page_not_found"
handler500 = "uppsikt.web.errors.server_error"
