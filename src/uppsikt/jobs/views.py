"""Following a job."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from uppsikt.jobs import access
from uppsikt.jobs.pages import job_page
from uppsikt.web.htmx import wants_partial


@require_safe
@never_cache
def job(request: HttpRequest, key: str) -> HttpResponse:
    """How far a job has come. ?said= what the page shows already, so that it is not read aloud again."""
    page = job_page(access.job(request.user, key))
    if wants_partial(request):
        news = request.GET.get("said") != page.job.said
        # Without the page's frame: this is asked every second.
        return HttpResponse(
            render_to_string("web/components/job_state.html", {"job": page.job, "news": news})
        )
    return render(request, "jobs/job.html", {"page": page})
