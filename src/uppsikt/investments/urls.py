"""Addresses of investments."""

from __future__ import annotations

from django.urls import path

from uppsikt.investments.views import editing, lists, project

app_name = "investments"

urlpatterns = [
    path("investments/", lists.projects, name="projects"),
    path("investments.xlsx", lists.workbook, name="projects_workbook"),
    path("investments/portfolio/", lists.portfolio, name="portfolio"),
    path("investments/table/<slug:key>/", lists.table, name="table"),
    path("investments/new/", editing.new, name="project_new"),
    path("investments/projects/<slug:key>/", project.project, name="project"),
    path("investments/projects/<slug:key>/change/", editing.change, name="project_change"),
    path("investments/projects/<slug:key>/remove/", editing.remove, name="project_remove"),
    path("investments/projects/<slug:key>/restore/", editing.restore, name="project_restore"),
    path("investments/projects/<slug:key>/amounts/<int:year>/", editing.amounts, name="project_amounts"),
    path("investments/projects/<slug:key>/carry-over/<int:year>/", editing.carry, name="project_carry"),
    path("investments/projects/<slug:key>/adjust/<int:year>/", editing.adjust, name="project_adjust"),
    path("investments/projects/<slug:key>/report/<slug:round>/", editing.report, name="project_report"),
]
