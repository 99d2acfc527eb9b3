"""Addresses of reports and of what has been adopted."""

from __future__ import annotations

from django.urls import path, register_converter

from uppsikt.reports.views import adopted, workspace


class Edition:
    """Which of a body's reports: a round's key, or a year's plan as "2025/plan" or "2025/control-plan"."""

    regex = r"\d{4}/(?:control-)?plan|[-a-zA-Z0-9_]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Edition, "edition")

app_name = "reports"
REPORT = "reports/<slug:body>/<edition:edition>/"

urlpatterns = [
    path("reports/", workspace.reports, name="reports"),
    path("reports/preview.css", workspace.preview_styles, name="preview_styles"),
    path(REPORT, workspace.workspace, name="workspace"),
    path(f"{REPORT}chapters/<slug:chapter>/", workspace.chapter, name="chapter"),
    path(f"{REPORT}chapters/<slug:chapter>/versions/", workspace.versions, name="versions"),
    path(f"{REPORT}pictures/", workspace.pictures, name="pictures"),
    path(f"{REPORT}outline/", workspace.outline, name="outline"),
    path(f"{REPORT}carry/", workspace.carry, name="carry"),
    path(f"{REPORT}carry/undo/", workspace.uncarry, name="uncarry"),
    path(f"{REPORT}earlier/", adopted.earlier, name="earlier"),
    path(f"{REPORT}difference/", adopted.difference, name="difference"),
    path(f"{REPORT}adopt/", adopted.adopt, name="adopt"),
    path(f"{REPORT}draft.<slug:format>", adopted.draft_file, name="draft_file"),
    path("publications/<int:pk>/", adopted.publication, name="publication"),
    path("publications/<int:pk>/page/", adopted.publication_page_file, name="publication_page"),
    path("publications/<int:pk>/file.<slug:format>", adopted.publication_file, name="publication_file"),
]
