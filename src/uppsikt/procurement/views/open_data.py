"""Purchases as open data."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from uppsikt.cycle.context import context
from uppsikt.kernel.problems import InputError
from uppsikt.procurement import access
from uppsikt.procurement.pages import links
from uppsikt.procurement.selectors import open_data
from uppsikt.procurement.selectors.spend import buying
from uppsikt.web import notices
from uppsikt.web.htmx import redirect


@require_safe
def csv(request: HttpRequest, round: str) -> HttpResponseBase:  # noqa: A002 - the address's own word
    """The year's purchases to the round's cut-off as leverantörsreskontra 1.1, sent as it is read."""
    chosen = context(request)
    bodies = access.whole(request.user)
    if chosen.round is None or chosen.round.key != round:
        raise Http404
    try:
        lines = open_data.lines(buying(chosen.round, bodies=bodies))
    except InputError as error:
        notices.failed(request, str(error))
        return redirect(request, links.page("limits"))
    return StreamingHttpResponse(
        (line.encode() for line in lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="leverantorsreskontra-{round}.csv"'},
    )
