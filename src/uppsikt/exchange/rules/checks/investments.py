"""Projects, their amounts and what was said of them."""

from __future__ import annotations

from uppsikt.exchange.rules.checks.economy import Models, among, model_for
from uppsikt.exchange.rules.checks.planning import same_year
from uppsikt.exchange.rules.rows import Dataset, Known, Row
from uppsikt.investments.rules.words import AmountKind


def check_investments(dataset: Dataset, known: Known, models: Models) -> None:
    """What the tables of projects demand."""
    kinds = {one.key for model in models.values() if model for one in model.project_kinds}
    for row in dataset.rows.get("projects", []):
        _check_project(row, kinds, models, dataset)
    _check_codes(dataset, known)
    for row in dataset.rows.get("project_amounts", []):
        _check_amount(row, known, dataset)
    for row in dataset.rows.get("project_phases", []):
        _check_phase(row, known, models, dataset)


def _check_project(row: Row, kinds: set[str], models: Models, dataset: Dataset) -> None:
    if None in models.values() or "economy_years" in dataset.broken:
        row.faulty.add("kind")  # the kind may stand in the model that has been complained of
    elif row.sound("kind") and row.values["kind"] not in kinds:
        dataset.faults.at(
            row,
            "kind",
            "economy",
            f"Projektslaget ”{row.values['kind']}” finns inte i någon ekonomimodell.",
            f"Välj något av: {', '.join(sorted(kinds))}." if kinds else "Lägg till det i ekonomimodellen.",
        )
    spent = row.values["spent_before_ore"]
    if spent and not row.values["spent_before_source"] and row.sound("spent_before_ore"):
        dataset.faults.at(
            row,
            "spent_before_source",
            "source",
            "Det upparbetade beloppet har ingen källa.",
            "Skriv varifrån det kommer, till exempel årsredovisningen 2021.",
        )


def _check_codes(dataset: Dataset, known: Known) -> None:
    """A ledger code belongs to one project, or its outcome would be counted twice."""
    owners = {
        code: values["key"]
        for identity, values in known.stored.get("projects", {}).items()
        if identity not in known.given["projects"]
        for code in values["code"].split()
    }
    for row in dataset.rows.get("projects", []):
        if not row.sound("key", "code"):
            continue
        for code in row.values["code"].split():
            owner = owners.setdefault(code, row.values["key"])
            if owner != row.values["key"]:
                dataset.faults.at(
                    row,
                    "code",
                    "code",
                    f"Koden {code} hör redan till projektet ”{owner}”.",
                    "Låt koden stå på ett projekt, annars räknas utfallet två gånger.",
                )


def _check_amount(row: Row, known: Known, dataset: Dataset) -> None:
    values = row.values
    if not row.sound("kind", "round"):
        return
    forecast = values["kind"] == AmountKind.FORECAST.value
    if forecast != bool(values["round"]):
        what = (
            "En prognos hör till en uppföljning." if forecast else "Bara en prognos hör till en uppföljning."
        )
        dataset.faults.at(row, "round", "either", what, "Fyll i den." if forecast else "Lämna fältet tomt.")
    elif forecast:
        same_year(row, "round", known.values("rounds", values["round"]), "Uppföljningen", dataset)


def _check_phase(row: Row, known: Known, models: Models, dataset: Dataset) -> None:
    if not row.values["phase"] or not row.sound("project", "round", "phase"):
        return
    project = known.values("projects", row.values["project"])
    round_ = known.values("rounds", row.values["round"])
    source = known.row("projects", row.values["project"])
    if project is None or round_ is None or (source is not None and not source.sound("kind")):
        return
    model = model_for(row, round_["year"], "round", models, dataset)
    kind = model.project_kind(project["kind"]) if model else None
    if model is not None:
        among(row, "phase", "Skedet", [one.key for one in kind.phases] if kind else [], dataset)
