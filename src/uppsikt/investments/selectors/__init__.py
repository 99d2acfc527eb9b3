"""Reading projects: the rows themselves, for those who need them by name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from uppsikt.cycle.selectors import Round
from uppsikt.economy.rules.model import EconomyModel
from uppsikt.economy.selectors.models import every
from uppsikt.history import selectors as history
from uppsikt.investments.models import Project, ProjectAmount, ProjectReport
from uppsikt.investments.rules.words import AmountKind

__all__ = [
    "Project",
    "ProjectAmount",
    "ProjectReport",
    "amounts",
    "amounts_of_year",
    "forecasts",
    "models",
    "project",
    "projects",
    "report_in",
    "reports",
    "subject",
    "version_of",
]


def projects(bodies: Iterable[str] | None = None, *, removed: bool = False) -> QuerySet[Project]:
    """The register in its order: those that stand (or have been taken out), of some bodies or of all."""
    rows = Project.objects.filter(removed_at__isnull=not removed).select_related("body")
    return rows if bodies is None else rows.filter(body__key__in=list(bodies))


def project(key: str) -> Project | None:
    """The project with this key, removed or not."""
    return Project.objects.select_related("body").filter(key=key).first()


def amounts(found: Project | None = None) -> QuerySet[ProjectAmount]:
    """The amounts that stand, of one project or of all."""
    rows = ProjectAmount.objects.all().current().select_related("round").order_by("year", "kind", "pk")
    return rows if found is None else rows.filter(project=found)


def amounts_of_year(found: Project, year: int, kind: AmountKind) -> list[ProjectAmount]:
    """One kind of amounts of a project and year."""
    return list(amounts(found).filter(year=year, kind=kind.value))


def forecasts(found: Project, round_: Round) -> list[ProjectAmount]:
    """What was expected of the project in a round."""
    return list(amounts(found).filter(round=round_, kind=AmountKind.FORECAST.value))


def reports(found: Project | None = None) -> QuerySet[ProjectReport]:
    """What stands of what has been said of projects, in the rounds' order."""
    rows = ProjectReport.objects.all().current().select_related("round").order_by("round__cutoff", "pk")
    return rows if found is None else rows.filter(project=found)


def report_in(found: Project, round_: Round) -> ProjectReport | None:
    """What was said of the project in a round."""
    return reports(found).filter(round=round_).first()


def models() -> list[EconomyModel]:
    """The economy models of all years, the latest last: a project lives through several."""
    return list(every().values())


def version_of(found: Project) -> str:
    """What a form started from: the same as long as nobody has changed anything of the project. One query."""
    event = history.about(subject(found)).first()
    return str(event.sequence) if event else ""


def subject(found: Project) -> str:
    """What the history calls the project."""
    return f"project:{found.key}"
