"""Internal control and audit in the dataset: nothing is lost on the way out and in, and every fault has its place."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from tests.exchange.reading import BY, CONTROL, emptied
from uppsikt.control import selectors as control
from uppsikt.control.actions import audit, controls, mitigations, risks
from uppsikt.control.selectors.deficiencies import deficiency_facts
from uppsikt.cycle.actions import save_model
from uppsikt.cycle.presets import preset
from uppsikt.exchange import exporting
from uppsikt.exchange.actions import ImportResult, import_dataset
from uppsikt.followup.selectors import Dependency, StatusEntry
from uppsikt.history import selectors as history
from uppsikt.history.events import EventKind


def _places(result: ImportResult) -> list[tuple[str, str, int | None, str]]:
    return [(one.code, one.where.file, one.where.row, one.where.field) for one in result.problems]


def _write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def loaded(db: None) -> None:
    """The small dataset is in the database."""
    result = import_dataset(CONTROL, by=BY)
    assert result.problems == (), "\n".join(map(str, result.problems))


# Out and in.


@pytest.mark.usefixtures("loaded")
def test_importing_again_changes_nothing() -> None:
    before = history.recent().count()
    result = import_dataset(CONTROL, by=BY)
    assert (result.problems, result.rows_changed) == ((), 0)
    assert history.recent().count() == before


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("form", ["folder", "workbook"])
def test_out_and_in_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    target = tmp_path / ("ut.xlsx" if form == "workbook" else "ut")
    exporting.export_dataset(target)
    files = exporting.files()
    assert import_dataset(target, by=BY).rows_changed == 0
    emptied()
    assert import_dataset(target, by=BY).problems == ()
    assert exporting.files() == files


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rows_may_come_in_any_order(tmp_path: Path, seed: int) -> None:
    """A retest points at a deficiency that was found at another retest, of a deficiency found the first time."""
    for path in CONTROL.glob("*.*"):
        text = path.read_text(encoding="utf-8")
        if path.name in ("occasions.csv", "control_figures.csv"):
            head, *rows = text.splitlines()
            random.Random(seed).shuffle(rows)
            text = "\n".join([head, *rows]) + "\n"
        elif path.suffix == ".yaml":
            entries = [f"- {entry}" for entry in f"\n{text}".split("\n- ")[1:]]
            random.Random(seed).shuffle(entries)
            text = "\n".join(entry.rstrip("\n") for entry in entries) + "\n"
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    assert import_dataset(tmp_path, by=BY).problems == ()
    assert import_dataset(CONTROL, by=BY).rows_changed == 0


@pytest.mark.usefixtures("loaded")
def test_what_the_files_say_stands() -> None:
    found = {one.deficiency.key: one.open for one in deficiency_facts(2025, None)}
    assert found == {"2025-leverantor-saknas": True, "2025-leverantor-igen": False}
    part = control.ResultPart.objects.all().current().get(occasion__period="2025-03", measure="stickprov")
    assert (part.checked, part.faulty) == (20, 3)
    assert part.faults == [{"kind": "attest saknas", "count": 2}, {"kind": "agenda saknas", "count": 1}]
    amount = control.ResultPart.objects.all().current().get(measure="belopp")
    assert (amount.total_ore, amount.outside_ore) == (123_456_789, 23_456_789)
    kinds = StatusEntry.objects.all().current().values_list("item__kind", flat=True)
    assert set(kinds) == {"assignment", "mitigation", "control"}
    waits = Dependency.objects.all().current().values_list("item__key", "waits_for__key")
    assert set(waits) == {
        ("2025-avtalslista", "2025-attestplan"),
        ("2025-leverantor", "2025-avtalslista"),
    }
    review = control.AuditReview.objects.get(key="2024-attest")
    assert {body.key for body in review.bodies.all()} == {"ks", "sn"}
    summary = control.ControlSummary.objects.get(round__key="2025-augusti")
    assert summary.stated == [
        {"of": "mitigation", "status": "on_track", "count": 1},
        {"of": "control", "status": "done", "count": 0},
    ]
    assert summary.proposed


@pytest.mark.usefixtures("loaded")
def test_a_result_that_says_nothing_itself_goes_by_the_thresholds(tmp_path: Path) -> None:
    """66 of at least 80 percent is failed; imported twice it is still no change, and new figures change it."""
    lines = ["- {control: 2025-listor-gsn, period: 2025-T1, comment: Ny chef.}"]
    _write(tmp_path, "control_results.yaml", *lines)
    assert import_dataset(tmp_path, by=BY).rows_changed == 1
    said = control.ControlResult.objects.all().current()
    assert said.get(occasion__control__item__key="2025-listor-gsn").judgement == "failed"
    assert import_dataset(tmp_path, by=BY).rows_changed == 0
    _write(
        tmp_path, "control_figures.csv",
        "control,period,measure,value", "2025-listor-gsn,2025-T1,attesterade_listor,82",
    )  # fmt: skip
    assert import_dataset(tmp_path, by=BY).rows_changed == 2
    assert said.get(occasion__control__item__key="2025-listor-gsn").judgement == "deficient"
    assert import_dataset(tmp_path, by=BY).rows_changed == 0


# What changes, and what stays.


@pytest.mark.usefixtures("loaded")
def test_a_row_that_changes_keeps_what_it_was(tmp_path: Path) -> None:
    before = history.recent().count()
    _write(
        tmp_path, "risk_assessments.csv",
        "risk,stage,likelihood,consequence", "2025-inkop,before,4,4",
    )  # fmt: skip
    _write(
        tmp_path, "control_figures.csv",
        "control,period,retest_of,measure,checked,faulty", "2025-leverantor,2025-03,,stickprov,20,4",
    )  # fmt: skip
    result = import_dataset(tmp_path, by=BY)
    assert (result.problems, result.rows_changed) == ((), 2)
    steps = control.RiskAssessment.objects.filter(risk__key="2025-inkop", stage="before")
    assert [(row.consequence, row.comment) for row in steps.order_by("recorded_at")] == [
        (3, "Har hänt två gånger."),
        (4, "Har hänt två gånger."),  # the comment has no column and stays
    ]
    parts = control.ResultPart.objects.filter(occasion__period="2025-03", measure="stickprov")
    assert [row.faulty for row in parts.order_by("recorded_at")] == [3, 4]
    standing = parts.get(superseded_at__isnull=True)
    assert len(standing.faults) == 2  # nor has this one
    said = control.ControlResult.objects.filter(occasion__period="2025-03")
    assert said.count() == 1  # the words are as they were
    assert history.recent().count() == before + 3  # two changes, and the import


@pytest.mark.usefixtures("loaded")
def test_words_and_figures_of_an_occasion_are_one_event(tmp_path: Path) -> None:
    _write(
        tmp_path, "control_results.yaml",
        "- {control: 2025-listor-gsn, period: 2025-T1, judgement: deficient, comment: Ny chef.}",
    )  # fmt: skip
    _write(
        tmp_path, "control_figures.csv",
        "control,period,measure,value,count",
        "2025-listor-gsn,2025-T1,attesterade_listor,68,", "2025-listor-gsn,2025-T1,arenden,,9",
    )  # fmt: skip
    import_dataset(tmp_path, by=BY)
    first, told = history.recent()[:2]
    assert (first.kind, told.kind) == (EventKind.DATASET_IMPORTED, EventKind.CONTROL_REPORTED)
    assert {"measure:attesterade_listor", "measure:arenden", "judgement"} <= set(told.data)


@pytest.mark.usefixtures("loaded")
def test_what_hangs_on_something_taken_out_stays_at_home(tmp_path: Path) -> None:
    """An export comes in again, whatever has been taken out since."""
    found = control.Risk.objects.get(key="2025-inkop")
    risks.remove_risk(risk=found, by=BY)
    risks.remove_risk(risk=control.Risk.objects.get(key="2025-sekretess"), by=BY)
    audit.remove_review(review=control.AuditReview.objects.get(key="2023-attest"), by=BY)
    controls.remove_group_control(group=control.GroupControl.objects.get(), by=BY)
    first = control.Occasion.objects.get(period="2025-03")
    controls.remove_occasion(occasion=first, by=BY)
    earlier = control.Mitigation.objects.get(item__key="2024-avtalslista")
    mitigations.remove_mitigation(mitigation=earlier, by=BY)
    target = tmp_path / "ut"
    exporting.export_dataset(target)
    files = exporting.files()
    result = import_dataset(target, by=BY)
    assert (result.problems, result.rows_changed) == ((), 0)
    emptied()
    assert import_dataset(target, by=BY).problems == ()
    assert exporting.files() == files
    rows = (target / "controls.yaml").read_text(encoding="utf-8")
    assert rows.count("Utanordningslistor attesteras") == 2  # the committees' parts have become their own
    assert "2025-leverantor-saknas" not in (target / "occasions.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("loaded")
def test_what_was_right_when_it_was_written_goes_out_and_in(tmp_path: Path) -> None:
    """A scale that has become shorter, and a review dated anew, do not stop an export from coming in again."""
    document = preset("malomrade-2024")
    document["control"]["likelihood"] = document["control"]["likelihood"][:3]
    document["scales"]["control_summary"] = document["scales"]["control_summary"][:2]
    save_model(year=2025, document=document, by=BY)
    review = control.AuditReview.objects.get(key="2024-attest")
    audit.save_review(
        key=review.key, kind=review.kind, year=2024, title="Attester", date=dt.date(2024, 11, 20), by=BY
    )
    exporting.export_dataset(tmp_path / "ut")
    result = import_dataset(tmp_path / "ut", by=BY)
    assert (result.problems, result.rows_changed) == ((), 0)


# Datasets of before.


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("statuses.yaml", ["- {assignment: 2025-attestplan, round: 2025-augusti, status: done}"]),
        ("statuses.csv", ["assignment,round,status", "2025-attestplan,2025-augusti,done"]),
        ("Status.csv", ["Uppdrag;Uppföljning;Status", "2025-attestplan;2025-augusti;done"]),
    ],
)
def test_a_status_is_read_by_what_its_field_was_called(tmp_path: Path, name: str, lines: list[str]) -> None:
    _write(tmp_path, name, *lines)
    result = import_dataset(tmp_path, by=BY)
    assert (result.problems, result.rows_changed) == ((), 1)
    assert StatusEntry.objects.all().current().get(item__key="2025-attestplan").status == "done"


@pytest.mark.usefixtures("loaded")
def test_a_status_of_nothing_is_told_in_the_files_own_words(tmp_path: Path) -> None:
    _write(tmp_path, "statuses.yaml", "- {assignment: 2025-attestplanen, round: 2025-augusti, status: done}")
    result = import_dataset(tmp_path, by=BY)
    assert _places(result) == [("reference", "statuses.yaml", 1, "assignment")]
    assert result.problems[0].message == (
        "”2025-attestplanen” finns inte i tabellen Uppdrag (assignments), Åtgärder (mitigations)"
        " eller Kontroller (controls)."
    )
    assert result.problems[0].remedy == "Menade du ”2025-attestplan”?"


# Faults.


@pytest.mark.usefixtures("loaded")
def test_every_fault_has_its_place(tmp_path: Path) -> None:
    """Faults of all the tables at once, each said once, and nothing changed."""
    _write(
        tmp_path, "risks.yaml",
        "- {key: 2025-a, year: 2025, body: ks, process: Inköp, title: A, adopted_from: 2025-inkop}",
        "- {key: 2025-b, year: 2024, body: ks, process: Inköp, title: B, adopted_from: 2025-sekretess}",
        "- {key: 2024-c, year: 2024, body: ks, process: Inköp, title: C, carried_over_from: 2025-inkop}",
        "- {key: 2025-d, year: 2025, body: xx, process: Inköp}",
    )  # fmt: skip
    _write(
        tmp_path, "risk_assessments.csv",
        "risk,stage,likelihood,consequence",
        "2025-inkop,before,5,3", "2025-inkop,after,0,3", "2025-inkop,sedan,1,1", "2025-inkopp,after,1,1",
    )  # fmt: skip
    _write(tmp_path, "risk_treatments.csv", "risk,decision", "2025-inkop,strunta i")
    _write(
        tmp_path, "reviews.yaml",
        "- {key: 2025-g, kind: audit_report, year: 2025, title: G, date: 2025-03-01, answer_due: 2025-02-01}",
        "- {key: 2025-h, kind: audit_report, year: 2025, title: H, bodies: ks;xx}",
    )  # fmt: skip
    _write(
        tmp_path, "recommendations.yaml",
        "- {key: 2023-attest-1, review: 2023-attest, body: ks, text: Samma, returns: 2024-attest-1}",
    )  # fmt: skip
    _write(
        tmp_path, "recommendation_answers.yaml",
        "- {recommendation: 2024-attest-1, text: Ja, answered_on: 2024-09-01, stance: kanske}",
    )  # fmt: skip
    _write(
        tmp_path, "controls.yaml",
        "- {key: 2025-uppslag, year: 2025, body: ks, name: Samma nyckel som en åtgärd}",
        "- {key: 2025-namnlos, year: 2025, body: ks}",
        "- {key: 2024-fel-ar, year: 2024, body: ks, group: 2025-listor}",
    )  # fmt: skip
    _write(
        tmp_path, "control_measures.csv",
        "group,control,key,label,kind,approved_from,deficient_from",
        "2025-listor,2025-leverantor,tva,Två,share,,",
        ",,ingen,Ingen,share,,",
        ",2024-leverantor,Med mellanslag,X,share,,",
        ",2025-leverantor,omvand,X,share,80,95",
    )  # fmt: skip
    _write(
        tmp_path, "occasions.csv",
        "control,period,due,retest_of",
        "2025-leverantor,2025-13,,", "2025-leverantor,2025-W60,,", "2025-listor-ks,2025-05,,2025-leverantor-saknas",
        "2025-leverantor,2025-05,,saknas", "2025-leverantor,2025-05,nästa vecka,",
    )  # fmt: skip
    _write(
        tmp_path, "deficiencies.yaml",
        "- {key: 2025-x, control: 2025-listor-ks, period: 2025-T3, title: X, found_on: 2025-01-01}",
    )  # fmt: skip
    _write(
        tmp_path, "mitigations.yaml",
        "- {key: 2025-m, year: 2025, body: ks, title: M}",
        "- {key: 2025-n, year: 2025, body: ks, title: N, risk: 2025-inkop, deficiency: 2025-leverantor-saknas}",
        "- {key: 2025-o, year: 2025, body: ks, title: O, risk: 2024-inkop}",
    )  # fmt: skip
    _write(
        tmp_path, "dependencies.csv",
        "item,waits_for",
        "2025-leverantor,2025-leverantor", "2025-attestplan,2025-leverantor", "2025-attestplan,saknas",
    )  # fmt: skip
    _write(
        tmp_path, "statuses.yaml",
        "- {item: 2025-leverantor, round: 2025-augusti, status: approved}",
        "- {item: 2025-avtalslista, round: 2024-bokslut, status: done}",
    )  # fmt: skip
    _write(
        tmp_path, "control_results.yaml",
        "- {control: 2025-listor-ks, period: 2025-T2, judgement: approved}",
        "- {control: 2025-listor-ks, period: 2025-T1, judgement: bra}",
        "- {control: 2025-listor-gsn, period: 2025-T1, round: 2024-bokslut}",
    )  # fmt: skip
    _write(
        tmp_path, "control_figures.csv",
        "control,period,measure,value,checked,faulty,faults",
        "2025-listor-ks,2025-T1,attesterade_listor,101,,,",
        "2025-leverantor,2025-03,stickprov,,3,4,",
        "2025-leverantor,2025-W18,stickprov,,3,1,attest saknas",
        "2025-leverantor,2025-W18,arenden,,3,1,",
        "2025-leverantor,2025-W18,belopp,,,,",
    )  # fmt: skip
    _write(
        tmp_path, "group_results.yaml",
        "- {group: 2025-listor, period: 2025-T2, change: konstigt}",
    )  # fmt: skip
    _write(tmp_path, "group_figures.csv", "group,period,measure,value", "2025-listor,2025-T1,andel,5")
    _write(
        tmp_path, "control_summaries.yaml",
        "- {body: sn, round: 2025-augusti, step: bra, stated: mitigation klart 3}",
        "- {body: gsn, round: 2025-augusti, step: mainly, stated: uppdrag done 3}",
    )  # fmt: skip
    before = exporting.files()
    result = import_dataset(tmp_path, by=BY)
    assert _places(result) == [
        ("figures", "control_figures.csv", 2, "value"),
        ("figures", "control_figures.csv", 3, "faulty"),
        ("counts", "control_figures.csv", 4, "faults"),
        ("reference", "control_figures.csv", 5, "measure"),
        ("required", "control_figures.csv", 6, "value"),
        ("either", "control_measures.csv", 2, "control"),
        ("either", "control_measures.csv", 3, "control"),
        ("key", "control_measures.csv", 4, "key"),
        ("limit", "control_measures.csv", 5, "deficient_from"),
        ("reference", "control_results.yaml", 1, "period"),
        ("steering", "control_results.yaml", 2, "judgement"),
        ("year", "control_results.yaml", 3, "round"),
        ("steering", "control_summaries.yaml", 1, "stated"),
        ("steering", "control_summaries.yaml", 1, "step"),
        ("stated", "control_summaries.yaml", 2, "stated"),
        ("duplicate", "controls.yaml", 1, "key"),
        ("required", "controls.yaml", 2, "name"),
        ("year", "controls.yaml", 3, "group"),
        ("reference", "deficiencies.yaml", 1, "period"),
        ("circle", "dependencies.csv", 2, "waits_for"),
        ("circle", "dependencies.csv", 3, "waits_for"),
        ("reference", "dependencies.csv", 4, "waits_for"),
        ("reference", "group_figures.csv", 2, "measure"),
        ("choice", "group_results.yaml", 1, "change"),
        ("either", "mitigations.yaml", 1, "risk"),
        ("either", "mitigations.yaml", 2, "deficiency"),
        ("year", "mitigations.yaml", 3, "risk"),
        ("period", "occasions.csv", 2, "period"),
        ("period", "occasions.csv", 3, "period"),
        ("control", "occasions.csv", 4, "retest_of"),
        ("reference", "occasions.csv", 5, "retest_of"),
        ("date", "occasions.csv", 6, "due"),
        ("order", "recommendation_answers.yaml", 1, "answered_on"),
        ("choice", "recommendation_answers.yaml", 1, "stance"),
        ("circle", "recommendations.yaml", 1, "returns"),
        ("order", "reviews.yaml", 1, "answer_due"),
        ("reference", "reviews.yaml", 2, "bodies"),
        ("steering", "risk_assessments.csv", 2, "likelihood"),
        ("range", "risk_assessments.csv", 3, "likelihood"),
        ("choice", "risk_assessments.csv", 4, "stage"),
        ("reference", "risk_assessments.csv", 5, "risk"),
        ("choice", "risk_treatments.csv", 2, "decision"),
        ("shared", "risks.yaml", 1, "adopted_from"),
        ("year", "risks.yaml", 2, "adopted_from"),
        ("year", "risks.yaml", 3, "carried_over_from"),
        ("reference", "risks.yaml", 4, "body"),
        ("required", "risks.yaml", 4, "title"),
        ("steering", "statuses.yaml", 1, "status"),
        ("year", "statuses.yaml", 2, "round"),
    ], "\n".join(map(str, result.problems))
    assert [str(one) for one in result.problems if not one.remedy] == []
    assert exporting.files() == before


@pytest.mark.django_db
def test_a_fault_that_others_rest_on_is_said_once(tmp_path: Path) -> None:
    """A control without its year takes its occasions, results, deficiencies and actions with it in silence."""
    for path in CONTROL.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == "controls.yaml":
            text = text.replace("- {key: 2025-leverantor, year: 2025", "- {key: 2025-leverantor, year: 20xx")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    assert _places(import_dataset(tmp_path, by=BY)) == [("year", "controls.yaml", 2, "year")]
    assert control.Risk.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["occasions.csv", "controls.yaml", "deficiencies.yaml", "control_measures.csv"]
)
def test_a_file_that_cannot_be_read_is_one_fault(tmp_path: Path, name: str) -> None:
    for path in CONTROL.iterdir():
        text = path.read_text(encoding="utf-8")
        if path.name == name:
            text += '\n"' if name.endswith(".csv") else "\n{"
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    assert [(code, file) for code, file, *_rest in _places(import_dataset(tmp_path, by=BY))] == [
        (name.split(".")[1], name)
    ]


@pytest.mark.usefixtures("loaded")
def test_a_deficiency_is_not_found_at_its_own_retest(tmp_path: Path) -> None:
    _write(
        tmp_path, "deficiencies.yaml",
        "- {key: 2025-ring, control: 2025-leverantor, period: 2025-07, title: Ring, found_on: 2025-07-01,"
        " retest_of: 2025-ring}",
    )  # fmt: skip
    _write(tmp_path, "occasions.csv", "control,period,retest_of", "2025-leverantor,2025-07,2025-ring")
    assert _places(import_dataset(tmp_path, by=BY)) == [("circle", "occasions.csv", 2, "retest_of")]
