"""The installation's addresses and a page with nothing but an editor on it, for the editor's own tests."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from uppsikt.files.views import handle_picture_upload, picture
from uppsikt.history.rules import Actor
from uppsikt.texts import views
from uppsikt.texts.rules.place import LiveFigure, Place

PAGE = """{% extends "web/base.html" %}{% load texts %}
{% block head %}{% include "texts/assets.html" %}{% endblock %}
{% block content %}
{% if conflict %}{% include "texts/conflict.html" %}{% elif editor %}{% include "texts/editor.html" %}
<div class="prose" id="shown">{{ shown|structured }}</div>{% else %}{% include "texts/versions.html" %}{% endif %}
{% endblock %}"""
SLOT = "report:prov:sammanfattning"
PEOPLE = {"anna": Actor("anna", "Anna Ek"), "bo": Actor("bo", "Bo Alm")}


def place(who: str) -> Place:
    return Place(
        slot=SLOT,
        label="Sammanfattning",
        url=f"/skriv/{who}/",
        upload_url=f"/bild/{who}/",
        versions_url=f"/versioner/{who}/",
        figures=(
            LiveFigure("indicators_met_of_total", "Etappmål uppnådda", "8 av 18"),
            LiveFigure("assignments_done", "Uppdrag klara", "12 av 21"),
        ),
    )


@login_not_required
def write(request: HttpRequest, who: str) -> HttpResponse:
    written = views.write(request, place(who), by=PEOPLE[who])
    if written.response:
        return written.response
    standing = written.editor.form["content"].value() if written.editor and not written.editor.draft else []
    page = {"title": "Verksamhetsberättelse 2024", "lead": "Kommunstyrelsen"}
    context = {"page": page, "editor": written.editor, "conflict": written.conflict}
    context["shown"] = standing if isinstance(standing, list) else []
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request), status=written.status)


@login_not_required
def versions(request: HttpRequest, who: str) -> HttpResponse:
    given = request.GET.get("version", "")
    shown = views.versions_page(place(who), number=int(given) if given else None)
    context = {"page": {"title": shown.title}, "versions": shown}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


@login_not_required
def upload(request: HttpRequest, who: str) -> HttpResponse:
    return handle_picture_upload(request, by=PEOPLE[who])


@login_not_required
def shown_picture(request: HttpRequest, digest: str) -> HttpResponse:
    # A view of its own: marking the real one open would open it in every test of the same run.
    return picture(request, digest)


urlpatterns = [
    path("skriv/<slug:who>/", write, name="prov-skriv"),
    path("versioner/<slug:who>/", versions, name="prov-versioner"),
    path("bild/<slug:who>/", upload, name="prov-bild"),
    path("filer/<slug:digest>", shown_picture, name="prov-fil"),
    path("", include("uppsikt.config.urls")),
]
